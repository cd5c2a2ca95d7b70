"""One suite for every backend: what a memory must do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import Athlete, Sex
from backward_running.core.clock import ZoneFrom
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, NotFound, StoreError
from backward_running.core.ports import ActivityQuery, Counts, ImportEntry, NewFile
from backward_running.core.recording import Recording
from backward_running.core.session import Paint
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.store import open_store

STROKES = (
    Paint(0.0, 60.0, Direction.BACKWARD),
    Paint(30.5, 90.25, Direction.FORWARD, Gait.WALK, datetime(2026, 5, 3, tzinfo=UTC)),
    Paint(0.0, 10.0, Direction.UNKNOWN),
)


def same_recording(one: Recording, other: Recording) -> bool:
    """Compare two recordings, samples included."""
    for field in fields(Recording):
        if field.name != "streams" and getattr(one, field.name) != getattr(other, field.name):
            return False
    for a, b in zip(one.streams, other.streams, strict=True):
        if (a.place, a.frame, a.mount_known, [*a.columns]) != (b.place, b.frame, b.mount_known, [*b.columns]):
            return False
        if not np.array_equal(a.time_s, b.time_s):
            return False
        if not all(np.array_equal(a.columns[name], b.columns[name], equal_nan=True) for name in a.columns):
            return False
    return True


def test_a_new_store_is_empty(store):
    assert store.counts() == Counts(0, 0, 0)
    assert store.activities() == []
    assert store.athlete() == Athlete()
    assert store.plan() is None
    assert store.check_ins() == ()
    assert store.import_log() == []
    assert store.setting("units") is None


def test_everything_of_a_file_comes_back_as_it_went_in(store, samples):
    file = samples.file(b"\x00\xffbytes" * 100, parts=2, bouts=12)
    assert not store.has_file(file.key)
    file.into(store)
    assert store.has_file(file.key)
    assert store.original(file.key) == ("a.fit", file.data)
    assert store.activity_ids_of(file.key) == file.entry.activity_ids
    assert store.import_log() == [file.entry]
    assert store.counts() == Counts(2, 0, 1)
    for recording, session, row in file.activities:
        assert same_recording(store.recording(row.activity_id), recording)
        assert store.recording(row.activity_id).started_at.utcoffset() == timedelta(hours=2)
        assert store.session(row.activity_id) == session
        assert store.row(row.activity_id) == row


def test_samples_are_read_only_when_they_come_back(store, samples):
    main = store.recording(samples.file().into(store)).main
    assert main is not None
    with pytest.raises(ValueError, match="read-only"):
        main.columns["speed_mps"][0] = 1.0


def test_it_is_still_there_after_closing(address, samples):
    store = open_store(address)
    file = samples.file()
    activity_id = file.into(store)
    store.close()
    again = open_store(address)
    assert again.row(activity_id) == file.activities[0][2]
    again.close()


def test_the_same_bytes_twice_are_kept_once_and_the_log_says_so(store, samples):
    file = samples.file()
    file.into(store)
    file.into(store)
    assert store.counts() == Counts(1, 0, 1)
    assert [entry.status for entry in store.import_log()] == ["same", "new"]
    assert store.import_log()[0].activity_ids == file.entry.activity_ids


def test_a_file_without_activities_is_kept(store, samples):
    file = samples.file()
    store.add_files([NewFile(file.key, "x.fit", file.data, (), replace(file.entry, activity_ids=()))])
    assert store.original(file.key) == ("x.fit", file.data)


def test_what_is_told_of_a_recording_lies_over_what_was_read(store, samples):
    file = samples.file()
    file.into(store)
    (activity_id,) = file.entry.activity_ids
    before = store.recording(activity_id)
    told = SuppliedMetadata(place="waist", mount_known=True, columns={"acc_x_g": "ax"}, started_at=samples.now)
    store.put_told(activity_id, told)
    worn = store.recording(activity_id)
    assert worn.told == told
    assert store.recording_heads([activity_id])[0].told == told
    for was, now in zip(before.streams, worn.streams, strict=True):
        assert now.mount_known == (True if was.is_inertial else was.mount_known)
    store.put_told(activity_id, None)
    again = store.recording(activity_id)
    assert again.told is None
    assert [(one.place, one.frame, one.mount_known) for one in again.streams] == [
        (one.place, one.frame, one.mount_known) for one in before.streams
    ]
    with pytest.raises(NotFound):
        store.put_told("nothing", told)


def test_a_file_that_waits_is_no_import_until_it_comes_in(store, samples):
    file = samples.file()
    tables = [f"1,{number}".encode() for number in range(3)]
    keys = [sha256(table).hexdigest() for table in tables]
    for number, (key, table) in enumerate(zip(keys, tables, strict=True)):
        store.keep_waiting(key, "a.csv", table, samples.now + timedelta(hours=number), most=2)
    with pytest.raises(NotFound):
        store.original(keys[0])
    assert store.original(keys[2]) == ("a.csv", tables[2])
    assert not store.has_file(keys[2])
    assert store.counts().files == 0
    store.keep_waiting(file.key, file.name, file.data, samples.now, most=2)
    file.into(store)
    assert (store.has_file(file.key), store.counts().files) == (True, 1)
    store.keep_waiting(file.key, "other name", b"", samples.now, most=2)
    assert store.original(file.key) == (file.name, file.data)


def test_a_file_that_cannot_be_kept_whole_is_not_kept_at_all(store, samples):
    file = samples.file(parts=2)
    twice = (file.activities[0], file.activities[0])  # the second breaks the rule that ids are unique
    with pytest.raises(StoreError, match="nothing was changed"):
        store.add_files([NewFile(file.key, file.name, file.data, twice, file.entry)])
    assert store.counts() == Counts(0, 0, 0)
    assert store.import_log() == []


def test_activities_of_another_file_are_refused(store, samples):
    file = samples.file()
    with pytest.raises(BadValue, match="belong to the file"):
        store.add_files([NewFile("other", file.name, file.data, file.activities, file.entry)])
    assert store.counts() == Counts(0, 0, 0)


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.original("no"),
        lambda store: store.row("no"),
        lambda store: store.recording("no"),
        lambda store: store.session("no"),
        lambda store: store.rename("no", "title"),
        lambda store: store.delete_activity("no"),
        lambda store: store.add_paint("no", STROKES[0]),
        lambda store: store.undo_paint("no"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(store, ask):
    with pytest.raises(NotFound, match="kept under 'no'"):
        ask(store)


def test_names_that_no_database_takes_are_mended(store, samples):
    file = samples.file(name="a\0b\udcff.fit", title="x\0y")
    activity_id = file.into(store)
    assert store.row(activity_id).title == "x\N{REPLACEMENT CHARACTER}y"
    assert store.row(activity_id).file_name == "a\N{REPLACEMENT CHARACTER}b?.fit"
    assert store.original(file.key)[0] == "a\N{REPLACEMENT CHARACTER}b?.fit"
    assert store.recording(activity_id).marks == file.activities[0][0].marks


def test_numbers_of_numpy_are_taken(store, samples):
    file = samples.file(distance_m=np.float64(12.5), on_foot=np.True_, utc_offset_s=np.int64(60))
    row = store.row(file.into(store))
    assert (row.distance_m, row.on_foot, row.utc_offset_s) == (12.5, True, 60)


# The list


def many(store, samples, count=5):
    """Put in runs of consecutive days; return their ids, newest first."""
    start = datetime(2026, 5, 1, 12, tzinfo=UTC)
    return [samples.file(bytes([i]), started_at=start + timedelta(days=i)).into(store) for i in range(count)][::-1]


def ids(rows):
    return [row.activity_id for row in rows]


def test_the_list_is_newest_first_and_pages_do_not_overlap(store, samples):
    expected = many(store, samples, 7)
    assert ids(store.activities()) == expected
    pages = [store.activities(ActivityQuery(limit=3, offset=offset)) for offset in (0, 3, 6)]
    assert [one for page in pages for one in ids(page)] == expected
    assert store.count_activities(ActivityQuery(limit=3)) == 7
    assert store.activities(ActivityQuery(limit=0)) == []
    assert store.activities(ActivityQuery(limit=-1)) == []
    assert len(store.activities(ActivityQuery(limit=10**30, offset=-5))) == 7


def test_runs_of_the_same_moment_keep_their_order(store, samples):
    file = samples.file(parts=4)
    file.into(store)
    assert ids(store.activities()) == list(file.entry.activity_ids)


def test_days_are_inclusive_and_those_of_where_it_was(store, samples):
    hour = 3600
    moments = {
        b"1": (datetime(2026, 5, 2, 3, 59, tzinfo=UTC), -4 * hour),  # 23:59 on the 1st
        b"2": (datetime(2026, 5, 1, 12, 30, tzinfo=UTC), 12 * hour),  # 00:30 on the 2nd
    }
    early, late = (
        samples.file(data, started_at=at, utc_offset_s=offset).into(store) for data, (at, offset) in moments.items()
    )
    assert ids(store.activities(ActivityQuery(since=date(2026, 5, 2)))) == [late]
    assert ids(store.activities(ActivityQuery(until=date(2026, 5, 1)))) == [early]
    assert ids(store.activities(ActivityQuery(since=date(2026, 5, 2), until=date(2026, 5, 2)))) == [late]
    assert store.count_activities(ActivityQuery(since=date.min, until=date.max)) == 2
    assert store.count_activities(ActivityQuery(until=date(2026, 5, 1))) == 1
    assert ids(store.activities()) == [early, late]  # the order is that of the moments


def test_a_row_keeps_its_clock_and_what_said_so(store, samples):
    row = {"zone": "Asia/Kolkata", "zone_from": ZoneFrom.POSITION, "utc_offset_s": 19_800}
    activity_id = samples.file(**row).into(store)
    kept = store.row(activity_id)
    assert (kept.zone, kept.zone_from, kept.utc_offset_s) == ("Asia/Kolkata", ZoneFrom.POSITION, 19_800)
    later = replace(kept, started_at=datetime(2026, 5, 9, 20, tzinfo=UTC), zone="UTC", zone_from=ZoneFrom.PROFILE)
    store.put_session(store.session(activity_id), later)
    assert store.row(activity_id) == later
    assert ids(store.activities(ActivityQuery(since=date(2026, 5, 10), until=date(2026, 5, 10)))) == [activity_id]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("morning", True),
        ("MORNING l", True),
        ("läufe", True),
        ("LA\u0308UFE", True),  # as some systems spell the same letter
        ("strasse", True),
        ("track-07", True),
        ("Running", True),
        ("  morning  ", True),
        ("100%", True),
        ("", True),
        ("%", True),
        ("0% o", True),
        ("a_b", False),
        ("m%g", False),
        ("m_rning", False),
        ("\\", False),
        ("evening", False),
    ],
)
def test_text_is_found_whatever_its_case_and_stands_for_itself(store, samples, text, found):
    samples.file(title="Morning Läufe Straße 100% off", name="Track-07.FIT").into(store)
    assert len(store.activities(ActivityQuery(text=text))) == found
    assert store.count_activities(ActivityQuery(text=text)) == found


def test_a_new_title_is_found_and_the_old_one_is_not(store, samples):
    activity_id = samples.file(title="Morning").into(store)
    store.rename(activity_id, "Ünder the bridge")
    assert store.row(activity_id).title == "Ünder the bridge"
    assert store.count_activities(ActivityQuery(text="ünder")) == 1
    assert store.count_activities(ActivityQuery(text="a.fit")) == 1
    assert store.count_activities(ActivityQuery(text="morning")) == 0


@pytest.mark.parametrize("direction", list(Direction))
def test_a_direction_is_found_where_there_is_a_second_of_it(store, samples, direction):
    with_all = samples.file(b"1", bouts=6).into(store)
    samples.file(b"2", bouts=1, forward_s=0.99, backward_s=0.0, unknown_s=0.0).into(store)
    assert ids(store.activities(ActivityQuery(direction=direction))) == [with_all]


def test_sport_and_simulated_filter_and_filters_add_up(store, samples):
    run = samples.file(b"1").into(store)
    walk = samples.file(b"2", sport="walking", simulated=True).into(store)
    nameless = samples.file(b"3", sport=None, title="x").into(store)
    assert ids(store.activities(ActivityQuery(sport="walking"))) == [walk]
    assert ids(store.activities(ActivityQuery(simulated=True))) == [walk]
    assert set(ids(store.activities(ActivityQuery(simulated=False)))) == {run, nameless}
    assert store.activities(ActivityQuery(sport="running", simulated=True)) == []
    assert store.row(nameless).sport is None


# What is understood, and what is deleted


def test_a_session_is_replaced_with_its_row(store, samples):
    file = samples.file()
    activity_id = file.into(store)
    session = samples.session(activity_id, bouts=7)
    row = replace(file.activities[0][2], backward_s=77.0, title="Renamed")
    store.put_session(session, row)
    assert store.session(activity_id) == session
    assert store.row(activity_id) == row
    assert same_recording(store.recording(activity_id), file.activities[0][0])
    assert store.count_activities(ActivityQuery(direction=Direction.STILL)) == 1


def test_a_session_of_nothing_or_with_another_row_is_refused(store, samples):
    file = samples.file()
    session, row = file.activities[0][1:]
    with pytest.raises(NotFound):
        store.put_session(session, row)
    with pytest.raises(BadValue):
        store.put_session(replace(session, activity_id="other"), row)


def test_the_file_goes_with_its_last_activity(store, samples):
    file = samples.file(parts=2)
    file.into(store)
    first, second = file.entry.activity_ids
    store.add_paint(first, STROKES[0])
    store.delete_activity(first)
    assert store.has_file(file.key)
    assert store.paints(first) == ()
    with pytest.raises(NotFound):
        store.recording(first)
    store.delete_activity(second)
    assert not store.has_file(file.key)
    assert store.counts() == Counts(0, 0, 0)
    file.into(store)
    assert store.paints(first) == ()
    assert store.counts() == Counts(2, 0, 1)


def test_only_the_demo_runner_is_forgotten(store, samples):
    mine, demo = samples.file(b"1"), samples.file(b"2", simulated=True)
    activity_id = mine.into(store)
    me, somebody = Athlete("Me", 1988, Sex.FEMALE, 61.5), Athlete("Demo", simulated=True)
    store.put_athlete(me)
    store.put_plan(samples.plan("mine"))
    store.add_check_in(samples.check_in(note="mine"))
    demo.into(store)
    store.put_athlete(somebody)
    store.put_plan(samples.plan("demo"), simulated=True)
    store.add_check_in(samples.check_in(note="demo"), simulated=True)
    store.put_setting("units", "imperial")
    assert store.counts() == Counts(2, 1, 2)
    assert (store.athlete(), store.plan().plan_id) == (somebody, "demo")

    assert store.delete_simulated() == 1
    assert ids(store.activities()) == [activity_id]
    assert store.counts() == Counts(1, 0, 1)
    assert (store.athlete(), store.plan().plan_id) == (me, "mine")
    assert [one.note for one in store.check_ins()] == ["mine"]
    assert [entry.file_key for entry in store.import_log()] == [mine.key]
    assert store.setting("units") == "imperial"
    assert store.delete_simulated() == 0


def test_the_real_athlete_steps_in_front_of_the_simulated_one(store):
    store.put_athlete(Athlete("Demo", simulated=True))
    store.put_athlete(Athlete("Me"))
    assert store.athlete() == Athlete("Me")
    store.put_athlete(Athlete("Me", mass_kg=70.0))
    assert store.athlete() == Athlete("Me", mass_kg=70.0)
    store.delete_simulated()
    assert store.athlete() == Athlete("Me", mass_kg=70.0)


# Small things


def test_the_newest_plan_counts_and_comes_back_whole(store, samples):
    store.put_plan(samples.plan("old"))
    store.put_plan(samples.plan("new"))
    assert store.plan() == samples.plan("new")
    answers = store.plan().answers
    assert isinstance(answers["days"], tuple)
    assert isinstance(answers["sites"], frozenset)
    assert answers["gait"] is Gait.RUN


def test_every_plan_is_kept_oldest_first(store, samples):
    assert store.plans() == ()
    plans = (samples.plan("old"), samples.plan("new"), replace(samples.plan("new"), revision=2))
    for plan in plans:
        store.put_plan(plan)
    assert store.plans() == plans
    assert store.plan() == plans[-1]


def test_what_another_process_is_told_of_a_recording_shows_here(store, address, samples):
    activity_id = samples.file().into(store)
    assert store.recording_heads([activity_id])[0].told is None
    told = SuppliedMetadata(place="chest", mount_known=False)
    other = open_store(address)
    other.put_told(activity_id, told)
    other.close()
    assert store.recording_heads([activity_id])[0].told == store.recording(activity_id).told == told


def test_heads_of_recordings_come_without_streams_in_the_order_asked(store, samples):
    first, second = samples.file(b"1").into(store), samples.file(b"2").into(store)
    heads = store.recording_heads((second, "nobody", first))
    assert [head.activity_id for head in heads] == [second, first]
    assert heads[0].steps == store.recording(second).steps
    assert all(head.streams == () and head.laps for head in heads)
    assert [head.activity_id for head in store.recording_heads((first, second))] == [first, second]
    store.delete_activity(first)
    assert [head.activity_id for head in store.recording_heads((first, second))] == [second]


def test_check_ins_come_oldest_first_and_from_a_moment_on(store, samples):
    later, sooner = samples.now, samples.now - timedelta(days=1)
    store.add_check_in(samples.check_in(later))
    store.add_check_in(samples.check_in(sooner))
    assert store.check_ins() == (samples.check_in(sooner), samples.check_in(later))
    assert store.check_ins(since=later) == (samples.check_in(later),)
    assert store.check_ins(since=later.astimezone(timezone(timedelta(hours=-8)))) == (samples.check_in(later),)


def test_settings_are_replaced(store):
    store.put_setting("draft", '{"a": 1}')
    store.put_setting("draft", "ü" * 100_000)
    assert store.setting("draft") == "ü" * 100_000


def test_the_log_is_newest_first_and_cut(store, samples):
    lines = [ImportEntry(samples.now, f"{i}.txt", None, "failed", "No reader knows it.") for i in range(5)]
    for line in lines:
        store.log_import(line)
    earlier = replace(lines[0], at=samples.now - timedelta(days=1))
    store.log_import(earlier)
    assert store.import_log() == [*lines[::-1], earlier]
    assert store.import_log(limit=2) == lines[:2:-1][:2]
    assert store.import_log(limit=0) == []


# Paint


def test_paint_is_taken_back_newest_first(store, samples):
    activity_id, other = samples.file(b"1").into(store), samples.file(b"2").into(store)
    store.add_paint(other, STROKES[2])
    for stroke in STROKES:
        store.add_paint(activity_id, stroke)
    assert store.paints(activity_id) == STROKES
    assert [store.undo_paint(activity_id) for _ in range(4)] == [*STROKES[::-1], None]
    assert store.paints(other) == (STROKES[2],)


strokes = st.builds(
    Paint,
    st.floats(0, 1e6),
    st.floats(0, 1e6),
    st.sampled_from(Direction),
    st.sampled_from([None, *Gait]),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(strokes | st.none(), max_size=12))
def test_paint_is_a_stack(store, samples, moves):
    file = samples.file()
    if not store.has_file(file.key):
        file.into(store)
    activity_id = file.entry.activity_ids[0]
    while store.undo_paint(activity_id):
        pass
    stack: list[Paint] = []
    for move in moves:
        if move is None:
            assert store.undo_paint(activity_id) == (stack.pop() if stack else None)
        else:
            store.add_paint(activity_id, move)
            stack.append(move)
        assert store.paints(activity_id) == tuple(stack)


# Many at once


def test_many_threads_at_once_lose_nothing(store, samples):
    target = samples.file(b"target").into(store)

    def work(number: int) -> int:
        samples.file(bytes([number])).into(store)
        store.add_paint(target, Paint(0.0, 1.0 + number, Direction.BACKWARD))
        store.put_setting("shared", str(number))
        store.put_athlete(Athlete(str(number)))
        return len(store.activities()) + len(store.recording(target).streams)

    with ThreadPoolExecutor(8) as pool:
        assert all(seen > 0 for seen in pool.map(work, range(32)))
    assert store.counts() == Counts(33, 0, 33)
    assert {stroke.end_s for stroke in store.paints(target)} == {1.0 + number for number in range(32)}

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: store.undo_paint(target), range(40)))
    assert sum(stroke is not None for stroke in taken) == 32
    assert store.paints(target) == ()


def test_the_same_file_from_many_threads_is_kept_once(store, samples):
    file = samples.file()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: file.into(store), range(8)))
    assert store.counts() == Counts(1, 0, 1)
    assert sorted(entry.status for entry in store.import_log()) == ["new", *["same"] * 7]


def test_the_last_two_activities_deleted_at_once_take_their_file_along(store, samples):
    file = samples.file(parts=8, n=2)
    file.into(store)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(store.delete_activity, file.entry.activity_ids))
    assert store.counts() == Counts(0, 0, 0)


def test_neighbours_lead_through_the_activities_in_order_of_time(store, samples):
    for number in range(4):
        samples.file(b"run %d" % number, parts=2 if number == 1 else 1).into(store)
    ids = [row.activity_id for row in reversed(store.activities(ActivityQuery()))]
    assert len(ids) == 5
    assert [store.neighbours(one) for one in ids] == [
        (ids[number - 1] if number else None, ids[number + 1] if number < 4 else None) for number in range(5)
    ]
    with pytest.raises(NotFound):
        store.neighbours("nothing-0")


def test_loads_come_oldest_first_on_foot_only_and_from_a_moment_on(store, samples):
    second = samples.file(b"second", started_at=samples.now + timedelta(days=2)).into(store)
    first = samples.file(b"first", started_at=samples.now).into(store)
    samples.file(b"a ride", started_at=samples.now, on_foot=False).into(store)
    session = samples.session(first)
    assert [row.activity_id for row in store.load_rows()] == [first, second]
    assert [row.activity_id for row in store.load_rows(samples.now + timedelta(days=1))] == [second]
    assert {row.loads for row in store.load_rows()} == {session.loads}
    assert store.hearts(samples.now) == [session.hearts, session.hearts]
    assert store.hearts(samples.now + timedelta(days=3)) == []
    assert store.session(first).hearts == session.hearts


def test_loads_change_with_the_session(store, samples):
    activity_id = samples.file().into(store)
    session = replace(samples.session(activity_id), loads=None, hearts=None)
    store.put_session(session, store.row(activity_id))
    assert [row.loads for row in store.load_rows()] == [None]
    assert store.hearts(datetime(2000, 1, 1, tzinfo=UTC)) == []


def test_measurements_are_kept_oldest_first_replaced_taken_back_and_the_demo_takes_its_own_along(store):
    from datetime import UTC, datetime

    from backward_running.core.measurement import Measurement

    def weighed(name, day, value):
        return Measurement(name, "weight", datetime(2026, 5, day, 6, 30, tzinfo=UTC), value, "the old scale")

    assert store.measurements() == ()
    store.put_measurement(weighed("b", 3, 70.5))
    store.put_measurement(weighed("a", 2, 71.0))
    store.put_measurement(weighed("c", 4, 60.0), simulated=True)
    store.put_measurement(weighed("b", 3, 70.0))
    assert store.measurements() == (weighed("a", 2, 71.0), weighed("b", 3, 70.0), weighed("c", 4, 60.0))
    store.delete_simulated()
    store.take_back_measurement("a")
    store.take_back_measurement("nothing")
    assert store.measurements() == (weighed("b", 3, 70.0),)


def test_clearances_are_kept_oldest_first_and_the_demo_takes_its_own_along(store):
    from datetime import UTC, date, datetime

    from backward_running.core.clearance import Clearance, ClearanceKind

    def word(day, **more):
        made = datetime(2026, 5, day, 12, tzinfo=UTC)
        return Clearance(ClearanceKind.CLINICIAN, made, ("pain",), "Dr. Moss", date(2026, 5, 1), **more)

    assert store.clearances() == ()
    store.add_clearance(word(3, allows="walking"))
    store.add_clearance(word(2, reason="demo"), simulated=True)
    assert store.clearances() == (word(2, reason="demo"), word(3, allows="walking"))
    store.delete_simulated()
    assert store.clearances() == (word(3, allows="walking"),)


def test_a_session_said_to_be_done_is_kept_replaced_and_taken_back(store):
    said = SaidDone(
        "p-w01-1", "Walking backward", date(2026, 5, 4), datetime(2026, 5, 4, 19, tzinfo=UTC), 300.0, 600.0, 60.0
    )
    store.put_said_done(said)
    other = replace(said, workout_id="p-w01-2", on=date(2026, 5, 2), simulated=True)
    store.put_said_done(other)
    assert store.said_done() == (other, said)
    store.put_said_done(replace(said, backward_s=90.0))
    assert store.said_done() == (other, replace(said, backward_s=90.0))
    store.delete_simulated()
    assert store.said_done() == (replace(said, backward_s=90.0),)
    store.take_back_said_done("p-w01-1")
    store.take_back_said_done("p-w01-1")
    assert store.said_done() == ()


@pytest.mark.parametrize("query", [ActivityQuery(), ActivityQuery(limit=1), ActivityQuery(text="nothing is called so")])
def test_sums_are_those_of_the_rows_on_foot(store, samples, query):
    samples.file(b"a", parts=2, backward_m=None).into(store)
    samples.file(b"b", backward_m=7.5, forward_s=12.5).into(store)
    samples.file(b"ride", on_foot=False, forward_s=1e6).into(store)
    rows = [one for one in store.activities(replace(query, limit=1000)) if one.on_foot]
    found = store.sums(query)
    assert found.activities == len(rows)
    assert found.forward_s == pytest.approx(sum(one.forward_s for one in rows))
    assert found.backward_m == (7.5 if rows else None)
    assert found.unknown_m == (pytest.approx(0.3) if rows else None)


def test_loads_that_are_kept_at_hand_are_those_of_now(store, address, samples):
    first = samples.file(b"a").into(store)
    assert [one.activity_id for one in store.load_rows()] == [first]
    beside = open_store(address)
    second = samples.file(b"b").into(beside)  # by another program
    assert {one.activity_id for one in store.load_rows()} == {first, second}
    with store.transaction():
        store.delete_activity(first)
        assert [one.activity_id for one in store.load_rows()] == [second]
    assert store.load_rows() == store.load_rows() == beside.load_rows()
    store.load_rows().clear()
    assert len(store.load_rows()) == 1
    beside.close()


def test_loads_read_in_a_transaction_that_is_taken_back_are_not_kept(store, samples):
    first = samples.file(b"a").into(store)
    with suppress(RuntimeError), store.transaction():
        store.delete_activity(first)
        assert store.load_rows() == []
        raise RuntimeError
    second = samples.file(b"b").into(store)  # the count goes up to where it was in what was taken back
    assert {one.activity_id for one in store.load_rows()} == {first, second}


def test_phones_are_kept_replaced_and_forgotten(store):
    from datetime import UTC, datetime

    from backward_running.core.paired_phone import PairedPhone

    first = PairedPhone("a", "Sam’s phone", datetime(2026, 5, 1, tzinfo=UTC), "0" * 64)
    second = PairedPhone("b", "old", datetime(2026, 5, 2, tzinfo=UTC), "1" * 64)
    for phone in (second, first):
        store.put_phone(phone)
    seen = PairedPhone("b", "new", second.paired_at, "1" * 64, datetime(2026, 5, 3, tzinfo=UTC))
    store.put_phone(seen)
    assert store.phones() == (first, seen)
    assert store.forget_phone("a") and not store.forget_phone("a")
    assert store.phones() == (seen,)
