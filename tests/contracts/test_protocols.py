"""The protocols of the house under the contract of all protocols."""

from __future__ import annotations

from tests.whom import WHOM

from backward_running import plans, rehab
from backward_running.core.athlete import Athlete
from backward_running.plans import all_protocols, dose
from backward_running.plans.questions import OF_A_GATE
from backward_running.rehab import age as age_rule
from backward_running.testing.protocols import NOW, ProtocolContract

PROTOCOLS = all_protocols()


class TestProtocols(ProtocolContract):
    plugs = tuple(PROTOCOLS.values())
    whom = WHOM


def test_questions_open_every_gate_for_a_healthy_adult() -> None:
    typed: dict[str, object] = {
        "forward_runs_per_week": 3,
        "easy_speed_mps": 2.8,
        "longest_run_s": 2700,
        "backward_experience_min": 0,
        "birth_year": 1988,
        "goal": "try",
        "days": ["0", "2", "4"],
        "have": ["known_spot"],
        "starts_on": "2026-05-04",
        "parq": "all_no",
        "health": ["none"],
    }
    answers, problems = plans.check_answers(typed, today=NOW.date())
    assert answers is not None and problems == {}
    gates = rehab.ask_rules(rehab.Facts(NOW.date(), Athlete(), typed))
    plan = plans.make_plan(answers, typed, gates, made_at=NOW)
    assert all(gate.open for gate in plan.gates) and len(plan.weeks) >= 9
    again = rehab.ask_rules(rehab.Facts(NOW.date(), Athlete(), plan.answers))
    assert again == gates, "a stored plan is gated like the fresh answers"


def test_the_two_rooms_agree_on_ages() -> None:
    assert dose.ALONE_FROM_YEARS.value == age_rule.ALONE_FROM_YEARS.value
    assert dose.SUPERVISED_FROM_YEARS.value == age_rule.SUPERVISED_FROM_YEARS.value


def test_every_follow_up_belongs_to_a_rule() -> None:
    assert set(OF_A_GATE.values()) <= set(rehab.all_rules())
