from __future__ import annotations

import string
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plans.altering import altered

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Repeat, Week, Workout
from backward_running.plans import Answers, all_protocols, broken_rules
from backward_running.plans._programme import speed_cap_mps
from backward_running.plans.base import PlanFacts
from backward_running.plans.beginner import TABLE

BEGINNER = all_protocols()["beginner"]
RUNNER = Answers(
    forward_runs_per_week=4,
    easy_speed_mps=10 / 3.6,
    longest_run_s=3600,
    backward_experience_min=0,
    days=(0, 2, 4, 6),
    has_treadmill=False,
    has_spotter=True,
    has_known_spot=True,
    birth_year=1985,
    starts_on=date(2026, 5, 4),
)


@st.composite
def some_answers(draw: st.DrawFn) -> Answers:
    starts_on = date(2026, 5, 4) + timedelta(days=draw(st.integers(0, 366)))
    history = draw(st.lists(st.tuples(st.integers(1, 60), st.floats(5, 3600)), max_size=3))
    return Answers(
        forward_runs_per_week=draw(st.integers(0, 14)),
        easy_speed_mps=draw(st.floats(1000 / 900, 1000 / 180)),
        longest_run_s=draw(st.one_of(st.floats(1200, 7200), st.floats(0, 86400))),
        backward_experience_min=draw(st.floats(0, 1e4)),
        days=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
        has_treadmill=draw(st.booleans()),
        has_spotter=draw(st.booleans()),
        has_known_spot=draw(st.booleans()),
        has_supervisor=draw(st.booleans()),
        birth_year=draw(st.one_of(st.integers(1930, 2010), st.integers(2008, 2016))),
        starts_on=starts_on,
        facts=PlanFacts(
            walking_only=draw(st.booleans()),
            backward_history=tuple((starts_on - timedelta(days=ago), seconds) for ago, seconds in history),
        ),
    )


def all_of(weeks: tuple[Week, ...]) -> list[Workout]:
    return [workout for week in weeks for workout in week.workouts]


def back_s(workout: Workout) -> float:
    return sum(step.duration_s for step in workout.steps() if step.direction is Direction.BACKWARD)


def hold_to_the_rules(answers: Answers, weeks: tuple[Week, ...]) -> None:
    """The rules of the house again, written from the rule book and not from the program."""
    workouts = all_of(weeks)
    age = answers.starts_on.year - answers.birth_year - 1
    if age < 13 or (age < 16 and not answers.has_supervisor):
        assert weeks == ()
    days = [workout.on for workout in workouts]
    assert days == sorted(set(days))
    assert all(day.weekday() in answers.days and day >= answers.starts_on for day in days)
    assert all(sum(0 <= (other - day).days < 7 for other in days) <= 3 for day in days), "over 3 in seven days"
    for early, late in pairwise(workouts):
        if early.week <= 4:
            assert late.on - early.on >= timedelta(hours=48)
    weekly_s = answers.longest_run_s * (0.5 + 0.5 * answers.forward_runs_per_week)
    weekly_s *= answers.forward_runs_per_week > 0
    for number, week in enumerate(weeks, 1):
        assert week.number == number and week.starts_on == answers.starts_on + timedelta(weeks=number - 1)
        assert all(0 <= (workout.on - week.starts_on).days < 7 for workout in week.workouts)
        assert len(week.workouts) <= 3
        assert sum(map(back_s, week.workouts)) <= 0.30 * weekly_s + 1e-6
    for index, workout in enumerate(workouts):
        lately = [back_s(other) for other in workouts[:index] if (workout.on - other.on).days <= 30]
        told = [seconds for day, seconds in answers.facts.backward_history if 0 < (workout.on - day).days <= 30]
        assert back_s(workout) <= max([300, *(1.1 * seconds for seconds in lately + told)]) + 1e-6
        if workout.stage >= 9 and lately:
            recent = [other for other in workouts[:index] if (workout.on - other.on).days <= 30]
            assert bout_s(workout) <= 1.1 * max(map(bout_s, recent)) + 1e-6
        hold_a_session(answers, workout)


def bout_s(workout: Workout) -> float:
    return max(step.duration_s for step in workout.steps() if step.direction is Direction.BACKWARD)


