"""The fastest way over a length: the best effort that lies within a longer stretch."""

from __future__ import annotations

from dataclasses import dataclass
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
    return Ways.of(time_s, distance_m).fastest_over(length_m)


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """All ways within one stretch: what is looked for over several lengths is prepared once."""

    metres: FloatArray  #: (n,) strictly rising
    reached_s: FloatArray  #: (n,) when each was reached first
    left_s: FloatArray  #: (n,) and when it was left

    @classmethod
    def of(cls, time_s: FloatArray, distance_m: FloatArray) -> Ways:
        """Prepare a stretch; its arrays as for :func:`fastest_over`."""
        # Where nothing moves a distance has many times: the last of them begins a way, the first of them ends it.
        rises = np.ones(len(distance_m), dtype=bool)
        np.greater(distance_m[1:], distance_m[:-1], out=rises[1:])
        first = np.flatnonzero(rises)
        last = np.append(first[1:], len(distance_m)) - 1 if len(first) else first
        return cls(distance_m[first], time_s[first], time_s[last])

    def fastest_over(self, length_m: float) -> Fastest | None:
        """Return the fastest way over a length; None where the whole is shorter."""
        metres = self.metres
        if len(metres) < 2 or metres[-1] - metres[0] < length_m:
            return None
        begun = int(np.searchsorted(metres, metres[-1] - length_m, side="right"))
        ended = int(np.searchsorted(metres, metres[0] + length_m, side="left"))
        before = self._when(metres[ended:] - length_m, arriving=False)
        after = self._when(metres[:begun] + length_m, arriving=True)
        starts_s = np.concatenate([self.left_s[:begun], before])
        takes_s = np.concatenate([after, self.reached_s[ended:]]) - starts_s
        best = int(takes_s.argmin())
        return Fastest(float(starts_s[best]), float(takes_s[best]))

    def _when(self, at_m: FloatArray, *, arriving: bool) -> FloatArray:
        """Return when distances were reached first, or left last."""
        after = np.searchsorted(self.metres, at_m, side="left" if arriving else "right")
        after = np.minimum(np.maximum(after, 1), len(self.metres) - 1)
        before_m, before_s = self.metres[after - 1], self.left_s[after - 1]
        share = (at_m - before_m) / (self.metres[after] - before_m)
        return np.asarray(before_s + share * (self.reached_s[after] - before_s), dtype=np.float64)
