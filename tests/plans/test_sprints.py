"""The last step of the sprints: only with a timed 20 m, and only after two clean weeks."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from tests.plans.altering import altered
from tests.plans.test_adapting import ANSWERS, NOW, adapt, done_until, open_gates, pain

from backward_running import plans
from backward_running.core.adaptation import Ceilings, Setback, SetbackKind
from backward_running.core.plan import Plan, Reason, Workout
from backward_running.plans import _sprints

SPRINTER = replace(ANSWERS, backward_experience_min=300.0, goal="race", backward_20_m_s=6.0)
OWN_MPS = 20 / 6.0


@pytest.fixture(scope="module")
def plan() -> Plan:
    made = plans.make_plan(SPRINTER, {}, open_gates("backward_sprints"), protocol="backward_sprints", made_at=NOW)
    assert len(made.weeks) == 8
    return made


def fastest_share(one: Workout) -> float:
    return max((step.speed_high_mps / OWN_MPS for step in one.steps() if step.is_sprint), default=0.0)


def test_without_a_timed_20_m_there_are_no_sprints(plan):
    assert any(fastest_share(one) > 0.99 for one in plan.workouts())
    untimed = altered(SPRINTER, backward_20_m_s=None, backward_history=((NOW.date() - timedelta(days=3), 600.0),))
    refused = plans.make_plan(untimed, {}, open_gates("backward_sprints"), protocol="backward_sprints", made_at=NOW)
    assert refused.weeks == () and "Time 20 m first" in refused.gates[-1].reason.text


def test_after_pain_the_sprints_stay_at_90_percent_until_two_weeks_are_clean(plan):
    hurt = plan.weeks[5].workouts[0]
    today = hurt.on + timedelta(days=1)
    done = done_until(plan, today)
    setback = pain(hurt.on, until=today + timedelta(days=2))
    now = adapt(plan, today, done, [setback], gates=open_gates("backward_sprints"), answers=SPRINTER).plan
    new = [one for one in now.workouts() if one.on >= today]
    until = hurt.on + timedelta(weeks=2)
    held = [fastest_share(one) for one in new if one.on < until]
    assert held and max(held) <= 0.9
    assert max(fastest_share(one) for one in new if one.on >= until) > 0.9


@pytest.mark.parametrize(("kind", "holds"), [(SetbackKind.FALL, True), (SetbackKind.MISS, False)])
def test_a_missed_session_holds_no_sprint(kind, holds):
    setback = Setback(kind, NOW.date(), Reason("So it was."))
    assert (_sprints.held_until([setback]) == NOW.date() + timedelta(weeks=2)) is holds


def test_after_a_session_that_a_limit_cut_short_comes_one_set_more_and_not_two(plan):
    """A ceiling of one day leaves one set; the next session had three, as though nothing had been."""
    on = plan.weeks[5].workouts[1].on
    day = Ceilings(by="physiotherapist", set_on=on, until=on, backward_session_s=75.0)
    answers = altered(SPRINTER, ceilings=day)
    cut = plans.make_plan(answers, {}, open_gates("backward_sprints"), protocol="backward_sprints", made_at=NOW)
    sets = [sum(step.is_sprint for step in one.steps()) / 7 for one in cut.workouts()]
    assert min(sets[10:12]) < 2 < max(sets)
    assert all(later <= math.ceil(early) + 1 for early, later in pairwise(sets)), sets


def test_a_set_that_is_left_out_takes_its_pause_along():
    blocks = _sprints.session_blocks(SPRINTER, 8)
    left = _sprints.one_set_more(blocks, 7)
    assert sum(block.times for block in left if block.is_sprint) == 14
    assert left[-1].pause_s == 0.0 and left[-2].pause_s > 0
    assert _sprints.one_set_more(blocks, None) == blocks
