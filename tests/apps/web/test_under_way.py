"""An import goes on when its page is left; who comes back sees how far it is, and what came of it."""

from __future__ import annotations

import io
import threading
import zipfile

import pytest
from tests.apps.browsing import track_file

from backward_running.apps.web.under_way import Imports
from backward_running.core.ports import ActivityQuery, ImportEntry
from backward_running.flows import intake, keeping

FRAGMENT = {"HX-Request": "true"}


def archive(count):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as members:
        for number in range(count):
            members.writestr(f"run{number}.fit", track_file(day=10 + number, length_s=120, backward=(40, 60)))
        members.writestr("zeros.fit", bytes(99))
    return packed.getvalue()


@pytest.fixture
def halfway(empty, monkeypatch):
    """An import that stands still after its first run until it is let go, sent by somebody who is gone."""
    reached, let_go = threading.Event(), threading.Event()
    real = intake.import_many

    def slowly(*args, **kwargs):
        for entry in real(*args, **kwargs):
            yield entry
            reached.set()
            assert let_go.wait(60)

    monkeypatch.setattr(intake, "import_many", slowly)
    monkeypatch.setattr(keeping, "TOGETHER", 1)
    sending = threading.Thread(target=lambda: empty.submit("/import/file", files={"files": ("all.zip", archive(3))}))
    sending.start()
    assert reached.wait(60)

    def finish():
        let_go.set()
        sending.join(60)

    yield empty, finish
    finish()


def runs(browser):
    return len(browser.store.activities(ActivityQuery(limit=100)))


def test_who_comes_back_sees_how_far_it_is_and_then_what_came(halfway):
    browser, finish = halfway
    page = browser.get("/import").text
    assert "data-under-way" in page and "all.zip" in page and "1 file so far" in " ".join(page.split())
    assert 'hx-trigger="every 2s"' in browser.get("/import/under-way", headers=FRAGMENT).text
    finish()
    page = " ".join(browser.get("/import").text.split())
    assert "The last import" in page and "3 files new" in page and "1 file not read" in page
    assert "zeros.fit" in page and "only zeros" in page and "Choose files that failed again" in page
    assert 'hx-trigger="every 2s"' not in page
    assert runs(browser) == 3


def test_it_is_stopped_before_the_next_file_and_what_is_here_stays(halfway):
    browser, finish = halfway
    assert browser.submit("/import/under-way", {"now": "hold"}).headers["location"] == "/import"
    assert "paused, what is here stays" in " ".join(browser.get("/import").text.split())
    browser.submit("/import/under-way", {"now": "stop"})
    finish()
    assert runs(browser) == 1
    assert "It was stopped; what is here stays." in " ".join(browser.get("/import").text.split())


def entry(status="new"):
    return ImportEntry(None, "a.fit", None, status, "It came in.")


def test_files_that_come_one_after_the_other_are_one_import_and_time_held_does_not_count():
    now = [100.0]
    imports, store = Imports(lambda: now[0]), object()
    with imports.files(store) as (first, key):
        now[0] += 10
        first.came(entry(), key, 0.5)
        assert first.goes_on()
        assert first.left_s() == pytest.approx(10)
        first.hold()
        now[0] += 50
        assert first.went_s == pytest.approx(10)
        first.go_on()
    now[0] += 5
    with imports.files(store) as (second, key):
        assert second is first
        second.came(entry("failed"), key, None)
    assert imports.of(store).counts == {"new": 1, "failed": 1} and imports.of(object()) is None
    now[0] += 60
    with imports.files(store) as (third, _):
        assert third is not first and not third.entries
