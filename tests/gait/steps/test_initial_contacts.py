"""Contacts, cadence and time on the ground, forward and backward."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from tests.gait.leg_recordings import leg_recording, recorded
from tests.gait.legs import SIX_AXES, Leg, sensor_stream

from backward_running.core.direction import Direction
from backward_running.core.recording import Stream
from backward_running.core.session import Bout
from backward_running.gait import measure
from backward_running.gait.steps.initial_contacts import find_steps
from backward_running.gait.steps.step_series import Steps


@pytest.mark.parametrize("place", ["foot_left", "shank_right"])
@pytest.mark.parametrize("gait", [Leg.walks, Leg.runs])
@pytest.mark.parametrize("backward", [False, True])
def test_steps_of_one_leg(place, gait, backward):
    leg = gait(backward=backward)
    found = find_steps(leg_recording(place, leg, seconds=60.0, noise=0.2))
    assert found is not None
    steps, cadence = found.between(np.array([5.0, 55.0]))
    assert steps[0] == pytest.approx(100.0 / leg.stride_s, rel=0.03)
    assert cadence[0] == pytest.approx(120.0 / leg.stride_s, rel=0.01)
    assert np.nanmedian(found.ground_s) == pytest.approx(leg.stance_share * leg.stride_s, abs=0.16)


def test_running_has_a_flight_and_walking_has_none():
    sprint = replace(Leg.runs(), stance_share=0.25)
    runs, walks = (find_steps(leg_recording("foot_left", leg)) for leg in (sprint, Leg.walks()))
    assert np.nanmedian(runs.flight_s) > 0.0
    assert np.nanmedian(walks.flight_s) == 0.0


def test_two_feet_count_each_step_once():
    leg = Leg.walks()
    time_s = np.arange(0.0, 60.0, 0.01)
    streams = [
        sensor_stream(place, leg.sensor("foot", time_s + late_s), time_s, noise=0.1)
        for place, late_s in (("foot_left", 0.0), ("foot_right", leg.stride_s / 2))
    ]
    found = find_steps(recorded(*streams))
    assert found.steps_per_contact == 1.0
    assert found.between(np.array([5.0, 55.0]))[0][0] == pytest.approx(100.0 / leg.stride_s, rel=0.03)


def test_steps_grow_evenly_and_rest_in_a_pause():
    found = Steps(
        np.array([1.0, 2.0, 3.0, 13.0, 14.0]), 2.0, np.full(5, np.nan), np.full(5, np.nan), (0.0, 20.0), "foot_left"
    )
    assert found.count_until(np.array([0.0, 1.0, 1.5, 2.0, 3.0])).tolist() == [0.0, 0.0, 1.0, 2.0, 4.0]
    assert found.count_until(np.array([8.0, 13.0])).tolist() == [6.0, 6.0]
    assert found.count_until(np.array([20.0]))[0] == 10.0
    steps, cadence = found.between(np.array([0.0, 4.0, 12.0, 30.0]))
    assert steps.tolist()[:2] == [6.0, 0.0]
    assert np.isnan(steps[2])  # the sensor was off for most of it
    assert np.isnan(cadence[1])


def test_no_sensor_no_steps():
    assert find_steps(leg_recording("wrist", Leg.runs())) is None
    still = np.random.default_rng(0).normal(0.0, 0.02, (6, 3000)) + np.array(
        [[0.0], [0.0], [9.81], [0.0], [0.0], [0.0]]
    )
    time_s = np.arange(3000) / 100.0
    for place in ("foot_left", "waist"):
        assert (
            find_steps(recorded(Stream(place, "body", time_s, dict(zip(SIX_AXES, still, strict=True)), True))) is None
        )


def test_bouts_get_their_steps_where_the_watch_has_no_cadence():
    leg = Leg.runs(backward=True)
    recording = leg_recording("foot_left", leg, seconds=60.0)
    bouts = (
        Bout(0.0, 20.0, Direction.BACKWARD, None, 0.9, "foot_sensor"),
        Bout(20.0, recording.duration_s, Direction.BACKWARD, None, 0.9, "paint"),
    )
    facts = measure(recording, recording.main, bouts)
    assert facts[0].steps_count == pytest.approx(40.0 / leg.stride_s, abs=4.0)
    assert facts[1].cadence_spm == pytest.approx(120.0 / leg.stride_s, rel=0.01)
    whole = measure(recording, recording.main, (Bout(0.0, recording.duration_s, Direction.BACKWARD, None, 0.9, "x"),))
    assert sum(one.steps_count for one in facts) == pytest.approx(whole[0].steps_count)


def bouncing(step_hz, *, lame=0.0, second=0.0, strong=1.0, hz=100.0, turned=False):
    """A trunk pushed up at each step, on one side more than on the other, with a second push within the step."""
    time_s = np.arange(0.0, 60.0, 1.0 / hz)
    step, stride = 2.0 * np.pi * step_hz * time_s, np.pi * step_hz * time_s
    up = 9.81 + np.cos(step) + lame * np.cos(stride) + second * np.cos(2.0 * step + 1.0)
    up = 9.81 + strong * (up - 9.81)
    rows = np.array(
        [strong * np.sin(stride), strong * 0.8 * np.sin(step), up, *0.3 * np.sin(stride + np.arange(3)[:, None])]
    )
    rows += np.random.default_rng(3).normal(0.0, 0.1, rows.shape)
    if turned:
        turn = np.linalg.qr(np.random.default_rng(4).normal(size=(3, 3)))[0]
        rows = np.vstack([turn @ rows[:3], turn @ rows[3:]])
    return recorded(Stream("waist", "sensor", time_s, dict(zip(SIX_AXES, rows, strict=True)), False))


@pytest.mark.parametrize("step_hz", [1.4, 1.9, 2.8, 3.9])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("hz", [25.0, 100.0])
@pytest.mark.parametrize(
    ("lame", "second"), [(0.0, 0.0), (0.25, 0.0), (0.0, 0.3)], ids=["even", "one side more", "two pushes"]
)
def test_a_trunk_bounces_once_a_step(step_hz, turned, hz, lame, second):
    """Neither the stride nor half a step is taken for the step: running backward has four steps a second."""
    strong = 1.5 if step_hz < 2.5 else 6.0
    found = find_steps(bouncing(step_hz, lame=lame, second=second, strong=strong, hz=hz, turned=turned))
    assert found is not None
    steps, cadence = found.between(np.array([5.0, 55.0]))
    assert cadence[0] == pytest.approx(60.0 * step_hz, rel=0.02)
    assert steps[0] == pytest.approx(50.0 * step_hz, rel=0.03)


def carried(step_hz, lame, place, *, swing_radps=1.0):
    """A phone anywhere that is loaded far more by one leg than by the other, anyhow mounted."""
    one = bouncing(step_hz, lame=lame, strong=1.5 if step_hz < 2.2 else 8.0, turned=True).streams[0]
    faster = {name: one.columns[name] * (swing_radps / 0.37) for name in SIX_AXES[3:]}
    return recorded(Stream(place, "sensor", one.time_s, {**one.columns, **faster}))


@pytest.mark.parametrize("place", ["unknown", "pocket", "thigh_right"])
@pytest.mark.parametrize(("step_hz", "lame"), [(1.7, 0.2), (2.8, 0.3), (2.8, 1.2), (3.9, 0.3), (3.9, 1.2)])
def test_a_phone_carried_anywhere_counts_steps_and_no_strides(place, step_hz, lame):
    found = find_steps(carried(step_hz, lame, place))
    assert found is not None
    steps, cadence = found.between(np.array([5.0, 55.0]))
    assert cadence[0] == pytest.approx(60.0 * step_hz, rel=0.03)
    assert steps[0] == pytest.approx(50.0 * step_hz, rel=0.03)
    assert np.nanmedian(found.cadence_spm(np.arange(5.0, 55.0))) == pytest.approx(60.0 * step_hz, rel=0.05)


def test_what_turns_like_a_foot_in_an_unknown_place_shows_no_steps():
    assert find_steps(carried(1.7, 0.2, "unknown", swing_radps=3.0)) is None
    assert find_steps(carried(2.8, 0.2, "unknown", swing_radps=8.0)) is None


def test_the_cadence_is_not_known_where_nobody_steps():
    contact_s = np.concatenate([np.arange(0.0, 20.0, 0.5), np.arange(40.0, 60.0, 0.4)])
    nothing = np.full(len(contact_s), np.nan)
    found = Steps(contact_s, 1.0, nothing, nothing, (0.0, 60.0), "waist")
    assert found.cadence_spm(np.array([10.0, 50.0])) == pytest.approx([120.0, 150.0])
    assert np.isnan(found.cadence_spm(np.array([30.0, 70.0]))).all()


def test_a_limp_does_not_shift_the_cadence():
    contact_s = np.cumsum(np.tile([0.7, 0.5], 20))
    unknown = np.full(len(contact_s), np.nan)
    found = Steps(contact_s, 1.0, unknown, unknown, (0.0, 24.0), "waist")
    for first in range(4):
        assert found.between(contact_s[[first, first + 8]])[1][0] == pytest.approx(100.0)


@pytest.mark.parametrize("place", ["waist", "chest"])
def test_cadence_of_a_trunk_running_backward(shared_data, place):
    """One man's motion capture: his waist rises and falls 231 to 236 times a minute."""
    path = shared_data / "imu" / "virtual_male1" / "Male1_C07_RunBack.csv"
    table = np.genfromtxt(path, delimiter=",", names=True, dtype=None, encoding="utf-8")
    rows = np.array([table[f"{place}_{kind}{axis}"] for kind in "ag" for axis in "xyz"])
    columns = {name: row.copy() for name, row in zip(SIX_AXES, rows, strict=True)}
    found = find_steps(recorded(Stream(place, "sensor", np.arange(rows.shape[1]) / 100.0, columns)))
    assert found.between(np.array([0.0, rows.shape[1] / 100.0]))[1][0] == pytest.approx(233.0, rel=0.04)


