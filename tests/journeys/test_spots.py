"""Spots in a real browser: the map is drawn, the keyboard reaches everything, and no request leaves the machine."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.apps.browsing import NOW, track_file
from tests.journeys.conftest import axe_violations, start_server
from tests.journeys.expecting import PATIENCE_S, overflow_px, until
from tests.journeys.test_reach import BEHIND, LEAST_TARGET_PX, SMALL
from tests.store.regions import park, prepared

from backward_running.flows import intake
from backward_running.store import open_store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def mapped_server(tmp_path_factory):
    """A server of a store with one run, beside which two maps are prepared: a park, and the same park under the run."""
    home = tmp_path_factory.mktemp("mapped")
    (home / "regions").mkdir()
    with prepared(park(tmp_path_factory.mktemp("extract")), home / "regions"):
        pass
    under = park(tmp_path_factory.mktemp("other"), north_deg=42.5 - 60.165, east_deg=1.5 - 24.94)
    with prepared(under.rename(under.with_name("under.osm")), home / "regions"):
        pass
    store = open_store(home)
    intake.import_file(store, "hill.fit", track_file(), now=NOW)
    store.close()
    server = start_server(home)
    yield server
    server.process.terminate()
    server.process.wait(timeout=PATIENCE_S)


def test_a_spot_is_found_walked_through_and_marked(mapped_server, browse):
    page = browse(mapped_server, "/spots")
    expect(page.locator(".ground-map .g-spot")).to_have_count(3)
    expect(page.locator(".ground-map figcaption")).to_contain_text("© OpenStreetMap contributors")
    page.get_by_role("link", name="Long Alley").first.click()
    expect(page.locator("h1")).to_contain_text("Long Alley")
    page.get_by_label("I walked it through and know it").check()
    page.get_by_label("note").fill("even all along")
    with page.expect_navigation():  # the box was ticked before the answer came, so it cannot tell that it has come
        page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("I walked it through and know it")).to_be_checked()
    page.goto(mapped_server.address + "/spots")
    expect(page.locator(".spot", has_text="known to you")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_spots_can_be_used_by_everybody(mapped_server, browse, scheme):
    page = browse(mapped_server, "/spots", width=320, height=640, scheme=scheme)
    for path in ("/spots", "/spots/w21.1"):
        page.goto(mapped_server.address + path)
        assert overflow_px(page) <= 0
        until(page, lambda: page.evaluate(SMALL, LEAST_TARGET_PX) == [])
        until(page, lambda: page.evaluate(BEHIND) == [])
        assert axe_violations(page) == []


def test_the_ground_lies_under_a_run_and_says_whose_it_is(mapped_server, browse):
    page = browse(mapped_server, "/runs")
    page.locator("main a[href^='/runs/']", has_text="Hill path").first.click()
    expect(page.locator(".map-credit")).to_have_text("© OpenStreetMap contributors")
    assert axe_violations(page) == []
