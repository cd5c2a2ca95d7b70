"""Several people in one store, in a browser: each page is of one of them, and so is every form on it."""

from __future__ import annotations

import re

import pytest
from tests.apps.browsing import BASE, NOW, Browser, browse, track_file

from backward_running.apps.web.whose import cookie_name
from backward_running.flows import people
from backward_running.store import open_store

PAGE = "/settings/people"


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "store")
    yield opened
    opened.close()


def turned(browser, store, name) -> None:
    who = people.find(store, name)
    assert browser.submit("/people/show", {"person": who.athlete_id}).status_code == 303


def brought(browser, title, day) -> None:
    files = {"files": ("run.fit", track_file(title=title, day=day), "application/octet-stream")}
    assert browser.submit("/import", files=files).status_code in (200, 303)


def test_who_is_alone_sees_no_switch(store):
    assert "menu whose" not in browse(store).get("/").text


def test_what_is_imported_is_of_who_is_shown_and_of_nobody_else(store):
    browser = browse(store)
    browser.submit(PAGE, {"name": "Ben"})
    brought(browser, "Mine", 17)
    turned(browser, store, "Ben")
    brought(browser, "Ben’s", 18)
    assert "Ben’s" in browser.get("/runs").text
    assert "Mine" not in browser.get("/runs").text
    turned(browser, store, "Me")
    assert "Mine" in browser.get("/runs").text
    assert "Ben’s" not in browser.get("/runs").text
    assert "Mine" in browse(store).get("/runs").text  # another browser opens with who comes first


def test_a_window_that_shows_another_changes_nothing(store):
    """Two windows share their cookies: what the older one sends is of who it shows, and is refused."""
    browser = browse(store)
    ben = people.add(store, "Ben").athlete_id
    stale = browser.token()
    turned(browser, store, "Ben")
    late = browser.post(
        "/settings/look", data={"csrf_token": stale, "units": "imperial", "theme": "auto", "week_starts": "monday"},
        headers={"Origin": BASE},
    )  # fmt: skip
    assert late.status_code == 403
    assert "out of date" in late.text
    assert store.setting("units") is None
    assert store.of(ben).setting("units") is None


def test_a_part_of_a_page_of_somebody_else_is_not_given_but_the_page_made_anew(store):
    browser = browse(store)
    people.add(store, "Ben")
    stale = browser.token()
    turned(browser, store, "Ben")
    part = browser.get("/runs", headers={"HX-Request": "true", "X-CSRF-Token": stale})
    assert part.headers["HX-Refresh"] == "true"
    assert "<" not in part.text
    asked = browser.get("/runs", headers={"Accept": "application/json", "X-CSRF-Token": stale})
    assert asked.status_code == 409
    assert browser.get("/runs", headers={"HX-Request": "true", "X-CSRF-Token": browser.token()}).status_code == 200


def test_a_name_that_cannot_be_is_told_at_its_field_and_stays_typed(store):
    browser = browse(store)
    browser.submit(PAGE, {"name": "Ben"})
    twice = browser.submit(PAGE, {"name": "ben"})
    assert twice.status_code == 422
    assert 'value="ben"' in twice.text
    assert "nobody else’s" in twice.text
    ben = people.find(store, "Ben").athlete_id
    renamed = browser.submit(f"{PAGE}/{ben}/name", {"name": "x" * 41})
    assert renamed.status_code == 422
    assert f'aria-describedby="e-{ben}"' in renamed.text
    browser.submit(f"{PAGE}/{store.athlete_id}/name", {"name": "Anna"})
    assert [who.name for who in store.people()] == ["Anna", "Ben"]


def test_everything_goes_only_with_the_name_and_the_browser_turns_back(store):
    browser = browse(store)
    browser.submit(PAGE, {"name": "Ben"})
    brought(browser, "Mine", 17)
    turned(browser, store, "Ben")
    brought(browser, "Ben’s", 18)
    ben = people.find(store, "Ben").athlete_id
    assert "1 run," in browser.get(f"{PAGE}/{ben}/erase").text
    assert browser.submit(f"{PAGE}/{ben}/erase", {"name": "yes"}).status_code == 422
    assert browser.submit(f"{PAGE}/{ben}/erase", {"name": "Ben"}).status_code == 303
    assert cookie_name(8484) not in browser.cookies
    assert "Mine" in browser.get("/runs").text
    assert browser.get(f"{PAGE}/{ben}/erase").status_code == 404


def test_a_browser_of_who_is_gone_shows_who_comes_first(store):
    browser = browse(store)
    ben = people.add(store, "Ben")
    turned(browser, store, "Ben")
    people.erase(store, ben.athlete_id, typed="Ben")
    assert browser.get("/runs").status_code == 200
    assert "menu whose" not in browser.get("/").text


def test_who_the_app_was_opened_for_stays_while_it_is_open(store):
    ben = people.add(store, "Ben").athlete_id
    browser = browse(store.of(ben))
    refused = browser.submit(f"{PAGE}/{ben}/erase", {"name": "Ben"})
    assert refused.status_code == 422
    assert "was not opened for" in refused.text
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("cookie", ["", "nobody", "../x", "0" * 16, "0" * 17])
def test_a_cookie_that_names_nobody_is_as_none(store, cookie):
    people.add(store, "Ben")
    browser = browse(store)
    browser.cookies.set(cookie_name(8484), cookie)
    assert re.search(r"of </span>Me<", browser.get("/").text)


def test_a_calendar_is_of_who_gave_its_address_out(store):
    browser = browse(store)
    people.add(store, "Ben")
    turned(browser, store, "Ben")
    shown = browser.submit("/plan/export/feed").text
    address = re.search(r"/calendar/[\w-]+\.ics", shown)[0]
    stranger = Browser(browser.app, follow_redirects=False)
    stranger.cookies.clear()
    assert stranger.get(address).status_code == 200
    browser.submit("/plan/export/feed/close")
    assert stranger.get(address).status_code == 404


def test_the_demo_is_of_nobody_here(tmp_path, store):
    from backward_running.apps.web.demo_store import DemoStore
    from backward_running.apps.web.server import create_app

    people.add(store, "Ben")
    demo = DemoStore(tmp_path / "demo", open_store)
    browser = Browser(create_app(store, now=lambda: NOW, demo=demo), follow_redirects=False)
    browser.cookies.set("backward_demo_8484", "1")
    assert "menu whose" not in browser.get("/settings").text
    assert browser.get(PAGE).status_code == 422
    demo.close()
