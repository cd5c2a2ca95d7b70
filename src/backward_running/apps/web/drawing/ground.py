"""The ground with the spots on it, drawn on the server: a whole map without script, tiles or a request."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.apps.web.drawing.scale import line
from backward_running.core.arrays import FloatArray
from backward_running.core.constants import METRES_PER_DEGREE_EAST, METRES_PER_DEGREE_NORTH
from backward_running.core.ground import Box, Stretch
from backward_running.flows.ground import Layer

WIDTH, HEIGHT = 720.0, 480.0
#: A spot alone is shown with so much round it; nothing is drawn larger than this.
LEAST_WIDTH_M = 160.0
#: Chevrons keep this distance, in units of the drawing.
CHEVRON_EVERY = 15.0
MARK_RADIUS = 11.0


@dataclass(frozen=True, slots=True)
class DrawnLayer:
    """A layer as one path."""

    name: str
    path: str
    is_area: bool


@dataclass(frozen=True, slots=True)
class DrawnSpot:
    """A stretch on the map."""

    number: int
    key: str
    path: str
    chevrons: str  #: against the travel: where the chest faces
    start: tuple[float, float]
    end: tuple[float, float]
    mark: tuple[float, float]  #: where its number stands


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the earth a drawing shows, and where each place lies on it."""

    box: Box
    metres_per_unit: float
    shrunk: float  #: a degree of longitude against one at the equator

    def places(self, degrees: FloatArray) -> FloatArray:
        """Return where places lie on the drawing, shape (n, 2)."""
        east = (degrees[:, 0] - self.box.west_deg) * METRES_PER_DEGREE_EAST * self.shrunk
        south = (self.box.north_deg - degrees[:, 1]) * METRES_PER_DEGREE_NORTH
        return np.column_stack([east, south]) / self.metres_per_unit


def frame_round(degrees: FloatArray, *, share: float = 0.82) -> Frame:
    """Return a frame in which all places lie, in its inner share."""
    west, south = degrees.min(axis=0)
    east, north = degrees.max(axis=0)
    shrunk = max(math.cos(math.radians((south + north) / 2)), 1e-3)
    wide = max((east - west) * METRES_PER_DEGREE_EAST * shrunk, LEAST_WIDTH_M)
    high = max((north - south) * METRES_PER_DEGREE_NORTH, LEAST_WIDTH_M * HEIGHT / WIDTH)
    unit = max(wide / (WIDTH * share), high / (HEIGHT * share))
    half_east = unit * WIDTH / 2 / (METRES_PER_DEGREE_EAST * shrunk)
    half_north = unit * HEIGHT / 2 / METRES_PER_DEGREE_NORTH
    middle = ((west + east) / 2, (south + north) / 2)
    box = Box(middle[0] - half_east, middle[1] - half_north, middle[0] + half_east, middle[1] + half_north)
    return Frame(box, unit, shrunk)


def ends_of(stretches: Iterable[Stretch]) -> FloatArray:
    """Return longitude and latitude of all ends, shape (n, 2)."""
    return np.array([place for stretch in stretches for place in stretch.line], dtype=np.float64).reshape(-1, 2)


def layers(frame: Frame, found: Iterable[Layer]) -> tuple[DrawnLayer, ...]:
    """Draw the ground, each layer as one path."""
    drawn = []
    for layer in found:
        if layer.rings:
            rings = "".join(f"{line(frame.places(ring).tolist())}Z" for ring in layer.rings)
            drawn.append(DrawnLayer(layer.name, rings, is_area=True))
        if layer.lines:
            lines = "".join(line(frame.places(places).tolist()) for places in layer.lines)
            drawn.append(DrawnLayer(layer.name, lines, is_area=False))
    return tuple(drawn)


def spots(frame: Frame, stretches: Sequence[Stretch]) -> tuple[DrawnSpot, ...]:
    """Draw stretches, numbered in their order; numbers that would hide one another are moved aside."""
    marks: list[tuple[float, float]] = []
    drawn = []
    for number, stretch in enumerate(stretches, 1):
        points = frame.places(np.array(stretch.line))
        mark = _free_of(points.mean(axis=0), marks)
        marks.append(mark)
        drawn.append(
            DrawnSpot(
                number, stretch.key, line(points.tolist()), _chevrons(points), _pair(points[0]), _pair(points[-1]), mark
            )
        )
    return tuple(drawn)


def scale_m(frame: Frame) -> float:
    """Return a round length of about a fifth of the drawing, m."""
    least = frame.metres_per_unit * WIDTH / 5
    base = 10.0 ** math.floor(math.log10(least))
    return max(base * step for step in (1, 2, 5) if base * step <= least)


def _free_of(place: FloatArray, marks: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return a place for a number beside its stretch, the first of a few that hides no other."""
    for reach in (0.0, 1.7, 3.0, 4.4):
        for turn in range(8 if reach else 1):
            angle = math.tau * turn / 8
            x = float(place[0] + reach * MARK_RADIUS * math.cos(angle))
            y = float(place[1] + reach * MARK_RADIUS * math.sin(angle))
            inside = MARK_RADIUS < x < WIDTH - MARK_RADIUS and MARK_RADIUS < y < HEIGHT - MARK_RADIUS
            if inside and all(math.hypot(x - other[0], y - other[1]) > 2.1 * MARK_RADIUS for other in marks):
                return round(x, 1), round(y, 1)
    return _pair(place)


def _chevrons(points: FloatArray) -> str:
    """Draw chevrons that point where the chest faces: against the travel."""
    steps = np.diff(points, axis=0)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    count = int(along[-1] // CHEVRON_EVERY)
    marks = []
    for at in (np.arange(count) + 0.5) * (along[-1] / max(count, 1)):
        here, ahead = (np.array([np.interp(d, along, points[:, axis]) for axis in (0, 1)]) for d in (at, at + 1.0))
        length = math.hypot(*(ahead - here))
        if length > 0:
            ux, uy = (ahead - here) / length
            tip = here - 2.2 * np.array([ux, uy])
            arms = [here + np.array([2.2 * ux - side * 3.4 * uy, 2.2 * uy + side * 3.4 * ux]) for side in (-1, 1)]
            marks.append(line([tuple(arms[0]), tuple(tip), tuple(arms[1])]))
    return "".join(marks)


def _pair(point: FloatArray) -> tuple[float, float]:
    return round(float(point[0]), 1), round(float(point[1]), 1)
