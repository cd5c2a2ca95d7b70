"""What a thing of the map is to somebody who runs backward: ground, something in the way, or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from backward_running.core.ground import GroundKind, HazardKind

Tags = Mapping[str, str]

#: Roads for cars. A road that is only said to be one (highway=road) is one.
ROADS = frozenset({
    "motorway", "trunk", "primary", "secondary", "tertiary", "motorway_link", "trunk_link", "primary_link",
    "secondary_link", "tertiary_link", "unclassified", "residential", "living_street", "service", "road",
    "busway", "raceway",
    "bus_guideway", "construction",
})  # fmt: skip
PATHS = frozenset({"footway", "path", "pedestrian", "track", "bridleway", "cycleway"})
#: May be a trail over roots and stones, and signs that it is.
TRAILS = frozenset({"path", "track", "bridleway"})
TRAIL_SIGNS = frozenset({"sac_scale", "mtb:scale", "trail_visibility"})
RAILS = frozenset(
    {"rail", "tram", "light_rail", "narrow_gauge", "preserved", "funicular", "miniature", "subway", "monorail"}
)
STREAMS = frozenset({"river", "stream", "canal", "drain", "ditch", "tidal_channel", "brook", "dam", "weir"})
POOLS_OF_LEISURE = frozenset({"swimming_pool", "marina", "slipway"})
#: Who may not enter: nobody but some.
DENIED = frozenset(
    {"no", "private", "permit", "customers", "members", "employees", "residents", "delivery", "military"}
)
GRANTED = frozenset({"yes", "permissive", "designated", "public", "official"})
CLOSED_LAND = frozenset({"military", "construction", "railway", "quarry", "landfill", "brownfield"})
GROWN_LAND = frozenset(
    {"forest", "orchard", "vineyard", "allotments", "plant_nursery", "farmland", "flowerbed", "cemetery"}
)
GROWN = frozenset({"wood", "scrub", "heath", "wetland", "bare_rock", "scree", "rock", "sand", "beach", "shrubbery"})
GRASS_LAND = frozenset({"grass", "recreation_ground", "village_green"})
GRASS_LEISURE = frozenset({"common"})
#: Sports that are not run on, or whose ground is full of something: a net hangs across every one of tennis.
OTHER_PITCHES = frozenset({
    "table_tennis", "skateboard", "climbing", "bmx", "boules", "petanque", "chess", "billiards", "swimming", "diving",
    "fitness", "equestrian", "motor", "karting", "ice_hockey", "ice_skating", "shooting", "archery", "golf",
    "miniature_golf",
    "tennis", "padel", "badminton", "volleyball", "beachvolleyball", "racquet", "squash", "pickleball",
    "cycling", "horse_racing", "paintball", "parkour", "draughts", "bowls", "scuba_diving", "toboggan", "skiing",
})  # fmt: skip
OTHER_TRACKS = frozenset({
    "cycling", "motor", "karting", "horse_racing", "equestrian", "bmx", "motocross", "dog_racing", "greyhound",
    "speedway",
    "ice_skating", "rc_car", "model_car", "mtb", "skiing", "toboggan", "horse", "inline_speed_skating", "skateboard",
})  # fmt: skip
NO_SERVICE = frozenset(
    {"parking_aisle", "drive-through", "drive_through", "driveway", "emergency_access", "bus", "siding"}
)
FURNITURE = frozenset({
    "bench", "waste_basket", "bicycle_parking", "fountain", "drinking_water", "table", "lounger",
    "vending_machine", "post_box",
    "telephone", "recycling", "waste_disposal", "clock", "shelter", "bbq", "motorcycle_parking", "toilets", "kiosk",
})  # fmt: skip
POLES = frozenset({"pole", "tower", "portal", "catenary_mast", "substation", "transformer"})
#: Street lamps and signs stand where feet go.
STANDING_HIGHWAY = frozenset(
    {"street_lamp", "traffic_signals", "bus_stop", "stop", "give_way", "speed_camera", "elevator"}
)
STANDING_MADE = frozenset(
    {"flagpole", "mast", "street_cabinet", "tower", "manhole", "monitoring_station", "survey_point"}
)


def is_denied(tags: Tags) -> bool:
    """Say whether people on foot may not enter: what stands for feet counts before what stands for all."""
    return tags.get("foot", tags.get("access", "")) in DENIED


def is_granted(tags: Tags) -> bool:
    """Say whether the map says that people on foot may enter."""
    return tags.get("foot", tags.get("access", "")) in GRANTED


def is_made(tags: Tags) -> bool:
    """Say whether a path is one that somebody made, and no trail: where the map tells nothing, it may be one."""
    if TRAIL_SIGNS & tags.keys() or tags.get("tracktype", "grade1") != "grade1":
        return False
    return "surface" in tags or "tracktype" in tags or tags.get("foot") == "designated"


def is_out_of_sight(tags: Tags) -> bool:
    """Say whether something lies under the ground, above it, or in a house: another level than the grass."""
    under = tags.get("tunnel", "no") != "no" or tags.get("location") == "underground"
    return under or tags.get("indoor", "no") != "no"


def ground_of(tags: Tags, dimension: int) -> GroundKind | None:
    """Say what ground a thing offers, 1 a line and 2 an area; None where it offers none, or may not be entered.

    Parameters
    ----------
    tags : mapping
        Of the map.
    dimension : int
        0 a point, 1 a line, 2 an area.

    Returns
    -------
    GroundKind or None
    """
    if is_denied(tags) or is_out_of_sight(tags) or "building" in tags or tags.get("covered", "no") != "no":
        return None
    if tags.get("leisure") == "track":
        return GroundKind.TRACK if not _sports(tags) & OTHER_TRACKS and dimension else None
    if dimension == 2:
        return _ground_of_area(tags)
    return _ground_of_line(tags) if dimension == 1 else None


def _ground_of_area(tags: Tags) -> GroundKind | None:
    if tags.get("leisure") == "pitch":
        return None if _sports(tags) & OTHER_PITCHES else GroundKind.PITCH
    if tags.get("landuse") in GRASS_LAND or tags.get("leisure") in GRASS_LEISURE:
        return GroundKind.LAWN
    return None


def _ground_of_line(tags: Tags) -> GroundKind | None:
    highway = tags.get("highway")
    if tags.get("bridge", "no") != "no" or tags.get("area") == "yes":
        return None  # a bridge has a drop on both sides
    if highway == "service":
        return None if tags.get("service") in NO_SERVICE else GroundKind.SERVICE
    if highway not in PATHS or tags.get("footway") in ("crossing", "traffic_island", "access_aisle"):
        return None
    if highway in TRAILS and not is_made(tags):
        return None
    if highway == "cycleway" and not is_granted({"foot": tags.get("foot", "")}):
        return None
    return GroundKind.PATH


def _sports(tags: Tags) -> set[str]:
    return {sport.strip() for sport in tags.get("sport", "").split(";")}


def hazard_of(tags: Tags, dimension: int) -> HazardKind | None:
    """Say what in the way a thing is; None where it is nothing.

    Parameters
    ----------
    tags : mapping
        Of the map.
    dimension : int
        0 a point, 1 a line, 2 an area.

    Returns
    -------
    HazardKind or None
        The first of the table that fits.
    """
    if is_out_of_sight(tags):
        return None
    for find in (_of_barriers, _of_ways, _of_water, _of_land):
        found = find(tags, dimension)
        if found is not None:
            return found
    return None


def _of_barriers(tags: Tags, dimension: int) -> HazardKind | None:
    barrier, kerb = tags.get("barrier"), tags.get("kerb")
    if barrier == "kerb" or (kerb is not None and barrier is None and tags.get("highway") != "crossing"):
        return None if kerb in ("flush", "no") else HazardKind.KERB
    if barrier in ("no", "entrance") or (barrier is not None and dimension == 2 and "leisure" in tags):
        return None
    if barrier is not None:
        return HazardKind.BARRIER
    return HazardKind.BARRIER if tags.get("natural") == "tree_row" and dimension else None


def _of_ways(tags: Tags, dimension: int) -> HazardKind | None:
    highway, railway = tags.get("highway"), tags.get("railway")
    if railway in RAILS or railway in (
        "level_crossing",
        "crossing",
        "tram_crossing",
        "tram_level_crossing",
        "platform",
    ):
        return HazardKind.RAILWAY
    if highway == "steps":
        return HazardKind.STEPS
    if highway == "crossing" or tags.get("footway") == "crossing":
        return HazardKind.CROSSING
    if highway in ROADS or tags.get("area:highway") in ROADS or (dimension == 2 and tags.get("amenity") == "parking"):
        return HazardKind.ROAD
    if highway in PATHS and dimension == 1:
        return HazardKind.JUNCTION
    return HazardKind.OBSTACLE if highway in STANDING_HIGHWAY and dimension == 0 else None


def _of_water(tags: Tags, dimension: int) -> HazardKind | None:
    natural = tags.get("natural")
    wet = natural in ("water", "coastline", "bay", "strait", "spring", "glacier")
    dug = tags.get("landuse") in ("reservoir", "basin", "salt_pond") or tags.get("leisure") in POOLS_OF_LEISURE
    runs = tags.get("waterway") in STREAMS or (dimension == 2 and "waterway" in tags)
    if wet or dug or runs or tags.get("amenity") == "fountain":
        return HazardKind.WATER
    if natural in ("cliff", "ridge", "arete", "earth_bank", "sinkhole", "crevasse"):
        return HazardKind.CLIFF
    falls = tags.get("man_made") in ("embankment", "quay", "pier", "breakwater") or "embankment" in tags
    return HazardKind.CLIFF if falls and tags.get("embankment") != "no" else None


def _of_land(tags: Tags, dimension: int) -> HazardKind | None:
    if tags.get("building", "no") != "no":
        return HazardKind.BUILDING
    land = tags.get("landuse")
    if dimension == 2 and (is_denied(tags) or land in CLOSED_LAND or "military" in tags):
        return HazardKind.CLOSED
    grown = (
        land in GROWN_LAND
        or tags.get("natural") in GROWN
        or tags.get("leisure") in ("playground", "dog_park", "garden")
    )
    if dimension == 2 and grown:
        return HazardKind.EDGE
    stands = tags.get("amenity") in FURNITURE or tags.get("power") in POLES or tags.get("man_made") in STANDING_MADE
    stands = (
        stands or tags.get("natural") in ("tree", "stone") or tags.get("leisure") in ("picnic_table", "fitness_station")
    )
    return HazardKind.OBSTACLE if stands else None
