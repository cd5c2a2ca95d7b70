from __future__ import annotations

import pytest
from mapbox_vector_tile import decode
from tests.apps.browsing import NOW, Browser, track_file
from tests.store.regions import park, prepared

from backward_running.apps.web.server import create_app
from backward_running.core.privacy import PrivacyZone
from backward_running.core.tiles import tile_at
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


def tile_under(told):
    """The tile of the middle of the park, as the map asks for it."""
    at = tile_at(15, 42.506, 1.5002)
    return told["tiles"].format(z=at.zoom, x=at.column, y=at.row)


def test_the_ground_lies_under_a_run_in_tiles_and_says_whose_it_is(browser):
    told = browser.get(browser.address).json()
    assert told["credit"] == "© OpenStreetMap contributors"
    west, south, east, north = told["bounds"]
    assert west < 1.5 < east
    assert south < 42.507 < north
    answer = browser.get(tile_under(told))
    assert answer.headers["content-encoding"] == "gzip"
    assert {"path", "grass_area", "pitch_area"} <= set(decode(answer.content))


def test_a_tile_is_sent_once_and_again_when_it_is_another(browser):
    address = tile_under(browser.get(browser.address).json())
    first = browser.get(address)
    same = browser.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    other = browser.get(address, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ground/park/15/0/0.mvt", 204),
        ("/ground/nowhere/15/0/0.mvt", 404),
        ("/ground/..%2Fpark/15/0/0.mvt", 404),
        ("/ground/park/99/0/0.mvt", 422),
        ("/ground/park/15/0/-1.mvt", 422),
    ],
)
def test_beside_the_map_there_is_nothing_and_what_is_no_tile_is_refused(browser, path, status):
    assert browser.get(path).status_code == status


def test_it_is_found_by_what_may_be_seen_of_the_run_alone(browser):
    assert browser.get(browser.address).json()["tiles"]
    privacy.add(browser.store, PrivacyZone("all", 42.507, 1.5, 5000.0))
    assert browser.get(browser.address).json() == {"tiles": None}


def test_where_no_map_is_or_the_run_is_simulated_there_is_none(browser, tmp_path):
    away = Browser(create_app(browser.store, now=lambda: NOW))
    assert away.get(browser.address).json() == {"tiles": None}
    runner = demo.simulate(seed=1, weeks=1, until=NOW.date())
    (entry,) = intake.import_file(browser.store, *runner.files[0], now=NOW)
    (tmp_path / "there").mkdir()
    with prepared(park(tmp_path / "there"), tmp_path / "there"):
        pass
    there = Browser(create_app(browser.store, now=lambda: NOW, regions=RegionFolder(tmp_path / "there")))
    assert there.get(f"/runs/{entry.activity_ids[0]}/ground.json").json() == {"tiles": None}
    assert browser.get("/runs/nothing/ground.json").status_code == 404
