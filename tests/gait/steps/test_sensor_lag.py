"""A lag of the accelerometer is told whatever the direction, and no walker is called backward because of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.gait.legs import Leg
from validation.fit_odd_marks import parts

from backward_running.core.direction import Direction
from backward_running.core.names import ANGULAR_RATE
from backward_running.gait import find_bouts
from backward_running.gait.steps.sensor_lag import in_step, sensor_lag
from backward_running.gait.steps.time_odd_reference import MOUNTED_IN_STEP
from backward_running.signals import working_stream
from backward_running.signals.six_axis import SixAxis
from validation import _labelled as data
from validation import _people as people

HZ = 100.0
SURE = 0.9
TOLD = (Direction.FORWARD, Direction.BACKWARD)


def jolted(seconds=40.0):
    """Something that swings and is jolted at each stride: first a rise, then a longer decay."""
    time_s = np.arange(0.0, seconds, 1.0 / HZ)
    rng = np.random.default_rng(3)
    jolt = np.zeros(len(time_s))
    for at in np.cumsum(rng.uniform(0.9, 1.2, int(seconds))):
        jolt += np.where(time_s >= at, np.exp(-np.maximum(time_s - at, 0.0) / 0.06), 0.0)
    swing = np.sin(2.0 * np.pi * 0.95 * time_s)
    force = np.stack([3.0 * swing + 8.0 * jolt, 2.0 * jolt, 9.81 + 10.0 * jolt])
    rate = np.stack([2.0 * swing + 4.0 * jolt, 1.0 * jolt, -2.0 * jolt])
    return np.concatenate([force, rate]) + rng.normal(0.0, 0.05, (6, len(time_s)))


def shifted(rows, samples):
    """The accelerometer so many samples late."""
    count = rows.shape[1] - abs(samples)
    force, rate = (0, samples) if samples >= 0 else (-samples, 0)
    return np.concatenate([rows[:3, force : force + count], rows[3:, rate : rate + count]])


def lags_s(rows):
    axes = SixAxis(0.0, 1.0 / HZ, rows[:3], rows[3:], np.ones(rows.shape[1], dtype=bool))
    return sensor_lag(axes, np.arange(2.0, rows.shape[1] / HZ - 2.0)).lag_s


@pytest.mark.parametrize("samples", [-20, -7, 0, 7, 20])
def test_the_lag_is_found_and_changes_its_sign_in_reverse(samples):
    rows = shifted(jolted(), samples)
    np.testing.assert_allclose(lags_s(rows), samples / HZ, atol=0.02)
    reverse = rows[:, ::-1] * np.array([[1.0]] * 3 + [[-1.0]] * 3)
    np.testing.assert_allclose(lags_s(reverse), -samples / HZ, atol=0.02)


def test_what_leaps_within_a_recording_is_no_lag_of_a_device():
    """A thigh is moved by what it tells: a minute that tells 0.3 s between others that tell none is not known."""
    rows = jolted(240.0)
    inside = slice(round(90.0 * HZ), round(150.0 * HZ))
    rows[3:, inside] = np.roll(rows[3:], round(-0.3 * HZ), axis=1)[:, inside]
    known = in_step(SixAxis(0.0, 1.0 / HZ, rows[:3], rows[3:], np.ones(rows.shape[1], dtype=bool))).known
    assert not known[round(110.0 * HZ) : round(130.0 * HZ)].any()
    for part in (slice(round(10.0 * HZ), round(70.0 * HZ)), slice(round(170.0 * HZ), round(230.0 * HZ))):
        assert known[part].all()


def test_what_does_not_move_tells_none():
    assert np.isnan(lags_s(np.zeros((6, 2000)) + 1.0)).all()
    axes = SixAxis(0.0, 0.01, np.ones((3, 4)), np.ones((3, 4)), np.ones(4, dtype=bool))
    none = sensor_lag(axes, np.array([0.02]))
    assert np.isnan([*none, none.least_s]).all()


@pytest.mark.parametrize("hz", [25.0, 50.0, 100.0])
@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("place", ["foot", "shank"])
def test_a_limb_without_impacts_is_in_step_at_any_rate(place, backward, hz):
    """Few samples a second show no jolt; what the three sizes then differ by is no proof of a lag."""
    time_s = np.arange(0.0, 60.0, 1.0 / hz)
    moves = Leg.runs(backward=backward).sensor(place, time_s)
    axes = SixAxis(0.0, 1.0 / hz, moves[:3], moves[3:], np.ones(len(time_s), dtype=bool))
    assert (sensor_lag(axes, np.arange(5.0, 55.0)).least_s <= MOUNTED_IN_STEP.value).all()


@pytest.mark.slow
@pytest.mark.parametrize(("place", "mount_known"), [("foot_left", False), ("foot_left", True), ("shank_left", False)])
def test_no_walker_is_surely_backward_at_any_lag(shared_data, place, mount_known):
    walks = [one.recording.streams[0] for one in data.ipol(mount_known=mount_known) if "foot" in one.name][1::9]
    assert len(walks) >= 5
    forward_s = {}
    for samples in (-20, -15, -10, -7, -5, 0, 5, 7, 10, 15, 20):
        forward_s[samples] = 0.0
        for worn in walks:
            rows = shifted(np.stack([worn.columns[name] for name in data.AXES]), samples)
            stream = data.stream(place, rows.T, rate_hz=HZ, mount_known=mount_known)
            walk = data.recording(stream, duration_s=rows.shape[1] / HZ, sport=None, name="walk")
            bouts = find_bouts(walk, working_stream(walk))
            sure = [one for one in bouts if (one.probability_share or 0.0) >= SURE]
            assert Direction.BACKWARD not in {one.direction for one in sure}, samples
            forward_s[samples] += sum(one.end_s - one.start_s for one in sure if one.direction == Direction.FORWARD)
    assert forward_s[0] > 5.0 * len(walks)
    if not mount_known:
        assert max(forward_s[samples] for samples in (-10, 10, 15, 20)) == 0.0


def gyroscope_early(worn, early_s):
    """The same sensor, its gyroscope so much early, as in a file of its own with another clock."""
    moved = {name: np.interp(worn.time_s + early_s, worn.time_s, worn.columns[name]) for name in ANGULAR_RATE}
    return replace(worn, columns={**worn.columns, **moved})


def judged(worn):
    """Seconds that are told forward, and those that are told backward."""
    walk = data.recording(worn, duration_s=float(worn.time_s[-1]) + 0.01, sport="walking", name="walk")
    bouts = find_bouts(walk, working_stream(walk))
    return [sum(bout.duration_s for bout in bouts if bout.direction is way) for way in TOLD]


def cut(worn, seconds):
    inside = worn.time_s < seconds
    return replace(worn, time_s=worn.time_s[inside], columns={k: v[inside] for k, v in worn.columns.items()})


@pytest.mark.parametrize("seconds", [40.0, pytest.param(300.0, marks=pytest.mark.slow)])
def test_a_pocket_is_right_or_unknown_however_far_off_its_gyroscope_is(shared_data, seconds):
    """Four people with a real phone; at 0.12 to 0.18 s one was backward for minutes, and sure of it."""
    for person, walk in people.pockets(jogging=False):
        worn = cut(walk.recording.streams[0], seconds)
        for early_s in (-0.3, -0.15, -0.05, 0.05, 0.12, 0.15, 0.18, 0.3):
            forward_s, backward_s = judged(gyroscope_early(worn, early_s))
            assert backward_s == 0.0, (person, early_s)
            assert forward_s >= 0.6 * seconds, (person, early_s)  # found out and put right, not given up


@pytest.mark.slow
@pytest.mark.parametrize("place", ["shank_left", "foot_left"])
def test_a_runner_without_impacts_is_right_or_unknown_however_far_off_the_gyroscope_is(shared_data, place):
    """Their jolts are weak, but they are there: once 22 of 48 s of a foot were wrong, and 36 of a shank."""
    some = [part for part in parts() if part.person == "man" and part.place == place and part.runs and part.forward]
    assert len(some) >= 4
    for part in some:
        for early_s in (-0.3, -0.1, 0.1, 0.15, 0.2, 0.3):
            worn = gyroscope_early(replace(part.stream, frame="sensor", mount_known=False), early_s)
            assert judged(worn)[1] == 0.0, early_s


def test_a_trunk_that_is_out_of_step_says_nothing(shared_data):
    """Levelled by a gyroscope that is 0.15 s off, ten seconds of one walker were backward."""
    walks = [walk.recording.streams[0] for walk in data.ipol(mount_known=True) if "ipol 5" in walk.name]
    some = [worn for worn in walks if worn.place == "waist"]
    assert sum(judged(worn)[0] for worn in some) >= 60.0
    for early_s in (-0.3, -0.15, 0.15, 0.3):
        assert all(judged(gyroscope_early(worn, early_s)) == [0.0, 0.0] for worn in some), early_s


@pytest.mark.slow
@pytest.mark.parametrize(("place", "runs"), [("chest", False), ("foot", True)])
def test_out_of_step_without_impacts_nobody_is_told_the_wrong_way(shared_data, place, runs):
    """Motion capture of one man who goes backward: a chest was forward for 20 s, a foot for 8 s, both sure of it."""
    for part in parts():
        if part.person != "man" or part.forward or part.runs is not runs or not part.place.startswith(place):
            continue
        for early_s in (-0.3, -0.1, 0.1, 0.3):
            assert judged(gyroscope_early(part.stream, early_s))[0] == 0.0, (part.place, early_s)


@pytest.mark.parametrize("every", [1, 2, 4], ids=["100 Hz", "50 Hz", "25 Hz"])
@pytest.mark.parametrize(("late", "is_told"), [(0, True), (15, False), (20, False)])
def test_strides_of_a_known_foot_that_is_out_of_step_say_nothing(shared_data, late, is_told, every):
    """A stance is where the gyroscope is calm; 0.15 s later the force there is that of the swing."""
    from validation._faults import rows_of

    one = next(walk for walk in data.ipol(mount_known=True) if walk.recording.streams[0].place == "foot_left")
    rows = shifted(rows_of(one.recording.streams[0]).T, late).T[::every]
    worn = data.stream("foot_left", rows, rate_hz=HZ / every)
    recording = data.recording(worn, duration_s=len(rows) * every / HZ)
    told = [bout for bout in find_bouts(recording, working_stream(recording)) if bout.direction in TOLD]
    assert bool(told) is is_told
    assert all(bout.direction is Direction.FORWARD for bout in told)
