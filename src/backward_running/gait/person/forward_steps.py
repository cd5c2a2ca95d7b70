"""How this runner steps forward, read off their habits: what backward steps can be set against."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from backward_running.core.direction import Gait
from backward_running.core.habits import Habits, Trend
from backward_running.core.tissue import ForwardSteps, KnownFrom
from backward_running.gait.person.prior import prior_of
from backward_running.gait.person.regression import Line

EIGHTY_PERCENT = NormalDist().inv_cdf(0.9)  #: an interval of 80 % reaches so many standard deviations either way


@dataclass(frozen=True, slots=True)
class OwnForwardSteps:
    """How this runner steps forward in one gait, over speed, as their recordings show it."""

    gait: Gait
    usual_mps: float
    line: Line

    def at(self, speed_mps: float | None = None) -> ForwardSteps:
        """Return the steps at a speed, or at the one they usually have, with an interval of 80 % for another day."""
        asked = self.usual_mps if speed_mps is None else speed_mps
        nat = float(self.line.at(np.asarray(asked)))
        # the strays from second to second average out over a run: what is left is what is not known of the line
        spread = math.sqrt(float(replace(self.line, spread=0.0).variance_at(np.asarray(asked))))
        low, best, high = (math.exp(nat + away * EIGHTY_PERCENT * spread) for away in (-1.0, 0.0, 1.0))
        return ForwardSteps(self.gait, asked, best, low, high, KnownFrom.OTHER_RUNS)


def forward_steps(habits: Habits, gait: Gait) -> OwnForwardSteps | None:
    """Return how this runner steps forward in one gait, as their recordings show it.

    Parameters
    ----------
    habits : Habits
        The traits of their recordings.
    gait : Gait
        Walking or running.

    Returns
    -------
    OwnForwardSteps or None
        To be asked at any speed; None where no own forward steps are known.
    """
    walks = gait is Gait.WALK
    whole = sum((each.forward_walk_cadence if walks else each.forward_run_cadence for each in habits.traits), Trend())
    if not whole.seconds_s > 0.0 or not whole.x > 0.0:
        return None
    prior = prior_of(habits)
    return OwnForwardSteps(gait, whole.x / whole.seconds_s, prior.walk_cadence if walks else prior.run_cadence)
