"""The constants that are shipped are those that the script prints, and nobody is judged by a fit that has seen them."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.gait.detectors.leg import foot_sensor, shank_and_thigh_sensor
from backward_running.gait.steps.time_odd_reference import LOWER_LEG


@pytest.mark.slow
def test_the_shipped_constants_are_the_fit_of_everybody(shared_data):
    from validation import fit_odd_marks as fit

    for _, model, places, runs in fit.GROUPS:
        found = fit.fitted(model, fit.chosen(places, runs=runs))
        np.testing.assert_allclose(found.mean, model.mean, atol=6e-4)
        np.testing.assert_allclose(found.covariance, model.covariance, atol=6e-5)


@pytest.mark.slow
def test_only_what_goes_forward_is_fitted(shared_data):
    from validation import fit_odd_marks as fit

    every = fit.chosen(("foot", "shank"), runs=None)
    forward = [part for part in every if part.forward]
    assert len(forward) < len(every)
    np.testing.assert_array_equal(fit.fitted(LOWER_LEG, every).mean, fit.fitted(LOWER_LEG, forward).mean)


@pytest.mark.slow
@pytest.mark.parametrize("person", ["man", "actor", "ipol 1"])
def test_who_is_left_out_is_left_out(shared_data, person):
    from validation._left_out import left_out

    with left_out(person):
        assert (foot_sensor.LOWER_LEG.mean != LOWER_LEG.mean).any()
        assert (shank_and_thigh_sensor.LOWER_LEG.mean == foot_sensor.LOWER_LEG.mean).all()
    assert foot_sensor.LOWER_LEG is LOWER_LEG
