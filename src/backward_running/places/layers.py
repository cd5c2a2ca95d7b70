"""What is drawn of a thing of the map, and below or above what: a dozen layers, from the ground up."""

from __future__ import annotations

from collections.abc import Mapping

from backward_running.places._kinds import (
    GRASS_LAND,
    GROWN,
    PATHS,
    POOLS_OF_LEISURE,
    RAILS,
    ROADS,
    STREAMS,
    is_out_of_sight,
)

#: From the lowest to the highest.
LAYERS = (
    "park", "grass", "wood", "pitch", "water", "stream", "building", "rail", "service", "road", "street", "path",
    "steps", "track", "barrier",
)  # fmt: skip
#: Drawn from afar too; the others only where they are large enough to be seen.
FROM_AFAR = frozenset({"park", "wood", "water", "rail", "road"})
MAIN_ROADS = frozenset({
    "motorway", "trunk", "primary", "secondary", "motorway_link", "trunk_link", "primary_link", "secondary_link",
    "tertiary",
})  # fmt: skip
WOODS = frozenset({"wood", "scrub"})


def layer_of(tags: Mapping[str, str], dimension: int) -> str | None:
    """Say on which layer a thing is drawn.

    Parameters
    ----------
    tags : mapping
        Of the map.
    dimension : int
        0 a point, 1 a line, 2 an area.

    Returns
    -------
    str or None
        One of :data:`LAYERS`; None of what is not drawn.

    Examples
    --------
    >>> layer_of({"highway": "footway"}, 1), layer_of({"natural": "water"}, 2), layer_of({"amenity": "bench"}, 0)
    ('path', 'water', None)
    """
    if is_out_of_sight(tags) or dimension == 0:
        return None
    return _of_area(tags) if dimension == 2 else _of_line(tags)


def _of_area(tags: Mapping[str, str]) -> str | None:
    if tags.get("building", "no") != "no":
        return "building"
    leisure, landuse, natural = tags.get("leisure"), tags.get("landuse"), tags.get("natural")
    wet = natural in ("water", "bay") or landuse in ("reservoir", "basin") or leisure in POOLS_OF_LEISURE
    if wet or "waterway" in tags:
        return "water"
    if leisure in ("pitch", "track"):
        return "pitch"
    if landuse in GRASS_LAND or leisure == "common" or natural == "grassland":
        return "grass"
    if landuse == "forest" or natural in WOODS:
        return "wood"
    if leisure in ("park", "garden", "playground") or natural in GROWN:
        return "park"
    return "street" if tags.get("highway") in ("pedestrian", "footway") else None


def _of_line(tags: Mapping[str, str]) -> str | None:
    highway = tags.get("highway")
    if highway in MAIN_ROADS:
        return "road"
    if highway in ROADS:
        return "service" if highway == "service" else "street"
    if highway == "steps":
        return "steps"
    if highway in PATHS:
        return "path"
    if tags.get("leisure") == "track":
        return "track"
    if tags.get("railway") in RAILS:
        return "rail"
    if tags.get("waterway") in STREAMS or tags.get("natural") == "coastline":
        return "stream"
    return "barrier" if tags.get("barrier", "no") not in ("no", "kerb") else None
