"""How far fixes scatter: of a long way as of a short one, whatever the way itself does."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.signals.fix_scatter import fix_scatter_m


@pytest.mark.parametrize("count", [400, 4095, 8192, 40_001])
@pytest.mark.parametrize("scatter_m", [0.1, 1.5])
def test_the_scatter_is_told_of_any_length(count, scatter_m):
    rng = np.random.default_rng(count)
    angle_rad = np.arange(count) / 60.0
    north_m, east_m = 200.0 * np.array([np.sin(angle_rad), np.cos(angle_rad)]) + rng.normal(0, scatter_m, (2, count))
    found = fix_scatter_m(50.0 + north_m / 111_229.0, 8.0 + east_m / 71_696.0)
    assert found == pytest.approx(scatter_m, rel=0.12 if count == 400 else 0.05)


def test_a_jump_moves_nothing():
    rng = np.random.default_rng(1)
    north_m, east_m = rng.normal(0.0, 1.0, (2, 1000))
    north_m[500:] += 300.0
    assert fix_scatter_m(north_m / 110_574.0, east_m / 111_320.0) == pytest.approx(1.0, rel=0.1)
