"""A run written down by hand, and what else says that a session was done: a check-in after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backward_running.core.adaptation import Done, SaidDone
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan, WishKind, Workout
from backward_running.core.ports import Coaching
from backward_running.flows import asking, said_done


@dataclass(frozen=True, slots=True)
class ByHand:
    """A run as it is written down."""

    on: date
    backward_s: float
    forward_s: float = 0.0
    distance_m: float | None = None
    place: str | None = None
    effort_cr10: float | None = None  #: how hard it felt, 0 to 10

    def __post_init__(self) -> None:
        if self.effort_cr10 is not None and not 0 <= self.effort_cr10 <= 10:
            raise BadValue("effort", "lie between 0 and 10", self.effort_cr10, "Write how hard it was, from 0 to 10.")


def write_down(store: Coaching, run: ByHand, *, now: datetime) -> SaidDone:
    """Keep a run that has no recording; on the day of a session that is open it is that session.

    Raises
    ------
    BadValue
        The day is to come; a time or a distance is none.
    """
    session = open_session(store, run.on) if run.backward_s > 0 else None
    if session is not None:
        said = said_done.say_done(store, session, now=now, on=run.on, backward_s=run.backward_s)
    else:
        said = said_done.say_extra(
            store,
            now=now,
            on=run.on,
            backward_s=run.backward_s,
            forward_s=run.forward_s,
            distance_m=run.distance_m,
            place=run.place,
        )
    if run.effort_cr10 is not None:
        of_it = said_done.word_id(said.workout_id)
        store.add_check_in(CheckIn(now, Moment.AFTER, activity_id=of_it, perceived_exertion_cr10=run.effort_cr10))
    return said


def counts_as_done(store: Coaching, check_in: CheckIn, *, now: datetime) -> SaidDone | None:
    """Let a check-in after a session that nothing else speaks of say that it was done, as it was planned.

    It does not where it tells of anything that may have ended the session early: a fall, a session broken off, a
    warning sign. Then how much was done is asked.
    """
    broken = check_in.fell or check_in.broke_off or check_in.red_flags or check_in.concussion_signs
    if check_in.moment is not Moment.AFTER or check_in.activity_id is not None or broken:
        return None
    on = check_in.on or now.date()
    session = open_session(store, on)
    return None if session is None else said_done.say_done(store, session, now=now, on=on)


def open_session(store: Coaching, on: date) -> Workout | None:
    """Return the session planned for a day of which neither a recording nor a word says how much was done."""
    situation = asking.situation(store, on)
    if situation is None or situation.stopped:
        return None
    answered = said_done.not_done(store)
    return next(
        (session for session in open_sessions(situation.plan, situation.done, answered) if session.on == on), None
    )


def open_sessions(plan: Plan, done: Sequence[Done], answered: frozenset[str]) -> list[Workout]:
    """Return the sessions with backward steps of which nobody knows how much was done, in the order of the plan.

    Parameters
    ----------
    plan : Plan
        The plan.
    done : sequence of Done
        What was done of it. A recording that shows no direction leaves its session open.
    answered : frozenset of str
        Sessions that were said not to be done.
    """
    shown = {
        session.workout_id for session in done if session.is_said or session.backward_s > 0 or session.unknown_s <= 0
    }
    left_out = {wish.workout_id for wish in plan.wishes if wish.kind is WishKind.SKIP}
    settled = shown | left_out | answered
    return [
        workout
        for workout in plan.workouts()
        if workout.workout_id not in settled and workout.duration_s(Direction.BACKWARD) > 0
    ]
