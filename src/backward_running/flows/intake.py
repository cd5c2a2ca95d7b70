"""Take files in: read, understand, keep, and say in one sentence what came of each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import BinaryIO

from backward_running import formats
from backward_running.core.counting import counted
from backward_running.core.errors import (
    BackwardRunningError,
    BadValue,
    BrokeOff,
    NotFound,
    StoreError,
    StoreFull,
    UnnamedColumns,
    UnreadableFile,
)
from backward_running.core.faulted import told_of
from backward_running.core.ports import (
    Activities,
    ImportEntry,
    ImportLog,
    JudgedFiles,
    NewRuns,
    Originals,
    Packed,
    TakingIn,
)
from backward_running.core.recording import Recording
from backward_running.core.supplied_metadata import NOTHING_SUPPLIED, SuppliedMetadata
from backward_running.core.work import IN_TURN, Begun, Workers
from backward_running.flows import archive_words
from backward_running.flows.archive_words import ArchiveWords
from backward_running.flows.keeping import (
    Keeping,
    joined_and_said,
    keep_alone,
    new_file,
    settle,
    take,
    with_believed_mounts,
)
from backward_running.flows.left_out import LeftOut
from backward_running.flows.reading import read_and_pack
from backward_running.flows.reading_ahead import Ahead, Given, NotOpened, Unpacked
from backward_running.flows.same_run import JOINED
from backward_running.flows.sensors import wear
from backward_running.flows.understanding import Understanding
from backward_running.flows.views import ImportReport

_LOG = logging.getLogger(__name__)
#: Of the files that wait for the runner to say which column is what, so many of the newest are kept.
MOST_WAITING = 12
LARGEST_WAITING_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A table that waits for the runner to say which column is what."""

    key: str
    name: str
    columns: tuple[str, ...]


def import_file(
    store: TakingIn,
    name: str,
    data: bytes | BinaryIO,
    *,
    now: datetime,
    told: SuppliedMetadata = NOTHING_SUPPLIED,
    workers: Workers = IN_TURN,
) -> tuple[ImportEntry, ...]:
    """Take one file in; an archive gives one entry for each file in it, and one for all that is no recording.

    Every entry is in the import log afterwards. A file that cannot be read changes nothing else. A table whose columns
    nobody named waits in the store, and comes in when :func:`import_waiting` is told what they are.

    Parameters
    ----------
    store : Importing
        The memory.
    name, data : str, bytes or binary file
        The file, in memory or open for reading and seeking.
    now : datetime
        When it came.
    told : SuppliedMetadata
        What the runner says of the files and they do not: kept beside each recording.
    workers : Workers
        Where files are read and judged; without, here.

    Raises
    ------
    StoreError
        The memory cannot be written; nothing was changed by the file at hand. Of an archive the files before it are in,
        and the message of StoreFull says how many.
    """
    return tuple(import_many(store, [(name, data)], now=now, told=told, workers=workers))


def import_many(
    store: TakingIn,
    files: Iterable[tuple[str, Given]],
    *,
    now: datetime,
    told: SuppliedMetadata = NOTHING_SUPPLIED,
    workers: Workers = IN_TURN,
    goes_on: Callable[[], bool] = lambda: True,
) -> Iterator[ImportEntry]:
    """Take many files in, one after the other, and yield what came of each as it happens; last, what was left out.

    A file that could not be opened comes as the sentence that says why. Workers read what comes next while one is
    judged and kept; what is kept, and in which order, does not depend on them. `goes_on` is asked before each file: it
    may wait, and where it says no, that file and all behind it stay outside.
    """
    left_out, words = LeftOut(), ArchiveWords()
    came = 0

    def begin(key: str, data: bytes) -> Begun[Packed]:
        at = IN_TURN if workers.at_once == 0 or store.has_file(key) else workers  # what is here is not read again
        return at.begin(read_and_pack, data, told, store.packing)

    coming = Ahead(files, begin, at_once=workers.at_once)

    def next_read() -> tuple[str, tuple[Recording, ...]] | None:
        found = coming.next_read()
        return None if found is None else (found[0], with_believed_mounts(words.named(*found))[0])

    held = Keeping(Understanding(workers, next_read), now)
    wanted = takewhile(lambda _: goes_on(), coming)
    taken = (entry for item in wanted for entry in _taken(store, item, told, left_out, words, held))
    try:
        for entries in (taken, settle(store, held)):
            for entry in entries:
                came += entry.status in ("new", "partly", JOINED)
                yield entry
        for folded in (archive_words.settle(words, store, now), left_out.entry(now)):
            if folded is not None:
                yield _log(store, folded)
    except StoreFull as problem:
        raise _full_after(problem, came) from problem


def _full_after(problem: StoreFull, came: int) -> StoreFull:
    """Say of a full disk what is in, for an import of many files is not one change."""
    if not came:
        return problem
    return StoreFull(
        f"The disk is full. {counted(came, 'file')} of this import came in before that and stay; of the file at hand "
        "nothing was changed. Make room and import again: what is here is known by its bytes."
    )


def waiting_file(store: Originals, key: str) -> WaitingFile:
    """Return a file that waits for its columns to be named. Raises NotFound where none does."""
    if store.has_file(key):
        raise NotFound("This file is in already; the list of runs shows it.")
    try:
        name, data = store.original(key)
    except NotFound as problem:
        raise NotFound("This file is not kept any more; import it again.") from problem
    return WaitingFile(key, name, formats.columns_of(data) or ())


