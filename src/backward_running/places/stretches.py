"""Stretches of ground that could be run backward in a straight line, found in a piece of the map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from backward_running.core.arrays import FloatArray
from backward_running.core.ground import Box, Grade, GroundKind, Hazard, Heights, MapObject, Stretch
from backward_running.evidence import Number
from backward_running.evidence.proposals import proposed_number
from backward_running.places import _margins
from backward_running.places._around import Around, Beyond, dimension_of
from backward_running.places._kinds import ground_of
from backward_running.places._plane import Plane
from backward_running.places._rising import grade_by_kind, grade_of_tag, grade_of_tile
from backward_running.places._straight import longest_line, straight_pieces

#: Tags that say something of the ground; the others only say what it is.
DECIDING = (
    "name", "highway", "leisure", "landuse", "natural", "sport", "surface", "smoothness", "tracktype", "width", "lanes",
    "lit", "access", "foot", "bicycle", "opening_hours", "fee", "footway", "segregated", "incline",
)  # fmt: skip
SLOPE_RATIO: tuple[Number, Number] = (
    proposed_number("spot_slope_least_ratio", 0.01, "1", "Grass that rises more than this is called a gentle slope."),
    proposed_number("spot_slope_most_ratio", 0.10, "1", "Grass that rises more than this is too steep for a start."),
)
STEEP_RATIO = proposed_number(
    "spot_steep_ratio", 0.10, "1", "What rises more than this, as far as eight of ten say, is not proposed to anybody."
)
LEVEL_RATIO = proposed_number(
    "spot_level_ratio",
    0.003,
    "1",
    "Below this a stretch counts as level, and its better end decides which way it is run.",
)
WIDEST_M = proposed_number("spot_widest_m", 100.0, "m", "A typed width above this is a slip.")
_WIDTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*m?")
ROUNDED_DIGITS = 6  #: of a degree: a decimetre
SPARE_M = 0.1  #: taken away besides, so that rounding brings nothing back


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of ground before it is measured."""

    osm_ids: frozenset[str]
    key: str
    kind: GroundKind
    tags: dict[str, str]
    shape: Any  #: metres
    is_area: bool


def find_stretches(
    objects: Sequence[MapObject], wanted: frozenset[str], within: Box, heights: Heights | None = None
) -> tuple[Stretch, ...]:
    """Find the stretches of some of the things of a map.

    Parameters
    ----------
    objects : sequence of MapObject
        Everything in the piece of the map and a good way round it.
    wanted : frozenset of str
        Ids of the things whose ground is asked for.
    within : Box
        Where the map is whole: nothing outside is proposed.
    heights : Heights, optional
        Of the ground.

    Returns
    -------
    tuple of Stretch
        None of them crosses a road, a railway, water, steps or a barrier, or enters ground that is closed; behind both
        ends 5 m straight on are free of these, as far as the map knows.
    """
    if not objects or not wanted:
        return ()
    middle = _middle(within, objects, wanted)
    plane = Plane(*middle)
    around = Around(objects, plane)
    border = plane.flat(shapely.box(within.west_deg, within.south_deg, within.east_deg, within.north_deg))
    made = _Maker(plane, around, border, heights)
    return tuple(stretch for piece in _pieces(objects, wanted, plane) for stretch in made.stretches(piece))


def _middle(within: Box, objects: Sequence[MapObject], wanted: frozenset[str]) -> tuple[float, float]:
    """Return latitude and longitude in the middle of what is asked for."""
    shapes = shapely.from_wkb([thing.shape for thing in objects if thing.osm_id in wanted])
    west, south, east, north = shapely.total_bounds(shapes) if len(shapes) else shapely.box(*_sides(within)).bounds
    return float(south + north) / 2, float(west + east) / 2


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.west_deg, box.south_deg, box.east_deg, box.north_deg


def _pieces(objects: Iterable[MapObject], wanted: frozenset[str], plane: Plane) -> Iterator[_Piece]:
    """Yield what ground there is; ways that go on as the same are one."""
    ways: dict[tuple[GroundKind, tuple[tuple[str, str], ...]], list[tuple[str, Any]]] = {}
    for thing in objects:
        dimension = dimension_of(thing.shape)
        kind = ground_of(thing.tags, dimension) if thing.osm_id in wanted else None
        if kind is None:
            continue
        shape = plane.flat(shapely.from_wkb(thing.shape))
        tags = {key: thing.tags[key] for key in DECIDING if key in thing.tags}
        if dimension == 2:
            yield _Piece(frozenset({thing.osm_id}), thing.osm_id, kind, tags, shape, is_area=True)
        elif "incline" in tags:  # it rises in the direction in which it is drawn
            yield _Piece(frozenset({thing.osm_id}), thing.osm_id, kind, tags, shape, is_area=False)
        else:
            ways.setdefault((kind, tuple(sorted(tags.items()))), []).append((thing.osm_id, shape))
    for (kind, told), drawn in ways.items():
        yield from _joined(kind, dict(told), drawn)


