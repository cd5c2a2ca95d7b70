"""Whether one person could have gone backward like that, and whether recordings are of one person at all."""

from __future__ import annotations

import math

import numpy as np

from backward_running.core.direction import Gait
from backward_running.core.habits import Habits, Trend
from backward_running.evidence import proposed_number
from backward_running.gait.labels.claims import FASTEST_BACKWARD
from backward_running.gait.person.prior import prior_of

FASTEST_WALK = proposed_number(
    "plausible_backward_walk_mps", 2.2, "m s⁻¹", "Nobody is asked about a backward walk faster than 2.2 m/s."
)
LONG = proposed_number(
    "plausible_long_s", 60.0, "s", "What is held for a minute and more is compared with the runner's usual speed."
)
OF_USUAL = proposed_number(
    "plausible_of_usual_ratio",
    0.9,
    "1",
    "Backward for a minute and more at over nine tenths of the usual forward speed is not plausible: the ratio of top "
    "speeds lies between 0.60 and 0.83.",
)
VERY_LONG = proposed_number(
    "plausible_very_long_s", 600.0, "s", "From ten minutes on a speed is compared with what most people could hold."
)
HELD = proposed_number(
    "plausible_held_mps",
    3.0,
    "m s⁻¹",
    "Few people on earth hold 3.0 m/s backward for ten minutes and more; of a runner whose usual speed is not known "
    "it is not asked.",
)
COMPARED = proposed_number(
    "one_person_least_recordings", 8.0, "1", "From eight recordings on it is seen whether they may be of one person."
)
STEADY = proposed_number(
    "one_person_steady_s", 300.0, "s", "A recording with five minutes of running shows how often its runner steps."
)
SPREAD = proposed_number(
    "one_person_spread_nat",
    0.06,
    "nat",
    "At one speed a runner steps within 2 to 3 % as often from run to run; a spread of 6 % is hardly one person's.",
)


def may_be_backward(speed_mps: float, moving_s: float, gait: Gait | None, usual_mps: float | None) -> bool:
    """Say whether a person could have gone backward at a speed for so long.

    Parameters
    ----------
    speed_mps, moving_s : float
        Mean speed, and for how long.
    gait : Gait or None
        Where it is known.
    usual_mps : float or None
        The usual speed at which they run forward; None where that is not known.

    Returns
    -------
    bool

    Examples
    --------
    >>> may_be_backward(3.18, 47 * 60.0, Gait.RUN, None), may_be_backward(2.5, 120.0, Gait.RUN, 3.1)
    (False, True)
    """
    if speed_mps > (FASTEST_WALK if gait is Gait.WALK else FASTEST_BACKWARD).value:
        return False
    if usual_mps is not None and moving_s >= LONG.value and speed_mps > OF_USUAL.value * usual_mps:
        return False
    return not (moving_s >= VERY_LONG.value and speed_mps > HELD.value)


def usual_speed_mps(habits: Habits) -> float | None:
    """Return the usual speed at which a person runs forward; None where that was never seen."""
    speed_nat = prior_of(habits).speed_nat if habits.traits else None
    return None if speed_nat is None else math.exp(speed_nat)


def are_of_several(habits: Habits) -> bool:
    """Say whether recordings differ too much in how often their runner steps at one speed to be of one person.

    The line of cadence over speed is fitted within the recordings; how far they lie apart beside it is what counts, by
    the median, so that a single odd recording says nothing.
    """
    lines = [each.forward_run_cadence for each in habits.traits]
    lines = [line for line in lines if line.seconds_s >= STEADY.value]
    if len(lines) < COMPARED.value:
        return False
    slope = _slope_within(lines)
    beside = np.array([(line.y - slope * line.x) / line.seconds_s for line in lines])
    deviation = float(np.median(np.abs(beside - np.median(beside))))
    return _NORMAL * deviation > SPREAD.value


#: Turns a median absolute deviation to a standard deviation, where what deviates is normal.
_NORMAL = 1.4826


def _slope_within(lines: list[Trend]) -> float:
    xx = sum(line.xx - line.x**2 / line.seconds_s for line in lines)
    xy = sum(line.xy - line.x * line.y / line.seconds_s for line in lines)
    return xy / xx if xx > 0.0 else 0.0
