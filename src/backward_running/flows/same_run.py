"""The same run from two devices or services counts once: joined where signals bear it out, apart again by one tap.

Joining is an edit like any other (:mod:`backward_running.flows.editing`): what came in lies aside whole, and undoing it
brings both back. What its runner took apart stays apart.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from backward_running import signals
from backward_running.core.errors import NotFound
from backward_running.core.names import COLUMNS
from backward_running.core.ports import Activities, ActivityQuery, ActivityRow, Editing, ImportEntry, Matching
from backward_running.flows import editing
from backward_running.signals.same_run import SameRun

JOINED = "joined"
#: Nobody has more recordings in two days.
_MOST = 60


def join(store: Editing, entry: ImportEntry, *, now: datetime) -> ImportEntry | None:
    """Join each run that came in with the same run from elsewhere; None where there is none.

    Returns
    -------
    ImportEntry or None
        What is to be said instead: with which file it was joined, how alike they are, who leads, what the other lends.
        It names the runs that count now: those that were joined, and what else came in with them.
    """
    counting: list[str] = []
    told: list[str] = []
    for activity_id in entry.activity_ids:
        found = _same_as(store, activity_id)
        if found is None:
            counting += [activity_id] if _row(store, activity_id) is not None else []
            continue
        other, alike = found
        name = store.row(other).file_name
        edit, lent = editing.join_same(store, (other, activity_id), alike, now=now)
        counting.append(edit.results[0])
        told.append(_words(name, alike, own_leads=edit.results[0] == activity_id, lent=lent))
    if not told:
        return None
    words = told[0] if len(told) == 1 else f"{len(told)} of its runs came from elsewhere too. {told[0]}"
    return ImportEntry(now, entry.file_name, entry.file_key, JOINED, words, tuple(dict.fromkeys(counting)))


def _same_as(store: Matching, activity_id: str) -> tuple[str, SameRun] | None:
    """Return the run that is the same, and how alike they are; the most alike first."""
    row = _row(store, activity_id)
    if row is None or not row.on_foot:
        return None
    apart = editing.taken_apart(store)
    near_it = [other for other in near(store, row) if sorted((other.activity_id, activity_id)) not in apart]
    if not near_it:
        return None
    recording = store.recording(activity_id)
    alike = {
        other.activity_id: found
        for other in near_it
        if (
            found := signals.same_run(store.recording(other.activity_id), recording, (other.started_at, row.started_at))
        )
    }
    best = max(alike, key=lambda other_id: alike[other_id].shared_s, default=None)
    return None if best is None else (best, alike[best])


def _row(store: Activities, activity_id: str) -> ActivityRow | None:
    try:
        return store.row(activity_id)
    except NotFound:
        return None  # it lies aside already: joined before


def near(store: Activities, row: ActivityRow) -> list[ActivityRow]:
    """Return the runs that overlap a run in time, from other files."""
    ends_at = row.started_at + timedelta(seconds=row.duration_s)
    day = row.started_at.date()
    query = ActivityQuery(
        since=day - timedelta(days=2), until=day + timedelta(days=2), simulated=row.simulated, on_foot=True, limit=_MOST
    )
    return [
        other
        for other in store.activities(query)
        if other.file_key != row.file_key
        and other.started_at < ends_at
        and row.started_at < other.started_at + timedelta(seconds=other.duration_s)
    ]


def _words(name: str, alike: SameRun, *, own_leads: bool, lent: tuple[str, ...]) -> str:
    told = [f"{alike.shared_s / 60:.0f} min in common"]
    if alike.way_ratio is not None:
        told.append(f"distance within {abs(alike.way_ratio - 1) * 100:.0f} %")
    if alike.lag_s:
        told.append(f"clocks {abs(alike.lag_s):.0f} s apart, put right")
    if alike.drift_s:
        told.append(f"drifting by {abs(alike.drift_s):.0f} s")
    lends = ", ".join(column_words(column) for column in lent) or "nothing more"
    leads, other = ("This file", f"“{name}”") if own_leads else (f"“{name}”", "this file")
    return (
        f"The same run as “{name}” ({'; '.join(told)}): it counts once. {leads} leads, {other} lends {lends}. "
        "Taking the edit back parts them."
    )


def column_words(column: str) -> str:
    """Say what a column holds: "heart rate".

    >>> column_words("heart_rate_bpm")
    'heart rate'
    """
    return column.rpartition("_")[0].replace("_", " ") if column in COLUMNS else column
