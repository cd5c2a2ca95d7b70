"""Speed from distance; impossible speeds."""

from __future__ import annotations

import numpy as np

from backward_running.signals.speed import plausible_speed_mps, speed_from_distance_mps


def test_a_count_in_whole_metres_gives_a_smooth_speed():
    time_s = np.arange(200.0)
    found = speed_from_distance_mps(time_s, np.floor(2.7 * time_s))
    assert np.abs(found[5:-5] - 2.7).max() < 0.2


def test_speed_is_never_negative_and_unknown_beside_a_gap():
    time_s = np.concatenate([np.arange(50.0), 200.0 + np.arange(50.0)])
    found = speed_from_distance_mps(time_s, np.concatenate([np.arange(50.0), 60 + np.arange(50.0)]))
    assert np.isnan(found[48:52]).all()
    known = found[np.isfinite(found)]
    assert len(known) > 90
    assert np.all(known >= 0)


def test_one_sample_has_no_speed():
    assert np.isnan(speed_from_distance_mps(np.array([0.0]), np.array([0.0]))).all()


def test_a_sparse_track_keeps_its_speed():
    time_s = np.arange(20.0) * 60.0
    assert np.allclose(speed_from_distance_mps(time_s, 1.4 * time_s), 1.4)


def test_impossible_speeds_are_missing_not_zero():
    found = plausible_speed_mps(np.array([np.nan, -0.1, 0.0, 12.6]), fastest_mps=12.5)
    assert np.isnan(found[[0, 1, 3]]).all()
    assert found[2] == 0.0
