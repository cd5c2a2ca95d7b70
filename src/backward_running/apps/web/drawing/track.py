"""The track of a recording, drawn on the server for pages without a map.

Everything is geometry in numbers; colours and patterns come from the style sheet. A picture shows at most a few hundred
points, whatever the length of the recording.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from backward_running.apps.web.drawing.scale import line
from backward_running.apps.words.phrases import LETTER
from backward_running.core.arrays import BoolArray
from backward_running.core.constants import METRES_PER_DEGREE_EAST, METRES_PER_DEGREE_NORTH
from backward_running.core.direction import Direction
from backward_running.core.recording import FloatArray
from backward_running.core.session import SAID, BoutFacts
from backward_running.flows.views import ChartData

TRACK_WIDTH, TRACK_HEIGHT, TRACK_MARGIN = 660.0, 420.0, 34.0
TRACK_POINTS = 600
CHEVRON_EVERY = 17.0  #: in units of the drawing
CHEVRONS_MOST = 400


@dataclass(frozen=True, slots=True)
class TrackPath:
    """One bout of the track: a line, and chevrons where it was run backward."""

    letter: str  #: style letters of a direction; with ``worded`` where only the runner's word stands behind it
    line: str
    chevrons: str
    start_s: float


@dataclass(frozen=True, slots=True)
class Track:
    """The track in the drawing's own units."""

    paths: tuple[TrackPath, ...]
    start: tuple[float, float]
    end: tuple[float, float]
    scale_m: float  #: length of the scale bar
    scale_width: float


def track(data: ChartData) -> Track | None:
    """Draw the track, at most :data:`TRACK_POINTS` points, broken where positions are missing."""
    if not data.track or not data.bouts:
        return None
    time_s = np.asarray(data.time_s)
    lonlat = np.array([place if place is not None else (math.nan, math.nan) for place in data.track])
    known = np.isfinite(lonlat[:, 0])
    if known.sum() < 2:
        return None
    places, unit_m = _project(lonlat, known)
    every = max(1, math.ceil(len(time_s) / TRACK_POINTS))
    paths = tuple(_bout_path(bout, time_s, places, every) for bout in data.bouts)
    first, last = np.flatnonzero(known)[[0, -1]]
    scale_m = _round_length(unit_m * TRACK_WIDTH / 5)
    return Track(
        tuple(path for path in paths if path.line),
        _pair(places[first]),
        _pair(places[last]),
        scale_m,
        round(scale_m / unit_m, 1),
    )


def positions(data: ChartData, left: float, top: float, width: float, height: float) -> FloatArray | None:
    """Return the track in a box of another drawing, shape (n, 2), NaN where it is missing; None without a track."""
    if not data.track:
        return None
    lonlat = np.array([place if place is not None else (math.nan, math.nan) for place in data.track])
    known = np.isfinite(lonlat[:, 0])
    if known.sum() < 2:
        return None
    places, _ = _project(lonlat, known, width, height)
    return np.asarray(places + np.array([left, top]))


def _project(
    lonlat: FloatArray, known: BoolArray, width: float = TRACK_WIDTH, height: float = TRACK_HEIGHT
) -> tuple[FloatArray, float]:
    """Project to the drawing; return places and the metres in one unit of the drawing."""
    middle_deg = float(np.nanmean(lonlat[:, 1]))
    x_m = lonlat[:, 0] * METRES_PER_DEGREE_EAST * math.cos(math.radians(middle_deg))
    y_m = -lonlat[:, 1] * METRES_PER_DEGREE_NORTH
    x_m, y_m = x_m - x_m[known].min(), y_m - y_m[known].min()
    wide, high = float(x_m[known].max()), float(y_m[known].max())
    inner_w, inner_h = width - 2 * TRACK_MARGIN, height - 2 * TRACK_MARGIN
    scale = min(inner_w / max(wide, 40.0), inner_h / max(high, 40.0))
    x = x_m * scale + (width - wide * scale) / 2
    y = y_m * scale + (height - high * scale) / 2
    return np.column_stack([x, y]), 1 / scale


def _bout_path(bout: BoutFacts, time_s: FloatArray, places: FloatArray, every: int) -> TrackPath:
    first = int(np.searchsorted(time_s, bout.bout.start_s))
    last = min(int(np.searchsorted(time_s, bout.bout.end_s)) + 1, len(time_s))
    chosen = np.arange(first, last, every)
    if last - 1 > first and (last - 1) not in chosen[-1:]:
        chosen = np.append(chosen, last - 1)
    points = places[chosen]
    backward = bout.bout.direction is Direction.BACKWARD
    letter = LETTER[bout.bout.direction] + (" worded" if bout.bout.found_by == SAID else "")
    path = line(points.tolist()) if np.isfinite(points[:, 0]).sum() > 1 else ""
    return TrackPath(letter, path, _chevrons(points) if backward else "", bout.bout.start_s)


def _chevrons(points: FloatArray) -> str:
    """Draw chevrons that point where the chest faces: against the travel."""
    points = points[np.isfinite(points[:, 0])]
    if len(points) < 2:
        return ""
    steps = np.diff(points, axis=0)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    count = min(int(along[-1] // CHEVRON_EVERY), CHEVRONS_MOST)
    marks = []
    for at in (np.arange(count) + 0.5) * (along[-1] / max(count, 1)):
        here = _at(points, along, at)
        behind, ahead = _at(points, along, at - 9), _at(points, along, at + 9)
        length = math.hypot(*(ahead - behind))
        if length < 1e-6:
            continue
        ux, uy = (ahead - behind) / length
        tip = here - np.array([ux, uy]) * 1.6
        arms = [here + np.array([ux * 1.6 - side * uy * 2.9, uy * 1.6 + side * ux * 2.9]) for side in (-1, 1)]
        marks.append(f"M{_xy(arms[0])}L{_xy(tip)}L{_xy(arms[1])}")
    return "".join(marks)


def _at(points: FloatArray, along: FloatArray, where: float) -> FloatArray:
    return np.array([np.interp(where, along, points[:, 0]), np.interp(where, along, points[:, 1])])


def _xy(point: FloatArray) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


def _pair(point: FloatArray) -> tuple[float, float]:
    return round(float(point[0]), 1), round(float(point[1]), 1)


def _round_length(metres: float) -> float:
    """Return the nearest length of 1, 2 or 5 times a power of ten that is not longer."""
    base = 10.0 ** math.floor(math.log10(max(metres, 1.0)))
    return max(base * step for step in (1, 2, 5) if base * step <= max(metres, 1.0))
