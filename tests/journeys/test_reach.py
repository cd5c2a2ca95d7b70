"""Where axe is blind: nothing wider than a small screen, nothing focused behind the bar, nothing too small to hit.

And the run page: what it answers comes first, what it keeps for those who ask lies folded.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.journeys.expecting import overflow_px

from backward_running.core.ports import ActivityQuery
from backward_running.store import open_store

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/plan", "/plan?view=month", "/plan/start", "/plan/export", "/runs", "/calendar", "/import", "/import/log",
    "/check-in", "/load", "/cost", "/evidence", "/evidence/article", "/evidence/studies", "/evidence/records",
    "/settings", "/conditions", "/ceilings", "/words", "/how", "/progress", "/works", "/works/weight", "/works/experiments", "/works/test/backward_walk", "/works/ask/rand36_physical",
)  # fmt: skip
TALLEST_PX, MOST_STOPS, LEAST_TARGET_PX = 2500, 25, 24

#: Controls that can be hit and are too small, but links in a line of text (WCAG 2.5.8 leaves those out).
SMALL = """least => [...document.querySelectorAll(
    'main button, main input:not([type=hidden]):not(.sr), main select, main summary:not(.inline > summary), main a.btn, .rail a')]
  .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .map(one => one.matches('input[type=radio], input[type=checkbox]') ? (one.closest('label') || one) : one)
  .filter(one => {const {width, height} = one.getBoundingClientRect();
                  return width > 1 && (width < least || height < least)})
  .map(one => one.outerHTML.slice(0, 90))"""

#: Focus everything in turn, and name what then lies behind the bar of a phone.
BEHIND = """() => {
  const bar = document.querySelector('.rail').getBoundingClientRect().top;
  return [...document.querySelectorAll('main a[href], main button, main input, main select, main textarea, main summary')]
    .filter(one => one.checkVisibility() && !one.disabled)
    .filter(one => {one.focus(); return document.activeElement === one
                    && one.getBoundingClientRect().bottom > bar + 1 && one.getBoundingClientRect().height < bar})
    .map(one => one.outerHTML.slice(0, 90))}"""

STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}))
  .filter(one => !one.closest('#details'))
  .map(one => one.outerHTML.slice(0, 70))"""


@pytest.fixture(scope="module")
def run_path(demo_home):
    store = open_store(demo_home)
    rows = store.activities(ActivityQuery(limit=30))
    store.close()
    return "/runs/" + max(rows, key=lambda row: row.backward_s).activity_id


def test_no_page_is_wider_than_a_small_screen_and_everything_can_be_hit(demo_server, run_path, browse):
    page = browse(demo_server, "/", width=320, height=640)
    wide, small = {}, {}
    for path in (*PAGES, run_path):
        page.goto(demo_server.address + path)
        if overflow_px(page) > 0:
            wide[path] = overflow_px(page)
        if found := page.evaluate(SMALL, LEAST_TARGET_PX):
            small[path] = found
    assert wide == {}
    assert small == {}


def test_nothing_that_has_the_focus_lies_behind_the_bar_of_a_phone(demo_server, run_path, browse):
    page = browse(demo_server, "/", width=390, height=844)
    behind = {}
    for path in ("/", "/check-in", "/plan/start", "/settings", "/import", run_path):
        page.goto(demo_server.address + path)
        if found := page.evaluate(BEHIND):
            behind[path] = found
    assert behind == {}


def test_the_run_page_answers_first_and_folds_its_details(demo_server, run_path, browse):
    page = browse(demo_server, run_path, width=1440, height=900)
    page.wait_for_selector("html[data-interactive]", state="attached")
    page.wait_for_selector("html[data-map]", state="attached")  # with all that comes later
    page.wait_for_function(f"most => ({STOPS})().length <= most", arg=MOST_STOPS)
    page.wait_for_function("tallest => document.documentElement.scrollHeight <= tallest", arg=TALLEST_PX)
    expect(page.locator("#label input[name=direction]:checked")).to_have_count(0)


def test_a_refused_form_puts_the_keyboard_where_it_is_wrong(demo_server, browse):
    page = browse(demo_server, "/settings", expected="422")
    page.fill("#birth_year", "soon")
    page.locator("form[action='/settings/you'] button").click()
    expect(page.locator("#birth_year[aria-invalid=true]")).to_be_focused()
