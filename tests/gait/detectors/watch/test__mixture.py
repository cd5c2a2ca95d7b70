"""A recording read in several ways: how much of it is backward, how sure that is, and that nothing is made of nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.gait.detectors.watch._mixture import mixture_of
from backward_running.gait.person.prior import BASE_RATE, prior_of
from backward_running.gait.person.watch_samples import WatchSamples

STRANGER = prior_of(None)


def cells_with(share, *, cadence_ratio=1.095, speed_ratio=0.72, level=166.0, seconds=2400, seed=1, usual=3.0):
    rng = np.random.default_rng(seed)
    minutes = rng.permutation(seconds // 60)
    backward = np.repeat(minutes < round(share * len(minutes)), 60)
    speed = usual * np.exp(np.repeat(rng.normal(0.0, 0.05, seconds // 30), 30)) * np.where(backward, speed_ratio, 1.0)
    cadence = np.log(level) + 0.045 * (speed - 3.0) + np.where(backward, np.log(cadence_ratio), 0.0)
    cadence += np.repeat(rng.normal(0.0, 0.015, seconds // 30), 30)
    nothing = np.full(seconds, np.nan)
    return WatchSamples(1.0, speed, cadence, nothing, nothing, nothing, speed, np.zeros(seconds))


def expected_share(components):
    return sum(component.probability_share * component.backward_share for component in components)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 0.7])
def test_two_clouds_of_steps_show_how_much_is_backward(share):
    assert expected_share(mixture_of(cells_with(share), STRANGER)) == pytest.approx(share, abs=0.06)


def test_intervals_are_not_two_directions():
    """Half of it much slower, at the steps that belong to the speed."""
    components = mixture_of(cells_with(0.5, cadence_ratio=1.0, speed_ratio=0.72), STRANGER)
    assert sum(component.probability_share for component in components if 0.1 < component.backward_share < 0.9) < 0.05
    assert components[0].backward_share < 0.05


def test_one_cloud_stays_open_for_a_stranger():
    throughout = cells_with(1.0, level=168.0, usual=2.8)
    stranger = mixture_of(throughout, STRANGER)
    assert 0.03 < expected_share(stranger) < 0.6
    assert len(stranger) > 1


def test_nobody_runs_then_nothing_is_read():
    still = cells_with(0.0)
    nobody = WatchSamples(
        1.0, still.speed * 0.0, *[np.full(len(still.speed), np.nan)] * 4, still.speed * 0.0, still.uphill
    )
    (component,) = mixture_of(nobody, STRANGER)
    assert (component.probability_share, component.backward_share) == (1.0, BASE_RATE.value)


@given(
    seed=st.integers(0, 2**32 - 1), share=st.floats(0.0, 1.0), ratio=st.floats(0.9, 1.3), seconds=st.integers(1, 1200)
)
@settings(max_examples=40, deadline=None)
def test_whatever_comes_in_the_readings_are_a_distribution(seed, share, ratio, seconds):
    cells = cells_with(share, cadence_ratio=ratio, seed=seed, seconds=1200).of(slice(0, seconds), 1.0)
    components = mixture_of(cells, STRANGER)
    assert sum(component.probability_share for component in components) == pytest.approx(1.0)
    for component in components:
        assert 0.0 < component.backward_share < 1.0
        assert component.model.run_cadence.spread > 0.0
        assert np.isfinite(component.model.run_cadence.level)