def _joined(kind: GroundKind, tags: dict[str, str], drawn: Sequence[tuple[str, Any]]) -> Iterator[_Piece]:
    parts = shapely.get_parts(shapely.line_merge(shapely.multilinestrings([shape for _, shape in drawn])))
    middles = shapely.line_interpolate_point([shape for _, shape in drawn], 0.5, normalized=True)
    of_drawn, of_part = shapely.STRtree(parts).query_nearest(middles, all_matches=False)
    ids: dict[int, list[str]] = {}
    for number, part in zip(of_drawn, of_part, strict=True):
        ids.setdefault(int(part), []).append(drawn[int(number)][0])
    for part, osm_ids in sorted(ids.items()):
        yield _Piece(frozenset(osm_ids), min(osm_ids, key=_order), kind, tags, parts[part], is_area=False)


def _order(osm_id: str) -> tuple[str, int]:
    return osm_id[0], int(osm_id[1:])


class _Maker:
    """Turns pieces of ground into stretches, in one piece of the map."""

    def __init__(self, plane: Plane, around: Around, border: Any, heights: Heights | None) -> None:
        self._plane, self._around, self._border, self._heights = plane, around, border, heights

    def stretches(self, piece: _Piece) -> Iterator[Stretch]:
        """Yield what of a piece can be run, the longest first."""
        lines = self._of_area(piece) if piece.is_area else self._of_way(piece)
        number = 0
        for line in lines:
            trimmed = self._trimmed(line, piece)
            if trimmed is None:
                continue
            stretch = self._measured(*trimmed, piece, f"{piece.key}.{number + 1}")
            if stretch.grade is None or stretch.grade.low <= STEEP_RATIO.value:
                number += 1
                yield stretch

    def _of_area(self, piece: _Piece) -> Iterator[FloatArray]:
        """Yield the longest line of each part of an area that nothing cuts."""
        shrunk = shapely.intersection(shapely.buffer(piece.shape, -_margins.EDGE_M.value, quad_segs=4), self._border)
        if _could_hold(shrunk):
            for part in shapely.get_parts(self._around.free_part(shrunk, piece.kind, piece.osm_ids)):
                line = longest_line(part) if _could_hold(part) else None
                if line is not None:
                    yield line

    def _of_way(self, piece: _Piece) -> Iterator[FloatArray]:
        shape = shapely.intersection(_from_its_sharpest_corner(piece.shape), self._border)
        if shapely.length(shape) < _margins.SHORTEST_M.value:
            return
        free = self._around.free_part(shape, piece.kind, piece.osm_ids)
        parts = [part for part in shapely.get_parts(shapely.line_merge(free)) if shapely.get_type_id(part) == 1]
        found = [
            straight
            for part in parts
            for straight in straight_pieces(shapely.get_coordinates(part), shortest_m=_margins.SHORTEST_M.value)
        ]
        yield from sorted(found, key=lambda line: -float(shapely.length(shapely.linestrings(line))))

    def _trimmed(self, line: FloatArray, piece: _Piece) -> tuple[FloatArray, Beyond, Beyond] | None:
        """Return a line with 5 m free past both ends, and what is past each; None where too little is left."""
        for _ in range(3):
            before = self._around.beyond(line[::-1], piece.kind, piece.osm_ids)
            behind = self._around.beyond(line, piece.kind, piece.osm_ids)
            short = [max(_margins.END_M.value - beyond.free_m, 0.0) for beyond in (before, behind)]
            length = float(shapely.length(shapely.linestrings(line)))
            if length - sum(short) < _margins.SHORTEST_M.value:
                return None
            if not any(short):
                return line, before, behind
            start, end = (cut + SPARE_M * (cut > 0) for cut in short)
            line = _shortened(line, start, length - end)
        return None  # whatever is taken away, something else lies behind the new end

    def _measured(self, line: FloatArray, before: Beyond, behind: Beyond, piece: _Piece, key: str) -> Stretch:
        grade = self._grade(line, piece)
        beyond = behind
        if _is_turned(grade, before, behind):
            line, beyond = line[::-1], before
            grade = None if grade is None else _reversed(grade)
        shape = shapely.linestrings(line)
        length = float(shapely.length(shape))
        hazards = self._around.beside(shape, piece.osm_ids)
        if beyond.kind is not None:
            hazards += (Hazard(beyond.kind, round(length + beyond.free_m, 1), 0.0),)
        degrees = np.round(self._plane.to_degrees(line), ROUNDED_DIGITS)
        is_service = piece.kind is GroundKind.SERVICE
        return Stretch(
            key=key,
            kind=_kind(piece, grade),
            line=tuple((float(longitude), float(latitude)) for longitude, latitude in degrees),
            length_m=round(length, 1),
            tags=piece.tags,
            hazards=hazards,
            free_m=round(beyond.free_m, 1),
            road_m=0.0 if is_service else self._around.road_m(shape, piece.osm_ids),
            width_m=_width(piece.tags, piece.kind),
            grade=grade,
            lap_m=_lap(piece),
        )

    def _grade(self, line: FloatArray, piece: _Piece) -> Grade | None:
        told = grade_of_tag(piece.tags.get("incline"))
        if told is not None:
            return told if _goes_along(line, piece.shape) else _reversed(told)
        built = grade_by_kind(piece.kind)
        if built is not None or self._heights is None:
            return built
        ends = self._plane.to_degrees(line[[0, -1]])
        return grade_of_tile(self._heights, ends, float(shapely.length(shapely.linestrings(line))))


