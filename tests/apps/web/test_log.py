"""The log names routes, kinds of errors and our own lines: no secret, no place and no name, whatever goes wrong."""

from __future__ import annotations

import logging
import re

import pytest
from tests.apps.browsing import NOW, track_file
from tests.apps.web.routes import asked_all, routes

from backward_running.apps.web.background import Worker
from backward_running.apps.web.errands import Errands
from backward_running.core.errors import ServiceError, StoreError
from backward_running.flows import anew, intake, push, watching

#: What stands in an address, a header, a form, a file or the text of an error, and belongs to nobody else.
MARKS = ("Kaivopuisto", "Anna-Liisa", "60.1583", "s3cr3t-t0ken", "home-to-work.fit")
ALL_MARKS = " ".join(MARKS)


class Broken:
    """A store that fails with a text that nobody else may read."""

    def __getattr__(self, name):
        raise RuntimeError(ALL_MARKS)


class Elsewhere:
    """A service that answers nothing, and says so with what it was asked."""

    def __getattr__(self, name):
        def refuse(*_given, **_more):
            raise ServiceError(f"The service does not answer {ALL_MARKS}.")

        return refuse


@pytest.fixture
def written(caplog):
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(logging.Formatter("%(message)s").format(record) for record in caplog.records)


def _headers(browser):
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return {
        "Host": "127.0.0.1:8484", "Origin": "http://127.0.0.1:8484", "X-CSRF-Token": browser.token(), "Cookie": cookies,
        "Content-Type": "application/x-www-form-urlencoded", "User-Agent": MARKS[3], "Referer": f"http://127.0.0.1:8484/{MARKS[0]}",
    }  # fmt: skip


def _hidden(browser, words: str) -> None:
    secrets = [*MARKS, *browser.cookies.values(), browser.app.state.keys.launch, browser.ids[0]]
    assert [mark for mark in secrets if mark in words] == []


def test_a_fault_at_any_route_names_the_route_and_nothing_of_anybody(full, written):
    headers, doors = _headers(full), routes(full.app)
    token = headers["X-CSRF-Token"]
    form = f"csrf_token={token}&title={MARKS[1]}&folder={MARKS[4]}&q={MARKS[0]}".encode()
    asked = []
    for path, methods in doors:
        address = re.sub(r"\{[^}]+\}", MARKS[3], path)
        for method in sorted(methods & {"GET", "POST"}):
            asked.append(
                (path, (method, f"{address}?q={MARKS[0]}&at={MARKS[2]}", headers, form if method == "POST" else b""))
            )
    full.app.state.store = Broken()
    answers = asked_all(full.app, [request for _, request in asked])
    words = written()
    broken = [path for (path, _), (status, *_) in zip(asked, answers, strict=True) if status == 500]
    assert len(broken) > 60, "most routes ask the store"
    assert [path for path in broken if f"{path}: RuntimeError at " not in words] == []
    assert [body for status, _, body in answers if any(mark.encode() in body for mark in MARKS) and status == 500] == []
    _hidden(full, words)


def test_what_is_refused_is_not_written_down(full, written):
    headers = _headers(full) | {"Cookie": f"backward={MARKS[3]}"}
    answers = asked_all(full.app, [
        ("GET", f"/calendar/{MARKS[3]}.ics", headers), ("GET", f"/?key={MARKS[3]}", headers),
        ("POST", f"/runs/{MARKS[3]}/title", headers, f"title={MARKS[1]}".encode()),
        ("GET", f"/{MARKS[0]}", headers | {"Host": MARKS[1]}),
    ])  # fmt: skip
    assert [status for status, *_ in answers if status < 400] == []
    _hidden(full, written())


def test_what_goes_wrong_beside_the_pages_is_told_by_its_kind(full, written, monkeypatch, tmp_path):
    def fails(*_given, **_more):
        raise StoreError(ALL_MARKS)
        yield

    monkeypatch.setattr(anew, "derive_anew", fails)
    monkeypatch.setattr(watching, "folder", lambda _store: fails().__next__())
    Worker(full.store).round()
    errands = Errands(full.store, lambda key: None, lambda: NOW)
    errands.round()
    words = written()
    assert words.count("StoreError at ") == 2
    _hidden(full, words)


def test_a_run_that_cannot_be_judged_anew_is_told_by_its_id_alone(full, written, monkeypatch):
    problem = StoreError(ALL_MARKS)
    monkeypatch.setattr(anew, "derive_anew", lambda _store: iter([anew.Anew("a1b2-0", problem, 1)]))
    Worker(full.store).catch_up()
    words = written()
    assert words.startswith("a1b2-0 cannot be judged anew") and "StoreError" in words
    _hidden(full, words)


def test_a_reader_that_breaks_off_says_where_and_not_of_what(full, written, monkeypatch):
    def breaks(data, told, packing):
        raise ValueError(ALL_MARKS)

    monkeypatch.setattr(intake, "read_and_pack", breaks)
    (entry,) = intake.import_file(full.store, MARKS[4], track_file(title=MARKS[1]), now=NOW)
    words = written()
    assert entry.status == "failed" and "a reader broke off: ValueError at flows/intake.py" in words
    _hidden(full, words)


def test_a_key_to_a_calendar_elsewhere_is_never_written_down(full, written):
    """Refused in a page, which says why, and refused in the background, where nobody looks."""
    asked = []

    def elsewhere(key):
        asked.append(key)
        return Elsewhere()

    full.app.state.remote = elsewhere
    reply = full.submit("/plan/export/intervals", {"key": MARKS[3]})
    assert reply.status_code == 422 and "does not answer" in reply.text
    full.store.put_secret(push.KEY, MARKS[3])
    full.store.put_setting(push.STATE, '{"on": true}')
    assert full.submit("/plan/export/intervals/send").status_code == 422
    Errands(full.store, elsewhere, lambda: NOW).round()
    assert asked == [MARKS[3]] * 3
    _hidden(full, written())
