"""The runner's own hand: label a stretch, take it back. What was detected stays as it was."""

from __future__ import annotations

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.ports import Store
from backward_running.core.session import Paint
from backward_running.flows.activity import activity_page
from backward_running.flows.analyse import analyse_again
from backward_running.flows.views import ActivityPage

#: What a runner may say of a stretch. Stillness is seen by the device, not told.
PAINTABLE = (Direction.FORWARD, Direction.BACKWARD, Direction.SIDEWAYS, Direction.UNKNOWN)


def paint(store: Store, activity_id: str, stroke: Paint) -> ActivityPage:
    """Lay one stroke over the activity and understand it anew.

    Raises
    ------
    BadValue
        The stroke lies outside the recording, or paints something that is not a direction of travel.
    NotFound
        There is no such activity.
    """
    row = store.row(activity_id)
    if stroke.direction not in PAINTABLE:
        raise BadValue("direction", "be forward, backward, sideways or unknown", stroke.direction.value)
    if not 0 <= stroke.start_s < stroke.end_s <= row.duration_s + 1:
        raise BadValue(
            "stretch",
            f"lie between 0 and {row.duration_s:.0f} s and end after it starts",
            (stroke.start_s, stroke.end_s),
        )
    store.add_paint(activity_id, stroke)
    analyse_again(store, activity_id)
    return activity_page(store, activity_id)


def undo(store: Store, activity_id: str) -> ActivityPage:
    """Take the newest stroke back; where there is none, nothing happens. Raises NotFound."""
    if store.undo_paint(activity_id) is not None:
        analyse_again(store, activity_id)
    return activity_page(store, activity_id)
