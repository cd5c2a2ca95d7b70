"""A mounting that gravity contradicts is refused in words, and nothing is lost by it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.core.test_mounting import EVERY, LINE
from tests.flows.foot_logs import COLUMNS, UNITS, as_table, foot_rows, foot_table
from tests.flows.test_sensors import TABLE, ways

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.flows import intake
from backward_running.flows.detect import detect, recordings
from backward_running.flows.mounting import believed, contradiction
from backward_running.flows.sensors import set_mount

SHANK = replace(TABLE, place="shank_left")
#: A phone upright with its screen looking forward: x of the phone is left, its y up.
PORTRAIT = ("left", "up", "forward")


def worn(axes, **how):
    """A sensor's table whose axes point that way on the body."""
    rows = foot_rows(place="shank_left", **how)
    turn = np.array([LINE[way] for way in axes])
    return as_table(np.hstack([rows[:, :3] @ turn.T, rows[:, 3:] @ turn.T]))


def answer(data, told):
    (found,) = detect("shank.csv", data, told)
    return [(one.bout.direction, round(one.bout.start_s, 1), round(one.bout.end_s, 1)) for one in found.bouts]


@pytest.mark.parametrize("axes", EVERY, ids="-".join)
def test_said_axes_are_judged_as_if_it_had_sat_straight(axes):
    straight = answer(worn(("right", "forward", "up")), replace(SHANK, mount_known=True))
    assert Direction.BACKWARD in {one[0] for one in straight}
    assert answer(worn(axes), replace(SHANK, axes=axes)) == straight


@pytest.mark.parametrize("axes", EVERY, ids="-".join)
def test_claimed_straight_only_what_is_upright_is_believed(axes):
    data, told = worn(axes), replace(SHANK, mount_known=True)
    if axes[2] == "up":
        assert answer(data, told)
        return
    with pytest.raises(
        BadValue, match=r"`mount` must agree with gravity to 35 degrees.* up (7|8|9|10|1[678])\d? degrees"
    ):
        detect("shank.csv", data, told)


def test_a_phone_in_portrait_is_never_known_and_reversed(store, now):
    data = worn(PORTRAIT)
    (entry,) = intake.import_file(store, "phone.csv", data, now=now, told=replace(SHANK, mount_known=True))
    assert entry.status == "partly"
    assert (
        "Its mounting was not believed: `mount` must agree with gravity to 35 degrees while you move" in entry.message
    )
    assert "nothing is lost" in entry.message
    (activity_id,) = entry.activity_ids
    recording = store.recording(activity_id)
    assert recording.told == SHANK
    assert [one.mount_known for one in recording.inertial] == [False]
    assert not {Direction.FORWARD} & ways(store.session(activity_id).bouts)
    page = set_mount(store, activity_id, "shank_left", mount_known=None, axes=PORTRAIT)
    assert ways(page.bouts) == {Direction.BACKWARD}


def test_a_stored_run_keeps_what_it_had_where_another_word_is_refused(store, now):
    (entry,) = intake.import_file(store, "phone.csv", worn(PORTRAIT), now=now, told=replace(SHANK, axes=PORTRAIT))
    assert "not believed" not in entry.message
    (activity_id,) = entry.activity_ids
    before, told = store.session(activity_id), store.recording(activity_id).told
    with pytest.raises(BadValue, match="agree with gravity"):
        set_mount(store, activity_id, "shank_left", mount_known=True)
    assert store.session(activity_id) == before
    assert store.recording(activity_id).told == told
    (again,) = intake.import_file(
        store, "phone.csv", worn(PORTRAIT), now=now, told=SuppliedMetadata(axes=("right", "forward", "up"))
    )
    assert again.status == "same"
    assert "nothing was changed: `mount` must agree with gravity" in again.message
    assert store.session(activity_id) == before


def test_what_was_claimed_before_is_not_believed_when_it_is_judged_anew():
    (claimed,) = recordings("foot.csv", foot_table(), TABLE)
    told = replace(TABLE, mount_known=True)
    upright = replace(claimed, told=told).worn_as_told()
    assert contradiction(upright) is None
    assert believed(upright) is upright
    (lying,) = recordings("foot.csv", worn(PORTRAIT), TABLE)
    lying = replace(lying, told=told).worn_as_told()
    assert isinstance(contradiction(lying), BadValue)
    assert [one.mount_known for one in believed(lying).inertial] == [False]


def test_a_bent_arm_is_not_asked():
    told = replace(TABLE, place="wrist", mount_known=True)
    assert answer(worn(PORTRAIT), told)


@pytest.mark.parametrize("backward", [True, False])
def test_a_minus_in_the_mapping_says_the_same(backward):
    data = worn(("right", "back", "down"), backward=backward)
    signed = {ours: ("" if ours.endswith("_x") else "-") + theirs for ours, theirs in COLUMNS.items()}
    told = SuppliedMetadata(place="shank_left", mount_known=True, columns=signed, units=UNITS, rate_hz=100.0)
    axes = replace(SHANK, axes=("right", "back", "down"))
    assert answer(data, told) == answer(data, axes)


def test_no_known_mounting_of_a_real_recording_is_refused(shared_data):
    folder = shared_data / "imu" / "mobgap_lowback"
    seen = 0
    for path in sorted(folder.rglob("*.csv")):
        rows = np.loadtxt(path, delimiter=",", skiprows=1)[:, 1:7]
        rows[:, :3] *= 9.80665
        data, told = as_table(np.round(rows, 4)), replace(TABLE, place="waist", units={"acc": "mps2", "gyr": "degps"})
        (right,) = recordings("back.csv", data, replace(told, axes=("up", "right", "forward")))
        assert right.inertial[0].mount_known
        with pytest.raises(BadValue, match="agree with gravity"):
            recordings("back.csv", data, replace(told, mount_known=True))
        seen += 1
    assert seen == 9
