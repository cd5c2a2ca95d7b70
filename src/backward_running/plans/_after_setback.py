"""After pain, a fall, soreness or a session broken off: what the next session and the next seven days may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Reason, Workout
from backward_running.evidence import Number, own_proposal
from backward_running.plans import dose
from backward_running.plans._block import SHORTEST_BOUT_S
from backward_running.plans._done import week_number, week_start
from backward_running.plans._spikes import Counted, in_time, minutes
from backward_running.plans.base import Span

LOOK_BACK_DAYS = Number(
    "load_before_setback_days_count",
    7,
    "days",
    own_proposal(
        "adapt.hold", "After a setback no session has more than the longest of the last seven days before it."
    ),
)
#: An illness has a rule of its own: one stage back and a tenth less.
OWN_RULE = frozenset({SetbackKind.ILLNESS})
WEEK = timedelta(weeks=1)
#: Under this key a plan keeps, beside its answers, what it held when it first answered each setback in force.
HELD = "held_after_setbacks"


@dataclass(frozen=True, slots=True)
class Held:
    """What setbacks in force leave."""

    session_s: float | None  #: backward seconds of a session
    speed_mps: float | None
    spans: tuple[Span, ...]


def held(
    plan: Plan,
    done: Sequence[Done],
    sessions: Sequence[Counted],
    setbacks: Sequence[Setback],
    stages: dict[str, int],
    on: date,
) -> Held:
    """Return the limits after setbacks, the strictest of all.

    Parameters
    ----------
    plan : Plan
        As it stands.
    done : sequence of Done
        All that was recorded, also where its direction is not known.
    sessions : sequence of Counted
        Sessions with backward time, oldest first.
    setbacks : sequence of Setback
        In force.
    stages : dict
        Activity → the stage it was done at.
    on : date
        The first day on which a session may be.
    """
    hurt = {setback: _hurt(setback, sessions) for setback in setbacks}
    heeded = {setback: [session for session in sessions if not defies(session.done, setback)] for setback in setbacks}
    blamed = {
        setback: _blamed(setback, [session for session in done if not defies(session, setback)])
        for setback in setbacks
        if setback.stages_back
    }
    limits_s = [limit for setback in setbacks for limit in _before_s(setback, heeded[setback])]
    limits_s += [less_s for blame in blamed.values() if (less_s := _less_s(plan, blame, stages, on)) is not None]
    speeds = [cap_mps for blame in blamed.values() if (cap_mps := _cap_mps(plan, done, blame)) is not None]
    spans = tuple(
        span for setback in setbacks if (span := _span(plan, setback, hurt[setback], heeded[setback])) is not None
    )
    return Held(min(limits_s, default=None), min(speeds, default=None), spans)


def defies(done: Done, setback: Setback) -> bool:
    """Whether a session was done while a warning sign stood: nothing later builds on it."""
    if setback.kind is not SetbackKind.RED_FLAG or done.activity_id == setback.activity_id:
        return False
    if done.on == setback.on and done.started_at is not None and setback.stood_from is not None:
        return done.started_at > setback.stood_from
    return setback.on <= done.on and (setback.rest_until is None or done.on < setback.rest_until)


def _hurt(setback: Setback, sessions: Sequence[Counted]) -> Counted | None:
    if setback.activity_id is None:
        return None
    return next((session for session in sessions if session.done.activity_id == setback.activity_id), None)


def _blamed(setback: Setback, done: Sequence[Done]) -> Done | None:
    """Return the session that hurt; where none is named or known, the one before stands in for it."""
    named = next((session for session in done if session.activity_id == setback.activity_id), None)
    before = (
        session
        for session in sorted(done, key=in_time, reverse=True)
        if session.may_be_backward and session.on <= setback.on
    )
    return named or next(before, None)


def _before_s(setback: Setback, sessions: Sequence[Counted]) -> Iterator[float]:
    """Yield the longest of the last seven days: after a setback no session is more than that."""
    if sessions:
        since = sessions[-1].done.on - timedelta(days=int(LOOK_BACK_DAYS.value))
        before_s = max(session.counts_s or session.limit_s for session in sessions if session.done.on > since)
        yield before_s / dose.BACKWARD_GROWTH_RATIO.value if setback.kind is SetbackKind.ILLNESS else before_s


def _less_s(plan: Plan, blamed: Done | None, stages: dict[str, int], on: date) -> float | None:
    """Return how long a session may be, less than the one that hurt: at the first stage half of it."""
    if blamed is None:
        return None
    whole_s = blamed.backward_s or planned_s(plan, blamed)
    first = stages.get(blamed.activity_id, 1) <= 1
    less_s = (dose.FIRST_STAGE_SHARE.value if first else dose.AFTER_SETBACK_SHARE.value) * whole_s
    fresh = (on - blamed.on).days <= dose.WINDOW_DAYS_COUNT.value
    # A session broken off within seconds leaves less than a bout: after a month it no longer keeps every other away.
    return less_s if whole_s and (fresh or less_s >= SHORTEST_BOUT_S.value) else None


def planned_s(plan: Plan, done: Done) -> float:
    """Return the backward seconds that were planned for a recording: its load where its direction is not known."""
    workout = next((workout for workout in plan.workouts() if workout.workout_id == done.workout_id), None)
    return 0.0 if workout is None else workout.duration_s(Direction.BACKWARD)


def _cap_mps(plan: Plan, done: Sequence[Done], blamed: Done | None) -> float | None:
    """Return the cap under which the session that hurt was done; of one that was not planned, of the last planned."""
    if blamed is None:
        return None
    workouts = {workout.workout_id: workout for workout in plan.workouts()}
    planned = [
        session for session in sorted(done, key=in_time) if session.on <= blamed.on and session.workout_id in workouts
    ]
    own = workouts.get(blamed.workout_id or "") or (workouts[planned[-1].workout_id or ""] if planned else None)
    return None if own is None else fastest_mps(own)


def fastest_mps(workout: Workout) -> float | None:
    """Return the highest backward speed a session allows; None where it names none."""
    caps = [step.speed_high_mps for step in workout.each_step() if step.direction is Direction.BACKWARD]
    return max((cap for cap in caps if cap is not None), default=None)


def _span(plan: Plan, setback: Setback, hurt: Counted | None, sessions: Sequence[Counted]) -> Span | None:
    """Return what the seven days that begin with the next session may hold: the last completed week's, or half."""
    if setback.kind in OWN_RULE:
        return None
    week_s, number = _last_completed(plan, setback, hurt, sessions)
    source = hurt or next((session for session in reversed(sessions) if session.done.on <= setback.on), None)
    if week_s > 0:
        said = f"week {number} had {minutes(week_s)}" if number else f"you had done {minutes(week_s)} before it"
    elif source is not None:
        week_s = dose.FIRST_STAGE_SHARE.value * source.done.backward_s
        said = f"half of the {minutes(source.done.backward_s)} of the session before it"
    else:
        return None
    after = [session.done for session in sessions if is_after(session.done, setback, hurt)]
    first_on = after[0].on if after else None
    why = Reason(f"after {setback.kind.value}, seven days stay within what was done before: {said}.", dose.SETBACK.key)
    key = key_of(setback)
    return Span(week_s, why, first_on, key, held_of(plan).get(key))


