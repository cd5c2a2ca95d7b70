"""Which planned sessions may be done on a treadmill as things stand."""

from __future__ import annotations

from datetime import datetime

from backward_running.core.errors import BadValue, NotFound
from backward_running.core.plan import Place, Workout
from backward_running.core.ports import Coaching
from backward_running.flows import phone
from backward_running.flows.clearing import refuse_while_stopped


def offered(store: Coaching, *, now: datetime) -> tuple[Workout, ...]:
    """Return the sessions of the coming week that were planned for a treadmill and may be done; none without a plan.

    Parameters
    ----------
    store : Coaching
        With the plan and what is known of its runner.
    now : datetime
        The moment, in the runner's zone.

    Returns
    -------
    tuple of Workout
        What was planned for a track is done on one: on a belt it would be another session.

    Raises
    ------
    Stopped
        Something stops the plan, and with it every session.
    """
    try:
        may, _, _ = phone.coming_week(store, now=now)
    except NotFound:
        return ()
    return tuple(workout for workout in may if workout.place is Place.TREADMILL)


def chosen(store: Coaching, workout_id: str, *, now: datetime) -> Workout | None:
    """Return a session by its id or the ending of it; None for an empty id: without a plan.

    Parameters
    ----------
    store : Coaching
        With the plan and what is known of its runner.
    workout_id : str
        As typed.
    now : datetime
        The moment, in the runner's zone.

    Returns
    -------
    Workout or None
        One of :func:`offered`.

    Raises
    ------
    Stopped
        Something stops the plan, and with it every session.
    BadValue
        None of those that are offered is called so.
    """
    refuse_while_stopped(store, now.date())
    if not workout_id:
        return None
    may = offered(store, now=now)
    found = [workout for workout in may if workout.workout_id.endswith(workout_id)]
    if len(found) != 1:
        known = ", ".join(workout.workout_id for workout in may) or "there is none this week"
        raise BadValue("session", "be one that is planned for a treadmill and open now", workout_id, f"{known}.")
    return found[0]
