"""What a stop takes from the screens: which gates stop everything, and a plan without its sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from backward_running import plans
from backward_running.core.plan import GateState, Plan

#: Gates that say who may not go backward at all. Where one closes and leaves no walking, a plan in force stops.
FORBIDDING = frozenset({"clinician_first", "not_for_backward", "parq_plus", "condition_of_the_goal", "from_80"})
AFTER_A_FALL, TEST = "fall_within_48_h", "balance_test"
#: While one of these is closed nothing backward is done, and so no test that walks backward either.
SORE = frozenset({"pain_limits", "calf_soreness", "see_somebody"})


def stopping(gates: Iterable[GateState]) -> tuple[GateState, ...]:
    """Return the gates that stop everything: red flags first, then pain for a clinician, a fall without an answer."""
    return tuple(sorted((gate for gate in gates if gate.stops_all), key=lambda gate: not gate.is_red_flag))


def speaking(gates: Sequence[GateState]) -> tuple[GateState, ...]:
    """Return the gates that may speak: while something stops, nothing beside it tells anybody to do something."""
    return stopping(gates) or tuple(gates)


def of_a_plan(gates: Iterable[GateState]) -> tuple[GateState, ...]:
    """Return the gates as they act on a plan that has begun.

    A condition that leaves no step backward stops it like a red flag does: what was planned before it was told is not
    given out. In the 48 hours after a fall, and while pain holds, nobody is asked to walk backward for a test.
    """
    told = tuple(gates)
    closed = {gate.key for gate in told if not gate.open}
    return tuple(_of_a_plan(gate, closed) for gate in told)


def _of_a_plan(gate: GateState, closed: AbstractSet[str]) -> GateState:
    if gate.open:
        return gate
    if gate.key == TEST and AFTER_A_FALL in closed:
        return replace(gate, what_to_do="The walk test comes after the 48 hours.")
    if gate.key == TEST and closed & SORE:
        return replace(gate, what_to_do="The walk test comes once what holds the plan is over.")
    return replace(gate, stops=gate.stops or (gate.key in FORBIDDING and not gate.walking_only))


def shown(plan: Plan) -> Plan:
    """Return a plan as a screen may have it: while a red flag stands, without any session, past, to come or changed.

    Its title and notes are read from its weeks here too: a plan kept by an earlier version named those it began with.
    """
    plan = replace(plans.noted(plans.titled(plan)), gates=speaking(plan.gates))
    return replace(plan, weeks=(), changes=(), notes=()) if plan.stopped else plan
