"""Straight lines over speed: many of them at once say what each of them says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.habits import Trend
from backward_running.gait.person.prior import PEOPLE_RUN_CADENCE
from backward_running.gait.person.regression import trend_of

SPEEDS = np.linspace(1.5, 4.5, 7)


def trend(seed, cells):
    rng = np.random.default_rng(seed)
    speed = rng.uniform(2.0, 4.0, cells)
    return trend_of(speed, 5.1 + 0.05 * speed + rng.normal(0.0, 0.03, cells), np.ones(cells, dtype=bool))


@given(seeds=st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5), cells=st.integers(1, 3000))
def test_columns_of_sums_are_as_many_lines(seeds, cells):
    trends = [trend(seed, cells) for seed in seeds]
    columns = np.array([[getattr(one, name) for one in trends] for name in Trend.__slots__])[:, :, None]
    together = PEOPLE_RUN_CADENCE.moved(*columns)
    for number, one in enumerate(trends):
        alone = PEOPLE_RUN_CADENCE.learned(one)
        assert np.allclose(together.row(number).at(SPEEDS), alone.at(SPEEDS), atol=1e-9)
        assert np.allclose(together.variance_at(SPEEDS)[number], alone.variance_at(SPEEDS), atol=1e-9)
        assert alone.seconds_s == cells


def test_nothing_seen_moves_nothing():
    assert PEOPLE_RUN_CADENCE.learned(Trend()) is PEOPLE_RUN_CADENCE


def test_what_is_seen_draws_the_line_to_it():
    much = PEOPLE_RUN_CADENCE.learned(trend(1, 20_000))
    assert float(much.at(np.array(3.0))) == pytest.approx(5.25, abs=0.005)
    assert much.slope == pytest.approx(0.05, abs=0.005)
    assert much.level_variance < PEOPLE_RUN_CADENCE.level_variance / 50


def test_a_sensor_that_sticks_does_not_make_a_line_certain():
    speed = np.linspace(2.0, 4.0, 30_000)
    stuck = PEOPLE_RUN_CADENCE.learned(trend_of(speed, np.full(30_000, 5.2), np.ones(30_000, dtype=bool)))
    again = stuck.learned(trend_of(speed, np.full(30_000, 5.2), np.ones(30_000, dtype=bool)))
    assert stuck.spread == pytest.approx(PEOPLE_RUN_CADENCE.spread / 3)
    assert isinstance(again.spread, float)
