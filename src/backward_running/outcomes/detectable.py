"""What two single tries have to differ by to be more than the wavering of the test [Weir2005]_.

References
----------
.. [Weir2005] J. P. Weir, Quantifying test-retest reliability using the intraclass correlation coefficient and the SEM,
   J. Strength Cond. Res. 19:231, 2005.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.evidence import proposed_number
from backward_running.outcomes._student import NORMAL_95
from backward_running.outcomes.base import Outcome, Reading

LEAST_REPEATS = proposed_number(
    "detectable_least_repeats_count",
    6.0,
    "1",
    "Your own repeats replace the usual value once six tries more than days are there: fewer say little of a spread.",
)


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest difference of two single tries that is more than chance, 95 times of 100."""

    change: float  #: in the unit of the outcome
    error: float  #: of a single try
    repeats: int  #: of one's own that it comes from; 0: a usual value


def detectable(outcome: Outcome, readings: Sequence[Reading]) -> Detectable | None:
    """Return what can be detected, from tries of the same day; a usual value where there are too few.

    Parameters
    ----------
    outcome : Outcome
        With its usual error.
    readings : sequence of Reading
        Any days; those with several tries say how the test wavers.

    Returns
    -------
    Detectable or None
        None where neither is known, or where all tries of each day are alike.

    References
    ----------
    [Weir2005]_
    """
    by_day: dict[int, list[float]] = {}
    for reading in readings:
        by_day.setdefault(reading.on.toordinal(), []).append(reading.value)
    tries = [np.array(values) for values in by_day.values() if len(values) > 1]
    repeats = sum(len(values) - 1 for values in tries)
    spread = math.sqrt(sum(float(((v - v.mean()) ** 2).sum()) for v in tries) / repeats) if repeats else 0.0
    if repeats >= LEAST_REPEATS.value and spread > 0:
        return Detectable(NORMAL_95 * math.sqrt(2.0) * spread, spread, repeats)
    if outcome.measurement_error is None:
        return None
    error = outcome.measurement_error.value
    return Detectable(NORMAL_95 * math.sqrt(2.0) * error, error, 0)
