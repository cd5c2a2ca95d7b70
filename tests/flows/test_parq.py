"""The PAR-Q+ clears somebody for a year: then the plan waits until its outcome is told anew, and goes on from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.flows.test_adapt import ANSWERS, TODAY, noon
from tests.lives import doors

from backward_running.core.plan import Plan
from backward_running.flows import coach, parq

BEGAN_AGAIN = TODAY + timedelta(days=300)
LAST_DAY = TODAY + timedelta(days=365)
OLD = TODAY + timedelta(days=366)


def start(store, on: date, **more: object) -> Plan:
    made = coach.start_plan(store, ANSWERS | {"starts_on": on.isoformat()} | more, now=noon(on))
    assert isinstance(made, Plan) and made.weeks, made
    return made


@pytest.fixture
def plan(store) -> Plan:
    """Who told the outcome, and began once more with the same answers ten months later."""
    start(store, TODAY)
    return start(store, BEGAN_AGAIN)


def test_for_a_year_it_holds_and_a_new_plan_with_the_same_word_does_not_make_it_longer(store, plan):
    assert not any(gate.stops_all for gate in coach.today(store, now=noon(LAST_DAY)).gates)
    (gate,) = [gate for gate in coach.today(store, now=noon(OLD)).gates if gate.stops_all]
    assert gate.key == "parq_plus" and "12 months" in gate.reason.text


def test_then_the_plan_waits_at_every_door(store, plan):
    now = noon(OLD)
    view = coach.today(store, now=now)
    assert view.next_workout is None and view.this_week is None and view.proposal is None
    assert all(said.sessions for said in doors.all_doors(store, noon(LAST_DAY)))
    coming = next(one for one in plan.workouts() if one.on > OLD)
    asked = (
        *doors.all_doors(store, now),
        *doors.parts(store, now, coming.workout_id, coming.week),
        doors.paper(store, now),
    )
    assert [said.door for said in asked if said.sessions and said.door != "workout page"] == []
    assert all("PAR-Q+" in said.refused for said in asked if said.door.startswith("export"))
    assert coach.choices(store, ANSWERS, today=OLD) == ()


def test_it_is_asked_anew_and_the_plan_goes_on_as_it_was(store, plan):
    now = noon(OLD)
    assert coach.typed_before(store, today=LAST_DAY)["parq"] == "all_no"
    typed = coach.typed_before(store, today=OLD)
    assert "parq" not in typed, "who only sends the page again has not done it again"
    assert "parq" in coach.health_problems(typed, today=OLD)
    kept = store.plan()
    assert coach.answered(store, typed | {"parq": "all_no"}, now=now) is None
    assert not any(gate.stops_all for gate in coach.today(store, now=now).gates)
    assert store.plan().plan_id == kept.plan_id
    assert not any(gate.stops_all for gate in coach.today(store, now=noon(OLD + timedelta(days=365))).gates)
    assert any(gate.stops_all for gate in coach.today(store, now=noon(OLD + timedelta(days=366))).gates)


def test_another_outcome_counts_from_its_own_day(store, plan):
    coach.answered(store, ANSWERS | {"parq": "cleared_running"}, now=noon(BEGAN_AGAIN + timedelta(days=5)))
    assert not any(gate.stops_all for gate in coach.today(store, now=noon(OLD)).gates)


def test_where_an_earlier_version_kept_no_day_it_is_that_of_the_plan(store, plan):
    store.put_setting(parq.SETTING, "")
    assert not any(gate.stops_all for gate in coach.today(store, now=noon(OLD)).gates)
    store.put_plan(replace(plan, made_at=noon(TODAY)))
    assert any(gate.stops_all for gate in coach.today(store, now=noon(OLD)).gates)
    assert "parq" not in coach.typed_before(store, today=OLD)
    coach.answered(store, ANSWERS, now=noon(LAST_DAY))
    assert any(gate.stops_all for gate in coach.today(store, now=noon(OLD)).gates), "the same word is no new one"
