"""What waits behind a closed gate is written for no watch; paper, table and calendar say what it waits for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.contracts.test_who import HAVE, NOW, answers

from backward_running.core.athlete import CheckIn
from backward_running.core.errors import Stopped
from backward_running.core.plan import Plan
from backward_running.flows import coach, export_plan

LATER = NOW + timedelta(days=7)


@pytest.fixture
def waiting(store) -> Plan:
    """A plan whose balance test is older than a fall."""
    made = coach.start_plan(store, answers("fell_12_months", 1950, HAVE, 4.0), now=NOW)
    assert isinstance(made, Plan)
    today = NOW.date()
    assert export_plan.workout_file(store, next(iter(made.workouts())).workout_id, today=today)[1]
    coach.add_check_in(store, CheckIn(NOW + timedelta(days=3), fell=True, concussion_signs=False))
    plan = coach.current_plan(store, today=LATER.date())
    assert plan is not None and [gate.key for gate in plan.gates if not gate.open and not gate.walking_only]
    return plan


@pytest.mark.parametrize("ending", sorted({*export_plan.WRITERS} - {export_plan.FOR_THE_BELT}))
def test_no_file_for_a_watch_is_written_of_what_waits(store, waiting, ending):
    coming = next(one for one in waiting.workouts() if one.on >= LATER.date())
    with pytest.raises(Stopped, match="3 metres backward again"):
        export_plan.workout_file(store, coming.workout_id, ending, today=LATER.date())
    with pytest.raises(Stopped, match="3 metres backward again"):
        export_plan.week_zip(store, coming.week, ending, today=LATER.date())


def test_a_table_says_beside_each_session_what_it_waits_for(store, waiting):
    table = export_plan.plan_csv(store, today=LATER.date())[1].decode().splitlines()
    coming = [line for line in table[1:] if line[:10] >= LATER.date().isoformat()]
    assert coming and all(line.endswith("3-metre backward walk test") for line in coming)
