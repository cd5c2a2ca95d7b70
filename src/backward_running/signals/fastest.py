"""The fastest way over a length: the best effort that lies within a longer stretch."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray


class Fastest(NamedTuple):
    """When the fastest way over a length began, and how long it took."""

    start_s: float
    duration_s: float


def fastest_over(time_s: FloatArray, distance_m: FloatArray, length_m: float) -> Fastest | None:
    """Return the fastest way over a length, begun or ended at a sample.

    Parameters
    ----------
    time_s : ndarray, shape (n,)
        Rising.
    distance_m : ndarray, shape (n,)
        Since any start, finite and never falling (:func:`~backward_running.signals.distance.filled_distance_m`).
    length_m : float
        More than 0.

    Returns
    -------
    Fastest or None
        Between two samples the distance is taken to grow evenly; a pause within it counts as time. None where the whole
        is shorter than the length.

    Examples
    --------
    >>> time_s, speed_mps = np.arange(0.0, 301.0), np.r_[np.full(100, 2.0), np.full(100, 4.0), np.full(100, 2.0)]
    >>> fastest_over(time_s, np.r_[0.0, np.cumsum(speed_mps)], 400.0)
    Fastest(start_s=100.0, duration_s=100.0)
    """
    if len(time_s) < 2 or distance_m[-1] - distance_m[0] < length_m:
        return None
    # Where nothing moves a distance has many times: the last of them begins a way, the first of them ends it.
    first = np.flatnonzero(np.diff(distance_m, prepend=-np.inf) > 0)
    last = np.r_[first[1:] - 1, len(distance_m) - 1]
    metres, reached_s, left_s = distance_m[first], time_s[first], time_s[last]
    begins = metres <= metres[-1] - length_m
    ends = metres >= metres[0] + length_m
    starts_s = np.r_[left_s[begins], _when(metres[ends] - length_m, metres, reached_s, left_s, arriving=False)]
    ends_s = np.r_[_when(metres[begins] + length_m, metres, reached_s, left_s, arriving=True), reached_s[ends]]
    best = int(np.argmin(ends_s - starts_s))
    return Fastest(float(starts_s[best]), float(ends_s[best] - starts_s[best]))


def _when(
    at_m: FloatArray, metres: FloatArray, reached_s: FloatArray, left_s: FloatArray, *, arriving: bool
) -> FloatArray:
    """Return when distances were reached first, or left last."""
    after = np.clip(np.searchsorted(metres, at_m, side="left" if arriving else "right"), 1, len(metres) - 1)
    share = (at_m - metres[after - 1]) / (metres[after] - metres[after - 1])
    return np.asarray(left_s[after - 1] + share * (reached_s[after] - left_s[after - 1]), dtype=np.float64)
