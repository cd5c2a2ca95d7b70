from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.recording import Recording, Stream
from backward_running.gait import State
from backward_running.gait.trunk_sensor import judge, order_of
from backward_running.signals.yaw import ACC, GYR

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
    return Stream("waist", "body", time_s, dict(zip(ACC + GYR, (*tilted, *turned), strict=True)), known)


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
    order = order_of(trunk(), CELLS_S)
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
    rows, time_s = np.array([stream.columns[name] for name in ACC + GYR]), stream.time_s
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
    spoilt = Stream("waist", "body", time_s, dict(zip(ACC + GYR, rows, strict=True)), True)
    opinion = judge(recording(spoilt), CELLS_S)
    assert opinion is None or not opinion.speaks.any()


def test_a_running_trunk_says_nothing():
    """What would tell a runner's direction at the trunk is known from one man only: unknown is the answer."""
    stream = trunk(step_hz=2.8)
    bounced = {**stream.columns, "acc_z_mps2": 9.81 + 9.0 * (stream.columns["acc_z_mps2"] - 9.81)}
    running = Stream(stream.place, stream.frame, stream.time_s, bounced, mount_known=True)
    order = order_of(running, CELLS_S)
    assert np.nanmedian(order.bounce_mps2) > 4.5
    opinion = judge(recording(running), CELLS_S)
    assert opinion is None or not opinion.speaks.any()
