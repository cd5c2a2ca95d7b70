from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from backward_running.signals.bridged import bridged, longest_hole_s
from backward_running.signals.six_axis import six_axis
from backward_running.signals.yaw import yaw

HZ = 100.0


@given(seed=st.integers(0, 2**32 - 1), share=st.floats(0.0, 1.0))
def test_only_short_holes_are_filled_and_only_between_what_was_measured(seed, share):
    rng = np.random.default_rng(seed)
    time_s = np.cumsum(rng.uniform(0.005, 0.03, 200))
    values = rng.normal(size=200)
    values[rng.random(200) < share] = np.nan
    filled = bridged(time_s, values, 0.06)
    held = np.isfinite(values)
    assert np.array_equal(filled[held], values[held])
    for one in np.flatnonzero(np.isfinite(filled) & ~held):
        left, right = np.flatnonzero(held[:one])[-1], one + 1 + np.flatnonzero(held[one + 1 :])[0]
        assert time_s[right] - time_s[left] <= 0.06
        assert min(values[left], values[right]) - 1e-12 <= filled[one] <= max(values[left], values[right]) + 1e-12


def test_a_slow_sensor_may_miss_one_sample():
    assert longest_hole_s(0.01) == pytest.approx(0.06)
    assert longest_hole_s(0.04) == pytest.approx(0.08, abs=0.001)


def walking(missing_share, *, rows=False, seed=2):
    rng = np.random.default_rng(seed)
    time_s = np.arange(0.0, 20.0, 1.0 / HZ)
    sway = np.sin(2.0 * np.pi * (np.arange(6)[:, None] / 6.0 + 1.8 * time_s))
    values = sway * np.repeat([3.0, 1.0], 3)[:, None] + np.array([0.0, 0.0, 9.8, 0.0, 0.0, 0.0])[:, None]
    whole = values.copy()
    gone = rng.random((1, len(time_s)) if rows else values.shape) < missing_share
    values[np.broadcast_to(gone, values.shape)] = np.nan
    stream = Stream("waist", "sensor", time_s, dict(zip(ACCELERATION + ANGULAR_RATE, values, strict=True)))
    return stream, whole


@pytest.mark.parametrize(("share", "rows"), [(0.3, False), (0.5, False), (0.3, True), (0.5, True)])
def test_single_missing_cells_are_bridged_axis_by_axis(share, rows):
    stream, whole = walking(share, rows=rows)
    axes = six_axis(stream)
    assert axes is not None
    assert axes.known.mean() > 0.6
    found = np.vstack([axes.force_mps2, axes.rate_radps])[:, axes.known]
    truth = np.array([np.interp(axes.time_s[axes.known], stream.time_s, row) for row in whole])
    assert np.abs(found - truth).max() < 0.6
    assert yaw(stream) is not None


def test_what_is_left_by_chance_is_not_known():
    stream, _ = walking(0.75)
    axes = six_axis(stream)
    assert axes is None or axes.known.mean() < 0.05
