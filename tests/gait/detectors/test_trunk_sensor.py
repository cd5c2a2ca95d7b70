from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Recording, Stream
from backward_running.gait import State
from backward_running.gait.detectors.trunk_sensor import judge, phase_correlations_of

CELLS_S = np.arange(0.0, 60.0, 0.2)


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
def test_played_in_reverse_all_signs_change(hz, step_hz, tilt_deg):
    forward = leads(trunk(hz=hz, step_hz=step_hz, tilt_deg=tilt_deg))
    backward = leads(trunk(facing=-1.0, hz=hz, step_hz=step_hz, tilt_deg=tilt_deg))
    assert len(forward) > 0.95 * len(CELLS_S)
    assert (forward > 1.0).mean() > 0.95
    assert (backward < -1.0).mean() > 0.95


def test_each_sign_is_seen_by_itself():
    order = phase_correlations_of(trunk(), CELLS_S)
    assert order is not None
    for part in order[:3]:
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
@pytest.mark.parametrize("facing", [1.0, -1.0])
def test_a_walking_trunk_is_braked_while_it_is_pushed_up(place, facing):
    """The fourth sign by itself, at waist and chest."""
    stream = trunk()
    step = 2.0 * np.pi * 1.7 * stream.time_s
    braked = {
        **stream.columns,
        "acc_y_mps2": -facing * 1.2 * np.cos(step),
        "gyr_y_radps": 0.1 * np.sin(step),
        "gyr_z_radps": 0.1 * np.sin(step),
    }
    found = facing * leads(Stream(place, "body", stream.time_s, braked, mount_known=True))
    assert len(found) > 0.9 * len(CELLS_S)
    assert (found > 1.0).mean() > 0.95


def test_a_hip_that_contradicts_itself_says_nothing():
    """It gathers speed as in a forward walk and turns as in a backward one: somebody shuffles or turns."""
    stream = trunk()
    turned = {**stream.columns, "gyr_z_radps": -stream.columns["gyr_z_radps"]}
    opinion = judge(recording(Stream("waist", "body", stream.time_s, turned, mount_known=True)), CELLS_S)
    assert opinion is not None
    assert not opinion.speaks.any()


def runner(place: str, *, facing: float = 1.0, late_rad: float = 0.0, surges: float = 3.0) -> Stream:
    """A running trunk: a hip that surges while it is pushed up, a chest that leans on the foot and turns from the leg.

    The surge comes `late_rad` after the push: by a quarter of a step, it is brake and push.
    """
    time_s = np.arange(0.0, 60.0, 0.01)
    step, stride = 5.6 * np.pi * time_s, 2.8 * np.pi * time_s
    right, ahead, up = 1.5 * np.cos(stride), surges * facing * np.cos(step - late_rad), 9.81 + 16.0 * np.cos(step)
    rolls, yaws = 0.5 * np.sin(stride), -facing * 0.9 * np.cos(stride)
    rows = (right, ahead, up, 0.1 * np.sin(step), rolls, yaws)
    return Stream(place, "body", time_s, dict(zip(ACCELERATION + ANGULAR_RATE, rows, strict=True)), True)


@pytest.mark.parametrize(("place", "late_rad"), [("waist", 0.0), ("waist", 0.8), ("waist", np.pi / 2), ("chest", 0.0)])
@pytest.mark.parametrize("facing", [1.0, -1.0])
def test_running_signs_change_too_and_weigh_little(place, late_rad, facing):
    """Running, a stretch may not be more than four to one, however well its steps agree: people differ."""
    stream = runner(place, facing=facing, late_rad=late_rad)
    assert np.nanmedian(phase_correlations_of(stream, CELLS_S).bounce_mps2) > 4.5
    found = facing * leads(stream)[20:-20]
    assert len(found) > 0.8 * len(CELLS_S)
    assert (found > 0.5).mean() > 0.95
    assert found.max() <= 1.0 + 1e-9


def test_a_running_hip_is_not_asked_how_it_rolls_and_turns():
    """Seven runners differ in it; a chest is not asked when it surges, for it pitches about the hip."""
    hip, chest = runner("waist"), runner("chest")
    turned = {**hip.columns, "gyr_z_radps": -hip.columns["gyr_z_radps"]}
    other = Stream(hip.place, hip.frame, hip.time_s, turned, mount_known=True)
    assert leads(other)[20:-20] == pytest.approx(leads(hip)[20:-20], abs=0.02)
    for late_rad in (np.pi / 2, np.pi):
        surging = runner("chest", late_rad=late_rad)
        assert leads(surging)[20:-20] == pytest.approx(leads(chest)[20:-20], abs=0.02)


def test_a_running_hip_between_the_signs_says_nothing():
    """It surges with the push, and is braked as nobody who runs forward is: unknown is the answer."""
    opinion = judge(recording(runner("waist", late_rad=-np.arctan(2.0))), CELLS_S)
    assert opinion is not None
    assert opinion.speaks[20:-20].mean() < 0.05


@pytest.mark.parametrize("late_deg", [19.0, 33.0, 38.0, 31.0, 18.0, 48.0, 86.0])
def test_runners_forward_are_not_called_backward(late_deg):
    """By how much of a step the surge of the pelvis follows the push in seven runners of published motion capture."""
    assert (leads(runner("waist", late_rad=np.radians(late_deg), surges=4.0)) > 0.0).all()


def test_between_a_walk_and_a_run_nothing_jumps():
    """The two readings are mixed: a walk that bounces more and more says less and less."""
    weights = []
    for bounce in np.linspace(2.0, 12.0, 41):
        stream = trunk()
        up = 9.81 + bounce / 2.0 * (stream.columns["acc_z_mps2"] - 9.81)
        bouncy = Stream(stream.place, stream.frame, stream.time_s, {**stream.columns, "acc_z_mps2": up}, True)
        opinion = judge(recording(bouncy), CELLS_S)
        lead = opinion.log_likelihood[:, State.FORWARD_WALK] - opinion.log_likelihood[:, State.BACKWARD_WALK]
        weights.append(float(np.median(lead)))
    assert weights[0] == pytest.approx(4.0)
    assert abs(weights[-1]) <= 1.0
    assert np.diff(weights).max() <= 1e-6
    assert np.abs(np.diff(weights)).max() < 1.6


@pytest.mark.parametrize(("place", "least_share"), [("waist", 0.8), ("chest", 0.95)])
def test_the_one_man_at_hand(shared_data, place, least_share):
    """His straight runs, looped by hand: no second person is known, so this only guards what was seen of him."""
    right, wrong = 0, 0
    for clip, facing in (("C01_StandToRun", 1), ("C03_Run", 1), ("C06_StandToRunBack", -1), ("C08_RunBackToStand", -1)):
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
        runs = np.char.endswith(
            table["label"][np.minimum((cells_s * 100).astype(int), len(table) - 1)].astype(str), "run"
        )
        lead = opinion.log_likelihood[:, State.FORWARD_RUN] - opinion.log_likelihood[:, State.BACKWARD_RUN]
        told = facing * lead[opinion.speaks & runs]
        right, wrong = right + int((told > 0).sum()), wrong + int((told < 0).sum())
    assert right + wrong > 10
    assert right / (right + wrong) >= least_share
