"""What is done with a memory where two people share a store: a case for every method of the port, and what to fill it with."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import numpy as np
from sqlalchemy import delete
from tests.lives.memory_store import MemoryStore

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import Athlete
from backward_running.core.clearance import Clearance, ClearanceKind
from backward_running.core.derivation import Derivation, Lesson
from backward_running.core.direction import Direction
from backward_running.core.errors import BackwardRunningError
from backward_running.core.habits import Heartbeats, Pulse, Traits
from backward_running.core.keepsakes import RecordingEdit, RunNote, Shoe
from backward_running.core.measurement import Measurement
from backward_running.core.paired_phone import PairedPhone
from backward_running.core.ports import ActivityQuery, ImportEntry, Store
from backward_running.core.session import BEST_WAYS, Paint
from backward_running.core.statement import Runs, Statement
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.store.schema import load_month

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SETTINGS = ("units", "draft_answers", "calendar_token", "habits", "nobody set this")
PHOTO = sha256(b"photo").hexdigest()
WAITING = sha256(b"waits").hexdigest()


@dataclass(frozen=True)
class Things:
    """What a case is done with: nouns to put in, and every id and key that anybody in the store has."""

    samples: object
    ids: tuple[str, ...]
    keys: tuple[str, ...]


def outcome(act, *given, **knobs):
    """Return what came of it: an answer, or an error as it was said."""
    try:
        return act(*given, **knobs)
    except BackwardRunningError as error:
        return type(error).__name__, str(error)


def each(act, wanted, *more):
    return [outcome(act, one, *more) for one in wanted]


def _add_files(store, things):
    file = things.samples.file(b"shared", parts=2, n=5, title="again")
    other = things.samples.file(b"only theirs", n=5, title="mine now")
    return [outcome(one.into, store) for one in (file, other)]


def _sum_load_months(store, things):
    if not isinstance(store, MemoryStore):
        with store._changing() as connection:
            connection.execute(delete(load_month).where(store._mine(load_month)))
    return [store.sum_load_months(), store.sum_load_months()]


def _straights(store):
    return [(run.activity_id, run.started_at, run.cells.tolist()) for run in store.straights()]


def _put_session(store, things):
    done = []
    for activity_id in things.ids:
        row = outcome(store.row, activity_id)
        if isinstance(row, tuple):  # an error
            row = things.samples.file(b"x", n=2).activities[0][2]
            row = replace(row, activity_id=activity_id)
        session = replace(things.samples.session(activity_id, bouts=9), loads=None)
        done.append(outcome(store.put_session, session, replace(row, title="understood anew")))
    return done


def _keep_waiting(store, things):
    for number in range(3):
        at = things.samples.now + timedelta(hours=number)
        store.keep_waiting(f"{number}" * 64, "new.csv", b"3", at, most=1)
    return each(lambda key: store.keep_waiting(key, "again.csv", b"4", things.samples.now, most=2), things.keys)


def _put_recording(store, things):
    files = (things.samples.file(b"shared", parts=2, n=5), things.samples.file(b"only theirs", n=5))
    read = [replace(one[0], title="read again") for file in files for one in file.activities]
    return each(store.put_recording, read)


def _in_one(store, things):
    """Both are kept, or neither is."""
    with store.transaction():
        store.put_athlete(Athlete("whole"))
        store.add_check_in(things.samples.check_in(note="whole"))
    with suppress(RuntimeError), store.transaction():
        store.put_athlete(Athlete("half"))
        raise RuntimeError
    return store.athlete()


NOW_DERIVED = Derivation("c" * 16, "d" * 16, "now")
BASES = ("a" * 16 + "b" * 16, "a" * 16 + "c" * 16, "0" * 32)


def _word(things, whose):
    return Clearance(ClearanceKind.CLINICIAN, things.samples.now, ("pain",), whose, date(2026, 5, 1), allows="walking")


QUERIES = (
    ActivityQuery(),
    ActivityQuery(text="theirs"),
    ActivityQuery(text="shared", limit=1, offset=1),
    ActivityQuery(direction=Direction.BACKWARD),
    ActivityQuery(sport="walking"),
    ActivityQuery(since=date(2026, 5, 1), until=date(2026, 5, 9)),
    ActivityQuery(unknown_from_s=1.0, on_foot=True),
    ActivityQuery(simulated=True),
    ActivityQuery(simulated=False),
)


def _put_activity(store, things):
    (one,) = things.samples.file(b"only mine", n=5).activities
    return outcome(store.put_activity, *one, NOW_DERIVED, Lesson())


CASES = {
    "counts": lambda store, things: store.counts(),
    "has_file": lambda store, things: each(store.has_file, things.keys),
    "activity_ids_of": lambda store, things: each(store.activity_ids_of, things.keys),
    "add_files": _add_files,
    "packing": lambda store, things: store.packing(b"a file", [things.samples.recording("e" * 64, n=9)]).recordings,
    "keep_waiting": _keep_waiting,
    "original": lambda store, things: each(store.original, things.keys),
    "damages": lambda store, things: list(store.damages()),
    "put_original": lambda store, things: each(store.put_original, things.keys, b"shared"),
    "put_recording": _put_recording,
    "activities": lambda store, things: each(store.activities, QUERIES),
    "count_activities": lambda store, things: each(store.count_activities, QUERIES),
    "count_said": lambda store, things: store.count_said(30.0),
    "sums": lambda store, things: each(store.sums, QUERIES),
    "load_rows": lambda store, things: [
        store.load_rows(),
        store.load_rows(LONG_AGO),
        store.load_rows(None, things.samples.now),
    ],
    "load_months": lambda store, things: [(month.first, month.sessions) for month in store.load_months()],
    "sum_load_months": _sum_load_months,
    "bests": lambda store, things: [store.bests(simulated=simulated) for simulated in (False, True)],
    "longest_stretches": lambda store, things: [
        store.longest_stretches(way, simulated=simulated) for way in BEST_WAYS for simulated in (False, True)
    ],
    "days_on_foot": lambda store, things: store.days_on_foot(LONG_AGO.date(), things.samples.now.date()),
    "straights": lambda store, things: _straights(store),
    "without_straights": lambda store, things: [store.without_straights(most=9), store.without_straights(most=1)],
    "count_without_straights": lambda store, things: store.count_without_straights(),
    "put_straights": lambda store, things: [
        store.put_straights(dict.fromkeys(things.ids, np.ones((2, 9)))),
        _straights(store),
        store.count_without_straights(),
    ],
    "hearts": lambda store, things: store.hearts(LONG_AGO),
    "row": lambda store, things: each(store.row, things.ids),
    "neighbours": lambda store, things: each(store.neighbours, things.ids),
    "recording": lambda store, things: each(store.recording, things.ids),
    "put_told": lambda store, things: each(
        store.put_told, things.ids, SuppliedMetadata(place="chest", mount_known=False)
    ),
    "recording_heads": lambda store, things: [store.recording_heads(things.ids), store.recording_heads(things.ids)],
    "session": lambda store, things: each(store.session, things.ids),
    "put_session": _put_session,
    "rename": lambda store, things: each(store.rename, things.ids, "Renamed"),
    "delete_activity": lambda store, things: each(store.delete_activity, things.ids),
    "delete_simulated": lambda store, things: store.delete_simulated(),
    "paints": lambda store, things: each(store.paints, things.ids),
    "add_paint": lambda store, things: each(store.add_paint, things.ids, Paint(5.0, 6.0, Direction.BACKWARD)),
    "undo_paint": lambda store, things: [each(store.undo_paint, things.ids) for _ in range(4)],
    "athlete": lambda store, things: store.athlete(),
    "put_athlete": lambda store, things: each(store.put_athlete, (Athlete("New"), Athlete("Sim", simulated=True))),
    "check_ins_of": lambda store, things: each(store.check_ins_of, ("a-0", *things.ids)),
    "check_ins": lambda store, things: [
        store.check_ins(),
        store.check_ins(things.samples.now),
        store.check_ins(most=1),
    ],
    "telling_check_ins": lambda store, things: store.telling_check_ins("Europe/Helsinki"),
    "told_at": lambda store, things: store.told_at(LONG_AGO),
    "add_check_in": lambda store, things: store.add_check_in(things.samples.check_in(note="new")),
    "measurements": lambda store, things: store.measurements(),
    "put_measurement": lambda store, things: each(store.put_measurement, (_measured("m1", 9.0), _measured("new", 1.0))),
    "take_back_measurement": lambda store, things: each(store.take_back_measurement, ("m1", "theirs", "nothing")),
    "clearances": lambda store, things: store.clearances(),
    "add_clearance": lambda store, things: store.add_clearance(_word(things, "Dr. New")),
    "said_done": lambda store, things: store.said_done(),
    "put_said_done": lambda store, things: each(store.put_said_done, (_said("w1", 9.0), _said("new", 1.0))),
    "take_back_said_done": lambda store, things: each(store.take_back_said_done, ("w1", "theirs", "nothing")),
    "statements": lambda store, things: store.statements(),
    "put_statement": lambda store, things: each(store.put_statement, (_statement("s1", 9), _statement("new", 1))),
    "doubt": lambda store, things: store.doubt(things.ids),
    "plan": lambda store, things: store.plan(),
    "plans": lambda store, things: store.plans(),
    "put_plan": lambda store, things: store.put_plan(things.samples.plan("plan")),
    "setting": lambda store, things: each(store.setting, SETTINGS),
    "put_setting": lambda store, things: each(store.put_setting, SETTINGS, "new"),
    "habits": lambda store, things: store.habits(),
    "pulses_before": lambda store, things: [
        store.pulses_before(datetime(2030, 1, 1, tzinfo=UTC), "", simulated=one) for one in (False, True)
    ],
    "is_forgotten": lambda store, things: each(store.is_forgotten, things.ids),
    "forget_habits": lambda store, things: store.forget_habits(),
    "transaction": _in_one,
    "revision": lambda store, things: store.revision(),
    "derivation": lambda store, things: each(store.derivation, things.ids),
    "put_derivation": lambda store, things: each(store.put_derivation, things.ids, NOW_DERIVED),
    "count_stale": lambda store, things: each(store.count_stale, BASES),
    "stale": lambda store, things: [
        [store.stale(one, most=9), store.stale(one, most=1), store.stale(one, most=9, besides=things.ids[1:])]
        for one in BASES
    ],
    "stale_recipe": lambda store, things: [store.stale_recipe(one[:16], most=9) for one in BASES],
    "stale_of": lambda store, things: [store.stale_of(things.ids, one) for one in BASES],
    "trash_activity": lambda store, things: [each(store.trash_activity, things.ids, LONG_AGO), store.trash()],
    "trash": lambda store, things: store.trash(),
    "restore_activity": lambda store, things: each(store.restore_activity, things.ids),
    "empty_trash": lambda store, things: [store.empty_trash(LONG_AGO), store.empty_trash()],
    "edits": lambda store, things: store.edits(),
    "begin_edit": lambda store, things: outcome(store.begin_edit, _edit("new", things.ids[-1:])),
    "put_activity": _put_activity,
    "undo_edit": lambda store, things: each(store.undo_edit, ("e1", "e of theirs", "nothing")),
    "note": lambda store, things: each(store.note, things.ids),
    "put_note": lambda store, things: each(store.put_note, things.ids, RunNote("new", "s1")),
    "shoes": lambda store, things: store.shoes(),
    "put_shoe": lambda store, things: store.put_shoe(Shoe("s1", "new")),
    "shoe_sums": lambda store, things: store.shoe_sums(),
    "photos": lambda store, things: each(store.photos, things.ids),
    "photo": lambda store, things: each(store.photo, things.ids, PHOTO),
    "add_photo": lambda store, things: each(store.add_photo, things.ids, "image/png", b"new"),
    "delete_photo": lambda store, things: each(store.delete_photo, things.ids, PHOTO),
    "phones": lambda store, things: store.phones(),
    "put_phone": lambda store, things: each(store.put_phone, (_phone("p1", "new"), _phone("new", "new"))),
    "forget_phone": lambda store, things: each(store.forget_phone, ("p1", "theirs", "nothing")),
    "secret": lambda store, things: each(store.secret, ("key", "nothing")),
    "put_secret": lambda store, things: [
        store.put_secret("key", "new"),
        store.secret("key"),
        store.put_secret("key", None),
    ],
    "log_import": lambda store, things: store.log_import(_line("new")),
    "import_log": lambda store, things: [store.import_log(), store.import_log(1)],
}

#: What is of nobody, or of everybody, on purpose; each has a test of its own below, or in its room.
SHARED = {
    "athlete_id": "says whose the handle is",
    "of": "leads from one to another",
    "add_athlete": "makes somebody new",
    "people": "says who is there: of all of them, their names",
    "name_athlete": "is about whoever is named",
    "open_first": "is about whoever is named",
    "erase_athlete": "is about whoever is named; tests/store/test_people.py holds what goes and what stays",
    "program_setting": "is of the program",
    "put_program_setting": "is of the program",
    "machine_zone": "asks the machine",
    "close": "lets go of the database for all",
}


def _said(workout_id: str, backward_s: float, **knobs: bool) -> SaidDone:
    said_at = datetime(2026, 5, 4, 19, tzinfo=UTC)
    return SaidDone(workout_id, "First", date(2026, 5, 4), said_at, backward_s, 600.0, 60.0, **knobs)


def _edit(edit_id: str, sources: tuple[str, ...]) -> RecordingEdit:
    return RecordingEdit(edit_id, LONG_AGO, "trim", sources, sources)


def _statement(statement_id: str, minute: int) -> Statement:
    stated_at = datetime(2026, 5, 4, 19, minute, tzinfo=UTC)
    return Statement(statement_id, Runs(before=date(2026, 5, 4)), Direction.FORWARD, stated_at)


def _line(name: str) -> ImportEntry:
    return ImportEntry(datetime(2026, 5, 3, tzinfo=UTC), f"{name}.txt", None, "failed", f"No reader knows {name}.")


def _measured(measurement_id: str, value: float) -> Measurement:
    return Measurement(measurement_id, "weight", datetime(2026, 5, 4, 6, tzinfo=UTC), 70.0 + value)


def _phone(phone_id: str, name: str) -> PairedPhone:
    return PairedPhone(phone_id, name, LONG_AGO, sha256(name.encode()).hexdigest())


def fill(store: Store, who: str, samples) -> None:
    """Put in what everybody of the tests has under one name, and what is only theirs; each says whose it is."""
    shared = samples.file(b"shared", parts=2, n=5, title=f"shared of {who}")
    own = samples.file(f"only {who}".encode(), n=5, title=f"only {who}", sport="walking")
    demo = samples.file(b"demo", n=5, title=f"demo of {who}", simulated=True)
    for one in (shared, own, demo):
        one.into(store)
    first, second = shared.entry.activity_ids
    store.put_session(
        samples.session(first, bouts=4 + len(who)), replace(store.row(first), title=f"shared of {who}, again")
    )
    for simulated in (False, True):
        store.put_athlete(Athlete(who, simulated=simulated))
        store.add_check_in(samples.check_in(note=who), simulated=simulated)
        store.add_clearance(_word(Things(samples, (), ()), f"Dr. {who}"), simulated=simulated)
        store.put_plan(replace(samples.plan("plan"), title=who), simulated=simulated)
    for name in SETTINGS[:3]:
        store.put_setting(name, f"{name} of {who}")
    store.log_import(_line(who))
    if isinstance(store, MemoryStore):
        return
    store.add_paint(first, Paint(0.0, float(len(who)), Direction.BACKWARD))
    store.add_paint(second, Paint(0.0, float(len(who)), Direction.FORWARD))
    store.put_told(second, SuppliedMetadata(place={"mine": "waist", "theirs": "chest"}[who]))
    pulse = Pulse(first, LONG_AGO, False, Heartbeats(400.0, 6e4, 8e3), Heartbeats(90.0 + len(who), 1.5e4, 2e3))
    for number, activity_id in enumerate(shared.entry.activity_ids):
        lesson = Lesson(Traits(activity_id, LONG_AGO, told_forward_s=float(len(who))), None if number else pulse)
        session, row = store.session(activity_id), store.row(activity_id)
        store.put_session(session, row, Derivation("a" * 16, "b" * 16, f"inputs of {who}"), lesson)
    store.put_straights({first: np.full((1, 9), float(len(who)))})
    store.put_secret("key", who)
    store.put_shoe(Shoe("s1", who, float(len(who))))
    store.put_note(first, RunNote(f"note of {who}", "s1"))
    store.add_photo(first, "image/jpeg", b"photo")
    edited, deleted = (samples.file(data, n=5, title=f"{data} of {who}") for data in (b"edited", b"deleted"))
    for one in (edited, deleted):
        one.into(store)
    store.trash_activity(deleted.entry.activity_ids[0], LONG_AGO)
    store.begin_edit(_edit("e1", edited.entry.activity_ids))
    store.put_said_done(_said("w1", float(len(who))))
    store.put_said_done(_said(who, 60.0))
    store.put_said_done(_said("demo", 1.0, simulated=True))
    store.put_measurement(_measured("m1", float(len(who))))
    store.put_measurement(_measured(who, 60.0))
    store.put_measurement(_measured("demo", 1.0), simulated=True)
    store.put_phone(_phone("p1", f"phone of {who}"))
    store.put_phone(_phone(who, who))
    store.put_statement(_statement("s1", len(who)))
    store.put_statement(_statement(who, 1))
    store.keep_waiting(WAITING, f"{who}.csv", b"waits", samples.now, most=2)
