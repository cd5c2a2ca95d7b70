"""Trim, split, merge: the file stays, everything that rests on the recording follows, and each is undone."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from tests.apps.browsing import track_file

from backward_running import signals
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.keepsakes import RunNote
from backward_running.core.recording import Recording, Span
from backward_running.core.session import Paint
from backward_running.flows import activity, anew, checking, editing, export, paint, trash
from backward_running.flows.intake import import_file


@pytest.fixture
def run(store, now):
    (entry,) = import_file(store, "hill.fit", track_file(), now=now)
    return entry.activity_ids[0]


def told(store, activity_id):
    """Return all that is stored of a run."""
    recording, session = store.recording(activity_id), store.session(activity_id)
    samples = [
        (one.time_s.tobytes(), {name: v.tobytes() for name, v in one.columns.items()}) for one in recording.streams
    ]
    head = replace(recording, streams=())
    return repr(head), samples, session, store.row(activity_id), store.paints(activity_id), store.note(activity_id)


def tiles(store, activity_id):
    bouts = [one.bout for one in store.session(activity_id).bouts]
    assert bouts[0].start_s == 0.0
    assert all(before.end_s == after.start_s for before, after in itertools.pairwise(bouts))
    return bouts


def seconds(store, activity_id, direction):
    return store.session(activity_id).totals(direction).duration_s


def test_trimmed_a_run_is_as_though_it_had_come_in_so(store, run, now):
    before, original = told(store, run), export.original(store, run)
    began = store.row(run).started_at
    made = editing.trim(store, run, 150.0, 350.0, now=now)
    assert made.results == (run,) and editing.edit_of(store, run) == made
    row = store.row(run)
    assert row.duration_s == pytest.approx(200.0, abs=1) and row.started_at == began + timedelta(seconds=150)
    assert row.distance_m == pytest.approx(500.0, rel=0.02)
    bouts = tiles(store, run)
    assert bouts[-1].end_s == pytest.approx(200.0, abs=1)
    assert seconds(store, run, Direction.BACKWARD) == pytest.approx(100.0, abs=4)
    assert export.original(store, run) == original, "the file stays to the byte"
    assert list(checking.check(store)) == []
    assert activity.activity_page(store, run).row == row
    assert editing.undo(store, run) == made
    assert told(store, run) == before and editing.edit_of(store, run) is None
    assert anew.due(store).activities in (0, 1)  # priced anew, by what is known now


def test_labels_are_cut_and_moved_and_those_of_since_come_back_too(store, run, now):
    paint.paint(store, run, Paint(100.0, 200.0, Direction.SIDEWAYS, painted_at=now))
    editing.trim(store, run, 150.0, 350.0, now=now)
    assert seconds(store, run, Direction.SIDEWAYS) == pytest.approx(50.0, abs=1.5)
    paint.paint(store, run, Paint(100.0, 150.0, Direction.SIDEWAYS, painted_at=now + timedelta(hours=1)))
    editing.undo(store, run)
    assert seconds(store, run, Direction.SIDEWAYS) == pytest.approx(150.0, abs=3)
    last = store.paints(run)[-1]
    assert (last.start_s, last.end_s) == (250.0, 300.0)


def test_a_pattern_of_laps_means_the_same_laps_afterwards(store, now):
    (entry,) = import_file(store, "l.fit", track_file(with_heading=False), now=now)
    (run,) = entry.activity_ids
    paint.paint(store, run, Paint(0.0, 600.0, Direction.BACKWARD, laps="even-backward", painted_at=now))
    assert seconds(store, run, Direction.BACKWARD) == pytest.approx(300.0, abs=2)
    editing.trim(store, run, 310.0, 600.0, now=now)  # the first lap is gone, and the second is now the first
    assert seconds(store, run, Direction.BACKWARD) == pytest.approx(290.0, abs=2)


def test_split_in_two_and_back(store, run, now):
    store.put_note(run, RunNote("both", "s1"))
    before, whole = told(store, run), store.row(run)
    made = editing.split(store, run, 250.0, now=now)
    first, second = made.results
    assert first == run and second != run and store.counts().activities == 2
    rows = [store.row(one) for one in made.results]
    assert sum(row.duration_s for row in rows) == pytest.approx(whole.duration_s, abs=1)
    assert sum(row.distance_m for row in rows) == pytest.approx(whole.distance_m, abs=6)
    assert rows[1].started_at == whole.started_at + timedelta(seconds=250)
    assert store.note(first) == RunNote("both", "s1") and store.note(second) == RunNote(None, "s1")
    for one in made.results:
        tiles(store, one)
        assert seconds(store, one, Direction.BACKWARD) == pytest.approx(50.0, abs=4)
    editing.undo(store, second)
    assert told(store, run) == before and store.counts().activities == 1


def test_merged_two_runs_are_one_with_a_pause(store, now):
    files = [track_file(day=17), track_file(day=18)]
    ids = [import_file(store, f"{at}.fit", data, now=now)[0].activity_ids[0] for at, data in enumerate(files)]
    rows = [store.row(one) for one in ids]
    befores = [told(store, one) for one in ids]
    made = editing.merge(store, ids[::-1], now=now)
    assert made.results == (ids[0],) and store.counts().activities == 1
    row = store.row(ids[0])
    assert row.duration_s == pytest.approx(24 * 3600 + 600, abs=2)
    assert row.moving_s == pytest.approx(sum(one.moving_s for one in rows), abs=10)
    assert row.distance_m == pytest.approx(sum(one.distance_m for one in rows), rel=0.01)
    assert seconds(store, ids[0], Direction.BACKWARD) == pytest.approx(200.0, abs=8)
    tiles(store, ids[0])
    for data in files:  # neither comes in again: both are in this run
        assert import_file(store, "again.fit", data, now=now)[0].status == "same"
    assert list(checking.check(store)) == []
    editing.undo(store, ids[0])
    assert [told(store, one) for one in ids] == befores


def test_edits_on_edits_are_undone_from_the_newest_on(store, run, now):
    before = told(store, run)
    editing.trim(store, run, 50.0, 550.0, now=now)
    second = editing.split(store, run, 200.0, now=now + timedelta(minutes=1)).results[1]
    editing.trim(store, second, 20.0, 250.0, now=now + timedelta(minutes=2))
    with pytest.raises(BadValue, match="undo that first"):
        editing.undo(store, run)
    editing.undo(store, second)
    trash.delete(store, second, now=now)
    editing.undo(store, run)  # the whole holds what was deleted of it
    editing.undo(store, run)
    assert told(store, run) == before
    with pytest.raises(NotFound):
        editing.undo(store, run)


def test_an_edited_run_that_is_deleted_for_good_takes_what_lay_aside_with_it(store, run, now):
    editing.trim(store, run, 50.0, 550.0, now=now)
    first, second = editing.split(store, run, 200.0, now=now).results
    trash.delete(store, first, now=now)
    trash.empty(store)
    assert len(store.edits()) == 2, "the second half is here, and both are undone from it"
    trash.delete(store, second, now=now)
    (entry,) = import_file(store, "hill.fit", track_file(), now=now)
    assert entry.status == "same" and "in the trash" in entry.message
    trash.empty(store)
    assert store.edits() == () and store.counts().files == 0
    assert import_file(store, "hill.fit", track_file(), now=now)[0].status == "new"


@pytest.mark.parametrize(("start_s", "end_s"), [(0, 600), (-1, 100), (100, 105), (300, 100), (700, 800)])
def test_what_leaves_nothing_out_or_nothing_over_is_refused(store, run, now, start_s, end_s):
    before = told(store, run)
    with pytest.raises(BadValue):
        editing.trim(store, run, start_s, end_s, now=now)
    assert told(store, run) == before and store.edits() == ()


def test_what_overlaps_or_is_alone_is_not_merged(store, run, now):
    with pytest.raises(BadValue, match="at least two"):
        editing.merge(store, [run, run], now=now)
    (entry,) = import_file(store, "b.fit", track_file(title="b"), now=now)
    assert entry.status == "joined"  # the same run, from another file; its runner says that they are two
    editing.undo(store, *entry.activity_ids)
    (entry,) = import_file(store, "b.fit", track_file(title="b"), now=now)
    with pytest.raises(BadValue, match="overlap"):
        editing.merge(store, [run, *entry.activity_ids], now=now)
    assert store.edits() == ()


def test_every_field_of_a_recording_was_thought_of():
    """A new field of a recording has to be cut, moved or left out on purpose."""
    assert set(Recording.__dataclass_fields__) == {
        "key", "started_at", "streams", "reader", "reader_version", "part", "duration_s", "utc_offset_s", "zone",
        "wall_clock", "sport", "sub_sport", "title", "device", "laps", "steps", "marks", "pauses", "stated", "losses",
        "refused", "dated", "clock_s", "simulated", "told",
    }  # fmt: skip


def test_streams_of_one_kind_follow_each_other(store, run):
    recording = store.recording(run)
    later = replace(recording, started_at=recording.started_at + timedelta(seconds=900))
    joined = signals.joined([recording, later])
    assert len(joined.streams) == len(recording.streams)
    assert np.all(np.diff(joined.main.time_s) > 0)
    assert joined.pauses[-1] == Span(recording.duration_s, 900.0)
    assert isinstance(joined.started_at, datetime)
