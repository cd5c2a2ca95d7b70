from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Recording, Stream
from backward_running.gait import State
from backward_running.gait.detectors import trunk_sensor
from backward_running.gait.detectors.trunk_sensor import judge, phase_correlations_of

CELLS_S = np.arange(0.0, 60.0, 0.2)


@pytest.fixture
def anybody(monkeypatch):
    """Let the detector judge a trunk made of a few sines, which moves as nobody does and so would get no verdict."""
    monkeypatch.setattr(trunk_sensor, "moves_unlike_anybody", lambda _, __, time_s: np.zeros(len(time_s), dtype=bool))


def trunk(
    *, facing: float = 1.0, hz: float = 100.0, step_hz: float = 1.7, tilt_deg: float = 0.0, known: bool = True
) -> Stream:
    """A walking low back: it gathers speed while it sinks; the low side swings on; it is pushed off the foot."""
    time_s = np.arange(0.0, 60.0, 1.0 / hz)
    step, stride = 2.0 * np.pi * step_hz * time_s, np.pi * step_hz * time_s
    right, ahead, up = 0.8 * np.cos(stride), -facing * 1.2 * np.sin(step), 9.81 + 2.0 * np.cos(step)
    rolls, yaws = -0.5 * np.sin(stride), facing * 0.6 * np.cos(stride)
    lean = np.radians(tilt_deg)
    tilted = (right, np.cos(lean) * ahead + np.sin(lean) * up, np.cos(lean) * up - np.sin(lean) * ahead)
    turned = (
        0.1 * np.sin(step),
        np.cos(lean) * rolls + np.sin(lean) * yaws,
        np.cos(lean) * yaws - np.sin(lean) * rolls,
    )
    return Stream(
        "waist", "body", time_s, dict(zip(ACCELERATION + ANGULAR_RATE, (*tilted, *turned), strict=True)), known
    )


def recording(stream: Stream) -> Recording:
    return Recording("0" * 64, datetime(2026, 5, 1, tzinfo=UTC), (stream,), "test", "1", duration_s=60.0)


def leads(stream: Stream) -> np.ndarray:
    opinion = judge(recording(stream), CELLS_S)
    assert opinion is not None
    scores = opinion.log_likelihood[opinion.speaks]
    return scores[:, State.FORWARD_WALK] - scores[:, State.BACKWARD_WALK]


@pytest.mark.parametrize("hz", [25.0, 50.0, 100.0, 200.0])
@pytest.mark.parametrize("step_hz", [1.4, 1.9])
@pytest.mark.parametrize("tilt_deg", [0.0, 35.0])
@pytest.mark.usefixtures("anybody")
def test_played_in_reverse_all_signs_change(hz, step_hz, tilt_deg):
    forward = leads(trunk(hz=hz, step_hz=step_hz, tilt_deg=tilt_deg))
    backward = leads(trunk(facing=-1.0, hz=hz, step_hz=step_hz, tilt_deg=tilt_deg))
    assert len(forward) > 0.95 * len(CELLS_S)
    assert (forward > 1.0).mean() > 0.95
    assert (backward < -1.0).mean() > 0.95


@pytest.mark.parametrize("facing", [1.0, -1.0])
def test_a_trunk_of_a_few_sines_is_nobody_and_gets_no_verdict(facing):
    """All its signs are there and agree (above); but it sways as a machine does."""
    opinion = judge(recording(trunk(facing=facing)), CELLS_S)
    assert opinion is not None
    assert not opinion.speaks.any()


def test_each_sign_is_seen_by_itself():
    order = phase_correlations_of(trunk(), CELLS_S)
    assert order is not None
    for part in order[:2]:
        assert np.median(part) > 0.8


def test_a_guessed_mount_says_nothing():
    opinion = judge(recording(trunk(known=False)), CELLS_S)
    assert opinion is not None
    assert not opinion.speaks.any()


@pytest.mark.parametrize("spoil", ["nan", "zero", "saturated", "one axis", "table", "short"])
def test_bad_input_is_unknown(spoil):
    stream = trunk()
    rows, time_s = np.array([stream.columns[name] for name in ACCELERATION + ANGULAR_RATE]), stream.time_s
    if spoil == "nan":
        rows[:] = np.nan
    elif spoil == "zero":
        rows[:] = 0.0
    elif spoil == "saturated":
        rows[:3] = np.sign(rows[:3]) * 156.0
    elif spoil == "one axis":
        rows[4] = 0.3
    elif spoil == "table":
        rows[:] = np.array([[0.0], [0.0], [9.81], [0.0], [0.0], [0.0]])
        rows += np.random.default_rng(1).normal(0, 0.02, rows.shape)
    else:
        rows, time_s = rows[:, :3], time_s[:3]
    spoilt = Stream("waist", "body", time_s, dict(zip(ACCELERATION + ANGULAR_RATE, rows, strict=True)), True)
    opinion = judge(recording(spoilt), CELLS_S)
    assert opinion is None or not opinion.speaks.any()


@pytest.mark.parametrize("place", ["waist", "chest"])
def test_posture_is_no_direction(place):
    """A trunk that is braked while it is pushed up shows no rate: played in reverse it is the same, so it says nothing."""
    stream = trunk()
    step = 2.0 * np.pi * 1.7 * stream.time_s
    braked = {
        **stream.columns,
        "acc_y_mps2": -1.2 * np.cos(step),
        "gyr_y_radps": 0.1 * np.sin(step),
        "gyr_z_radps": 0.1 * np.sin(step),
    }
    opinion = judge(recording(Stream(place, "body", stream.time_s, braked, mount_known=True)), CELLS_S)
    assert opinion is not None
    assert opinion.speaks[10:-10].mean() < 0.05


