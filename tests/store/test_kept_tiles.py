from __future__ import annotations

import sqlite3

import pytest
from tests.store.regions import park, prepared

from backward_running.core.tiles import Tile
from backward_running.store import _kept_tiles
from backward_running.store._kept_tiles import KeptTiles
from backward_running.store.region_file import RegionFile, RegionFolder

AT = Tile(15, 18654, 9484)


@pytest.fixture
def path(tmp_path):
    with prepared(park(tmp_path), tmp_path):
        pass
    return tmp_path / "park.region"


def test_a_tile_outlives_the_program(path):
    with RegionFile.open(path) as region:
        region.keep_tile(AT, b"one")
        region.keep_tile(AT, b"two")
    with RegionFile.open(path) as region:
        assert region.kept_tile(AT) == b"two"


def test_a_map_that_keeps_tiles_is_not_opened_anew_and_one_made_anew_is(path, tmp_path):
    folder = RegionFolder(tmp_path)
    region = folder.region("park")
    region.keep_tile(AT, b"one")
    assert folder.region("park") is region
    with prepared(tmp_path / "park.osm", tmp_path):
        pass
    assert folder.region("park").kept_tile(AT) is None
    folder.close()


def test_where_the_map_cannot_be_written_tiles_are_held_in_memory_and_not_for_ever(path, monkeypatch):
    monkeypatch.setattr(_kept_tiles, "IN_MEMORY", 2)
    monkeypatch.setattr(_kept_tiles, "WAIT_S", 0.01)
    with sqlite3.connect(path) as other:
        other.execute("BEGIN EXCLUSIVE")  # whoever holds it: the same as a disk that is read-only or full
        kept = KeptTiles(path)
        for row in range(3):
            kept.put(Tile(15, 0, row), b"%d" % row)
        assert [kept.get(Tile(15, 0, row)) for row in range(3)] == [None, b"1", b"2"]
        kept.close()


def test_a_map_that_is_gone_is_not_made(tmp_path):
    kept = KeptTiles(tmp_path / "none.region")
    kept.put(AT, b"one")
    assert kept.get(AT) == b"one"
    assert not (tmp_path / "none.region").exists()
