"""What a stop takes from the screens: which gates stop everything, and a plan without its sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from backward_running.core.plan import GateState, Plan


def stopping(gates: Iterable[GateState]) -> tuple[GateState, ...]:
    """Return the gates that stop everything: red flags first, then pain for a clinician, a fall without an answer."""
    return tuple(sorted((gate for gate in gates if gate.stops_all), key=lambda gate: not gate.is_red_flag))


def shown(plan: Plan) -> Plan:
    """Return a plan as a screen may have it: while a red flag stands, without any session, past, to come or changed."""
    return replace(plan, weeks=(), changes=(), notes=()) if plan.stopped else plan
