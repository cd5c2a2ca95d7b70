"""The demo is opened beside the runner's own store, and touches nothing of it."""

from __future__ import annotations

import pytest
from tests.apps.browsing import NOW, Browser

from backward_running.apps.web.demo_store import DemoStore
from backward_running.apps.web.server import create_app
from backward_running.core.athlete import Athlete
from backward_running.flows import demo, intake
from backward_running.store import open_store


@pytest.fixture
def own(new_home, monkeypatch):
    """A browser at an empty store with a small demo beside it: one recording instead of twelve weeks."""

    def one_run(store, *, today, now):
        runner = demo.simulate(seed=1, weeks=1, until=today)
        store.put_athlete(runner.athlete)
        yield from intake.import_file(store, *runner.files[0], now=NOW)

    monkeypatch.setattr(demo, "load_demo", one_run)
    store = open_store(new_home)
    beside = DemoStore(new_home / "demo", open_store)
    browser = Browser(create_app(store, now=lambda: NOW, demo=beside), follow_redirects=False)
    browser.store, browser.beside = store, beside
    yield browser
    beside.close()
    store.close()


def test_the_demo_never_touches_the_runners_own_store(own):
    assert own.submit("/demo").headers["location"] == "/"
    for path in ("/", "/runs", "/plan", "/settings"):
        assert "Leave the demo" in own.get(path).text
    assert "1 activity" in own.get("/runs").text
    own.submit("/settings/look", {"theme": "dark"})
    assert own.store.counts().activities == 0
    assert own.store.athlete() == Athlete()
    assert own.store.setting("theme") is None

    assert own.submit("/demo/leave").headers["location"] == "/"
    page = own.get("/").text
    assert "Leave the demo" not in page and "Try the demo" in page
    assert "No runs yet" in own.get("/runs").text


def test_the_demo_is_there_again_and_made_anew_when_its_weeks_are_old(own):
    own.submit("/demo")
    own.submit("/settings/look", {"theme": "dark"})
    own.beside.close()
    assert own.beside.store(NOW).setting("theme") == "dark", "it was kept"
    own.beside.close()
    later = NOW.replace(year=2027, day=26)
    made_anew = own.beside.store(later)
    assert made_anew.setting("theme") is None
    assert made_anew.counts().activities == 1


def test_a_demo_store_that_cannot_be_used_is_made_anew(own):
    folder = own.beside._folder
    folder.mkdir()
    (folder / "backward.db").write_bytes(b"no database" * 100)
    own.submit("/demo")
    assert "1 activity" in own.get("/runs").text
