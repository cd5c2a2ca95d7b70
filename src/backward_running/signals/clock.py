"""How long a silence of a stream may last before it is a gap."""

from __future__ import annotations

import numpy as np

from backward_running.core.recording import FloatArray
from backward_running.signals._proposal import proposal

LONGEST_STEP = proposal(
    "sample_longest_step_s",
    10.0,
    "s",
    "Devices that save room write a sample at least every 10 s or so: a longer silence is a gap and nobody's time.",
)
STEPS = proposal(
    "sample_longest_step_ratio",
    3.0,
    "1",
    "A track that writes a fix only every half minute is silent all the time: there a gap is three usual steps.",
)


def longest_step_s(time_s: FloatArray) -> float:
    """Return from which length on a silence is a gap: 10 s, or three usual steps of a stream that is sparse.

    >>> longest_step_s(np.arange(10.0)), longest_step_s(np.arange(10.0) * 30.0)
    (10.0, 90.0)
    """
    if len(time_s) < 2:
        return LONGEST_STEP.value
    return max(LONGEST_STEP.value, STEPS.value * float(np.median(np.diff(time_s))))
