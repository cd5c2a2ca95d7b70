"""Make the plan: from answers, anew where gates kept it from beginning, and adapted to what was done and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from backward_running import plans, rehab
from backward_running.core.adaptation import Room
from backward_running.core.errors import BadValue
from backward_running.core.plan import Change, Plan, Reason, Wish, WishKind, Workout
from backward_running.core.ports import Coaching, HealthAndPlan, Plans, Profile
from backward_running.flows import asking, earlier_backward, experiment_days, match

A_YEAR = timedelta(days=365)


def with_facts(store: Coaching, answers: plans.Answers, today: date, *, simulated: bool) -> plans.Answers:
    """Return the answers with what the last month shows and with the ceilings a clinician set.

    What was too much counts no more for a new plan than for the one before it: whether it was is told by what was done
    in the year before it.
    """
    told = match.backward_history(store, until=today, simulated=simulated, within=A_YEAR)
    earlier = earlier_backward.is_there_any(store, before=today - A_YEAR, simulated=simulated)
    counts, over = plans.what_counts(told, earlier=earlier)
    first = today - match.BEFORE_PLAN
    of_late = tuple((on, seconds) for on, seconds in counts if on >= first)
    limits = answers.facts.limits
    if any(on >= first for on in over):
        recorded = tuple((on, seconds) for on, seconds in told if on >= first)
        limits = replace(limits, recorded=recorded, over=tuple(on for on in over if on >= first))
    ceilings = store.athlete().ceilings
    return replace(answers, facts=replace(answers.facts, backward_history=of_late, ceilings=ceilings, limits=limits))


def made_from(
    store: Coaching, typed: Mapping[str, object], answers: plans.Answers, *, now: datetime, simulated: bool
) -> Plan:
    """Make a plan from checked answers. It is not kept yet.

    Parameters
    ----------
    store : Coaching
        Asked for check-ins, recordings and ceilings.
    typed : mapping
        What was typed. Where it names no programme, the best one is taken.
    answers : plans.Answers
        As ``check_answers`` returned them.
    now : datetime
        Its day is the first on which a session may be.
    simulated : bool
        Whether it is for the demo runner.
    """
    answers = with_facts(store, answers, now.date(), simulated=simulated)
    gates = rehab.ask_rules(asking.facts(store, typed, now.date()))
    settled = plans.settled(typed, answers, gates)
    plan = plans.make_plan(answers, settled, gates, protocol=str(settled["protocol"]), made_at=now)
    return _under_setbacks(store, replace(plan, simulated=simulated), now)


def _under_setbacks(store: Coaching, plan: Plan, now: datetime) -> Plan:
    """Let a new plan obey from its first day on what went wrong before it, and the days of illness and holiday."""
    before = store.plan()
    spells = (
        wish
        for wish in (before.wishes if before is not None and before.simulated == plan.simulated else ())
        if wish.kind in (WishKind.ILL, WishKind.HOLIDAY) and (wish.last_on is None or wish.last_on >= now.date())
    )
    plan = replace(plan, wishes=tuple(spells))
    situation = asking.situation_of(store, plan, now.date())
    without = experiment_days.wishes(store, plan, now=now)
    if not plan.weeks or not (plan.wishes or without or rehab.setbacks(situation.facts)):
        return plan
    if before is not None and before.simulated == plan.simulated:
        held = plans.carried(before, rehab.setbacks(situation.facts))
        plan = replace(plan, answers={**plan.answers, **held})
        situation = replace(situation, plan=plan)
    obeying = adapted(store, situation, (), now=now).plan
    return replace(obeying, revision=plan.revision, changes=plan.changes, changed_at=None)


def made_anew(store: Coaching, plan: Plan, *, now: datetime) -> Plan | None:
    """Make a plan that could not begin once more, from the same answers; None where it still cannot.

    It begins today where the day to start has passed, with the same programme. Where all gates are open and that
    programme makes no weeks, the best one that does is taken.
    """
    typed = dict(plan.answers)
    if str(typed.get("starts_on") or "") < now.date().isoformat():
        typed["starts_on"] = now.date().isoformat()
    answers, _ = plans.check_answers(typed, today=now.date())
    if answers is None:
        return None  # its race is over, or it was made by a version that asked other questions
    made = made_from(store, typed, answers, now=now, simulated=plan.simulated)
    if not made.weeks and all(
        gate.open or gate.walking_only for gate in made.gates if gate not in plans.own_gates(made)
    ):
        made = made_from(store, typed | {"protocol": None}, answers, now=now, simulated=plan.simulated)
    if not made.weeks:
        return None
    why = tuple(_why_now(plan, made))
    return replace(made, changes=tuple(Change(workout.workout_id, None, workout, why) for workout in made.workouts()))


def _why_now(before: Plan, made: Plan) -> list[Reason]:
    """Say which gates have opened, and that another programme is taken."""
    still = {gate.key for gate in made.gates if not gate.open}
    own = plans.own_gates(before)
    opened = [gate for gate in before.gates if not gate.open and gate.key not in still and gate not in own]
    now_open = {gate.key: gate.reason for gate in made.gates}
    said = [
        Reason(f"“{gate.title}” is open now. {now_open.get(gate.key, gate.reason).text}", gate.reason.evidence_key)
        for gate in opened
    ]
    if made.protocol != before.protocol:
        said += [Reason(f"{gate.reason.text} “{made.title}” fits.", gate.reason.evidence_key) for gate in own[:1]]
    return said or [Reason("Nothing keeps your plan from beginning any more.")]


def room_to_move(store: HealthAndPlan, situation: asking.Situation, workout: Workout, *, now: datetime) -> Room:
    """Return the days of its week on which a session could be instead, and why where there are none."""
    return plans.room_to_move(
        situation.plan,
        _answers_of(store, situation, now.date()),
        workout,
        today=now.date(),
        done=situation.done,
        setbacks=rehab.setbacks(situation.facts),
        wishes=experiment_days.wishes(store, situation.plan, now=now),
        gates=situation.gates,
        record=_record(store, situation),
    )


def adapted(
    store: HealthAndPlan, situation: asking.Situation, wishes: tuple[Wish, ...], *, now: datetime
) -> plans.Adapted:
    """Return the plan of a situation as it should be after what was done, what was said and what is wished for.

    An experiment that runs wishes for its days without; they only take sessions away or delay them.

    Raises
    ------
    BadValue
        A wish lacks what its kind needs; or the plan was made by a version that asked other questions.
    """
    plan = experiment_days.freed(store, situation.plan, now=now)
    return plans.adapt(
        plan,
        _answers_of(store, situation, now.date()),
        today=now.date(),
        done=situation.done,
        setbacks=rehab.setbacks(situation.facts),
        wishes=(*experiment_days.wishes(store, plan, now=now), *wishes),
        gates=situation.gates,
        changed_at=now,
        record=_record(store, situation),
    )


def _record(store: Plans, situation: asking.Situation) -> plans.Record:
    """Return what was ever told, and the plan at each of its revisions."""
    return plans.Record(
        rehab.every_setback(situation.facts), lambda revision: _as_it_was(store, situation.plan, revision)
    )


def _as_it_was(store: Plans, plan: Plan, revision: int) -> Plan | None:
    """Return a plan as it was at a revision; None where that is not kept."""
    kept = (
        earlier
        for earlier in reversed(store.plans())
        if (earlier.plan_id, earlier.revision) == (plan.plan_id, revision)
    )
    return next(kept, None)


def _answers_of(store: Profile, situation: asking.Situation, today: date) -> plans.Answers:
    """Return the answers a plan was made from, what was done before it, and the ceilings that hold now."""
    plan = situation.plan
    begins = plan.answers.get("starts_on")
    answered_on = min([plan.made_at.date(), *([date.fromisoformat(str(begins))] if begins else [])])
    answers, problems = plans.check_answers(plan.answers, today=answered_on)
    if answers is None:
        raise BadValue("answers", f"be given again ({', '.join(problems)})", None, "Start a new plan.")
    first = plan.weeks[0].starts_on
    before = tuple(
        (session.on, session.backward_s) for session in situation.done if session.backward_s > 0 and session.on < first
    )
    ceilings = store.athlete().ceilings
    holds = ceilings is not None and (ceilings.until is None or ceilings.until >= today)
    answers = replace(
        answers, facts=replace(answers.facts, backward_history=before, ceilings=ceilings if holds else None)
    )
    return plans.under_gates(answers, situation.gates)
