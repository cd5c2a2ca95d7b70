"""What lies round a piece of ground: what cuts it, what stands beside it, and what is behind its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from backward_running.core.arrays import BoolArray, FloatArray, IndexArray
from backward_running.core.ground import GroundKind, Hazard, HazardKind, MapObject
from backward_running.places import _margins
from backward_running.places._kinds import hazard_of
from backward_running.places._plane import Plane

#: On grass and pitches a path is an edge that feet catch on; on a way it is only where others come from.
GROWN_GROUND = frozenset({GroundKind.LAWN, GroundKind.SLOPE, GroundKind.PITCH})
_ONLY_ON_GRASS = frozenset({HazardKind.JUNCTION, HazardKind.EDGE})
#: Of its own way these are no hazards: a service road does not cross itself.
_OF_ITSELF = frozenset({HazardKind.ROAD, HazardKind.JUNCTION})
_FARTHEST_MARGIN_M = max(margin.value for margin in _margins.MARGIN_M.values())


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is first met past an end."""

    free_m: float
    kind: HazardKind | None  #: None: nothing that the map knows


class Around:
    """The things in the way in one piece of the map.

    Parameters
    ----------
    objects : iterable of MapObject
        Of the map.
    plane : Plane
        In which metres are counted.
    """

    def __init__(self, objects: Iterable[MapObject], plane: Plane) -> None:
        read = [(thing, hazard) for thing in objects if (hazard := _hazard(thing)) is not None]
        shapes = shapely.from_wkb([thing.shape for thing, _ in read])
        self._shapes = plane.flat(np.asarray(shapes, dtype=object))
        self._ids = np.array([thing.osm_id for thing, _ in read], dtype=object)
        self._kinds = np.array([hazard for _, hazard in read], dtype=object)
        self._margins = np.array([_margins.MARGIN_M[hazard].value for _, hazard in read])
        self._tree = shapely.STRtree(self._shapes)
        self._is_road = np.array([hazard is HazardKind.ROAD for _, hazard in read], dtype=bool)

    def free_part(self, shape: Any, ground: GroundKind, own: frozenset[str]) -> Any:
        """Return what of a line or an area, metres, nothing stands in: with the width of the lane to spare."""
        found = self._near(shape, ground, own, _FARTHEST_MARGIN_M + _margins.LANE_M.value)
        if not len(found):
            return shape
        reaches = self._margins[found] + _margins.LANE_M.value
        return shapely.difference(shape, shapely.union_all(shapely.buffer(self._shapes[found], reaches, quad_segs=4)))

    def beyond(self, line: FloatArray, ground: GroundKind, own: frozenset[str]) -> Beyond:
        """Return what is met past the end of a line, shape (n, 2), straight on, within 15 m."""
        reach_m = _margins.BEYOND_M.value
        end, ahead = line[-1], _heading(line)
        ahead_line = shapely.linestrings(np.stack([end, end + ahead * reach_m]))
        lane = shapely.buffer(ahead_line, _margins.LANE_M.value, cap_style="flat")
        found = self._near(lane, ground, own, _FARTHEST_MARGIN_M)
        found = found[shapely.dwithin(self._shapes[found], lane, self._margins[found])]
        if not len(found):
            return Beyond(reach_m, None)
        met = shapely.intersection(shapely.buffer(self._shapes[found], self._margins[found], quad_segs=4), lane)
        distances = np.array([_first(part, end, ahead) for part in met])
        if not np.isfinite(distances).any():
            return Beyond(reach_m, None)
        nearest = int(np.nanargmin(distances))
        return Beyond(max(float(distances[nearest]), 0.0), self._kinds[found[nearest]])

    def beside(self, line: Any, own: frozenset[str]) -> tuple[Hazard, ...]:
        """Return what stands beside a line, metres, or joins it, in the order in which it is passed."""
        within_m = _margins.BESIDE_M.value + _FARTHEST_MARGIN_M
        found = self._tree.query(line, predicate="dwithin", distance=within_m)
        found = found[~self._is_own(found, own)]
        aside = np.maximum(shapely.distance(self._shapes[found], line) - self._margins[found], 0.0)
        near, aside = found[aside <= _margins.BESIDE_M.value], aside[aside <= _margins.BESIDE_M.value]
        along = [float(shapely.line_locate_point(line, _nearest(line, self._shapes[index]))) for index in near]
        hazards = [
            Hazard(kind, round(at, 1), round(float(far), 1))
            for kind, at, far in zip(self._kinds[near], along, aside, strict=True)
        ]
        return tuple(sorted(hazards, key=lambda hazard: (hazard.along_m, hazard.kind.value)))

    def road_m(self, line: Any, own: frozenset[str]) -> float | None:
        """Return how far the nearest road for cars is from a line, m; None where none is within 60 m."""
        found = self._tree.query(line, predicate="dwithin", distance=_margins.ROAD_LOOKED_M.value)
        found = found[self._is_road[found] & ~self._is_own(found, own)]
        return None if not len(found) else round(float(shapely.distance(self._shapes[found], line).min()), 1)

    def _near(self, shape: Any, ground: GroundKind, own: frozenset[str], within_m: float) -> IndexArray:
        found = self._tree.query(shape, predicate="dwithin", distance=within_m)
        cuts = ~self._is_own(found, own)
        if ground not in GROWN_GROUND:
            cuts &= np.array([kind not in _ONLY_ON_GRASS for kind in self._kinds[found]], dtype=bool)
        return np.asarray(found[cuts])

    def _is_own(self, found: IndexArray, own: frozenset[str]) -> BoolArray:
        return np.array(
            [
                osm_id in own and kind in _OF_ITSELF
                for osm_id, kind in zip(self._ids[found], self._kinds[found], strict=True)
            ],
            dtype=bool,
        )


def _hazard(thing: MapObject) -> HazardKind | None:
    return hazard_of(thing.tags, dimension_of(thing.shape))


def dimension_of(shape: bytes) -> int:
    """Return 0 of a point, 1 of a line, 2 of an area, by its well-known binary."""
    return {1: 0, 2: 1}.get(shape[1], 2)


def _heading(line: FloatArray) -> FloatArray:
    """Return the unit vector in which a line leaves its end."""
    step = line[-1] - line[-2]
    return np.asarray(step / np.hypot(*step))


def _first(part: Any, end: FloatArray, ahead: FloatArray) -> float:
    """Return how far ahead a shape begins; NaN of an empty one."""
    corners = shapely.get_coordinates(part)
    return float(((corners - end) @ ahead).min()) if len(corners) else float("nan")


def _nearest(line: Any, shape: Any) -> Any:
    return shapely.get_point(shapely.shortest_line(line, shape), 0)
