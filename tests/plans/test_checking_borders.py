"""The checker at its borders: what lies on a limit is allowed, what lies beyond is said in the very words.

These tests were written for mutants of the checker that nothing else noticed (`make mutants`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.plans.altering import altered
from tests.plans.test_checking import GOOD, OLD, RUNNER, SPRINT, START, ceiling, day, held, session
from tests.plans.test_checking_sessions import FRAIL, HELD, LANE, SPRINTER, SPRINTS, WALK, faster, stepped

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Place, Repeat, Week, Workout
from backward_running.plans import broken_rules, dose
from backward_running.plans._fitting import EXPERIENCED_S
from backward_running.plans.base import Limits
from backward_running.plans.checking_sessions import broken_session_rules
from backward_running.plans.walk_or_run import TRANSITION_MPS

MONDAY = "on Monday 4 May"
EXPERIENCED_MIN = EXPERIENCED_S.value / 60
#: Weekly running of which 30 % are so many minutes.
OF_5_MIN, OF_8_MIN = 300.0 / 0.3, 480.0 / 0.3


def with_adult(one: Workout) -> Workout:
    return replace(one, with_whom="an adult")


def in_week_5(*workouts: Workout, **answers: object) -> tuple[str, ...]:
    return broken_rules((Week(5, START, workouts),), altered(RUNNER, first_week=5, **answers))


# Who ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth_year", "has_supervisor", "says"),
    [
        (2013, True, "a runner of 12 gets a session"),
        (2012, True, None),
        (2012, False, "a runner of 13 gets a session without an adult beside"),
        (2010, False, "a runner of 15 gets a session without an adult beside"),
        (2010, True, None),
        (2009, False, None),
    ],
)
def test_ages_count_from_the_last_birthday_that_is_certain(birth_year, has_supervisor, says) -> None:
    found = held(with_adult(GOOD), birth_year=birth_year, has_supervisor=has_supervisor)
    assert [one for one in found if one.startswith("a runner of")] == ([] if says is None else [says])
    assert held(birth_year=birth_year, has_supervisor=has_supervisor) == (), "no session, nothing to say"


# Days -----------------------------------------------------------------------------------------------------------------


def test_a_session_that_was_moved_is_free_on_that_day_alone() -> None:
    moved = {"days": (3,), "moved": (("w01-1", day(1)),)}
    assert f"{MONDAY.removeprefix('on ')} is not a free day" in held(replace(GOOD, workout_id="p-w01-1"), **moved)
    assert "Tuesday 5 May is not a free day" in held(replace(session(1), workout_id="p-w01-2"), **moved)


def test_first_days_count_and_last_days_do() -> None:
    assert held(GOOD, not_before=START) == ()
    assert "the runner is away on Tuesday 5 May" in held(session(1), away=((day(1), day(2)),))
    assert "Monday 11 May does not lie in week 1" in held(session(7))


def test_a_fourth_session_on_the_eighth_day_is_in_another_seven() -> None:
    assert held(session(0), session(2), session(4), session(7, week=2)) == ()


def test_a_recording_counts_from_the_very_seconds_that_count() -> None:
    counts = dose.COUNTS_FROM_S.value
    assert any("48 hours" in one for one in held(GOOD, backward_history=((day(-1), counts),)))
    assert held(GOOD, backward_history=((day(-1), counts - 0.1),)) == ()
    twice = Limits(recorded=((day(-2), counts), (day(-2), counts)))
    found = held(GOOD, session(2), backward_history=((day(-2), counts),), limits=twice)
    assert any("more than 3 sessions in seven days from Saturday 2 May" in one for one in found)


def test_after_four_weeks_of_rest_days_a_recorded_day_may_come_right_before() -> None:
    before = (*OLD, (day(-1), 300.0))
    assert in_week_5(session(0, week=5), backward_history=before) == ()
    assert in_week_5(session(0, week=5), session(1, week=5), backward_history=((day(-28), 300.0),)) == ()
    for days in (27, 10):
        found = in_week_5(session(0, week=5), session(1, week=5), backward_history=((day(-days), 300.0),))
        assert found == ("less than 48 hours between Monday 4 May and Tuesday 5 May",)


# Dose -----------------------------------------------------------------------------------------------------------------


def test_backward_minutes_are_those_of_all_repeats() -> None:
    (back,) = session(0, 1).pieces
    pieces = (Repeat(4, (back, WALK)), Repeat(3, (back,)))
    assert f"7.0 backward minutes {MONDAY}, 5.0 are allowed" in held(replace(GOOD, pieces=pieces))


def test_the_longest_session_is_looked_for_from_yesterday_to_thirty_days_ago() -> None:
    eleven = session(0, 11)
    for days in (1, 30):
        assert not [one for one in held(eleven, backward_history=((day(-days), 600.0),)) if "are allowed" in one]
    assert f"11.0 backward minutes {MONDAY}, 5.0 are allowed" in held(eleven, backward_history=((day(-31), 600.0),))
    assert f"5.5 backward minutes {MONDAY}, 5.0 are allowed" in held(GOOD, session(0, 5.5))


def test_forward_minutes_that_are_run_are_held_and_those_walked_are_not() -> None:
    forward = {"direction": Direction.FORWARD, "name": "FWD"}
    assert held(session(0, 70, **forward)) == ()
    said = f"70.0 forward minutes {MONDAY}, more than 110 % of the longest run"
    assert held(session(0, 70, gait=Gait.RUN, **forward)) == (said,)
    assert held(session(0, 66, gait=Gait.RUN, **forward)) == ()


@pytest.mark.parametrize("runs", [1, 2, 5])
def test_thirty_percent_are_of_the_longest_run_and_a_share_of_the_others(runs: int) -> None:
    weekly = 1 + dose.OTHER_RUNS_SHARE.value * (runs - 1)
    longest_s = OF_5_MIN / weekly
    answers = {"forward_runs_per_week": runs, "backward_history": ((day(-20), 600.0),)}
    found = held(session(0, 5.1), longest_run_s=longest_s, **answers)
    assert "5.1 backward minutes in week 1, 5.0 are allowed" in found
    assert "5.1 backward minutes in the seven days to Monday 4 May, 5.0 are allowed" in found
    assert held(session(0, 5.0), longest_run_s=longest_s + 1e-9, **answers) == ()


def test_what_was_typed_of_the_week_counts_before_what_is_guessed() -> None:
    found = held(session(0, 5.1), weekly_running_s=OF_5_MIN, backward_history=((day(-20), 600.0),))
    assert "5.1 backward minutes in week 1, 5.0 are allowed" in found


def test_what_stands_in_a_week_counts_and_the_limit_itself_is_allowed() -> None:
    done = replace(session(0, 4), ordinal=7)
    more = {"kept": (done,), "backward_history": ((day(-20), 600.0),)}
    assert held(done, session(2, 4), weekly_running_s=OF_8_MIN, **more) == ()
    found = held(done, session(2, 4), weekly_running_s=OF_8_MIN - 60, **more)
    assert "8.0 backward minutes in week 1, 7.7 are allowed" in found


def test_the_next_monday_is_no_day_of_the_week() -> None:
    assert held(session(0, 4), weekly_running_s=OF_5_MIN, backward_history=((day(7), 240.0),)) == ()


def test_seven_days_end_with_the_session_and_leave_the_same_weekday_before_out() -> None:
    assert held(session(0, 4), weekly_running_s=OF_5_MIN, backward_history=((day(-7), 240.0),)) == ()
    assert held(session(0, 4), weekly_running_s=OF_5_MIN, backward_history=((day(-3), 60.0),)) == ()
    found = held(session(0, 4), weekly_running_s=OF_5_MIN, backward_history=((day(-3), 240.0),))
    assert found == ("8.0 backward minutes in the seven days to Monday 4 May, 5.0 are allowed",)


# Steps ----------------------------------------------------------------------------------------------------------------


def calls(sentences: tuple[str, ...], words: str) -> bool:
    return any(words in one for one in sentences)


def test_speeds_on_the_limit_are_within_it() -> None:
    cap_mps = dose.SPEED_CAP_SHARE.value * RUNNER.easy_speed_mps
    practised = {"backward_history": OLD}
    assert not calls(held(session(0, gait=Gait.RUN, speed_high_mps=cap_mps), **practised), "no cap")
    assert calls(held(session(0, gait=Gait.RUN, speed_high_mps=cap_mps + 0.01), **practised), "no cap")
    fast_sprint = session(0, **{**SPRINT, "speed_high_mps": cap_mps + 0.3}, is_sprint=True)
    assert not calls(held(fast_sprint, **practised), "no cap of 0.8")
    border = TRANSITION_MPS.value
    assert not calls(held(session(0, gait=Gait.RUN, speed_high_mps=border)), "a run")
    assert calls(held(session(0, gait=Gait.WALK, speed_high_mps=border)), "a walk")


@pytest.mark.parametrize(
    ("step", "sprints"),
    [
        ({"duration_s": None, "distance_m": 20.0, "speed_high_mps": 1.2}, False),
        ({"duration_s": None, "distance_m": 400.0, "speed_high_mps": 1.2}, False),
        ({**SPRINT, "distance_m": 40.0}, True),
        ({**SPRINT, "distance_m": 41.0}, False),
        ({**SPRINT, "distance_m": 400.0, "speed_high_mps": 2.25}, False),
        ({**SPRINT, "distance_m": 400.0, "speed_high_mps": 2.26}, True),
    ],
)
def test_a_sprint_is_short_and_run_or_near_the_cap(step, sprints) -> None:
    assert calls(held(session(0, **step)), "is a sprint") == sprints


def test_every_step_of_every_session_is_looked_at() -> None:
    later = replace(session(2, **SPRINT), stage=1)
    assert calls(held(replace(GOOD, stage=9), later), "is a sprint")
    (sprint,) = session(0, **SPRINT).pieces
    assert calls(held(replace(GOOD, pieces=(WALK, sprint))), "is a sprint")


def test_practice_begins_with_the_very_minute_day_and_stage() -> None:
    sprint = session(0, **SPRINT)
    assert not calls(held(sprint, backward_experience_min=EXPERIENCED_MIN), "is a sprint")
    assert calls(held(sprint, backward_experience_min=EXPERIENCED_MIN - 1), "is a sprint")
    assert not calls(held(GOOD, session(56, **SPRINT, week=8)), "is a sprint")
    assert calls(held(GOOD, session(55, **SPRINT, week=8)), "is a sprint")
    assert not calls(held(replace(session(0, **SPRINT, week=9), stage=0)), "is a sprint")


# Ceilings -------------------------------------------------------------------------------------------------------------


def test_a_ceiling_itself_may_be_reached() -> None:
    steep = replace(GOOD, grade_high_ratio=0.02)
    run = session(0, gait=Gait.RUN, speed_high_mps=2.0)
    assert held(GOOD, ceilings=ceiling(backward_session_s=300.0)) == ()
    assert held(steep, ceilings=ceiling(grade_high_ratio=0.02)) == ()
    assert held(GOOD, ceilings=ceiling(backward_speed_mps=1.2)) == ()
    assert held(run, ceilings=ceiling(backward_session_s=300.0)) == ()


def test_what_goes_over_a_ceiling_is_said_in_its_words() -> None:
    run = session(0, gait=Gait.RUN, speed_high_mps=2.0)
    behind_a_walk = replace(run, pieces=(WALK, *run.pieces))
    for one in (run, behind_a_walk):
        assert f"a run backward {MONDAY}, over a ceiling" in held(one, ceilings=ceiling(walking_only=True))


# The content of sessions ----------------------------------------------------------------------------------------------


def content(*workouts: Workout, answers: object = RUNNER) -> tuple[str, ...]:
    return broken_session_rules(workouts, answers)


@pytest.mark.parametrize(
    ("cue", "told"),
    [
        ("Look over a shoulder; stop, turn, go on.", True),
        ("Look over a shoulder; stop.", False),
        ("Look over a shoulder; turn.", False),
        (None, False),
    ],
)
def test_the_end_of_a_lane_asks_for_a_stop_and_a_turn(cue, told) -> None:
    assert calls(content(stepped(LANE, cue=cue)), "without a word on its end") != told


def test_a_bout_as_long_as_the_lane_needs_no_word() -> None:
    from backward_running.plans.checking_sessions import LANE_SHORT_M

    short = stepped(LANE, cue=None, duration_s=None, distance_m=LANE_SHORT_M.value)
    assert not calls(content(short), "without a word on its end")
    longer = stepped(LANE, cue=None, duration_s=None, distance_m=LANE_SHORT_M.value + 1)
    assert calls(content(longer), "without a word on its end")


def test_a_session_without_a_backward_step_is_held_to_nothing_of_it() -> None:
    forward = replace(LANE, pieces=(WALK,))
    assert content(forward) == ()
    walked = replace(HELD, pieces=(WALK,), on=HELD.on - timedelta(days=3), ordinal=9)
    assert content(walked, HELD, answers=FRAIL) == ()


@pytest.mark.parametrize(
    ("one", "silent"),
    [
        (stepped(LANE, cue="Stop and turn."), True),
        (stepped(LANE, cue="Your friend watches the way; stop and turn."), True),
        (stepped(HELD, cue="Hold on."), True),
        (stepped(HELD, cue="Somebody watches the way."), False),
        (stepped(LANE, cue="Over a shoulder; stop and turn."), False),
    ],
)
def test_who_looks_round_is_said(one, silent) -> None:
    assert calls(content(one), "says nothing on looking round") == silent


def test_names_that_do_not_fit_a_watch_are_found() -> None:
    assert calls(content(stepped(LANE, name="BACK WALK LONGER")), "does not fit a watch")
    assert calls(content(stepped(LANE, name="BACK É")), "does not fit a watch")
    assert not calls(content(stepped(LANE, name="BACK WALK 10/10")), "does not fit a watch")


@pytest.mark.parametrize(
    ("step", "length"),
    [
        ({"duration_s": 90.0}, "1 min 30 s"),
        ({"duration_s": 120.0}, "2 min"),
        ({"duration_s": 45.0}, "45 s"),
        ({"duration_s": None, "distance_m": 35.0}, "35 m"),
    ],
)
def test_a_title_names_every_length(step, length) -> None:
    bare = replace(stepped(LANE, **step), title="A walk")
    assert [one for one in content(bare) if "leaves out" in one] == [
        f"the title “A walk” leaves out {length} on {bare.on:%A} {bare.on.day} {bare.on:%B}"
    ]
    assert not calls(content(replace(bare, title=f"A walk of {length}")), "leaves out")


# Sprints --------------------------------------------------------------------------------------------------------------

OWN_MPS = 20.0 / 6.0
ON = f"on {SPRINTS.on:%A} {SPRINTS.on.day} {SPRINTS.on:%B}"


def after(weeks: int, share: float) -> Workout:
    later = SPRINTS.on + timedelta(weeks=weeks)
    return replace(faster(SPRINTS, share * OWN_MPS), on=later, week=SPRINTS.week + weeks, stage=SPRINTS.stage + weeks)


@pytest.mark.parametrize(("weeks", "share"), [(0, 0.75), (1, 0.75), (2, 0.9), (3, 0.9), (4, 1.0), (9, 1.0)])
def test_two_weeks_at_each_share_of_the_measured_speed(weeks: int, share: float) -> None:
    first = () if weeks == 0 else (SPRINTS,)
    assert not calls(content(*first, after(weeks, share), answers=SPRINTER), "are allowed")
    found = content(*first, after(weeks, share + 0.02), answers=SPRINTER)
    assert calls(found, f"sprints at {(share + 0.02) * OWN_MPS:.2f} m/s, {share * OWN_MPS:.2f} are allowed on"), found


def test_who_sprinted_before_is_held_to_the_measured_speed() -> None:
    begun = altered(SPRINTER, first_week=2)
    assert not calls(content(after(0, 1.0), answers=begun), "are allowed")
    assert calls(content(after(0, 1.02), answers=begun), f"{OWN_MPS:.2f} are allowed")


def sprints_of(count: int) -> Workout:
    step = next(step for step in SPRINTS.steps() if step.is_sprint)
    return replace(SPRINTS, pieces=(Repeat(count, (step,)),))


def test_four_sets_are_the_most() -> None:
    assert not calls(content(sprints_of(28), answers=SPRINTER), "four sets")
    assert f"more than four sets of sprints {ON}" in content(sprints_of(29), answers=SPRINTER)


def test_seven_sprints_are_a_set_and_an_eighth_begins_another() -> None:
    later = replace(sprints_of(14), on=SPRINTS.on + timedelta(days=3), ordinal=2)
    assert not calls(content(sprints_of(7), later, answers=SPRINTER), "more than one set")
    more = replace(later, pieces=sprints_of(15).pieces)
    assert calls(content(sprints_of(7), more, answers=SPRINTER), "more than one set")


def sprinting(**changed: object) -> Workout:
    def change(piece):
        return replace(piece, steps=tuple(replace(s, **changed) if s.is_sprint else s for s in piece.steps))

    return replace(SPRINTS, pieces=tuple(change(p) if isinstance(p, Repeat) else p for p in SPRINTS.pieces))


def test_a_sprint_is_twenty_metres() -> None:
    for changed in ({"distance_m": 21.0}, {"distance_m": None, "duration_s": 6.0}):
        assert f"a sprint over more than 20 m {ON}" in content(sprinting(**changed), answers=SPRINTER)
    assert not calls(content(SPRINTS, answers=SPRINTER), "over more than")


def test_sprints_wait_for_the_ninth_week_or_for_practice() -> None:
    novice = altered(SPRINTER, backward_history=(), backward_experience_min=EXPERIENCED_MIN - 1)
    said = f"sprints before the ninth week {ON}"
    assert said in content(replace(SPRINTS, stage=8), answers=novice)
    assert said not in content(replace(SPRINTS, stage=9), answers=novice)
    assert said not in content(replace(SPRINTS, stage=0, week=9), answers=novice)
    assert said in content(replace(SPRINTS, stage=0, week=8), answers=novice)
    assert said not in content(SPRINTS, answers=replace(novice, backward_experience_min=EXPERIENCED_MIN))


def test_who_may_not_sprint_is_told_in_one_sentence() -> None:
    said = f"sprints for somebody who is held to walking or short bouts {ON}"
    for held_to in ({"walking_only": True}, {"stage_zero": True}):
        assert said in content(SPRINTS, answers=altered(SPRINTER, **held_to))
    assert said not in content(SPRINTS, answers=SPRINTER)
    assert f"sprints without a timed 20 m {ON}" in content(SPRINTS, answers=replace(SPRINTER, backward_20_m_s=None))
    assert f"sprints on {Place.TREADMILL.value} {ON}" in content(
        replace(SPRINTS, place=Place.TREADMILL), answers=SPRINTER
    )
