"""The files of an import, one after the other, archives opened; the next are read while one is at hand."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from backward_running import formats
from backward_running.core.errors import BackwardRunningError, StoreError
from backward_running.core.ports import Packed
from backward_running.core.recording import Recording
from backward_running.core.work import Begun

#: What `stat` would call hidden: the operating system's own droppings, never a recording.
IGNORED_NAMES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
#: So much of what was unpacked lies in memory while it is read ahead: some hundred hours of a watch.
_AHEAD_BYTES = 16_000_000

Recordings = tuple[Recording, ...]
#: A file in memory, open, or the reason why it could not be opened.
Given = bytes | BinaryIO | str


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One file as it came out of its archive, and what waits for it to be read."""

    name: str
    data: bytes
    key: str = ""  #: SHA-256 of the bytes; without, nothing of it is read
    reading: Begun[Packed] | None = None


@dataclass(frozen=True, slots=True)
class NotOpened:
    """A file or an archive of which nothing, or not all, can be had, and why."""

    name: str
    why: str


class Ahead:
    """The files in order, while reading goes on in those behind the one at hand.

    Parameters
    ----------
    files : iterable of (str, Given)
        What came; archives among them are opened.
    begin : callable
        Begins to read a file, by its key and bytes.
    at_once : int
        So many are begun before they are asked for; 0: each when its turn comes.
    """

    def __init__(
        self, files: Iterable[tuple[str, Given]], begin: Callable[[str, bytes], Begun[Packed]], *, at_once: int
    ) -> None:
        self._files, self._begin, self._at_once = files, begin, at_once
        self._waiting: deque[Unpacked | NotOpened] = deque()

    def __iter__(self) -> Iterator[Unpacked | NotOpened]:
        waiting, held_bytes = self._waiting, 0
        for item in _opened(self._files):
            if isinstance(item, Unpacked) and item.data:
                key = hashlib.sha256(item.data).hexdigest()
                item = Unpacked(item.name, item.data, key, self._begin(key, item.data))  # noqa: PLW2901
            waiting.append(item)
            held_bytes += _size(item)
            while waiting and (len(waiting) > self._at_once or held_bytes > _AHEAD_BYTES):
                held_bytes -= _size(waiting[0])
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()

    def next_read(self) -> tuple[str, Recordings] | None:
        """Return name and recordings of what comes behind the file at hand, if that is read already."""
        item = self._waiting[0] if self._waiting else None
        if not isinstance(item, Unpacked) or item.reading is None or not item.reading.is_done:
            return None
        try:
            return item.name, item.reading().recordings
        except Exception:  # noqa: BLE001 - it is told when its turn comes
            return None


def _size(item: Unpacked | NotOpened) -> int:
    return len(item.data) if isinstance(item, Unpacked) else 0


def _opened(files: Iterable[tuple[str, Given]]) -> Iterator[Unpacked | NotOpened]:
    """Open archives. Sound files come out of a damaged one first, its error last: nothing readable is lost."""
    for name, data in files:
        if PurePosixPath(name).name in IGNORED_NAMES:
            continue
        if isinstance(data, str):
            yield NotOpened(name, data)
            continue
        try:
            for inner_name, inner_data in formats.unwrap(name, data):
                yield Unpacked(inner_name, inner_data)
        except StoreError:
            raise
        except BackwardRunningError as problem:
            yield NotOpened(name, str(problem))
        except OSError as problem:
            yield NotOpened(name, f"It cannot be read: {problem.strerror or problem}.")