def test_a_hip_that_contradicts_itself_says_nothing():
    """It gathers speed as in a forward walk and turns as in a backward one: somebody shuffles or turns."""
    stream = trunk()
    turned = {**stream.columns, "gyr_z_radps": -stream.columns["gyr_z_radps"]}
    opinion = judge(recording(Stream("waist", "body", stream.time_s, turned, mount_known=True)), CELLS_S)
    assert opinion is not None
    assert not opinion.speaks.any()


def runner(
    place: str, *, facing: float = 1.0, late_rad: float = 0.0, bounce: float = 16.0, step_hz: float = 2.8
) -> Stream:
    """A running trunk that surges while it is pushed up; `late_rad` after the push: by a quarter, brake and push."""
    time_s = np.arange(0.0, 60.0, 0.01)
    step, stride = 2.0 * np.pi * step_hz * time_s, np.pi * step_hz * time_s
    right, ahead, up = 1.5 * np.cos(stride), 3.0 * facing * np.cos(step - late_rad), 9.81 + bounce * np.cos(step)
    rolls, yaws = 0.5 * np.sin(stride), -facing * 0.9 * np.cos(stride)
    rows = (right, ahead, up, 0.1 * np.sin(step), rolls, yaws)
    return Stream(place, "body", time_s, dict(zip(ACCELERATION + ANGULAR_RATE, rows, strict=True)), True)


@pytest.mark.parametrize("place", ["waist", "chest", "lower_back"])
@pytest.mark.parametrize("facing", [1.0, -1.0])
@settings(max_examples=20, deadline=None)
@given(late=st.floats(-3.14, 3.14), bounce=st.floats(3.0, 20.0), step_hz=st.floats(2.5, 3.6))
def test_a_running_trunk_is_unknown(place, facing, late, bounce, step_hz):
    """However softly it bounces and whenever it surges: people contradict each other."""
    stream = runner(place, facing=facing, late_rad=late, bounce=bounce, step_hz=step_hz)
    opinion = judge(recording(stream), CELLS_S)
    assert opinion is not None
    assert not opinion.speaks.any()


def test_a_walk_with_a_flight_is_a_run():
    """Slow and yet in the air: whoever hops says nothing, whatever the size of the bounce on average."""
    opinion = judge(recording(runner("waist", bounce=5.5, step_hz=1.8, late_rad=np.pi / 2)), CELLS_S)
    assert opinion is not None
    assert opinion.speaks.mean() < 0.05


@pytest.mark.parametrize("place", ["waist", "chest"])
def test_the_one_man_at_hand_runs_unknown(shared_data, place):
    """His straight runs: nothing is said of them."""
    for clip in ("C03_Run", "C08_RunBackToStand"):
        path = shared_data / "imu" / "virtual_male1" / f"Male1_{clip}.csv"
        table = np.genfromtxt(path, delimiter=",", names=True, dtype=None, encoding="utf-8")
        columns = {
            name: np.ascontiguousarray(table[f"{place}_{kind}{axis}"])
            for name, (kind, axis) in zip(
                ACCELERATION + ANGULAR_RATE, ((k, x) for k in "ag" for x in "xyz"), strict=True
            )
        }
        stream = Stream(place, "body", np.arange(len(table)) / 100.0, columns, True)
        cells_s = np.arange(0.0, len(table) / 100.0, 0.2)
        opinion = judge(recording(stream), cells_s)
        at = np.minimum((cells_s * 100).astype(int), len(table) - 1)
        runs = np.char.endswith(table["label"][at].astype(str), "run")
        assert runs.sum() > 5
        assert opinion.speaks[runs].mean() < 0.1


@pytest.mark.parametrize("facing", [1.0, -1.0])
@pytest.mark.parametrize("aslant_deg", [45.0, 50.0, -60.0, 90.0])
def test_a_trunk_that_travels_aslant_is_neither_forward_nor_backward(facing, aslant_deg):
    stream, turn = trunk(facing=facing), np.radians(aslant_deg)
    columns = dict(stream.columns)
    right, ahead = stream.columns["acc_x_mps2"], stream.columns["acc_y_mps2"]
    columns["acc_x_mps2"] = np.cos(turn) * right - np.sin(turn) * ahead
    columns["acc_y_mps2"] = np.sin(turn) * right + np.cos(turn) * ahead
    opinion = judge(recording(Stream("waist", "body", stream.time_s, columns, mount_known=True)), CELLS_S)
    assert opinion.speaks[10:-10].mean() < 0.02


def test_who_shows_one_sign_and_then_the_other_says_nothing():
    """Two seconds as in a walk ahead, two as in a walk back: somebody shuffles or staggers."""
    fore, back = trunk(), trunk(facing=-1.0)
    ahead = (fore.time_s // 2.0) % 2.0 == 0.0
    columns = {name: np.where(ahead, fore.columns[name], back.columns[name]) for name in fore.columns}
    opinion = judge(recording(Stream("waist", "body", fore.time_s, columns, mount_known=True)), CELLS_S)
    assert opinion.speaks.mean() < 0.1
