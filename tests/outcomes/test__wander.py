"""The filter against the plain algebra it stands for, and Student's t against SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from backward_running.outcomes import _student
from backward_running.outcomes._wander import KINDS, covariance, whiten, whiten_at

DAYS = np.array([0.0, 1.0, 2.0, 5.0, 9.0, 30.0, 31.0, 90.0])
SPREAD = np.array([1.0, 1.0, 4.0, 1.0, 1.0, 0.5, 1.0, 1.0])


def test_the_filter_is_generalised_least_squares():
    columns = np.random.default_rng(3).normal(size=(len(DAYS), 3))
    white = whiten(DAYS, columns, SPREAD)
    assert len(KINDS) == 25
    for place, kind in enumerate(KINDS):
        whole = covariance(DAYS, kind) + np.diag(SPREAD)
        wanted = columns.T @ np.linalg.inv(whole) @ columns
        assert white.columns[place].T @ white.columns[place] == pytest.approx(wanted)
        at = whiten_at(DAYS, columns, SPREAD, kind)
        assert at.T @ at == pytest.approx(wanted)
        assert white.log_det[place] == pytest.approx(np.linalg.slogdet(whole)[1])


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 7, 12, 61, 200])
def test_student_is_that_of_scipy(degrees):
    t = np.linspace(-8, 8, 33)
    assert _student.cdf(t, degrees) == pytest.approx(stats.t.cdf(t, degrees), abs=1e-12)


def test_a_quantile_of_a_mixture_is_where_its_chance_says():
    centres, scales, weights = np.array([-1.0, 2.0]), np.array([0.3, 1.0]), np.array([0.4, 0.6])
    chances = (0.025, 0.5, 0.975)
    for chance, at in zip(chances, _student.mixture_quantiles(chances, centres, scales, weights, 9), strict=True):
        assert _student.mixture_cdf(at, centres, scales, weights, 9) == pytest.approx(chance, abs=1e-9)
