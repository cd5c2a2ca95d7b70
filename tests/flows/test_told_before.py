"""A condition that was told stays, whatever is chosen later, until it is taken back in words and with a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.contracts.test_who import HAVE, NOW, answers

from backward_running.core.clearance import ClearanceKind
from backward_running.core.errors import BadValue
from backward_running.core.goals import REHAB_CONDITIONS, TICKED_AS
from backward_running.core.plan import Plan
from backward_running.flows import clearing, coach, told_before
from backward_running.store import open_store

FINE = answers("none", 1988, HAVE, None)


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize("goal", ["rehab:achilles", "rehab:groin", "rehab:shin_splints"])
def test_another_goal_does_not_get_round_a_condition(store, goal: str) -> None:
    assert isinstance(coach.start_plan(store, FINE | {"goal": goal}, now=NOW), coach.NotNow)
    later = NOW + timedelta(days=9)
    made = coach.start_plan(store, FINE, now=later)
    assert isinstance(made, coach.NotNow) and made.why
    with pytest.raises(BadValue, match="words"):
        told_before.take_back(store, goal, reason=" ", on=later.date(), now=later)
    with pytest.raises(BadValue, match="after"):
        told_before.take_back(store, goal, reason="it healed", on=later.date() + timedelta(days=1), now=later)
    kept = told_before.take_back(store, goal, reason="it healed", on=later.date(), now=later)
    assert (kept.kind, kept.reason, kept.on) == (ClearanceKind.OVER, "it healed", later.date())
    assert isinstance(coach.start_plan(store, FINE, now=later), Plan)
    assert store.clearances() == (kept,), "the words are kept for good"


@pytest.mark.parametrize("key", sorted(told_before.LASTING))
def test_what_does_not_end_is_only_ever_a_mistake_of_its_day(store, key: str) -> None:
    said = {"goal": key} if key.startswith("rehab:") else {"health": [key]}
    coach.start_plan(store, FINE | said, now=NOW)
    with pytest.raises(BadValue, match="words"):
        told_before.take_back(store, key, reason="x", on=NOW.date(), now=NOW)
    later = NOW + timedelta(days=1)
    with pytest.raises(BadValue, match="ends"):
        told_before.take_back(store, key, reason="it is over", on=later.date(), now=later)
    assert not isinstance(coach.start_plan(store, FINE, now=later), Plan) or key in ("osteoporosis", "neuropathy")
    told_before.take_back(store, key, reason="the wrong line", on=NOW.date(), now=NOW)
    assert key not in told_before.told(store)


def test_a_concussion_of_three_months_is_over_after_three_months(store) -> None:
    coach.start_plan(store, FINE | {"health": ["concussion_3_months"]}, now=NOW)
    for days in (1, 90):
        with pytest.raises(BadValue, match="over by"):
            told_before.take_back(
                store, "concussion_3_months", reason="it is over", on=NOW.date(), now=NOW + timedelta(days=days)
            )
    later = NOW + timedelta(days=91)
    told_before.take_back(store, "concussion_3_months", reason="it is over", on=later.date(), now=later)


@pytest.mark.parametrize(
    ("goal", "ticks"), [("rehab:stroke", "parkinson_or_stroke"), ("rehab:achilles", "acute_calf_or_foot")]
)
def test_a_goal_of_rehabilitation_ticks_its_condition(store, goal: str, ticks: str) -> None:
    made = coach.start_plan(store, FINE | {"goal": goal}, now=NOW)
    assert isinstance(made, coach.NotNow) and {gate.key for gate in made.why} >= {"not_for_backward"}
    assert ticks in told_before.with_told(store, FINE)["health"]


def test_a_tick_that_is_gone_later_counts_until_it_is_taken_back(store) -> None:
    told = coach.start_plan(store, FINE | {"health": ["vertigo"]}, now=NOW)
    assert isinstance(told, coach.NotNow)
    assert isinstance(coach.start_plan(store, FINE, now=NOW), coach.NotNow)
    assert [one.key for one in clearing.page(store, now=NOW).told] == ["vertigo"]
    told_before.take_back(store, "vertigo", reason="ticked by mistake", on=NOW.date(), now=NOW)
    assert clearing.page(store, now=NOW).told == ()
    assert isinstance(coach.start_plan(store, FINE, now=NOW), Plan)
    coach.start_plan(store, FINE | {"health": ["vertigo"]}, now=NOW + timedelta(days=1))
    assert told_before.told(store) == {"vertigo": NOW.date() + timedelta(days=1)}, "told again, it stands again"


def test_a_plan_that_began_knows_what_was_told_and_what_is_over(store) -> None:
    assert isinstance(coach.start_plan(store, FINE, now=NOW), Plan)
    coach.answered(store, FINE | {"goal": "rehab:groin"}, now=NOW)
    assert "rehab:groin" in store.plan().answers["told_before"]
    assert coach.today(store, now=NOW).next_workout is None, "no step backward beside a condition without a plan"
    told_before.take_back(store, "rehab:groin", reason="seen, it was a strain", on=NOW.date(), now=NOW)
    assert coach.today(store, now=NOW).next_workout is not None


def test_better_balance_is_a_wish_and_no_ailment(store) -> None:
    coach.start_plan(store, FINE | {"goal": "rehab:balance"}, now=NOW)
    assert told_before.told(store) == {}
    assert set(TICKED_AS) <= {key for key, _ in REHAB_CONDITIONS}


def test_what_was_not_told_cannot_be_taken_back(store) -> None:
    with pytest.raises(BadValue, match="told"):
        told_before.take_back(store, "vertigo", reason="never had it", on=NOW.date(), now=NOW)
