"""Extracts of OpenStreetMap, read with pyosmium as a stream: what is of use is kept, all else never reaches Python."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backward_running.core.errors import UnreadableFile
from backward_running.core.ground import Box, MapObject

if TYPE_CHECKING:
    import osmium

#: What is read: a thing that has none of these keys is of no use to who runs, or to a map of the ground.
WANTED = (
    "highway", "leisure", "landuse", "natural", "barrier", "railway", "waterway", "kerb", "building", "amenity",
    "power", "man_made", "embankment", "area:highway", "military", "place",
)  # fmt: skip
#: What is kept of its tags.
KEPT = frozenset({
    *WANTED, "name", "sport", "athletics", "lanes", "surface", "smoothness", "tracktype", "footway", "sidewalk",
    "width", "incline", "lit", "access", "foot", "bicycle", "motor_vehicle", "vehicle", "opening_hours", "fee",
    "service", "tunnel", "bridge", "layer", "level", "indoor", "covered", "area", "crossing", "segregated",
    "location", "sac_scale", "mtb:scale", "trail_visibility", "operator",
})  # fmt: skip
#: A closed way that has one of these is an area; with one of the others it is a line too, or only a line.
AREAS = frozenset({"leisure", "landuse", "natural", "building", "amenity", "area:highway", "military", "place"})
LINES = frozenset({"highway", "barrier", "railway", "embankment"})
LINES_OF_WATER = frozenset({"riverbank", "dock", "boatyard"})
LINES_OF_NATURE = frozenset({"coastline", "cliff", "tree_row", "ridge", "arete", "earth_bank"})
KINDS = "an extract of OpenStreetMap (.osm.pbf, .osm, .osm.gz, .osm.bz2)"
_LITTLE_ENDIAN, _LINE, _POINT = 1, 2, 1


class OsmExtract:
    """One file. It is read anew whenever its objects are asked for.

    Parameters
    ----------
    path : Path
        Of the file; its name says its format.

    Raises
    ------
    UnreadableFile
        It is no extract of OpenStreetMap.
    """

    def __init__(self, path: Path) -> None:
        import osmium

        self.name = path.name
        self._path = path
        self.cut = self.lost = 0
        self._newest: datetime | None = None
        self._factory = osmium.geom.WKBFactory()
        try:
            header = osmium.io.Reader(osmium.io.File(str(path)), osmium.osm.osm_entity_bits.NOTHING).header()
        except RuntimeError as problem:
            raise self._unreadable(problem) from problem
        self.box = _box_of(header)
        self._said = header.get("osmosis_replication_timestamp", "") or header.get("timestamp", "")

    @property
    def source_date(self) -> date | None:
        """How old the map is: what the header says, else the newest thing that was read; None where neither says."""
        if self._said:
            try:
                return datetime.fromisoformat(self._said.replace("Z", "+00:00")).date()
            except ValueError:
                pass  # a header may say anything; the objects are asked
        return None if self._newest is None or self._newest.year < 2000 else self._newest.date()

    def objects(self) -> Iterator[MapObject]:
        """Yield what is of use, in the file's order. Raises UnreadableFile where the file breaks off."""
        import osmium

        self.cut = self.lost = 0
        wanted = osmium.filter.KeyFilter(*WANTED)
        try:
            reader = osmium.FileProcessor(str(self._path)).with_areas(osmium.filter.KeyFilter(*AREAS))
            for thing in reader.with_filter(wanted):
                yield from self._read(thing)
        except RuntimeError as problem:
            raise self._unreadable(problem) from problem

    def _read(self, thing: Any) -> Iterator[MapObject]:
        tags = {key: value for key, value in thing.tags if key in KEPT}
        if self._newest is None or (thing.timestamp and thing.timestamp > self._newest):
            self._newest = thing.timestamp
        if thing.is_node():
            yield MapObject(f"n{thing.id}", tags, _point(thing.location.lon, thing.location.lat))
        elif thing.is_way():
            if _is_line(tags) or (not thing.is_closed() and tags.get("area") != "yes"):
                yield from self._way(thing, tags)
        elif thing.is_area() and _is_area(tags):
            yield from self._area(thing, tags)

    def _way(self, way: osmium.osm.Way, tags: dict[str, str]) -> Iterator[MapObject]:
        """Yield a way; of one that leaves the extract, the pieces that are in it: a road at the border is a road."""
        shape = self._whole(way)
        if shape is not None:
            yield MapObject(f"w{way.id}", tags, shape)
            return
        pieces: list[list[tuple[float, float]]] = [[]]
        for node in way.nodes:
            if node.location.valid():
                place = (node.lon, node.lat)
                if not pieces[-1] or pieces[-1][-1] != place:
                    pieces[-1].append(place)
            elif pieces[-1]:
                pieces.append([])
        whole = all(node.location.valid() for node in way.nodes)
        drawn = [piece for piece in pieces if len(piece) > 1]
        self.cut += bool(drawn) and not whole
        self.lost += not drawn
        for piece in drawn:
            yield MapObject(f"w{way.id}", tags, _line(piece))

    def _whole(self, way: osmium.osm.Way) -> bytes | None:
        """Return a way whose nodes are all there; None where some are cut away, or it is no line."""
        import osmium

        with suppress(RuntimeError, osmium.InvalidLocationError):
            return bytes.fromhex(self._factory.create_linestring(way))
        return None

    def _area(self, area: osmium.osm.Area, tags: dict[str, str]) -> Iterator[MapObject]:
        import osmium

        osm_id = f"{'w' if area.from_way() else 'r'}{area.orig_id()}"
        try:
            shape = bytes.fromhex(self._factory.create_multipolygon(area))
        except osmium.InvalidLocationError:
            self.cut += 1
        except RuntimeError:  # an area without a ring: broken in the map itself
            self.lost += 1
        else:
            yield MapObject(osm_id, tags, shape)

    def _unreadable(self, problem: Exception) -> UnreadableFile:
        reason = " ".join(str(problem).split())[:120]
        return UnreadableFile(
            f"{self.name} is not {KINDS}, or it breaks off ({reason}); download it anew, or choose another."
        )


def _is_line(tags: dict[str, str]) -> bool:
    if tags.get("area") == "yes":
        return "barrier" in tags
    if "waterway" in tags and tags["waterway"] not in LINES_OF_WATER:
        return True
    return bool(LINES & tags.keys()) or tags.get("leisure") == "track" or tags.get("natural") in LINES_OF_NATURE


def _is_area(tags: dict[str, str]) -> bool:
    if tags.get("area") == "yes":
        return True
    if tags.get("leisure") == "track" or tags.get("natural") in LINES_OF_NATURE:
        return False
    return bool(AREAS & tags.keys()) or tags.get("waterway") in LINES_OF_WATER


def _box_of(header: osmium.io.Header) -> Box | None:
    box = header.box()
    if not box.valid():
        return None
    return Box(box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat)


def _point(longitude_deg: float, latitude_deg: float) -> bytes:
    return struct.pack("<BIdd", _LITTLE_ENDIAN, _POINT, longitude_deg, latitude_deg)


def _line(places: Sequence[tuple[float, float]]) -> bytes:
    flat = [number for place in places for number in place]
    return struct.pack(f"<BII{len(flat)}d", _LITTLE_ENDIAN, _LINE, len(places), *flat)
