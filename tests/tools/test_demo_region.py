from __future__ import annotations

from datetime import date
from pathlib import Path

import osmium
from tests.store.regions import park

from backward_running.core.ground import Box
from backward_running.store.osm_extract import OsmExtract
from tools import demo_region


def test_a_cut_holds_what_is_read_and_nothing_of_who_made_it(tmp_path):
    target = tmp_path / "cut.osm.pbf"
    size = demo_region.cut(park(tmp_path), target, Box(24.937, 60.1695, 24.9405, 60.1708))
    assert 0 < size == target.stat().st_size
    extract = OsmExtract(target)
    assert {thing.osm_id for thing in extract.objects()} == {"n13", "w21", "w22"}
    assert extract.box.west_deg == 24.937 and extract.source_date == date(2026, 2, 1)
    for thing in osmium.FileProcessor(str(target)):
        assert not thing.user and not thing.uid and not thing.changeset


def test_what_ships_is_small_and_says_under_which_licence():
    assert demo_region.TARGET.stat().st_size <= demo_region.LARGEST_BYTES
    licence = Path(f"{demo_region.TARGET}.license").read_text(encoding="utf-8")
    assert "ODbL-1.0" in licence and "OpenStreetMap contributors" in licence
    extract = OsmExtract(demo_region.TARGET)
    assert sum(1 for _ in extract.objects()) > 3000 and extract.source_date == date(2019, 4, 21)


def test_without_an_extract_it_says_how_it_is_called(capsys):
    assert demo_region.main([]) == 2
    assert "EXTRACT" in capsys.readouterr().err
