"""A runner's own cadence over speed → which of two directions lies on their own forward line.

A likelihood ratio of two normal laws: one about the forward line, one about where the line lies backward.
"""

from __future__ import annotations

import math

import numpy as np

from backward_running.core.arrays import BoolArray
from backward_running.evidence import proposed_number
from backward_running.gait.detectors.yaw._same_gait import LEAST_COMPARED, WALK_RUN, Pace, near_changes
from backward_running.gait.person.prior import RunnerModel
from backward_running.gait.person.regression import Line, Numbers

LEAST_OWN = proposed_number(
    "own_forward_least_s", 120.0, "s", "A forward line is asked from two minutes of the runner's own forward steps on."
)
MOST_EACH = proposed_number(
    "own_forward_most_each_nat",
    2.0,
    "nat",
    "One direction in one gait makes it forward by no more than 7.4 to 1: shoes, ground and days differ in ways that a "
    "line cannot see.",
)
MOST = proposed_number("own_forward_most_nat", 3.0, "nat", "All that habits say is no more than 20 to 1.")


def own_forward_nat(first: BoolArray, pace: Pace, step_s: float, prior: RunnerModel) -> float:
    """Return the log-odds that the first of two directions is forward, by the runner's own habits.

    Parameters
    ----------
    first : ndarray of bool, shape (n,)
        Which of the two directions each cell of a chain is.
    pace : Pace
        Of the same cells.
    step_s : float
        Length of a cell.
    prior : RunnerModel
        With lines that were learned from other recordings; what was not learned says nothing.

    Returns
    -------
    float
        Each direction in each gait is compared with the runner's forward line in that gait, and with where it would
        lie backward. So a walk one way and a run the other way are told apart too. How fast they usually run is not
        asked: whoever jogs between backward repeats runs backward the faster.
    """
    steady = ~near_changes(first, step_s)
    nat = 0.0
    for sign, way in ((1.0, first), (-1.0, ~first)):
        for runs, line in ((False, prior.walk_cadence), (True, prior.run_cadence)):
            part = pace.of(steady & way & ((pace.speed_mps >= WALK_RUN) == runs))
            nat += sign * _by_own_cadence(part, line, prior.cadence_ratio, step_s)
    return float(np.clip(nat, -MOST.value, MOST.value))


def _by_own_cadence(part: Pace, line: Line, ratio: tuple[Numbers, Numbers], step_s: float) -> float:
    stepping = part.of(part.cadence_spm > 0.0)
    if len(stepping.speed_mps) * step_s < LEAST_COMPARED.value or line.seconds_s < LEAST_OWN.value:
        return 0.0
    above = float(np.median(np.log(stepping.cadence_spm) - line.at(stepping.speed_mps)))
    variance = float(np.median(line.variance_at(stepping.speed_mps)))
    return _forward_nat(above, variance, ratio)


def _forward_nat(above: float, variance: float, ratio: tuple[Numbers, Numbers]) -> float:
    """Weigh a normal law about the forward line against one about where the line lies backward."""
    moved, spread = float(ratio[0]), float(ratio[1])
    wider = variance + spread**2
    nat = 0.5 * ((above - moved) ** 2 / wider - above**2 / variance + math.log(wider / variance))
    return float(np.clip(nat, -MOST_EACH.value, MOST_EACH.value))
