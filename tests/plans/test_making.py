from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.altering import altered

from backward_running import plans
from backward_running.core.adaptation import Ceilings
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.plan import GateState, Plan, Reason
from backward_running.plans import Answers, all_protocols, making
from backward_running.plans.base import Limits, PlanFacts, Restart, Span

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
ANSWERS = Answers(
    forward_runs_per_week=4,
    easy_speed_mps=3.5,
    longest_run_s=3600,
    backward_experience_min=0,
    days=(0, 2, 4),
    has_treadmill=False,
    has_spotter=True,
    has_known_spot=True,
    birth_year=1985,
    starts_on=date(2026, 5, 4),
)
TYPED = {"birth_year": 1985, "days": ("0", "2"), "starts_on": date(2026, 5, 4), "parq": "all_no"}
KEYS = all_protocols()["beginner"].gates
OPEN = tuple(GateState(key, key, open=True, reason=Reason("fine")) for key in KEYS)


def made(gates: tuple[GateState, ...], answers: Answers = ANSWERS) -> Plan:
    return plans.make_plan(answers, TYPED, gates, made_at=NOW)


def closing(key: str, **more: bool) -> tuple[GateState, ...]:
    return tuple(replace(gate, open=False, **more) if gate.key == key else gate for gate in OPEN)


def test_open_gates_give_twelve_weeks() -> None:
    plan = made(OPEN)
    assert len(plan.weeks) == 12 and plan.notes and not plan.stopped
    ids = [workout.workout_id for workout in plan.workouts()]
    assert len(set(ids)) == len(ids) and ids[0] == f"{plan.plan_id}-w01-1"


def test_same_answers_same_plan_at_any_hour() -> None:
    later = plans.make_plan(replace(ANSWERS), dict(TYPED), OPEN, made_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert replace(later, made_at=NOW) == made(OPEN)


def test_other_answers_other_plan() -> None:
    assert made(OPEN, replace(ANSWERS, easy_speed_mps=3.0)).plan_id != made(OPEN).plan_id


#: Ids of this version of the programme: calendars and watches know the sessions by them. Nothing but the answers and the
#: version of a programme may change them; they were named anew with its fourth one.
KNOWN = {
    "ac5dbdc4e8661bb7": {},
    "f95f5027bdcacd98": {
        "walking_only": True,
        "holds": True,
        "no_running": True,
        "backward_history": ((date(2026, 4, 20), 500.0),),
        "bout_history": ((date(2026, 4, 20), 30.0),),
        "ceilings": Ceilings("physiotherapist", date(2026, 5, 4), backward_session_s=240.0),
        "limits": Limits(spans=(Span(240.0, Reason("r"), date(2026, 5, 4)),), speed_mps=1.2),
    },
    "119bcd601327d279": {
        "first_week": 3,
        "first_stage": 2,
        "not_before": date(2026, 5, 6),
        "away": ((date(2026, 6, 1), date(2026, 6, 3)),),
        "moved": (("w03-2", date(2026, 5, 9)),),
        "skipped": ("w03-1",),
        "hold_backward_s": 200.0,
    },
}


@pytest.mark.parametrize(("plan_id", "changed"), KNOWN.items(), ids=["typed", "facts", "restart"])
def test_a_plan_keeps_the_id_it_had_of_the_flat_record(plan_id: str, changed: dict[str, object]) -> None:
    beginner = all_protocols()["beginner"]
    assert making._plan_id(beginner, altered(ANSWERS, **changed), begun=True) == plan_id


def test_the_flat_record_has_every_field_once() -> None:
    records = (Answers, PlanFacts, Restart)
    names = [one.name for record in records for one in fields(record) if one.name not in ("facts", "restart")]
    tested = replace(ANSWERS, backward_walk_test_s=4.0)
    names.remove("most_weeks")  # how many weeks are asked for says nothing of the plan
    assert sorted(tested.as_flat()) == sorted(names) and len(set(names)) == len(names)
    assert set(tested.as_flat()) - set(ANSWERS.as_flat()) == {"backward_walk_test_s"}, "asked later: ids stay"


@pytest.mark.parametrize("key", KEYS)
def test_any_closed_gate_gives_no_weeks_and_its_reason(key: str) -> None:
    plan = made(closing(key))
    assert plan.weeks == () and [gate.key for gate in plan.gates if not gate.open] == [key]


def test_a_gate_that_nobody_asked_is_closed() -> None:
    plan = made(())
    assert plan.weeks == () and {gate.key for gate in plan.gates if not gate.open} == set(KEYS)


def test_walking_only_walks() -> None:
    plan = made(closing("balance_test", walking_only=True))
    back = [step for one in plan.workouts() for step in one.steps() if step.direction is Direction.BACKWARD]
    assert back and all(step.gait is Gait.WALK for step in back)
    assert plan.plan_id != made(OPEN).plan_id


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=len(KEYS), max_size=len(KEYS)))
def test_a_red_flag_always_wins(states: list[tuple[bool, bool]]) -> None:
    gates = tuple(
        replace(gate, open=is_open, walking_only=walking) for gate, (is_open, walking) in zip(OPEN, states, strict=True)
    )
    red = GateState("red_flags", "r", open=False, reason=Reason("chest pain"), is_red_flag=True, walking_only=True)
    plan = made((red, *gates))
    assert plan.stopped and plan.weeks == ()


