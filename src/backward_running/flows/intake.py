"""Take files in: read, understand, keep, and say in one sentence what came of each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from backward_running import formats
from backward_running.core.counting import counted
from backward_running.core.derivation import Lesson
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
    Importing,
    ImportLog,
    JudgedFiles,
    NewRuns,
    Originals,
    TakingIn,
)
from backward_running.core.recording import Recording
from backward_running.core.supplied_metadata import NOTHING_SUPPLIED, SuppliedMetadata
from backward_running.core.work import IN_TURN, Begun, Workers
from backward_running.flows import archive_words, said_on_the_phone, same_run
from backward_running.flows.archive_words import ArchiveWords
from backward_running.flows.deriving import settled
from backward_running.flows.left_out import LeftOut
from backward_running.flows.mounting import contradiction, without_mount
from backward_running.flows.reading import read_as_told
from backward_running.flows.reading_ahead import Ahead, Given, NotOpened, Unpacked
from backward_running.flows.sensors import wear
from backward_running.flows.understanding import Understanding, understand_new
from backward_running.flows.views import ImportReport
from backward_running.signals import contradictions

_LOG = logging.getLogger(__name__)
#: Of the files that wait for the runner to say which column is what, so many of the newest are kept.
MOST_WAITING = 12
_NO_RECORDING = "It holds no recording."
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
) -> Iterator[ImportEntry]:
    """Take many files in, one after the other, and yield what came of each as it happens; last, what was left out.

    A file that could not be opened comes as the sentence that says why. Workers read what comes next while one is
    judged and kept; what is kept, and in which order, does not depend on them.
    """
    left_out, words = LeftOut(), ArchiveWords()
    came = 0

    def begin(key: str, data: bytes) -> Begun[tuple[Recording, ...]]:
        at = IN_TURN if workers.at_once == 0 or store.has_file(key) else workers  # what is here is not read again
        return at.begin(read_as_told, data, told)

    coming = Ahead(files, begin, at_once=workers.at_once)

    def next_read() -> tuple[str, tuple[Recording, ...]] | None:
        found = coming.next_read()
        return None if found is None else (found[0], _with_believed_mounts(words.named(*found))[0])

    understanding = Understanding(workers, next_read)
    try:
        for item in coming:
            if isinstance(item, NotOpened):
                yield refuse(store, item.name, item.why, now=now)
                continue
            entry = _import_one(store, item, now, told, left_out, words, understanding)
            came += entry is not None and entry.status in ("new", "partly")
            entry = _joined_and_said(store, item, entry, now)
            if entry is not None:
                yield entry
        for folded in (archive_words.settle(words, store, now), left_out.entry(now)):
            if folded is not None:
                yield _log(store, folded)
    except StoreFull as problem:
        raise _full_after(problem, came) from problem


def _joined_and_said(store: TakingIn, file: Unpacked, entry: ImportEntry | None, now: datetime) -> ImportEntry | None:
    """Join what came in with the same run from elsewhere, and take what the phone was told; return what is said."""
    joined = None if entry is None else same_run.join(store, entry, now=now)
    told_last = joined or entry or ImportEntry(now, file.name, None, archive_words.LISTED, _NO_RECORDING)
    said = said_on_the_phone.take(store, file.data, told_last, now=now)
    return entry if said is None and joined is None else _log(store, said or told_last)


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
    return _keep(store, name, data, key, read_as_told(data, told), now)


def refuse(store: ImportLog, name: str, why: str, *, now: datetime) -> ImportEntry:
    """Note a file that cannot be read, and why."""
    return _log(store, ImportEntry(now, name, None, "failed", why))


def import_log(store: ImportLog, limit: int = 200) -> list[ImportEntry]:
    """Return the import log, newest first."""
    return store.import_log(limit)


def report(entries: Iterable[ImportEntry]) -> ImportReport:
    """Gather entries into a report."""
    return ImportReport(tuple(entries))


def _import_one(
    store: Importing,
    file: Unpacked,
    now: datetime,
    told: SuppliedMetadata,
    left_out: LeftOut,
    words: ArchiveWords,
    understanding: Understanding,
) -> ImportEntry | None:
    """Take in one unpacked file; None where it is no recording and was only counted, or taken at its word."""
    name, data, key = file.name, file.data, file.key
    try:
        if left_out.take(name, data) or words.take(name, data) or file.reading is None:
            return None
    except UnreadableFile as problem:
        return refuse(store, name, str(problem), now=now)
    if store.has_file(key):
        return _log(store, _same(store, name, key, now, told))
    try:
        recordings = words.named(name, file.reading())
    except BackwardRunningError as problem:
        if isinstance(problem, BrokeOff) and problem.where:
            _LOG.debug("a reader broke off: %s", problem.where)
        return (
            None
            if left_out.take(name, data, problem)
            else _log(store, _not_read(store, name, data, key, now, told, problem))
        )
    except Exception as problem:  # noqa: BLE001 - a fault of a reader costs one file, and not all that come behind it
        # Where it broke, for who mends it; which file it was is told to its runner and to no log.
        _LOG.debug("a reader broke off: %s", told_of(problem))
        what = f"The reader broke off ({type(problem).__name__}); please report the file, the others are not touched."
        return refuse(store, name, what, now=now)
    try:
        return _keep(store, name, data, key, recordings, now, understanding)
    except StoreError:
        raise
    except BackwardRunningError as problem:
        return _log(store, _not_read(store, name, data, key, now, told, problem))


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
    store: Originals,
    name: str,
    data: bytes,
    key: str,
    now: datetime,
    told: SuppliedMetadata,
    problem: BackwardRunningError,
) -> ImportEntry:
    """Say why a file was not read; a table waits for better words about its columns."""
    is_table = isinstance(problem, UnnamedColumns) or (told.columns and formats.columns_of(data) is not None)
    if not is_table or len(data) > LARGEST_WAITING_BYTES:
        return ImportEntry(now, name, key, "failed", str(problem))
    store.keep_waiting(key, name, data, now, most=MOST_WAITING)
    return ImportEntry(now, name, key, "waiting", str(problem))


def _name_of(store: Activities, activity_ids: tuple[str, ...]) -> str:
    return store.row(activity_ids[0]).file_name if activity_ids else "a file"


def _keep(
    store: NewRuns,
    name: str,
    data: bytes,
    key: str,
    recordings: tuple[Recording, ...],
    now: datetime,
    understanding: Understanding | None = None,
) -> ImportEntry:
    if not recordings:
        raise UnreadableFile("This file holds no activity.")
    recordings, doubts = _with_believed_mounts(recordings)
    losses = [*doubts, *(loss for recording in recordings for loss in recording.losses)]
    status = "partly" if losses else "new"
    put_right = [words for recording in recordings for words in contradictions.words(recording)]
    message = " ".join([*(losses or [_what_came(recordings)]), *dict.fromkeys(put_right)])
    entry = ImportEntry(now, name, key, status, message, tuple(recording.activity_id for recording in recordings))

    def attempt() -> Callable[[], None]:
        understood = understand_new(store, name, recordings, understanding or Understanding())
        activities = [(recording, derived.session, derived.row) for recording, derived in understood]
        derived = {
            derived.row.activity_id: (derived.derivation, derived.lesson or Lesson()) for _, derived in understood
        }
        return lambda: store.add_file(key, name, data, activities, entry, derived)

    settled(store, attempt)
    return entry


def _with_believed_mounts(recordings: tuple[Recording, ...]) -> tuple[tuple[Recording, ...], list[str]]:
    """Take back a told mounting that gravity contradicts, and say so: the recording comes in, and can be told again."""
    believed, doubts = [], []
    for recording in recordings:
        told = recording.told
        problem = contradiction(recording.worn_as_told()) if told is not None and told.claims_mount else None
        if problem is not None and told is not None:
            doubts.append(f"Its mounting was not believed: {problem}")
            recording = replace(recording, told=without_mount(told))  # noqa: PLW2901
        believed.append(recording)
    return tuple(believed), list(dict.fromkeys(doubts))


def _what_came(recordings: tuple[Recording, ...]) -> str:
    if len(recordings) > 1:
        return f"{counted(len(recordings), 'activity', 'activities')} came in."
    without = [
        words
        for words, column in (("positions", "latitude_deg"), ("heart rate", "heart_rate_bpm"))
        if recordings[0].stream_with(column) is None
    ]
    return f"It came in, without {' and without '.join(without)}." if without else "It came in."


def _log(store: ImportLog, entry: ImportEntry) -> ImportEntry:
    store.log_import(entry)
    return entry
