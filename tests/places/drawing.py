"""A made-up piece of a map, drawn in metres round a place in the north."""

from __future__ import annotations

import numpy as np
import shapely

from backward_running.core.ground import Box, MapObject
from backward_running.places import find_stretches
from backward_running.places._plane import Plane

PLACE = (60.17, 24.94)
PLANE = Plane(*PLACE)
WITHIN = Box(24.90, 60.15, 24.98, 60.19)


def degrees(shape):
    return shapely.transform(shape, PLANE.to_degrees)


def metres(shape):
    return shapely.transform(shape, PLANE.to_metres)


def line(osm_id, *points, **tags):
    return MapObject(osm_id, _tags(tags), shapely.to_wkb(degrees(shapely.linestrings(points)), byte_order=1))


def area(osm_id, shape, **tags):
    return MapObject(osm_id, _tags(tags), shapely.to_wkb(degrees(shape), byte_order=1))


def point(osm_id, east_m, north_m, **tags):
    return MapObject(osm_id, _tags(tags), shapely.to_wkb(degrees(shapely.points(east_m, north_m)), byte_order=1))


def _tags(tags):
    return {key.rstrip("_").replace("__", ":"): value for key, value in tags.items()}


def found(*objects, wanted=("w1",), heights=None, within=WITHIN):
    return find_stretches(objects, frozenset(wanted), within, heights)


def path_of(stretch):
    """The line of a stretch in metres."""
    return shapely.linestrings(PLANE.to_metres(np.array(stretch.line)))
