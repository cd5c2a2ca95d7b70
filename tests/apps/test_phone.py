"""Run it with the phone: the app as files, the week as a code, and what came home in the store."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from click.testing import CliRunner
from PIL import Image
from tests.apps.browsing import NOW, Browser
from tests.formats.test_phone_session import STOP, session

from backward_running import plans
from backward_running.apps import phone_app
from backward_running.apps.cli import backward
from backward_running.apps.web.server import create_app
from backward_running.apps.words.web_address import read_address
from backward_running.core.athlete import CheckIn
from backward_running.core.errors import BadValue, NotFound, Stopped
from backward_running.core.screening import RED_FLAGS
from backward_running.flows import coach, in_force, intake, making, phone
from backward_running.formats.phone_link import read_fragment

APP = "https://runner.example/backward/"
FLAG = CheckIn(NOW, red_flags=("chest_pain",))


@pytest.fixture(autouse=True)
def as_it_is_kept(monkeypatch):
    """Let the plan that was put be the one in force: how one is made from another is tested elsewhere."""
    monkeypatch.setattr(making, "adapted", lambda store, found, wishes, *, now: plans.Adapted(found.plan, (), ()))


@pytest.fixture
def store(full):
    return full.store


def browser(store):
    return Browser(create_app(store, now=lambda: NOW), follow_redirects=True)


def test_a_link_holds_the_sessions_of_seven_days_that_may_be_done(store):
    made = phone.link(store, APP, now=NOW)
    assert made.workouts and made.waiting == ()
    assert all(NOW.date() <= one.on <= made.last_on == NOW.date() + timedelta(days=6) for one in made.workouts)
    assert made.address.startswith(APP + "#s=")
    told = read_fragment(made.address.removeprefix(APP))
    assert [one["id"] for one in told["sessions"]] == [one.workout_id for one in made.workouts]
    walked = [step for one in made.workouts for step in one.each_step()]
    assert any(step.looks_round for step in walked) and not all(step.looks_round for step in walked)


def test_a_code_of_a_week_can_be_scanned(store):
    """A code of version 25 and less (117 modules a side) is read by phones from a screen; finer ones often are not."""
    import segno

    assert segno.make(phone.link(store, APP, now=NOW).address, error="l", micro=False).version <= 25


def test_a_session_behind_a_gate_is_not_in_it(store, monkeypatch):
    held = phone.link(store, APP, now=NOW).workouts[0]
    monkeypatch.setattr(phone, "waits_for", lambda one, _gates: one.workout_id == held.workout_id)
    made = phone.link(store, APP, now=NOW)
    assert made.waiting == (held,) and held not in made.workouts
    assert held.workout_id not in str(read_fragment(made.address.removeprefix(APP)))


def test_nothing_leaves_while_a_red_flag_stands(store):
    phone.put_app_address(store, APP)
    coach.add_check_in(store, FLAG)
    with pytest.raises(Stopped):
        phone.link(store, APP, now=NOW)
    page = browser(store).get("/plan/phone")
    assert page.status_code == 200 and "<svg" not in page.text.split("<main", 1)[1].split('id="app"')[0]
    assert "Call the emergency number" in page.text
    assert "/plan/phone" not in browser(store).get("/").text.split("<main", 1)[1]


def test_without_a_plan_there_is_nothing_to_scan(new_home):
    from backward_running.store import open_store

    store = open_store(new_home)
    with pytest.raises(NotFound, match="no plan"):
        phone.link(store, APP, now=NOW)
    store.close()


def test_the_plan_in_force_is_asked_and_not_the_one_that_was_kept(store, monkeypatch):
    asked = []
    real = in_force.situation
    monkeypatch.setattr(in_force, "situation", lambda *given: asked.append(given) or real(*given))
    phone.link(store, APP, now=NOW)
    assert asked


@pytest.mark.parametrize("typed", [
    "http://runner.example/", "ftp://runner.example/", "runner", "https://", "https://a b/", "https://[::1", "https://x" + 200 * "y",
    "https://me:secret@runner.example/", "javascript:alert(1)",
])  # fmt: skip
def test_an_address_that_cannot_be_is_refused(typed):
    with pytest.raises(BadValue) as refused:
        read_address(typed)
    assert "secret" not in str(refused.value)


def test_an_address_is_read_without_what_stands_behind_it_and_can_be_forgotten(store):
    assert read_address(" https://runner.example/backward/#s=old ") == APP
    assert read_address("http://localhost:8000") == "http://localhost:8000/"
    assert read_address("  ") is None
    phone.put_app_address(store, APP)
    phone.put_app_address(store, None)
    assert phone.app_address(store) is None


def test_the_page_asks_for_the_address_once_and_then_shows_the_code(store):
    visit = browser(store)
    assert "Run it with the phone" not in visit.get("/").text, "a button that leads nowhere yet"
    page = visit.get("/plan/phone").text
    assert '<a href="/plan/phone/app.zip" download>Download the app</a>' in page and "backward phone" not in page
    refused = visit.submit("/plan/phone", {"address": "http://runner.example/"})
    assert refused.status_code == 422 and "begin with https://" in refused.text
    assert phone.app_address(store) is None
    page = visit.submit("/plan/phone", {"address": APP}).text
    assert 'class="qr"' in page and "<svg" in page and phone.link(store, APP, now=NOW).address in page
    assert "Run it with the phone" in visit.get("/").text


def test_the_app_is_whole_and_holds_nothing_of_anybody(tmp_path):
    names = phone_app.build(tmp_path / "app")
    assert set(names) == {path.name for path in (tmp_path / "app").iterdir()}
    page = (tmp_path / "app" / "index.html").read_text()
    told = json.loads(re.search(r'id="words">(.*?)</script>', page, re.S)[1])
    assert [one["words"] for one in told["flags"]] == [flag.words for flag in RED_FLAGS]
    kept = json.loads((tmp_path / "app" / "sw.js").read_text().partition(";\n")[0].removeprefix("const KEPT="))
    assert set(kept["files"]) == {"./", *names} - {"sw.js", "third-party-notices.txt"}
    assert "qr 0" in (tmp_path / "app" / "third-party-notices.txt").read_text()
    manifest = json.loads((tmp_path / "app" / "manifest.webmanifest").read_text())
    for icon in manifest["icons"]:
        width, height = map(int, icon["sizes"].split("x"))
        assert Image.open(tmp_path / "app" / icon["src"]).size == (width, height)
    for name in set(names) - {"third-party-notices.txt"}:
        assert b"http://" not in (tmp_path / "app" / name).read_bytes().replace(b"http://www.w3.org", b"")


def test_the_app_comes_as_an_archive_without_a_terminal(store):
    reply = browser(store).get("/plan/phone/app.zip")
    assert reply.status_code == 200 and reply.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(reply.content)) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == phone_app.files_of_app()
    assert phone_app.archive() == reply.content


def test_an_address_of_this_machine_alone_is_said_to_be_one(store):
    visit = browser(store)
    assert "no phone can open it" in visit.submit("/plan/phone", {"address": "http://localhost:8899/"}).text
    assert "no phone can open it" not in visit.submit("/plan/phone", {"address": APP}).text


def test_the_same_app_has_the_same_name_and_another_has_another(monkeypatch):
    first = phone_app.files_of_app()
    assert phone_app.files_of_app() == first
    monkeypatch.setattr(phone_app, "__version__", "999.0")
    assert phone_app.files_of_app()["sw.js"] != first["sw.js"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("here")
    with pytest.raises(BadValue, match="DIR"):
        phone_app.build(tmp_path / "file")


def test_the_terminal_builds_links_and_remembers(store, tmp_path, monkeypatch):
    monkeypatch.setattr("backward_running.apps.cli._shared.machine_clock", lambda: NOW)
    run = CliRunner()
    home = ["--home", str(tmp_path)]
    assert run.invoke(backward, [*home, "phone", "build", str(tmp_path / "app")]).exit_code == 0
    missing = run.invoke(backward, [*home, "phone", "link"])
    assert isinstance(missing.exception, NotFound)
    shown = run.invoke(backward, [*home, "phone", "link", "--at", APP])
    assert shown.exit_code == 0 and APP + "#s=" in shown.output and "█" in shown.output
    told = json.loads(run.invoke(backward, [*home, "phone", "link", "--json"]).output)
    assert told["sessions"] and told["address"].startswith(APP)


def test_what_was_recorded_is_imported_as_it_came(store):
    (entry,) = intake.import_file(store, "backward-2026-05-01-0800.jsonl.gz", gzip.compress(session(STOP)), now=NOW)
    (row,) = (row for row in store.activities() if row.activity_id == entry.activity_ids[0])
    assert row.title == "First steps"
    again = intake.import_file(store, "again.jsonl.gz", gzip.compress(session(STOP)), now=NOW)
    assert again[0].status == "same"