def hold_a_session(answers: Answers, workout: Workout) -> None:
    assert 60 <= back_s(workout) <= TABLE[workout.stage - 1].backward_s
    assert 0 <= workout.grade_low_ratio <= workout.grade_high_ratio <= 0.04
    if workout.stage <= 2 or workout.place is Place.TREADMILL:
        assert workout.grade_high_ratio == 0
    on_belt = workout.place is Place.TREADMILL
    forward_run_s = sum(
        s.duration_s for s in workout.steps() if s.direction is Direction.FORWARD and s.gait is Gait.RUN
    )
    assert forward_run_s == 0 if on_belt else 300 <= forward_run_s <= 600
    for step in workout.steps():
        assert len(step.name) <= 15 and set(step.name) <= set(string.ascii_uppercase + string.digits + " /")
        if step.direction is not Direction.BACKWARD:
            allowed = ("OFFBELT WARM UP", "STAND", "OFFBELT COOL") if on_belt else ("WARM UP", "FWD WALK", "COOL DOWN")
            assert step.name in allowed
            continue
        assert step.name == f"BACK {step.gait.value.upper()}" and step.part is Part.WORK
        assert step.speed_high_mps <= 0.8 * answers.easy_speed_mps
        if step.gait is Gait.RUN:
            assert step.speed_high_mps >= 1.63 and not answers.facts.walking_only
        else:
            assert step.speed_high_mps < 1.63
        if workout.stage <= 3:
            assert step.speed_high_mps <= (1.2, 1.5, 1.8)[workout.stage - 1]
            assert step.speed_high_mps <= 0.5 * answers.easy_speed_mps
        else:
            share = (0.55, 0.60, 0.65, 0.70, 0.75)[min(workout.stage, 8) - 4]
            assert step.speed_high_mps <= share * answers.easy_speed_mps
    assert workout.reasons and all(reason.evidence_key for reason in workout.reasons)
    assert workout.summary and workout.advice and workout.with_whom


def broken(answers: Answers) -> tuple[str, ...]:
    """Return what the weeks break by the program's own checker; by the rules above they break nothing."""
    weeks = BEGINNER.weeks(answers)
    # A 20-minute runner is the precondition; a gate keeps the others out, the weeks themselves keep to what they can.
    if answers.longest_run_s < 1200:
        return ()
    hold_to_the_rules(answers, weeks)
    return broken_rules(weeks, answers)


@settings(max_examples=100, deadline=None)
@given(some_answers())
def test_same_answers_same_weeks_and_always_a_word(answers: Answers) -> None:
    assert BEGINNER.weeks(replace(answers)) == BEGINNER.weeks(answers)
    assert BEGINNER.notes(answers)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_answers())
def test_no_week_breaks_a_rule(answers: Answers) -> None:
    assert broken(answers) == ()


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_answers())
def test_no_week_breaks_a_rule_in_many_more(answers: Answers) -> None:
    assert broken(answers) == ()


def test_ten_km_per_hour_at_half_the_pace_is_a_walk() -> None:
    weeks = BEGINNER.weeks(RUNNER)
    gaits = {s.gait for w in weeks[:3] for o in w.workouts for s in o.steps() if s.direction is Direction.BACKWARD}
    assert gaits == {Gait.WALK}
    told = [reason for reason in BEGINNER.notes(RUNNER) if reason.evidence_key == "hreljac2005.transition"]
    assert "1.39 m/s" in told[0].text and "1.63 m/s" in told[0].text


def test_the_step_says_walk_with_both_numbers() -> None:
    week_4 = BEGINNER.weeks(RUNNER)[3].workouts[0]
    assert {s.name for s in week_4.steps()} == {"WARM UP", "BACK WALK", "FWD WALK", "COOL DOWN"}
    assert any("1.52 m/s" in r.text and "1.63 m/s" in r.text and "walk" in r.text for r in week_4.reasons)
    week_5 = BEGINNER.weeks(RUNNER)[4].workouts[0]
    assert "BACK RUN" in {s.name for s in week_5.steps()}
    assert any("both fit" in r.text for r in week_5.reasons)


def test_a_fast_runner_runs_at_half_the_pace() -> None:
    fast = replace(RUNNER, easy_speed_mps=16 / 3.6)
    week_3 = BEGINNER.weeks(fast)[2].workouts[0]
    assert {s.name for s in week_3.steps() if s.direction is Direction.BACKWARD} == {"BACK WALK", "BACK RUN"}


def test_a_slow_runner_walks_throughout_and_is_told() -> None:
    slow = replace(RUNNER, easy_speed_mps=7 / 3.6)
    assert not any(
        s.gait is Gait.RUN and s.direction is Direction.BACKWARD
        for o in all_of(BEGINNER.weeks(slow))
        for s in o.steps()
    )
    assert any("you walk backward throughout" in reason.text for reason in BEGINNER.notes(slow))


