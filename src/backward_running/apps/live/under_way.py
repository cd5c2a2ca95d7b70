"""The file into which a live room is written while it goes on, and what is done with one that a death left behind.

A file is touched at least every few seconds while its room is open. One that lay untouched for longer belongs to nobody
any more: it is taken in like any recording, and deleted once it is in.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from backward_running.core.errors import BackwardRunningError, NotFound, StoreError
from backward_running.core.ports import ImportEntry, Store
from backward_running.core.work import IN_TURN, Workers
from backward_running.flows import intake
from backward_running.store import private

FOLDER = "backward.live"
#: Our own proposals: how much a death may cost, and after which silence a room is dead.
WRITTEN_EVERY_S, DEAD_AFTER_S = 3.0, 30.0
#: Rooms of this very process: however long a machine slept, they are alive.
_OPEN: set[Path] = set()
_NAME = re.compile(r"(?P<person>[A-Za-z0-9_-]{1,64})\.(?P<token>[0-9a-f]{16})\.jsonl")


class UnderWay:
    """One room's file.

    Parameters
    ----------
    folder : Path
        Of the store.
    athlete_id : str
        Whose recording it is.

    Raises
    ------
    StoreError
        Nothing can be written there.
    """

    def __init__(self, folder: Path, athlete_id: str) -> None:
        self._path = folder / FOLDER / f"{athlete_id}.{secrets.token_hex(8)}.jsonl"
        try:
            private.make_folder(self._path.parent)
            private.make_file(self._path)
        except OSError as problem:
            raise StoreError(
                f"Nothing can be recorded: {self._path.parent} cannot be written ({problem.strerror})."
            ) from None

        _OPEN.add(self._path)

    def close(self) -> None:
        """Say that its room is closed: from now on it may be taken in by who finds it."""
        _OPEN.discard(self._path)

    def add(self, lines: bytes) -> None:
        """Write what is new through to the disk, or say that the room is still open.

        Raises
        ------
        StoreError
            The disk takes no more; what was written before stays.
        """
        try:
            if lines:
                with self._path.open("ab") as file:
                    file.write(lines)
                    file.flush()
                    os.fsync(file.fileno())
            os.utime(self._path)
        except OSError as problem:
            raise StoreError(f"The recording cannot be written to the disk ({problem.strerror}): make room.") from None

    def delete(self) -> None:
        """Delete it: what was in it is in the store."""
        self.close()
        with suppress(OSError):
            self._path.unlink()


def take_in_left_over(
    folder: Path,
    store: Store,
    *,
    now: datetime,
    workers: Workers = IN_TURN,
    clock: Callable[[], float] = time.time,
) -> list[ImportEntry]:
    """Take in what a program that died left behind; return what came of each file.

    Parameters
    ----------
    folder : Path
        Of the store.
    store : Store
        The memory; each recording goes to whose it is.
    now : datetime
        The moment, in the runner's zone.
    workers : Workers
        Where it is read and judged; without, here.
    clock : callable
        Seconds since 1970, as the disk counts them.

    Returns
    -------
    list of ImportEntry
        A file that could not be read stays where it is.
    """
    came: list[ImportEntry] = []
    for path, whose in _left_over(folder, store, clock()):
        name = f"backward-{datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo):%Y-%m-%d-%H%M}.jsonl"
        try:
            entries = intake.import_file(whose, name, path.read_bytes(), now=now, workers=workers)
        except (OSError, BackwardRunningError):
            continue
        came += entries
        if any(entry.activity_ids or entry.status == "left_out" for entry in entries):
            with suppress(OSError):
                path.unlink()
    return came


def _left_over(folder: Path, store: Store, now_s: float) -> Iterator[tuple[Path, Store]]:
    for path in sorted((folder / FOLDER).glob("*.jsonl")):
        named = _NAME.fullmatch(path.name)
        try:
            if named is None or path in _OPEN or path.is_symlink() or now_s - path.stat().st_mtime < DEAD_AFTER_S:
                continue
            yield path, store.of(named["person"])
        except (OSError, NotFound):
            continue
