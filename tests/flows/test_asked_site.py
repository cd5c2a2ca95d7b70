"""A plan for a condition asks how its place is: before a session, and on the morning after, against that word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.flows.test_adapt import ANSWERS, TODAY, noon

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.plan import Plan
from backward_running.flows import coach, said_done

KNEE = {
    **ANSWERS,
    "goal": "rehab:knee_osteoarthritis",
    "have": ["treadmill", "supervisor"],
    "supervisor_name": "The therapist",
    "forward_runs_per_week": 0,
    "longest_run_s": 0.0,
}


@pytest.fixture
def plan(store) -> Plan:
    made = coach.start_plan(store, KNEE, now=noon(TODAY))
    assert isinstance(made, Plan) and made.weeks
    return made


def say(store, due, pain_nrs: float, now) -> None:
    coach.add_check_in(store, CheckIn(now, due.moment, activity_id=due.activity_id, pain_nrs={due.site: pain_nrs}))


@pytest.mark.parametrize(("before", "held"), [(2.0, False), (None, True), (0.0, True)])
def test_the_morning_is_compared_with_the_word_before_the_session(store, plan, before, held) -> None:
    first = next(iter(plan.workouts()))
    at = noon(first.on)
    due = coach.today(store, now=at).site_due
    assert (due.moment, due.site, due.activity_id) == (Moment.OTHER, "knee", None)
    if before is not None:
        say(store, due, before, at)
        assert coach.today(store, now=at).site_due is None, "once a day"
    said_done.say_done(store, first, now=at + timedelta(hours=6))
    morning = noon(first.on + timedelta(days=1)) - timedelta(hours=4)
    due = coach.today(store, now=morning).site_due
    assert due.moment is Moment.NEXT_MORNING and due.activity_id
    say(store, due, 2.0, morning)
    closed = {gate.key for gate in coach.today(store, now=morning).gates if not gate.open}
    assert ("pain_limits" in closed) is held, "2 of 10 is no more than it was, or more than 0"


def test_nobody_without_a_place_is_asked(store) -> None:
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert coach.today(store, now=noon(next(iter(made.workouts())).on)).site_due is None
