"""What of all the runner said of whole recordings is about one of them."""

from __future__ import annotations

from collections.abc import Sequence

from backward_running import gait
from backward_running.core.clock import day_at
from backward_running.core.direction import Direction
from backward_running.core.ports import PlansAndWords, SaidSessions
from backward_running.core.recording import Recording
from backward_running.core.session import Paint
from backward_running.core.statement import RunFacts, Statement, said_of


def said_of_recording(
    store: PlansAndWords, recording: Recording, utc_offset_s: int | None, paints: Sequence[Paint]
) -> Direction | None:
    """Return which way the runner says a recording went as a whole; None where they say nothing of it.

    Parameters
    ----------
    store : PlansAndWords
        With the statements, and with the plan, where a statement leaves out what was planned backward.
    recording : Recording
        Its streams are not read.
    utc_offset_s : int or None
        Of the clock of where it was.
    paints : sequence of Paint
        The runner's labels in it.
    """
    if not recording.on_foot:
        return None
    statements = store.statements()
    return said_of(statements, _facts(store, recording, utc_offset_s, paints)) if any_hold(statements) else None


def any_hold(statements: Sequence[Statement]) -> bool:
    """Tell whether anything that was said was not taken back."""
    return any(statement.holds for statement in statements)


def _facts(store: SaidSessions, recording: Recording, utc_offset_s: int | None, paints: Sequence[Paint]) -> RunFacts:
    on = day_at(recording.started_at, utc_offset_s) if recording.dated else None
    device = recording.device

    def expects_backward() -> bool:
        if any(stroke.direction is Direction.BACKWARD for stroke in paints) or gait.claims_backward(recording):
            return True
        plan = store.plan()
        planned = plan.workouts() if plan is not None and plan.simulated == recording.simulated else ()
        return any(workout.on == on and workout.duration_s(Direction.BACKWARD) > 0 for workout in planned) or any(
            word.on == on and word.backward_s > 0 and word.simulated == recording.simulated
            for word in store.said_done()
        )

    return RunFacts(
        recording.activity_id,
        on,
        recording.simulated,
        lambda: " ".join(filter(None, (device.maker, device.product))),
        expects_backward,
    )
