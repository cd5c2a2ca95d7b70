from __future__ import annotations

import numpy as np
import pytest

from validation import _faults as faults
from validation import _labelled as data

RNG = np.random.default_rng(1)
STILL = np.tile([0.0, 0.0, 9.80665, 0.0, 0.0, 0.0], (300, 1))


def plain(rows=STILL):
    return data.stream("waist", rows)


def test_a_random_rotation_keeps_lengths_and_hands():
    for seed in range(20):
        matrix = faults.rotation(np.random.default_rng(seed))
        assert np.allclose(matrix @ matrix.T, np.eye(3))
        assert np.linalg.det(matrix) == pytest.approx(1.0)


def test_a_small_rotation_turns_by_its_angle():
    matrix = faults.rotation(np.random.default_rng(3), np.radians(10.0))
    assert np.degrees(np.arccos((np.trace(matrix) - 1) / 2)) == pytest.approx(10.0)


def test_a_turned_sensor_feels_the_same_force_and_knows_no_mount():
    one = faults.turned(plain(), RNG)
    assert not one.mount_known
    assert np.allclose(np.linalg.norm(faults.rows_of(one)[:, :3], axis=1), 9.80665)


@pytest.mark.parametrize(("rate_hz", "count"), [(25.0, 75), (50.0, 150), (200.0, 600)])
def test_rates(rate_hz, count):
    one = faults.at_rate(plain(), rate_hz)
    assert len(one) == count
    assert np.allclose(np.diff(one.time_s), 1 / rate_hz)
    assert one.mount_known


def test_gaps_take_away_what_they_say():
    one = faults.with_gaps(plain(np.tile(STILL, (20, 1))), np.random.default_rng(2))
    assert 0.9 < len(one) / 6000 <= 0.95
    assert np.diff(one.time_s).max() > 0.1


def test_mirroring_twice_changes_nothing():
    rows = np.random.default_rng(4).normal(size=(10, 6))
    motion = data.Motion("m", {"foot_left": rows}, *[np.zeros(10)] * 3, np.zeros(10, int), np.zeros(10, bool))
    name, once = faults.mirrored(motion, "foot_left")
    assert name == "foot_right"
    back = data.Motion("m", {"foot_right": once}, *[np.zeros(10)] * 3, np.zeros(10, int), np.zeros(10, bool))
    assert np.allclose(faults.mirrored(back, "foot_right")[1], rows)
