"""Ask the rules with all that is known: answers, check-ins and what was done. Neighbours talk in facts, merged here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from backward_running import plans, rehab
from backward_running.core.adaptation import Done
from backward_running.core.plan import GateState, Plan
from backward_running.core.ports import Store
from backward_running.flows import match
from backward_running.rehab.base import Facts


def facts(store: Store, answers: Mapping[str, object], day: date, done: Sequence[Done] = ()) -> Facts:
    """Gather what the rules may look at on a day."""
    return Facts(day, store.athlete(), answers, store.check_ins(), tuple(done))


def gates(store: Store, plan: Plan, day: date) -> tuple[GateState, ...]:
    """Ask every gate of a plan anew: those that count for its programme."""
    asked = rehab.ask_rules(facts(store, plan.answers, day, match.done(store, plan, until=day)))
    return plans.needed(asked, plan.protocol)


def current_plan(store: Store, *, today: date | None = None) -> Plan | None:
    """Return the current plan; where `today` is given, with its gates asked anew."""
    plan = store.plan()
    if plan is None or today is None:
        return plan
    return replace(plan, gates=gates(store, plan, today))
