"""Deleting with a way back: for 30 days a deleted run lies in the trash, whole, and out of every list and sum."""

from __future__ import annotations

from datetime import datetime, timedelta

from backward_running.core.keepsakes import Trashed
from backward_running.core.ports import ActivityRow, Deleting, Trash

#: So long a deleted run can be restored. Our own proposal.
RESTORABLE = timedelta(days=30)


def delete(store: Deleting, activity_id: str, *, now: datetime) -> ActivityRow:
    """Put a run into the trash, and return what it was. Raises NotFound."""
    purge(store, now=now)
    row = store.row(activity_id)
    store.trash_activity(activity_id, now)
    return row


def listed(store: Trash, *, now: datetime) -> tuple[Trashed, ...]:
    """Return what can be restored, newest first; what lay too long is forgotten first."""
    purge(store, now=now)
    return store.trash()


def restore(store: Deleting, activity_id: str) -> ActivityRow:
    """Put a run back as it was, with its labels, notes and file.

    Raises
    ------
    NotFound
        It is not in the trash any more.
    BadValue
        It came in again meanwhile.
    """
    store.restore_activity(activity_id)
    return store.row(activity_id)


def purge(store: Trash, *, now: datetime) -> int:
    """Forget for good what lay in the trash too long, and edits of which nothing is left; return how many were deleted.

    It is asked at every look at the trash: where there is nothing to forget, nothing is changed.
    """
    return store.empty_trash(now - RESTORABLE)


def empty(store: Trash) -> int:
    """Forget for good all that lies in the trash; return how many."""
    return store.empty_trash()


def until(trashed: Trashed) -> datetime:
    """Return until when a run can be restored."""
    return trashed.deleted_at + RESTORABLE
