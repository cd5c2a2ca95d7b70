"""What two tries have to differ by: a usual value until one's own repeats replace it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backward_running.outcomes import all_outcomes
from backward_running.outcomes.base import Reading
from backward_running.outcomes.detectable import detectable

WALK = all_outcomes()["backward_walk"]


def _tries(days, *values):
    return [Reading(date(2026, 5, 1) + timedelta(days=day), value) for day in range(days) for value in values]


def test_without_repeats_it_is_the_usual_value_and_says_so():
    found = detectable(WALK, _tries(20, 3.0))
    assert found.repeats == 0 and found.error == WALK.measurement_error.value
    assert found.change == pytest.approx(1.959964 * 2**0.5 * found.error)


def test_six_repeats_replace_it_and_five_do_not():
    assert detectable(WALK, _tries(5, 2.9, 3.1)).repeats == 0
    own = detectable(WALK, _tries(6, 2.9, 3.1))
    assert own.repeats == 6 and own.error == pytest.approx(0.1 * 2**0.5)


def test_what_differs_between_days_is_no_wavering_of_the_test():
    drifting = [
        Reading(date(2026, 5, 1) + timedelta(days=day), 3.0 - 0.1 * day + x) for day in range(8) for x in (0, 0.2)
    ]
    assert detectable(WALK, drifting).error == pytest.approx(0.1 * 2**0.5)


def test_tries_that_are_all_alike_say_nothing_of_a_spread():
    assert detectable(WALK, _tries(9, 3.0, 3.0)).repeats == 0


def test_every_timed_test_has_steps_and_its_limit_fits_what_may_be_typed():
    timed = [each for each in all_outcomes().values() if each.timing is not None]
    assert {each.key for each in timed} >= {"backward_walk", "single_leg_stance", "sit_and_reach", "standard_run"}
    for each in timed:
        assert each.is_typed and len(each.timing.steps) >= 3
        if each.timing.is_result:
            assert each.unit == "s" and (each.timing.limit_s or each.highest) <= each.highest
        else:
            assert each.timing.limit_s is not None
