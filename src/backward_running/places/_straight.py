"""The longest straight piece of a way, and the longest line in an area."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import shapely

from backward_running.core.arrays import FloatArray
from backward_running.places import _margins


def straight_pieces(line: FloatArray, *, shortest_m: float) -> tuple[FloatArray, ...]:
    """Return the straight pieces of a way, longest first.

    Parameters
    ----------
    line : array, shape (n, 2)
        The way, metres.
    shortest_m : float
        Shorter ones are left out, m.

    Returns
    -------
    tuple of arrays, shape (m, 2)
        They do not overlap. None of them turns by more than 5° in 10 m, nor leaves its first heading by more than
        20°, nor is longer than 400 m.
    """
    along_m, heading_deg = _segments(line)
    if not len(heading_deg):
        return ()
    pieces = [
        _part(line, along_m, start, end) for start, end in _spans(along_m, heading_deg) if end - start >= shortest_m
    ]
    return tuple(sorted(pieces, key=lambda piece: -_length(piece)))


def _segments(line: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return how far along each point lies, and the heading of each segment, unwrapped, degrees."""
    steps = np.diff(line, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    return along, np.degrees(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0])))


def _spans(along_m: FloatArray, heading_deg: FloatArray) -> list[tuple[float, float]]:
    """Return start and end of what is straight, m along the line.

    Between two segments lies the turn of a corner; where they are short, the turns of 10 m add up.
    """
    over_m, turn_deg = _margins.TURN_OVER_M.value, _margins.TURN_DEG.value
    middles = (along_m[:-1] + along_m[1:]) / 2.0
    spans: list[tuple[float, float]] = []
    first = 0
    for corner in range(1, len(heading_deg)):
        at = float(along_m[corner])
        # The segments of the 10 m before, as far as this piece reaches back; the one before in any case.
        before = min(max(int(np.searchsorted(middles, middles[corner] - over_m)), first), corner - 1)
        turned = float(np.abs(heading_deg[corner] - heading_deg[before:corner]).max())
        bends = abs(float(heading_deg[corner] - heading_deg[first])) > _margins.BEND_DEG.value
        if turned > turn_deg or bends:
            spans.append((float(along_m[first]), at))
            first = corner
    spans.append((float(along_m[first]), float(along_m[-1])))
    return [cut for span in spans for cut in _cut(*span)]


def _cut(start: float, end: float) -> list[tuple[float, float]]:
    """Cut what is longer than the longest into equal pieces."""
    count = max(math.ceil((end - start) / _margins.LONGEST_M.value), 1)
    edges = np.linspace(start, end, count + 1)
    return [(float(low), float(high)) for low, high in itertools.pairwise(edges)]


def _part(line: FloatArray, along_m: FloatArray, start: float, end: float) -> FloatArray:
    inside = (along_m > start + 1e-6) & (along_m < end - 1e-6)
    ends = [np.array([np.interp(at, along_m, line[:, axis]) for axis in (0, 1)]) for at in (start, end)]
    return np.vstack([ends[0], line[inside], ends[1]])


def _length(line: FloatArray) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def longest_line(area: Any) -> FloatArray | None:
    """Return the longest straight line in an area.

    Parameters
    ----------
    area : shapely geometry
        A polygon or several, metres, already without its edge and what stands in it.

    Returns
    -------
    array, shape (2, 2), or None
        Its ends; None of an area that is empty. Of a line longer than 400 m the middle.

    Notes
    -----
    A sweep: parallel lines over the area in headings 10° apart, then finer round the best. The answer is short of the
    longest by a few per cent at most (measured on rectangles turned any way: 1 %).
    """
    area = shapely.simplify(area, 0.5)
    if shapely.is_empty(area):
        return None
    step = _margins.SWEEP_DEG.value
    hull = shapely.get_coordinates(shapely.convex_hull(area))
    best: tuple[float, float, FloatArray | None] = (0.0, 0.0, None)
    for heading in np.arange(0.0, 180.0, step):
        best = _longer(best, area, hull, heading)
    for finer in (step / 3.0, step / 10.0):
        for heading in [best[1] + turn * finer for turn in (-2.0, -1.0, 1.0, 2.0)]:
            best = _longer(best, area, hull, heading)
    return None if best[2] is None else _middle_of(best[2], best[0])


def _middle_of(line: FloatArray, length_m: float) -> FloatArray:
    """Return as much of the middle of a line as is proposed at once."""
    share = min(_margins.LONGEST_M.value / length_m, 1.0)
    middle = line.mean(axis=0)
    return np.asarray(middle + (line - middle) * share)


def _longer(
    best: tuple[float, float, FloatArray | None], area: Any, hull: FloatArray, heading_deg: float
) -> tuple[float, float, FloatArray | None]:
    """Return the length of the longest line at a heading, the heading, and the line; what was best, if it is no longer.

    Where the whole area is no longer in that heading than the best line so far, no line is drawn.
    """
    ahead = np.array([math.cos(math.radians(heading_deg)), math.sin(math.radians(heading_deg))])
    reach = hull @ ahead
    if reach.max() - reach.min() <= best[0]:
        return best
    aside = np.array([-ahead[1], ahead[0]])
    over = hull @ aside
    count = int(_margins.SWEEP_LINES.value)
    offsets = np.linspace(over.min(), over.max(), count + 2)[1:-1]
    starts = offsets[:, None] * aside + (reach.min() - 1.0) * ahead
    ends = offsets[:, None] * aside + (reach.max() + 1.0) * ahead
    lines = shapely.multilinestrings(shapely.linestrings(np.stack([starts, ends], axis=1)))
    parts = shapely.get_parts(shapely.intersection(lines, area))
    parts = parts[shapely.get_type_id(parts) == 1]
    if not len(parts):
        return best
    lengths = shapely.length(parts)
    longest = int(np.argmax(lengths))
    if lengths[longest] <= best[0]:
        return best
    return float(lengths[longest]), heading_deg, shapely.get_coordinates(parts[longest])
