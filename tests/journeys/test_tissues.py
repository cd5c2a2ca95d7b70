"""The body picture in a real browser: one basis at a time, by keyboard, with and without script."""

import pytest
from tests.journeys.conftest import axe_violations
from tests.journeys.expecting import expect, overflow_px, says, until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def backward_run(demo_home):
    """The address of a run with backward running in it."""
    from backward_running.core.ports import ActivityQuery
    from backward_running.store import open_store

    store = open_store(demo_home)
    rows = store.activities(ActivityQuery(limit=500))
    store.close()
    return next(f"/runs/{row.activity_id}" for row in rows if row.title == "Week 6, run 1")


def shown(page):
    """Return the bases whose numbers can be seen."""
    cells = page.locator("#tissues .what[data-basis]")
    return {cells.nth(n).get_attribute("data-basis") for n in range(cells.count()) if cells.nth(n).is_visible()}


@pytest.mark.parametrize("script", [True, False])
def test_one_basis_at_a_time_by_keyboard(demo_server, backward_run, browse, script):
    page = browse(demo_server, backward_run, script=script)
    page.locator("#of-load > summary").click()
    until(page, lambda: shown(page) == {"step"})
    page.locator("#tissues input[value=step]").focus()
    for basis in ("minute", "kilometre", "session"):
        page.keyboard.press("ArrowRight")
        until(page, lambda basis=basis: shown(page) == {basis})
        drawn = page.locator(f"#tissues .bodies g[data-basis={basis}]")
        expect(drawn).to_have_count(2)
        expect(drawn.first).to_be_visible()


def test_with_everything_open_it_stays_accessible_on_a_phone(demo_server, backward_run, browse):
    page = browse(demo_server, backward_run, width=390, height=844, scheme="dark")
    page.locator("#of-load > summary").click()
    for summary in page.locator("#tissues > details > summary").all():
        summary.click()
    expect(page.locator("#tissues > details:not([open])")).to_have_count(0)
    assert axe_violations(page) == []
    until(page, lambda: overflow_px(page) <= 0)


def test_a_badge_opens_the_studies(demo_server, backward_run, browse):
    page = browse(demo_server, backward_run)
    page.locator("#of-load > summary").click()
    badge = page.locator("#tissues .tissue-list summary").first
    badge.click()
    expect(page.locator("#tissues .tissue-list .pop").first).to_be_visible()
    page.locator("#tissues .tissue-list .pop summary").first.click()
    says(page, "Roos 2012", inside="#tissues .tissue-list .pop")