def test_strides_that_the_feet_missed_are_counted_by_the_trunk(shared_data):
    """Backward, a stop, forward: in four seconds the feet stand too seldom; the waist rises 224 times a minute."""
    bvh = pytest.importorskip("validation._bvh", reason="validation/ is not here")
    path = shared_data / "mocap" / "accad_male1" / "Male1_C10_RunBackStopRunForward.bvh"
    found = find_steps(bvh.read(path.read_bytes()))
    assert found.places == ("waist",)
    assert found.between(np.array([0.0, 2.8]))[1][0] == pytest.approx(224.0, rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize(("suffix", "place", "most_share"), [("lf", "foot_left", 0.02), ("lb", "waist", 0.01)])
def test_cadence_of_real_walkers(shared_data, suffix, place, most_share):
    errors = []
    for path in sorted((shared_data / "imu" / "ipol_gait").glob("*.json")):
        facts = json.loads(path.read_text())
        contacts = np.sort([one[1] / 100.0 for foot in ("Left", "Right") for one in facts[f"{foot}FootEvents"]])
        before = contacts[contacts < facts["UTurnBoundaries"][0] / 100.0]
        rows = np.genfromtxt(path.with_name(f"{path.stem}_{suffix}.txt"), skip_header=2)[:, 1:7]
        columns = {name: rows[:, number].copy() for number, name in enumerate(SIX_AXES)}
        found = find_steps(recorded(Stream(place, "sensor", np.arange(len(rows)) / 100.0, columns)))
        steps = found.between(np.array([before[2], before[-1]]))[0][0]
        errors.append(abs(steps / (len(before) - 3) - 1.0))
    assert len(errors) > 20
    assert np.median(errors) < most_share
