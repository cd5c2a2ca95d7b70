"""The runner's own days: the store counts in UTC, a day on the screen is the one where the runner was."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from backward_running.core.load import LoadRow
from backward_running.core.ports import ActivityRow

#: More activities than a person can have in any period; the sums need all of them.
ALL = 1_000_000


def local_start(row: ActivityRow | LoadRow) -> datetime:
    """Return when an activity began on the runner's clock; the machine's zone where the file does not say."""
    zone = None if row.utc_offset_s is None else timezone(timedelta(seconds=row.utc_offset_s))
    return row.started_at.astimezone(zone)


def local_day(row: ActivityRow | LoadRow) -> date:
    """Return the day on which an activity began, where the runner was."""
    return local_start(row).date()
