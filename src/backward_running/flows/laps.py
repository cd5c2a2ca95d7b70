"""What the runner states about laps: "every second one was backward". Kept as one stroke of paint."""

from __future__ import annotations

from datetime import datetime

from backward_running import gait
from backward_running.core.direction import Direction
from backward_running.core.ports import Labelling
from backward_running.core.session import Paint
from backward_running.flows.paint import paint
from backward_running.flows.views import ActivityPage

CLEAR = gait.CLEAR


def state_laps(store: Labelling, activity_id: str, pattern: str, *, now: datetime) -> ActivityPage:
    """Lay a pattern of laps over an activity, or take what was stated of the laps back.

    Parameters
    ----------
    store : Labelling
        Where the activity is.
    activity_id : str
        Of the activity.
    pattern : str
        ``odd-backward``, ``even-backward``, ``2,4,7-backward``, … (``gait.with_stated_laps``), or ``clear``.
    now : datetime
        When it was said.

    Returns
    -------
    ActivityPage
        It is one stroke of the runner's hand, whatever the number of laps: one undo takes it back, and a clearing too.

    Raises
    ------
    BadValue
        The pattern cannot be understood, or names a lap that is not there.
    NotEnoughData
        The recording has no laps.
    NotFound
        There is no such activity.
    """
    pattern = pattern.strip().replace(" ", "").lower()
    recording = store.recording(activity_id)
    if pattern != CLEAR:
        gait.with_stated_laps(recording, pattern)  # refuses before anything is kept
    direction = Direction.UNKNOWN if pattern == CLEAR else Direction(pattern.rpartition("-")[2])
    stroke = Paint(0.0, store.row(activity_id).duration_s, direction, painted_at=now, laps=pattern)
    return paint(store, activity_id, stroke)
