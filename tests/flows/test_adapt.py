from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from tests.flows.felt import well

from backward_running import plans
from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import CheckIn
from backward_running.core.direction import Direction
from backward_running.core.errors import NotFound, Stopped, StoreReadOnly
from backward_running.core.plan import Plan, Repeat, Wish, WishKind, Workout
from backward_running.flows import adapt, coach, conditions, export_plan, feed, making, match, profile
from backward_running.flows.intake import import_file
from backward_running.flows.plan_views import MatchedBy
from backward_running.simulation._recorder import Outing, write
from backward_running.simulation._script import pieces_of_workout
from backward_running.simulation.runner import BODY

TODAY = date(2026, 11, 23)  # a Monday
ANSWERS = {
    "forward_runs_per_week": 4,
    "easy_speed_mps": 3.0,
    "longest_run_s": 2880.0,
    "backward_experience_min": 0.0,
    "birth_year": 1990,
    "days": ["0", "2", "4"],
    "have": ["spotter", "known_spot"],
    "goal": "try",
    "starts_on": TODAY,
    "parq": "all_no",
    "health": ["none"],
}


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def recorded(workout: Workout, on: date | None = None, *, share: float = 1.0, chest: bool = False) -> bytes:
    """A watch that followed the workout, as a file; `share` of its steps were done."""
    rng = np.random.default_rng(7)
    pieces, steps = pieces_of_workout(workout, 3.0, rng)
    pieces = pieces[: max(1, round(share * len(pieces)))]
    start = datetime.combine(on or workout.on, time(17), UTC)
    data, _ = write(Outing(start, 0, pieces, steps, "track", False, chest, workout.title, workout.week), BODY, rng)
    return data


@pytest.fixture
def plan(store) -> Plan:
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(made, Plan) and made.weeks
    simulated = replace(made, simulated=True)
    store.put_plan(simulated)
    return simulated


def keep(store, workout: Workout, on: date | None = None, **how) -> str:
    day = on or workout.on
    (entry,) = import_file(store, f"{day}.fit", recorded(workout, on, **how), now=noon(day))
    return entry.activity_ids[0]


def test_a_recording_of_the_workout_is_matched_by_its_steps_and_held_against_it(store, plan):
    first = plan.weeks[0].workouts[0]
    activity_id = keep(store, first)
    (found,) = match.matched(store, since=TODAY, until=TODAY + timedelta(days=6))
    assert (found.workout_id, found.activity_id, found.how) == (first.workout_id, activity_id, MatchedBy.STEPS)
    assert found.complete and found.backward_s == pytest.approx(300, abs=10)
    comparison = match.compare(store, first.workout_id)
    assert comparison.by_laps and len(comparison.steps) == len(list(first.steps()))
    back = [one for one in comparison.steps if one.step.direction is Direction.BACKWARD]
    assert all(one.backward_s > 50 and one.within_cap and one.verdict == "As planned." for one in back)
    assert comparison.verdict == "Done: 5 of 5 minutes backward."
    assert match.session_of(store, activity_id) == found


@pytest.mark.parametrize("numbered", [False, True])
def test_a_watch_that_followed_either_file_is_recognized(store, plan, numbered):
    """In groups, or written out with numbers in the names: what a watch writes back leads to the session."""
    first = plan.weeks[0].workouts[0]
    pieces = tuple(
        step
        for piece in first.pieces
        for step in (piece.numbered() if isinstance(piece, Repeat) else (piece,))
    )  # fmt: skip
    followed = replace(first, pieces=pieces) if numbered else first
    activity_id = keep(store, followed, first.on + timedelta(days=1))
    (found,) = match.matched(store, since=TODAY, until=TODAY + timedelta(days=6))
    assert (found.workout_id, found.activity_id, found.how) == (first.workout_id, activity_id, MatchedBy.STEPS)
    name, data = export_plan.workout_file(store, first.workout_id, "numbered", today=TODAY)
    assert name.endswith("-w1-1-numbered.fit") and b"BACK WALK 1/" in data


