"""The ground to run backward on: what a map says of it, and the stretches that are proposed."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backward_running.core.arrays import FloatArray
from backward_running.core.constants import METRES_PER_DEGREE_EAST, METRES_PER_DEGREE_NORTH
from backward_running.core.errors import BadValue

#: How far round a place spots are looked for. Our own proposal: farther is no spot near by, nearer is a door step.
NEAREST_RADIUS_M, FARTHEST_RADIUS_M = 100.0, 50_000.0


class GroundKind(enum.Enum):
    """What a stretch lies on."""

    TRACK = "track"
    PITCH = "pitch"
    LAWN = "lawn"
    SLOPE = "slope"  #: grass that rises gently
    PATH = "path"
    SERVICE = "service"  #: a quiet service road
    OWN = "own"  #: nobody says what: its runner ran it straight, again and again

    @property
    def is_grass(self) -> bool:
        """Whether it is mapped as grass."""
        return self in (GroundKind.LAWN, GroundKind.SLOPE)

    @property
    def words(self) -> str:
        """Say it.

        >>> GroundKind.SLOPE.words
        'grass slope'
        """
        return _GROUND_WORDS.get(self.value, self.value)


_GROUND_WORDS = {
    "track": "running track",
    "slope": "grass slope",
    "service": "service road",
    "own": "straight of your own runs",
}


class Daylight(enum.Enum):
    """How light it is outside, by the sun alone."""

    DAY = "day"
    TWILIGHT = "twilight"  #: civil: the sun is less than 6° below the horizon
    DARK = "dark"


class HazardKind(enum.Enum):
    """What stands in the way of somebody who does not see it."""

    ROAD = "road"
    RAILWAY = "railway"
    WATER = "water"
    STEPS = "steps"
    BARRIER = "barrier"
    KERB = "kerb"
    CROSSING = "crossing"
    CLIFF = "cliff"
    BUILDING = "building"
    CLOSED = "closed"  #: ground that may not be entered
    OBSTACLE = "obstacle"  #: a bench, a tree, a lamp
    JUNCTION = "junction"  #: where other paths join: people come from the side
    EDGE = "edge"  #: where the ground changes

    @property
    def words(self) -> str:
        """Say it.

        >>> HazardKind.CLIFF.words
        'drop'
        """
        return _HAZARD_WORDS.get(self.value, self.value)


_HAZARD_WORDS = {
    "cliff": "drop",
    "closed": "closed ground",
    "obstacle": "bench, tree or post",
    "junction": "joining path",
    "edge": "edge of other ground",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the earth, WGS 84. It does not cross the date line."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float

    def holds(self, latitude_deg: float, longitude_deg: float) -> bool:
        """Say whether a place lies in it.

        >>> Box(24.9, 60.1, 25.0, 60.2).holds(60.15, 24.95)
        True
        """
        return self.west_deg <= longitude_deg <= self.east_deg and self.south_deg <= latitude_deg <= self.north_deg

    def covers(self, other: Box) -> bool:
        """Say whether all of another lies in it."""
        return self.holds(other.south_deg, other.west_deg) and self.holds(other.north_deg, other.east_deg)

    @property
    def size_deg2(self) -> float:
        """How large it is, in square degrees: to tell which of two is smaller."""
        return (self.east_deg - self.west_deg) * (self.north_deg - self.south_deg)

    def shared_deg2(self, other: Box) -> float:
        """How much of another lies in it, in square degrees.

        >>> Box(0, 0, 2, 2).shared_deg2(Box(1, 1, 5, 5)), Box(0, 0, 1, 1).shared_deg2(Box(3, 3, 4, 4))
        (1.0, 0.0)
        """
        east = min(self.east_deg, other.east_deg) - max(self.west_deg, other.west_deg)
        north = min(self.north_deg, other.north_deg) - max(self.south_deg, other.south_deg)
        return float(max(east, 0.0) * max(north, 0.0))

    def shared(self, other: Box) -> Box | None:
        """Return what lies in both; None where nothing does.

        >>> Box(0, 0, 2, 2).shared(Box(1, 1, 5, 5))
        Box(west_deg=1, south_deg=1, east_deg=2, north_deg=2)
        """
        if not self.shared_deg2(other):
            return None
        return Box(
            max(self.west_deg, other.west_deg),
            max(self.south_deg, other.south_deg),
            min(self.east_deg, other.east_deg),
            min(self.north_deg, other.north_deg),
        )

    @property
    def width_m(self) -> float:
        """How far it reaches, the longer of both ways, m."""
        middle = math.radians((self.south_deg + self.north_deg) / 2)
        east = (self.east_deg - self.west_deg) * METRES_PER_DEGREE_EAST * math.cos(middle)
        return max(east, (self.north_deg - self.south_deg) * METRES_PER_DEGREE_NORTH)

    def grown(self, by_m: float) -> Box:
        """Return it, so much wider on every side; narrower where that is negative."""
        north = by_m / METRES_PER_DEGREE_NORTH
        middle = math.radians((self.south_deg + self.north_deg) / 2)
        east = by_m / (METRES_PER_DEGREE_EAST * max(math.cos(middle), 1e-3))
        return Box(self.west_deg - east, self.south_deg - north, self.east_deg + east, self.north_deg + north)


def box_round(latitude_deg: float, longitude_deg: float, radius_m: float) -> Box:
    """Return the rectangle that holds a circle.

    Parameters
    ----------
    latitude_deg, longitude_deg : float
        The middle, WGS 84.
    radius_m : float
        Of the circle, m; from 100 m to 50 km.

    Returns
    -------
    Box

    Raises
    ------
    BadValue
        There is no such place, or the radius lies outside.
    """
    if not -90.0 <= latitude_deg <= 90.0:
        raise BadValue("latitude", "lie between −90 and 90", latitude_deg)
    if not -180.0 <= longitude_deg <= 180.0:
        raise BadValue("longitude", "lie between −180 and 180", longitude_deg)
    if not NEAREST_RADIUS_M <= radius_m <= FARTHEST_RADIUS_M:
        raise BadValue(
            "radius",
            "lie between 0.1 and 50 km",
            f"{radius_m / 1000:g} km",
            "Look between 0.1 and 50 km far; 3 km is a way to warm up.",
        )
    return Box(longitude_deg, latitude_deg, longitude_deg, latitude_deg).grown(radius_m)


@dataclass(frozen=True, slots=True)
class MapObject:
    """One thing of a map."""

    osm_id: str  #: "n12", "w34", "r56": node, way or relation of OpenStreetMap
    tags: Mapping[str, str]
    shape: bytes  #: well-known binary, longitude before latitude, degrees


@dataclass(frozen=True, slots=True, eq=False)
class Heights:
    """Heights above the sea in a grid, row 0 in the north; NaN where there is none."""

    north_deg: float
    west_deg: float
    step_deg: float
    altitude_m: FloatArray  #: shape (rows, columns)


@dataclass(frozen=True, slots=True)
class RegionHead:
    """What a region file says of itself."""

    name: str
    source: str  #: name of the extract
    source_date: date | None  #: how old the map is; None where the extract does not say
    box: Box
    objects: int
    cut: int  #: objects of which a part lies beyond the border of the extract
    lost: int  #: objects that could not be drawn at all
    stretches: int
    heights: str | None  #: name of the height tile; None without


@dataclass(frozen=True, slots=True)
class Hazard:
    """Something in the way, or near it."""

    kind: HazardKind
    along_m: float  #: from the start of the stretch; beyond its length: behind the runner's back at the end
    aside_m: float  #: from the line


@dataclass(frozen=True, slots=True)
class Grade:
    """How a stretch rises from its start to its end."""

    ratio: float
    low: float
    high: float
    found_by: str  #: "tag", "tile" or "recordings"

    @property
    def words(self) -> str:
        """Say it with its interval.

        >>> Grade(0.03, 0.01, 0.05, "tag").words
        '+3 % (+1 to +5) from its start to its end'
        """
        per_cent = (round(100.0 * value) for value in (self.ratio, self.low, self.high))
        ratio, low, high = (f"{value:+d}".replace("-", "−") if value else "0" for value in per_cent)
        by = ", by your own runs" if self.found_by == "recordings" else ""
        return f"{ratio} % ({low} to {high}) from its start to its end{by}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of ground that can be run in a straight line, from its start backward to its end."""

    key: str
    kind: GroundKind
    line: tuple[tuple[float, float], ...]  #: longitude and latitude, degrees
    length_m: float
    tags: Mapping[str, str]  #: those of the map that decide
    hazards: tuple[Hazard, ...] = ()
    free_m: float = 0.0  #: known to be free behind the end, at most 15 m
    road_m: float | None = None  #: to the nearest road for cars; None: farther than was looked
    width_m: float | None = None
    grade: Grade | None = None
    lap_m: float | None = None  #: of the whole ring, on a track
    mapped: bool = True  #: False: it is known from runs alone, and nothing of what stands there

    @property
    def middle_deg(self) -> tuple[float, float]:
        """Latitude and longitude half way between its ends."""
        (west, south), (east, north) = self.line[0], self.line[-1]
        return (south + north) / 2, (west + east) / 2

    @property
    def name(self) -> str | None:
        """What the map calls it."""
        return self.tags.get("name")


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one rule says of a stretch."""

    key: str
    title: str
    score: float  #: 0…1; 0 where nothing is known
    weight: float
    words: str
    known: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch, how well it suits, and why."""

    stretch: Stretch
    score: float  #: 0…1
    parts: tuple[ScorePart, ...]
    distance_m: float | None = None  #: from the place that was asked about