def import_waiting(store: NewRuns, key: str, told: SuppliedMetadata, *, now: datetime) -> ImportEntry:
    """Take a file in that waited, now that the runner says what its columns are.

    Raises
    ------
    NotFound
        No such file waits.
    BadValue
        What was told cannot be: a column, a unit, a rate. The file goes on waiting.
    UnreadableFile
        The numbers contradict what was told. The file goes on waiting.
    """
    name = waiting_file(store, key).name
    data = store.original(key)[1]
    new, recordings = new_file(Unpacked(name, data, key), read_and_pack(data, told, store.packing), now)
    return keep_alone(store, new, recordings)


def refuse(store: ImportLog, name: str, why: str, *, now: datetime) -> ImportEntry:
    """Note a file that cannot be read, and why."""
    return _log(store, ImportEntry(now, name, None, "failed", why))


def import_log(store: ImportLog, limit: int = 200) -> list[ImportEntry]:
    """Return the import log, newest first."""
    return store.import_log(limit)


def report(entries: Iterable[ImportEntry]) -> ImportReport:
    """Gather entries into a report."""
    return ImportReport(tuple(entries))


def _taken(
    store: TakingIn,
    item: Unpacked | NotOpened,
    told: SuppliedMetadata,
    left_out: LeftOut,
    words: ArchiveWords,
    held: Keeping,
) -> Iterator[ImportEntry]:
    """Take in one unpacked file; yield what came of it and of those before it that waited for it."""
    now = held.now
    if isinstance(item, NotOpened):
        yield from settle(store, held)
        yield refuse(store, item.name, item.why, now=now)
        return
    if held.is_due(item):
        yield from settle(store, held)
    came = _looked_at(store, item, now, told, left_out, words)
    if isinstance(came, Packed):
        try:
            yield from take(store, held, item, came)
            return
        except StoreError:
            raise
        except BackwardRunningError as problem:
            came = _not_read(store, item, now, told, problem)
    if came is not None:
        yield from settle(store, held)
        store.log_import(came)
    entry = joined_and_said(store, item, came, now)
    if entry is not None:
        yield entry


def _looked_at(
    store: JudgedFiles, file: Unpacked, now: datetime, told: SuppliedMetadata, left_out: LeftOut, words: ArchiveWords
) -> Packed | ImportEntry | None:
    """Return what was read of a file, or what is said of it; None where it was counted, or taken at its word."""
    name, data = file.name, file.data
    try:
        if left_out.take(name, data) or words.take(name, data) or file.reading is None:
            return None
    except UnreadableFile as problem:
        return ImportEntry(now, name, None, "failed", str(problem))
    if store.has_file(file.key):
        return _same(store, name, file.key, now, told)
    try:
        packed = file.reading()
        return replace(packed, recordings=words.named(name, packed.recordings))
    except BackwardRunningError as problem:
        if isinstance(problem, BrokeOff) and problem.where:
            _LOG.debug("a reader broke off: %s", problem.where)
        return None if left_out.take(name, data, problem) else _not_read(store, file, now, told, problem)
    except Exception as problem:  # noqa: BLE001 - a fault of a reader costs one file, and not all that come behind it
        # Where it broke, for who mends it; which file it was is told to its runner and to no log.
        _LOG.debug("a reader broke off: %s", told_of(problem))
        what = f"The reader broke off ({type(problem).__name__}); please report the file, the others are not touched."
        return ImportEntry(now, name, None, "failed", what)


def _same(store: JudgedFiles, name: str, key: str, now: datetime, told: SuppliedMetadata) -> ImportEntry:
    """These bytes are here: nothing is taken in twice, but what is new of where the sensor sat is taken over."""
    ids = store.activity_ids_of(key)
    if not ids:
        message = (
            "These bytes are here already: their run was joined with the same run from elsewhere, or it was edited and "
            "lies in the trash; restore it from there."
        )
        return ImportEntry(now, name, key, "same", message)
    message = f"Same as {_name_of(store, ids)}, which is already here; "
    changed = False
    for activity_id in ids if told.of_sensors else ():
        before = store.recording(activity_id).told or NOTHING_SUPPLIED
        place = before.place if told.place is None else told.place
        known = told.mount_known if told.mount_known is not None or told.axes is not None else before.mount_known
        axes = before.axes if told.axes is None and told.mount_known is None else told.axes
        try:
            changed |= wear(store, activity_id, place, mount_known=known, axes=axes)
        except BadValue as problem:
            return ImportEntry(now, name, key, "same", f"{message}nothing was changed: {problem}", ids)
    message += "what you say of its sensor was taken over." if changed else "nothing was changed."
    return ImportEntry(now, name, key, "same", message, ids)


def _not_read(
    store: Originals, file: Unpacked, now: datetime, told: SuppliedMetadata, problem: BackwardRunningError
) -> ImportEntry:
    """Say why a file was not read; a table waits for better words about its columns."""
    is_table = isinstance(problem, UnnamedColumns) or (told.columns and formats.columns_of(file.data) is not None)
    if not is_table or len(file.data) > LARGEST_WAITING_BYTES:
        return ImportEntry(now, file.name, file.key, "failed", str(problem))
    store.keep_waiting(file.key, file.name, file.data, now, most=MOST_WAITING)
    return ImportEntry(now, file.name, file.key, "waiting", str(problem))


def _name_of(store: Activities, activity_ids: tuple[str, ...]) -> str:
    return store.row(activity_ids[0]).file_name if activity_ids else "a file"


def _log(store: ImportLog, entry: ImportEntry) -> ImportEntry:
    store.log_import(entry)
    return entry
