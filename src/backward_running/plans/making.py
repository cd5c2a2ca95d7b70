"""Make a plan: a protocol's weeks where every gate is open, the reasons where one is closed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from backward_running.core.errors import BadValue
from backward_running.core.plan import GateState, Plan, Reason, Week
from backward_running.plans._after_setback import HELD
from backward_running.plans._gates import needed, under_gates, walks_only
from backward_running.plans._titles import titled
from backward_running.plans._why import CEILINGS, kept_ceilings
from backward_running.plans._withdrawn import LOWERED
from backward_running.plans.answers import plain
from backward_running.plans.base import Answers, Protocol
from backward_running.plans.checking import broken_rules
from backward_running.plans.choosing import choose, why_no_weeks

#: Keys of the gates that stand for a programme which makes no weeks.
PROGRAMME, DOSE = "programme", "dose"


def make_plan(
    answers: Answers,
    typed: Mapping[str, object],
    gates: Sequence[GateState],
    *,
    protocol: str = "beginner",
    made_at: datetime,
) -> Plan:
    """Make a plan from checked answers and asked gates. Same answers and gates, same plan.

    Parameters
    ----------
    answers : Answers
        As :func:`check_answers` returned them.
    typed : mapping
        What was typed; kept with the plan so that its gates can be asked again.
    gates : sequence of GateState
        As the rules of ``rehab`` returned them. A gate that the protocol names and that was not asked counts as closed.
    protocol : str
        Key of the protocol.
    made_at : datetime
        When; does not change the plan.

    Returns
    -------
    Plan
        Without weeks where a gate is closed; with walking only where every closed gate leaves that. Where the gates
        are open and the programme makes no weeks, a gate of its own says why and which programme would do.

    Raises
    ------
    BadValue
        There is no protocol of that key.
    """
    from backward_running.plans import all_protocols

    protocols = all_protocols()
    if protocol not in protocols:
        raise BadValue("protocol", f"be one of {', '.join(protocols)}", protocol)
    chosen = protocols[protocol]
    gates = needed(gates, protocol)
    asked = (*gates, *_not_asked(chosen, gates))
    closed = [gate for gate in asked if not gate.open]
    walking_only = walks_only(asked)
    effective = under_gates(answers, asked)
    plan_id = _plan_id(chosen, effective, begun=not closed or walking_only)
    plan = Plan(
        plan_id=plan_id,
        protocol=chosen.key,
        title=chosen.title,
        made_at=made_at,
        answers={key: plain(value) for key, value in sorted(typed.items()) if key not in (CEILINGS, HELD, LOWERED)}
        | kept_ceilings(answers.facts.ceilings),
        gates=asked,
    )
    if closed and not walking_only:
        return plan
    weeks = chosen.weeks(effective)
    if not weeks:
        return replace(plan, gates=(*asked, _no_weeks(chosen, effective)))
    broken = broken_rules(weeks, effective)
    if broken:
        return replace(plan, gates=(*asked, _refused(broken)))
    return titled(replace(plan, weeks=_with_ids(weeks, plan_id), notes=chosen.notes(effective)))


def _not_asked(protocol: Protocol, gates: Sequence[GateState]) -> tuple[GateState, ...]:
    """Close the gates that the protocol needs and nobody asked: unknown is not open."""
    known = {gate.key for gate in gates}
    return tuple(
        GateState(key, key.replace("_", " "), open=False, reason=Reason("This was not asked yet."))
        for key in protocol.gates
        if key not in known
    )


def own_gates(plan: Plan) -> tuple[GateState, ...]:
    """Return the gates that no rule of ``rehab`` asks: why the programme of a plan without weeks makes none."""
    return tuple(gate for gate in plan.gates if gate.key in (PROGRAMME, DOSE)) if not plan.weeks else ()


def _no_weeks(protocol: Protocol, answers: Answers) -> GateState:
    """Say why a programme makes no weeks for this runner, and name one that would."""
    why = protocol.misfit(answers) or why_no_weeks(protocol, answers)
    makes = next((choice for choice in choose(answers) if choice.fits and choice.protocol != protocol.key), None)
    what_to_do = "No other programme fits your answers. Choose another goal, or change the answers that are not right."
    if makes is not None:
        what_to_do = f"Choose “{makes.title}” instead: it fits your answers."
    return GateState(PROGRAMME, "A programme for your goal", open=False, reason=why, what_to_do=what_to_do)


def _refused(broken: Sequence[str]) -> GateState:
    return GateState(
        DOSE,
        "Dose rules",
        open=False,
        reason=Reason(f"The programme broke a rule of its own: {broken[0]}"),
        what_to_do="Choose another programme and report this one: it is a fault of the program, not of your answers.",
    )


def _plan_id(protocol: Protocol, answers: Answers, *, begun: bool) -> str:
    """Name a plan by what went into it, so that the same answers give the same plan and the same workouts."""
    # What stood in weeks before belongs to a plan that goes on; a new one has none, and its id knew nothing of it.
    flat = {name: value for name, value in answers.as_flat().items() if name != "stood"}
    told = json.dumps([protocol.key, protocol.version, begun, flat], sort_keys=True, default=plain)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _with_ids(weeks: Sequence[Week], plan_id: str) -> tuple[Week, ...]:
    return tuple(
        replace(
            week,
            workouts=tuple(
                replace(workout, workout_id=f"{plan_id}-w{workout.week:02d}-{workout.ordinal}")
                for workout in week.workouts
            ),
        )
        for week in weeks
    )
