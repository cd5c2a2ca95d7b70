"""What a runner would notice of a change, counted and in words; what they would not is no change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.flows.test_adapt import ANSWERS, TODAY, keep, noon

from backward_running.apps.words.changes import sentence_of, summary_of, words_of
from backward_running.apps.words.units import Units
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Change, Place, Plan, Reason, Repeat, Step, Workout
from backward_running.flows import adapt, coach, in_force, match
from backward_running.flows.what_changed import Way, grouped, noticed, shift_of, ways_of
from backward_running.plans import titled

WHY, OTHER = Reason("A session was missed."), Reason("You are away.")


@pytest.fixture
def plan(store) -> Plan:
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(made, Plan)
    return made


@pytest.fixture
def one(plan) -> Workout:
    return plan.weeks[0].workouts[0]


def shorter(one: Workout) -> Workout:
    pieces = tuple(replace(each, times=each.times - 1) if isinstance(each, Repeat) else each for each in one.pieces)
    return replace(one, pieces=pieces)


def with_gait(one: Workout, gait: Gait, *, cap_mps: float | None = None) -> Workout:
    def as_told(step: Step) -> Step:
        if step.direction is not Direction.BACKWARD:
            return step
        return replace(step, gait=gait, speed_high_mps=cap_mps or step.speed_high_mps)

    pieces = tuple(
        replace(each, steps=tuple(map(as_told, each.steps))) if isinstance(each, Repeat) else as_told(each)
        for each in one.pieces
    )
    return replace(one, pieces=pieces)


def change(before: Workout | None, after: Workout | None, *why: Reason) -> Change:
    return Change((before or after).workout_id, before, after, why or (WHY,))


def test_stage_reasons_and_cues_are_nothing_a_runner_would_notice(one):
    told_anew = replace(one, stage=one.stage + 1, reasons=(OTHER,), advice=("Other advice.",), summary="the same")
    assert told_anew.as_noticed() == one.as_noticed()
    for differs in (shorter(one), replace(one, on=one.on + timedelta(days=1)), replace(one, place=Place.TREADMILL)):
        assert differs.as_noticed() != one.as_noticed()


def test_each_way_is_told_with_its_numbers(one):
    moved = replace(shorter(one), on=one.on + timedelta(days=1))
    assert ways_of(change(one, moved)) == (Way.MOVED, Way.SHORTER)
    assert words_of(change(one, moved), Units()) == "moves to Tue 24 Nov, shorter: 4:00 instead of 5:00 backward"
    assert words_of(change(one, replace(one, with_whom="your aunt")), Units()) == "now with: your aunt"
    assert words_of(change(one, None), Units()) == "is left out"


def test_one_miss_that_moves_a_whole_plan_is_one_sentence(store, plan):
    made = adapt.proposal(store, now=noon(TODAY + timedelta(days=2)))
    assert sentence_of(made.changes, Units()) == (
        "Week 1: Monday is not known to be done, so its stage comes again: from Mon 30 Nov on what was planned comes a "
        "week later (34 sessions), and the plan ends on Fri 19 Feb instead of Fri 12 Feb."
    )
    assert max(each.on for each in made.plan.workouts()) == shift_of(made.changes).ends_on
    assert max(each.on for each in plan.workouts()) == shift_of(made.changes).ended_on
    few = made.changes[:3]
    assert shift_of(few) is None and sentence_of(few, Units()) == summary_of(few)
    assert shift_of([replace(one, after=one.before) for one in made.changes]) is None


def test_a_short_summary_counts_the_ways(one):
    moved = replace(one, on=one.on + timedelta(days=1))
    changes = [change(one, shorter(one)), change(one, shorter(one)), change(one, moved, OTHER)]
    assert summary_of(changes) == "2 sessions shorter, 1 moved."
    assert summary_of(changes[2:]) == "1 session moved."
    elsewhere = replace(shorter(one), place=Place.TREADMILL)
    assert summary_of([change(one, elsewhere)]) == "1 session shorter.", "where it is comes after how long it is"
    assert summary_of([change(one, replace(one, place=Place.TREADMILL))]) == "1 session in another place."
    assert [(group.reasons, len(group.changes)) for group in grouped(changes)] == [((WHY,), 2), ((OTHER,), 1)]


def test_what_is_walked_instead_of_run_is_counted_and_told(one):
    """After a setback it is what a runner most needs to know: same minutes, and no running backward."""
    run = with_gait(one, Gait.RUN)
    walked = with_gait(one, Gait.WALK)
    assert words_of(change(run, walked), Units()) == "walked instead of run"
    assert summary_of([change(run, walked)]) == "1 session walked instead of run."
    assert summary_of([change(run, walked)] * 3) == "3 sessions walked instead of run."
    assert summary_of([change(walked, run)]) == "1 session run instead of walked."
    slower = with_gait(one, Gait.WALK, cap_mps=0.5)
    assert ways_of(change(run, slower)) == (Way.WALKED,), "that it is slower goes without saying"
    both = shorter(walked)
    assert summary_of([change(run, both), change(run, walked)]) == "2 sessions walked instead of run, 1 shorter."


def test_a_change_of_stage_alone_is_not_listed(store, plan):
    """A change that nobody answered is told together with the next one: what it says must still be to be noticed."""
    first, second = plan.weeks[0].workouts[:2]
    staged, cut = replace(first, stage=first.stage + 1, reasons=(OTHER,)), shorter(second)
    week = replace(plan.weeks[0], workouts=(staged, cut))
    after = replace(plan, weeks=(week, *plan.weeks[1:]), changes=(change(first, staged), change(second, cut)))
    told = in_force._with_unanswered(store, plan, after, TODAY)
    assert [one.workout_id for one in told] == [second.workout_id]
    assert noticed(after.changes) == after.changes[1:], "what an earlier version kept is passed over, too"


def test_a_plan_keeps_the_day_it_was_made_and_has_one_it_was_changed_on(store, plan):
    later = noon(TODAY + timedelta(days=8))
    now = in_force.situation(store, later).plan
    assert now.revision == 2
    assert (plan.made_at, plan.changed_at) == (noon(TODAY), None)
    assert (now.made_at, now.changed_at) == (noon(TODAY), later)


def test_a_title_counts_the_weeks_that_the_plan_holds(plan):
    assert plan.title == "First steps backward, twelve weeks"
    assert titled(replace(plan, weeks=plan.weeks + plan.weeks[:7])).title == "First steps backward, 19 weeks"


def test_the_running_week_is_that_of_today_even_when_all_its_sessions_are_over(plan):
    sunday = TODAY + timedelta(days=6)
    assert coach.running_week(plan, sunday).number == 1 and coach.next_week(plan, sunday).number == 2
    assert coach.running_week(plan, TODAY - timedelta(days=1)) is None


def test_calves_are_asked_about_after_a_planned_run_that_does_not_show_its_way(store, plan):
    plan = replace(plan, simulated=True)
    store.put_plan(plan)
    first = plan.weeks[0].workouts[0]
    bare = replace(first, pieces=tuple(piece for piece in first.pieces if hasattr(piece, "name")))
    activity_id = keep(store, bare)
    assert store.row(activity_id).backward_s == 0 and match.session_of(store, activity_id) is not None
    view = coach.today(store, now=noon(first.on + timedelta(days=2)))
    assert view.check_in_due is not None and "48 hours after" in view.check_in_due
    assert coach.today(store, now=noon(first.on + timedelta(days=3))).check_in_due is None


def test_why_no_step_can_be_told_apart_is_said_once(store, plan):
    store.put_plan(replace(plan, simulated=True))
    first = plan.weeks[0].workouts[0]
    bare = replace(first, pieces=tuple(piece for piece in first.pieces if hasattr(piece, "name")))
    keep(store, bare)
    assert "nothing shows which way you went" in match.compare(store, first.workout_id).no_steps
    keep(store, first)
    assert match.compare(store, first.workout_id).no_steps is None
