"""Whether a trunk moves as that of somebody who walks, where it is said to, with its two sensors on one clock."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.evidence import proposed_number
from backward_running.gait.segment.time_base import step_of
from backward_running.gait.steps.novelty import far_squared
from backward_running.gait.steps.places import LOW_TRUNK
from backward_running.gait.steps.sensor_lag import sensor_lag
from backward_running.gait.steps.stated_place import unlike_its_place
from backward_running.gait.steps.stride_windows import stride_windows
from backward_running.gait.steps.time_even_reference import TRUNK as TRUNK_MANNER
from backward_running.signals.six_axis import SixAxis

LEAST_BOUNCE = proposed_number(
    "trunk_least_bounce_mps2",
    0.4,
    "m s⁻²",
    "A trunk whose upward acceleration varies by less than 0.4 m/s² is not stepping.",
)
IN_STEP = proposed_number(
    "trunk_in_step_s",
    0.06,
    "s",
    "Of eight people with a real sensor on the low back none told a lag of more than 0.06 s; from 0.1 s on a trunk "
    "levelled by its gyroscope showed one of them, and a chest, the wrong way round.",
)
CLEAR_LAG = proposed_number(
    "trunk_lag_clear_sum",
    1.3,
    "1",
    "Three correlations that add up to less tell no lag of a trunk: real low backs reach more in every walk, a trunk "
    "without impacts (motion capture) in three walks of four, and what it tells below is chance.",
)
LAG_EVERY_S = 5.0  #: how often the lag is told


def moves_unlike_anybody(axes: SixAxis | None, place: str, time_s: FloatArray) -> BoolArray:
    """Say in which cells a trunk moves as that of nobody known who walks, whichever way.

    Parameters
    ----------
    axes : SixAxis or None
        Of a trunk, in any mounting.
    place : str
        Where it is said to sit.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    found = None if axes is None else stride_windows(axes)
    if found is None:
        return np.zeros(len(time_s), dtype=bool)
    manner = found.manner
    if unlike_its_place(manner, found.is_limb, found.unrest_mps2, place) is not None:
        return np.ones(len(time_s), dtype=bool)
    moves = found.is_limb & (found.unrest_mps2 >= LEAST_BOUNCE.value)
    far = far_squared(manner, moves, TRUNK_MANNER) > TRUNK_MANNER.farthest.value
    nearest = np.searchsorted(0.5 * (found.middle_s[1:] + found.middle_s[:-1]), time_s + 0.5 * step_of(time_s))
    return np.asarray(far[nearest])


def is_out_of_step(axes: SixAxis | None, place: str, time_s: FloatArray) -> BoolArray:
    """Say in which cells the accelerometer and the gyroscope of a trunk are not known to be on one clock.

    Parameters
    ----------
    axes : SixAxis or None
        Of a trunk, in any mounting.
    place : str
        Where it is said to sit.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    ndarray of bool, shape (n,)
        A low trunk is taken to be in step where no jolt proves the contrary: it is asked for two signs, and out of
        step they contradict each other. A high one is asked for one, and has to be proven in step.
    """
    if axes is None or not len(time_s):
        return np.zeros(len(time_s), dtype=bool)
    middle_s = np.arange(time_s[0], time_s[-1] + LAG_EVERY_S, LAG_EVERY_S)
    lag = sensor_lag(axes, middle_s, CLEAR_LAG.value)
    apart = lag.least_s > IN_STEP.value if place in LOW_TRUNK else ~(lag.most_s <= IN_STEP.value)
    return np.asarray(apart[np.rint((time_s - time_s[0]) / LAG_EVERY_S).astype(np.int64)])
