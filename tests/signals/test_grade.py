"""Grade: true hills, no false ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.signals.grade import grade_ratio


@given(
    slope=st.sampled_from([-0.2, -0.05, 0.03, 0.08, 0.25]),
    speed=st.floats(0.8, 5.0),
    step_s=st.sampled_from([0.25, 1.0, 4.0]),
)
@settings(max_examples=25)
def test_a_steady_hill_has_its_grade(slope, speed, step_s):
    way_m = speed * np.arange(0.0, 600.0, step_s)
    found = grade_ratio(way_m, 400.0 + slope * way_m)
    assert np.allclose(found, slope, atol=1e-6)


def test_barometric_noise_makes_no_hills():
    rng = np.random.default_rng(3)
    way_m = 2.8 * np.arange(3600.0)
    noisy = np.round((500 + rng.normal(0, 0.4, 3600)) * 5) / 5
    found = grade_ratio(way_m, noisy)
    assert (np.abs(found) < 0.01).mean() > 0.95
    assert np.maximum(found, 0) @ np.append(np.diff(way_m), 0) < 20.0  # metres climbed in ten level kilometres


def test_slow_drift_of_the_weather_makes_no_hills():
    time_s = np.arange(3600.0)
    found = grade_ratio(2.8 * time_s, 500 + 8 * np.sin(time_s / 1500))
    assert (found == 0.0).all()


def test_standing_weighs_nothing():
    way_m = np.concatenate([np.arange(0.0, 100.0), np.full(600, 100.0), np.arange(100.0, 200.0)])
    found = grade_ratio(way_m, 10 + 0.06 * way_m)
    assert np.allclose(found, 0.06, atol=1e-3)


def test_uphill_then_downhill():
    way_m = np.arange(0.0, 400.0, 2.0)
    found = grade_ratio(way_m, 100 - 0.1 * np.abs(way_m - 200))
    assert found[50] == pytest.approx(0.1, abs=1e-6)
    assert found[150] == pytest.approx(-0.1, abs=1e-6)


def test_not_known_is_nan():
    way_m = np.arange(0.0, 400.0, 2.0)
    height = 100 + 0.05 * way_m
    assert np.isnan(grade_ratio(way_m, np.full(200, np.nan))).all()
    assert np.isnan(grade_ratio(way_m[:5], height[:5])).all()
    height[60:140] = np.nan
    found = grade_ratio(way_m, height)
    assert np.isnan(found[80:120]).all()
    assert np.allclose(found[:50], 0.05, atol=1e-6)
