"""What a run cost and the audited article, in a real browser: axe, phone, keyboard, paper."""

from __future__ import annotations

import pytest
from tests.journeys.conftest import axe_violations
from tests.journeys.expecting import expect, overflow_px, says, until

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
        until(page, lambda page=page: overflow_px(page) <= 0)


def test_a_badge_of_the_cost_opens_by_keyboard_and_stays_on_the_screen(demo_server, browse, backward_run):
    page = browse(demo_server, backward_run, width=390, height=844)
    page.locator("#of-cost > summary").click()
    page.locator("#energy .rests summary.badge").nth(1).focus()
    page.keyboard.press("Enter")
    box = page.locator("#energy .rests details[open] .pop")
    expect(box).to_be_visible()
    says(page, "how sure", inside="#energy .rests details[open] .pop")
    page.locator("#energy .rests details[open] .pop summary").first.click()
    says(page, "Who:", inside="#energy .rests details[open] .pop")
    until(page, lambda: inside_of_the_screen(box.bounding_box(), 390))
    page.keyboard.press("Escape")
    expect(page.locator("#energy details.more[open]")).to_have_count(0)


OPENED_AND_MEASURED = """number => {
    const more = document.querySelectorAll("#energy .rests details.more")[number];
    return new Promise(done => {
        const seen = [];
        new MutationObserver(() => queueMicrotask(measure)).observe(more, {attributeFilter: ["open"]});
        function measure() {  // what stands there before anything else can happen, and what is painted next
            const { left, right } = more.querySelector(".pop").getBoundingClientRect();
            seen.push([left, right]);
            if (seen.length === 1) requestAnimationFrame(measure); else done(seen);
        }
        more.querySelector("summary").click();
    });
}"""


def test_a_badge_never_stands_off_the_screen_not_even_for_a_moment(demo_server, browse, backward_run):
    """It is placed in the task that opens it, so that nobody sees it jump."""
    page = browse(demo_server, backward_run, width=390, height=844)
    page.locator("#of-cost > summary").click()
    moved = 0
    for number in range(page.locator("#energy .rests details.more").count()):
        for left, right in page.evaluate(OPENED_AND_MEASURED, number):
            assert left >= 0, number
            assert right <= 390, number
        moved += page.locator("#energy .rests details.more > .pop[style*=translate]").count() > 0
    assert moved, "no badge here would run off the screen: this test says nothing"


def inside_of_the_screen(box, width):
    """Say whether a box stands inside of a screen that wide."""
    return box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_studies_of_a_claim_open_in_place_without_script(demo_server, browse):
    page = browse(demo_server, "/evidence/article", script=False)
    claim = page.locator("#claim-2")
    expect(claim.get_by_text("Who: women")).to_be_hidden()
    claim.locator("summary").click()
    expect(claim.get_by_text("Who: women")).to_be_visible()


def test_on_paper_every_study_is_there(demo_server, browse):
    page = browse(demo_server, "/evidence/article?open")
    page.emulate_media(media="print")
    expect(page.locator(".rail")).to_be_hidden()
    until(page, lambda: page.locator(".audit .cites li:visible").count() >= 30)
    expect(page.locator(".audit .cites li").filter(visible=False)).to_have_count(0)