def _is_turned(grade: Grade | None, before: Beyond, behind: Beyond) -> bool:
    """Say whether a line is run the other way: uphill; where it is level, to the end with more room behind it."""
    if grade is not None and abs(grade.ratio) > LEVEL_RATIO.value:
        return grade.ratio < 0
    return before.free_m > behind.free_m


def _could_hold(area: Any) -> bool:
    """Say whether a line of the shortest length may fit into an area, roughly: the diagonal of what holds it."""
    if shapely.is_empty(area):
        return False
    west, south, east, north = shapely.bounds(area)
    return bool(np.hypot(east - west, north - south) >= _margins.SHORTEST_M.value)


def _from_its_sharpest_corner(line: Any) -> Any:
    """Return a ring as it begins where it turns most; what is no ring stays: a straight must not be cut by chance."""
    if not shapely.is_closed(line) or shapely.get_num_points(line) < 4:
        return line
    points = shapely.get_coordinates(line)[:-1]
    into, out = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
    turn = np.abs(np.angle((out[:, 0] + 1j * out[:, 1]) / (into[:, 0] + 1j * into[:, 1])))
    rolled = np.roll(points, -int(np.argmax(turn)), axis=0)
    return shapely.linestrings(np.vstack([rolled, rolled[:1]]))


def _shortened(line: FloatArray, start: float, end: float) -> FloatArray:
    shape = shapely.linestrings(line)
    along = shapely.line_locate_point(shape, shapely.points(line))
    inside = line[(along > start) & (along < end)]
    ends = shapely.get_coordinates(shapely.line_interpolate_point(shape, [start, end]))
    return np.vstack([ends[:1], inside, ends[1:]])


def _goes_along(line: FloatArray, way: Any) -> bool:
    first, last = shapely.line_locate_point(way, shapely.points(line[[0, -1]]))
    return bool(first <= last)


def _reversed(grade: Grade) -> Grade:
    return Grade(-grade.ratio, -grade.high, -grade.low, grade.found_by)


def _kind(piece: _Piece, grade: Grade | None) -> GroundKind:
    if piece.kind is GroundKind.LAWN and grade is not None:
        least, most = SLOPE_RATIO
        if least.value <= grade.low and grade.ratio <= most.value:
            return GroundKind.SLOPE
    return piece.kind


def _width(tags: dict[str, str], kind: GroundKind) -> float | None:
    found = _WIDTH.fullmatch(tags.get("width", "").strip())
    if found is not None:
        width = float(found[1].replace(",", "."))
        return width if 0.0 < width <= WIDEST_M.value else None
    if kind is GroundKind.TRACK and tags.get("lanes", "").isdigit():
        return round(int(tags["lanes"]) * _margins.LANE_WIDTH_M.value, 2)
    if kind in (GroundKind.PITCH, GroundKind.LAWN):
        return 2.0 * _margins.EDGE_M.value  # at least: the edge is so far away on both sides
    return None


def _lap(piece: _Piece) -> float | None:
    """Return the length of a whole ring; of an area its outline says nothing of where people run."""
    if piece.kind is not GroundKind.TRACK or piece.is_area or not shapely.is_closed(piece.shape):
        return None
    return round(float(shapely.length(piece.shape)), 1)
