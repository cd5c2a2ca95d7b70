"""Look through a folder again and again, and hand on every file that is whole.

By looking and not by being told: a folder may lie in a network, on a watch or in what a phone syncs, and the ways in
which systems tell of changes do not work there. A file is whole once two looks in a row found it of the same size and
time: one that is being written grows in between.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from backward_running.core.errors import BadValue
from backward_running.core.ports import ImportEntry, TakingIn
from backward_running.core.work import IN_TURN, Workers
from backward_running.flows import watching

#: How long between two looks.
LOOKS_EVERY_S = 5.0
#: What programs call a file that is not whole yet, and what they keep for themselves.
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".!sync", "~")

#: Size and time of change: another one means another file.
Sign = tuple[int, int]


class Watched:
    """A folder, and what was seen in it.

    Parameters
    ----------
    folder : Path
        With all folders in it; links are not followed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: dict[Path, Sign] = {}
        self._taken: dict[Path, Sign] = {}

    def look(self, store: TakingIn, now: Callable[[], datetime], workers: Workers = IN_TURN) -> Iterator[ImportEntry]:
        """Look once; take in what is whole and new, and yield what came of it.

        A folder that is not there for a while (a card, a network) holds nothing. What cannot be read is tried again.
        """
        found = dict(_files(self.folder))
        whole = [path for path, sign in found.items() if self._seen.get(path) == sign and self._taken.get(path) != sign]
        self._seen = found
        self._taken = {path: sign for path, sign in self._taken.items() if path in found}
        for path in sorted(whole):
            try:
                with path.open("rb") as file:
                    if not _is_as_seen(path, found[path]):
                        continue  # it is still being written
                    yield from watching.take(store, path.name, file, now=now(), workers=workers)
            except OSError:
                continue
            self._taken[path] = found[path]


def folder_of(typed: str) -> Path:
    """Return a folder as it was typed. Raises BadValue where there is none."""
    none = BadValue("folder", "be a folder that is there", typed, "Write the whole path of a folder that is there.")
    try:
        path = Path(typed.strip()).expanduser().resolve()
        is_there = bool(typed.strip()) and path.is_dir()
    except (OSError, ValueError, RuntimeError) as problem:  # longer than any name, a NUL, the home of nobody
        raise none from problem
    if not is_there:
        raise none
    return path


def _files(folder: Path) -> Iterator[tuple[Path, Sign]]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.startswith(".") or name.lower().endswith(_UNFINISHED):
                continue
            path = Path(here) / name
            try:
                found = path.lstat()
            except OSError:
                continue  # it went away while we looked
            if not stat.S_ISREG(found.st_mode) or found.st_size == 0:
                continue
            yield path, (found.st_size, found.st_mtime_ns)


def _is_as_seen(path: Path, sign: Sign) -> bool:
    after = path.stat()
    return (after.st_size, after.st_mtime_ns) == sign
