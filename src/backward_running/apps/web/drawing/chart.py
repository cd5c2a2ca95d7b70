"""Chart lines of a recording: means over equal stretches of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.apps.web.drawing.scale import line
from backward_running.core.recording import FloatArray

CHART_WIDTH, CHART_HEIGHT = 960.0, 86.0
CHART_POINTS = 480


@dataclass(frozen=True, slots=True)
class Line:
    """One chart line."""

    path: str
    low: float
    high: float
    mean: float


def chart_line(
    time_s: Sequence[float],
    values: Sequence[float | None],
    *,
    still_s: Sequence[tuple[float, float]] = (),
    upside_down: bool = False,
) -> Line | None:
    """Draw one chart line from means over equal stretches of time; None where there is nothing to draw.

    The mean leaves out the spans of `still_s`: who stands has no pace.
    """
    t = np.asarray(time_s, dtype=np.float64)
    v = np.asarray(values, dtype=np.float64)  # None becomes NaN
    known = np.isfinite(v)
    if known.sum() < 2 or t[-1] <= t[0]:
        return None
    x, y = binned(t, v, CHART_POINTS)
    low, high = (float(edge) for edge in np.nanpercentile(y, [2, 98]))
    reach = max(high - low, 1e-9 + abs(high) * 0.02)
    level = np.clip((y - low) / reach, -0.08, 1.08)
    screen = CHART_HEIGHT * (0.12 + 0.76 * (level if upside_down else 1 - level))
    path = line(zip((x / t[-1] * CHART_WIDTH).tolist(), screen.tolist(), strict=True))
    counted = known & ~_inside(t, still_s)
    return Line(path, low, high, float(v[counted if counted.any() else known].mean()))


def _inside(time_s: FloatArray, spans_s: Sequence[tuple[float, float]]) -> np.ndarray:
    """Whether each moment lies in one of some spans."""
    inside = np.zeros(len(time_s), dtype=bool)
    for start_s, end_s in spans_s:
        inside[np.searchsorted(time_s, start_s) : np.searchsorted(time_s, end_s)] = True
    return inside


def binned(time_s: FloatArray, values: FloatArray, count: int) -> tuple[FloatArray, FloatArray]:
    """Return the middle of `count` equal stretches of time and the mean of the known samples in each (or NaN)."""
    edges = np.linspace(0.0, float(time_s[-1]) + 1e-6, min(count, len(time_s)) + 1)
    slot = np.clip(np.searchsorted(edges, time_s, side="right") - 1, 0, len(edges) - 2)
    known = np.isfinite(values)
    sums = np.bincount(slot[known], weights=values[known], minlength=len(edges) - 1)
    counts = np.bincount(slot[known], minlength=len(edges) - 1)
    means = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    return (edges[:-1] + edges[1:]) / 2, means
