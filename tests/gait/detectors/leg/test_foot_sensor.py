"""A foot goes where it goes: whatever the mounting, the rate, the length of the leg and the weather of the sensor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gait.leg_recordings import (
    STEP_S,
    accuracy_and_coverage,
    clip,
    clip_paths,
    leg_recording,
    recorded,
    told,
)
from tests.gait.legs import SIX_AXES, Leg, any_turn, sensor_stream

from backward_running.core.direction import Direction
from backward_running.core.recording import Stream
from backward_running.gait.detectors import speed_and_cadence
from backward_running.gait.detectors.leg.foot_sensor import DETECTOR
from backward_running.gait.segment.bouts import find_bouts_with

WAYS = {False: "forward", True: "backward"}
KEY = "foot_sensor"


def changed(recording, change):
    """The same recording with its arrays changed."""
    (stream,) = recording.streams
    columns = change({name: values.copy() for name, values in stream.columns.items()})
    return replace(recording, streams=(replace_columns(stream, columns),))


def replace_columns(stream, columns):
    return Stream(stream.place, stream.frame, stream.time_s, columns, stream.mount_known)


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("gait", [Leg.walks, Leg.runs])
@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 100.0, 204.8, 400.0])
def test_the_direction_at_every_rate(backward, gait, rate_hz):
    counts, ways = told(DETECTOR, leg_recording("foot_left", gait(backward=backward), rate_hz=rate_hz, noise=0.3))
    assert counts[WAYS[backward]] > 0.97 * len(ways)
    assert counts[WAYS[not backward]] == 0


@settings(max_examples=25, deadline=None)
@given(
    speed=st.floats(0.8, 4.5),
    stride=st.floats(0.9, 1.15),
    stance=st.floats(0.3, 0.65),
    backward=st.booleans(),
    turn=st.integers(0, 10_000),
)
def test_any_gait_in_any_mounting_is_right_or_unknown(speed, stride, stance, backward, turn):
    stride_s = stride * np.interp(speed, [0.8, 2.0, 4.5], [1.3, 0.9, 0.65])
    leg = Leg(speed_mps=-speed if backward else speed, stride_s=stride_s, stance_share=stance)
    for how in ({}, {"mount_known": False, "turned": any_turn(turn)}):
        counts, _ = told(DETECTOR, leg_recording("foot_right", leg, seconds=12.0, **how))
        assert counts[WAYS[not backward]] == 0


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_a_foot_like_nobodys_is_unknown_in_an_unknown_mounting(backward, seed):
    """A leg of geometry alone moves as nobody known does: a robot gets no verdict from marks that people taught."""
    how = {"mount_known": False, "turned": any_turn(seed), "noise": 0.3}
    counts, ways = told(DETECTOR, leg_recording("foot_left", Leg.walks(backward=backward), **how))
    assert counts == {"unknown": len(ways)}


def test_a_mount_that_is_not_the_stated_one_does_not_turn_forward_into_backward():
    quarter = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])  # the clip sits across the shoe
    counts, _ = told(DETECTOR, leg_recording("foot_left", Leg.walks(), turned=quarter))
    assert counts["backward"] == 0
    assert counts["sideways"] == 0


def test_bias_and_scale_of_a_cheap_sensor():
    def cheap(columns):
        for number, name in enumerate(SIX_AXES):
            columns[name] = columns[name] * 1.02 + (0.3 if number < 3 else 0.05)
        return columns

    counts, ways = told(DETECTOR, changed(leg_recording("foot_left", Leg.runs(backward=True)), cheap))
    assert counts["backward"] > 0.9 * len(ways)


def test_speed_of_the_strides_says_walk_or_run():
    for gait, name in ((Leg.walks, "walk"), (Leg.runs, "run")):
        for backward in (False, True):
            recording = leg_recording("foot_left", gait(backward=backward))
            asked = {one.key: one for one in (DETECTOR, speed_and_cadence.DETECTOR)}
            bouts = find_bouts_with(asked, recording, None)
            longest = max(bouts, key=lambda bout: bout.duration_s)
            assert (longest.direction.value, longest.gait.value) == (WAYS[backward], name)
            assert longest.found_by == KEY


def test_a_change_of_direction_is_told_within_a_second():
    fore, back = Leg.walks(), Leg.walks(backward=True)
    time_s = np.arange(0.0, 60.0, 0.01)
    moves = np.where(time_s < 31.0, fore.sensor("foot", time_s), back.sensor("foot", time_s))
    recording = recorded(sensor_stream("foot_left", moves, time_s, noise=0.1))
    bouts = find_bouts_with({KEY: DETECTOR}, recording, None)
    moved = [bout for bout in bouts if bout.direction is not Direction.UNKNOWN]
    assert [bout.direction.value for bout in moved] == ["forward", "backward"]
    assert abs(moved[1].start_s - 31.0) < 1.0


def saturated(columns):
    return {name: np.clip(values, -19.6, 19.6) if "acc" in name else values for name, values in columns.items()}


def slow_gyroscope(columns):
    return {name: values if "acc" in name else np.clip(values, -2.2, 2.2) for name, values in columns.items()}


def wrong_unit(columns):
    return {name: values if "acc" in name else np.degrees(values) for name, values in columns.items()}


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("change", [saturated, slow_gyroscope, wrong_unit])
def test_a_sensor_that_lies_is_not_believed(backward, change):
    recording = changed(leg_recording("foot_left", Leg.runs(backward=backward)), change)
    counts, ways = told(DETECTOR, recording)
    assert counts[WAYS[not backward]] < 0.02 * len(ways)


def constant(columns):
    return columns | {"gyr_x_radps": np.full_like(columns["gyr_x_radps"], 0.1)}


def nothing(columns):
    return columns | {"acc_y_mps2": np.full_like(columns["acc_y_mps2"], np.nan)}


def no_gyroscope(columns):
    return {name: values for name, values in columns.items() if "acc" in name}


def huge(columns):
    return {name: values * 1e9 for name, values in columns.items()}


@pytest.mark.parametrize("change", [constant, nothing, no_gyroscope, huge])
def test_a_dead_sensor_says_nothing(change):
    counts, _ = told(DETECTOR, changed(leg_recording("foot_left", Leg.runs()), change))
    assert set(counts) <= {"unknown"}


@pytest.mark.parametrize("seconds", [0.05, 0.5, 1.0, 2.0])
def test_a_recording_of_two_seconds_is_no_error(seconds):
    counts, _ = told(DETECTOR, leg_recording("foot_left", Leg.runs(backward=True), seconds=seconds))
    assert counts["forward"] == 0


def test_missing_samples_cost_their_own_strides_only():
    def full_of_holes(columns):
        for name in columns:
            columns[name][1000:1100] = np.nan
            columns[name][::97] = np.nan
        return columns

    counts, ways = told(DETECTOR, changed(leg_recording("foot_left", Leg.runs(backward=True)), full_of_holes))
    assert counts["backward"] > 0.85 * len(ways)
    assert counts["forward"] == 0


def test_a_shoe_that_was_taken_off_stands_still():
    time_s = np.arange(0.0, 60.0, 0.01)
    rng = np.random.default_rng(3)
    moves = Leg.runs().sensor("foot", time_s)
    moves[:, time_s > 30.0] = np.array([[0.0], [0.0], [9.81], [0.0], [0.0], [0.0]])
    moves += rng.normal(0.0, 0.02, moves.shape)
    recording = recorded(Stream("foot_left", "body", time_s, dict(zip(SIX_AXES, moves, strict=True)), True))
    bouts = find_bouts_with({KEY: DETECTOR}, recording, None)
    assert {bout.direction for bout in bouts if bout.start_s > 33.0} <= {Direction.STILL, Direction.UNKNOWN}
    assert sum(bout.duration_s for bout in bouts if bout.direction is Direction.FORWARD) == pytest.approx(30.0, abs=2.0)


@pytest.mark.parametrize("mount_known", [True, False])
@pytest.mark.parametrize("strength", [0.1, 1.0, 5.0, 30.0])
def test_noise_is_never_backward(mount_known, strength):
    for seed in range(3):
        rng = np.random.default_rng(seed)
        time_s = np.arange(0.0, 600.0, 0.01)
        moves = rng.normal(0.0, strength, (6, len(time_s))) + np.array([[0.0], [0.0], [9.81], [0.0], [0.0], [0.0]])
        columns = dict(zip(SIX_AXES, moves, strict=True))
        recording = recorded(Stream("foot_left", "body" if mount_known else "sensor", time_s, columns, mount_known))
        bouts = find_bouts_with({KEY: DETECTOR}, recording, None)
        assert Direction.BACKWARD not in {bout.direction for bout in bouts}


def test_two_feet_agree():
    time_s = np.arange(0.0, 30.0, 0.01)
    one = leg_recording("foot_left", Leg.runs(backward=True)).streams[0]
    other = leg_recording("foot_right", Leg.runs(backward=True), noise=0.3).streams[0]
    counts, ways = told(DETECTOR, recorded(one, other))
    assert counts["backward"] > 0.97 * len(ways)
    assert len(time_s) == len(one)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["foot_left", "foot_right"])
@pytest.mark.parametrize("how", [{}, {"rate_hz": 25.0}, {"rate_hz": 200.0}, {"noise": 1.0}])
def test_held_out_clips(shared_data, place, how):
    accuracy, coverage = accuracy_and_coverage(DETECTOR, clip_paths(shared_data), place, **how)
    assert accuracy > 0.93
    assert coverage > 0.9  # a clip of a few strides does not always tell that its sensors are in step


@pytest.mark.slow
@pytest.mark.parametrize("place", ["foot_left", "foot_right"])
def test_held_out_clips_in_an_unknown_mounting(shared_data, place):
    accuracy, coverage = accuracy_and_coverage(DETECTOR, clip_paths(shared_data), place, mount_known=False)
    assert accuracy > 0.98
    assert coverage > 0.6


@pytest.mark.slow
@pytest.mark.parametrize("place", ["foot_left", "foot_right"])
def test_an_actor_of_eight_styles_in_an_unknown_mounting(shared_data, place):
    """Four of his ways of walking back were called forward when the heel was taken to be drawn up first."""
    from validation._loops import loop

    from validation import _labelled as data
    from validation import _people as people

    right_s = wrong_s = 0.0
    for style in people.STYLES:
        for kind, way in (("walk", Direction.FORWARD), ("walk-back", Direction.BACKWARD)):
            clip_of = people.actor(style, kind)
            if len(clip_of) < 200:
                continue
            rows = loop(clip_of, 12.0).sensors[place]
            rows = np.hstack([rows[:, :3] @ any_turn(3).T, rows[:, 3:] @ any_turn(3).T])
            for bout in find_bouts_with({KEY: DETECTOR}, recorded(data.stream(place, rows, mount_known=False)), None):
                right_s += bout.duration_s * (bout.direction is way)
                wrong_s += bout.duration_s * (bout.direction not in (way, Direction.UNKNOWN, Direction.STILL))
    assert wrong_s == 0.0
    assert right_s > 110.0


def onto_the_body(rows):
    """The sensors sat on the instep, which rises toward the ankle: at rest x points up and back."""
    up = np.median(rows[:, :3], axis=0)
    up /= np.linalg.norm(up)
    forward = np.array([-1.0, 0.0, 0.0])
    forward -= up * (forward @ up)
    forward /= np.linalg.norm(forward)
    axes = np.array([np.cross(forward, up), forward, up])
    return np.concatenate([axes @ rows[:, :3].T, axes @ rows[:, 3:].T])


@pytest.mark.slow
@pytest.mark.parametrize("mount_known", [False, True])
def test_real_people_who_walk_forward(shared_data, mount_known):
    backward_s = moving_s = 0.0
    for path in sorted((shared_data / "imu" / "ipol_gait").glob("*_[lr]f.txt")):
        rows = np.genfromtxt(path, skip_header=2)[:, 1:7]
        moves = onto_the_body(rows) if mount_known else rows.T
        time_s = np.arange(len(rows)) / 100.0
        recording = recorded(sensor_stream("foot_left", moves, time_s, mount_known=mount_known))
        for bout in find_bouts_with({KEY: DETECTOR}, recording, None):
            backward_s += bout.duration_s * (bout.direction is Direction.BACKWARD)
            moving_s += bout.duration_s * (bout.direction is Direction.FORWARD)
    assert moving_s > 1000.0
    assert backward_s <= 2.0 * moving_s / 3600.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "place"), [("Male1_B22_SideStepLeft", "foot_left"), ("Male1_B23_SideStepRight", "foot_right")]
)
def test_a_side_step_is_sideways(shared_data, name, place):
    recording, clock_s, labels = clip(shared_data / "imu" / "virtual_male1" / f"{name}.csv", place)
    _, ways = told(DETECTOR, recording)
    at = np.searchsorted(clock_s, np.arange(len(ways)) * STEP_S + STEP_S / 2)
    stepping = ways[labels[np.minimum(at, len(labels) - 1)] == "side"]
    assert (stepping == "sideways").sum() > 0
    assert not set(stepping) & {"forward", "backward"}
