"""What is known of the runner is asked once: a birth year that was told at one door stands at the other."""

from __future__ import annotations

from dataclasses import replace

from tests.flows.test_adapt import ANSWERS, TODAY, noon

from backward_running.core.athlete import Athlete
from backward_running.flows import coach, profile


def test_the_birth_year_of_a_plan_stands_among_the_settings(store):
    assert profile.known(store).birth_year is None
    plan = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert profile.known(store) == replace(store.athlete(), birth_year=ANSWERS["birth_year"])
    store.put_athlete(Athlete(birth_year=1951))
    assert profile.known(store).birth_year == 1951  # what was said there goes before
    store.put_athlete(Athlete())
    store.put_plan(replace(plan, simulated=True), simulated=True)
    assert profile.known(store).birth_year is None  # that of the demo runner is nobody else's


def test_the_birth_year_of_the_settings_stands_among_the_questions(store):
    assert "birth_year" not in coach.typed_before(store, today=TODAY)
    store.put_athlete(Athlete(birth_year=1988))
    assert coach.typed_before(store, today=TODAY)["birth_year"] == 1988
    coach.keep_draft(store, {"birth_year": 1990})
    assert coach.typed_before(store, today=TODAY)["birth_year"] == 1990
