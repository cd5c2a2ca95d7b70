"""While a stop stands nothing that holds training leaves, at any door. Every door is found, none is listed by hand:
an export, a page or a command that is new and does not ask fails here."""

from __future__ import annotations

import inspect
import io
import itertools
import re
import shutil
import zipfile
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from tests.apps.browsing import Browser, answers, track_file

from backward_running import plans
from backward_running.apps.cli import COMMANDS, backward
from backward_running.apps.web.server import create_app
from backward_running.core.athlete import CheckIn
from backward_running.core.errors import BackwardRunningError, Stopped
from backward_running.core.plan import Change, Reason, Repeat
from backward_running.core.ports import ActivityQuery
from backward_running.flows import adapt, clearing, coach, export, export_plan, feed, intake, making, push
from backward_running.store import open_store

NOW = datetime(2026, 5, 6, 10, tzinfo=UTC)
#: Stands in everything that is said of a session to come.
MARK = "ZQX"
FLAG = {"red_flags": ("chest_pain",)}
STOPS = {"red flag": FLAG, "severe pain": {"pain_nrs": {"knee": 8.0}}, "fall without an answer": {"fell": True}}


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch):
    """Let every command take place at the same moment."""
    monkeypatch.setattr("backward_running.apps.cli._shared.machine_clock", lambda: NOW)


def _marked_step(step):
    return replace(step, name=f"{MARK} step", cue=f"{MARK} cue")


