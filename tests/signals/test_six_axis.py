"""One even clock, and honesty about what was bridged."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from backward_running.signals.six_axis import coarser, six_axis
from backward_running.signals.window import moving_mean, moving_minimum

NAMES = ACCELERATION + ANGULAR_RATE


def wave(time_s, **changes):
    rows = {name: np.sin(time_s * (number + 1)) for number, name in enumerate(NAMES)}
    return Stream("foot_left", "body", time_s, rows | changes, True)


@pytest.mark.parametrize("rate_hz", [25.0, 51.2, 100.0])
def test_slow_enough_streams_keep_their_samples(rate_hz):
    time_s = np.arange(0.0, 10.0, 1.0 / rate_hz)
    axes = six_axis(wave(time_s))
    assert axes.known.all()
    np.testing.assert_allclose(axes.force_mps2[1], np.sin(2 * time_s))
    np.testing.assert_allclose(axes.time_s, time_s)


def test_fast_streams_are_averaged_to_100_hz():
    time_s = np.arange(0.0, 10.0, 0.0025)
    axes = six_axis(wave(time_s))
    assert axes.step_s == pytest.approx(0.01)
    np.testing.assert_allclose(axes.rate_radps[0], np.sin(4 * axes.time_s), atol=0.02)


def test_jitter_and_lost_samples_are_put_onto_the_clock():
    rng = np.random.default_rng(2)
    time_s = np.arange(0.0, 20.0, 0.01)
    time_s = (time_s + rng.uniform(0.0, 0.004, len(time_s)))[rng.random(len(time_s)) > 0.03]
    axes = six_axis(wave(time_s))
    np.testing.assert_allclose(axes.force_mps2[0], np.sin(axes.time_s), atol=0.02)
    assert axes.known.mean() > 0.99


def test_a_hole_is_flagged():
    time_s = np.arange(0.0, 10.0, 0.01)
    values = np.sin(time_s)
    values[300:400] = np.nan
    axes = six_axis(wave(time_s, acc_z_mps2=values))
    assert not axes.known[305:395].any()
    assert axes.known[:299].all()
    assert np.isfinite(axes.force_mps2).all()


@pytest.mark.parametrize(
    "stream",
    [
        wave(np.arange(0.0, 10.0, 0.1)),  # too slow
        wave(np.arange(0.0, 0.1, 0.01)),  # too short
        wave(np.arange(0.0, 5.0, 0.01), gyr_y_radps=np.full(500, 0.3)),  # dead
        wave(np.arange(0.0, 5.0, 0.01), acc_x_mps2=np.full(500, np.nan)),
    ],
)
def test_what_cannot_be_used_is_none(stream):
    assert six_axis(stream) is None


def test_a_silence_of_a_day_costs_no_memory():
    time_s = np.concatenate([np.arange(0.0, 5.0, 0.01), 86_400.0 * 30 + np.arange(0.0, 5.0, 0.01)])
    assert len(six_axis(wave(time_s)).known) < 30_000


def test_coarser_takes_means_and_keeps_the_clock():
    axes = six_axis(wave(np.arange(0.0, 10.0, 0.01)))
    slow = coarser(axes, 25.0)
    assert slow.step_s == pytest.approx(0.04)
    np.testing.assert_allclose(slow.force_mps2[0], np.sin(slow.time_s), atol=0.001)
    assert coarser(slow, 25.0) is slow


def test_between_cuts_on_the_clock():
    axes = six_axis(wave(np.arange(0.0, 10.0, 0.01)))
    piece = axes.between(2.0, 3.0)
    assert (piece.start_s, len(piece.known)) == (pytest.approx(2.0), 100)
    assert len(axes.between(20.0, 30.0).known) == 0


@pytest.mark.parametrize("reach", [1, 2, 3, 7, 8, 30])
def test_windows_agree_with_the_plain_way(reach):
    values = np.random.default_rng(reach).normal(size=100)
    padded = np.pad(values, reach, mode="edge")
    plain = [padded[at : at + 2 * reach + 1] for at in range(100)]
    np.testing.assert_allclose(moving_minimum(values, reach), [one.min() for one in plain])
    np.testing.assert_allclose(moving_mean(values, 2 * reach + 1), [one.mean() for one in plain])
