"""A session that was missed: on which days of its week it may still be done, and moving it there at once."""

from __future__ import annotations

from datetime import date, datetime

from backward_running.core.adaptation import Room
from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan, Wish, WishKind, Workout
from backward_running.core.ports import Coaching, HealthAndPlan
from backward_running.flows import adapt, asking, making


def room(store: HealthAndPlan, situation: asking.Situation, missed: Workout | None, *, now: datetime) -> Room | None:
    """Return the days of its week to which a missed session can move; None where none was missed yet.

    On its own day it is not missed, and its page moves it.
    """
    if missed is None or missed.on >= now.date():
        return None
    return making.room_to_move(store, situation, missed, now=now)


def move(store: Coaching, workout_id: str, to: date, *, now: datetime) -> Plan:
    """Move a session to a day at once, and return the plan.

    Raises
    ------
    BadValue
        A rule forbids it; the hint says which.
    NotFound
        There is no plan that could change, or a red flag stops it.
    """
    made = adapt.ask(store, Wish(WishKind.MOVE, now, workout_id=workout_id, to=to), now=now)
    if made.refused is not None:
        raise BadValue("to", "be a day on which the rules leave room", to, made.refused)
    return adapt.accept(store, made.proposal_id, now=now)