def _marked(one):
    pieces = tuple(
        replace(piece, steps=tuple(map(_marked_step, piece.steps)))
        if isinstance(piece, Repeat)
        else _marked_step(piece)
        for piece in one.pieces
    )
    return replace(
        one,
        title=f"{MARK} title",
        summary=f"{MARK} summary",
        with_whom=f"{MARK} whom",
        pieces=pieces,
        reasons=(Reason(f"{MARK} reason."),),
        advice=(f"{MARK} advice",),
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A store with a recording, a plan whose every word of a session is marked, and a feed that was read."""
    folder = tmp_path_factory.mktemp("stops")
    store = open_store(folder)
    (entry,) = intake.import_file(store, "hill.fit", track_file(), now=NOW)
    browser = _browser(store)
    monday = NOW.date() + timedelta(days=1)
    assert browser.submit("/plan/start", answers(starts_on=monday.isoformat())).status_code == 200
    plan = store.plan()
    weeks = tuple(
        replace(week, workouts=tuple(map(_marked, week.workouts)), focus=f"{MARK} focus") for week in plan.weeks
    )
    first = weeks[0].workouts[0]
    changes = (Change(first.workout_id, None, first, ()),)
    store.put_plan(replace(plan, weeks=weeks, changes=changes, notes=(Reason(f"{MARK} note."),), revision=2))
    token = feed.open_feed(store)
    feed.feed(store, token, now=NOW)
    feed.set_clock(store, at="18:00", zone="Europe/Helsinki", remind_min=60)
    store.close()
    return SimpleNamespace(
        folder=folder, activity_id=entry.activity_ids[0], workout_id=first.workout_id, week=first.week, token=token
    )


@pytest.fixture(scope="module", autouse=True)
def as_it_is_kept():
    """Let the marked plan be the one in force, and every wish change its first session: what a dose may be is tested
    elsewhere, and would make the sessions anew without their marks."""

    def adapted(store, situation, wishes, *, now):
        return plans.Adapted(situation.plan, situation.plan.changes if wishes else (), ())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "adapted", adapted)
        yield


def _browser(store):
    return Browser(create_app(store, now=lambda: NOW), follow_redirects=True, raise_server_exceptions=False)


@pytest.fixture
def opened(home, tmp_path):
    store = open_store(shutil.copytree(home.folder, tmp_path / "home"))
    yield SimpleNamespace(**vars(home), store=store, home=tmp_path / "home")
    store.close()


def stop(opened, **what) -> None:
    """Report it; a plan that was already asked about is asked again."""
    coach.add_check_in(opened.store, CheckIn(NOW, **what))


def unpacked(data: bytes) -> str:
    """Return everything that can be read in a file: an archive and the streams of a PDF opened, text as it is."""
    texts = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            texts += [archive.read(name) for name in archive.namelist()]
    if data.startswith(b"%PDF"):
        for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S):
            try:
                texts.append(zlib.decompress(found[1]))
            except zlib.error:
                continue
    return b"\n".join(texts).decode("utf-8", "replace")


# Exports


def exports():
    """Return every function of the room of exports that gives out a file of the plan."""
    found = {
        name: one
        for name, one in vars(export_plan).items()
        if inspect.isfunction(one) and not name.startswith("_") and one.__module__ == export_plan.__name__
    }
    assert set(found) >= {"workout_file", "week_zip", "plan_ics", "plan_csv", "plan_json", "plan_pdf"}
    return found


def calls(function, opened, *, endings=tuple(export_plan.WRITERS)):
    """Call a function in every way its parameters allow; one that is not known here must be taught."""
    known = {
        "store": [opened.store], "workout_id": [opened.workout_id], "week": [opened.week], "now": [NOW],
        "today": [NOW.date()], "ending": list(endings),
        "speed_words": [str],
    }  # fmt: skip
    names = list(inspect.signature(function).parameters)
    assert set(names) <= set(known), f"teach this test what {function.__name__} takes: {set(names) - set(known)}"
    for values in itertools.product(*(known[name] for name in names)):
        yield lambda values=values: function(**dict(zip(names, values, strict=True)))


@pytest.mark.parametrize("what", STOPS.values(), ids=STOPS)
@pytest.mark.parametrize("name", exports())
def test_no_export_of_the_plan_leaves_while_a_stop_stands(opened, name, what):
    # The plan is one for outdoors: nothing of it is written for a treadmill anyway.
    for call in calls(exports()[name], opened, endings=[one for one in export_plan.WRITERS if one != "zwo"]):
        call()
    stop(opened, **what)
    for call in calls(exports()[name], opened):
        with pytest.raises(Stopped, match="past recordings") as refused:
            call()
        assert MARK not in str(refused.value)


@pytest.mark.parametrize("what", STOPS.values(), ids=STOPS)
def test_the_feed_calls_off_what_is_to_come_and_reminds_of_nothing(opened, what):
    assert MARK in feed.feed(opened.store, opened.token, now=NOW).decode()
    stop(opened, **what)
    told = feed.feed(opened.store, opened.token, now=NOW).decode()
    events = told.count("BEGIN:VEVENT")
    assert events > 10 and told.count("STATUS:CANCELLED") == events
    assert MARK not in told and "VALARM" not in told and "DESCRIPTION" not in told


class _Elsewhere:
    """A calendar at a service, empty but for what is put."""

    def __init__(self) -> None:
        self.kept, self.sent = [], []

    def events(self, _oldest, _newest):
        return self.kept

    def upsert(self, events):
        self.sent += events
        self.kept = [{**one, "id": at} for at, one in enumerate(events)]

    def delete(self, ids):
        self.kept = [one for one in self.kept if one["id"] not in ids]


@pytest.mark.parametrize("what", STOPS.values(), ids=STOPS)
def test_nothing_is_sent_to_a_service_and_what_is_there_is_taken_back(opened, what):
    there = _Elsewhere()
    push.push(opened.store, there, now=NOW)
    assert MARK in str(there.sent) and there.kept
    stop(opened, **what)
    there.sent.clear()
    for send in (push.push, lambda store, remote, now: push.turn_on(store, remote, "key", now=now)):
        with pytest.raises(Stopped):
            send(opened.store, there, now=NOW)
    with pytest.raises(Stopped):
        push.preview(opened.store, now=NOW)
    assert (there.sent, there.kept) == ([], [])


def test_past_records_still_leave(opened):
    stop(opened, **FLAG)
    for make in (export.original, export.bouts_csv, export.samples_csv, export.track_geojson):
        assert len(make(opened.store, opened.activity_id)[1]) > 100
    assert export.runs_csv(opened.store, ActivityQuery())[1].count(b"\n") > 1


@pytest.mark.parametrize("what", STOPS.values(), ids=STOPS)
def test_nothing_is_proposed_or_asked_of_the_plan_while_a_stop_stands(opened, what):
    stop(opened, **what)
    view = coach.today(opened.store, now=NOW)
    assert (view.next_workout, view.this_week, view.proposal) == (None, None, None)
    assert adapt.proposal(opened.store, now=NOW) is None
    assert coach.choices(opened.store, coach.draft(opened.store), today=NOW.date()) == ()


# Pages

#: What stands in the address of a page. A name that is not here must be taught.
QUERIES = (
    "/plan?week=2", "/plan?view=month", f"/plan?view=month&month={NOW + timedelta(days=31):%Y-%m}",
    f"/calendar?month={NOW + timedelta(days=31):%Y-%m}", "/plan/changes?kind=skip&workout={workout_id}",
    "/plan/changes?kind=away&from={day}&until={day}", "/plan/start/details?more", "/?kept", "/check-in/saved",
)  # fmt: skip
#: Pages that show sessions to come where nothing stops them: if one is missing here, the test sees too little.
SHOWS = {
    "/", "/plan", "/plan.csv", "/plan.json", "/plan.ics", "/plan/changes", "/plan/workout/{workout_id}",
    "/plan/export/intervals", "/plan/week/{week}.{ending}.zip", "/plan/workout/{workout_id}.{ending}", "/calendar/{token}.ics",
}  # fmt: skip


def pages(app):
    """Return the path of every page that is read."""

    def flat(route):
        inner = getattr(getattr(route, "original_router", None), "routes", None)
        return inner if inner is not None else [route]

    found = {
        one.path for route in app.router.routes for one in flat(route) if "GET" in (getattr(one, "methods", ()) or ())
    }
    assert len(found) > 40
    return sorted(found)


def addresses(path, opened):
    """Fill in an address in every way."""
    known = {
        "workout_id": [opened.workout_id], "activity_id": [opened.activity_id], "week": [str(opened.week)],
        "ending": list(export_plan.WRITERS), "token": [opened.token], "key": ["balance", opened.activity_id], "photo_id": ["none"],
        "day": [(NOW.date() + timedelta(days=2)).isoformat()], "athlete_id": [opened.store.athlete_id],
        "region": ["park"], "zoom": ["15"], "column": ["0"], "row": ["0"],
    }  # fmt: skip
    names = re.findall(r"\{(\w+)(?::\w+)?\}", path)
    assert set(names) <= set(known), f"teach this test what stands in {path}"
    for values in itertools.product(*(known[name] for name in names)):
        yield path.format(**dict(zip(names, values, strict=True)))


def shown(browser, address):
    """Return all that a page says, as a page, as a fragment and as JSON."""
    headers = ({}, {"HX-Request": "true"}, {"Accept": "application/json"})
    return "\n".join(unpacked(browser.get(address, headers=one).content) for one in headers)


def test_no_page_shows_a_session_to_come_while_a_red_flag_stands(opened):
    browser = _browser(opened.store)
    every = {path: list(addresses(path, opened)) for path in (*pages(browser.app), *QUERIES)}
    seen = {path for path, found in every.items() if any(MARK in unpacked(browser.get(one).content) for one in found)}
    assert seen >= SHOWS
    assert browser.get("/plan.pdf").status_code == 200
    stop(opened, **FLAG)
    leaks = [one for found in every.values() for one in found if MARK in shown(browser, one)]
    assert leaks == []
    assert browser.get("/plan.pdf").status_code == 422
    for address in ("/", "/plan", "/plan/export", "/check-in/saved"):
        assert "Call the emergency number" in browser.get(address).text, address


@pytest.mark.parametrize("what", [STOPS["severe pain"], STOPS["fall without an answer"]], ids=list(STOPS)[1:])
def test_no_session_to_come_is_offered_or_opened_while_another_stop_stands(opened, what):
    browser = _browser(opened.store)
    stop(opened, **what)
    offered = ["/", "/check-in/saved", "/plan/export", *SHOWS - {"/plan"}]
    leaks = [one for path in offered for one in addresses(path, opened) if MARK in shown(browser, one)]
    # What the plan changed last is part of the plan, which stays to be seen.
    assert set(leaks) <= {"/plan/changes"}


# Commands

DAY = f"{NOW + timedelta(days=2):%Y-%m-%d}"
#: How each command is called; a new command must be taught. None: it does not end by itself.
CALLS: dict[str, list[list[str]] | None] = {
    "serve": None,
    "import": [["{file}"]], "imports": [[]], "sources": [[], ["--json"]], "runs": [[], ["--json"]], "show": [["last"], ["last", "--json"]],
    "calendar": [[], ["--json"], [f"{NOW + timedelta(days=31):%Y-%m}"], [f"{NOW + timedelta(days=31):%Y-%m}", "--json"]],
    "progress": [[], ["--json"], ["--weeks", "0"]],
    "measure": [["weight", "71.5"], ["weight"]], "works": [[], ["weight"], ["--json"]],
    "report": [["--to", "-"], ["--to", "-", "--as", "weeks"], ["--to", "-", "--as", "days"], ["--to", "-", "--as", "fhir"]],
    "experiment": [[], ["pairs_of_weeks", "enjoyment"], ["pairs_of_weeks", "enjoyment", "--register"]],
    "load": [[], ["--json"]], "rename": [["last", "x"]], "forget": [["last", "--yes"]], "detect": [["{file}"]],
    "label": [["last", "0:00", "0:10", "forward"]], "undo": [["last"]], "habits": [[], ["--json"]],
    "start": [[], ["--questions"], ["--more"]],
    "plan": [[], ["--json"], ["--week", "1"], ["--changes"], ["--changes", "--json"], ["--accept", "--yes"],
             ["--accept", "--yes", "--json"], ["--decline", "--json"]],
    "move": [["{workout_id}", DAY, "--yes"], ["{workout_id}", DAY, "--json"]],
    "skip": [["{workout_id}", "--yes"], ["{workout_id}", "--json"]],
    "done": [[], ["{workout_id}"], ["{workout_id}", "--json"], ["--take-back"]], "zone": [["last"], ["last", "Asia/Tokyo"]],
    "ill": [["--yes"], ["--json"]], "away": [["--from", DAY, "--to", DAY, "--yes"], ["--from", DAY, "--to", DAY, "--json"]],
    "today": [[], ["--json"]], "log": [["--note", "x"], ["--calf", "1"]], "check-in": [["--note", "x"]],
    "clearing": [["show"], ["show", "--json"]],
    "live": [["--session", "{workout_id}"], ["--find"]],
    "phone": [["build", "{folder}"], ["link", "--at", "https://runner.example/"], ["link", "--json"],
              ["certificate"], ["certificate", "--json"], ["paired"], ["paired", "--json"]],
    "conditions": [[], ["balance"], ["balance", "--json"]], "ceilings": [[], ["--json"]], "about": [[], ["--json"]],
    "export": [], "feed": [[], ["--json"]], "cost": [["6:00"], ["6:00", "--json"]], "evidence": [[]],
    "simulate": [["{folder}"]], "demo": [["--clear"]], "validate-cost": [["{file}"]],
    "backup": [["{folder}"]], "restore": [[]], "check": [[], ["--json"]], "recompute": [[], ["--check"], ["--json"]],
    "push": [[], ["--preview"], ["--preview", "--json"]], "watch": [["{inbox}", "--once"]],
    "trash": [[], ["--json"], ["restore"]], "edit": [["last", "--trim", "0:10", "1:00"], ["last", "--undo"]],
    "note": [["last"], ["last", "x", "--json"]], "shoes": [[], ["--json"]], "privacy": [[], ["--json"]],
    "people": [[], ["--json"]], "spots": [["--near", "60.17,24.94"]], "region": [[], ["--json"]],
    "export-all": [["{folder}.zip"]], "import-all": [["{file}"]], "open": [["--print", "--port", "1"]],
}  # fmt: skip


def commands():
    """Yield every call of every command; of the export, everything it can be asked for."""
    assert set(CALLS) == set(COMMANDS), "teach this test how the new command is called"
    command = backward.get_command(None, "export")
    kinds = next(one for one in command.params if one.name == "what").type.choices
    for name, arguments in CALLS.items():
        if name == "export":
            endings = {
                "week": export_plan.WRITERS,
                "workout": export_plan.WRITERS,
                "forward-only": ("fit", "rest", "gpx"),
            }
            for kind in kinds:
                which = {"week": ["1"], "workout": ["{workout_id}"]}.get(kind, ["last"])
                yield from ([name, kind, *which, "--as", ending, "--to", "-"] for ending in endings.get(kind, ("fit",)))
        for one in arguments or ():
            yield [name, *one]


def said(opened, arguments, tmp_path) -> str:
    """Run a command on a copy of the store and return all it says, whatever it is asked meanwhile left empty."""
    here = Path(shutil.copytree(opened.home, tmp_path / "copy"))
    inbox = tmp_path / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / "run.fit").write_bytes(track_file(day=18))
    places = {"file": inbox / "run.fit", "inbox": inbox, "folder": tmp_path / "out"}
    filled = [one.format(workout_id=opened.workout_id, **places) for one in arguments]
    result = CliRunner().invoke(backward, ["--home", str(here), *filled], input="\n" * 60)
    shutil.rmtree(here)
    wrong = result.exception
    assert wrong is None or isinstance(wrong, BackwardRunningError | SystemExit), (arguments, wrong)
    return unpacked(result.stdout_bytes) + result.stderr + str(wrong)


def test_no_command_says_a_session_to_come_while_a_red_flag_stands(opened, tmp_path):
    every = list(commands())
    for name in ("calendar", "plan", "skip", "today", "export"):
        assert any(MARK in said(opened, one, tmp_path) for one in every if one[0] == name), name
    stop(opened, **FLAG)
    leaks = [one for one in every if MARK in said(opened, one, tmp_path)]
    assert leaks == []


def test_the_sentence_says_what_stands_whom_to_see_and_what_may_leave(opened):
    stop(opened, **FLAG)
    with pytest.raises(Stopped, match=r"Chest pain.*Call the emergency number, now\..*past recordings"):
        clearing.refuse_while_stopped(opened.store, NOW.date())
