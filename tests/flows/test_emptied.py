"""A plan without a session to come is not over for that: it says so, why, and what instead."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.test_adapt import ANSWERS, TODAY, noon

from backward_running.core.plan import Plan, Wish, WishKind
from backward_running.flows import adapt, coach
from backward_running.flows.emptied import why_empty


def test_who_is_ill_without_an_end_has_no_finished_plan(store):
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(made, Plan)
    ill = adapt.ask(store, Wish(WishKind.ILL, noon(TODAY), first_on=TODAY), now=noon(TODAY))
    adapt.accept(store, ill.proposal_id, now=noon(TODAY))
    view = coach.today(store, now=noon(TODAY))
    assert view.next_workout is None and view.empty_because
    assert "ill" in view.empty_because[0].text


def test_a_plan_that_is_done_is_done(store):
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    last = max(workout.on for workout in made.workouts())
    assert why_empty(store, made, today=last) is None, "today's session is one to come"
    assert why_empty(store, made, today=last + timedelta(days=1)) is None, "no revision held anything more"
