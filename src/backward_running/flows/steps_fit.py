"""Whether the steps of a session fit a recording of it that shows no direction, and which recording that is."""

from __future__ import annotations

from collections.abc import Sequence

from backward_running.core.adaptation import Done
from backward_running.core.direction import Direction
from backward_running.core.plan import Workout
from backward_running.core.ports import Activities, ActivityRow
from backward_running.evidence import Number, own_proposal

SAME_LENGTH = own_proposal(
    "as_planned.length",
    "The steps of a session are laid on a recording on its runner's word where it is at most a tenth longer or a "
    "twentieth shorter than they are: in one of another length nobody knows where they lie.",
)
SHORTEST_SHARE = Number("as_planned_shortest_share", 0.95, "1", SAME_LENGTH)
LONGEST_SHARE = Number("as_planned_longest_share", 1.1, "1", SAME_LENGTH)


def why_not(workout: Workout, row: ActivityRow) -> str | None:
    """Say why the steps of a session cannot be laid on its recording; None where they can.

    Parameters
    ----------
    workout : Workout
        As planned.
    row : ActivityRow
        Of the recording that was matched to it.

    Returns
    -------
    str or None
        A sentence for the runner.
    """
    steps = tuple(workout.steps())
    if any(step.duration_s is None for step in steps):
        return "Some of its steps are told in metres, so where they lie in time nobody knows: label them by hand."
    if any(step.direction not in (Direction.FORWARD, Direction.BACKWARD) for step in steps):
        return "Some of its steps go neither forward nor backward: label them by hand."
    planned_s = sum(step.duration_s or 0.0 for step in steps)
    share = row.duration_s / planned_s if planned_s else 0.0
    if SHORTEST_SHARE.value <= share <= LONGEST_SHARE.value:
        return None
    than = "shorter" if share < 1 else "longer"
    return (
        f"The recording is {row.duration_s / 60:.0f} min and the session {planned_s / 60:.0f}: much {than}, so where "
        "its steps lie nobody knows. Label them by hand, or say how many minutes you went backward."
    )


def recording_of(store: Activities, workout: Workout | None, done: Sequence[Done]) -> ActivityRow | None:
    """Return the recording of a session that does not show which way its runner went; None where there is none.

    Parameters
    ----------
    store : Activities
        With the recordings.
    workout : Workout or None
        The session; None has none.
    done : sequence of Done
        What was done of the plan, matched to its sessions.
    """
    found = next((each for each in done if workout is not None and each.workout_id == workout.workout_id), None)
    return None if found is None or found.is_said or found.unknown_s <= 0 else store.row(found.activity_id)
