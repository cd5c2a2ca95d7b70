"""Screen before anything else: who gets no plan for now is told at once why, what instead, and when to come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from backward_running import plans, rehab
from backward_running.core.athlete import Athlete
from backward_running.core.goals import TOLD_BEFORE
from backward_running.core.plan import GateState, Plan, Reason
from backward_running.core.ports import Coaching, HealthFacts, Plans, Profile
from backward_running.core.screening import NOTHING_APPLIES, RECENT_FALL, RED_FLAGS, WALK_TEST_S
from backward_running.effort.heart_rate_reserve import BETA_BLOCKER
from backward_running.flows import asking, clearing, making, parq, told_before, walk_test
from backward_running.flows.stopping import stopping
from backward_running.flows.views import AnswersChecked
from backward_running.rehab import fell_in_last_year
from backward_running.rehab.balance_test import WHO_IS_TESTED

HEALTH_KEYS = tuple(question.key for question in plans.HEALTH_QUESTIONS)
#: Of running, and not asked on the first page.
LATER = frozenset({"runs_20_minutes"})
#: What a plan that is in force learns of the runner's health when the questions are answered again.
TOLD_TO_THE_PLAN = ("health", TOLD_BEFORE, "parq", "birth_year", WALK_TEST_S)
#: With these closed somebody else says what may be done, forward too.
SOMEBODY_SAYS = frozenset(
    {
        "red_flags",
        "see_somebody",
        "concussion_questions",
        "parq_plus",
        "clinician_first",
        "not_for_backward",
        "clinician_ceilings",
        "pain_limits",
    }
)
#: With these alone closed the balance test may be done.
TEST = "balance_test"
BESIDE_THE_TEST = frozenset({TEST, "supervised_base", "from_80"})
AS_BEFORE = "Walking or running forward, at a pace at which you can talk, stays as it was."
AS_CLINICIAN_SAYS = (
    "Walk forward, as you do every day, unless somebody told you otherwise. Running forward waits too: ask your doctor "
    "or physiotherapist first."
)
AS_THEY_SAY = "Walking forward, as you do every day, is fine unless somebody told you otherwise; ask them what else is."
CHANGE = "Change the answers that are not right, or ask your clinician or a coach who sees you run."
LATER_AGAIN = "Come back when something in your answers has changed."
CLINICIANS_DOSE = "Take the question to who treats you: how much backward walking, how often, and who stays beside you."
AS_THEY_DECIDE = "Come back to write down what they allow, and to record what you do."
KEPT = "What you typed is kept, on this machine only. You need not type it again."
EFFORT_BY_FEEL = Reason(
    "You take a beta-blocker: your heart rate does not show your effort, so nothing here goes by it. Go by how hard it "
    "feels, from 0 to 10, and by whether you can talk.",
    BETA_BLOCKER.key,
)


@dataclass(frozen=True, slots=True)
class NotNow:
    """No plan for now: why, what instead, and when to come back."""

    stopped: bool  #: by a warning sign: somebody looks at it before anything else
    why: tuple[GateState, ...]  #: what keeps the plan from being made, warning signs first
    instead: tuple[str, ...]  #: what can be done meanwhile
    asks: tuple[str, ...] = ()  #: keys of the gates that a further answer may open


def health_problems(typed: Mapping[str, object], *, today: date) -> dict[str, str]:
    """Say what is wrong with the answers about health, field by field; empty where they are complete."""
    _, problems = plans.read_typed(typed, today=today)
    return {key: problems[key] for key in HEALTH_KEYS if key in problems}


def problems_of(typed: Mapping[str, object], *, today: date) -> dict[str, str]:
    """Say what is wrong with any of the answers, field by field."""
    return plans.read_typed(typed, today=today)[1]


def kept_from(store: Coaching, typed: Mapping[str, object], *, today: date) -> NotNow | None:
    """Return why there is no plan for now, with all that was typed so far; None where one is possible or nobody knows.

    Where everything is answered, also that no programme fits is a reason.
    """
    typed = told_before.with_told(store, typed)
    found = screened(store, typed, today=today)
    answers, _ = plans.check_answers(typed, today=today)
    if found is not None or answers is None:
        return found
    offered, gates = _offered(store, typed, answers, today, simulated=False)
    return None if offered[0].fits else _nothing_fits(offered[0], gates)


def screened(store: HealthFacts, typed: Mapping[str, object], *, today: date) -> NotNow | None:
    """Ask the rules with the answers about health alone; None where a plan is possible, or they are not complete.

    A warning sign is enough by itself, whatever else is not answered yet.
    """
    complete = not health_problems(typed, today=today)
    if not complete and not _flags(typed):
        return None
    return _kept_by(rehab.ask_rules(asking.facts(store, typed, today)), complete=complete)


def _kept_by(gates: Sequence[GateState], *, complete: bool) -> NotNow | None:
    """Return what the rules keep from beginning; before health is answered a warning sign alone counts."""
    return _not_now([gate for gate in gates if gate.stops_all or (complete and gate.key not in LATER)])


def answered(store: Coaching, typed: Mapping[str, object], *, now: datetime) -> NotNow | None:
    """Take the answers about health: screen them, and let everything that is in force know what they say.

    A warning sign among them stands from now on like one of a check-in, also where there is a plan already.
    """
    if typed.get("health"):
        _keep_beta_blocker(store, typed)
        clearing.tell_flags(store, _flags(typed), now=now)
        told_before.remember(store, typed, on=now.date())
        walk_test.remember(store, typed, on=now.date())
        parq.remember(store, typed, on=now.date())
        typed = told_before.with_told(store, typed)
    not_now = screened(store, typed, today=now.date())
    if not_now is not None or not health_problems(typed, today=now.date()):
        _tell_the_plan(store, typed)
    return not_now


def start_plan(
    store: Coaching, typed: Mapping[str, object], *, now: datetime, simulated: bool
) -> Plan | AnswersChecked | NotNow:
    """Make a plan from answers and keep it; say what is wrong with them, or why there is no plan for now."""
    typed = _with_fall(store, typed, now.date())
    clearing.tell_flags(store, _flags(typed), now=now, simulated=simulated)
    not_now = None if simulated else answered(store, typed, now=now)
    if not_now is not None:
        return not_now
    typed = typed if simulated else told_before.with_told(store, typed)
    answers, problems = plans.check_answers(typed, today=now.date())
    if answers is None or problems:
        return AnswersChecked(dict(typed), problems)
    waits = clearing.plan_that_waits(store, now.date())
    if waits is not None:
        return waits
    offered, gates = _offered(store, typed, answers, now.date(), simulated=simulated)
    wanted = _wanted(offered, typed)
    unfit = _unfit(offered, wanted, gates, typed)
    if unfit is not None:
        return unfit
    plan = making.made_from(store, typed, answers, now=now, simulated=simulated)
    if not plan.weeks:
        return _not_now(plan.gates) or _nothing_fits(wanted, gates)
    if store.athlete().beta_blocker:
        plan = replace(plan, notes=(*plan.notes, EFFORT_BY_FEEL))
    store.put_plan(plan, simulated=simulated)
    return plan


def planned(typed: Mapping[str, object], athlete: Athlete, *, now: datetime) -> Plan | AnswersChecked | NotNow:
    """Make a plan from answers, under the same rules, for whoever keeps no store. Pure.

    It is for somebody of whom nothing is recorded: no session before it, no setback, no plan that goes on.
    """
    today = now.date()
    complete = not health_problems(typed, today=today)
    gates = rehab.ask_rules(rehab.Facts(today, athlete, typed))
    not_now = _kept_by(gates, complete=complete) if complete or _flags(typed) else None
    if not_now is not None:
        return not_now
    answers, problems = plans.check_answers(typed, today=today)
    if answers is None or problems:
        return AnswersChecked(dict(typed), problems)
    offered = plans.choose(answers, gates)
    wanted = _wanted(offered, typed)
    unfit = _unfit(offered, wanted, gates, typed)
    if unfit is not None:
        return unfit
    settled = plans.settled(typed, answers, gates)
    plan = plans.make_plan(answers, settled, gates, protocol=str(settled["protocol"]), made_at=now)
    return plan if plan.weeks else _not_now(plan.gates) or _nothing_fits(wanted, gates)


def _wanted(offered: Sequence[plans.Choice], typed: Mapping[str, object]) -> plans.Choice:
    """Return the programme that was asked for, else the best."""
    return next((choice for choice in offered if choice.protocol == typed.get("protocol")), offered[0])


def _unfit(
    offered: Sequence[plans.Choice], wanted: plans.Choice, gates: Sequence[GateState], typed: Mapping[str, object]
) -> AnswersChecked | NotNow | None:
    """Say why the programme that was asked for cannot be begun; None where it can."""
    if wanted.fits:
        return None
    if offered[0].fits:
        return AnswersChecked(dict(typed), {"protocol": f"“{wanted.title}” does not fit: {wanted.reason.text}"})
    return _nothing_fits(wanted, gates)


def choices(store: Coaching, typed: Mapping[str, object], *, today: date) -> tuple[plans.Choice, ...]:
    """Order the programmes for a runner, the best first, each with why it fits or not.

    None before all is answered, and none while a stop stands: then nothing is suggested.
    """
    if clearing.standing_gates(store, today):
        return ()
    typed = told_before.with_told(store, typed)
    answers, _ = plans.check_answers(typed, today=today)
    return () if answers is None else _offered(store, typed, answers, today, simulated=False)[0]


def _offered(
    store: Coaching, typed: Mapping[str, object], answers: plans.Answers, today: date, *, simulated: bool
) -> tuple[tuple[plans.Choice, ...], tuple[GateState, ...]]:
    gates = rehab.ask_rules(asking.facts(store, typed, today))
    return plans.choose(making.with_facts(store, answers, today, simulated=simulated), gates), gates


def _not_now(gates: Sequence[GateState]) -> NotNow | None:
    """Return what keeps everything backward from beginning; None where a walk at least is left.

    Nobody is sent to walk backward for the balance test while something else speaks against a step backward.
    """
    shut = tuple(gate for gate in gates if not gate.open and (gate.stops_all or not gate.walking_only))
    if not shut:
        return None
    stops = stopping(shut)
    if stops:
        return NotNow(stopped=True, why=stops, instead=(KEPT,))
    keys = {gate.key for gate in shut}
    if not keys <= BESIDE_THE_TEST:
        shut = tuple(gate for gate in shut if not (gate.key == TEST and gate.reason.evidence_key == WHO_IS_TESTED.key))
    asks = (TEST,) if TEST in keys and keys <= BESIDE_THE_TEST else ()
    return NotNow(stopped=False, why=shut, instead=(_forward(gates), KEPT), asks=asks)


def _forward(gates: Sequence[GateState]) -> str:
    """Say what may be done forward meanwhile: what closes running there too is never waved through."""
    shut = [gate for gate in gates if not gate.open]
    if any(gate.no_running for gate in shut):
        return AS_CLINICIAN_SAYS
    return AS_THEY_SAY if SOMEBODY_SAYS & {gate.key for gate in shut} else AS_BEFORE


def _nothing_fits(best: plans.Choice, gates: Sequence[GateState]) -> NotNow:
    """Say why no programme is left, without naming one."""
    held = tuple(gate for gate in gates if not gate.open)
    do, when = (CHANGE, LATER_AGAIN) if not plans.is_without_dose(best.reason) else (CLINICIANS_DOSE, AS_THEY_DECIDE)
    why = GateState(
        "programme",
        "Nothing here fits you yet",
        open=False,
        reason=best.reason,
        what_to_do=do,
        come_back=when,
    )
    return NotNow(stopped=False, why=(*held, why), instead=(_forward(gates), KEPT))


def _with_fall(store: HealthFacts, typed: Mapping[str, object], today: date) -> Mapping[str, object]:
    """Return what was typed, with a fall of the last 12 months that a check-in tells of."""
    health = set(_ticked(typed)) - {NOTHING_APPLIES[0]}
    fell = fell_in_last_year(asking.facts(store, typed, today))
    return {**typed, "health": sorted({*health, RECENT_FALL[0]})} if fell and typed.get("health") else typed


def _ticked(typed: Mapping[str, object]) -> list[str]:
    health = typed.get("health")
    return [str(key) for key in health] if isinstance(health, list | tuple) else [str(health)]


def _flags(typed: Mapping[str, object]) -> set[str]:
    return {flag.key for flag in RED_FLAGS} & set(_ticked(typed))


def _keep_beta_blocker(store: Profile, typed: Mapping[str, object]) -> None:
    athlete, takes = store.athlete(), "beta_blocker" in _ticked(typed)
    if bool(athlete.beta_blocker) is not takes:
        store.put_athlete(replace(athlete, beta_blocker=takes))


def _tell_the_plan(store: Plans, typed: Mapping[str, object]) -> None:
    """Let a plan that is in force know: its gates are asked with its own answers."""
    plan = store.plan()
    if plan is None or plan.simulated:
        return
    told = {key: plans.plain(typed[key]) for key in TOLD_TO_THE_PLAN if typed.get(key) is not None}
    if "health" in told:  # a warning sign is kept with its moment, and cleared there: of the answers nothing clears it
        others = [key for key in _ticked(typed) if key not in _flags(typed)]
        told["health"] = others or plan.answers.get("health")
    if any(plan.answers.get(key) != value for key, value in told.items()):
        store.put_plan(replace(plan, answers={**plan.answers, **told}))
