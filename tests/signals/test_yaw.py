from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from backward_running.signals.yaw import yaw


def sensor(
    turn_deg: float, *, swing_deg: float, hz: float, seed: int, holes: tuple[float, float] = (0.0, 0.0)
) -> Stream:
    """A limb that swings about the axis across and rolls a little, on a body that turns, in a random mounting."""
    time_s = np.arange(0.0, 40.0, 1.0 / hz)
    rng = np.random.default_rng(seed)
    swing = np.radians(swing_deg) * np.sin(2.0 * np.pi * 0.9 * time_s)
    swing_rate = np.radians(swing_deg) * 2.0 * np.pi * 0.9 * np.cos(2.0 * np.pi * 0.9 * time_s)
    rate = np.where((time_s >= 20.0) & (time_s < 22.0), np.radians(turn_deg) / 2.0, 0.0)
    up = np.array([np.zeros(len(time_s)), np.sin(swing), np.cos(swing)])
    force = 9.81 * up + rng.normal(0, 0.3, up.shape)
    turns = rate * up + np.array([swing_rate, *np.zeros((2, len(time_s)))]) + rng.normal(0, 0.01, up.shape)
    mounting = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    mounting *= np.sign(np.linalg.det(mounting))
    rows = [*(mounting @ force), *(mounting @ turns)]
    seen = (time_s < holes[0]) | (time_s >= holes[1])
    return Stream(
        "unknown", "sensor", time_s[seen], {n: r[seen] for n, r in zip(ACCELERATION + ANGULAR_RATE, rows, strict=True)}
    )


@pytest.mark.parametrize("turn_deg", [180.0, -180.0, 90.0, 0.0])
@pytest.mark.parametrize("swing_deg", [5.0, 35.0])
@pytest.mark.parametrize("hz", [50.0, 100.0, 200.0])
def test_a_turn_is_seen_in_any_mounting(turn_deg, swing_deg, hz):
    for seed in range(3):
        found = yaw(sensor(turn_deg, swing_deg=swing_deg, hz=hz, seed=seed))
        assert found is not None
        before, after = found.time_s < 19.0, found.time_s > 23.0
        turned_deg = np.degrees(found.yaw_rad[after].mean() - found.yaw_rad[before].mean())
        assert turned_deg == pytest.approx(turn_deg, abs=12.0)


def test_nothing_is_integrated_over_a_hole():
    found = yaw(sensor(180.0, swing_deg=5.0, hz=100.0, seed=1, holes=(19.0, 23.0)))
    assert found is not None
    assert found.piece[0] == 0
    assert found.piece[-1] == 1


def test_a_table_is_at_rest_and_free_fall_has_no_plumb_line():
    time_s, rng = np.arange(0.0, 20.0, 0.02), np.random.default_rng(2)
    rows = rng.normal(0, 0.02, (6, len(time_s)))
    falls = yaw(Stream("unknown", "sensor", time_s, dict(zip(ACCELERATION + ANGULAR_RATE, rows.copy(), strict=True))))
    rows[2] += 9.81
    lies = yaw(Stream("unknown", "sensor", time_s, dict(zip(ACCELERATION + ANGULAR_RATE, rows.copy(), strict=True))))
    assert falls is not None
    assert lies is not None
    assert np.isnan(falls.yaw_rad).all()
    assert lies.unrest_mps2.max() < 0.1


@pytest.mark.parametrize("rows", [np.full((6, 100), np.nan), np.ones((6, 100))])
def test_what_says_nothing_gives_nothing(rows):
    columns = dict(zip(ACCELERATION + ANGULAR_RATE, rows.copy(), strict=True))
    assert yaw(Stream("unknown", "sensor", np.arange(100) / 50.0, columns)) is None
