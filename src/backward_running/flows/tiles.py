"""The ground as vector tiles: a square of a prepared map, made when a browser asks for it and kept with the map."""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from backward_running import places
from backward_running.core.arrays import FloatArray
from backward_running.core.ground import MapObject
from backward_running.core.ports.ground import Region
from backward_running.core.tiles import Tile
from backward_running.flows.ground import FAR_M_PER_PIXEL, LEAST_PIXELS
from backward_running.places import layers

#: Steps across a tile, and how many of them a browser's pixel is: tiles are 512 pixels wide.
EXTENT, STEPS_PER_PIXEL = 4096, 8
#: So much beyond its border is in a tile, of its width: a line that is drawn wide must not end at a seam.
BEYOND = 1.0 / 64.0
#: The layer of names, and from which zoom on they are read.
NAMES, NAMES_FROM_ZOOM = "name", 14
#: What of the layers is named where people look for it.
NAMED = frozenset({"road", "street", "service", "path", "park", "pitch", "grass", "wood", "water", "track"})
LINE, POLYGON = 1, 3


def tile(region: Region, at: Tile) -> bytes:
    """Return a vector tile, as the region kept it or made now and then kept.

    Parameters
    ----------
    region : Region
        A prepared map.
    at : Tile
        Which square.

    Returns
    -------
    bytes
        A Mapbox Vector Tile 2, packed with gzip; empty where nothing is drawn there. Lines have the name of a layer,
        areas that with ``_area``, and ``name`` holds what things are called.

    References
    ----------
    Mapbox, Vector Tile Specification 2.1.
    """
    kept = region.kept_tile(at)
    if kept is None:
        kept = made(region, at)
        region.keep_tile(at, kept)
    return kept


def made(region: Region, at: Tile) -> bytes:
    """Make a tile anew, whatever was kept; see :func:`tile`."""
    from mapbox_vector_tile import encode

    is_far = at.width_m * STEPS_PER_PIXEL / EXTENT > FAR_M_PER_PIXEL
    found: dict[str, list[Any]] = {}
    names: list[tuple[str, str, Any]] = []
    for layer, name, shape in _shapes(region.objects(at.box.grown(at.width_m * BEYOND)), at, is_far=is_far):
        found.setdefault(layer, []).append(shape)
        if name and layer in NAMED and at.zoom >= NAMES_FROM_ZOOM:
            names.append((layer, name, shape))
    drawn = [layer for name in layers.LAYERS for layer in _both_forms(name, found.get(name, []))]
    if names:
        drawn.append({"name": NAMES, "features": list(_labels(names))})
    if not drawn:
        return b""
    options = {"y_coord_down": True, "extents": EXTENT, "check_winding_order": False}
    return gzip.compress(encode(drawn, default_options=options), mtime=0)


def _shapes(objects: tuple[MapObject, ...], at: Tile, *, is_far: bool) -> Iterator[tuple[str, str, Any]]:
    """Yield layer, name and shape of what is drawn, cut to the tile and in its own steps."""
    layered = ((layers.layer_of(thing.tags, places.dimension_of(thing.shape)), thing) for thing in objects)
    known = [(layer, thing) for layer, thing in layered if layer and (not is_far or layer in layers.FROM_AFAR)]
    if not known:
        return
    shapes = shapely.from_wkb([thing.shape for _, thing in known])
    shapes = shapely.transform(shapes, lambda degrees: _steps(degrees, at))
    edge = EXTENT * BEYOND
    shapes = shapely.clip_by_rect(shapes, -edge, -edge, EXTENT + edge, EXTENT + edge)
    shapes = shapely.transform(shapely.simplify(shapes, STEPS_PER_PIXEL / 3), np.rint)
    extents = shapely.bounds(shapes)
    large = np.hypot(extents[:, 2] - extents[:, 0], extents[:, 3] - extents[:, 1]) > LEAST_PIXELS * STEPS_PER_PIXEL
    for (layer, thing), shape, is_large in zip(known, shapes, large, strict=True):
        if is_large and not shapely.is_empty(shape):
            yield layer, thing.tags.get("name", ""), shape


def _steps(degrees: FloatArray, at: Tile) -> FloatArray:
    """Return where places lie in a tile: steps from its north-western corner, to the east and to the south."""
    tiles = 2.0**at.zoom
    east = (degrees[:, 0] + 180.0) / 360.0 * tiles - at.column
    south = (1.0 - np.arcsinh(np.tan(np.radians(degrees[:, 1]))) / math.pi) / 2.0 * tiles - at.row
    return np.column_stack([east, south]) * EXTENT


def _both_forms(name: str, shapes: list[Any]) -> Iterator[dict[str, Any]]:
    parts = shapely.get_parts(np.array(shapes, dtype=object))
    kinds = shapely.get_type_id(parts)
    areas, lines = parts[kinds == POLYGON], parts[kinds == LINE]
    if areas.size:
        # The first ring of an area runs with the clock on the screen, where south is more.
        whole = shapely.multipolygons(shapely.orient_polygons(areas, exterior_cw=False))
        yield {"name": f"{name}_area", "features": [{"geometry": whole, "properties": {}}]}
    if lines.size:
        yield {"name": name, "features": [{"geometry": shapely.multilinestrings(lines), "properties": {}}]}


def _labels(names: list[tuple[str, str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what a name stands at: the line of a way, a point in an area; of many pieces with one name, once."""
    lines: dict[str, list[Any]] = {}
    points: dict[str, Any] = {}
    for layer, name, shape in names:
        if shapely.get_dimensions(shape) == 1:
            lines.setdefault(name, []).append(shape)
        else:
            points.setdefault(f"{layer} {name}", (name, shapely.point_on_surface(shape)))
    for name, shapes in lines.items():
        merged = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(np.array(shapes, dtype=object))))
        yield {"geometry": merged, "properties": {"name": name}}
    for name, point in points.values():
        yield {"geometry": point, "properties": {"name": name}}