def test_on_another_day_of_the_week_it_is_still_the_same_workout(store, plan):
    second = plan.weeks[0].workouts[1]
    keep(store, second, second.on + timedelta(days=2))
    (found,) = match.matched(store, since=TODAY, until=TODAY + timedelta(days=6))
    assert found.workout_id == second.workout_id and found.on == second.on + timedelta(days=2)


def test_each_recording_is_one_session_and_each_session_one_recording(store, plan):
    first, second = plan.weeks[0].workouts
    for workout in (first, second, second):
        keep(store, workout, share=1.0 if workout is first else 0.9)
    found = match.matched(store, since=TODAY, until=TODAY + timedelta(days=6))
    assert len({one.workout_id for one in found}) == len({one.activity_id for one in found}) == len(found) == 2


def test_what_was_matched_by_hand_wins_and_can_be_taken_back(store, plan):
    first, second = plan.weeks[0].workouts
    activity_id = keep(store, first)
    match.match_by_hand(store, second.workout_id, activity_id)
    (found,) = match.matched(store, since=TODAY, until=second.on)
    assert (found.workout_id, found.how) == (second.workout_id, MatchedBy.HAND)
    match.match_by_hand(store, second.workout_id, None)
    match.match_by_hand(store, first.workout_id, None)
    assert match.matched(store, since=TODAY, until=second.on) == ()
    match.forget_match(store, first.workout_id)
    assert match.matched(store, since=TODAY, until=second.on)[0].workout_id == first.workout_id
    with pytest.raises(NotFound):
        match.match_by_hand(store, first.workout_id, "nobody")


def test_a_forward_run_on_the_day_is_no_session(store, plan):
    first = plan.weeks[0].workouts[0]
    forward = replace(first, pieces=tuple(piece for piece in first.pieces if hasattr(piece, "name")))
    keep(store, forward, chest=True)
    assert match.matched(store, since=TODAY, until=TODAY + timedelta(days=6)) == ()
    assert match.compare(store, first.workout_id) is None


def test_what_does_not_show_its_direction_is_matched_but_not_done(store, plan):
    first = plan.weeks[0].workouts[0]
    keep(store, replace(first, pieces=tuple(piece for piece in first.pieces if hasattr(piece, "name"))))
    (found,) = match.matched(store, since=TODAY, until=TODAY)
    assert found.how is MatchedBy.TIME and not found.complete and found.unknown_s > 600
    assert "Paint" in match.compare(store, first.workout_id).verdict


def test_who_follows_the_plan_gets_no_proposal(store, plan):
    for one in (*plan.weeks[0].workouts, *plan.weeks[1].workouts):
        keep(store, one)
        well(store, one.on)
        assert adapt.proposal(store, now=noon(one.on + timedelta(days=1))) is None
        assert coach.today(store, now=noon(one.on + timedelta(days=1))).proposal is None


def test_where_nothing_can_be_written_the_lower_plan_is_shown_all_the_same(store, plan, monkeypatch):
    monday = TODAY + timedelta(weeks=1)
    for workout in plan.weeks[0].workouts:
        keep(store, workout, share=0.5)

    def refuse(*_args, **_more):
        raise StoreReadOnly("The store cannot be written; nothing was changed.")

    with monkeypatch.context() as sealed:
        sealed.setattr(type(store), "put_plan", refuse)
        shown = coach.current_plan(store, today=monday)
    assert store.plan() == plan, "nothing was kept"
    assert shown.weeks == coach.current_plan(store, today=monday).weeks != plan.weeks


def test_what_was_lowered_is_news_for_a_week(store, plan):
    """Who never says that they saw it is not told of a rest that was over weeks ago."""
    keep(store, plan.weeks[0].workouts[0])
    monday = TODAY + timedelta(weeks=1)
    assert adapt.proposal(store, now=noon(monday)).in_force
    for one in store.plan().weeks[1].workouts:
        keep(store, one)
        well(store, one.on)
    sunday = noon(monday + timedelta(days=6))
    assert adapt.proposal(store, now=sunday).in_force
    later = adapt.proposal(store, now=noon(monday + timedelta(days=7)))
    assert later is None or not later.in_force