def key_of(setback: Setback) -> str:
    """Name a setback in the memory of a plan."""
    return f"{setback.kind.name.lower()} {setback.on.isoformat()}"


def held_of(plan: Plan) -> dict[str, tuple[tuple[date, float], ...]]:
    """Return what a plan remembers: setback → the days it had sessions on, and the backward seconds of each."""
    kept = plan.answers.get(HELD)
    if not isinstance(kept, Mapping):
        return {}
    return {str(key): tuple(_days_of(value)) for key, value in kept.items()}


def _days_of(kept: Sequence[object]) -> Iterator[tuple[date, float]]:
    # A plan of an earlier version kept one sum, under the first of its seven days.
    for pair in (kept,) if kept and isinstance(kept[0], str) else kept:
        if isinstance(pair, Sequence):
            yield date.fromisoformat(str(pair[0])), float(str(pair[1]))


def carried(before: Plan, setbacks: Iterable[Setback]) -> dict[str, object]:
    """Return what a new plan has to remember of the one before it: who begins anew in those days lifts nothing."""
    held = held_of(before)
    days = tuple((workout.on, workout.duration_s(Direction.BACKWARD)) for workout in before.workouts())
    keys = [key_of(setback) for setback in setbacks if setback.kind not in OWN_RULE]
    kept = {key: [[on.isoformat(), held_s] for on, held_s in held.get(key, days)] for key in keys}
    return {HELD: kept} if kept and (held or days) else {}


def remembered(plan: Plan, spans: Sequence[Span]) -> dict[str, object]:
    """Return what a plan that is changed now has to remember beside its answers; nothing where there is nothing.

    All its days are kept, since the seven days may begin with another session than was planned, and much later.
    """
    before = held_of(plan)
    days = tuple((workout.on, workout.duration_s(Direction.BACKWARD)) for workout in plan.workouts())
    kept = {span.key: [[on.isoformat(), held_s] for on, held_s in before.get(span.key, days)] for span in spans}
    return {HELD: kept} if kept else {}


def _last_completed(
    plan: Plan, setback: Setback, hurt: Counted | None, sessions: Sequence[Counted]
) -> tuple[float, int | None]:
    """Return the backward seconds of the latest week that ended before a setback, and its number; None for week 1."""
    # A rising trend is known at the end of its second week, and that week has ended with it.
    moment = setback.on + timedelta(days=setback.kind is SetbackKind.TREND)
    number = week_number(plan, moment) - 1
    before = [session for session in sessions if session is not hurt and session.done.on <= setback.on]
    if number < 1:
        first = min(week_start(plan, 1), moment - WEEK)
        return sum(counted.counts_s for counted in before if counted.done.on >= first), None
    first = week_start(plan, number)
    return sum(counted.counts_s for counted in before if first <= counted.done.on < first + WEEK), number


def is_after(done: Done, setback: Setback, hurt: Counted | None) -> bool:
    if done.on != setback.on or hurt is None:
        return done.on > setback.on
    began, hurt_began = done.started_at, hurt.done.started_at
    return began is not None and hurt_began is not None and began > hurt_began
