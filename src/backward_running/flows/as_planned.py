"""Lay the steps of a session on its recording, where a watch marked none: "I did it as planned". Taken back at once."""

from __future__ import annotations

from datetime import datetime

from backward_running import gait
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.plan import Workout
from backward_running.core.ports import Labelling, Paints
from backward_running.core.session import Paint
from backward_running.flows import paint
from backward_running.flows.steps_fit import why_not

__all__ = ["is_laid", "lay", "take_back", "why_not"]


def lay(store: Labelling, workout: Workout, activity_id: str, *, now: datetime) -> None:
    """Lay the steps of a session on its recording, one after the other from its start, as one stroke of its runner.

    Raises
    ------
    BadValue
        Its length, or its steps, do not allow it.
    NotFound
        There is no such recording.
    """
    row = store.row(activity_id)
    problem = why_not(workout, row)
    if problem is not None:
        raise BadValue("recording", "be as long as the session", round(row.duration_s), problem)
    pattern = gait.planned_pattern((step.duration_s or 0.0, step.direction, step.gait) for step in workout.steps())
    paint.paint(store, activity_id, Paint(0.0, row.duration_s, Direction.BACKWARD, painted_at=now, laps=pattern))


def is_laid(store: Paints, activity_id: str) -> bool:
    """Tell whether the newest label of a recording is that it was done as planned."""
    strokes = store.paints(activity_id)
    return bool(strokes) and gait.is_as_planned(strokes[-1])


def take_back(store: Labelling, activity_id: str) -> None:
    """Take back that it was done as planned: what was known before is known again. Raises NotFound."""
    if not is_laid(store, activity_id):
        raise NotFound("That it was done as planned is not the newest label here; its page takes others back.")
    paint.undo(store, activity_id)