def test_a_miss_repeats_its_stage_at_once_and_is_told_until_it_was_seen(store, plan):
    keep(store, plan.weeks[0].workouts[0])
    monday = TODAY + timedelta(weeks=1)
    made = adapt.proposal(store, now=noon(monday))
    assert made.in_force and "Week 1: Friday is not known to be done" in made.reasons[0].text
    view = coach.today(store, now=noon(monday))
    assert view.proposal.proposal_id == made.proposal_id and view.next_workout in list(made.plan.workouts())
    accepted = adapt.accept(store, made.proposal_id, now=noon(monday))
    assert accepted.revision == 2 and accepted.plan_id == plan.plan_id and store.plan() == accepted == made.plan
    assert [one.stage for one in accepted.weeks[1].workouts] == [1] * len(accepted.weeks[1].workouts)
    assert [one.revision for one in store.plans()][-2:] == [1, 2]
    assert adapt.proposal(store, now=noon(monday)) is None
    with pytest.raises(NotFound, match="changed"):
        adapt.accept(store, made.proposal_id, now=noon(monday))


@pytest.mark.parametrize("answer", ["accept", "decline", "ignore"])
def test_no_answer_ever_brings_the_old_plan_back(store, plan, answer):
    monday = noon(TODAY + timedelta(weeks=1))
    made = adapt.proposal(store, now=monday)
    if answer != "ignore":
        getattr(adapt, answer)(store, made.proposal_id, now=monday)
        assert adapt.proposal(store, now=monday) is None
    assert store.plan() == made.plan != plan
    assert coach.today(store, now=monday).next_workout.stage == 1
    months = noon(TODAY + timedelta(weeks=9))
    assert coach.today(store, now=months).next_workout.stage == 1, "nothing was done, so nothing was passed"


def test_two_changes_that_nobody_saw_are_told_as_one(store, plan):
    for one in plan.weeks[0].workouts:
        keep(store, one)
    second = noon(plan.weeks[2].starts_on)
    before = {one.workout_id: one.before for one in adapt.proposal(store, now=second).changes}
    third = noon(plan.weeks[3].starts_on)
    told = adapt.proposal(store, now=third)
    both = [one for one in told.changes if one.workout_id in before]
    assert both and all(one.before == before[one.workout_id] for one in both)


def test_sore_calves_close_the_gate_and_lower_the_plan_at_once(store, plan):
    for one in plan.weeks[0].workouts:
        keep(store, one)
    saturday = plan.weeks[0].workouts[-1].on + timedelta(days=1)
    coach.add_check_in(store, CheckIn(noon(saturday), calf_soreness_nrs=5.0))
    view = coach.today(store, now=noon(saturday))
    assert any(gate.key == "calf_soreness" for gate in view.waits_for)
    assert "5 of 10" in view.proposal.reasons[0].text
    accepted = store.plan()
    assert accepted == view.proposal.plan
    before = {one.workout_id: one.duration_s(Direction.BACKWARD) for one in plan.workouts()}
    after = {one.workout_id: one.duration_s(Direction.BACKWARD) for one in accepted.weeks[1].workouts}
    assert after and all(seconds <= 300 for seconds in after.values())
    assert sum(after.values()) < sum(before[one.workout_id] for one in plan.weeks[1].workouts)


def test_a_red_flag_stops_everything_and_proposes_nothing(store, plan):
    coach.add_check_in(store, CheckIn(noon(TODAY), red_flags=(coach.red_flags()[0][0],)))
    monday = noon(TODAY + timedelta(weeks=1))
    assert adapt.proposal(store, now=monday) is None
    assert coach.today(store, now=monday).next_workout is None
    with pytest.raises(NotFound):
        adapt.ask(store, Wish(WishKind.ILL, monday, first_on=TODAY), now=monday)


