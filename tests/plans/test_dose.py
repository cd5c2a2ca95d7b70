from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backward_running.plans import Answers
from backward_running.plans.dose import backward_limit_s, is_spike, weekly_running_s

START = date(2026, 5, 4)
RUNNER = Answers(
    forward_runs_per_week=4,
    easy_speed_mps=3.0,
    longest_run_s=3600,
    backward_experience_min=0,
    days=(0, 1, 2, 3, 4, 5, 6),
    has_treadmill=False,
    has_spotter=True,
    has_known_spot=True,
    birth_year=1985,
    starts_on=START,
)


def test_twelve_minutes_after_ten_is_a_spike() -> None:
    assert is_spike(12 * 60, 10 * 60)
    assert not is_spike(11 * 60, 10 * 60)


def test_only_the_last_thirty_days_count() -> None:
    assert backward_limit_s(START, [(START - timedelta(days=30), 600.0)]) == pytest.approx(660)
    assert backward_limit_s(START, [(START - timedelta(days=31), 600.0)]) == 300
    assert backward_limit_s(START, [(START, 600.0)]) == 300, "the same day is not before it"


@pytest.mark.parametrize(("longest_s", "limit_s"), [(120.0, 300.0), (108.0, 300.0), (273.0, 300.3), (600.0, 660.0)])
def test_the_rule_binds_nobody_below_the_starting_dose(longest_s: float, limit_s: float) -> None:
    assert backward_limit_s(START, [(START - timedelta(days=2), longest_s)]) == pytest.approx(limit_s)


def test_weekly_running_is_estimated_low_and_is_none_for_who_does_not_run() -> None:
    assert weekly_running_s(RUNNER) == 3600 * 2.5
    assert weekly_running_s(replace(RUNNER, forward_runs_per_week=0)) == 0
