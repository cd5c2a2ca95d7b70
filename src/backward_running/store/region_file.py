"""A region file: one SQLite file with what of a map is of use, found by place through its R*Tree.

It is written whole beside its place and moved there when it is done, so a preparing that is broken off leaves what was
there before. Nothing in it is of the runner: it holds the map alone.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import numpy as np

from backward_running.core.errors import NotFound, UnreadableFile
from backward_running.core.ground import (
    Box,
    Grade,
    GroundKind,
    Hazard,
    HazardKind,
    Heights,
    MapObject,
    RegionHead,
    Stretch,
)
from backward_running.core.tiles import Tile
from backward_running.store._kept_tiles import KeptTiles

ENDING = ".region"
#: Other versions are prepared anew: the extract is there still, or a newer one is.
VERSION = 1
_SCHEMA = """
CREATE TABLE said (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE object (id INTEGER PRIMARY KEY, osm_id TEXT NOT NULL, tags INTEGER NOT NULL, shape BLOB NOT NULL);
CREATE TABLE tags (id INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE object_box USING rtree(id, west, east, south, north);
CREATE TABLE stretch (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, json TEXT NOT NULL);
CREATE VIRTUAL TABLE stretch_box USING rtree(id, west, east, south, north);
CREATE TABLE heights (name TEXT, north REAL, west REAL, step REAL, rows INTEGER, columns INTEGER, metres BLOB);
"""
_OBJECTS = """
SELECT osm_id, tags.json, shape FROM object_box JOIN object USING (id) JOIN tags ON tags.id = object.tags
WHERE east >= ? AND west <= ? AND north >= ? AND south <= ? ORDER BY object.id
"""
_STRETCHES = """
SELECT json FROM stretch_box JOIN stretch USING (id)
WHERE east >= ? AND west <= ? AND north >= ? AND south <= ? ORDER BY stretch.id
"""
_NO_HEIGHT = -32768
_OF_STRETCH = tuple(field.name for field in fields(Stretch))
#: So many things of a map are written at once.
AT_ONCE = 2000


class RegionFile:
    """A prepared map. Open it with :meth:`open`, or :meth:`make` one.

    Parameters
    ----------
    database : sqlite3.Connection
        It is used by one thread at a time.
    path : Path
        Where it lies when it is done.
    """

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database, self._path = database, path
        self._tiles = KeptTiles(path)
        self._tags: dict[str, int] = {}

    @classmethod
    def open(cls, path: Path) -> RegionFile:
        """Open one for reading. Raises NotFound, UnreadableFile."""
        if not path.is_file():
            raise NotFound(f"There is no region {path.stem!r}; `backward region` lists what was prepared.")
        region = cls(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False), path)
        try:
            region.head()
        except (sqlite3.DatabaseError, KeyError, ValueError, TypeError) as problem:
            region.close()
            raise UnreadableFile(
                f"{path.name} is no region of this version; prepare it anew: backward region prepare EXTRACT"
            ) from problem
        return region

    @classmethod
    def make(cls, path: Path) -> RegionFile:
        """Begin a new one in place of what is there; nothing stands there before :meth:`finish`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = cls._part(path)
        part.unlink(missing_ok=True)
        database = sqlite3.connect(part, isolation_level=None, check_same_thread=False)
        database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA} BEGIN;")
        return cls(database, path)

    @staticmethod
    def _part(path: Path) -> Path:
        return path.with_name(f".{path.name}.part")

    def __enter__(self) -> RegionFile:
        """Work with it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        """Close it; what was not finished leaves nothing behind."""
        self.close()

    def close(self) -> None:
        """Close it."""
        self._database.close()
        self._tiles.close()
        with suppress(OSError):
            self._part(self._path).unlink(missing_ok=True)

    def head(self) -> RegionHead:
        """Return what it says of itself."""
        said = json.loads(self._database.execute("SELECT value FROM said WHERE key = 'head'").fetchone()[0])
        if said.pop("version") != VERSION:
            raise ValueError(said)
        day = said.pop("source_date")
        box = Box(**said.pop("box"))
        return RegionHead(source_date=None if day is None else date.fromisoformat(day), box=box, **said)

    def objects(self, box: Box) -> tuple[MapObject, ...]:
        """Return what touches a rectangle, in the order of the extract."""
        rows = self._database.execute(_OBJECTS, _bounds(box))
        return tuple(MapObject(osm_id, _tags(tags), shape) for osm_id, tags, shape in rows)

    def stretches(self, box: Box) -> tuple[Stretch, ...]:
        """Return the stretches that touch a rectangle."""
        rows = self._database.execute(_STRETCHES, _bounds(box))
        return tuple(_stretch(json.loads(text)) for (text,) in rows)

    def stretch(self, key: str) -> Stretch:
        """Return one stretch. Raises NotFound."""
        row = self._database.execute("SELECT json FROM stretch WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise NotFound(f"There is no stretch {key!r} in this region; it may be gone from a newer map.")
        return _stretch(json.loads(row[0]))

    def heights(self) -> Heights | None:
        """Return the heights of it; None where it was prepared without."""
        row = self._database.execute("SELECT north, west, step, rows, columns, metres FROM heights").fetchone()
        if row is None:
            return None
        north, west, step, rows, columns, packed = row
        metres = np.frombuffer(zlib.decompress(packed), dtype="<i2").reshape(rows, columns)
        return Heights(north, west, step, np.where(metres == _NO_HEIGHT, np.nan, metres.astype(np.float64)))

    def kept_tile(self, at: Tile) -> bytes | None:
        """Return a tile that was made before; None where it was not."""
        return self._tiles.get(at)

    def keep_tile(self, at: Tile, packed: bytes) -> None:
        """Keep a tile in the file, or in memory where it may not be written."""
        self._tiles.put(at, packed)

    def add_objects(self, objects: Iterable[MapObject]) -> int:
        """Keep what is in the map; return how many."""
        (before,) = self._database.execute("SELECT coalesce(max(id), 0) FROM object").fetchone()
        number = before
        rows: list[tuple[Any, ...]] = []
        boxes: list[tuple[Any, ...]] = []
        for number, thing in enumerate(objects, before + 1):
            rows.append((number, thing.osm_id, self._tags_id(thing.tags), thing.shape))
            boxes.append((number, *_extent_of(thing.shape)))
            if len(rows) == AT_ONCE:
                self._insert_objects(rows, boxes)
                rows, boxes = [], []
        self._insert_objects(rows, boxes)
        return int(number - before)

    def _insert_objects(self, rows: list[tuple[Any, ...]], boxes: list[tuple[Any, ...]]) -> None:
        self._database.executemany("INSERT INTO object (id, osm_id, tags, shape) VALUES (?, ?, ?, ?)", rows)
        # An R*Tree takes west and east, south and north.
        ordered = ((number, west, east, south, north) for number, west, south, east, north in boxes)
        self._database.executemany("INSERT INTO object_box VALUES (?, ?, ?, ?, ?)", ordered)

    def _tags_id(self, tags: Any) -> int:
        """Return the row of a set of tags: of most sets there are many things."""
        text = json.dumps(dict(tags), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        if text not in self._tags:
            made = self._database.execute("INSERT INTO tags (json) VALUES (?)", (text,))
            self._tags[text] = int(made.lastrowid or 0)
        return self._tags[text]

    def corners(self) -> Iterator[tuple[float, float]]:
        """Yield longitude and latitude of the south-western corner of every object."""
        yield from self._database.execute("SELECT west, south FROM object_box")

    def extent(self) -> Box | None:
        """Return what its objects cover; None of none."""
        row = self._database.execute("SELECT min(west), min(south), max(east), max(north) FROM object_box").fetchone()
        return None if row[0] is None else Box(*row)

    def beginning_in(self, box: Box) -> tuple[tuple[str, ...], Box]:
        """Return whose south-western corner lies in a rectangle, two of its sides left out, and what these cover."""
        rows = self._database.execute(
            "SELECT osm_id, west, south, east, north FROM object_box JOIN object USING (id)"
            " WHERE west >= ? AND west < ? AND south >= ? AND south < ? ORDER BY id",
            (box.west_deg, box.east_deg, box.south_deg, box.north_deg),
        ).fetchall()
        ids, wests, souths, easts, norths = zip(*rows, strict=True)
        return tuple(dict.fromkeys(ids)), Box(min(wests), min(souths), max(easts), max(norths))

    def add_stretches(self, stretches: Iterable[Stretch]) -> int:
        """Keep stretches; return how many."""
        count = 0
        for stretch in stretches:
            said = {name: getattr(stretch, name) for name in _OF_STRETCH} | {"kind": stretch.kind.value}
            said["grade"] = None if stretch.grade is None else asdict(stretch.grade)
            said["hazards"] = [[hazard.kind.value, hazard.along_m, hazard.aside_m] for hazard in stretch.hazards]
            text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            made = self._database.execute("INSERT INTO stretch (key, json) VALUES (?, ?)", (stretch.key, text))
            longitudes, latitudes = zip(*stretch.line, strict=True)
            self._database.execute(
                "INSERT INTO stretch_box VALUES (?, ?, ?, ?, ?)",
                (made.lastrowid, min(longitudes), max(longitudes), min(latitudes), max(latitudes)),
            )
            count += 1
        return count

    def put_heights(self, heights: Heights, name: str) -> None:
        """Keep heights, in whole metres as tiles have them."""
        metres = np.where(np.isfinite(heights.altitude_m), np.rint(heights.altitude_m), _NO_HEIGHT).astype("<i2")
        self._database.execute(
            "INSERT INTO heights VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                name,
                heights.north_deg,
                heights.west_deg,
                heights.step_deg,
                *metres.shape,
                zlib.compress(metres.tobytes()),
            ),
        )

    def finish(self, head: RegionHead) -> None:
        """Say what it is, and put it in its place."""
        said = asdict(head) | {"version": VERSION}
        said["source_date"] = None if head.source_date is None else head.source_date.isoformat()
        self._database.execute("INSERT INTO said VALUES ('head', ?)", (json.dumps(said),))
        self._database.execute("COMMIT")
        self._database.close()
        self._part(self._path).replace(self._path)


class RegionFolder:
    """The regions in one or more folders; of two with a name, that of the first folder counts.

    Parameters
    ----------
    folders : Path
        They need not exist.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._open: dict[Path, tuple[tuple[int, int], RegionFile]] = {}

    def heads(self) -> tuple[RegionHead, ...]:
        """Return what there is, by name; what is broken or of another version is left out."""
        found: dict[str, RegionHead] = {}
        for name in sorted({path.stem for folder in self._folders for path in folder.glob(f"*{ENDING}")}):
            with suppress(UnreadableFile, NotFound):
                found[name] = self.region(name).head()
        return tuple(found.values())

    def path(self, name: str) -> Path:
        """Return where a region of this name lies, or would."""
        plain = "".join(letter for letter in name if letter.isalnum() or letter in "._-,").lstrip(".") or "region"
        for folder in self._folders:
            if (folder / f"{plain}{ENDING}").is_file():
                return folder / f"{plain}{ENDING}"
        return self._folders[0] / f"{plain}{ENDING}"

    def region(self, name: str) -> RegionFile:
        """Open one, once while it stays as it is. Raises NotFound, UnreadableFile."""
        path = self.path(name)
        # Tiles are kept in the file, so it changes; what is prepared anew is another file in its place.
        stamp = (path.stat().st_dev, path.stat().st_ino) if path.is_file() else (0, 0)
        known = self._open.get(path)
        if known is None or known[0] != stamp:
            if known is not None:
                known[1].close()
            self._open[path] = (stamp, RegionFile.open(path))
        return self._open[path][1]

    def close(self) -> None:
        """Close all of them."""
        for _, region in self._open.values():
            region.close()
        self._open.clear()


@lru_cache(20_000)
def _tags(text: str) -> Mapping[str, str]:
    """Return a set of tags, read once and shared: of most sets there are many things."""
    return cast(Mapping[str, str], json.loads(text))


def _bounds(box: Box) -> tuple[float, float, float, float]:
    return box.west_deg, box.east_deg, box.south_deg, box.north_deg


def _extent_of(shape: bytes) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a point, a line or polygons, as pyosmium writes them."""
    (kind,) = struct.unpack_from("<I", shape, 1)
    if kind == 1:
        longitude, latitude = struct.unpack_from("<dd", shape, 5)
        return longitude, latitude, longitude, latitude
    places = np.frombuffer(shape, "<f8", offset=9).reshape(-1, 2) if kind == 2 else np.concatenate(_rings(shape, kind))
    west, south = places.min(axis=0)
    east, north = places.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _rings(shape: bytes, kind: int) -> list[Any]:
    """Return the rings of a polygon or of several."""
    found: list[Any] = []
    at = 0
    polygons = 1
    if kind == 6:
        (polygons,) = struct.unpack_from("<I", shape, 5)
        at = 9
    for _ in range(polygons):
        (rings,) = struct.unpack_from("<I", shape, at + 5)
        at += 9
        for _ in range(rings):
            (count,) = struct.unpack_from("<I", shape, at)
            found.append(np.frombuffer(shape, "<f8", count * 2, at + 4).reshape(-1, 2))
            at += 4 + count * 16
    return found


def _stretch(said: dict[str, Any]) -> Stretch:
    grade = said.pop("grade")
    return Stretch(
        kind=GroundKind(said.pop("kind")),
        line=tuple((longitude, latitude) for longitude, latitude in said.pop("line")),
        hazards=tuple(Hazard(HazardKind(kind), along, aside) for kind, along, aside in said.pop("hazards")),
        grade=None if grade is None else Grade(**grade),
        **said,
    )
