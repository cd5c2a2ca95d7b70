from __future__ import annotations

import pytest
from tests.apps.browsing import NOW, Browser, track_file
from tests.store.regions import park, prepared

from backward_running.apps.web.server import create_app
from backward_running.core.privacy import PrivacyZone
from backward_running.flows import demo, intake, privacy
from backward_running.store import open_store
from backward_running.store.region_file import RegionFolder


@pytest.fixture
def browser(new_home, tmp_path):
    """A run straight north from 42.5, 1.5, and a map of a park half way along it."""
    extract = park(tmp_path, north_deg=42.5 - 60.165, east_deg=1.5 - 24.94)
    store = open_store(new_home)
    (entry,) = intake.import_file(store, "hill.fit", track_file(), now=NOW)
    with prepared(extract, tmp_path):
        pass
    regions = RegionFolder(tmp_path)
    browser = Browser(create_app(store, now=lambda: NOW, regions=regions))
    browser.store, browser.address = store, f"/runs/{entry.activity_ids[0]}/ground.json"
    yield browser
    regions.close()
    store.close()


def test_the_ground_lies_under_a_run_layer_by_layer_and_says_whose_it_is(browser):
    told = browser.get(browser.address).json()
    assert told["credit"] == "© OpenStreetMap contributors"
    assert {feature["properties"]["layer"] for feature in told["features"]} >= {"path", "grass", "pitch"}
    for feature in told["features"]:
        is_area = feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
        assert feature["properties"]["area"] is is_area


def test_it_reaches_no_farther_than_what_may_be_seen(browser):
    assert browser.get(browser.address).json()["features"]
    privacy.add(browser.store, PrivacyZone("all", 42.507, 1.5, 5000.0))
    assert browser.get(browser.address).json()["features"] == []


def test_where_no_map_is_or_the_run_is_simulated_there_is_none(browser, tmp_path):
    away = Browser(create_app(browser.store, now=lambda: NOW))
    assert away.get(browser.address).json()["features"] == []
    runner = demo.simulate(seed=1, weeks=1, until=NOW.date())
    (entry,) = intake.import_file(browser.store, *runner.files[0], now=NOW)
    (tmp_path / "there").mkdir()
    with prepared(park(tmp_path / "there"), tmp_path / "there"):
        pass
    there = Browser(create_app(browser.store, now=lambda: NOW, regions=RegionFolder(tmp_path / "there")))
    assert there.get(f"/runs/{entry.activity_ids[0]}/ground.json").json()["features"] == []
    assert browser.get("/runs/nothing/ground.json").status_code == 404
