"""Which runs of unknown direction are sessions of the plan: of these is asked how much was backward, not which way."""

from __future__ import annotations

from collections.abc import Sequence

from backward_running.core.direction import Direction
from backward_running.core.plan import Workout
from backward_running.core.ports import ActivityRow, PlannedAndDone
from backward_running.flows import match
from backward_running.flows.days import local_day


def sessions_among(store: PlannedAndDone, asks: Sequence[ActivityRow]) -> dict[str, Workout]:
    """Return, by recording, the session with backward steps that a run of unknown direction was matched to.

    Parameters
    ----------
    store : PlannedAndDone
        With the plan and the recordings.
    asks : sequence of ActivityRow
        Runs of which nobody knows which way they went.
    """
    plan = store.plan()
    if plan is None or not asks:
        return {}
    planned = {workout.workout_id: workout for workout in plan.workouts() if workout.duration_s(Direction.BACKWARD) > 0}
    asked = {row.activity_id for row in asks}
    days = [local_day(row) for row in asks]
    found = match.matched(store, since=max(min(days), plan.weeks[0].starts_on), until=max(days)) if plan.weeks else ()
    return {
        session.activity_id: planned[session.workout_id]
        for session in found
        if session.activity_id in asked and session.workout_id in planned
    }
