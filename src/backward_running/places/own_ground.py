"""Straights of many runs → the few places that were run straight again and again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.ground import Grade
from backward_running.core.own_ground import ENDS, GRADE, OFF, STOPS, OwnStretch
from backward_running.evidence.proposals import proposed_number
from backward_running.places._plane import Plane
from backward_running.places._rising import HOLDS_EIGHT_OF_TEN
from backward_running.places.own_straights import SHORTEST_M

LEAST_DAYS = proposed_number("own_ground_least_days", 3.0, "1", "Ground that was run on fewer days is not familiar.")
ASIDE_M = proposed_number("own_ground_aside_m", 10.0, "m", "So far apart two watches put one path.")
TURN_DEG = proposed_number("own_ground_turn_deg", 12.0, "deg", "Straights that point farther apart are two.")
SHARED_SHARE = proposed_number(
    "own_ground_shared_share", 0.6, "1", "A pass over less than this of a straight is no pass over it."
)
HEIGHT_OFF_M = proposed_number(
    "own_ground_height_off_m",
    0.5,
    "m",
    "How far the heights at both ends may be off together, run after run: a barometer lags.",
)
MEDIAN_SPREAD = proposed_number(
    "own_ground_median_spread", 1.25, "1", "How much farther a median strays than a mean: a normal curve, √(π/2)."
)
NIGHT_ENDS_H = proposed_number("own_ground_night_ends_h", 4.0, "h", "When the hours of a runner's day begin.")
BIN_M = proposed_number("own_ground_bin_m", 40.0, "m", "Straights whose middles lie so near are compared first.")
BIN_DEG = proposed_number("own_ground_bin_deg", 20.0, "deg", "The same of where they point.")
QUARTER = proposed_number("own_ground_quarter", 0.25, "1", "A quarter of the passes began before it.")
THREE_QUARTERS = proposed_number("own_ground_three_quarters", 0.75, "1", "A quarter of them began after it.")


def most_run(
    cells: FloatArray, days: IntArray, hours: IntArray, place: tuple[float, float], *, most: int
) -> tuple[OwnStretch, ...]:
    """Find the straights that were run on most days.

    Parameters
    ----------
    cells : array, shape (n, 9)
        Passes, as :func:`backward_running.places.find_straights` gives them, of all runs.
    days : array, shape (n,)
        On which day each was, as ordinal.
    hours : array, shape (n,)
        At which full hour, 0 to 23, on the clock of the place.
    place : tuple of float
        Latitude and longitude of the middle; passes lie within some 50 km of it.
    most : int
        How many are returned.

    Returns
    -------
    tuple of OwnStretch
        Of most days first. None that was run on fewer than three days.
    """
    if not len(cells):
        return ()
    plane = Plane(*place)
    ends = plane.to_metres(cells[:, ENDS].reshape(-1, 2)).reshape(-1, 2, 2)
    often = (
        _uphill(_stretch(plane, cells[group], days[group], hours[group], line))
        for group, line in _groups(ends, days, most)
        if len(np.unique(days[group])) >= LEAST_DAYS.value and math.dist(*line) >= SHORTEST_M.value
    )
    found = list(islice(often, 2 * most))  # they come nearly in their order: what follows is run less often
    return tuple(sorted(found, key=lambda stretch: (-stretch.days, -stretch.passes, -stretch.length_m))[:most])


def _groups(ends: FloatArray, days: IntArray, most: int) -> Iterator[tuple[IntArray, FloatArray]]:
    """Yield which passes are over one straight, and its ends; begun where most days are."""
    bins = _bins(ends)
    order = _by_days(bins, days)
    left = np.arange(len(ends))
    for number in order[: 6 * most].tolist():
        seed = bins[left] == number
        if not seed.any():
            continue
        line = _line_of(ends[left[seed]])
        joined = _passes(ends[left], line)
        if joined.any():
            line = _line_of(ends[left[joined]])
            joined |= _passes(ends[left], line)
            yield left[joined], line
            seed |= joined | _lies_on(ends[left], line)
        left = left[~seed]


def _bins(ends: FloatArray) -> IntArray:
    """Number passes so that those of one place and heading mostly have the same."""
    middle, ahead = (ends[:, 0] + ends[:, 1]) / 2.0, ends[:, 1] - ends[:, 0]
    heading = np.degrees(np.arctan2(ahead[:, 0], ahead[:, 1])) % 180.0
    east, north = np.floor(middle / BIN_M.value).astype(np.int64).T
    row = 1 << int(math.log2(np.abs(middle).max() + BIN_M.value) + 2)  # more than there are side by side
    numbers = (east * row + north) * row + np.floor(heading / BIN_DEG.value).astype(np.int64)
    return np.asarray(np.unique(numbers, return_inverse=True)[1].ravel())


def _by_days(bins: IntArray, days: IntArray) -> IntArray:
    """Return the numbers of bins, those of most days first."""
    since = days - days.min()
    pairs = np.unique(bins * (since.max() + 1) + since)
    return np.asarray(np.argsort(-np.bincount(pairs // (since.max() + 1)), kind="stable"))


def _line_of(ends: FloatArray) -> FloatArray:
    """Return the ends of the line that passes have in the middle of them, shape (2, 2)."""
    ahead = ends[:, 1] - ends[:, 0]
    same = np.where(ahead @ ahead[0] < 0.0, -1.0, 1.0)
    axis = (ahead * same[:, None]).sum(axis=0)
    axis /= np.hypot(*axis)
    centre = np.median(ends.mean(axis=1), axis=0)
    along = (ends - centre) @ axis
    return np.asarray(
        np.stack([centre + axis * np.median(along.min(axis=1)), centre + axis * np.median(along.max(axis=1))])
    )


def _beside(ends: FloatArray, line: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return which passes lie beside a line, and how many metres of it each shares."""
    first, last = ends[:, 0] - line.mean(axis=0), ends[:, 1] - line.mean(axis=0)
    ahead = np.abs(last - first)
    reach = (ahead[:, 0] + ahead[:, 1] + math.dist(*line)) / 2.0 + ASIDE_M.value
    middle = np.abs(first + last) / 2.0
    near = np.flatnonzero((middle[:, 0] <= reach) & (middle[:, 1] <= reach))
    shared_m, is_beside = _shared(ends[near], line)
    return near[is_beside], shared_m[is_beside]


