"""The ground of a map, ready to be drawn: what lies in a rectangle, cut to it and as coarse as the drawing is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from backward_running import places
from backward_running.core.arrays import FloatArray
from backward_running.core.constants import METRES_PER_DEGREE_NORTH
from backward_running.core.ground import Box, MapObject, RegionHead
from backward_running.core.ports.ground import Region, Regions
from backward_running.places import layers

#: From here on a drawing shows only what is seen from afar. Our own choice.
FAR_M_PER_PIXEL = 6.0
#: Smaller than this on the drawing, nothing is drawn, in its pixels.
LEAST_PIXELS = 1.5
#: Of Shapely.
LINE, POLYGON = 1, 3


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """All that is drawn at once."""

    name: str
    lines: tuple[FloatArray, ...]  #: longitude and latitude, each of shape (n, 2)
    rings: tuple[FloatArray, ...]  #: of areas, outer and inner


def drawn(region: Region, box: Box, *, metres_per_pixel: float) -> tuple[Layer, ...]:
    """Return what is drawn of a rectangle.

    Parameters
    ----------
    region : Region
        The map.
    box : Box
        What is shown.
    metres_per_pixel : float
        How coarse the drawing is.

    Returns
    -------
    tuple of Layer
        From the lowest to the highest; empty ones are left out.
    """
    is_far = metres_per_pixel > FAR_M_PER_PIXEL
    found: dict[str, list[Any]] = {name: [] for name in layers.LAYERS}
    for name, shape in _shapes(region.objects(box), box, metres_per_pixel):
        if not is_far or name in layers.FROM_AFAR:
            found[name].append(shape)
    made = (_layer(name, shapes) for name, shapes in found.items() if shapes)
    return tuple(layer for layer in made if layer.lines or layer.rings)


def _shapes(objects: tuple[MapObject, ...], box: Box, metres_per_pixel: float) -> Iterator[tuple[str, Any]]:
    named = [(layers.layer_of(thing.tags, places.dimension_of(thing.shape)), thing.shape) for thing in objects]
    known = [(name, shape) for name, shape in named if name is not None]
    if not known:
        return
    tolerance_deg = metres_per_pixel / METRES_PER_DEGREE_NORTH
    sides = (box.west_deg, box.south_deg, box.east_deg, box.north_deg)
    shapes = shapely.simplify(shapely.from_wkb([shape for _, shape in known]), 0.7 * tolerance_deg)
    cut = shapely.clip_by_rect(shapes, *sides)
    extents = shapely.bounds(cut)
    large = np.hypot(extents[:, 2] - extents[:, 0], extents[:, 3] - extents[:, 1]) > LEAST_PIXELS * tolerance_deg
    for (name, _), shape, is_large in zip(known, cut, large, strict=True):
        if is_large and not shapely.is_empty(shape):
            yield name, shape


def _layer(name: str, shapes: list[Any]) -> Layer:
    parts = shapely.get_parts(np.array(shapes, dtype=object))
    kinds = shapely.get_type_id(parts)
    lines = tuple(shapely.get_coordinates(part) for part in parts[kinds == LINE])
    # Holes run against their outer rings: of areas that lie on each other, as a harbour on the sea, both are drawn.
    areas = shapely.orient_polygons(parts[kinds == POLYGON])
    rings = tuple(shapely.get_coordinates(ring) for ring in shapely.get_rings(areas))
    return Layer(name, lines, rings)


def region_round(regions: Regions, box: Box) -> RegionHead | None:
    """Return the region that holds most of a rectangle, of equals the smallest; None where none holds any of it."""
    touching = [(head.box.shared_deg2(box), -head.box.size_deg2, head) for head in regions.heads()]
    best = max(touching, key=lambda found: found[:2], default=None)
    return None if best is None or best[0] <= 0.0 else best[2]
