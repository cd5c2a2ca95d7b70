"""The ledger of one direction: an independent formula agrees, rest is 0, and a missing load is no rest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from backward_running.core.errors import BadValue
from backward_running.effort.load_daily import (
    decay_ratio,
    monotony_of_weeks,
    monotony_ratio,
    strain_au,
    weighted_mean_au,
)
from backward_running.effort.load_ledger import course_of, weeks_of

LOADS = arrays.arrays(np.float64, st.integers(1, 400), elements=st.floats(0, 1000, width=32))


def filtered(load: np.ndarray, days: float) -> np.ndarray:
    """The same recurrence, by SciPy's linear filter: y[t] = λ·x[t] + (1 − λ)·y[t − 1], from rest."""
    from scipy.signal import lfilter

    share = 1.0 - np.exp(-1.0 / days)
    return lfilter([share], [1, share - 1], load)


@settings(max_examples=60, deadline=None)
@given(load=LOADS, days=st.sampled_from([1, 7, 28, 42, 200]))
def test_an_independent_filter_gives_the_same_means(load, days):
    assert weighted_mean_au(load, decay_ratio(days), start_au=0.0) == pytest.approx(
        filtered(load, days), abs=1e-9, rel=1e-9
    )
    beside = np.column_stack([load, load[::-1]])
    both = weighted_mean_au(beside, decay_ratio(days))
    assert both[:, 0] == pytest.approx(weighted_mean_au(load, decay_ratio(days)), abs=1e-9)
    assert both[0] == pytest.approx(beside[0])


@given(load=LOADS)
@settings(max_examples=40, deadline=None)
def test_fitness_is_slow_fatigue_is_quick_and_form_is_their_difference(load):
    nothing = np.zeros(len(load))
    course = course_of(load, load / 5, nothing)
    assert course.fitness_au == pytest.approx(filtered(load, 42), abs=1e-9)
    assert course.fatigue_au == pytest.approx(filtered(load, 7), abs=1e-9)
    assert course.form_au == pytest.approx(course.fitness_au - course.fatigue_au, nan_ok=True)
    assert not course.fitness_at_least.any()
    assert not course.lacks.any()


def test_a_day_of_rest_is_0_and_known():
    course = course_of(np.array([70.0, 0, 0]), np.array([10.0, 0, 0]), np.zeros(3))
    assert course.fatigue_au == pytest.approx([9.318, 8.078, 7.003], abs=0.001)
    assert not course.fatigue_at_least.any()
    assert np.isfinite(course.form_au).all()


def test_a_missing_load_makes_at_least_and_form_not_known_until_it_hardly_weighs():
    load, known, lacking = np.full(200, 50.0), np.full(200, 30.0), np.zeros(200)
    load[20], known[20], lacking[20] = 0.0, 0.0, 30.0
    course = course_of(load, known, lacking)
    assert course.lacks[20]
    assert not course.fatigue_at_least[:20].any()
    assert course.fatigue_at_least[20:25].all()
    assert course.fitness_at_least[20:45].all()
    assert np.isnan(course.form_au[20:45]).all()
    assert np.isnan(course.acute_chronic_ratio[20:25]).all()
    assert not course.fitness_at_least[-1]  # 1 % of what is remembered at most
    assert np.isfinite(course.form_au[-1])
    whole = course_of(np.full(200, 50.0), np.full(200, 30.0), np.zeros(200))
    assert (course.fitness_au <= whole.fitness_au + 1e-9).all()  # "at least" holds


def test_a_ledger_refuses_what_is_not_known_as_a_number():
    with pytest.raises(BadValue, match="0 or more"):
        course_of(np.array([np.nan]), np.zeros(1), np.zeros(1))


def test_nothing_run_is_a_known_nothing():
    course = course_of(np.zeros(10), np.zeros(10), np.zeros(10))
    assert course.fitness_au[-1] == 0
    assert not course.fitness_at_least.any()
    assert np.isnan(course.acute_chronic_ratio).all()


def test_a_steady_load_has_a_ratio_of_one():
    course = course_of(np.full(400, 40.0), np.full(400, 20.0), np.zeros(400))
    assert course.acute_chronic_ratio[-1] == pytest.approx(1.0, abs=1e-6)


@given(week=arrays.arrays(np.float64, 7, elements=st.floats(0, 500, width=32)))
@settings(max_examples=60, deadline=None)
def test_a_week_alone_and_among_weeks_has_the_same_monotony(week):
    alone = monotony_ratio(week)
    among = monotony_of_weeks(np.vstack([week, np.zeros(7), np.arange(7.0)]))
    assert (alone is None) == bool(np.isnan(among[0]))
    assert alone is None or among[0] == pytest.approx(alone)
    assert np.isnan(among[1])


def test_weeks_know_what_they_lack():
    load = np.tile([100.0, 0, 100, 0, 100, 0, 0], 4)
    lacks = np.zeros(28, dtype=bool)
    lacks[8] = True
    weeks = weeks_of(load, lacks, whole=np.array([True, True, True, False]))
    assert weeks.load_au.tolist() == [300.0] * 4
    assert weeks.at_least.tolist() == [False, True, False, False]
    assert weeks.monotony_ratio == pytest.approx([0.866, np.nan, 0.866, np.nan], abs=0.001, nan_ok=True)
    assert weeks.strain_au[0] == pytest.approx(strain_au(load[:7]))
