"""Which closed gates hold a programme up, and which of them leave walking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.plan import GateState
from backward_running.plans.base import Answers

#: Only programmes with running backward name it: who walks need not run for 20 minutes.
OF_RUNNING = "runs_20_minutes"


def walks_only(gates: Sequence[GateState]) -> bool:
    """Tell whether a gate is closed and every closed one leaves walking."""
    closed = [gate for gate in gates if not gate.open]
    return bool(closed) and all(gate.walking_only and not gate.is_red_flag for gate in closed)


def under_gates(answers: Answers, gates: Sequence[GateState]) -> Answers:
    """Return the answers with what closed gates leave: walking only, holding on, no running forward either."""
    closed = [gate for gate in gates if not gate.open]
    return replace(
        answers,
        facts=replace(
            answers.facts,
            walking_only=answers.facts.walking_only or walks_only(gates),
            holds=any(gate.holding for gate in closed),
            no_running=any(gate.no_running for gate in closed),
        ),
    )


def needed(gates: Sequence[GateState], protocol: str) -> tuple[GateState, ...]:
    """Return the gates that count for a protocol: all but those that only other protocols name.

    Who only walks need not run for 20 minutes. A gate that no protocol names counts for all of them.
    """
    from backward_running.plans import all_protocols

    protocols = all_protocols()
    if protocol not in protocols:
        return tuple(gates)
    others = {key for other in protocols.values() for key in other.gates} - set(protocols[protocol].gates)
    return tuple(gate for gate in gates if gate.is_red_flag or gate.key not in others)
