from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from backward_running.signals.unrest import CELL_S, unrest


def shaken(rate_hz: float = 50.0, *, seed: int = 0, names=ACCELERATION + ANGULAR_RATE) -> Stream:
    """Shaken by 1.5 m/s² and 0.5 rad/s from 10 to 20 s, at rest before and after, in a random mounting."""
    time_s, rng = np.arange(0.0, 30.0, 1.0 / rate_hz), np.random.default_rng(seed)
    moves = (time_s >= 10.0) & (time_s < 20.0)
    wave = np.sqrt(2.0) * np.sin(2 * np.pi * 2.0 * time_s) * moves
    nothing = np.zeros(len(time_s))
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    force = turn @ np.array([1.5 * wave, nothing, nothing + 9.81])
    rate = turn @ np.array([nothing, 0.5 * wave, nothing]) + 0.2  # and a bias
    columns = dict(zip(ACCELERATION + ANGULAR_RATE, [*force, *rate], strict=True))
    return Stream("waist", "sensor", time_s, {name: columns[name] for name in names})


@pytest.mark.parametrize("rate_hz", [20.0, 50.0, 104.3, 200.0])
@pytest.mark.parametrize("seed", range(3))
def test_the_spread_is_that_of_the_vector_whatever_the_rate_and_mounting(rate_hz, seed):
    found = unrest(shaken(rate_hz, seed=seed), 1.5)
    assert found is not None
    inside = (found.time_s > 11.0) & (found.time_s < 19.0)
    outside = (found.time_s < 9.0) | (found.time_s > 21.0)
    np.testing.assert_allclose(found.force_mps2[inside], 1.5, rtol=0.1)
    np.testing.assert_allclose(found.rate_radps[inside], 0.5, rtol=0.1)
    assert found.force_mps2[outside].max() < 1e-3
    assert found.rate_radps[outside].max() < 1e-3


def test_a_hole_is_not_rest():
    whole = shaken()
    seen = (whole.time_s < 4.0) | (whole.time_s >= 6.0)
    columns = {name: values[seen] for name, values in whole.columns.items()}
    columns["acc_y_mps2"][10] = np.nan
    found = unrest(Stream("waist", "sensor", whole.time_s[seen], columns), 1.5)
    assert found is not None
    unknown = np.isnan(found.force_mps2)
    assert unknown[(found.time_s > 4.0) & (found.time_s < 6.0)].all()
    assert unknown[int(0.2 / CELL_S)]
    assert not unknown[found.time_s > 8.0].any()


def test_without_a_gyroscope_only_the_force_is_known():
    found = unrest(shaken(names=ACCELERATION), 1.5)
    assert found is not None
    assert np.isfinite(found.force_mps2).all()
    assert np.isnan(found.rate_radps).all()


def test_too_few_samples_are_none():
    assert unrest(shaken(10.0), 1.5) is None
    assert unrest(shaken(names=ANGULAR_RATE), 1.5) is None
    two = Stream("waist", "sensor", np.array([0.0, 0.05]), {name: np.zeros(2) for name in ACCELERATION})
    found = unrest(two, 1.5)
    assert found is None or len(found.force_mps2) == 1
