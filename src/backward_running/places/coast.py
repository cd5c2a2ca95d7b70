"""The sea, from coastlines alone: a map draws its edge, with the land on its left, and never the water itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from backward_running.core.ground import Box, MapObject
from backward_running.evidence.proposals import proposed_number

#: What the sea is to everything that reads the map.
TAGS = {"natural": "water", "water": "sea"}
SQUARE_DEG = proposed_number(
    "coast_square_deg", 0.05, "°", "The sea is cut into squares, so that a small drawing reads a small part of it."
).value
#: So far beside the line it is looked on which side a piece lies: a decimetre, finer than any map.
BESIDE_DEG = 1e-6
WITHIN_DEG = proposed_number(
    "coast_within_deg", 5e-5, "°", "So far within its ends a coast that ends parts land and sea: some five metres."
).value


def is_coast(tags: Mapping[str, str]) -> bool:
    """Say whether a line is the edge of the sea."""
    return tags.get("natural") == "coastline"


def sea(coast: Sequence[MapObject], box: Box) -> Iterator[MapObject]:
    """Yield the sea in a rectangle.

    The lines and the border of the rectangle part it into pieces. A piece with coast on its edge is sea where it
    lies on the right of all of it, land where it lies on the left. Where it lies on both, the coast has a gap, and
    where it has none, nothing is known: neither is drawn.

    Parameters
    ----------
    coast : sequence of MapObject
        Lines, the land on their left.
    box : Box
        What the map covers.

    Yields
    ------
    MapObject
        Areas of water, square by square.

    References
    ----------
    OpenStreetMap wiki, "Tag:natural=coastline": "the land is on the left side and water on the right side".
    """
    if not coast:
        return
    lines = shapely.line_merge(shapely.union_all(shapely.from_wkb([line.shape for line in coast])))
    water = _right_of(lines, box)
    if shapely.is_empty(water):
        # An extract that follows a border ends its coast within its box: between the ends of the coast it is known.
        frame = box.shared(_between_ends(lines))
        water = water if frame is None else _reaching(_right_of(lines, frame), frame, box)
    yield from (MapObject("sea", TAGS, shapely.to_wkb(part)) for part in _squares(water, box))


def _right_of(lines: Any, box: Box) -> Any:
    """Return the pieces of a rectangle that lie on the right of all coast on their edge."""
    whole = shapely.box(box.west_deg, box.south_deg, box.east_deg, box.north_deg)
    inside = shapely.intersection(lines, whole)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all([inside, whole.exterior]))))
    right, left = (_holding(pieces, places) for places in _beside(inside))
    return shapely.union_all(pieces[(right > 0) & (left == 0)])


def _between_ends(lines: Any) -> Box:
    """Return what the coast covers, each of its ends just outside: the nearest side is drawn in to it."""
    west, south, east, north = shapely.bounds(lines).tolist()
    sides = [[west], [south], [east], [north]]
    for longitude, latitude in shapely.get_coordinates(shapely.boundary(lines)):
        off = [longitude - west, latitude - south, east - longitude, north - latitude]
        side = int(np.argmin(off))
        inward = WITHIN_DEG if side < 2 else -WITHIN_DEG
        sides[side].append((longitude, latitude)[side % 2] + inward)
    return Box(max(sides[0]), max(sides[1]), min(sides[2]), min(sides[3]))


def _reaching(water: Any, frame: Box, box: Box) -> Any:
    """Return water that reaches on to the border of the map where a whole side of its frame is water."""
    west, south, east, north = frame.west_deg, frame.south_deg, frame.east_deg, frame.north_deg
    sides = {
        ((west, south), (west, north)): (box.west_deg, south, west, north),
        ((east, south), (east, north)): (east, south, box.east_deg, north),
        ((west, south), (east, south)): (west, box.south_deg, east, south),
        ((west, north), (east, north)): (west, north, east, box.north_deg),
    }
    return shapely.union_all(
        [water, *(shapely.box(*on) for side, on in sides.items() if water.covers(shapely.LineString(side)))]
    )


def _beside(lines: Any) -> tuple[Any, Any]:
    """Return a point on the right and one on the left of every piece of line, at its middle."""
    places, which = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    along, middle = np.diff(places, axis=0), (places[1:] + places[:-1]) / 2
    length = np.hypot(along[:, 0], along[:, 1])
    joined = (np.diff(which) == 0) & (length > 0)
    along, middle, length = along[joined], middle[joined], length[joined, None]
    aside = np.column_stack([along[:, 1], -along[:, 0]]) / length * BESIDE_DEG
    return shapely.points(middle + aside), shapely.points(middle - aside)


def _holding(pieces: Any, points: Any) -> Any:
    """Count how many points lie in each piece."""
    which, _ = shapely.STRtree(points).query(pieces, predicate="contains")
    return np.bincount(which, minlength=len(pieces))


def _squares(water: Any, box: Box) -> Iterator[Any]:
    for column in range(math.floor(box.west_deg / SQUARE_DEG), math.floor(box.east_deg / SQUARE_DEG) + 1):
        for row in range(math.floor(box.south_deg / SQUARE_DEG), math.floor(box.north_deg / SQUARE_DEG) + 1):
            west, south = column * SQUARE_DEG, row * SQUARE_DEG
            part = shapely.clip_by_rect(water, west, south, west + SQUARE_DEG, south + SQUARE_DEG)
            yield from (piece for piece in shapely.get_parts(part) if shapely.get_dimensions(piece) == 2)
