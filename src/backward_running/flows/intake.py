"""Take files in: read, understand, keep, and say in one sentence what came of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import PurePosixPath

from backward_running import formats
from backward_running.core.errors import BackwardRunningError, StoreError, UnreadableFile
from backward_running.core.ports import ImportEntry, Store
from backward_running.core.recording import Recording
from backward_running.flows.analyse import analyse
from backward_running.flows.habits import learned
from backward_running.flows.views import ImportReport

#: What `stat` would call hidden: the operating system's own droppings, never a recording.
IGNORED_NAMES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})

PARTS_OF_DAY = ((5, "Night"), (11, "Morning"), (14, "Midday"), (18, "Afternoon"), (22, "Evening"), (24, "Night"))
DONE = {"running": "run", "walking": "walk", "hiking": "hike", "cycling": "ride", "swimming": "swim"}


def import_file(store: Store, name: str, data: bytes, *, now: datetime) -> tuple[ImportEntry, ...]:
    """Take one file in; an archive gives one entry for each file in it.

    Every entry is in the import log afterwards. A file that cannot be read changes nothing else.

    Raises
    ------
    StoreError
        The memory cannot be written; nothing was changed by the file at hand.
    """
    if PurePosixPath(name).name in IGNORED_NAMES:
        return ()
    entries: list[ImportEntry] = []
    try:
        # Sound files come out of a damaged archive first, its error last: nothing that can be read is lost.
        for inner_name, inner_data in formats.unwrap(name, data):
            entries.append(_import_one(store, inner_name, inner_data, now))
    except StoreError:
        raise
    except BackwardRunningError as problem:
        entries.append(_log(store, ImportEntry(now, name, None, "failed", str(problem))))
    if not entries:
        entries.append(_log(store, ImportEntry(now, name, None, "failed", "This archive holds no files.")))
    return tuple(entries)


def import_many(store: Store, files: Iterable[tuple[str, bytes]], *, now: datetime) -> Iterator[ImportEntry]:
    """Take many files in, one after the other, and yield what came of each as it happens."""
    for name, data in files:
        yield from import_file(store, name, data, now=now)


def import_log(store: Store, limit: int = 200) -> list[ImportEntry]:
    """Return the import log, newest first."""
    return store.import_log(limit)


def report(entries: Iterable[ImportEntry]) -> ImportReport:
    """Gather entries into a report."""
    return ImportReport(tuple(entries))


def _import_one(store: Store, name: str, data: bytes, now: datetime) -> ImportEntry:
    key = hashlib.sha256(data).hexdigest()
    if store.has_file(key):
        ids = store.activity_ids_of(key)
        message = f"Same as {_name_of(store, ids)}, which is already here; nothing was changed."
        return _log(store, ImportEntry(now, name, key, "same", message, ids))
    try:
        recordings = formats.read(data)
    except BackwardRunningError as problem:
        return _log(store, ImportEntry(now, name, key, "failed", str(problem)))
    try:
        return _keep(store, name, data, key, recordings, now)
    except StoreError:
        raise
    except BackwardRunningError as problem:
        return _log(store, ImportEntry(now, name, key, "failed", str(problem)))


def _name_of(store: Store, activity_ids: tuple[str, ...]) -> str:
    return store.row(activity_ids[0]).file_name if activity_ids else "a file"


def _keep(
    store: Store, name: str, data: bytes, key: str, recordings: tuple[Recording, ...], now: datetime
) -> ImportEntry:
    if not recordings:
        raise UnreadableFile("This file holds no activity.")
    athlete, habits = store.athlete(), store.habits()
    activities = []
    for recording in recordings:
        session, row = analyse(recording, athlete, habits=habits, title=title_of(recording), file_name=name)
        habits = learned(habits, recording, session)
        activities.append((recording, session, row))
    losses = [loss for recording in recordings for loss in recording.losses]
    status = "partly" if losses else "new"
    message = " ".join(losses) if losses else _what_came(recordings)
    entry = ImportEntry(now, name, key, status, message, tuple(recording.activity_id for recording in recordings))
    store.add_file(key, name, data, activities, entry)
    store.put_habits(habits)
    return entry


def _what_came(recordings: tuple[Recording, ...]) -> str:
    if len(recordings) > 1:
        return f"{len(recordings)} activities came in."
    without = [
        words
        for words, column in (("positions", "latitude_deg"), ("heart rate", "heart_rate_bpm"))
        if recordings[0].stream_with(column) is None
    ]
    return f"It came in, without {' and without '.join(without)}." if without else "It came in."


def _log(store: Store, entry: ImportEntry) -> ImportEntry:
    store.log_import(entry)
    return entry


def title_of(recording: Recording) -> str:
    """Return the title the file gives, or make one from the local time of day and the sport.

    A file that does not say its time zone gets the machine's.
    """
    if recording.title and recording.title.strip():
        return recording.title.strip()[:120]
    zone = None if recording.utc_offset_s is None else timezone(timedelta(seconds=recording.utc_offset_s))
    hour = recording.started_at.astimezone(zone).hour
    part_of_day = next(words for end, words in PARTS_OF_DAY if hour < end)
    if recording.indoor and recording.on_foot:
        return f"{part_of_day} treadmill"
    return f"{part_of_day} {DONE.get(recording.sport or '', recording.sport or 'activity')}".replace("_", " ")
