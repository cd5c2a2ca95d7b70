"""What every plot stands on: a straight scale, a mark on an axis, a line through points."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, in the drawing's own units, and what stands beside it."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: values from `low` to `high` lie from `start` to `end` of the drawing.

    >>> y = Scale(0.0, 10.0, 120.0, 20.0)  # upward: zero lies below
    >>> y(0.0), y(2.5), y(10.0)
    (120.0, 95.0, 20.0)
    """

    low: float
    high: float
    start: float
    end: float
    digits: int = 1  #: of the drawing's units

    def __call__(self, value: float) -> float:
        """Return where a value lies."""
        return round(self.start + (value - self.low) * (self.end - self.start) / (self.high - self.low), self.digits)

    def inside(self, value: float) -> float:
        """Return where a value lies, at the nearer end where it lies beyond."""
        return self(min(max(value, self.low), self.high))


def line(points: Iterable[tuple[float, float | None]]) -> str:
    """Join points to a path; a missing one breaks it.

    >>> line([(0.0, 1.0), (1.0, None), (2.0, 3.26), (3.0, 4.0)])
    'M0,1M2,3.3L3,4'
    """
    parts, pen_down = [], False
    for x, y in points:
        known = y is not None and math.isfinite(x) and math.isfinite(y)
        if known and y is not None:
            parts.append(f"{'L' if pen_down else 'M'}{round(x, 1):g},{round(y, 1):g}")
        pen_down = known
    return "".join(parts)


def band(lower: Iterable[tuple[float, float]], upper: Iterable[tuple[float, float]]) -> str:
    """Return the area between two lines as a closed path.

    >>> band([(0.0, 1.0), (1.0, 1.0)], [(0.0, 3.0), (1.0, 2.0)])
    'M0,3L1,2L1,1L0,1Z'
    """
    return line([*upper, *reversed(tuple(lower))]) + "Z"