def _shared(ends: FloatArray, line: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Return how many metres of a line passes share with it, and which of them lie beside it there."""
    chord = line[1] - line[0]
    length_m = float(np.hypot(*chord))
    axis = chord / length_m
    ahead = ends[:, 1] - ends[:, 0]
    long_m = np.hypot(ahead[:, 0], ahead[:, 1])
    is_alike = np.abs(ahead @ axis) >= math.cos(math.radians(TURN_DEG.value)) * long_m
    along = (ends - line[0]) @ axis
    aside = (ends - line[0]) @ np.array([-axis[1], axis[0]])
    low, high = np.maximum(along.min(axis=1), 0.0), np.minimum(along.max(axis=1), length_m)
    rises = (aside[:, 1] - aside[:, 0]) / np.where(is_alike, along[:, 1] - along[:, 0], 1.0)
    off = [np.abs(aside[:, 0] + rises * (at - along[:, 0])) for at in (low, high)]
    return high - low, is_alike & (np.maximum(*off) <= ASIDE_M.value)


def _passes(ends: FloatArray, line: FloatArray) -> BoolArray:
    """Say which passes go over most of a line."""
    beside, shared_m = _beside(ends, line)
    return _marked(len(ends), beside[shared_m >= SHARED_SHARE.value * math.dist(*line)])


def _lies_on(ends: FloatArray, line: FloatArray) -> BoolArray:
    """Say of which passes most lies on a line: they are parts of it."""
    beside, shared_m = _beside(ends, line)
    long_m = np.hypot(*(ends[beside, 1] - ends[beside, 0]).T)
    return _marked(len(ends), beside[shared_m >= SHARED_SHARE.value * long_m])


def _marked(count: int, chosen: IntArray) -> BoolArray:
    is_chosen = np.zeros(count, dtype=bool)
    is_chosen[chosen] = True
    return is_chosen


def run_over(cells: FloatArray, days: IntArray, hours: IntArray, line: FloatArray) -> OwnStretch | None:
    """Say what passes over one straight come to.

    Parameters
    ----------
    cells : array, shape (n, 9)
        Passes.
    days, hours : array, shape (n,)
        When each was, as for :func:`most_run`.
    line : array, shape (2, 2)
        Longitude and latitude of both ends.

    Returns
    -------
    OwnStretch or None
        As the line runs; None where nothing passed over most of it.
    """
    plane = Plane(float(line[0, 1]), float(line[0, 0]))
    flat = plane.to_metres(line)
    group = np.flatnonzero(_passes(plane.to_metres(cells[:, ENDS].reshape(-1, 2)).reshape(-1, 2, 2), flat))
    return _stretch(plane, cells[group], days[group], hours[group], flat) if len(group) else None


def _stretch(plane: Plane, cells: FloatArray, days: IntArray, hours: IntArray, line: FloatArray) -> OwnStretch:
    length_m = math.dist(*line)
    ahead = plane.to_metres(cells[:, 2:4]) - plane.to_metres(cells[:, 0:2])
    (west, south), (east, north) = plane.to_degrees(line).tolist()
    night = int(NIGHT_ENDS_H.value)
    early, late = np.quantile((hours - night) % 24, [QUARTER.value, THREE_QUARTERS.value], method="nearest") + night
    return OwnStretch(
        line=((west, south), (east, north)),
        length_m=length_m,
        days=len(np.unique(days)),
        passes=len(cells),
        last_on=date.fromordinal(int(days.max())),
        hours=(int(early) % 24, int(late) % 24),
        stopped_share=float(np.mean(cells[:, STOPS] > 0.0)),
        off_m=float(np.median(cells[:, OFF])),
        grade=grade_of(cells[:, GRADE] * np.sign(ahead @ (line[1] - line[0])), days, length_m),
    )


def _uphill(own: OwnStretch) -> OwnStretch:
    """Return a straight so that it rises from its first end."""
    grade = own.grade
    if grade is None or grade.ratio >= 0.0:
        return own
    return replace(own, line=own.line[::-1], grade=Grade(-grade.ratio, -grade.high, -grade.low, grade.found_by))


def grade_of(rising: FloatArray, days: IntArray, length_m: float) -> Grade | None:
    """Return how a straight rises, by the heights of several days.

    Parameters
    ----------
    rising : array, shape (n,)
        How each pass rose along the straight, rise over run; NaN where it had no heights.
    days : array, shape (n,)
        Of each pass, as ordinal: passes of one day share an error.
    length_m : float
        Of the straight.

    Returns
    -------
    Grade or None
        The median of the means of days, with an interval for eight of ten; None of fewer than three days.
    """
    known = np.flatnonzero(np.isfinite(rising))
    _, day = np.unique(days[known], return_inverse=True)
    each = np.bincount(day, rising[known]) / np.bincount(day)
    if len(each) < LEAST_DAYS.value:
        return None
    ratio = float(np.median(each))
    spread = MEDIAN_SPREAD.value * float(each.std(ddof=1)) / math.sqrt(len(each))
    off = HOLDS_EIGHT_OF_TEN.value * math.hypot(spread, HEIGHT_OFF_M.value / length_m)
    return Grade(round(ratio, 4), round(ratio - off, 4), round(ratio + off, 4), "recordings")
