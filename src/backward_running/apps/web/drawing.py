"""Pictures drawn on the server: ribbons, the track, chart lines, bars of workout steps.

Everything is geometry in numbers; colours and patterns come from the style sheet. A picture shows at most a few hundred
points, whatever the length of the recording.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from backward_running.apps.web.words import LETTER
from backward_running.core.direction import Direction
from backward_running.core.plan import Step, Workout
from backward_running.core.ports import RibbonPiece
from backward_running.core.recording import FloatArray
from backward_running.core.session import BoutFacts
from backward_running.flows.views import ChartData

TRACK_WIDTH, TRACK_HEIGHT, TRACK_MARGIN = 660.0, 420.0, 34.0
TRACK_POINTS = 600
CHEVRON_EVERY = 17.0  #: in units of the drawing
CHEVRONS_MOST = 400
CHART_WIDTH, CHART_HEIGHT = 960.0, 86.0
CHART_POINTS = 480
LAYOUT_SPEED_MPS = 2.0  #: only to give a step without a duration a width


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a ribbon or bar, in percent of its width."""

    x: float
    width: float
    letter: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class TrackPath:
    """One bout of the track: a line, and chevrons where it was run backward."""

    letter: str
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


@dataclass(frozen=True, slots=True)
class Line:
    """One chart line."""

    path: str
    low: float
    high: float
    mean: float


def ribbon(pieces: Iterable[RibbonPiece]) -> list[Piece]:
    """Lay the pieces of a ribbon side by side, in percent."""
    laid, x = [], 0.0
    for piece in pieces:
        laid.append(
            Piece(round(x * 100, 3), round(piece.share * 100, 3), LETTER[piece.direction], piece.direction.value)
        )
        x += piece.share
    return laid


def bout_ribbon(bouts: Sequence[BoutFacts]) -> list[Piece]:
    """Lay the bouts of an activity side by side, in percent of its time."""
    if not bouts:
        return []
    start_s, length_s = bouts[0].bout.start_s, bouts[-1].bout.end_s - bouts[0].bout.start_s
    return [
        Piece(
            round((one.bout.start_s - start_s) / length_s * 100, 3),
            round(one.bout.duration_s / length_s * 100, 3),
            LETTER[one.bout.direction],
            one.bout.direction.value,
        )
        for one in bouts
    ]


def step_bar(workout: Workout) -> list[Piece]:
    """Lay the steps of a workout side by side; the width is time."""
    steps = list(workout.steps())
    lengths = [_layout_s(step) for step in steps]
    whole = sum(lengths) or 1.0
    laid, x = [], 0.0
    for step, length in zip(steps, lengths, strict=True):
        laid.append(Piece(round(x, 3), round(length / whole * 100, 3), step_letter(step), step.name))
        x += length / whole * 100
    return laid


def step_letter(step: Step) -> str:
    """Return the style letters of a step: direction, and ``w`` where it is walked."""
    letter = LETTER[step.direction]
    return f"{letter} w" if step.gait.value == "walk" else letter


def _layout_s(step: Step) -> float:
    if step.duration_s is not None:
        return step.duration_s
    return (step.distance_m or 0.0) / (step.speed_high_mps or LAYOUT_SPEED_MPS)


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
    paths = tuple(_bout_path(one, time_s, places, every) for one in data.bouts)
    first, last = np.flatnonzero(known)[[0, -1]]
    scale_m = _round_length(unit_m * TRACK_WIDTH / 5)
    return Track(
        tuple(path for path in paths if path.line),
        _pair(places[first]),
        _pair(places[last]),
        scale_m,
        round(scale_m / unit_m, 1),
    )


def _project(lonlat: FloatArray, known: npt.NDArray[np.bool_]) -> tuple[FloatArray, float]:
    """Project to the drawing; return places and the metres in one unit of the drawing."""
    middle_deg = float(np.nanmean(lonlat[:, 1]))
    x_m = lonlat[:, 0] * 111_320.0 * math.cos(math.radians(middle_deg))
    y_m = -lonlat[:, 1] * 110_574.0
    x_m, y_m = x_m - x_m[known].min(), y_m - y_m[known].min()
    wide, high = float(x_m[known].max()), float(y_m[known].max())
    inner_w, inner_h = TRACK_WIDTH - 2 * TRACK_MARGIN, TRACK_HEIGHT - 2 * TRACK_MARGIN
    scale = min(inner_w / max(wide, 40.0), inner_h / max(high, 40.0))
    x = x_m * scale + (TRACK_WIDTH - wide * scale) / 2
    y = y_m * scale + (TRACK_HEIGHT - high * scale) / 2
    return np.column_stack([x, y]), 1 / scale


def _bout_path(one: BoutFacts, time_s: FloatArray, places: FloatArray, every: int) -> TrackPath:
    first = int(np.searchsorted(time_s, one.bout.start_s))
    last = min(int(np.searchsorted(time_s, one.bout.end_s)) + 1, len(time_s))
    chosen = np.arange(first, last, every)
    if last - 1 > first and (last - 1) not in chosen[-1:]:
        chosen = np.append(chosen, last - 1)
    points = places[chosen]
    backward = one.bout.direction is Direction.BACKWARD
    letter = LETTER[one.bout.direction]
    return TrackPath(letter, _broken_line(points), _chevrons(points) if backward else "", one.bout.start_s)


def _broken_line(points: FloatArray) -> str:
    parts, pen_down = [], False
    for x, y in points:
        if not math.isfinite(x):
            pen_down = False
            continue
        parts.append(f"{'L' if pen_down else 'M'}{x:.1f},{y:.1f}")
        pen_down = True
    return "".join(parts) if len(parts) > 1 else ""


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


def chart_line(time_s: Sequence[float], values: Sequence[float | None], *, upside_down: bool = False) -> Line | None:
    """Draw one chart line from means over equal stretches of time; None where there is nothing to draw."""
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
    points = np.column_stack([x / t[-1] * CHART_WIDTH, screen])
    return Line(_broken_line(np.where(np.isfinite(screen)[:, None], points, np.nan)), low, high, float(np.nanmean(v)))


def binned(time_s: FloatArray, values: FloatArray, count: int) -> tuple[FloatArray, FloatArray]:
    """Return the middle of `count` equal stretches of time and the mean of the known samples in each (or NaN)."""
    edges = np.linspace(0.0, float(time_s[-1]) + 1e-6, min(count, len(time_s)) + 1)
    slot = np.clip(np.searchsorted(edges, time_s, side="right") - 1, 0, len(edges) - 2)
    known = np.isfinite(values)
    sums = np.bincount(slot[known], weights=values[known], minlength=len(edges) - 1)
    counts = np.bincount(slot[known], minlength=len(edges) - 1)
    means = np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)
    return (edges[:-1] + edges[1:]) / 2, means
