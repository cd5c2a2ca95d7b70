"""Distance from the device, the fixes, the speed."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.recording import Span
from backward_running.signals.distance import distance_along_fixes_m, distance_from_speed_m, filled_distance_m

NOWHERE = np.zeros(101, dtype=bool)


def fixes(speed_mps: float = 3.0):
    time_s = np.arange(101.0)
    return time_s, np.full(101, 60.0), 11.0 + speed_mps * time_s / 55_800.0


def test_a_kilometre_on_the_ellipsoid_is_a_kilometre():
    # One minute of latitude at 45° is 1,852.2 m on WGS 84.
    time_s = np.arange(61.0)
    latitude = 45.0 - 0.5 / 60 + time_s / 60 / 60
    found = distance_along_fixes_m(time_s, latitude, np.full(61, 7.0), np.zeros(61, dtype=bool))
    assert found[-1] == pytest.approx(1852.2, abs=0.5)


def test_a_jump_there_and_back_is_left_out():
    time_s, latitude, longitude = fixes()
    clean = distance_along_fixes_m(time_s, latitude, longitude, NOWHERE)
    latitude[50] += 0.01
    found = distance_along_fixes_m(time_s, latitude, longitude, NOWHERE, fastest_mps=12.5)
    assert found[-1] == pytest.approx(clean[-1], rel=1e-3)


def test_what_drifts_while_standing_does_not_count():
    time_s, latitude, longitude = fixes()
    drifts = (time_s >= 30) & (time_s < 60)
    found = distance_along_fixes_m(time_s, latitude, longitude, drifts)
    assert found[59] - found[30] == 0.0
    assert found[-1] == pytest.approx(3.0 * (100 - 29), rel=1e-3)


def test_a_drive_home_in_a_pause_does_not_count():
    time_s, latitude, longitude = fixes()
    latitude[51:] += 1.0
    found = distance_along_fixes_m(time_s, latitude, longitude, NOWHERE, [Span(50.0, 51.0)])
    assert found[-1] == pytest.approx(3.0 * 99, rel=0.05)


def test_speed_integrates_and_a_hole_adds_nothing():
    time_s = np.array([0.0, 1.0, 2.0, 100.0, 101.0])
    assert distance_from_speed_m(time_s, np.full(5, 2.0)).tolist() == [0.0, 2.0, 4.0, 4.0, 6.0]
    assert distance_from_speed_m(time_s[:3], np.array([2.0, np.nan, 2.0]))[-1] == 2.0


def test_the_count_never_falls():
    found = filled_distance_m(np.arange(6.0), np.array([np.nan, 2.0, 4.0, 3.0, np.nan, 8.0]))
    assert np.all(np.diff(found) >= 0)
    assert found.tolist() == [2.0, 2.0, 4.0, 4.0, 5.5, 8.0]
