"""How this runner steps forward, read off their habits: what backward steps can be set against."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np

from backward_running.core.direction import Gait
from backward_running.core.habits import Habits, Trend
from backward_running.core.tissue import ForwardSteps, KnownFrom
from backward_running.gait._habits import person_of

EIGHTY_PERCENT = NormalDist().inv_cdf(0.9)  #: an interval of 80 % reaches so many standard deviations either way


def forward_steps(habits: Habits, gait: Gait, speed_mps: float | None = None) -> ForwardSteps | None:
    """Return how this runner steps forward in one gait, as their recordings show it.

    Parameters
    ----------
    habits : Habits
        The traits of their recordings.
    gait : Gait
        Walking or running.
    speed_mps : float or None
        The speed to ask for; None for the one they usually have.

    Returns
    -------
    ForwardSteps or None
        With an interval of 80 % for the cadence on another day; None where no own forward steps are known.
    """
    walks = gait is Gait.WALK
    trends = [one.forward_walk_cadence if walks else one.forward_run_cadence for one in habits.traits]
    whole = sum(trends, Trend())
    if not whole.seconds_s > 0.0 or not whole.x > 0.0:
        return None
    person = person_of(habits)
    line = person.walk_cadence if walks else person.run_cadence
    asked = whole.x / whole.seconds_s if speed_mps is None else speed_mps
    nat = float(line.at(np.asarray(asked)))
    # the strays from second to second average out over a run: what is left is what is not known of the line
    spread = math.sqrt(float(replace(line, spread=0.0).variance_at(np.asarray(asked))))
    low, best, high = (math.exp(nat + away * EIGHTY_PERCENT * spread) for away in (-1.0, 0.0, 1.0))
    return ForwardSteps(gait, asked, best, low, high, KnownFrom.OTHER_RUNS)
