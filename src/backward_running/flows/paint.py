"""The runner's own hand: label a stretch, take it back. What was detected stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.ports import Judging, Labelling
from backward_running.core.session import Bout, Paint
from backward_running.flows.activity import activity_page
from backward_running.flows.deriving import derive, keep_derived, settled
from backward_running.flows.views import ActivityPage

#: What a runner may say of a stretch. Stillness is seen by the device, not told.
PAINTABLE = (Direction.FORWARD, Direction.BACKWARD, Direction.SIDEWAYS, Direction.UNKNOWN)
SLIVER_S = 1.0  #: what is shorter reads 0:00 on the page, and is less than a sample of a watch


def paint(store: Labelling, activity_id: str, stroke: Paint) -> ActivityPage:
    """Lay one stroke over the activity and understand it anew.

    Raises
    ------
    BadValue
        The stroke lies outside the recording, or paints something that is not a direction of travel.
    NotFound
        There is no such activity.
    """
    _check(stroke, store.row(activity_id).duration_s)
    settled(store, lambda: _painting(store, activity_id, stroke))
    return activity_page(store, activity_id)


def _painting(store: Judging, activity_id: str, stroke: Paint) -> Callable[[], None]:
    """Work out what a stroke makes of an activity; return what keeps both."""
    session = store.session(activity_id)
    if not stroke.laps:
        bouts = [bout.bout for bout in session.bouts]
        stroke = without_slivers(stroke, bouts, store.row(activity_id).duration_s)
    after = derive(store, activity_id, found=session.found, paints=(*store.paints(activity_id), stroke))

    def keep() -> None:
        store.add_paint(activity_id, stroke)
        keep_derived(store, after)

    return keep


def _check(stroke: Paint, duration_s: float) -> None:
    if stroke.direction not in PAINTABLE:
        raise BadValue("direction", "be forward, backward, sideways or unknown", stroke.direction.value)
    if not 0 <= stroke.start_s < stroke.end_s <= duration_s + 1:
        stretch = (stroke.start_s, stroke.end_s)
        raise BadValue("stretch", f"lie between 0 and {duration_s:.0f} s and end after it starts", stretch)


def without_slivers(stroke: Paint, bouts: Sequence[Bout], duration_s: float) -> Paint:
    """Let a stroke swallow what it would leave of a bout at its ends, where that is shorter than a second.

    A person who types 1:06 means the border that the page shows as 1:06, and nobody means a bout of 0:00.

    >>> from backward_running.core.session import Bout
    >>> bouts = [Bout(0.0, 65.6, Direction.FORWARD, None, 0.9, "x"), Bout(65.6, 97.3, Direction.STILL, None, 0.9, "x")]
    >>> whole = without_slivers(Paint(66.0, 97.0, Direction.BACKWARD), bouts, 97.3)
    >>> whole.start_s, whole.end_s
    (65.6, 97.3)
    """
    start_s, end_s = stroke.start_s, min(stroke.end_s, duration_s)
    for bout in bouts:
        if bout.start_s < start_s < bout.end_s and start_s - bout.start_s < SLIVER_S:
            start_s = bout.start_s
        if bout.start_s < end_s < bout.end_s and bout.end_s - end_s < SLIVER_S:
            end_s = bout.end_s
    return replace(stroke, start_s=start_s, end_s=end_s) if end_s > start_s else stroke


def undo(store: Labelling, activity_id: str) -> ActivityPage:
    """Take the newest stroke back; where there is none, nothing happens. Raises NotFound."""
    settled(store, lambda: _undoing(store, activity_id))
    return activity_page(store, activity_id)


def _undoing(store: Judging, activity_id: str) -> Callable[[], None]:
    """Work out what an activity is without its newest stroke; return what takes it back."""
    paints = store.paints(activity_id)
    if not paints:
        return lambda: None
    after = derive(store, activity_id, found=store.session(activity_id).found, paints=paints[:-1])

    def keep() -> None:
        store.undo_paint(activity_id)
        keep_derived(store, after)

    return keep
