"""What a run cost and the audited article, in a real browser: axe, phone, keyboard, paper."""

from __future__ import annotations

import pytest
from tests.journeys.conftest import axe_violations

pytestmark = pytest.mark.browser

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def backward_run(demo_home):
    from backward_running.core.direction import Direction
    from backward_running.core.ports import ActivityQuery
    from backward_running.store import open_store

    store = open_store(demo_home)
    row = store.activities(ActivityQuery(direction=Direction.BACKWARD, limit=1))[0]
    store.close()
    return f"/runs/{row.activity_id}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_are_accessible_and_fit(demo_server, browse, backward_run, size, scheme):
    width, height = SIZES[size]
    for path in (backward_run, "/evidence/article?open"):
        page = browse(demo_server, path, width=width, height=height, scheme=scheme)
        assert axe_violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_a_badge_of_the_cost_opens_by_keyboard_and_stays_on_the_screen(demo_server, browse, backward_run):
    page = browse(demo_server, backward_run, width=390, height=844)
    page.locator("#energy .rests summary").nth(1).focus()
    page.keyboard.press("Enter")
    box = page.locator("#energy .rests details[open] .pop")
    box.wait_for()
    assert "Who:" in box.inner_text()
    placed = box.bounding_box()
    assert placed["x"] >= 0
    assert placed["x"] + placed["width"] <= 390
    page.keyboard.press("Escape")
    assert page.locator("#energy details[open]").count() == 0


def test_the_studies_of_a_claim_open_in_place_without_script(demo_server, browse):
    page = browse(demo_server, "/evidence/article", script=False)
    claim = page.locator("#claim-2")
    assert not claim.get_by_text("Who: women").is_visible()
    claim.locator("summary").click()
    assert claim.get_by_text("Who: women").is_visible()


def test_on_paper_every_study_is_there(demo_server, browse):
    page = browse(demo_server, "/evidence/article?open")
    page.emulate_media(media="print")
    assert page.locator(".rail").is_visible() is False
    assert page.locator(".audit .cites li").count() >= 30
    assert all(one.is_visible() for one in page.locator(".audit .cites li").all())