def test_a_wish_is_shown_first_and_then_granted(store, plan):
    now, gone = noon(TODAY), plan.weeks[1].workouts[0]
    made = adapt.ask(store, Wish(WishKind.SKIP, now, gone.workout_id), now=now)
    assert store.plan() == plan
    assert gone.workout_id in {change.workout_id for change in made.changes if change.after is None}
    accepted = adapt.accept(store, made.proposal_id, now=now)
    assert gone.workout_id not in {one.workout_id for one in accepted.workouts()}
    assert accepted.wishes == (Wish(WishKind.SKIP, now, gone.workout_id),)
    assert store.plan() == accepted, "it comes back from the store as it was"
    assert adapt.proposal(store, now=now) is None


def test_a_wish_that_breaks_a_rule_is_refused_in_words(store, plan):
    now, first = noon(TODAY), plan.weeks[0].workouts[0]
    made = adapt.ask(store, Wish(WishKind.MOVE, now, first.workout_id, to=TODAY + timedelta(days=9)), now=now)
    assert "its own week" in made.refused and made.changes == ()
    with pytest.raises(NotFound):
        adapt.accept(store, made.proposal_id, now=now)


def test_a_clinicians_ceiling_is_proposed_into_the_plan(store, plan):
    now = noon(TODAY)
    profile.put_athlete(
        store, replace(store.athlete(), ceilings=Ceilings("physiotherapist", TODAY, backward_session_s=240.0))
    )
    accepted = adapt.accept(store, adapt.proposal(store, now=now).proposal_id, now=now)
    assert max(one.duration_s(Direction.BACKWARD) for one in accepted.workouts()) <= 240.0


def test_limits_that_are_set_and_taken_back_are_proposed_on_the_next_page(store, plan):
    now = noon(TODAY)
    conditions.set_ceilings(store, Ceilings("physiotherapist", TODAY, backward_session_s=240.0))
    store.put_plan(replace(plan, simulated=False))
    proposal = coach.today(store, now=now).proposal
    assert any("by physiotherapist" in reason.text for reason in proposal.reasons)
    under = adapt.accept(store, proposal.proposal_id, now=now)
    assert store.plan() == under and adapt.proposal(store, now=now) is None
    conditions.set_ceilings(store, None)
    proposal = coach.today(store, now=now).proposal
    assert "No clinician’s limits" in proposal.reasons[0].text
    free = adapt.accept(store, proposal.proposal_id, now=now)
    assert [one.pieces for one in free.workouts()] == [one.pieces for one in plan.workouts()]
    assert adapt.proposal(store, now=now) is None


def test_a_new_plan_builds_on_what_was_recorded(store, plan):
    for one in (*plan.weeks[0].workouts, *plan.weeks[1].workouts):
        keep(store, one)
    until = plan.weeks[1].workouts[-1].on
    history = match.backward_history(store, until=until, simulated=True)
    assert [day for day, _ in history] == [one.on for one in (*plan.weeks[0].workouts, *plan.weeks[1].workouts)]
    again = coach.start_plan(
        store, {**ANSWERS, "starts_on": until + timedelta(days=3)}, now=noon(until), simulated=True
    )
    assert again.weeks[0].workouts[0].duration_s(Direction.BACKWARD) >= 300
    assert again.plan_id != plan.plan_id
    for day in (until, until + timedelta(days=2)):
        assert adapt.proposal(store, now=noon(day)) is None, "what was done before it still carries it"


SORE = {"calf_soreness_nrs": 6.0}


def kept_empty(store, **typed: object) -> Plan:
    """A plan without weeks, as earlier versions kept it; today nobody gets one."""
    answers, _ = plans.check_answers(ANSWERS | typed, today=TODAY)
    made = making.made_from(store, ANSWERS | typed, answers, now=noon(TODAY), simulated=False)
    store.put_plan(made, simulated=False)
    assert made.weeks == ()
    return made


