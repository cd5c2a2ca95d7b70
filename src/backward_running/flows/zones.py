"""Time zones by hand: the runner's own, to which the runs move that nobody could place, and that of a single run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backward_running.core.clock import RunClock, ZoneFrom, zone_named
from backward_running.core.errors import BadValue
from backward_running.core.ports import ActivityQuery, ActivityRow, PlacedRuns, Settings
from backward_running.core.recording import Recording
from backward_running.flows.days import (
    ALL,
    ZONE,
    clock_by_hand,
    clock_in,
    kept_clock,
    named_zone,
    own_zone,
    placed,
)
from backward_running.flows.titles import title_of


@dataclass(frozen=True, slots=True)
class OwnZone:
    """The runner's own zone, ready to show."""

    zone: str  #: the one that holds
    named: bool  #: whether the runner named it; otherwise it is the machine's
    moved: int = 0  #: runs that moved to it


def own(store: Settings) -> OwnZone:
    """Return the zone that holds for the runner, and whether they named it."""
    return OwnZone(own_zone(store), named_zone(store) is not None)


def put_zone(store: PlacedRuns, typed: str) -> OwnZone:
    """Keep the runner's own zone; nothing typed goes back to that of the machine.

    Runs whose zone was only the machine's move to the one that is named now. All others stay as they are: who moves
    house has not run elsewhere before.

    Raises
    ------
    BadValue
        There is no such zone; nothing was changed.
    """
    name = zone_named(typed) if typed.strip() else ""
    with store.transaction():
        store.put_setting(ZONE, name)
        moved = _move(store) if name else 0
    return replace(own(store), moved=moved)


def put_zone_of_run(store: PlacedRuns, activity_id: str, typed: str) -> ActivityRow:
    """Put one run on the clock of a zone, with its day and the title that was made from its hour; return its row.

    Nothing typed takes it back: file, position or profile say it again. All days, weeks and rules follow, for they ask
    the row of the run.

    Raises
    ------
    BadValue
        There is no such zone, or the recording states no date; nothing was changed.
    NotFound
        There is no such run.
    """
    name = zone_named(typed) if typed.strip() else None
    recording = store.recording(activity_id)
    if not recording.dated:
        raise BadValue("zone", "belong to a run with a date", typed, "This recording states no date, so no day moves.")
    with store.transaction():
        clock = clock_in(store, recording) if name is None else clock_by_hand(recording, name)
        moved = _on_clock(recording, store.row(activity_id), clock)
        store.put_session(store.session(activity_id), moved)
        store.doubt([activity_id])  # what is said of runs before a day may be said of it now, or no more
    return moved


def _move(store: PlacedRuns) -> int:
    """Move the runs nobody could place."""
    rows = {row.activity_id: row for row in store.activities(ActivityQuery(limit=ALL))}
    unplaced = [key for key, row in rows.items() if row.zone_from is ZoneFrom.MACHINE]
    # They have no positions, so their samples need not be read; one that is damaged is no hindrance.
    for recording in store.recording_heads(unplaced):
        store.put_session(store.session(recording.activity_id), _moved(store, recording, rows[recording.activity_id]))
    store.doubt(unplaced)
    return len(unplaced)


def _moved(store: Settings, recording: Recording, row: ActivityRow) -> ActivityRow:
    return _on_clock(recording, row, clock_in(store, recording))


def _on_clock(recording: Recording, row: ActivityRow, after: RunClock) -> ActivityRow:
    title = title_of(recording, after) if row.title == title_of(recording, kept_clock(row)) else row.title
    return replace(placed(row, after), title=title)
