"""Plans: facts → a plan. One file is one protocol.

``check_answers`` reads what a runner typed, ``make_plan`` makes the weeks, ``adapt`` makes them answer to what was
done, ``broken_rules`` holds any weeks to the dose rules. A protocol is one file with a constant ``PROTOCOL``.
"""

from __future__ import annotations

from backward_running.plans._after_setback import carried
from backward_running.plans._done import is_complete, within_cap
from backward_running.plans._gates import needed, under_gates, walks_only
from backward_running.plans._lookback import longest_bout_s
from backward_running.plans._notes import noted
from backward_running.plans._of_condition import is_without_dose, without_dose
from backward_running.plans._spikes import what_counts
from backward_running.plans._titles import titled
from backward_running.plans._withdrawn import Record
from backward_running.plans.adapting import Adapted, adapt, room_to_move
from backward_running.plans.allowance import gates_of
from backward_running.plans.answer_keys import unknown_answers
from backward_running.plans.answers import check_answers, plain, read_typed
from backward_running.plans.base import Answers, Protocol
from backward_running.plans.checking import broken_rules
from backward_running.plans.choosing import Choice, choose, settled
from backward_running.plans.making import make_plan, own_gates
from backward_running.plans.questions import FOLLOW_UPS, HEALTH_QUESTIONS, QUESTIONS, follow_ups, questions_for

__all__ = [
    "FOLLOW_UPS",
    "HEALTH_QUESTIONS",
    "QUESTIONS",
    "Adapted",
    "Answers",
    "Choice",
    "Protocol",
    "Record",
    "adapt",
    "all_protocols",
    "broken_rules",
    "carried",
    "check_answers",
    "choose",
    "follow_ups",
    "gates_of",
    "is_complete",
    "is_without_dose",
    "longest_bout_s",
    "make_plan",
    "needed",
    "noted",
    "own_gates",
    "plain",
    "questions_for",
    "read_typed",
    "room_to_move",
    "settled",
    "titled",
    "under_gates",
    "unknown_answers",
    "walks_only",
    "what_counts",
    "within_cap",
    "without_dose",
]


def all_protocols() -> dict[str, Protocol]:
    """Every protocol, by key."""
    import backward_running.plans as room
    from backward_running.core.plugs import discover

    return discover(room, Protocol)
