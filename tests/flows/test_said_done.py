"""A session done without a recording: said, counted like a recording, taken back, replaced by one that comes later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from tests.flows.felt import well
from tests.flows.test_adapt import ANSWERS, TODAY, noon, recorded
from tests.lives.memory_store import MemoryStore
from tests.lives.recording import Made, key_of, take_in

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.plan import Plan, Workout
from backward_running.flows import adapt, asking, coach, in_force, making, match, said_done
from backward_running.flows.intake import import_file
from backward_running.flows.plan_views import MatchedBy


@pytest.fixture
def plan(store) -> Plan:
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(made, Plan) and made.weeks
    simulated = replace(made, simulated=True)  # so are the recordings
    store.put_plan(simulated)
    return simulated


def evening(day: date):
    return noon(day) + timedelta(hours=7)


def first_of(plan: Plan) -> Workout:
    return plan.weeks[0].workouts[0]


def test_a_word_is_done_and_shown_as_said(store, plan):
    first = first_of(plan)
    said_done.say_done(store, first, now=evening(first.on))
    (found,) = match.matched(store, since=TODAY, until=TODAY + timedelta(days=6))
    assert (found.workout_id, found.how, found.is_said, found.complete) == (
        first.workout_id,
        MatchedBy.WORD,
        True,
        True,
    )
    assert match.compare(store, first.workout_id) is None
    (done,) = match.done(store, plan, until=first.on)
    planned_s = first.duration_s(Direction.BACKWARD)
    assert (done.is_said, done.backward_s, done.workout_id) == (True, planned_s, first.workout_id)
    assert match.backward_history(store, until=first.on, simulated=True) == ((first.on, planned_s),)
    assert first.workout_id not in {one.workout_id for one in asking.situation(store, first.on).coming(first.on)}


def test_less_is_less_and_no_pass(store, plan):
    first = first_of(plan)
    said_done.say_done(store, first, now=evening(first.on), backward_s=60.0)
    (done,) = match.done(store, plan, until=first.on)
    assert (done.backward_s, done.complete) == (60.0, False) and done.longest_backward_bout_s <= 60.0


def test_without_a_word_the_stage_comes_again_and_with_one_it_does_not(store, plan):
    monday = TODAY + timedelta(days=7)
    missed = making.adapted(store, asking.situation(store, monday), (), now=noon(monday))
    assert missed.changes
    for one in plan.weeks[0].workouts:
        said_done.say_done(store, one, now=evening(one.on))
    well(store, *(one.on for one in plan.weeks[0].workouts))
    assert making.adapted(store, asking.situation(store, monday), (), now=noon(monday)).changes == ()


def test_a_recording_that_comes_later_takes_its_place_and_is_not_counted_twice(store, plan):
    first = first_of(plan)
    said_done.say_done(store, first, now=evening(first.on))
    store.add_check_in(
        CheckIn(evening(first.on), Moment.AFTER, said_done.word_id(first.workout_id), pain_nrs={"left knee": 5.0})
    )
    import_file(store, "later.fit", recorded(first), now=noon(first.on))
    (done,) = match.done(store, plan, until=first.on)
    assert not done.is_said and done.workout_id == first.workout_id
    assert len(match.backward_history(store, until=first.on, simulated=True)) == 1
    (check_in,) = asking.situation(store, first.on).facts.check_ins
    assert check_in.activity_id == done.activity_id, "what was said of the session is now said of its recording"
    store.delete_activity(done.activity_id)
    assert [one.is_said for one in match.done(store, plan, until=first.on)] == [True]


@pytest.mark.parametrize("days_after", [-1, 1])
def test_a_recording_of_another_day_than_its_runner_named_is_another_run(days_after):
    """A run of the day before or after is one more, and counts as one: else the week had room for a session more."""
    store = MemoryStore()
    plan = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    one = list(plan.workouts())[1]
    said_done.say_done(store, one, now=evening(one.on))
    start = evening(one.on + timedelta(days=days_after))
    key, name = key_of("another run")
    take_in(store, Made(name, key, start, 600.0, 600.0))
    done = match.done(store, plan, until=one.on + timedelta(days=2))
    assert {(session.on, session.workout_id) for session in done} == {(one.on, one.workout_id), (start.date(), None)}
    said_done.take_back(store, one.workout_id)
    (alone,) = match.done(store, plan, until=one.on + timedelta(days=2))
    assert alone.workout_id == one.workout_id, "without a word it may have been that session, a day early or late"


@pytest.mark.parametrize("extra", [False, True], ids=["a session of the plan", "something else"])
@pytest.mark.parametrize("minutes_after", [-200, 1, 200])
def test_a_recording_that_began_after_the_word_is_another_run(extra, minutes_after):
    """What was over when its runner told of it did not begin later: both are counted, or the week has room for more."""
    store = MemoryStore()
    plan = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    one = list(plan.workouts())[1]
    day = TODAY - timedelta(days=5) if extra else one.on
    if extra:
        said_done.say_extra(store, now=noon(day), on=day, backward_s=240.0)
    else:
        said_done.say_done(store, one, now=noon(day))
    key, name = key_of("that day")
    take_in(store, Made(name, key, noon(day) + timedelta(minutes=minutes_after), 280.0, 280.0))
    done = match.done(store, plan, until=one.on)
    assert len(done) == (2 if minutes_after > 0 else 1)
    assert {session.is_said for session in done} == ({True, False} if minutes_after > 0 else {False})


def test_it_is_taken_back(store, plan):
    first = first_of(plan)
    said_done.say_done(store, first, now=evening(first.on))
    said_done.take_back(store, first.workout_id)
    assert match.done(store, plan, until=first.on) == ()
    with pytest.raises(NotFound):
        said_done.take_back(store, first.workout_id)


def test_said_again_the_last_word_counts(store, plan):
    first = first_of(plan)
    said_done.say_done(store, first, now=evening(first.on))
    said_done.say_done(store, first, now=evening(first.on), backward_s=90.0)
    assert [one.backward_s for one in match.done(store, plan, until=first.on)] == [90.0]


@pytest.mark.parametrize(
    ("on", "backward_s"), [(TODAY + timedelta(days=1), None), (TODAY - timedelta(days=20), None), (None, 0.0)]
)
def test_what_cannot_be_is_refused(store, plan, on, backward_s):
    with pytest.raises(BadValue):
        said_done.say_done(store, first_of(plan), now=evening(TODAY), on=on, backward_s=backward_s)
    assert store.said_done() == ()


def test_behind_a_closed_gate_it_is_still_true_and_counts_against_the_rules(store, plan):
    first, second = plan.weeks[0].workouts[:2]
    said_done.say_done(store, first, now=evening(first.on))
    next_day = first.on + timedelta(days=1)
    said_done.say_done(store, second, now=evening(next_day), on=next_day, backward_s=600.0)
    third = plan.weeks[1].workouts[0]
    situation = in_force.situation(store, noon(third.on))
    assert [one.backward_s for one in situation.done] == [first.duration_s(Direction.BACKWARD), 600.0]
    waits = {gate.key for gate in coach.today(store, now=noon(third.on)).waits_for}
    assert "after_too_much" in waits, "600 s after 300 s are over the 110 % rule"


def test_time_between_sessions_is_counted_from_it(store, plan):
    first, second = plan.weeks[0].workouts[:2]
    before = second.on - timedelta(days=1)
    said_done.say_done(store, first, now=evening(before), on=before)
    assert coach.today(store, now=noon(second.on)).next_workout.on > second.on


def test_calves_and_exertion_are_asked_after_it(store, plan):
    first = first_of(plan)
    said_done.say_done(store, first, now=evening(first.on))
    view = coach.today(store, now=noon(first.on + timedelta(days=1)))
    assert view.check_in_due == f"About 24 hours after {first.title}: how sore are your calves, 0 to 10?"
    assert view.last_said.workout_id == first.workout_id
    coach.add_check_in(
        store,
        CheckIn(evening(first.on), Moment.AFTER, said_done.word_id(first.workout_id), perceived_exertion_cr10=4.0),
    )
    assert coach.check_ins(store)[0].run_title == first.title


def test_pain_told_before_the_word_still_belongs_to_the_session(store, plan):
    first = first_of(plan)
    told_at = datetime.combine(first.on, time(10), noon(first.on).tzinfo)
    store.add_check_in(CheckIn(told_at, Moment.AFTER, pain_nrs={"left knee": 5.0}))
    said_done.say_done(store, first, now=evening(first.on))
    (done,) = match.done(store, plan, until=first.on)
    assert done.started_at < told_at


def test_today_offers_the_session_that_has_no_recording(store, plan):
    first = first_of(plan)
    assert coach.today(store, now=noon(first.on)).not_recorded == first
    assert coach.today(store, now=noon(first.on + timedelta(days=1))).not_recorded.workout_id == first.workout_id
    said_done.say_done(store, first, now=evening(first.on))
    assert coach.today(store, now=noon(first.on + timedelta(days=1))).not_recorded is None


def test_a_new_plan_builds_on_what_was_said_in_the_one_before(store, plan):
    first = first_of(plan)
    said_done.say_done(store, first, now=evening(first.on))
    other = coach.start_plan(store, {**ANSWERS, "easy_speed_mps": 2.9}, now=evening(first.on), simulated=True)
    assert other.plan_id != plan.plan_id
    assert [one.backward_s for one in match.done(store, other, until=first.on)] == [
        first.duration_s(Direction.BACKWARD)
    ]


@pytest.mark.parametrize(("long_ago", "builds"), [(True, False), (False, True)])
def test_a_new_plan_does_not_build_on_what_was_too_much(store, long_ago, builds):
    """The first of all is never over; one that follows a pause of two months is, for the plan that is begun after it."""
    if long_ago:
        said_done.say_extra(store, now=noon(TODAY), on=TODAY - timedelta(days=70), backward_s=300.0)
    said_done.say_extra(store, now=noon(TODAY), on=TODAY - timedelta(days=5), backward_s=900.0)
    made = coach.start_plan(store, ANSWERS | {"weekly_running_s": 9000.0}, now=noon(TODAY))
    assert isinstance(made, Plan)
    longest_s = max(one.duration_s(Direction.BACKWARD) for week in made.weeks[:2] for one in week.workouts)
    assert (longest_s > 400) == builds


def test_a_word_that_comes_two_days_later_takes_back_what_the_miss_did(store, plan):
    """Told late, the session was done all the same: the plan may go back up, and no untrue reason stands meanwhile."""
    first = first_of(plan)
    assert coach.today(store, now=noon(first.on + timedelta(days=1))).proposal is None, "the next day it is asked"
    morning = noon(first.on + timedelta(days=2))
    lighter = coach.today(store, now=morning).proposal
    assert lighter is not None and lighter.in_force and "not known to be done" in lighter.reasons[0].text
    said_done.say_done(store, first, now=morning, on=first.on)
    back = coach.today(store, now=morning).proposal
    assert back is not None and not back.in_force
    assert all("no recording" not in reason.text for reason in back.reasons)
    again = adapt.accept(store, back.proposal_id, now=morning)
    assert [(one.on, one.stage) for one in again.workouts()] == [(one.on, one.stage) for one in plan.workouts()]


def test_a_session_that_was_said_shorter_is_not_called_recorded(store, plan):
    """A reason names what it rests on: a word is no recording."""
    first = plan.weeks[0].workouts[0]
    said_done.say_done(store, first, backward_s=60.0, now=evening(first.on))
    view = coach.today(store, now=noon(first.on + timedelta(days=1)))
    said = " ".join(reason.text for reason in view.proposal.reasons)
    assert "was shorter than planned, as you said" in said and "recorded" not in said


def test_one_pain_that_lasts_is_one_reason(store, plan):
    """While a pain still stands each day has a later one on which rest ends: the last is told, and no other."""
    first = plan.weeks[0].workouts[0]
    said_done.say_done(store, first, now=evening(first.on))
    coach.add_check_in(store, CheckIn(evening(first.on), Moment.AFTER, pain_nrs={"left knee": 4.0}))
    for days in (1, 3, 5, 7, 9):
        view = coach.today(store, now=evening(first.on) + timedelta(days=days))
        told = [reason.text for reason in view.proposal.reasons if "4 of 10" in reason.text]
        assert len(told) == 1, told
