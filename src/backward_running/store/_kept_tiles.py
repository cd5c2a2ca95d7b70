"""Tiles that were made of a map, kept in its file: a thing that can be made again and is lost without harm."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from backward_running.core.tiles import Tile

_SCHEMA = """
CREATE TABLE IF NOT EXISTS tile (
    zoom INTEGER, across INTEGER, down INTEGER, packed BLOB NOT NULL, PRIMARY KEY (zoom, across, down)
) WITHOUT ROWID
"""
#: Where the file may not be written, so many of the newest are held in memory: a screen shows a dozen.
IN_MEMORY = 128
#: Another program may be keeping one, s.
WAIT_S = 2.0


class KeptTiles:
    """The tiles of a region file.

    Parameters
    ----------
    path : Path
        The file. It is opened when the first tile is asked for; it is never made.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._database: sqlite3.Connection | None = None
        self._memory: OrderedDict[Tile, bytes] | None = None

    def get(self, at: Tile) -> bytes | None:
        """Return a tile; None where it was not kept."""
        with self._lock:
            if self._memory is not None:
                return self._memory.get(at)
            try:
                row = (
                    self._opened()
                    .execute(
                        "SELECT packed FROM tile WHERE zoom = ? AND across = ? AND down = ?",
                        (at.zoom, at.column, at.row),
                    )
                    .fetchone()
                )
            except sqlite3.Error:
                self._give_up()
                return None
            return None if row is None else bytes(row[0])

    def put(self, at: Tile, packed: bytes) -> None:
        """Keep a tile."""
        with self._lock:
            if self._memory is None:
                try:
                    self._opened().execute(
                        "INSERT OR REPLACE INTO tile VALUES (?, ?, ?, ?)", (at.zoom, at.column, at.row, packed)
                    )
                except sqlite3.Error:
                    self._give_up()
            if self._memory is not None:
                self._memory[at] = packed
                while len(self._memory) > IN_MEMORY:
                    self._memory.popitem(last=False)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            address = f"{self._path.resolve().as_uri()}?mode=rw"
            database = sqlite3.connect(address, timeout=WAIT_S, uri=True, isolation_level=None, check_same_thread=False)
            self._database = database
            database.execute("PRAGMA synchronous=OFF")
            database.execute(_SCHEMA)
        return self._database

    def _give_up(self) -> None:
        """Go on in memory: the file is read-only, on a full disk, or another program holds it."""
        if self._database is not None:
            self._database.close()
            self._database = None
        self._memory = OrderedDict()
