"""After a setback a plan goes back up from what was done since, however well the weeks before the setback went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.flows.test_adapt import ANSWERS, TODAY, noon
from tests.lives.memory_store import MemoryStore
from tests.lives.recording import Made, key_of, take_in

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Repeat, Workout
from backward_running.flows import coach, in_force, said_done

KNEE = "left knee"


def done(store, one: Workout, *, backward_s: float | None = None, pain: float = 0.0) -> None:
    """Say a session done and how it felt: that evening, and the next morning."""
    how = {} if backward_s is None else {"backward_s": backward_s}
    said_done.say_done(store, one, now=noon(one.on), **how)
    about = said_done.word_id(one.workout_id)
    store.add_check_in(CheckIn(noon(one.on) + timedelta(hours=8), Moment.AFTER, about, {KNEE: pain}))
    morning = noon(one.on) + timedelta(hours=19)
    store.add_check_in(CheckIn(morning, Moment.DAY_1, None, {KNEE: 0.0}, calf_soreness_nrs=0.0))


def next_session(store, day: date) -> Workout:
    situation = in_force.situation(store, noon(day))
    assert situation is not None
    return situation.coming(day)[0]


def backward_s(one: Workout) -> float:
    return one.duration_s(Direction.BACKWARD)


def test_a_session_grows_from_what_went_well_since_the_one_that_hurt(store):
    """Two weeks up to 360 s, pain in the third; once it is behind, the 110 % rule alone left 395 s after 120 s."""
    made = coach.start_plan(store, ANSWERS | {"weekly_running_s": 9000.0}, now=noon(TODAY))
    assert isinstance(made, Plan)
    day, since, hurt = TODAY, list[float](), 0.0
    while len(since) < 11:
        one = next_session(store, day)
        day = one.on + timedelta(days=1)
        if one.week == 3 and not hurt:
            hurt = 180.0
            done(store, one, backward_s=hurt, pain=4.0)
            continue
        if hurt:
            most_s = max(min(300.0, hurt), 1.1 * max(since, default=0.0))
            assert backward_s(one) <= most_s + 1e-6, (one.on, since)
            since.append(backward_s(one))
        done(store, one)
    assert max(since[-3:]) > since[0], "it does go back up"
    assert any(
        "a tenth over your longest since" in reason.text
        for week in store.plan().weeks
        for reason in reasons_of(week.workouts)
    )


def reasons_of(workouts: tuple[Workout, ...]):
    return [reason for one in workouts for reason in one.reasons]


def test_half_a_minute_is_no_outing_of_its_own(store):
    """Where a setback leaves less than a minute, every door says that it is part of a walk or a run done anyway."""
    plan = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(plan, Plan)
    first = next(iter(plan.workouts()))
    said_done.say_done(store, first, now=noon(first.on), backward_s=60.0)
    coach.add_check_in(store, CheckIn(noon(first.on), Moment.AFTER, pain_nrs={"left knee": 5.0}))
    later = noon(first.on + timedelta(days=3))
    coach.add_check_in(store, CheckIn(later, pain_nrs={"left knee": 0.0}))
    small = coach.today(store, now=later).next_workout
    assert 0 < small.duration_s(Direction.BACKWARD) < 60
    assert small.summary.endswith("within a walk or run you do anyway")
    assert "no outing of its own" in small.reasons[0].text
    longer = [one for one in store.plan().workouts() if one.duration_s(Direction.BACKWARD) >= 60]
    assert longer and not any("anyway" in one.summary for one in longer)


def test_who_begins_anew_after_a_setback_lifts_nothing(store):
    """What the plan held for the seven days is remembered over the start of a new one: a lighter week stays light."""
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(made, Plan)
    first, second, third = list(made.workouts())[:3]
    for one in (first, second):
        done(store, one)
    once = [replace(piece, times=1) if isinstance(piece, Repeat) else piece for piece in third.pieces]
    light = replace(made.weeks[1], workouts=(replace(third, pieces=tuple(once)),))
    store.put_plan(replace(made, weeks=(made.weeks[0], light, *made.weeks[2:])))
    held_s = backward_s(light.workouts[0])
    about = said_done.word_id(second.workout_id)
    coach.add_check_in(store, CheckIn(noon(second.on), Moment.DURING, about, broke_off=True))
    monday = noon(third.on)
    anew = coach.start_plan(store, ANSWERS | {"starts_on": third.on.isoformat()}, now=monday)
    assert isinstance(anew, Plan) and anew.plan_id != made.plan_id
    for plan in (anew, in_force.situation(store, monday).plan):
        near = [one for one in plan.workouts() if 0 <= (one.on - third.on).days < 7]
        assert near and sum(map(backward_s, near)) <= held_s


@pytest.mark.parametrize("told", ["pain", "fall"])
def test_a_watch_that_does_not_show_which_way_it_went_hides_no_session_that_hurt(told):
    """What was planned backward and shows no direction is the session that hurt, whether a check-in names it or not."""
    store = MemoryStore()
    plan = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(plan, Plan)
    first = next(iter(plan.workouts()))
    key, name = key_of("a plain watch")
    take_in(store, Made(name, key, noon(first.on), backward_s(first), 60.0, unknown=True))
    said = {"pain_nrs": {KNEE: 5.0}} if told == "pain" else {"fell": True, "concussion_signs": False}
    coach.add_check_in(store, CheckIn(noon(first.on) + timedelta(hours=1), Moment.AFTER, **said))
    later = first.on + timedelta(days=3)
    coach.add_check_in(store, CheckIn(noon(later), pain_nrs={KNEE: 0.0}))
    assert backward_s(next_session(store, later)) <= backward_s(first) / 2
