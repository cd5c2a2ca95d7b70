"""Loads over days: means, monotony, strain."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.errors import BadValue, NotEnoughData
from backward_running.effort.load_daily import decay_ratio, monotony_ratio, smoothing_ratio, strain_au, weighted_mean_au
from backward_running.effort.spike_frandsen_2025 import injury_hazard_ratio, is_spike


def test_a_steady_load_has_itself_as_mean() -> None:
    assert weighted_mean_au(np.full(50, 80.0), 0.02) == pytest.approx(np.full(50, 80.0))


def test_no_days_no_means() -> None:
    assert len(weighted_mean_au(np.zeros(0), 0.25)) == 0


def test_days_of_rest_are_zero_and_count() -> None:
    means = weighted_mean_au(np.array([100.0, 0.0, 0.0, 0.0]), 0.25)
    assert means == pytest.approx([100.0, 75.0, 56.25, 42.1875])


def test_a_week_without_variation_has_no_monotony() -> None:
    assert monotony_ratio(np.full(7, 50.0)) is None
    assert strain_au(np.full(7, 50.0)) is None


def test_monotony_wants_seven_days() -> None:
    with pytest.raises(NotEnoughData, match="7 days"):
        monotony_ratio(np.ones(6))


@pytest.mark.parametrize("ratio", [smoothing_ratio, decay_ratio])
def test_smoothing_wants_a_day(ratio) -> None:
    with pytest.raises(BadValue, match="at least 1"):
        ratio(0.5)


def test_after_42_days_of_one_load_63_percent_are_reached() -> None:
    fitness = weighted_mean_au(np.ones(42), decay_ratio(42), start_au=0.0)
    assert fitness[-1] == pytest.approx(0.632, abs=0.0005)
    assert decay_ratio(42) == pytest.approx(0.02353, abs=5e-6)
    assert decay_ratio(7) == pytest.approx(0.1331, abs=5e-5)


@pytest.mark.parametrize(("session", "hazard"), [(11.0, None), (11.1, 1.64), (13.0, 1.64), (13.1, 1.52), (20.5, 2.28)])
def test_hazard_by_size_of_the_spike(session: float, hazard: float | None) -> None:
    assert injury_hazard_ratio(session, 10.0) == hazard


def test_without_an_earlier_session_nothing_is_compared() -> None:
    with pytest.raises(BadValue, match="nothing to compare"):
        is_spike(5.0, 0.0)
