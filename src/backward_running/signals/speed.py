"""Speed over ground, never negative: as the device gave it, else from distance or fixes."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.evidence import proposed_number
from backward_running.signals.clock import longest_step_s

WINDOW = proposed_number(
    "speed_window_s",
    6.0,
    "s",
    "Speed that is derived from distance or fixes is taken over 6 s: a device counts in metres and a fix wanders.",
)


def speed_from_distance_mps(
    time_s: FloatArray, distance_m: FloatArray, *, window_s: float = WINDOW.value
) -> FloatArray:
    """Return the speed as the slope of the distance over a window about each moment.

    Parameters
    ----------
    time_s, distance_m : ndarray, shape (n,)
        Distance without holes.
    window_s : float
        Width of the window; cut to what is there at the ends.

    Returns
    -------
    ndarray, shape (n,)
        m/s; NaN at a single sample and beside holes of the recording.

    Examples
    --------
    >>> speed_from_distance_mps(np.arange(5.0), np.arange(5.0) * 3.0).tolist()
    [3.0, 3.0, 3.0, 3.0, 3.0]
    """
    if len(time_s) < 2:
        return np.full(time_s.shape, np.nan)
    before_s = np.maximum(time_s - window_s / 2, time_s[0])
    after_s = np.minimum(time_s + window_s / 2, time_s[-1])
    way_m = np.interp(after_s, time_s, distance_m) - np.interp(before_s, time_s, distance_m)
    speed = way_m / (after_s - before_s)
    hole = np.diff(time_s) > longest_step_s(time_s)
    if hole.any():
        count = np.concatenate([[0], np.cumsum(hole)])
        first = np.searchsorted(time_s, before_s, side="right") - 1
        last = np.searchsorted(time_s, after_s, side="left")
        speed[count[last] > count[first]] = np.nan
    return np.asarray(np.maximum(speed, 0.0))


def plausible_speed_mps(speed_mps: FloatArray, *, fastest_mps: float) -> FloatArray:
    """Return the device's speed with impossible samples taken out; single spikes do not survive.

    >>> plausible_speed_mps(np.array([3.0, 40.0, 3.2, -1.0]), fastest_mps=12.5).tolist()
    [3.0, nan, 3.2, nan]
    """
    with np.errstate(invalid="ignore"):
        return np.where((speed_mps >= 0.0) & (speed_mps <= fastest_mps), speed_mps, np.nan)
