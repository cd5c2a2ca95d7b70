"""The 3-metre walk test counts only where it is newer than the last fall."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.contracts.test_who import HAVE, NOW, answers

from backward_running.core.athlete import CheckIn
from backward_running.core.plan import Plan
from backward_running.flows import coach, measuring, walk_test

TESTED = answers("fell_12_months", 1950, HAVE, 4.0)
FALL, AFTER = NOW + timedelta(days=3), NOW + timedelta(days=7)


@pytest.fixture
def plan(store) -> Plan:
    made = coach.start_plan(store, TESTED, now=NOW)
    assert isinstance(made, Plan) and made.weeks
    return made


def waits(store, now) -> set[str]:
    return {gate.key for gate in coach.today(store, now=now).waits_for}


def test_a_fall_after_the_test_closes_it_until_it_is_walked_again(store, plan):
    assert "balance_test" not in waits(store, NOW)
    coach.add_check_in(store, CheckIn(FALL, fell=True, concussion_signs=False))
    assert "balance_test" in waits(store, AFTER)
    (gate,) = [one for one in coach.today(store, now=AFTER).waits_for if one.key == "balance_test"]
    assert "does not count any more" in gate.reason.text and f"{FALL:%A}" in gate.reason.text
    # The same seconds, sent along with other answers, are the old test.
    coach.answered(store, TESTED, now=AFTER)
    assert "balance_test" in waits(store, AFTER)
    coach.answered(store, TESTED | {"backward_walk_test_on": FALL.date().isoformat()}, now=AFTER)
    assert "balance_test" in waits(store, AFTER), "on the day of the fall nobody knows which came first"
    coach.answered(store, TESTED | {"backward_walk_test_on": AFTER.date().isoformat()}, now=AFTER)
    assert "balance_test" not in waits(store, AFTER)


def test_other_seconds_are_a_new_test_of_the_day_they_are_typed(store, plan):
    coach.add_check_in(store, CheckIn(FALL, fell=True, concussion_signs=False))
    coach.answered(store, TESTED | {"backward_walk_test_s": 4.4}, now=AFTER)
    assert "balance_test" not in waits(store, AFTER)
    again = AFTER + timedelta(days=5)
    coach.add_check_in(store, CheckIn(again, fell=True, concussion_signs=False))
    assert "balance_test" in waits(store, again + timedelta(days=4)), "and it is old after the next fall"


def test_a_fall_that_is_only_ticked_is_older_than_the_day_it_was_told(store):
    before = answers("none", 1950, HAVE, 4.0)
    assert isinstance(coach.start_plan(store, before, now=NOW), Plan)
    later = NOW + timedelta(days=30)
    told = coach.answered(store, TESTED, now=later)
    assert told is not None and told.asks == ("balance_test",)
    assert coach.answered(store, TESTED | {"backward_walk_test_on": later.date().isoformat()}, now=later) is None
    # Sent again on another day it is the same fall.
    assert coach.answered(store, TESTED, now=later + timedelta(days=9)) is None


def test_without_a_day_a_test_is_not_newer_than_a_fall(store, plan):
    """Of a store of an earlier version only the seconds are known."""
    store.put_setting(walk_test.SETTING, "{}")
    assert "balance_test" not in waits(store, NOW)
    coach.add_check_in(store, CheckIn(FALL, fell=True, concussion_signs=False))
    assert "balance_test" in waits(store, AFTER)


def test_a_test_that_is_written_down_as_a_measurement_is_the_same_test(store, plan):
    """A slow one closes the gate, a newer one counts before an older, and one that was taken back counts no more."""
    coach.add_check_in(store, CheckIn(FALL, fell=True, concussion_signs=False))
    assert "balance_test" in waits(store, AFTER)
    measuring.keep(store, "backward_walk", 4.6, now=AFTER)
    assert "balance_test" not in waits(store, AFTER), "walked again since the fall"
    slow = measuring.keep(store, "backward_walk", 9.0, now=AFTER + timedelta(hours=1))
    assert "balance_test" in {
        gate.key for gate in coach.today(store, now=AFTER + timedelta(hours=2)).gates if not gate.open
    }
    measuring.take_back(store, slow.measurement_id)
    assert "balance_test" not in waits(store, AFTER + timedelta(hours=2))
    measuring.keep(store, "backward_walk", 4.0, now=AFTER, on=FALL.date() - timedelta(days=20))
    assert "balance_test" not in waits(store, AFTER + timedelta(hours=2)), "an older one changes nothing"
    coach.answered(store, TESTED | {"backward_walk_test_s": 9.5}, now=AFTER + timedelta(days=1))
    closed = {gate.key for gate in coach.today(store, now=AFTER + timedelta(days=2)).gates if not gate.open}
    assert "balance_test" in closed, "typed since, it counts before what was measured"
