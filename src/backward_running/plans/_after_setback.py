"""After pain, a fall, soreness or a session broken off: what the next session and the next seven days may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Reason, Workout
from backward_running.evidence import Number
from backward_running.plans import dose
from backward_running.plans._block import SHORTEST_BOUT_S
from backward_running.plans._done import proposal, week_number, week_start
from backward_running.plans._spikes import Counted, minutes
from backward_running.plans.base import Span

LOOK_BACK_DAYS = Number(
    "load_before_setback_days_count",
    7,
    "days",
    proposal("adapt.hold", "After a setback no session has more than the longest of the last seven days before it."),
)
#: An illness has a rule of its own: one stage back and a tenth less.
OWN_RULE = frozenset({SetbackKind.ILLNESS})
WEEK = timedelta(weeks=1)
#: Under this key a plan keeps, beside its answers, what it held for the seven days after each setback in force.
HELD = "held_after_setbacks"


@dataclass(frozen=True, slots=True)
class Held:
    """What setbacks in force leave."""

    session_s: float | None  #: backward seconds of a session
    speed_mps: float | None
    spans: tuple[Span, ...]


def held(
    plan: Plan, sessions: Sequence[Counted], setbacks: Sequence[Setback], stages: dict[str, int], on: date
) -> Held:
    """Return the limits after setbacks, the strictest of all.

    Parameters
    ----------
    plan : Plan
        As it stands.
    sessions : sequence of Counted
        Recorded sessions, oldest first.
    setbacks : sequence of Setback
        In force.
    stages : dict
        Activity → the stage it was done at.
    on : date
        The first day on which a session may be.
    """
    hurt = {one: _hurt(one, sessions) for one in setbacks}
    limits_s = [limit for one in setbacks for limit in _session_limits_s(one, hurt[one], sessions, stages, on)]
    speeds = [speed for one in hurt.values() if one is not None and (speed := _cap_mps(plan, one.done)) is not None]
    spans = tuple(span for one in setbacks if (span := _span(plan, one, hurt[one], sessions)) is not None)
    return Held(min(limits_s, default=None), min(speeds, default=None), spans)


def _hurt(setback: Setback, sessions: Sequence[Counted]) -> Counted | None:
    if setback.activity_id is None:
        return None
    return next((one for one in sessions if one.done.activity_id == setback.activity_id), None)


def _session_limits_s(
    setback: Setback, hurt: Counted | None, sessions: Sequence[Counted], stages: dict[str, int], on: date
) -> Iterator[float]:
    if not sessions:
        return
    since = sessions[-1].done.on - timedelta(days=int(LOOK_BACK_DAYS.value))
    before_s = max(one.counts_s or one.limit_s for one in sessions if one.done.on > since)
    yield before_s / dose.BACKWARD_GROWTH_RATIO.value if setback.kind is SetbackKind.ILLNESS else before_s
    if hurt is None or not setback.stages_back:
        return
    first = stages.get(hurt.done.activity_id, 1) <= 1
    less_s = (dose.FIRST_STAGE_SHARE.value if first else dose.AFTER_SETBACK_SHARE.value) * hurt.done.backward_s
    fresh = (on - hurt.done.on).days <= dose.WINDOW_DAYS_COUNT.value
    # A session broken off within seconds leaves less than a bout: after a month it no longer keeps every other away.
    if fresh or less_s >= SHORTEST_BOUT_S.value:
        yield less_s


def _cap_mps(plan: Plan, done: Done) -> float | None:
    """Return the cap under which the session that hurt was done."""
    workout = next((one for one in plan.workouts() if one.workout_id == done.workout_id), None)
    return None if workout is None else fastest_mps(workout)


def fastest_mps(workout: Workout) -> float | None:
    """Return the highest backward speed a session allows; None where it names none."""
    caps = [step.speed_high_mps for step in workout.steps() if step.direction is Direction.BACKWARD]
    return max((cap for cap in caps if cap is not None), default=None)


def _span(plan: Plan, setback: Setback, hurt: Counted | None, sessions: Sequence[Counted]) -> Span | None:
    """Return what the seven days that begin with the next session may hold: the last completed week's, or half."""
    if setback.kind in OWN_RULE:
        return None
    week_s, number = _last_completed(plan, setback, hurt, sessions)
    source = hurt or next((one for one in reversed(sessions) if one.done.on <= setback.on), None)
    if week_s > 0:
        said = f"week {number} had {minutes(week_s)}" if number else f"you had done {minutes(week_s)} before it"
    elif source is not None:
        week_s = dose.FIRST_STAGE_SHARE.value * source.done.backward_s
        said = f"half of the {minutes(source.done.backward_s)} of the session before it"
    else:
        return None
    after = [one.done for one in sessions if _is_after(one.done, setback, hurt)]
    first_on = after[0].on if after else None
    key = key_of(setback)
    why = Reason(f"after {setback.kind.value}, seven days stay within what was done before: {said}.", dose.SETBACK.key)
    return Span(week_s, why, first_on, key, held_of(plan).get(key))


def key_of(setback: Setback) -> str:
    """Name a setback in the memory of a plan."""
    return f"{setback.kind.name.lower()} {setback.on.isoformat()}"


def held_of(plan: Plan) -> dict[str, float]:
    """Return what a plan remembers: the setback → the seconds it held for the seven days after it, at first."""
    kept = plan.answers.get(HELD)
    if not isinstance(kept, Mapping):
        return {}
    return {str(key): float(value) for key, value in kept.items() if isinstance(value, (int, float))}


def remembered(plan: Plan, spans: Sequence[Span], coming: Sequence[Workout]) -> dict[str, object]:
    """Return what a plan that is changed now has to remember beside its answers; nothing where there is nothing."""
    kept: dict[str, float] = {}
    for span in spans:
        first = span.first_on or min((one.on for one in coming), default=None)
        if span.held_s is None and first is not None:
            days = (one for one in plan.workouts() if first <= one.on < first + WEEK)
            kept[span.key] = sum(one.duration_s(Direction.BACKWARD) for one in days)
        elif span.held_s is not None:
            kept[span.key] = span.held_s
    return {HELD: kept} if kept else {}


def _last_completed(
    plan: Plan, setback: Setback, hurt: Counted | None, sessions: Sequence[Counted]
) -> tuple[float, int | None]:
    """Return the backward seconds of the latest week that ended before a setback, and its number; None for week 1."""
    # A rising trend is known at the end of its second week, and that week has ended with it.
    moment = setback.on + timedelta(days=setback.kind is SetbackKind.TREND)
    number = week_number(plan, moment) - 1
    before = [one for one in sessions if one is not hurt and one.done.on <= setback.on]
    if number < 1:
        first = min(week_start(plan, 1), moment - WEEK)
        return sum(one.counts_s for one in before if one.done.on >= first), None
    first = week_start(plan, number)
    return sum(one.counts_s for one in before if first <= one.done.on < first + WEEK), number


def _is_after(done: Done, setback: Setback, hurt: Counted | None) -> bool:
    if done.on != setback.on or hurt is None:
        return done.on > setback.on
    began, hurt_began = done.started_at, hurt.done.started_at
    return began is not None and hurt_began is not None and began > hurt_began