def waiting(store, **typed: object) -> Plan:
    """A plan made while the calves were sore: it has no weeks."""
    coach.add_check_in(store, CheckIn(noon(TODAY), **SORE))
    return kept_empty(store, **typed)


def test_a_plan_that_waited_for_a_gate_gets_its_weeks_when_it_opens(store):
    waited = waiting(store)
    assert [gate.key for gate in waited.gates if not gate.open] == ["calf_soreness"]
    assert adapt.proposal(store, now=noon(TODAY)) is None
    later = TODAY + timedelta(days=4)
    coach.add_check_in(store, CheckIn(noon(later), calf_soreness_nrs=0.0))
    view = coach.today(store, now=noon(later))
    assert view.next_workout is None and store.plan() == waited, "nothing has changed yet"
    made = view.proposal
    assert "is open now" in made.reasons[0].text
    assert [week.workouts[0].stage for week in made.plan.weeks][:3] == [1, 1, 2], (
        "sore calves hold it at its first stage"
    )
    assert {change.workout_id for change in made.changes} == {one.workout_id for one in made.plan.workouts()}
    accepted = adapt.accept(store, made.proposal_id, now=noon(later))
    assert store.plan() == accepted
    assert accepted.protocol == "beginner", "the best that fits now; while the calves were sore none did"
    assert min(one.on for one in accepted.workouts()) >= later
    assert coach.today(store, now=noon(later)).next_workout is not None
    assert adapt.proposal(store, now=noon(later)) is None


def test_a_plan_that_waits_keeps_waiting_where_it_was_declined(store):
    waiting(store)
    later = noon(TODAY + timedelta(days=4))
    coach.add_check_in(store, CheckIn(later, calf_soreness_nrs=0.0))
    made = adapt.proposal(store, now=later)
    adapt.decline(store, made.proposal_id, now=later)
    assert adapt.proposal(store, now=later) is None


def test_a_red_flag_keeps_a_plan_from_beginning(store):
    waiting(store)
    later = noon(TODAY + timedelta(days=4))
    coach.add_check_in(store, CheckIn(later, calf_soreness_nrs=0.0, red_flags=(coach.red_flags()[0][0],)))
    assert adapt.proposal(store, now=later) is None


def test_a_programme_that_does_not_fit_says_so_on_every_page_and_another_is_proposed(store):
    kept_empty(store, protocol="ordway_2016")
    for gates in (coach.current_plan(store, today=TODAY).gates, coach.today(store, now=noon(TODAY)).gates):
        (gate,) = [one for one in gates if one.key == "programme"]
        assert not gate.open and "First steps backward" in gate.what_to_do
    made = adapt.proposal(store, now=noon(TODAY))
    assert made.plan.protocol == "beginner" and made.plan.weeks and "200 minutes" in made.reasons[0].text
    accepted = adapt.accept(store, made.proposal_id, now=noon(TODAY))
    assert all(gate.key != "programme" for gate in coach.current_plan(store, today=TODAY).gates)
    assert adapt.proposal(store, now=noon(TODAY)) is None and accepted.answers["protocol"] == "beginner"


def test_nothing_is_proposed_where_no_programme_fits(store):
    kept_empty(store, goal="rehab:stroke")
    assert adapt.proposal(store, now=noon(TODAY + timedelta(days=3))) is None


def test_every_programme_is_offered_with_why(store):
    choices = coach.choices(store, ANSWERS, today=TODAY)
    assert choices[0].protocol == "beginner" and choices[0].fits
    assert all(choice.reason.text for choice in choices)
    assert coach.choices(store, {}, today=TODAY) == ()


