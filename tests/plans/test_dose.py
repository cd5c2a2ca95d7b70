from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Step, Week, Workout
from backward_running.plans import Answers, broken_rules
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


def session(on: date, minutes: float, *, week: int = 1, **step: object) -> Workout:
    back = Step("BACK WALK", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=minutes * 60, speed_high_mps=1.2)
    return Workout("x", week, 1, "t", on, Place.FLAT_CLOSED, "a friend", (replace(back, **step),), "s")


def week_of(*workouts: Workout, number: int = 1) -> Week:
    return Week(number, START, workouts)


def test_twelve_minutes_after_ten_is_flagged() -> None:
    assert is_spike(12 * 60, 10 * 60)
    assert not is_spike(11 * 60, 10 * 60)
    recorded = replace(RUNNER, backward_history=((START - timedelta(days=3), 600.0),))
    (sentence,) = broken_rules((week_of(session(START, 12)),), recorded)
    assert "12.0 backward minutes" in sentence and "11.0 are allowed" in sentence
    assert broken_rules((week_of(session(START, 11)),), recorded) == ()


def test_only_the_last_thirty_days_count() -> None:
    assert backward_limit_s(START, [(START - timedelta(days=30), 600.0)], []) == pytest.approx(660)
    assert backward_limit_s(START, [(START - timedelta(days=31), 600.0)], []) == 300
    assert backward_limit_s(START, [(START, 600.0)], []) == 300, "the same day is not before it"


def test_weekly_running_is_estimated_low_and_is_none_for_who_does_not_run() -> None:
    assert weekly_running_s(RUNNER) == 3600 * 2.5
    assert weekly_running_s(replace(RUNNER, forward_runs_per_week=0)) == 0


GOOD = session(START, 5)


@pytest.mark.parametrize(
    ("workouts", "answers", "says"),
    [
        ((GOOD, session(START + timedelta(days=1), 5)), RUNNER, "less than 48 hours"),
        (tuple(session(START + timedelta(days=n), 5, week=5) for n in range(4)), RUNNER, "more than 3 sessions"),
        ((session(START, 5, speed_high_mps=2.5),), RUNNER, "no cap"),
        ((session(START, 5, speed_high_mps=None),), RUNNER, "no cap"),
        ((session(START, 5, speed_high_mps=1.6, gait=Gait.RUN),), RUNNER, "a run"),
        ((session(START, 5, speed_high_mps=2.0, gait=Gait.RUN),), replace(RUNNER, walking_only=True), "only walking"),
        ((replace(GOOD, grade_low_ratio=-0.02),), RUNNER, "grade"),
        ((replace(GOOD, grade_high_ratio=0.06),), RUNNER, "grade"),
        ((GOOD,), replace(RUNNER, longest_run_s=300, forward_runs_per_week=1), "backward minutes in week"),
        ((GOOD,), replace(RUNNER, birth_year=2011), "without an adult"),
        ((GOOD,), replace(RUNNER, birth_year=2015, has_supervisor=True), "a runner of 10"),
        ((GOOD,), replace(RUNNER, days=(3,)), "not a free day"),
        ((session(START - timedelta(days=7), 5),), RUNNER, "before the start"),
        ((session(START, 5, name="RETRO"),), RUNNER, "not named"),
        ((session(START, 70, direction=Direction.FORWARD, gait=Gait.RUN),), RUNNER, "110 % of the longest run"),
        ((session(START, 5, distance_m=100.0),), RUNNER, "not both"),
    ],
)
def test_every_rule_bites(workouts: tuple[Workout, ...], answers: Answers, says: str) -> None:
    assert any(says in sentence for sentence in broken_rules((week_of(*workouts),), answers))


def test_a_good_week_breaks_none() -> None:
    assert broken_rules((week_of(GOOD, session(START + timedelta(days=2), 5.5)),), RUNNER) == ()
