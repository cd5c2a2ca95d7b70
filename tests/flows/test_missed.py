"""A session that was missed: it may move within its own week where the rules leave room, and keeps what it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.flows.felt import well
from tests.flows.test_adapt import ANSWERS, TODAY, noon

from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan
from backward_running.flows import asking, coach, making, missed, said_done


@pytest.fixture
def plan(store) -> Plan:
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(made, Plan)
    return made


def later(plan: Plan, days: int, session: int = 0):
    return noon(plan.weeks[0].workouts[session].on + timedelta(days=days))


def test_what_was_missed_may_move_within_its_week_and_changes_nothing_else(store, plan):
    first, *others = plan.workouts()
    assert coach.today(store, now=later(plan, 0)).room is None  # on its own day nothing was missed
    tuesday = later(plan, 1)
    room = coach.today(store, now=tuesday).room
    assert room.days == (first.on + timedelta(days=1), first.on + timedelta(days=2)) and room.why_not is None
    after = missed.move(store, first.workout_id, room.days[0], now=tuesday)
    moved, *same = after.workouts()
    assert (moved.workout_id, moved.on, moved.pieces) == (first.workout_id, room.days[0], first.pieces)
    assert same == others
    assert coach.today(store, now=tuesday).next_workout.workout_id == first.workout_id


def test_what_was_moved_and_done_passes_its_stage(store, plan):
    tuesday, monday = later(plan, 1), noon(TODAY + timedelta(weeks=1))
    first, second = plan.weeks[0].workouts
    assert making.adapted(store, asking.situation(store, monday.date()), (), now=monday).changes
    missed.move(store, first.workout_id, tuesday.date(), now=tuesday)
    for session in (coach.workout(store, first.workout_id), second):
        said_done.say_done(store, session, now=noon(session.on) + timedelta(hours=7))
        well(store, session.on)
    assert making.adapted(store, asking.situation(store, monday.date()), (), now=monday).changes == ()


def test_where_no_day_would_do_it_is_said_why_and_nothing_moves(store, plan):
    for week in plan.weeks[:2]:
        for session in week.workouts:
            said_done.say_done(store, session, now=noon(session.on) + timedelta(hours=7))
            well(store, session.on)
    monday = plan.weeks[2].workouts[0]
    tuesday = noon(monday.on + timedelta(days=1))
    room = coach.today(store, now=tuesday).room
    assert room.days == () and "more than 3 sessions in seven days" in room.why_not
    before = store.plan()
    with pytest.raises(BadValue) as refused:
        missed.move(store, monday.workout_id, tuesday.date(), now=tuesday)
    assert "more than 3 sessions" in refused.value.hint and "no other session grows" in refused.value.hint
    assert store.plan() == before


def test_when_its_week_is_over_it_stays_missed(store, plan):
    friday = plan.weeks[0].workouts[1]
    sunday, monday = later(plan, 2, session=1), later(plan, 3, session=1)
    assert "Its week is over" not in (coach.today(store, now=sunday).room.why_not or "")
    with pytest.raises(BadValue) as refused:
        missed.move(store, friday.workout_id, monday.date(), now=monday)
    assert "is past" in refused.value.hint


def test_what_was_begun_does_not_move(store, plan):
    first = plan.weeks[0].workouts[0]
    tuesday = later(plan, 1)
    said_done.say_done(store, first, now=later(plan, 0), backward_s=60.0)
    with pytest.raises(BadValue) as refused:
        missed.move(store, first.workout_id, tuesday.date(), now=tuesday)
    assert "already done" in refused.value.hint


def test_who_moves_what_they_said_was_not_done_is_asked_again(store, plan):
    first = plan.weeks[0].workouts[0]
    tuesday = later(plan, 1)
    said_done.say_not_done(store, first, now=tuesday)
    missed.move(store, first.workout_id, tuesday.date(), now=tuesday)
    assert said_done.not_done(store) == frozenset()
    assert coach.today(store, now=tuesday).not_recorded.workout_id == first.workout_id
