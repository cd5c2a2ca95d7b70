"""What is asked twice of the same facts is worked out once, and a fact that changed is another question."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from tests.plans.test_adapting import (
    ANSWERS,
    NOW,
    OPEN,
    PLAN,
    WEDNESDAY,
    adapt,
    did,
    done_until,
    made,
    pain,
)

from backward_running import plans
from backward_running.core.direction import Direction
from backward_running.core.plan import Reason, Wish, WishKind
from backward_running.plans import Answers, adapting, all_protocols
from backward_running.plans._asked import Asked

DONE = tuple(
    replace(one, started_at=datetime(one.on.year, one.on.month, one.on.day, 18, tzinfo=UTC))
    for one in done_until(PLAN, WEDNESDAY)
)
ASKED = Asked(PLAN, ANSWERS, WEDNESDAY, DONE, (), (), OPEN, ())
HURT = pain(date(2026, 5, 18))
FROM_AUCKLAND = timezone(timedelta(hours=12))


def worked_out(ask: Callable[[], object]) -> int:
    """Count how many answers had to be worked out."""
    before = adapting._answer.cache_info().misses
    ask()
    return adapting._answer.cache_info().misses - before


def test_equal_facts_are_answered_once_whatever_objects_they_are() -> None:
    adapting._answer.cache_clear()
    first = adapt(PLAN, WEDNESDAY, DONE[:-1])
    copied = deepcopy((PLAN, DONE[:-1]))
    assert worked_out(lambda: adapt(copied[0], WEDNESDAY, list(copied[1]), answers=deepcopy(ANSWERS))) == 0
    assert adapt(copied[0], WEDNESDAY, copied[1]) == first


def test_an_answer_bears_the_moment_at_which_it_was_asked() -> None:
    later = NOW + timedelta(hours=5)
    for moment in (NOW, later):
        told = plans.adapt(
            PLAN, ANSWERS, today=WEDNESDAY, done=DONE[:-1], setbacks=(), gates=OPEN, changed_at=moment
        )  # fmt: skip
        assert told.plan.changed_at == moment and told.plan.changed_at.hour == moment.hour


OTHER: dict[str, Callable[[], object]] = {
    "plan": lambda: replace(PLAN, revision=2),
    "answers": lambda: replace(ANSWERS, easy_speed_mps=3.1),
    "today": lambda: WEDNESDAY + timedelta(days=1),
    "done": lambda: (*DONE[:-1], replace(DONE[-1], backward_s=DONE[-1].backward_s - 1)),
    "setbacks": lambda: (HURT,),
    "wishes": lambda: (Wish(WishKind.ILL, NOW, first_on=WEDNESDAY),),
    "gates": lambda: (replace(OPEN[0], open=False),),
    "told": lambda: (HURT,),
    "before": lambda: PLAN,
    "held": lambda: replace(PLAN, revision=2),
    "clocks": lambda: None,
}


def test_every_fact_of_a_question_is_held_against_the_other() -> None:
    assert set(OTHER) == {one.name for one in fields(Asked)}
    assert all(one.compare for one in fields(Asked))


@pytest.mark.parametrize("fact", [name for name in OTHER if name != "clocks"])
def test_a_changed_fact_is_another_question(fact: str) -> None:
    assert replace(ASKED, **{fact: OTHER[fact]()}) != ASKED


def test_a_word_of_a_reason_is_a_fact() -> None:
    other = replace(HURT, reason=Reason("Your knee was at 6 of 10."))
    assert replace(ASKED, setbacks=(HURT,)) != replace(ASKED, setbacks=(other,))


def test_the_same_moment_on_another_clock_is_another_question() -> None:
    moved = replace(DONE[-1], started_at=DONE[-1].started_at.astimezone(FROM_AUCKLAND))
    assert moved == DONE[-1]  # as moments go
    assert replace(ASKED, done=(*DONE[:-1], moved)) != ASKED
    rested = replace(HURT, rest_until_at=NOW)
    elsewhere = replace(HURT, rest_until_at=NOW.astimezone(FROM_AUCKLAND))
    assert replace(ASKED, setbacks=(rested,)) != replace(ASKED, setbacks=(elsewhere,))


def test_a_changed_fact_changes_the_answer_at_once() -> None:
    whole = adapt(PLAN, WEDNESDAY, DONE)
    cut = adapt(PLAN, WEDNESDAY, [*DONE[:-1], did(list(PLAN.workouts())[len(DONE) - 1], 0.5)])
    hurt = adapt(PLAN, WEDNESDAY, DONE, [HURT])
    again = adapt(PLAN, WEDNESDAY, DONE)
    assert whole.plan is PLAN and again.plan is PLAN
    assert cut.at_once and hurt.at_once and cut.plan != hurt.plan


# Fewer weeks are the first of all


WHO = {
    "runner": ANSWERS,
    "of 68": replace(ANSWERS, birth_year=1958, stage_zero=True),
    "seldom": replace(ANSWERS, forward_runs_per_week=1, longest_run_s=1200, days=(5,)),
    "away": replace(ANSWERS, restart=replace(ANSWERS.restart, away=((date(2026, 5, 4), date(2026, 5, 25)),))),
    "held": replace(ANSWERS, restart=replace(ANSWERS.restart, first_week=3, first_stage=2, hold_backward_s=200.0)),
    "race": replace(ANSWERS, goal="race", race_on=date(2026, 8, 30), race_distance_m=1500.0, backward_20_m_s=6.0),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("most", [1, 2, 3])
def test_fewer_weeks_are_the_first_of_all(who: str, most: int) -> None:
    answers: Answers = WHO[who]
    for protocol in all_protocols().values():
        whole = protocol.weeks(answers)
        few = protocol.weeks(replace(answers, restart=replace(answers.restart, most_weeks=most)))
        assert few == whole[: len(few)]
        with_session = sum(bool(week.workouts) for week in few)
        assert with_session == min(most, sum(bool(week.workouts) for week in whole))


def test_how_many_weeks_are_asked_for_names_no_other_plan() -> None:
    fewer = replace(ANSWERS, restart=replace(ANSWERS.restart, most_weeks=1))
    assert fewer.as_flat() == ANSWERS.as_flat()
    assert made(fewer).plan_id == PLAN.plan_id


# What a session has worked out of itself


def test_a_session_that_is_changed_is_counted_anew() -> None:
    one = next(PLAN.workouts())
    seconds, noticed = one.duration_s(Direction.BACKWARD), one.as_noticed()
    shorter = replace(one, pieces=one.pieces[:1])
    assert shorter.duration_s(Direction.BACKWARD) == 0 < seconds
    assert shorter.as_noticed() != noticed and one.as_noticed() == noticed
    assert one == deepcopy(one) and hash(one) == hash(deepcopy(one)) and one != shorter
