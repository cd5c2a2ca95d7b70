"""Ask, gate, plan, and say what to do today. The rules live in ``rehab`` and ``plans``; here they are only asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from backward_running import plans, rehab
from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import CheckIn
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import NotFound
from backward_running.core.glance import once_a_minute
from backward_running.core.plan import GateState, Plan, Week, Workout
from backward_running.core.ports import (
    ActivityQuery,
    Coaching,
    DatedCheckIns,
    DoneSessions,
    HealthFacts,
    Judging,
    NewRuns,
    SessionsSaidDone,
)
from backward_running.core.question import Question
from backward_running.flows import (
    adapt,
    asking,
    by_hand,
    clearing,
    days,
    in_force,
    missed,
    parq,
    said_done,
    screening,
    signs,
    steps_fit,
)
from backward_running.flows.asked_site import site_due
from backward_running.flows.deriving import derive, keep_derived, settled
from backward_running.flows.drafts import draft, keep_draft
from backward_running.flows.emptied import why_empty
from backward_running.flows.in_force import current_plan
from backward_running.flows.last_backward import calves_due, felt_missing, felt_words, last_backward
from backward_running.flows.screening import (
    NotNow,
    answered,
    choices,
    health_problems,
    kept_from,
    problems_of,
    screened,
)
from backward_running.flows.stopping import shown, speaking, stopping
from backward_running.flows.supervised import asks_who_was_beside
from backward_running.flows.views import AnswersChecked, CheckInView, Today

__all__ = [
    "NotNow",
    "add_check_in",
    "answered",
    "asks_who_was_beside",
    "check_ins",
    "choices",
    "current_plan",
    "draft",
    "health_problems",
    "health_questions",
    "keep_draft",
    "kept_from",
    "last_backward",
    "next_week",
    "problems_of",
    "questions",
    "red_flags",
    "running_week",
    "screened",
    "start_plan",
    "title_of",
    "today",
    "typed_before",
    "waits_for",
    "workout",
    "workout_in",
]

WEEK = timedelta(weeks=1)
#: So long after a session Today asks whether it was done, and how it felt.
ASKED_WITHIN = timedelta(days=2)


def questions(closed: Collection[str] = (), typed: Mapping[str, object] | None = None) -> tuple[Question, ...]:
    """Return what a runner is asked before a plan is made, and what follows.

    What follows depends on the gates that are `closed` (their keys) and, where the answers are changed, on what was
    `typed` so far.
    """
    return plans.questions_for(closed, typed)


def typed_before(store: NewRuns, *, today: date) -> dict[str, object]:
    """Return what was typed so far, to be shown again: what is too old to hold is left out, and so asked anew.

    A birth year that was said among the settings stands there already.
    """
    typed, born = parq.without_old(store, draft(store), today=today), store.athlete().birth_year
    return {"birth_year": born, **typed} if born is not None and not store.athlete().simulated else typed


def health_questions() -> tuple[Question, ...]:
    """Return what is asked first: with these alone it is known whether there can be a plan."""
    return plans.HEALTH_QUESTIONS


def red_flags() -> tuple[tuple[str, str], ...]:
    """Return key and words of every red flag."""
    return tuple((flag[0], flag[1]) for flag in rehab.RED_FLAGS)


def start_plan(
    store: Coaching, typed: Mapping[str, object], *, now: datetime, simulated: bool = False
) -> Plan | AnswersChecked | NotNow:
    """Make a plan from answers and keep it, or say field by field what is wrong with them, or why not for now.

    It builds on what the recordings of the last month show, and obeys the ceilings a clinician set. Where none can be
    made now, nothing is kept of it but the answers, and a plan that is there stays. A red flag among the answers is
    kept whatever else is wrong with them.
    """
    if not simulated:
        keep_draft(store, typed)
    return screening.start_plan(store, typed, now=now, simulated=simulated)


def workout(store: Coaching, workout_id: str, *, today: date | None = None) -> Workout:
    """Return one workout of the current plan; where `today` is given, of the one in force then. Raises NotFound."""
    return workout_in(current_plan(store, today=today), workout_id)


def workout_in(plan: Plan | None, workout_id: str) -> Workout:
    """Return one workout of a plan. Raises NotFound."""
    for planned in plan.workouts() if plan else ():
        if planned.workout_id == workout_id:
            return planned
    raise NotFound(f"The current plan has no workout {workout_id!r}; open the plan to see those it has.")


def next_week(plan: Plan, today: date) -> Week | None:
    """Return the first week that still has a workout to come, or None after the last."""
    return next((week for week in plan.weeks if any(planned.on >= today for planned in week.workouts)), None)


def running_week(plan: Plan, today: date) -> Week | None:
    """Return the week that today lies in; None before the first and after the last."""
    return next((week for week in plan.weeks if week.starts_on <= today < week.starts_on + WEEK), None)


@once_a_minute
def today(store: Coaching, *, now: datetime) -> Today:
    """Say what to do now."""
    day = now.date()
    situation = in_force.situation(store, now)
    plan = None if situation is None else shown(replace(situation.plan, gates=situation.gates))
    rows = store.activities(ActivityQuery(limit=10))
    on_foot = store.activities(ActivityQuery(limit=1, on_foot=True))
    coming = situation.coming(day) if situation is not None and not situation.stopped else []
    if plan is not None and situation is not None and coming and coming[0].on == day:
        plan = replace(plan, gates=(*plan.gates, *_gates_of_history(store, situation, coming[0], now)))
    found = speaking(plan.gates if plan else clearing.told_gates(store, day))
    gates = tuple(sorted(found, key=_closed_first))
    stopped = bool(stopping(gates))
    following = coming[0] if coming and not stopped else None
    last = last_backward(store, today=day, done=None if situation is None else situation.done)
    limits = store.athlete().ceilings
    missing = felt_missing(situation, day) if situation is not None and not stopped else None
    due = calves_due(store, last, now=now)
    open_ = _not_recorded(store, situation, day) if situation is not None and not stopped else None
    recorded = steps_fit.recording_of(store, open_, situation.done) if situation is not None else None
    return Today(
        counts=store.counts(),
        plan=plan,
        gates=gates,
        next_workout=following,
        waits_for=waits_for(following, gates) if following else (),
        this_week=running_week(plan, day) if plan and not stopped else None,
        last_run=next(iter(on_foot), None),
        check_in_due=due or (felt_words(missing, title_of(store, missing.activity_id)) if missing else None),
        check_in_about=missing.activity_id if missing is not None and due is None else None,
        proposal=adapt.proposal_in(store, situation, now=now),
        simulated=any(row.simulated for row in rows) or store.athlete().simulated,
        last_backward=last,
        not_recorded=open_,
        recorded=recorded,
        lay=recorded is not None and open_ is not None and steps_fit.why_not(open_, recorded) is None,
        room=missed.room(store, situation, open_, now=now) if situation is not None else None,
        last_said=_last_said(store, situation, day),
        words=clearing.words_that_hold(store, situation.facts) if situation is not None else (),
        limits=limits if limits is not None and limits.holds_on(day) else None,
        site_due=None if stopped else site_due(store, plan, last=last, following=following, now=now),
        empty_because=why_empty(store, situation.plan, today=day) if situation is not None and not stopped else None,
    )


def _not_recorded(store: SessionsSaidDone, situation: asking.Situation, day: date) -> Workout | None:
    """Return the newest session of the last days of which neither a recording nor a word says how much was done."""
    open_ = by_hand.open_sessions(situation.plan, situation.done, said_done.not_done(store))
    near = (unrated for unrated in open_ if timedelta(0) <= day - unrated.on <= ASKED_WITHIN)
    return max(near, key=lambda unrated: unrated.on, default=None)


def _last_said(store: SessionsSaidDone, situation: asking.Situation | None, day: date) -> SaidDone | None:
    """Return the session that was said to be done of late and still stands on that word."""
    said = (
        [session for session in situation.done if session.is_said and day - session.on <= ASKED_WITHIN]
        if situation
        else []
    )
    last = max(said, key=lambda session: session.on, default=None)
    return said_done.of_word(store, last.activity_id) if last is not None else None


def _gates_of_history(
    store: DatedCheckIns, situation: asking.Situation, following: Workout, now: datetime
) -> tuple[GateState, ...]:
    """Ask whether enough hours lie between the last session and now, and after too much how the calves are."""
    asked_at = [
        check_in.made_at for check_in in days.telling_check_ins(store) if check_in.calf_soreness_nrs is not None
    ]
    return plans.gates_of(
        situation.done,
        now=now,
        soreness_asked_at=asked_at,
        following=following,
        setbacks=rehab.setbacks(situation.facts),
    )


def waits_for(following: Workout, gates: tuple[GateState, ...]) -> tuple[GateState, ...]:
    """Return the closed gates for which a session waits. One that leaves walking open holds up running only."""
    runs_backward = any(step.direction is Direction.BACKWARD and step.gait is Gait.RUN for step in following.steps())
    return tuple(gate for gate in gates if not gate.open and (runs_backward or not gate.walking_only))


def add_check_in(store: Judging, check_in: CheckIn) -> None:
    """Keep a check-in; an exertion given for an activity enters its load at once.

    A warning sign beside what is said of another day is kept on its own, as of now.
    """
    check_in = signs.without_signs(store, check_in)
    is_word = check_in.activity_id is not None and check_in.activity_id.startswith(said_done.WORD)
    if check_in.activity_id is None or is_word or check_in.perceived_exertion_cr10 is None:
        store.add_check_in(check_in)
    else:
        activity_id = check_in.activity_id
        settled(store, lambda: _checking_in(store, activity_id, check_in))


def _checking_in(store: Judging, activity_id: str, check_in: CheckIn) -> Callable[[], None]:
    """Work out what an exertion makes of an activity; return what keeps both."""
    said = (*store.check_ins_of(activity_id), check_in)
    after = derive(store, activity_id, found=store.session(activity_id).found, check_ins=said)

    def keep() -> None:
        store.add_check_in(check_in)
        keep_derived(store, after)

    return keep


def check_ins(store: HealthFacts, *, most: int | None = None) -> list[CheckInView]:
    """Return the newest check-ins, newest first, with the titles of their runs; all where `most` is None."""
    views = []
    for check_in in reversed(days.check_ins(store, most=most)):
        title = None if check_in.activity_id is None else title_of(store, check_in.activity_id)
        views.append(CheckInView(check_in, title, check_in.made_at))
    return views


def title_of(store: DoneSessions, activity_id: str) -> str | None:
    """Return the title of what a check-in speaks of, a recording or a said session; None where it is gone."""
    said = said_done.of_word(store, activity_id)
    if said is not None:
        return said.title
    try:
        return store.row(activity_id).title
    except NotFound:
        return None  # it was deleted, what was felt stays


def _closed_first(gate: GateState) -> tuple[bool, bool]:
    return (gate.open, not gate.is_red_flag)
