"""Steps of both feet, whichever way a file counts: one foot, both, or without saying which.

Decided by what is plausible of the numbers themselves, not by the kind of file: apps write both ways into each.
"""

from __future__ import annotations

import numpy as np

from backward_running.core.recording import FloatArray
from backward_running.evidence import proposed_number

STRIDES_BELOW_RUNNING = proposed_number(
    "cadence_counts_strides_below_running_spm", 105.0, "min⁻¹",
    "A run whose median stated cadence lies below this counts strides (one foot); it is doubled to steps. Twice as "
    "much, 210, is more than runners keep up; a beginner who goes backward at 110 is not at 220.",
)  # fmt: skip
STRIDES_BELOW_WALKING = proposed_number(
    "cadence_counts_strides_below_walking_spm", 75.0, "min⁻¹",
    "A walk whose median stated cadence lies below this counts strides (one foot); it is doubled to steps.",
)  # fmt: skip
#: Between once and twice the steps, where a file tells their length as well.
_BETWEEN_STEPS_AND_STRIDES = 2.0**0.5
_CLOSE_ENOUGH = (0.7, 2.9)


def counts_strides(
    cadence: FloatArray,
    *,
    below: float,
    speed_mps: FloatArray | None = None,
    step_length_m: FloatArray | None = None,
) -> bool:
    """Say whether a cadence counts one foot.

    Parameters
    ----------
    cadence : ndarray, shape (n,)
        Per minute, as stated; 0 while standing.
    below : float
        What counts strides has a median below this.
    speed_mps, step_length_m : ndarray, shape (n,), optional
        Where a file has both, the length of a step times their number has to be the speed, which decides.

    Examples
    --------
    >>> counts_strides(np.full(9, 85.0), below=105.0), counts_strides(np.full(9, 110.0), below=105.0)
    (True, False)
    >>> counts_strides(
    ...     np.full(9, 100.0), below=105.0, speed_mps=np.full(9, 1.5), step_length_m=np.full(9, 0.9))
    False
    """
    moving = cadence > 0
    if not moving.any():
        return False
    if speed_mps is not None and step_length_m is not None:
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = speed_mps / (step_length_m * cadence / 60.0)
        told = ratio[moving & np.isfinite(ratio) & (ratio > 0)]
        if len(told) and _CLOSE_ENOUGH[0] < (middle := _median(told)) < _CLOSE_ENOUGH[1]:
            return middle > _BETWEEN_STEPS_AND_STRIDES
    return _median(cadence[moving]) < below


def _median(values: FloatArray) -> float:
    middle = len(values) // 2  # np.median would import all of numpy.ma
    return float(np.partition(values, middle)[middle])
