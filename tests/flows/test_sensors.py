"""Where a sensor sat: told at import, told of a stored recording, taken back."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from tests.flows.foot_logs import COLUMNS, UNITS, foot_table
from tests.flows.test_habits import fit

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotEnoughData, NotFound
from backward_running.core.session import Paint
from backward_running.core.supplied_metadata import PLACES, SuppliedMetadata
from backward_running.flows import intake
from backward_running.flows.deriving import analyse_again
from backward_running.flows.paint import paint
from backward_running.flows.sensors import set_mount

TABLE = SuppliedMetadata(columns=COLUMNS, units=UNITS, rate_hz=100.0)
EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=timezone(timedelta(hours=1)))
FOOT = SuppliedMetadata(**{name: getattr(TABLE, name) for name in ("columns", "units", "rate_hz")},
            place="foot_left", mount_known=True, started_at=EVENING, sport="running")  # fmt: skip


def ways(bouts):
    return {one.bout.direction for one in bouts} - {Direction.STILL}


def test_what_is_told_at_import_judges_the_recording_and_stays(store, now):
    (entry,) = intake.import_file(store, "foot.csv", foot_table(), now=now, told=FOOT)
    assert entry.status == "new"
    (activity_id,) = entry.activity_ids
    row, recording = store.row(activity_id), store.recording(activity_id)
    assert row.backward_s > 35
    assert (row.started_at, row.utc_offset_s, row.sport) == (EVENING, 3600, "running")
    assert row.title == "Evening run"
    assert recording.losses == ()
    assert [(one.place, one.mount_known, one.frame) for one in recording.inertial] == [("foot_left", True, "body")]
    assert recording.told == FOOT
    analyse_again(store, activity_id)
    assert store.row(activity_id).backward_s == row.backward_s


def test_a_place_told_later_judges_anew_and_can_be_taken_back(store, now):
    (entry,) = intake.import_file(store, "foot.csv", foot_table(), now=now, told=TABLE)
    (activity_id,) = entry.activity_ids
    before = store.session(activity_id)
    assert ways(before.bouts) == {Direction.UNKNOWN}
    page = set_mount(store, activity_id, "foot_left", mount_known=True)
    assert ways(page.bouts) == {Direction.BACKWARD}
    assert store.recording(activity_id).inertial[0].place == "foot_left"
    set_mount(store, activity_id, None, mount_known=None)
    assert store.session(activity_id).found == before.found
    assert store.recording(activity_id).inertial[0].place == "unknown"
    assert store.recording(activity_id).told == TABLE


def test_the_own_label_stays_on_top_of_a_new_judgement(store, now):
    (entry,) = intake.import_file(store, "foot.csv", foot_table(), now=now, told=TABLE)
    (activity_id,) = entry.activity_ids
    paint(store, activity_id, Paint(10.0, 20.0, Direction.SIDEWAYS, painted_at=now))
    page = set_mount(store, activity_id, "foot_left", mount_known=True)
    (own,) = [one.bout for one in page.bouts if one.bout.found_by == "paint"]
    assert (own.start_s, own.end_s, own.direction) == (10.0, 20.0, Direction.SIDEWAYS)
    assert Direction.BACKWARD in ways(page.bouts)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("known", [None, True, False])
def test_any_place_is_an_answer_and_only_a_leg_can_say_backward(store, now, place, known):
    (entry,) = intake.import_file(store, "foot.csv", foot_table(seconds=12.0), now=now, told=TABLE)
    page = set_mount(store, entry.activity_ids[0], place, mount_known=known)
    if place in ("unknown", "wrist") or (known is not True and not place.startswith("foot")):
        assert Direction.BACKWARD not in ways(page.bouts)
    assert (page.unknown_because is None) == (Direction.UNKNOWN not in ways(page.bouts))


def test_the_same_file_again_with_a_place_takes_the_place_over(store, now):
    intake.import_file(store, "foot.csv", foot_table(), now=now, told=TABLE)
    (again,) = intake.import_file(store, "foot.csv", foot_table(), now=now, told=SuppliedMetadata(place="foot_left"))
    assert again.status == "same"
    assert again.message.endswith("what you say of its sensor was taken over.")
    (more,) = intake.import_file(store, "foot.csv", foot_table(), now=now, told=SuppliedMetadata(mount_known=True))
    assert store.recording(more.activity_ids[0]).told == SuppliedMetadata(
        place="foot_left", mount_known=True, columns=COLUMNS, units=UNITS, rate_hz=100.0
    )
    (last,) = intake.import_file(store, "foot.csv", foot_table(), now=now, told=SuppliedMetadata(mount_known=True))
    assert last.message.endswith("nothing was changed.")


def test_a_watch_has_no_sensor_to_place(store, now):
    (entry,) = intake.import_file(
        store, "run.fit", fit(1), now=now, told=SuppliedMetadata(place="waist", sport="walking")
    )
    row = store.row(entry.activity_ids[0])
    assert row.sport == "running"  # the file's own word
    with pytest.raises(NotEnoughData, match="no motion sensor"):
        set_mount(store, row.activity_id, "waist", mount_known=True)
    with pytest.raises(NotFound):
        set_mount(store, "nothing", "waist", mount_known=True)


def test_a_date_fills_in_only_where_the_file_has_none(store, now):
    (dated,) = intake.import_file(store, "run.fit", fit(1), now=now, told=SuppliedMetadata(started_at=EVENING))
    assert store.row(dated.activity_ids[0]).started_at != EVENING
    (undated,) = intake.import_file(store, "foot.csv", foot_table(), now=now, told=TABLE)
    assert undated.status == "partly"
    assert store.row(undated.activity_ids[0]).title == "Activity without a date"


def test_a_table_waits_for_its_columns_and_is_not_lost(store, now):
    (entry,) = intake.import_file(store, "foot.csv", foot_table(), now=now)
    assert entry.status == "waiting"
    assert "ax, ay, az, wx, wy, wz; say which column is what" in entry.message
    assert store.counts().activities == store.counts().files == 0
    waiting = intake.waiting_file(store, entry.file_key)
    assert (waiting.name, waiting.columns) == ("foot.csv", ("ax", "ay", "az", "wx", "wy", "wz"))
    for wrong, words in (
        (SuppliedMetadata(columns={"acc_x_mps2": "nose"}), "It has: ax, ay"),
        (SuppliedMetadata(columns={"acc_x": "ax"}, rate_hz=100.0), "unit"),
        (SuppliedMetadata(columns=COLUMNS, units=UNITS), "state the rate"),
    ):
        with pytest.raises(BadValue, match=words):
            intake.import_waiting(store, entry.file_key, wrong, now=now)
    came = intake.import_waiting(store, entry.file_key, FOOT, now=now)
    assert came.status == "new"
    assert store.row(came.activity_ids[0]).backward_s > 35
    assert store.original(entry.file_key) == ("foot.csv", foot_table())
    with pytest.raises(NotFound, match="in already"):
        intake.waiting_file(store, entry.file_key)


def test_a_wrong_mapping_at_import_waits_too(store, now):
    (entry,) = intake.import_file(
        store, "a.csv", foot_table(), now=now, told=SuppliedMetadata(columns={"acc_x_mps2": "nose"})
    )
    assert entry.status == "waiting"
    (other,) = intake.import_file(store, "b.jpg", b"\xff\xd8\xff\xe0", now=now, told=TABLE)
    assert other.status == "left_out"


def test_only_the_newest_wait(store, now, monkeypatch):
    monkeypatch.setattr(intake, "MOST_WAITING", 2)
    keys = []
    for number in range(4):
        data = foot_table(seconds=1.0 + number)
        (entry,) = intake.import_file(store, f"{number}.csv", data, now=now + timedelta(minutes=number))
        keys.append(entry.file_key)
    for key in keys[:2]:
        with pytest.raises(NotFound, match="not kept any more"):
            intake.waiting_file(store, key)
    assert [intake.waiting_file(store, key).name for key in keys[2:]] == ["2.csv", "3.csv"]
    monkeypatch.setattr(intake, "LARGEST_WAITING_BYTES", 10)
    (entry,) = intake.import_file(store, "large.csv", foot_table(seconds=9.0), now=now)
    assert entry.status == "failed"
