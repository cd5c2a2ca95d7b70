"""A stop ends, and the plan that was there goes on: as before after a mistake, one stage down after a word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backward_running import rehab
from backward_running.core.adaptation import Ceilings, SetbackKind
from backward_running.core.athlete import CheckIn
from backward_running.core.errors import BadValue
from backward_running.core.screening import RED_FLAGS
from backward_running.flows import adapt, asking, clearing, coach, conditions, export_plan

ANSWERS = {
    "forward_runs_per_week": 3, "easy_speed_mps": 2.8, "longest_run_s": 2700.0, "backward_experience_min": 0.0,
    "birth_year": 1990, "days": ["0", "2", "4"], "have": ["spotter"], "goal": "try", "parq": "all_no",
    "health": ["none"],
}  # fmt: skip
WORD = {"by": "Dr. Moss", "allows": "walking, then easy running", "running": True}


@pytest.fixture
def plan(store, now):
    return coach.start_plan(store, ANSWERS, now=now)


def setbacks(store, now):
    return rehab.setbacks(asking.situation(store, now.date()).facts)


def view(store, now):
    seen = coach.today(store, now=now)
    return seen.next_workout, seen.plan.weeks, seen.gates, seen.proposal


@pytest.mark.parametrize("flag", RED_FLAGS, ids=lambda flag: flag.key)
def test_a_mistake_leaves_everything_as_before(store, now, plan, flag):
    before = view(store, now)
    coach.add_check_in(store, CheckIn(now, red_flags=(flag.key,)))
    assert view(store, now)[0] is None
    clearing.take_back(store, [flag.key], reason="the wrong line", now=now)
    after = view(store, now)
    assert [gate.open for gate in after[2]] == [gate.open for gate in before[2]]
    assert (after[0], after[1], after[3]) == (before[0], before[1], before[3])
    assert setbacks(store, now) == () and export_plan.plan_csv(store, today=now.date())


def test_a_word_lets_the_same_plan_go_on_one_stage_down(store, now, plan):
    told = now + timedelta(days=9)
    coach.add_check_in(store, CheckIn(told, red_flags=("chest_pain",)))
    seen = told + timedelta(days=3)
    clearing.clear(store, ["chest_pain"], on=seen.date(), now=seen, **WORD)
    (setback,) = [one for one in setbacks(store, seen) if one.kind is SetbackKind.RED_FLAG]
    assert (setback.on, setback.stages_back, setback.rest_until) == (told.date(), 1, seen.date())
    assert store.plan().plan_id == plan.plan_id
    proposal = adapt.proposal(store, now=seen)
    assert proposal is not None and proposal.plan.plan_id == plan.plan_id
    assert any("Dr. Moss" in reason.text for reason in proposal.reasons)


def test_a_plan_that_is_stopped_is_not_replaced_by_new_answers(store, now, plan):
    coach.add_check_in(store, CheckIn(now, pain_nrs={"knee": 9.0}))
    again = coach.start_plan(store, ANSWERS | {"easy_speed_mps": 3.2}, now=now)
    assert isinstance(again, coach.NotNow) and again.stopped
    assert store.plan() == plan and len(store.plans()) == 1
    clearing.clear(store, ["pain"], on=now.date(), now=now, **WORD)
    assert clearing.standing_gates(store, now.date()) == ()


def test_pain_and_a_condition_cannot_be_taken_back_as_a_mistake(store, now, plan):
    coach.add_check_in(store, CheckIn(now, pain_nrs={"knee": 9.0}))
    with pytest.raises(BadValue, match="only a clinician"):
        clearing.take_back(store, ["pain"], reason="the wrong line", now=now)


def test_a_sign_ticked_in_the_questions_over_a_plan_can_be_taken_back(store, now, plan):
    before = view(store, now)
    ticked = ANSWERS | {"health": ["chest_pain"]}
    assert coach.start_plan(store, ticked, now=now).stopped
    assert coach.today(store, now=now).plan.stopped
    clearing.take_back(store, ["chest_pain"], reason="the wrong line", now=now)
    assert view(store, now) == before


@pytest.mark.parametrize("condition", ["seizures_or_fainting", "pregnancy_first_trimester"])
def test_a_word_for_a_condition_opens_what_waited_for_it_before_there_is_any_plan(store, now, condition):
    typed = ANSWERS | {"health": [condition]}
    assert isinstance(coach.start_plan(store, typed, now=now), coach.NotNow)
    assert [one.key for one in clearing.standing(store, now=now)] == [condition], "one key for a condition"
    clearing.clear(store, [f"condition:{condition}"], on=now.date(), now=now, **WORD)
    assert clearing.standing(store, now=now) == ()
    closed = {gate.key for gate in rehab.ask_rules(asking.facts(store, typed, now.date())) if not gate.open}
    assert "clinician_first" not in closed
    assert coach.start_plan(store, typed, now=now).weeks


def test_a_flag_told_again_on_another_day_is_no_mistake_of_today(store, now, plan):
    coach.add_check_in(store, CheckIn(now - timedelta(days=1), red_flags=("chest_pain",)))
    coach.add_check_in(store, CheckIn(now, red_flags=("chest_pain",)))
    with pytest.raises(BadValue, match="not ticked today"):
        clearing.take_back(store, ["chest_pain"], reason="the wrong line", now=now)


def test_ceilings_come_with_the_word_or_stay_as_they_were(store, now, plan):
    ceilings = Ceilings("Dr. Moss", now.date(), walking_only=True)
    coach.add_check_in(store, CheckIn(now, red_flags=("chest_pain", "locked_knee")))
    clearing.clear(store, ["chest_pain"], on=now.date(), now=now, ceilings=ceilings, **WORD)
    assert store.athlete().ceilings == ceilings and clearing.standing_gates(store, now.date())
    clearing.clear(store, ["locked_knee"], on=now.date(), now=now, **WORD)
    assert store.athlete().ceilings == ceilings and not clearing.standing_gates(store, now.date())


def test_where_running_is_not_allowed_all_is_walked_whatever_the_words_say(store, now, plan):
    """“Walking only” in words is kept and not understood: the field decides, and it has no default."""
    coach.add_check_in(store, CheckIn(now, red_flags=("chest_pain",)))
    said = {"by": "Dr. Moss", "allows": "anything"}
    with pytest.raises(BadValue, match="running"):
        clearing.clear(store, ["chest_pain"], on=now.date(), now=now, running=None, **said)
    clearing.clear(store, ["chest_pain"], on=now.date(), now=now, running=False, **said)
    limits = store.athlete().ceilings
    assert limits is not None and limits.walking_only and limits.by == "Dr. Moss"
    view = coach.today(store, now=now)
    assert [one.allows for one in view.words] == ["anything"] and view.limits == limits
    assert view.next_workout is not None
    assert {step.gait.value for step in view.next_workout.steps()} == {"walk"}


def test_a_word_without_running_adds_to_the_limits_that_were_there(store, now, plan):
    conditions.set_ceilings(store, Ceilings("physiotherapist", now.date(), backward_session_s=300.0))
    coach.add_check_in(store, CheckIn(now, red_flags=("chest_pain",)))
    clearing.clear(store, ["chest_pain"], on=now.date(), now=now, **(WORD | {"running": False}))
    limits = store.athlete().ceilings
    assert limits.walking_only and limits.backward_session_s == 300.0
    assert limits.by == "physiotherapist; walking only by Dr. Moss on 22 November 2026"


def test_a_refused_word_changes_nothing(store, now, plan):
    coach.add_check_in(store, CheckIn(now, red_flags=("chest_pain",)))
    ceilings = Ceilings("Dr. Moss", now.date(), walking_only=True)
    for wrong in ({"by": ""}, {"allows": " "}, {"on": now.date() + timedelta(days=1)}):
        with pytest.raises(BadValue):
            clearing.clear(
                store, ["chest_pain"], **({"on": now.date(), "now": now, "ceilings": ceilings} | WORD | wrong)
            )
    assert store.clearances() == () and store.athlete().ceilings is None


def test_a_sign_told_without_a_plan_stands_and_is_cleared_too(store, now):
    coach.add_check_in(store, CheckIn(now, red_flags=("chest_pain",)))
    assert clearing.standing_gates(store, now.date())
    assert coach.choices(store, ANSWERS, today=now.date()) == ()
    clearing.clear(store, ["chest_pain"], on=now.date(), now=now, **WORD)
    assert not clearing.standing_gates(store, now.date())
