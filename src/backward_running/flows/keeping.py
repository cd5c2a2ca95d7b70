"""Keep what came in: several files in one transaction, each of them whole or not at all.

A transaction costs a journey to the disk and some thirty statements, whatever it holds. So files wait until there are
a few. None is told before it is kept, and nothing is judged while a transaction is open: others may write meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from backward_running.core.counting import counted
from backward_running.core.derivation import Lesson
from backward_running.core.errors import BackwardRunningError, StoreError, UnreadableFile
from backward_running.core.ports import (
    Activities,
    ActivityRow,
    ImportEntry,
    Importing,
    NewFile,
    NewRuns,
    Packed,
    TakingIn,
)
from backward_running.core.recording import Recording
from backward_running.flows import said_on_the_phone, same_run
from backward_running.flows.deriving import Derived, settled
from backward_running.flows.mounting import contradiction, without_mount
from backward_running.flows.reading_ahead import Unpacked
from backward_running.flows.understanding import Understanding, understand_new
from backward_running.formats.phone_answers import has_answers
from backward_running.signals import contradictions

#: So many files are kept at once, and none waits longer for the next: a person looks on. Our own.
TOGETHER = 32
_LONGEST_WAIT_S = 1.0
#: A file of so many bytes may take seconds to read.
_LONG_BYTES = 2_000_000
#: Larger ones are kept by themselves: what waits lies in memory.
_WAITING_BYTES = 16_000_000


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """A file that is understood and not kept yet."""

    new: NewFile
    recordings: tuple[Recording, ...]

    @property
    def rows(self) -> list[ActivityRow]:
        return [row for _, _, row in self.new.activities]


@dataclass(slots=True)
class Keeping:
    """What one import holds: files wait in the order in which they came, each understood by those before it."""

    understanding: Understanding
    now: datetime  #: when they came
    waiting: list[_Waiting] = field(default_factory=list)
    since_s: float = 0.0

    def is_due(self, file: Unpacked) -> bool:
        """Say whether what waits is to be kept before a file is looked at: its bytes may wait, or it may take long."""
        if not self.waiting:
            return False
        is_late = time.monotonic() - self.since_s > _LONGEST_WAIT_S
        return is_late or len(file.data) > _LONG_BYTES or any(file.key == each.new.key for each in self.waiting)

    def add(self, waiting: _Waiting) -> bool:
        """Let a file wait; say whether these are enough to be kept."""
        self.since_s = self.since_s if self.waiting else time.monotonic()
        self.waiting.append(waiting)
        held_bytes = sum(len(each.new.data) for each in self.waiting)
        return len(self.waiting) >= TOGETHER or held_bytes > _WAITING_BYTES


def take(store: TakingIn, held: Keeping, file: Unpacked, packed: Packed) -> Iterator[ImportEntry]:
    """Understand a file that was read; keep it when there are several, or at once where it is not alone of its run.

    Parameters
    ----------
    store : TakingIn
        The memory.
    held : Keeping
        What waits.
    file, packed : Unpacked, Packed
        It, and what was read of it.

    Yields
    ------
    ImportEntry
        What came of those that are kept now.
    """
    if not held.waiting and held.understanding.revision != store.revision():
        held.understanding.forget()
    new, recordings = new_file(file, packed, held.now)
    waiting = _Waiting(_made(new, understand_new(store, new.name, recordings, held.understanding)), recordings)
    others = [row for each in held.waiting for row in each.rows]
    is_alone = len(waiting.rows) == 1 and _is_alone(store, waiting.rows[0], others) and not has_answers(file.data)
    is_enough = held.add(waiting)
    if is_alone:
        if is_enough:
            yield from settle(store, held)
        return
    *before, entry = settle(store, held)
    yield from before
    yield joined_and_said(store, file, entry, held.now) or entry


def settle(store: Importing, held: Keeping) -> Iterator[ImportEntry]:
    """Keep all that waits, and yield what came of each.

    Where somebody changed meanwhile what they were understood by, or they cannot be kept together, each is understood
    and kept by itself.
    """
    waiting, held.waiting = held.waiting, []
    if not waiting:
        return
    entries = _kept_together(store, [each.new for each in waiting], held.understanding)
    if entries is not None:
        yield from entries
        return
    held.understanding.forget()
    for each in waiting:
        yield _kept_alone(store, each, held.understanding)


def _kept_together(
    store: NewRuns, files: Sequence[NewFile], understanding: Understanding
) -> tuple[ImportEntry, ...] | None:
    try:
        with store.transaction():
            if store.revision() != understanding.revision:
                return None
            entries = store.add_files(files)
            revision = store.revision()
    except StoreError:
        return None
    understanding.kept_at(revision)
    return entries


def _kept_alone(store: Importing, waiting: _Waiting, understanding: Understanding) -> ImportEntry:
    try:
        return keep_alone(store, waiting.new, waiting.recordings, understanding)
    except StoreError:
        raise
    except BackwardRunningError as problem:
        failed = replace(waiting.new.entry, status="failed", message=str(problem), activity_ids=())
        store.log_import(failed)
        return failed


def _is_alone(store: Activities, row: ActivityRow, others: Sequence[ActivityRow]) -> bool:
    """Say whether no other run, kept or waiting, lies in the same time."""
    return not row.on_foot or not (any(_overlap(row, other) for other in others) or same_run.near(store, row))


def _overlap(row: ActivityRow, other: ActivityRow) -> bool:
    begins_at, ends_at = other.started_at, other.started_at + timedelta(seconds=other.duration_s)
    return begins_at <= row.started_at + timedelta(seconds=row.duration_s) and row.started_at <= ends_at


def keep_alone(
    store: NewRuns, new: NewFile, recordings: tuple[Recording, ...], understanding: Understanding | None = None
) -> ImportEntry:
    """Understand and keep a file by itself, by what is known now; one that came in meanwhile is not judged again."""
    by = understanding or Understanding()

    def attempt() -> Callable[[], ImportEntry]:
        by.forget()
        made = new if store.has_file(new.key) else _made(new, understand_new(store, new.name, recordings, by))
        return lambda: store.add_files([made])[0]

    entry = settled(store, attempt)
    by.forget()
    return entry


def new_file(file: Unpacked, packed: Packed, now: datetime) -> tuple[NewFile, tuple[Recording, ...]]:
    """Say what came of a file that was read; return it with its recordings, and nothing understood of them yet."""
    if not packed.recordings:
        raise UnreadableFile("This file holds no activity.")
    recordings, doubts = with_believed_mounts(packed.recordings)
    losses = [*doubts, *(loss for recording in recordings for loss in recording.losses)]
    put_right = [words for recording in recordings for words in contradictions.words(recording)]
    message = " ".join([*(losses or [_what_came(recordings)]), *dict.fromkeys(put_right)])
    ids = tuple(recording.activity_id for recording in recordings)
    entry = ImportEntry(now, file.name, file.key, "partly" if losses else "new", message, ids)
    return NewFile(file.key, file.name, file.data, (), entry, packed=packed), recordings


def joined_and_said(store: TakingIn, file: Unpacked, entry: ImportEntry | None, now: datetime) -> ImportEntry | None:
    """Join what came in with the same run from elsewhere, and take what the phone was told; return what is said."""
    joined = None if entry is None else same_run.join(store, entry, now=now)
    told_last = joined or entry or ImportEntry(now, file.name, None, "listed", "It holds no recording.")
    said = said_on_the_phone.take(store, file.data, told_last, now=now)
    if said is None and joined is None:
        return entry
    store.log_import(said or told_last)
    return said or told_last


def with_believed_mounts(recordings: tuple[Recording, ...]) -> tuple[tuple[Recording, ...], list[str]]:
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


def _made(new: NewFile, understood: Sequence[tuple[Recording, Derived]]) -> NewFile:
    return replace(
        new,
        activities=tuple((recording, derived.session, derived.row) for recording, derived in understood),
        derived={
            derived.row.activity_id: (derived.derivation, derived.lesson or Lesson()) for _, derived in understood
        },
    )


def _what_came(recordings: tuple[Recording, ...]) -> str:
    if len(recordings) > 1:
        return f"{counted(len(recordings), 'activity', 'activities')} came in."
    without = [
        words
        for words, column in (("positions", "latitude_deg"), ("heart rate", "heart_rate_bpm"))
        if recordings[0].stream_with(column) is None
    ]
    return f"It came in, without {' and without '.join(without)}." if without else "It came in."
