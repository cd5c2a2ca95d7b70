"""Load says of a next backward session what the plan says of it, and nothing while something holds it back."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.test_adapt import ANSWERS, TODAY, noon

from backward_running.apps.words import load as say
from backward_running.apps.words.units import Units
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.plan import Plan
from backward_running.flows import coach, said_done
from backward_running.flows.load import load_page

UNITS = Units("metric")


def told(store, now):
    spike = load_page(store, now=now).backward.next_session
    return say.next_lead(spike, UNITS), say.next_sentence(spike, UNITS)


def test_the_page_of_loads_and_the_plan_say_the_same(store):
    assert told(store, noon(TODAY))[0] == "Next backward run: begin short."
    plan = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(plan, Plan)
    first, second = plan.weeks[0].workouts[:2]
    lead, sentence = told(store, noon(TODAY))
    assert lead.startswith("Next backward session: 5:00 on ") and lead.endswith("by your plan.")
    assert "110 % of" not in sentence
    said_done.say_done(store, first, now=noon(first.on))
    assert f"{second.on.day} {second.on:%B}" in told(store, noon(first.on) + timedelta(hours=1))[0]


def test_while_something_holds_it_back_no_length_is_named(store):
    plan = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(plan, Plan)
    first = plan.weeks[0].workouts[0]
    said_done.say_done(store, first, now=noon(first.on))
    after = noon(first.on) + timedelta(hours=1)
    coach.add_check_in(store, CheckIn(after, Moment.AFTER, pain_nrs={"left knee": 5.0}))
    lead, sentence = told(store, after + timedelta(hours=1))
    assert lead == "Next backward session: it waits. Today says for what."
    assert not any(letter.isdigit() for letter in lead + sentence)
