"""Copies of a store, made and put back while it is in use: whole, checked, for their owner alone.

SQLite copies its own databases: readers and writers go on meanwhile, and the copy is one moment of the store with the
originals of every file in it. Copies the program makes by itself lie in the folder `backward.copies` beside the store:
one before each step to newer tables, one before another is put back, and one a day where that is set.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from backward_running.core.errors import StoreError
from backward_running.store import private
from backward_running.store.sqlite import explain, explain_disk, file_of, is_cut_off, is_fixed, open_sqlite, uri_of

#: How many copies of a kind are kept. Our own choice: a week of days, and the last few of the rest.
DAYS_KEPT, OTHERS_KEPT = 7, 3
#: Pages that are copied before others get their turn: about a megabyte.
_PAGES_AT_ONCE = 256
_DAILY = "daily"


def backup(place: str | Path, to: Path, *, now: datetime, busy_timeout_s: float = 5.0) -> Path:
    """Copy a store into a new file, or into a folder under a name of the moment. It may be in use.

    Raises
    ------
    StoreError, StoreFull
        There is no store, the target is there already, cannot be written or has no room. Nothing is left half made.
    """
    source = _there(place)
    target = to / f"backward-{now:%Y-%m-%d-%H%M%S}.db" if to.is_dir() else to
    if target.exists():
        raise StoreError(f"{target} is there already; nothing was changed: choose another name.")
    _copy(source, target, busy_timeout_s)
    return target


def restore(place: str | Path, source: Path, *, now: datetime, busy_timeout_s: float = 5.0) -> Path | None:
    """Put a copy in place of a store, which may be in use; return where what was there is kept, None where none was.

    The copy is checked first and brought to the tables of today, without being changed itself.

    Raises
    ------
    StoreError, StoreTooNew, StoreFull
        It is no sound copy, or there is no room. The store is as it was.
    """
    source, target = _there(source), file_of(place)
    with _part_of(target) as part:
        _copy(source, part, busy_timeout_s)
        # It knows what is no store, and takes the steps.
        open_sqlite(part, busy_timeout_s=busy_timeout_s).close()
        kept = None
        if target.exists():
            kept = _set_aside(target, f"before-restore-{now:%Y-%m-%d-%H%M%S}", busy_timeout_s)
        if kept is None or kept.suffix == ".damaged":
            _take_place(part, target)
        else:
            _write_over(part, target, busy_timeout_s)
    return kept


def keep(path: Path, name: str, *, busy_timeout_s: float = 5.0, most: int = OTHERS_KEPT) -> Path:
    """Keep a copy beside the store, in place of the oldest of its kind where there are many. Raises StoreError."""
    folder = folder_of(path)
    target = folder / f"{name}.db"
    try:
        private.make_folder(folder)
    except OSError as error:
        raise explain_disk(target, error) from error
    with suppress(FileNotFoundError):
        target.unlink()
    _copy(path, target, busy_timeout_s)
    kind = name.partition("-")[0]
    alike = sorted(folder.glob(f"{kind}-*.db"), key=lambda copy: (copy.stat().st_mtime_ns, copy.name))
    for copy in alike[:-most]:
        copy.unlink()
    return target


def keep_daily(place: str | Path, *, now: datetime) -> Path | None:
    """Keep the copy of a day; None where it is there. Raises StoreError."""
    path = _there(place)
    name = f"{_DAILY}-{now:%Y-%m-%d}"
    if (folder_of(path) / f"{name}.db").exists():
        return None
    return keep(path, name, most=DAYS_KEPT)


def copies_of(place: str | Path) -> list[Path]:
    """Return the copies that lie beside a store, newest first."""
    found = folder_of(file_of(place)).glob("*.db")
    return sorted(found, key=lambda copy: (copy.stat().st_mtime_ns, copy.name), reverse=True)


def original_in_copies(place: str | Path, key: str) -> bytes | None:
    """Look for the bytes of an original in the copies beside a store, newest first; None where none has them sound."""
    from backward_running.store import _codec

    for kept in copies_of(place):
        with suppress(sqlite3.Error, StoreError), _opened(kept, busy_timeout_s=1.0) as copy:
            for (content,) in copy.execute("SELECT content FROM file WHERE key = ?", (key,)):
                data = _codec.unpack(bytes(content))
                if sha256(data).hexdigest() == key:
                    return data
    return None


def folder_of(path: Path) -> Path:
    """Return where the copies of a store lie.

    >>> folder_of(Path("home/backward.db")).as_posix()
    'home/backward.copies'
    """
    return path.with_name(f"{path.stem}.copies")


def _there(place: str | Path) -> Path:
    path = file_of(place)
    if not path.is_file():
        raise StoreError(f"There is no store at {path}; name the folder or file of one.")
    return path


def _copy(source: Path, target: Path, busy_timeout_s: float) -> None:
    """Copy a database whole or not at all, and make sure that it is sound and on the disk."""
    try:
        with _part_of(target) as part:
            private.make_file(part)
            with _opened(source, busy_timeout_s) as ours, _opened(part, busy_timeout_s) as copy:
                ours.backup(copy, pages=_PAGES_AT_ONCE, sleep=0.0)
                copy.execute("PRAGMA journal_mode = DELETE")  # a copy is one file
                _refuse_damaged(source, copy)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(target)
    except OSError as error:
        raise explain_disk(target, error) from error
    except sqlite3.Error as error:
        raise explain(source, error) from error


def _refuse_damaged(source: Path, copy: sqlite3.Connection) -> None:
    said = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise StoreError(f"{source} is damaged ({said}), so no copy was made; `backward check` says more.")


def _set_aside(target: Path, name: str, busy_timeout_s: float) -> Path:
    """Keep what is in the way; where it is damaged, as it lies there."""
    if not is_cut_off(target):
        with suppress(StoreError):
            return keep(target, name, busy_timeout_s=busy_timeout_s)
    aside = folder_of(target) / f"{name}.damaged"
    private.make_folder(aside.parent)
    private.make_file(aside)
    shutil.copyfile(target, aside)
    return aside


def _take_place(part: Path, target: Path) -> None:
    """Put a database where none that is sound was; what SQLite kept beside the old one does not belong to it."""
    for ending in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            target.with_name(target.name + ending).unlink()
    part.replace(target)


def _write_over(part: Path, target: Path, busy_timeout_s: float) -> None:
    """Write a database into one that others may have open: to them it is one change, like any other.

    The counts of changes in it may be those of something else that they have at hand. By a number of its own in the
    head of the file, which SQLite leaves to programs, they know that it is another store.
    """
    try:
        with _opened(part, busy_timeout_s) as ours, _opened(target, busy_timeout_s) as theirs:
            ours.execute(f"PRAGMA user_version = {1 + secrets.randbelow(2**31 - 1)}")
            ours.commit()
            ours.backup(theirs)
    except sqlite3.Error as error:
        raise explain(target, error) from error


@contextmanager
def _opened(path: Path, busy_timeout_s: float) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(uri_of(path, is_fixed(path)), uri=True, timeout=busy_timeout_s)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        yield connection


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """Lend a name beside a target for what is not whole yet; nothing stays under it."""
    part = target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        private.make_folder(target.parent)
        yield part
    except OSError as error:
        raise explain_disk(target, error) from error
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                part.with_name(part.name + ending).unlink()
