"""A fact that lowered a plan is taken back, corrected or told after all: the way back is offered, and nothing above it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.flows.felt import well
from tests.flows.test_adapt import ANSWERS, TODAY, noon

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan, Wish, WishKind, Workout
from backward_running.flows import adapt, clearing, coach, feed, in_force, match, said_done
from backward_running.flows.days import local_start
from backward_running.plans import _withdrawn

SLIP = "I meant the line above it"


@pytest.fixture
def plan(store) -> Plan:
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(made, Plan) and made.weeks
    return made


def evening(day: date) -> datetime:
    return noon(day) + timedelta(hours=7)


def content(plan: Plan) -> list[tuple[str, date, int, float]]:
    return [(one.workout_id, one.on, one.stage, one.duration_s(Direction.BACKWARD)) for one in plan.workouts()]


def do(store, *workouts: Workout, **how: float) -> None:
    for one in workouts:
        said_done.say_done(store, one, now=evening(one.on), **how)


def accepted(store, now: datetime) -> Plan:
    offer = coach.today(store, now=now).proposal
    assert offer is not None and not offer.in_force, "what raises is offered and never done by itself"
    assert "no longer" in offer.reasons[0].text
    return adapt.accept(store, offer.proposal_id, now=now)


def test_a_slip_in_the_minutes_that_is_taken_back_gives_back_what_the_rule_removed(store, plan):
    first, second = plan.weeks[0].workouts[:2]
    do(store, first, backward_s=3000.0)
    now = noon(second.on)
    lighter = in_force.situation(store, now).plan
    assert content(lighter) != content(plan)
    do(store, first)
    well(store, first.on)
    assert content(accepted(store, now)) == content(plan)
    assert coach.today(store, now=now).proposal is None, "once is enough"


def test_a_fall_told_by_mistake_is_taken_back_in_words_and_the_plan_may_go_back(store, plan):
    first = plan.weeks[0].workouts[0]
    do(store, first)
    told_at = evening(first.on) + timedelta(hours=1)
    coach.add_check_in(store, CheckIn(told_at, fell=True, concussion_signs=False))
    lower = in_force.situation(store, told_at).plan
    assert content(lower) != content(plan)
    now = noon(first.on + timedelta(days=1))
    (fall,) = clearing.page(store, now=now).lately
    with pytest.raises(BadValue, match="reason"):
        clearing.take_back(store, [fall.key], reason=" ", now=now)
    clearing.take_back(store, [fall.key], reason=SLIP, now=now)
    well(store, first.on)
    assert content(accepted(store, now)) == content(plan)
    assert store.check_ins()[0].fell and store.clearances()[0].reason == SLIP, "both words are kept"
    assert "a fall" in clearing.words_of(fall.key)


def test_a_fall_is_taken_back_within_7_days_and_once_in_7_days(store, plan):
    for day in (0, 1):
        coach.add_check_in(store, CheckIn(noon(TODAY + timedelta(days=day)), fell=True, concussion_signs=False))
    late = noon(TODAY + timedelta(days=9))
    assert clearing.page(store, now=late).lately == ()
    now = noon(TODAY + timedelta(days=2))
    second, first = clearing.page(store, now=now).lately
    clearing.take_back(store, [first.key], reason=SLIP, now=now)
    with pytest.raises(BadValue, match="kind"):
        clearing.take_back(store, [second.key], reason=SLIP, now=now)


def test_pain_for_a_clinician_is_not_taken_back_and_other_pain_is(store, plan):
    coach.add_check_in(store, CheckIn(noon(TODAY), pain_nrs={"left knee": 5.0}))
    assert [one.words for one in clearing.page(store, now=evening(TODAY)).lately] == ["left knee 5 of 10"]
    coach.add_check_in(store, CheckIn(noon(TODAY) + timedelta(hours=1), pain_nrs={"left knee": 8.0}))
    kept = [one.words for one in clearing.page(store, now=evening(TODAY)).lately]
    assert "left knee 8 of 10" not in kept


def test_what_is_left_still_binds(store, plan):
    """Two facts lowered the plan and one is taken back: the other holds it."""
    first = plan.weeks[0].workouts[0]
    do(store, first)
    now = evening(first.on) + timedelta(hours=1)
    coach.add_check_in(store, CheckIn(now, Moment.AFTER, pain_nrs={"left knee": 5.0}))
    coach.add_check_in(store, CheckIn(now + timedelta(minutes=1), fell=True, concussion_signs=False))
    lower = in_force.situation(store, now + timedelta(minutes=2)).plan
    fall = next(one for one in clearing.page(store, now=now + timedelta(hours=1)).lately if one.key.startswith("fall"))
    clearing.take_back(store, [fall.key], reason=SLIP, now=now + timedelta(hours=1))
    view = coach.today(store, now=now + timedelta(hours=2))
    assert view.proposal is None or view.proposal.in_force
    assert content(store.plan()) == content(lower)


def test_nothing_more_is_offered_while_the_calves_are_sore(store, plan):
    """Sessions that were told late would give back what their silence took; sore calves come first."""
    week = plan.weeks[0].workouts
    monday = noon(TODAY + timedelta(days=7))
    lower = in_force.situation(store, monday).plan
    assert content(lower) != content(plan), "a week of which nothing is known holds the plan"
    coach.add_check_in(store, CheckIn(monday, calf_soreness_nrs=6.0))
    in_force.situation(store, monday)
    do(store, *week)
    for one in week:
        coach.add_check_in(
            store, CheckIn(monday, activity_id=said_done.word_id(one.workout_id), calf_soreness_nrs=1.0, on=one.on)
        )
    for hours in (1, 30, 24 * 5):
        offer = coach.today(store, now=monday + timedelta(hours=hours)).proposal
        assert offer is None or offer.in_force, hours


def test_sessions_of_which_nobody_said_how_they_felt_hold_the_stage_and_the_question_is_asked(store, plan):
    week = plan.weeks[0].workouts
    do(store, *week)
    monday = TODAY + timedelta(days=7)
    view = coach.today(store, now=noon(monday))
    held = view.plan
    assert {one.stage for one in held.workouts() if one.week == 2} == {1}
    assert "not known" in view.proposal.reasons[0].text and "Tell how it felt" in view.proposal.reasons[0].text
    assert view.check_in_due is not None and view.check_in_about == said_done.word_id(week[-1].workout_id)
    for one in week:
        coach.add_check_in(
            store,
            CheckIn(noon(monday), activity_id=said_done.word_id(one.workout_id), calf_soreness_nrs=1.0),
        )
    later = noon(monday) + timedelta(hours=1)
    assert coach.today(store, now=later).check_in_due is None
    assert content(accepted(store, later)) == content(plan)


def test_until_the_two_days_of_asking_are_over_no_word_is_no_answer(store, plan):
    week = plan.weeks[0].workouts
    do(store, *week)
    well(store, *(one.on for one in week[:-1]))
    soon = noon(week[-1].on + timedelta(days=2))
    assert coach.today(store, now=soon).proposal is None
    assert "48 hours after" in coach.today(store, now=soon).check_in_due


@pytest.mark.parametrize(("days_later", "counts"), [(0, False), (2, False), (3, True)])
def test_silence_is_no_fact_that_lowered_a_plan_before_it_could(store, plan, days_later, counts):
    """Within the two days of asking it lowers nothing: told then, it is not named as what no longer stands."""
    first = plan.weeks[0].workouts[0]
    do(store, first)
    done = match.done(store, plan, until=first.on)
    facts = _withdrawn.facts_of(plan, done, (), first.on + timedelta(days=days_later))
    assert any(fact.startswith("unrated") for fact in facts) == counts


def test_who_moves_a_session_has_not_said_yes_to_more(store, plan):
    first, second = plan.weeks[0].workouts[:2]
    do(store, first, backward_s=3000.0)
    now = noon(second.on)
    lighter = in_force.situation(store, now).plan
    do(store, first)
    well(store, first.on)
    assert not coach.today(store, now=now).proposal.in_force, "the way back is offered"
    last = list(lighter.workouts())[-1]
    to = last.on + timedelta(days=1)
    asked = adapt.ask(store, Wish(WishKind.MOVE, now, workout_id=last.workout_id, to=to), now=now)
    assert asked.refused is None
    moved = {one.workout_id: one for one in adapt.accept(store, asked.proposal_id, now=now).workouts()}
    assert moved[last.workout_id].on == to
    for one in lighter.workouts():
        left = moved.get(one.workout_id)
        assert left is None or left.duration_s(Direction.BACKWARD) <= one.duration_s(Direction.BACKWARD)
    assert not coach.today(store, now=now).proposal.in_force, "and stays offered"


def test_something_else_that_was_done_counts_and_is_taken_back(store, plan):
    first = plan.weeks[0].workouts[0]
    do(store, first)
    tuesday = first.on + timedelta(days=1)
    said = said_done.say_extra(store, now=evening(tuesday), on=tuesday, backward_s=900.0, forward_s=600.0)
    done = match.done(store, plan, until=tuesday)
    assert [(one.backward_s, one.workout_id) for one in done] == [(300.0, first.workout_id), (900.0, None)]
    assert match.backward_history(store, until=tuesday)[-1] == (tuesday, 900.0)
    wednesday = noon(plan.weeks[0].workouts[1].on)
    lighter = in_force.situation(store, wednesday).plan
    assert content(lighter) != content(plan), "15 minutes after 5 are over the rule"
    said_done.take_back(store, said.workout_id)
    well(store, first.on)
    assert content(accepted(store, wednesday)) == content(plan)


@pytest.mark.parametrize(
    ("ago", "backward_s", "forward_s"), [(-1, 60.0, 0.0), (3654, 60.0, 0.0), (0, 0.0, 0.0), (0, 60.0, -1.0)]
)
def test_something_else_that_cannot_be_is_refused(store, plan, ago, backward_s, forward_s):
    with pytest.raises(BadValue):
        said_done.say_extra(
            store, now=noon(TODAY), on=TODAY - timedelta(days=ago), backward_s=backward_s, forward_s=forward_s
        )
    assert store.said_done() == ()


def test_after_half_of_a_stage_the_stage_comes_whole_before_the_next(store, plan):
    """A fall in the first session: half of stage 1 follows, and two halves are not the stage."""
    first = plan.weeks[0].workouts[0]
    do(store, first)
    coach.add_check_in(store, CheckIn(evening(first.on), Moment.DURING, fell=True, concussion_signs=False))
    now, stages = noon(first.on + timedelta(days=1)), []
    for _ in range(35):
        plan = coach.current_plan(store, today=now.date())
        due = next((one for one in plan.workouts() if one.on == now.date()), None)
        if due is not None:
            do(store, due)
            well(store, due.on)
            stages.append((due.stage, due.duration_s(Direction.BACKWARD)))
        now += timedelta(days=1)
    rose = next(nth for nth, (stage, _) in enumerate(stages) if stage > 1)
    assert stages[0][1] <= 150.0
    assert max(seconds for _, seconds in stages[:rose]) >= 0.9 * 300, "stage 1 at its own size comes before stage 2"


def test_a_session_that_is_done_stays_done_in_the_calendar(store, plan):
    first = plan.weeks[0].workouts[0]
    do(store, first)
    coach.add_check_in(store, CheckIn(evening(first.on) + timedelta(minutes=5), Moment.DURING, broke_off=True))
    told = feed.calendar(store, now=evening(first.on) + timedelta(hours=1)).decode().replace("\r\n ", "")
    events = {one.partition("UID:")[2].partition("@")[0]: one for one in told.split("BEGIN:VEVENT")[1:]}
    assert "STATUS:CONFIRMED" in events[first.workout_id] and "On hold" not in events[first.workout_id]
    others = [one for name, one in events.items() if name != first.workout_id]
    assert any("On hold" in one for one in others)


def test_the_head_of_a_plan_names_the_weeks_it_has_now(store, plan):
    later = in_force.situation(store, noon(TODAY + timedelta(days=15))).plan
    shown = coach.current_plan(store, today=TODAY + timedelta(days=15))
    runs = next(week.number for week in shown.weeks for one in week.workouts if "running" in one.title.lower())
    assert runs > 3 and later.revision > 1
    assert f"The first backward running of this plan is in week {runs}." in [note.text for note in shown.notes]


def test_the_hour_of_a_rest_is_that_of_the_rule(store, plan):
    """48 hours after a session whose hour is known end at that hour, and say so."""
    from tests.flows.test_adapt import keep

    store.put_plan(replace(plan, simulated=True))
    first = plan.weeks[0].workouts[0]
    activity_id = keep(store, first)
    began_at = local_start(store.row(activity_id))
    coach.add_check_in(store, CheckIn(evening(first.on), Moment.DURING, activity_id, fell=True, concussion_signs=False))
    (fall,) = [one for one in in_force.situation(store, evening(first.on)).facts.check_ins if one.fell]
    assert fall.activity_id == activity_id
    ends_at = began_at + timedelta(hours=48)
    gates = {gate.key: gate for gate in coach.today(store, now=noon(ends_at.date())).gates}
    assert f"{ends_at:%H:%M}" in gates["fall_within_48_h"].reason.text
    view = coach.today(store, now=ends_at - timedelta(minutes=1))
    if view.next_workout is not None and view.next_workout.on == ends_at.date():
        assert "rest_after_setback" in {gate.key for gate in view.waits_for}
        opened = coach.today(store, now=ends_at + timedelta(minutes=1))
        assert "rest_after_setback" not in {gate.key for gate in opened.waits_for}


@pytest.mark.parametrize("minutes", [0, 20])
def test_what_was_done_while_a_warning_sign_stood_lifts_nothing(store, plan, minutes):
    """Twenty minutes against a stop were the session that the next one was half of."""
    week = plan.weeks[0].workouts
    do(store, *week)
    well(store, *(one.on for one in week))
    monday = TODAY + timedelta(days=7)
    coach.add_check_in(store, CheckIn(noon(monday), red_flags=("chest_pain",)))
    if minutes:
        at = evening(monday)
        said_done.say_extra(store, now=at, on=monday, backward_s=60.0 * minutes)
    tuesday = monday + timedelta(days=1)
    clearing.clear(store, ["chest_pain"], by="Dr. Moss", on=tuesday, allows="go on", running=True, now=evening(tuesday))
    then = in_force.situation(store, noon(tuesday + timedelta(days=1))).plan
    coming = [one for one in then.workouts() if one.on > tuesday]
    assert coming[0].duration_s(Direction.BACKWARD) <= week[-1].duration_s(Direction.BACKWARD) / 2.0 + 10.0


@pytest.mark.parametrize(("hours_before", "counts"), [(3, True), (-3, False)])
def test_what_was_done_on_the_day_of_a_sign_before_it_was_told_is_what_the_next_is_held_to(
    store, plan, hours_before, counts
):
    """The morning's session did not defy the sign of the afternoon: half of it follows, and not a whole stage."""
    first = plan.weeks[0].workouts[0]
    told_at = noon(first.on)
    said_done.say_extra(store, now=told_at - timedelta(hours=hours_before), on=first.on, backward_s=240.0)
    coach.add_check_in(store, CheckIn(told_at, red_flags=("chest_pain",)))
    cleared = first.on + timedelta(days=3)
    clearing.clear(store, ["chest_pain"], by="Dr. Moss", on=cleared, allows="go on", running=True, now=evening(cleared))
    then = in_force.situation(store, noon(cleared + timedelta(days=1))).plan
    coming = next(one for one in then.workouts() if one.on > cleared)
    assert (coming.duration_s(Direction.BACKWARD) <= 120.0) == counts


