"""The straights in one recording: where a run kept to a line for 30 m or more."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from backward_running.core.arrays import FloatArray, IntArray
from backward_running.core.own_ground import COLUMNS
from backward_running.evidence.proposals import proposed_number
from backward_running.places._plane import Plane

SHORTEST_M = proposed_number(
    "own_straight_shortest_m", 30.0, "m", "Shorter ones the error of positions makes of a bend: a guess."
)
OFF_M = proposed_number(
    "own_straight_off_m", 2.5, "m", "So far off the line is still on it: what positions of a watch wander in a minute."
)
THIN_M = proposed_number("own_straight_thin_m", 5.0, "m", "Steps shorter than this are noise of who stands.")
JUMP_M = proposed_number("own_straight_jump_m", 60.0, "m", "Over a longer hole nobody knows how it went.")
JUMP_MPS = proposed_number("own_straight_jump_mps", 12.0, "m s⁻¹", "Nobody runs faster: the position jumped.")
STOP_MPS = proposed_number("own_straight_stop_mps", 0.5, "m s⁻¹", "Slower than any walk, backward ones too.")
STOP_S = proposed_number("own_straight_stop_s", 5.0, "s", "So much longer than at that speed is a stop.")
HEIGHTS_LEAST = proposed_number("own_straight_heights_least", 4.0, "1", "So few heights make no slope.")

_NONE = np.empty((0, len(COLUMNS)))


def find_straights(time_s: FloatArray, places_deg: FloatArray, altitude_m: FloatArray) -> FloatArray:
    """Find where a run kept to a straight line.

    Parameters
    ----------
    time_s : array, shape (n,)
        Rising.
    places_deg : array, shape (n, 2)
        Longitude and latitude, WGS 84; NaN where there is none.
    altitude_m : array, shape (n,)
        NaN where there is none.

    Returns
    -------
    array, shape (passes, 9)
        A row for each straight of 30 m or more; its columns are those of :data:`backward_running.core.own_ground`.

    Notes
    -----
    Points nearer than 5 m to the last are left out, the rest is simplified by Douglas and Peucker's method to 2.5 m,
    and pieces that are one line are put together again.
    """
    known = np.isfinite(places_deg).all(axis=1)
    if np.count_nonzero(known) < 3:
        return _NONE
    time_s, places_deg, altitude_m = time_s[known], places_deg[known], altitude_m[known]
    plane = Plane(float(places_deg[0, 1]), float(places_deg[0, 0]))
    metres = plane.to_metres(places_deg)
    step_m, step_s = np.hypot(*np.diff(metres, axis=0).T), np.diff(time_s)
    torn = np.flatnonzero((step_m > JUMP_M.value) | (step_m > JUMP_MPS.value * np.maximum(step_s, 1.0))) + 1
    found = []
    for piece in np.split(np.arange(len(time_s)), torn):
        at = piece[_thinned(metres[piece])]
        first, last = _lines(metres[at])
        ends = np.column_stack([places_deg[at[first]], places_deg[at[last]]])
        found.append(np.column_stack([ends, _known(first, last, time_s[at], metres[at], altitude_m[at])]))
    rows = np.concatenate(found)
    length_m = np.hypot(*(plane.to_metres(rows[:, 2:4]) - plane.to_metres(rows[:, 0:2])).T)
    return np.asarray(rows[length_m >= SHORTEST_M.value])


def _thinned(metres: FloatArray) -> IntArray:
    """Return which points are left when each is 5 m or more from the one before."""
    kept, least2 = [0], THIN_M.value**2
    x, y = metres[0].tolist()
    for index, (east, north) in enumerate(zip(metres[:, 0].tolist(), metres[:, 1].tolist(), strict=True)):
        if (east - x) ** 2 + (north - y) ** 2 >= least2:
            kept.append(index)
            x, y = east, north
    return np.array(kept)


def _lines(metres: FloatArray) -> tuple[IntArray, IntArray]:
    """Return first and last point of each piece that is a line."""
    if len(metres) < 2:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    numbered = shapely.linestrings(np.column_stack([metres, np.arange(len(metres))]))
    coarse = shapely.simplify(numbered, OFF_M.value, preserve_topology=False)
    corners = shapely.get_coordinates(coarse, include_z=True)[:, 2].astype(np.int64).tolist()
    places = dict(zip(corners, metres[corners].tolist(), strict=True))
    kept = corners[:1]
    for corner, last in pairwise(corners[1:]):
        is_near = _off_m(places[kept[-1]], places[corner], places[last]) <= OFF_M.value
        if not (is_near and _is_line(metres[kept[-1] : last + 1])):
            kept.append(corner)
    kept.append(corners[-1])
    return np.array(kept[:-1]), np.array(kept[1:])


def _off_m(first: list[float], between: list[float], last: list[float]) -> float:
    """Return how far a point lies off the line of two others; far where these are the same."""
    east, north = last[0] - first[0], last[1] - first[1]
    length_m = math.hypot(east, north)
    across = (between[0] - first[0]) * north - (between[1] - first[1]) * east
    return abs(across) / length_m if length_m else math.inf


def _is_line(metres: FloatArray) -> bool:
    """Say whether all points lie beside the line between the ends, and none before or behind them."""
    chord = metres[-1] - metres[0]
    length_m = float(np.hypot(*chord))
    ahead, from_first = chord / length_m, metres - metres[0]
    along, aside = from_first @ ahead, from_first @ np.array([-ahead[1], ahead[0]])
    back = OFF_M.value
    return bool(np.abs(aside).max() <= OFF_M.value and np.diff(along).min() > -back and along.max() < length_m + back)


def _known(
    first: IntArray, last: IntArray, time_s: FloatArray, metres: FloatArray, altitude_m: FloatArray
) -> FloatArray:
    """Return what is known of pieces beside their ends: times, grade, stops, how far they are off their line."""
    chord = metres[last] - metres[first]
    ahead = chord / np.maximum(np.hypot(chord[:, 0], chord[:, 1]), 1e-9)[:, None]
    step_m, step_s = np.hypot(*np.diff(metres, axis=0).T), np.diff(time_s)
    stopped = np.append(step_s - step_m / STOP_MPS.value > STOP_S.value, False).astype(np.float64)
    across = np.column_stack([-ahead[:, 1], ahead[:, 0]])
    every = np.ones(len(metres))
    off = _moments(first, last, metres, every, every)
    middle_off = ((off.mean - metres[first]) * across).sum(axis=1)
    off_m = np.sqrt(np.maximum(_quadratic(across, off.spread), 0.0) + middle_off**2)
    stops = _sums(stopped[:, None], first, last - 1)[:, 0]
    return np.column_stack([time_s[first], time_s[last], _grades(first, last, metres, altitude_m, ahead), stops, off_m])


def _grades(
    first: IntArray, last: IntArray, metres: FloatArray, altitude_m: FloatArray, ahead: FloatArray
) -> FloatArray:
    """Return how heights rise along pieces, by least squares; NaN where there are too few."""
    known = np.isfinite(altitude_m).astype(np.float64)
    heights = np.where(known > 0.0, altitude_m, 0.0)
    moments = _moments(first, last, metres, known, heights - heights.sum() / max(known.sum(), 1.0))
    rises = (moments.with_values * ahead).sum(axis=1)
    spread = _quadratic(ahead, moments.spread)
    is_known = (moments.count >= HEIGHTS_LEAST.value) & (spread > 0.0)
    return np.asarray(np.where(is_known, rises / np.where(is_known, spread, 1.0), np.nan))


@dataclass(frozen=True, slots=True, eq=False)
class _Moments:
    """Means and spreads of the points of pieces."""

    count: FloatArray  #: shape (pieces,)
    mean: FloatArray  #: (pieces, 2)
    spread: FloatArray  #: variance east, variance north and covariance, (pieces, 3)
    with_values: FloatArray  #: covariance with a value, east and north, (pieces, 2)


def _moments(first: IntArray, last: IntArray, metres: FloatArray, weights: FloatArray, values: FloatArray) -> _Moments:
    east, north = metres.T
    each = np.column_stack(
        [every * weights for every in (weights, east, north, east**2, north**2, east * north)]
        + [every * weights * values for every in (np.ones(len(east)), east, north)]
    )
    count, *sums = _sums(each, first, last).T
    east, north, east2, north2, both, value, with_east, with_north = (some / np.maximum(count, 1.0) for some in sums)
    return _Moments(
        count,
        np.column_stack([east, north]),
        np.column_stack([east2 - east**2, north2 - north**2, both - east * north]),
        np.column_stack([with_east - east * value, with_north - north * value]),
    )


def _quadratic(axis: FloatArray, spread: FloatArray) -> FloatArray:
    """Return the variance along an axis, for each piece."""
    x, y = axis.T
    return np.asarray(x**2 * spread[:, 0] + y**2 * spread[:, 1] + 2.0 * x * y * spread[:, 2])


def _sums(values: FloatArray, first: IntArray, last: IntArray) -> FloatArray:
    """Return the sums of columns from a first row to a last one, both included."""
    summed = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    return np.asarray(summed[last + 1] - summed[first])
