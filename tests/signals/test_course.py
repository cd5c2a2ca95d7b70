"""Course from fixes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.signals.course import course_deg, displacement_m

METRES_PER_DEG = 111_000.0


def walk(course: float, speed: float, seconds: int = 60, latitude: float = 48.0, longitude: float = 11.0):
    time_s = np.arange(float(seconds))
    way_m = speed * time_s
    north = latitude + way_m * np.cos(np.radians(course)) / METRES_PER_DEG
    east = longitude + way_m * np.sin(np.radians(course)) / METRES_PER_DEG / np.cos(np.radians(latitude))
    return time_s, north, (east + 180.0) % 360.0 - 180.0


def apart_deg(a, b):
    return np.abs((a - b + 180.0) % 360.0 - 180.0)


@given(course=st.floats(0, 359), speed=st.floats(0.8, 6.0), latitude=st.floats(-65, 65))
def test_a_straight_way_has_its_course(course, speed, latitude):
    found = course_deg(*walk(course, speed, latitude=latitude))
    assert np.all(apart_deg(found, course) < 1.0)


def test_the_antimeridian_is_no_wall():
    found = course_deg(*walk(90.0, 3.0, longitude=179.999))
    assert np.all(apart_deg(found, 90.0) < 0.5)


def test_a_person_who_stands_has_no_course():
    rng = np.random.default_rng(5)
    time_s = np.arange(300.0)
    jitter = 48.0 + rng.normal(0, 0.2, 300) / METRES_PER_DEG
    assert np.isnan(course_deg(time_s, jitter, np.full(300, 11.0))).all()


def test_noise_of_a_metre_turns_a_run_by_little():
    rng = np.random.default_rng(6)
    time_s, north, east = walk(37.0, 2.8, 600)
    noisy = course_deg(time_s, north + rng.normal(0, 1, 600) / METRES_PER_DEG, east)
    assert np.median(apart_deg(noisy, 37.0)) < 5.0


def test_a_turn_round_is_seen_within_the_window():
    time_s = np.arange(100.0)
    way_m = 2.5 * np.where(time_s < 50, time_s, 100 - time_s)
    found = course_deg(time_s, 48.0 + way_m / METRES_PER_DEG, np.full(100, 11.0))
    assert np.allclose(found[:46] % 360, 0.0)
    assert np.allclose(found[54:], 180.0)


def test_no_course_over_a_hole_and_nothing_from_nothing():
    time_s, north, east = walk(10.0, 3.0, 100)
    north[40:70] = np.nan
    found = course_deg(time_s, north, east)
    assert np.isnan(found[42:68]).all()
    assert np.isfinite(found[:36]).all()
    assert np.isfinite(found[74:]).all()
    assert all(np.isnan(part).all() for part in displacement_m(time_s, np.full(100, np.nan), east))


@pytest.mark.parametrize("step_s", [0.25, 1.0, 2.0])
def test_the_rate_does_not_matter(step_s):
    time_s, north, east = walk(200.0, 2.0, 100)
    at_s = np.arange(0.0, 99.0, step_s)
    found = course_deg(at_s, np.interp(at_s, time_s, north), np.interp(at_s, time_s, east))
    assert np.all(apart_deg(found, 200.0) < 1.0)


@given(seed=st.integers(0, 2**32 - 1), count=st.integers(2, 60), step_s=st.sampled_from([0.5, 1.0, 3.0]))
def test_an_even_clock_gives_what_any_other_gives(seed, count, step_s):
    rng = np.random.default_rng(seed)
    north, east = np.cumsum(rng.normal(0.0, 3e-5, (2, count)), axis=1)
    at_s = step_s * np.arange(count)
    uneven_s = at_s.copy()
    uneven_s[-1] += 1e-7
    for even, other in zip(
        displacement_m(at_s, 48.0 + north, east), displacement_m(uneven_s, 48.0 + north, east), strict=True
    ):
        assert np.allclose(even, other, rtol=0.0, atol=1e-4, equal_nan=True)