def test_a_slip_that_is_put_right_is_undone_though_sore_calves_before_it_are_not_behind(store, plan):
    """Sore calves lowered the plan; a pain that is typed by mistake days later, and taken back, lowers nothing."""
    first, second = plan.weeks[0].workouts[:2]
    do(store, first)
    well(store, first.on)
    do(store, second)
    for days_later, sore in ((1, 6.0), (2, 1.0)):
        at = noon(second.on + timedelta(days=days_later))
        coach.add_check_in(store, CheckIn(at, Moment.DAY_1, calf_soreness_nrs=sore))
        coach.today(store, now=at)
    third = next(one for one in store.plan().workouts() if one.on > second.on + timedelta(days=2))
    do(store, third)
    now = noon(third.on + timedelta(days=1))
    coach.today(store, now=now)
    after_the_calves = content(store.plan())
    assert after_the_calves != content(plan)
    slip = CheckIn(now, Moment.DAY_1, activity_id=said_done.word_id(third.workout_id), pain_nrs={"left knee": 5.0})
    coach.add_check_in(store, slip)
    coach.today(store, now=now + timedelta(minutes=1))
    assert content(store.plan()) != after_the_calves
    slip_key = f"pain:{now:%Y-%m-%dT%H:%M:%SZ}"
    clearing.take_back(store, [slip_key], reason=SLIP, now=now + timedelta(minutes=2))
    now += timedelta(minutes=3)
    assert content(accepted(store, now)) == after_the_calves, "no more than the calves left, and no less"
    assert coach.today(store, now=now + timedelta(minutes=1)).proposal is None
