"""What the phone recorded comes home whole, or says what is missing."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from backward_running import formats
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Span
from backward_running.formats import phone_session

STARTED = datetime(2026, 5, 1, 6, tzinfo=UTC)
STEPS = [
    {"name": "WARM UP", "part": "warm-up", "direction": "forward", "gait": "walk", "duration_s": 20},
    {"name": "BACK WALK 1/1", "part": "work", "direction": "backward", "gait": "walk", "duration_s": 20},
]
HEAD = {
    "format": "backward-running-session", "version": 1, "started_at_ms": STARTED.timestamp() * 1000,
    "utc_offset_s": 7200, "zone": "Europe/Berlin", "workout_id": "w1-1", "title": "First steps", "sport": "walking",
    "indoor": False, "place": "thigh_right", "scales": {"acc_mps2": 0.005, "gyr_radps": 0.00125}, "steps": STEPS,
}  # fmt: skip


def packed(values, kind):
    return base64.b64encode(np.asarray(values).astype(kind).tobytes()).decode()


def motion(at_s, count=300, rate_hz=60.0):
    """Five seconds of a phone that is carried, as the page packs them."""
    time_s = np.arange(count) / rate_hz
    moments = np.round(time_s * 1e4)
    sway = np.sin(11.0 * (at_s + time_s))
    acc = np.column_stack([2.0 * sway, 9.7 + sway, 0.5 * sway])
    gyr = np.column_stack([0.3 * sway, 0.1 * sway, 0.2 * sway])
    return {
        "kind": "motion", "at_s": at_s, "dt": packed(np.diff(moments, prepend=0), "<u2"),
        "acc": packed(np.round(acc / 0.005).ravel(), "<i2"), "gyr": packed(np.round(gyr / 0.00125).ravel(), "<i2"),
    }  # fmt: skip


def positions(at_s, count=5):
    seconds = [at_s + number for number in range(count)]
    return {
        "kind": "positions", "at_s": seconds, "latitude_deg": [60 + 1e-5 * one for one in seconds],
        "longitude_deg": [24.9] * count, "altitude_m": [None] * count, "speed_mps": [1.1] * count,
        "course_deg": [0.0] * (count - 1) + [None], "accuracy_m": [4.0] * count,
    }  # fmt: skip


def session(*more, head=HEAD, seconds=40):
    lines = [head, {"kind": "step", "at_s": 0, "index": 0}]
    for at_s in range(0, seconds, 5):
        lines += [motion(float(at_s)), positions(float(at_s))]
        if at_s == 20:
            lines.append({"kind": "step", "at_s": 20.0, "index": 1})
    return "".join(json.dumps(line) + "\n" for line in [*lines, *more]).encode()


STOP = {"kind": "stop", "at_s": 40.0, "why": "finished"}


def only(data):
    (recording,) = formats.read(data)
    assert recording.reader == "phone_session"
    return recording


def test_a_session_comes_home_with_steps_motion_and_positions():
    run = only(session(STOP))
    assert (run.started_at, run.zone, run.utc_offset_s) == (STARTED, "Europe/Berlin", 7200)
    assert (run.title, run.sport, run.sub_sport, run.losses) == ("First steps", "walking", None, ())
    assert [(lap.start_s, lap.end_s, lap.step_index, lap.label) for lap in run.laps] == [
        (0.0, 20.0, 0, "WARM UP"), (20.0, 40.0, 1, "BACK WALK 1/1"),
    ]  # fmt: skip
    assert [step.intensity for step in run.steps] == ["warmup", "active"]
    (sensor,) = run.inertial
    assert (sensor.place, sensor.mount_known, len(sensor)) == ("thigh_right", False, 8 * 300)
    np.testing.assert_allclose(sensor.columns["acc_y_mps2"], 9.7 + np.sin(11.0 * sensor.time_s), atol=0.0035)
    np.testing.assert_allclose(sensor.columns["gyr_x_radps"], 0.3 * np.sin(11.0 * sensor.time_s), atol=0.001)
    assert run.main.has("latitude_deg", "speed_mps") and np.isnan(run.main.columns["course_deg"][4])


def test_a_phone_that_died_leaves_what_stands_before():
    data = session()
    run = only(data[: data.rindex(b"\n", 0, len(data) - 1) + 50])
    assert run.losses == ("Damaged or cut off and left out: 1 line.",)
    assert run.laps[-1].end_s == pytest.approx(40.0, abs=0.1)


def test_a_sensor_that_wakes_late_moves_no_lap():
    lines = session(STOP).split(b"\n")
    late = [line for line in lines if b'"at_s": 0.0' not in line and b'"at_s": [0.0' not in line]
    run = only(b"\n".join(late))
    assert run.started_at == STARTED + timedelta(seconds=5)
    assert [(lap.start_s, lap.end_s) for lap in run.laps] == [(0.0, 15.0), (15.0, 35.0)]


def test_pauses_and_marks_stand_where_they_were():
    run = only(session(
        {"kind": "pause", "at_s": 5.0}, {"kind": "resume", "at_s": 8.0}, {"kind": "mark", "at_s": 9.0, "text": "here"},
        {"kind": "pause", "at_s": 39.0}, STOP,
    ))  # fmt: skip
    assert run.pauses == (Span(5.0, 8.0), Span(39.0, 40.0))
    assert [(mark.time_s, mark.text) for mark in run.marks] == [(9.0, "here")]


def test_what_was_missing_is_unknown_and_never_zero():
    line = motion(40.0, count=300)
    raw = np.frombuffer(base64.b64decode(line["acc"]), "<i2").copy()
    raw[::3] = -32768
    run = only(session(line | {"acc": packed(raw, "<i2")}, STOP))
    late = run.inertial[0].time_s >= 40.0
    assert np.isnan(run.inertial[0].columns["acc_x_mps2"][late]).all()
    assert np.isfinite(run.inertial[0].columns["acc_y_mps2"][late]).all()


def test_entries_that_are_not_understood_are_left_out_and_told():
    run = only(
        session({"kind": "motion", "at_s": 41.0, "dt": "?"}, {"kind": "motion"}, ["x"], {"kind": "cue", "at_s": 3})
    )
    assert run.losses == (
        "Damaged or cut off and left out: 1 line.", "Not understood and left out: 2 entries.",
    )  # fmt: skip


def test_a_session_without_positions_is_a_session():
    lines = [line for line in session(STOP).split(b"\n") if b'"positions"' not in line]
    run = only(b"\n".join(lines))
    assert run.main is run.inertial[0]
    assert run.laps[1].start_s == 20.0


def test_on_a_treadmill_it_says_so():
    assert only(session(STOP, head=HEAD | {"indoor": True})).indoor


@pytest.mark.parametrize("place", ["pocket", None, 7, ["thigh_right"]])
def test_a_place_that_is_not_known_is_unknown(place):
    assert only(session(STOP, head=HEAD | {"place": place})).inertial[0].place == "unknown"


@pytest.mark.parametrize(("head", "words"), [
    (HEAD | {"version": 2}, "of version 2; this program reads up to version 1"),
    (HEAD | {"version": None}, "of no version"),
])  # fmt: skip
def test_a_newer_version_is_refused_in_a_sentence(head, words):
    with pytest.raises(UnreadableFile, match=words):
        formats.read(session(head=head))


def test_nothing_recorded_is_no_activity():
    with pytest.raises(NotAnActivity, match="neither motion nor positions"):
        formats.read((json.dumps(HEAD) + "\n" + json.dumps(STOP) + "\n").encode())
    with pytest.raises(UnreadableFile, match="first line"):
        phone_session.read(json.dumps(HEAD).encode()[:-5])


def test_scales_that_are_missing_leave_the_motion_unknown():
    run = only(session(STOP, head=HEAD | {"scales": {}}))
    assert run.inertial == ()


def test_what_the_phone_told_on_the_way_is_kept_second_by_second():
    first, second = ({"kind": "live", "at_s": at_s, "forward_share": [0.5, 0.93]} for at_s in (0, 2))
    run = only(session(first, second, STOP))
    told = run.streams[-1]
    assert told.time_s.tolist() == [0.0, 1.0, 2.0, 3.0]
    assert told.columns["live_forward_share"].tolist() == [0.5, 0.93, 0.5, 0.93]
    assert run.main.has("latitude_deg"), "it is no track"


@pytest.mark.parametrize("bad", [[2.0], [], "x", [None], [-0.1]])
def test_what_cannot_have_been_told_is_left_out_and_said(bad):
    run = only(session({"kind": "live", "at_s": 0, "forward_share": bad}, STOP))
    assert run.stream_with("live_forward_share") is None
    assert run.losses == ("Not understood and left out: 1 entry.",)