def test_today_counts_the_hours_since_the_last_session_and_never_offers_one_twice(store, plan):
    """Begun at 17:00: done today it is gone, and two days later at 16:00 the next one still waits, at 17:00 not."""
    first, second = plan.weeks[1].workouts[:2]
    for one in (*plan.weeks[0].workouts, first):
        keep(store, one)
        well(store, one.on)
    evening = datetime.combine(first.on, time(20), UTC)
    assert coach.today(store, now=evening).next_workout.workout_id != first.workout_id
    assert (second.on - first.on).days == 2
    for hour, waits in ((16, True), (17, False)):
        view = coach.today(store, now=datetime.combine(second.on, time(hour), UTC))
        assert view.next_workout.on == second.on
        gates = [gate for gate in view.waits_for if gate.key == "time_between_sessions"]
        assert bool(gates) == waits
        assert not gates or "on you can start" in gates[0].what_to_do


def test_a_recording_that_comes_late_is_offered_back_and_never_taken_by_itself(store, plan):
    first, second = plan.weeks[0].workouts
    keep(store, first)
    well(store, first.on, second.on)
    monday = noon(plan.weeks[1].starts_on)
    lower = adapt.proposal(store, now=monday)
    assert lower.in_force and store.plan().weeks[1].workouts[0].stage == 1
    adapt.accept(store, lower.proposal_id, now=monday)
    keep(store, second)
    offered = adapt.proposal(store, now=monday)
    assert not offered.in_force and "no longer stands" in offered.reasons[0].text
    assert store.plan().weeks[1].workouts[0].stage == 1, "nothing is raised without a word"
    assert adapt.accept(store, offered.proposal_id, now=monday).weeks[1].workouts[0].stage == 2


def test_wishes_do_not_wear_other_sessions_down(store, plan):
    """Five days away, one after the other: what lies outside them keeps its length."""
    before = {one.workout_id: one.duration_s(Direction.BACKWARD) for one in plan.workouts()}
    for number in (2, 4, 5, 7, 9):
        day = plan.weeks[number].workouts[-1].on
        now = noon(TODAY)
        asked = adapt.ask(store, Wish(WishKind.HOLIDAY, now, first_on=day, last_on=day), now=now)
        adapt.accept(store, asked.proposal_id, now=now)
    after = {one.workout_id: one.duration_s(Direction.BACKWARD) for one in store.plan().workouts()}
    early = [name for name in before if name in after and int(name.rpartition("-w")[2][:2]) <= 2]
    assert early and all(after[name] == before[name] for name in early)
    second = [name for name in before if name.endswith("-2") and name in after]
    assert all(after[name] >= 0.5 * before[name] for name in second), "a skill day is not made one again and again"


@pytest.mark.parametrize("condition", ["concussion_3_months", "parkinson_or_stroke", "pregnancy", "acute_calf_or_foot"])
def test_a_plan_in_force_stops_at_every_door_once_a_condition_leaves_no_step_backward(store, plan, condition):
    store.put_plan(replace(plan, answers=dict(plan.answers) | {"health": [condition]}))
    now, one = noon(TODAY), next(plan.workouts())
    view = coach.today(store, now=now)
    assert view.next_workout is None and all(gate.stops_all for gate in view.gates)
    for export in (
        lambda: export_plan.workout_file(store, one.workout_id, today=TODAY),
        lambda: export_plan.week_zip(store, 1, today=TODAY),
        lambda: export_plan.plan_csv(store, today=TODAY),
        lambda: export_plan.plan_json(store, today=TODAY),
    ):
        with pytest.raises(Stopped):
            export()
    told = feed.calendar(store, now=now).decode()
    assert "pregnan" not in told.lower() and "stroke" not in told.lower() and "1 min backward" not in told


def test_a_calendar_says_that_a_session_waits_and_not_why(store, plan):
    keep(store, plan.weeks[0].workouts[0])
    coach.add_check_in(store, CheckIn(noon(TODAY + timedelta(days=1)), pain_nrs={"left knee": 5.0}))
    told = feed.calendar(store, now=noon(TODAY + timedelta(days=1))).decode()
    assert "On hold" in told and "knee" not in told
    waiting = [part for part in told.split("BEGIN:VEVENT") if "On hold" in part]
    assert all("BACK WALK" not in part and "backward walk" not in part for part in waiting)
