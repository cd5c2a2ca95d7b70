"""Facts that lowered a plan and no longer stand: taken back, corrected, deleted, or told late after all.

A plan remembers with every change which facts stood then, and the revision before it. A fact that is gone later is the
reason for an offer: back up to what that revision held, as far as the facts that are left allow it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from backward_running.core.adaptation import Done, Setback
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Week, Workout
from backward_running.plans import _spikes, dose, gaps
from backward_running.plans._after_setback import OWN_RULE, key_of
from backward_running.plans._stages import is_done, is_unknown, told_before
from backward_running.plans.base import Limits

#: Under this key a plan keeps, beside its answers, the facts that stood when it was changed.
LOWERED = "lowered_by"
#: Backward time that differs by less is the same to anybody.
SAME_S = 0.5
#: A plan that was emptied is looked for so many revisions back: one that has ended held nothing more before, either.
MOST_LOOKS = 4


@dataclass(frozen=True, slots=True)
class Remembered:
    """A fact that stood when a plan was changed."""

    revision: int  #: of the plan before
    on: date


@dataclass(frozen=True, slots=True)
class Record:
    """What was ever told, and the plan at each of its revisions."""

    told: Sequence[Setback]  #: every setback, in force or behind; one that was taken back is none
    as_it_was: Callable[[int], Plan | None]  #: revision → the plan then; None where that is not kept


def as_it_last_held(plan: Plan, record: Record | None, today: date) -> Plan:
    """Return a plan as it was when it last held a session to come: one that a rule emptied is not filled with more.

    Parameters
    ----------
    plan : Plan
        As it stands.
    record : Record, optional
        The plan at each of its revisions; without it what stands is all that is known.
    today : date
        Sessions from it on are to come.
    """
    held, looks = plan, MOST_LOOKS
    while record is not None and looks and not any(workout.on >= today for workout in held.workouts()):
        before = record.as_it_was(held.revision - 1) if held.revision > 1 else None
        if before is None:
            return plan
        held, looks = before, looks - 1
    return held if any(workout.on >= today for workout in held.workouts()) else plan


def facts_of(plan: Plan, done: Sequence[Done], told: Iterable[Setback], today: date) -> dict[str, date]:
    """Return every fact that can lower a plan, in force or behind, with its day.

    Parameters
    ----------
    plan : Plan
        As it stands.
    done : sequence of Done
        All that was done since a month before the plan.
    told : iterable of Setback
        Every one that was told.
    today : date
        The day.
    """
    found = {key_of(setback): setback.on for setback in told if setback.kind not in OWN_RULE}
    sessions = _spikes.sessions_of(done)
    # How long a session was is a fact by itself: it spends the share of its week, and may be over the 110 % rule.
    found |= {f"did {session.activity_id} {session.on} {session.backward_s:.0f}": session.on for session in sessions}
    found |= {f"unrated {session.activity_id}": session.on for session in sessions if is_unknown(session, today)}
    by_id = {session.workout_id: session for session in done if session.workout_id is not None}
    missed = (workout for workout in plan.workouts() if workout.on < told_before(today) or workout.workout_id in by_id)
    found |= {f"miss {workout.workout_id}": workout.on for workout in missed if not is_done(workout, by_id)}
    return found | {f"gap {first}": first for first in _breaks(sessions, today)}


def _breaks(sessions: Sequence[Done], today: date) -> Iterator[date]:
    for first, after in pairwise([*(session.on for session in sessions), today]):
        if gaps.holds((after - first).days):
            yield first


def remembered_of(plan: Plan) -> dict[str, Remembered]:
    """Return the facts a plan remembers."""
    kept = plan.answers.get(LOWERED)
    if not isinstance(kept, Mapping):
        return {}
    return {str(key): Remembered(int(value[0]), date.fromisoformat(str(value[1]))) for key, value in kept.items()}


def withdrawn(plan: Plan, facts: Collection[str], in_force: Iterable[Setback]) -> dict[str, Remembered]:
    """Return what a plan remembers and what no longer stands.

    A setback that another one of its kind has replaced is not withdrawn: what was told of it has moved with it.
    """
    kinds = {key_of(setback).partition(" ")[0] for setback in in_force}
    gone = {key: fact for key, fact in remembered_of(plan).items() if key not in facts}
    return {key: fact for key, fact in gone.items() if key.partition(" ")[0] not in kinds}


def memory(
    plan: Plan, facts: Mapping[str, date], gone: Collection[str], today: date, *, learns: bool
) -> dict[str, object]:
    """Return what a plan that is changed now has to remember; nothing where there is nothing.

    Parameters
    ----------
    plan : Plan
        Before the change.
    facts : mapping
        Those that stand now, with their days.
    gone : collection of str
        What no longer needs to be remembered.
    today : date
        What is older than the window of the 110 % rule is forgotten.
    learns : bool
        Whether the change answers to facts; a wish teaches nothing.
    """
    kept = remembered_of(plan)
    if learns:
        kept = {key: Remembered(plan.revision, on) for key, on in facts.items()} | kept
    oldest = today - timedelta(days=int(dose.WINDOW_DAYS_COUNT.value))
    told = {
        key: [fact.revision, fact.on.isoformat()]
        for key, fact in sorted(kept.items())
        if fact.on >= oldest and key not in gone
    }
    return {LOWERED: told} if told else {}


def no_more_than(before: Plan, limits: Limits) -> Limits:
    """Return limits that leave what a plan held before, or what it holds now where that is more."""
    prefix = f"{before.plan_id}-"
    of_session, of_week, stages = dict(limits.of_session), dict[int, float](), dict(limits.stage_of_week)
    for week in before.weeks:
        for workout in week.workouts:
            ending, backward_s = workout.workout_id.removeprefix(prefix), workout.duration_s(Direction.BACKWARD)
            of_session[ending] = max(of_session.get(ending, 0.0), backward_s)
            of_week[week.number] = of_week.get(week.number, 0.0) + backward_s
            stages[week.number] = max(stages.get(week.number, 0), workout.stage)
    weeks = {
        number: max(seconds, of_week.get(number, 0.0)) for number, seconds in (of_week | dict(limits.of_week)).items()
    }
    return replace(
        limits,
        of_session=tuple(of_session.items()),
        of_week=tuple(weeks.items()),
        stage_of_week=tuple((week, stage) for week, stage in stages.items() if stage),
    )


def is_more(plan: Plan, weeks: Iterable[Week]) -> bool:
    """Tell whether weeks hold a session that a plan lacks, a longer one, or one of a higher stage."""
    before = {workout.workout_id: workout for workout in plan.workouts()}
    return any(_is_more(before.get(workout.workout_id), workout) for week in weeks for workout in week.workouts)


def _is_more(before: Workout | None, after: Workout) -> bool:
    if before is None or after.stage > before.stage:
        return True
    return after.duration_s(Direction.BACKWARD) > before.duration_s(Direction.BACKWARD) + SAME_S
