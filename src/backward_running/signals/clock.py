"""The clock of a stream: its usual step, whether anything on it ever changes, and from when on a silence is a gap."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.evidence import proposed_number

LONGEST_STEP = proposed_number(
    "sample_longest_step_s",
    10.0,
    "s",
    "Devices that save room write a sample at least every 10 s or so: a longer silence is a gap and nobody's time.",
)
STEPS = proposed_number(
    "sample_longest_step_ratio",
    3.0,
    "1",
    "A track that writes a fix only every half minute is silent all the time: there a gap is three usual steps.",
)
MOST_STEPS = 4096  #: enough of them to know the usual one


def longest_step_s(time_s: FloatArray) -> float:
    """Return from which length on a silence is a gap: 10 s, or three usual steps of a stream that is sparse.

    >>> longest_step_s(np.arange(10.0)), longest_step_s(np.arange(10.0) * 30.0)
    (10.0, 90.0)
    """
    if len(time_s) < 2:
        return LONGEST_STEP.value
    return max(LONGEST_STEP.value, STEPS.value * float(np.median(np.diff(time_s))))


def usual_step_s(time_s: FloatArray) -> float:
    """Return the median step; of a long stream, of every so many of its steps.

    >>> usual_step_s(np.array([0.0, 0.01, 0.02, 5.0, 5.01])).__round__(3)
    0.01
    """
    steps_s = np.diff(time_s)
    return float(np.median(steps_s[:: max(len(steps_s) // MOST_STEPS, 1)]))


def never_changes(values: FloatArray) -> bool:
    """Say whether all values are the same: what such a sensor writes is no measurement.

    >>> never_changes(np.array([2.0, 2.0])), never_changes(np.array([2.0, 2.1]))
    (True, False)
    """
    return bool(values[0] == values[-1] and (values == values[0]).all())