def test_what_was_typed_is_kept_as_json_can_hold_it() -> None:
    kept = made(OPEN).answers
    assert json.loads(json.dumps(kept)) == kept
    assert kept["starts_on"] == "2026-05-04" and kept["days"] == ["0", "2"]


def test_an_unknown_protocol_is_named() -> None:
    with pytest.raises(BadValue, match="beginner"):
        plans.make_plan(ANSWERS, TYPED, OPEN, protocol="moonwalk", made_at=NOW)


def test_weeks_that_break_a_rule_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "broken_rules", lambda weeks, answers: ("too much",))
    plan = made(OPEN)
    assert plan.weeks == () and plan.gates[-1].key == "dose" and "too much" in plan.gates[-1].reason.text


def test_a_programme_that_does_not_fit_is_a_closed_gate_that_names_one_that_does() -> None:
    keys = all_protocols()["ordway_2016"].gates
    gates = tuple(GateState(key, key, open=True, reason=Reason("fine")) for key in keys)
    harnessed = replace(ANSWERS, has_treadmill=True, has_harness=True)
    plan = plans.make_plan(harnessed, TYPED, gates, protocol="ordway_2016", made_at=NOW)
    (gate,) = plans.own_gates(plan)
    assert plan.weeks == () and plan.gates[-1] == gate and not gate.open and gate.key == "programme"
    assert "gone backward for 200 minutes" in gate.reason.text and gate.reason.evidence_key
    assert "First steps backward" in (gate.what_to_do or "")
    assert plans.own_gates(made(OPEN)) == ()


def test_where_no_programme_fits_the_gate_says_so() -> None:
    plan = made(OPEN, replace(ANSWERS, goal="rehab:stroke", has_supervisor=True))
    (gate,) = plans.own_gates(plan)
    assert "stroke" in gate.reason.text and "No other programme" in (gate.what_to_do or "")


def test_a_plan_without_weeks_always_says_why() -> None:
    for key, protocol in all_protocols().items():
        gates = tuple(GateState(one, one, open=True, reason=Reason("fine")) for one in protocol.gates)
        for changed in (
            {},
            {"longest_run_s": 60.0},
            {"days": (0,)},
            {"birth_year": 2020},
            {"forward_runs_per_week": 0},
        ):
            plan = plans.make_plan(altered(ANSWERS, **changed), TYPED, gates, protocol=key, made_at=NOW)
            assert bool(plan.weeks) != bool(plans.own_gates(plan)), (key, changed)
