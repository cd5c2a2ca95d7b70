from __future__ import annotations

import numpy as np

from validation import _loops as loops

STILL = np.tile([0.0, 0.0, 9.80665, 0.0, 0.0, 0.0], (300, 1))


def test_the_vertical_of_a_sensor_that_spins_about_it_stays():
    rows = STILL.copy()
    rows[:, 5] = 1.0
    assert np.allclose(loops.verticals([rows])[0], [0.0, 0.0, 1.0])


def test_the_vertical_is_carried_by_the_gyroscope():
    rows = STILL.copy()
    rows[:, 3] = np.pi / 2 / 3.0  # a quarter turn about x in three seconds, while gravity is not felt to follow
    up = loops.verticals([rows])[0]
    assert up[-1, 1] > 0.3  # what was up comes to lie along y of the turned sensor


def test_a_closed_round_ends_as_it_began():
    rng = np.random.default_rng(8)
    swing = np.sin(np.linspace(0, 2 * np.pi, 120, endpoint=False))
    tables = np.zeros((2, 120, 6))
    tables[:, :, 2] = 9.80665 + 3.0 * swing
    tables[:, :, 3] = 4.0 * swing
    tables += rng.normal(0.0, 0.3, (2, 1, 6))  # a round that does not close
    closed = loops._closed(tables)
    poses, after = loops._poses(closed[:, :, 3:])
    assert np.allclose(after, np.eye(3), atol=1e-3)
    mean = np.einsum("tsab,stb->sa", poses, closed[:, :, :3]) / 120
    assert np.allclose(np.linalg.norm(mean, axis=1), 9.80665)
