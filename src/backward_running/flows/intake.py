"""Take files in: read, understand, keep, and say in one sentence what came of each."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import BinaryIO

from backward_running import formats
from backward_running.core.counting import counted
from backward_running.core.derivation import Lesson
from backward_running.core.errors import (
    BackwardRunningError,
    BadValue,
    NotFound,
    StoreError,
    StoreFull,
    UnnamedColumns,
    UnreadableFile,
)
from backward_running.core.faulted import told_of
from backward_running.core.habits import MOST_TRAITS, Pulse
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
from backward_running.flows import archive_words, same_run
from backward_running.flows.analyse import Given as Known
from backward_running.flows.analyse import analyse
from backward_running.flows.archive_words import ArchiveWords
from backward_running.flows.days import clock_in, placed
from backward_running.flows.deriving import Derived, derivation_of, settled, stated_exertion
from backward_running.flows.habits import lesson_of, with_lesson
from backward_running.flows.left_out import LeftOut
from backward_running.flows.mounting import contradiction, without_mount
from backward_running.flows.reading import read_as_told
from backward_running.flows.sensors import wear
from backward_running.flows.spoken import said_of_recording
from backward_running.flows.titles import title_of
from backward_running.flows.views import ImportReport
from backward_running.signals import contradictions

_LOG = logging.getLogger(__name__)
#: What `stat` would call hidden: the operating system's own droppings, never a recording.
IGNORED_NAMES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})

#: Of the files that wait for the runner to say which column is what, so many of the newest are kept.
MOST_WAITING = 12
LARGEST_WAITING_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A table that waits for the runner to say which column is what."""

    key: str
    name: str
    columns: tuple[str, ...]


#: A file in memory, open, or the reason why it could not be opened.
Given = bytes | BinaryIO | str


def import_file(
    store: TakingIn, name: str, data: bytes | BinaryIO, *, now: datetime, told: SuppliedMetadata = NOTHING_SUPPLIED
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

    Raises
    ------
    StoreError
        The memory cannot be written; nothing was changed by the file at hand. Of an archive the files before it are in,
        and the message of StoreFull says how many.
    """
    return tuple(import_many(store, [(name, data)], now=now, told=told))


def import_many(
    store: TakingIn,
    files: Iterable[tuple[str, Given]],
    *,
    now: datetime,
    told: SuppliedMetadata = NOTHING_SUPPLIED,
) -> Iterator[ImportEntry]:
    """Take many files in, one after the other, and yield what came of each as it happens; last, what was left out.

    A file that could not be opened comes as the sentence that says why.
    """
    left_out, words = LeftOut(), ArchiveWords()
    came = 0
    try:
        for name, data in files:
            for entry in _import_each(store, name, data, now, told, left_out, words):
                came += entry.status in ("new", "partly")
                joined = same_run.join(store, entry, now=now)
                yield entry if joined is None else _log(store, joined)
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


def _import_each(
    store: Importing,
    name: str,
    data: Given,
    now: datetime,
    told: SuppliedMetadata,
    left_out: LeftOut,
    words: ArchiveWords,
) -> Iterator[ImportEntry]:
    if PurePosixPath(name).name in IGNORED_NAMES:
        return
    if isinstance(data, str):
        yield refuse(store, name, data, now=now)
        return
    try:
        # Sound files come out of a damaged archive first, its error last: nothing that can be read is lost.
        for inner_name, inner_data in formats.unwrap(name, data):
            entry = _import_one(store, inner_name, inner_data, now, told, left_out, words)
            if entry is not None:
                yield entry
    except StoreError:
        raise
    except BackwardRunningError as problem:
        yield refuse(store, name, str(problem), now=now)
    except OSError as problem:
        yield refuse(store, name, f"It cannot be read: {problem.strerror or problem}.", now=now)


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
    name: str,
    data: bytes,
    now: datetime,
    told: SuppliedMetadata,
    left_out: LeftOut,
    words: ArchiveWords,
) -> ImportEntry | None:
    """Take in one unpacked file; None where it is no recording and was only counted, or taken at its word."""
    try:
        if left_out.take(name, data) or words.take(name, data):
            return None
    except UnreadableFile as problem:
        return refuse(store, name, str(problem), now=now)
    key = hashlib.sha256(data).hexdigest()
    if store.has_file(key):
        return _log(store, _same(store, name, key, now, told))
    try:
        recordings = words.named(name, read_as_told(data, told))
    except BackwardRunningError as problem:
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
        return _keep(store, name, data, key, recordings, now)
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
    store: NewRuns, name: str, data: bytes, key: str, recordings: tuple[Recording, ...], now: datetime
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
        understood = list(_understood(store, name, recordings))
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


def _understood(store: NewRuns, name: str, recordings: tuple[Recording, ...]) -> Iterator[tuple[Recording, Derived]]:
    """Understand the recordings of one file, the oldest first: each is judged and priced by those before it."""
    athlete, habits = store.athlete(), store.habits()
    new: list[Pulse] = []
    for recording in sorted(recordings, key=lambda each: (each.started_at, each.activity_id)):
        worn, clock = store.as_kept(recording).worn_as_told(), clock_in(store, recording)
        kept = store.pulses_before(recording.started_at, recording.activity_id, simulated=recording.simulated)
        pulses = sorted((*kept, *new), key=lambda pulse: (pulse.started_at, pulse.activity_id))[-MOST_TRAITS:]
        said = stated_exertion(store.check_ins_of(recording.activity_id))
        spoken = said_of_recording(store, worn, clock.utc_offset_s, ())
        given = Known(athlete, pulses=pulses, perceived_exertion_cr10=said, said=spoken)
        session, row = analyse(worn, given, habits=habits, title=title_of(recording, clock), file_name=name)
        lesson = lesson_of(habits, worn, session)
        habits = with_lesson(habits, lesson)
        if lesson.pulse is not None and lesson.prices:
            new.append(lesson.pulse)
        yield recording, Derived(session, placed(row, clock), derivation_of(worn, given), lesson)


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