def test_the_first_weeks_follow_the_table() -> None:
    weeks = BEGINNER.weeks(RUNNER)
    assert [len(week.workouts) for week in weeks] == [2] + [3] * 11
    first = weeks[0].workouts[0]
    assert first.summary == "5 × (1 min backward walk / 1 min forward walk)"
    repeat = first.pieces[1]
    assert isinstance(repeat, Repeat) and repeat.times == 5
    assert [step.name for step in repeat.steps] == ["BACK WALK", "FWD WALK"]
    assert repeat.steps[0].speed_high_mps == pytest.approx(1.2)
    assert first.place is Place.TRACK_OR_GRASS and "spotter" in first.with_whom, "72 m do not fit a lane of 50 m"
    assert weeks[3].workouts[0].summary.startswith("10 × (30 s")


def test_the_110_percent_rule_slows_the_table_and_says_so() -> None:
    week_2 = BEGINNER.weeks(RUNNER)[1].workouts[0]
    assert back_s(week_2) == 330
    assert any(r.evidence_key == "dose.spike_per_direction" and "5 min 30 s" in r.text for r in week_2.reasons)


def test_a_recorded_history_lets_the_table_through() -> None:
    practised = altered(RUNNER, backward_history=((date(2026, 5, 1), 600.0),))
    assert back_s(BEGINNER.weeks(practised)[1].workouts[0]) == 480


def test_one_free_day_gives_one_session_and_names_what_binds() -> None:
    lonely = replace(RUNNER, days=(3,))
    assert [len(week.workouts) for week in BEGINNER.weeks(lonely)] == [1] * 12
    assert any("you have 1 free day" in reason.text for reason in BEGINNER.notes(lonely))


def test_free_days_side_by_side_bind_by_rest() -> None:
    weekend = replace(RUNNER, days=(5, 6))
    assert len(BEGINNER.weeks(weekend)[0].workouts) == 1
    assert any("48 hours" in reason.text for reason in BEGINNER.notes(weekend))


def test_little_running_gives_few_sessions_not_many_tiny_ones() -> None:
    little = replace(RUNNER, forward_runs_per_week=1, longest_run_s=1200)
    weeks = BEGINNER.weeks(little)
    assert {len(week.workouts) for week in weeks} == {1}
    assert max(map(back_s, all_of(weeks))) <= 360
    assert any("30 %" in reason.text and "sessions" in reason.text for reason in BEGINNER.notes(little))


@pytest.mark.parametrize(("birth_year", "supervised", "weeks"), [(2014, True, 0), (2011, False, 0), (2011, True, 12)])
def test_minors(birth_year: int, supervised: bool, weeks: int) -> None:
    young = replace(RUNNER, birth_year=birth_year, has_supervisor=supervised)
    made = BEGINNER.weeks(young)
    assert len(made) == weeks
    assert all("an adult" in workout.with_whom for workout in all_of(made))


def test_an_unknown_birth_year_gets_nothing() -> None:
    assert BEGINNER.weeks(replace(RUNNER, birth_year=None)) == ()


def test_walking_only_never_runs_and_is_never_alone() -> None:
    made = all_of(BEGINNER.weeks(altered(RUNNER, walking_only=True, easy_speed_mps=4.5)))
    back = [s for workout in made for s in workout.steps() if s.direction is Direction.BACKWARD]
    assert back and all(step.gait is Gait.WALK and step.speed_high_mps <= 1.5 for step in back)
    assert all("trained person" in workout.with_whom for workout in made)


def test_the_treadmill_is_told_how_to_start() -> None:
    indoors = replace(RUNNER, has_treadmill=True, has_spotter=False, has_known_spot=False)
    first = all_of(BEGINNER.weeks(indoors))[0]
    assert first.place is Place.TREADMILL
    assert any("0.80 m/s" in reason.text for reason in first.reasons)
    assert any("clip" in line and "rail" in line for line in first.advice)


def test_nothing_is_called_safe() -> None:
    said = [line for o in all_of(BEGINNER.weeks(RUNNER)) for line in (*o.advice, *(r.text for r in o.reasons))]
    said += [reason.text for reason in BEGINNER.notes(RUNNER)]
    words = {word for line in said for word in line.lower().replace(",", " ").split()}
    assert not words & {"safe", "safely", "retro", "diagnosis"}


@given(st.floats(1.0, 6.0), st.sampled_from(TABLE))
def test_the_cap_never_passes_eight_tenths(easy_mps: float, row: object) -> None:
    assert speed_cap_mps(row, replace(RUNNER, easy_speed_mps=easy_mps)) <= 0.8 * easy_mps
