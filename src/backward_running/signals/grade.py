"""Altitude against distance → grade. Noise of the altimeter must not make hills."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.evidence import proposed_number

CELL = proposed_number(
    "grade_cell_m", 5.0, "m", "Altitudes are averaged over every 5 m of the way, so that standing weighs nothing."
)
REACH = proposed_number(
    "grade_reach_m", 25.0, "m", "The grade is the slope of a straight line through the 25 m before and the 25 m after."
)
FLOOR = proposed_number(
    "grade_floor_ratio",
    0.01,
    "1",
    "Half a metre over 50 m is what a barometer drifts: a slope under 1 %, or under three of its own standard errors, "
    "is called level.",
)
SHORTEST = proposed_number("grade_shortest_m", 20.0, "m", "Over less than 20 m of known altitudes no grade is given.")


def grade_ratio(distance_m: FloatArray, altitude_m: FloatArray) -> FloatArray:
    """Return rise over run along the course, positive uphill for the traveller, whichever way the chest faces.

    Parameters
    ----------
    distance_m : ndarray, shape (n,)
        Never falls, no holes.
    altitude_m : ndarray, shape (n,)
        NaN where not known.

    Returns
    -------
    ndarray, shape (n,)
        NaN where the altitude is not known over at least 20 m; 0 where the slope cannot be told from level.
        **Valid for** slopes longer than about 50 m; a shorter ramp is flattened.

    Examples
    --------
    >>> way_m = np.arange(0.0, 300.0, 3.0)
    >>> grade_ratio(way_m, 100 + 0.05 * way_m)[50].round(3).item()
    0.05
    >>> grade_ratio(way_m, 100 + 0.002 * way_m)[50].item()
    0.0
    """
    nothing = np.full(distance_m.shape, np.nan)
    known = np.isfinite(altitude_m) & np.isfinite(distance_m)
    if known.sum() < 3 or distance_m[known][-1] - distance_m[known][0] < SHORTEST.value:
        return nothing
    origin_m = float(distance_m[known][0])
    where = ((distance_m - origin_m) / CELL.value).astype(np.int64)
    at, ways_m, heights_m = (values if known.all() else values[known] for values in (where, distance_m, altitude_m))
    cells = int(at[-1]) + 1
    held = np.bincount(at, minlength=cells).astype(np.float64)
    height_m = np.bincount(at, heights_m - heights_m[0], minlength=cells) / np.maximum(held, 1.0)
    way_m = np.bincount(at, ways_m - origin_m, minlength=cells) / np.maximum(held, 1.0)
    slope, error, span_m = _line_through_neighbours(way_m, height_m, held > 0)
    level = np.abs(slope) < np.maximum(FLOOR.value, 3.0 * error)
    grade = np.where(span_m >= SHORTEST.value, np.where(level, 0.0, slope), np.nan)
    centres_m = origin_m + (np.arange(cells) + 0.5) * CELL.value
    answered = np.interp(distance_m, centres_m, grade) if cells > 1 else np.full(distance_m.shape, grade[0])
    inside = (where >= 0) & (where < cells)
    return np.where(inside & _near_known(distance_m, known), np.clip(answered, -1.0, 1.0), np.nan)


def _line_through_neighbours(
    way_m: FloatArray, height_m: FloatArray, held: np.ndarray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Fit a straight line through the cells within reach of each: its slope, the slope's error, the length it spans."""
    reach = round(REACH.value / CELL.value)
    ones = np.ones(2 * reach + 1)
    weight = held.astype(np.float64)

    def summed(values: FloatArray) -> FloatArray:
        whole = np.convolve(values, ones)
        return np.asarray(whole[reach : reach + len(values)])

    count = summed(weight)
    x_m = np.where(held, way_m, 0.0)
    n = np.maximum(count, 1.0)
    mean_x, mean_y = summed(weight * x_m) / n, summed(weight * height_m) / n
    var_x = np.maximum(summed(weight * x_m**2) / n - mean_x**2, 0.0)
    cov = summed(weight * x_m * height_m) / n - mean_x * mean_y
    var_y = np.maximum(summed(weight * height_m**2) / n - mean_y**2, 0.0)
    safe = np.maximum(var_x, 1e-9)
    slope = cov / safe
    error = np.sqrt(np.maximum(var_y - slope * cov, 0.0) / (safe * np.maximum(n - 2.0, 1.0)))
    return slope, error, np.sqrt(12.0 * var_x)


def _near_known(distance_m: FloatArray, known: np.ndarray) -> np.ndarray:
    """Say which samples lie within reach of a known altitude, along the way."""
    if known.all():
        return known
    at_m = distance_m[known]
    after = np.searchsorted(at_m, distance_m)
    to_next = at_m[np.minimum(after, len(at_m) - 1)] - distance_m
    to_last = distance_m - at_m[np.maximum(after - 1, 0)]
    return np.asarray(np.minimum(np.abs(to_next), np.abs(to_last)) <= REACH.value)
