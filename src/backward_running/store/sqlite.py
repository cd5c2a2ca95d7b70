"""The memory in one file on this machine."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sqlite3
import struct
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from backward_running.core.errors import StoreBusy, StoreError, StoreFull, StoreReadOnly
from backward_running.store import private
from backward_running.store._version import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Connection, Engine

    from backward_running.store.database import Database

FILE_NAME = "backward.db"

#: What SQLite keeps beside a database while it is open.
_BESIDE = ("-wal", "-shm", "-journal")

#: The head of a database file, up to what we look at: its magic, size of a page, count of changes, number of pages, and
#: the count of changes at which that number was written (https://www.sqlite.org/fileformat.html#the_database_header).
_MAGIC = b"SQLite format 3\0"
_HEAD = struct.Struct(">16sH6xII60xI")

#: Endings by which a path that does not exist yet is taken for a file and not for a folder.
FILE_ENDINGS = frozenset({".db", ".sqlite", ".sqlite3"})

#: Below this much free space an input/output error is taken for a full disk: SQLite cannot always tell.
_NEARLY_FULL_BYTES = 1 << 20

#: A file of which more than this share is empty is worth writing anew.
_MUCH_EMPTY = 0.2

#: The number that a copy gets when it is put back; see ``copies``.
_PUT_BACK = "(SELECT user_version FROM pragma_user_version)"

#: Keep in memory instead of asking the disk again (KiB, as SQLite counts it: negative).
_CACHE_KIB = -16_384


def file_of(place: str | Path) -> Path:
    """Say which file a folder or file stands for.

    >>> file_of("runs").name
    'backward.db'
    >>> file_of("runs/mine.db").name
    'mine.db'
    """
    path = Path(place).expanduser()
    if path.is_dir() or (not path.exists() and path.suffix.lower() not in FILE_ENDINGS):
        return path / FILE_NAME
    return path


def open_sqlite(
    place: str | Path, *, busy_timeout_s: float, keep: Callable[[Path, str], object] | None = None
) -> Database:
    """Open the store in a folder or file; make it where there is none.

    A file that is there is never taken for a new store: an empty one is what is left of one. One on media that cannot
    be written is opened for reading. Before the steps from an older version `keep` is handed the file and the name of
    the copy that is to be kept; None where the file is a copy itself.

    Raises
    ------
    StoreTooNew, StoreBusy, StoreFull, StoreError
        Nothing was changed.
    """
    path = file_of(place)
    try:
        if not path.exists():
            private.make_folder(path.parent)
            _make_new(path, busy_timeout_s)
        fixed = is_fixed(path)
        for file in (path, *(path.with_name(path.name + ending) for ending in _BESIDE)):
            private.close_to_others(file)
        version = _schema_version(path, busy_timeout_s, fixed)
    except OSError as error:
        raise explain_disk(path, error) from error
    except sqlite3.Error as error:
        raise explain(path, error) from error
    if version != SCHEMA_VERSION and not fixed:
        _bring_up(path, version, busy_timeout_s, keep)
    elif version != SCHEMA_VERSION:
        raise StoreError(
            f"The store {path} has tables {version}, this program needs {SCHEMA_VERSION}, and it lies where nothing "
            "can be written: copy it to a folder you may write to and open it there."
        )
    return _connected(path, busy_timeout_s, fixed)


def _make_new(path: Path, busy_timeout_s: float) -> None:
    """Make a store whole before it gets its name, so that none is ever half made; of two who do so, one is kept."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        private.make_file(part)
        _step_up(part, busy_timeout_s)
        _name(part, path)
    finally:
        for file in (part, *(part.with_name(part.name + ending) for ending in _BESIDE)):
            with suppress(OSError):
                file.unlink()


def _name(part: Path, path: Path) -> None:
    """Give a file its name where nobody has it."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        return
    except OSError:  # there are file systems without links
        if not path.exists():
            part.rename(path)


def _bring_up(path: Path, version: str, busy_timeout_s: float, keep: Callable[[Path, str], object] | None) -> None:
    """Take the steps from an older version to this one; before, keep a copy of what was."""
    from backward_running.store.migrations.steps import is_known

    if keep is not None and is_known(version):
        keep(path, f"before-{SCHEMA_VERSION}-from-{version}")
    _step_up(path, busy_timeout_s)


def _step_up(path: Path, busy_timeout_s: float) -> None:
    database = _connected(path, busy_timeout_s, fixed=False)
    try:
        _make_current(database, path)
    finally:
        database.close()


def is_fixed(path: Path) -> bool:
    """Whether a store lies where nothing can be written: on a disk that is read-only, or closed to us."""
    return not (may_write(path) and may_write(path.parent))


def may_write(path: Path) -> bool:
    """Whether this process may write a file, or into a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def uri_of(path: Path, fixed: bool) -> str:
    """Return how SQLite is told to open a file.

    Beside a store that is read, it makes a file of its own; where that cannot be, and nobody is writing, it is told
    that nothing changes.
    """
    address = f"file:{quote(str(path.absolute()))}"
    if not fixed:
        return address
    log = path.with_name(path.name + "-wal")
    is_closed = not (log.exists() and log.stat().st_size)
    return address + ("?mode=ro&immutable=1" if is_closed and not may_write(path.parent) else "?mode=ro")


def _schema_version(path: Path, busy_timeout_s: float, fixed: bool) -> str:
    """Look which version a store is of, without changing it. Raises StoreError where it is none."""
    if is_cut_off(path):
        raise StoreError(
            f"{path} is empty or its end is missing, so it is what is left of a store; nothing was changed: put back a "
            "copy with `backward restore`, or move the file away to begin anew."
        )
    with closing(sqlite3.connect(uri_of(path, fixed), uri=True, timeout=busy_timeout_s)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"alembic_version", "activity"} <= tables:
            raise StoreError(
                f"{path} is a database of another program, not a store of backward-running; nothing was changed: "
                "choose another folder."
            )
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else ""


def is_cut_off(path: Path) -> bool:
    """Whether a file is empty or shorter than SQLite wrote it, by its own head; what waits in its log counts."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        return False
    with path.open("rb") as file:
        head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return head == b"" or head.startswith(_MAGIC[: len(head)])
    magic, page_size, changes, pages, valid_for = _HEAD.unpack(head)
    if magic != _MAGIC or changes != valid_for:
        return False
    written_bytes: int = pages * (65536 if page_size == 1 else page_size)
    return path.stat().st_size < written_bytes


def _connected(path: Path, busy_timeout_s: float, fixed: bool) -> Database:
    from sqlalchemy import URL, create_engine

    from backward_running.store.database import Database

    uri = uri_of(path, fixed)
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=busy_timeout_s, check_same_thread=False),
        pool_size=8,
    )
    _prepare_connections(engine)
    return Database(engine, str(path), explain=lambda error: explain(path, error), hold=None, put_back=_PUT_BACK)


def _prepare_connections(engine: Engine) -> None:
    from sqlalchemy import event

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        # FULL: what somebody was told is kept is on the disk, also when the power fails in the next second.
        for pragma in ("foreign_keys = ON", "synchronous = FULL", f"cache_size = {_CACHE_KIB}"):
            connection.execute(f"PRAGMA {pragma}")

    def begun(connection: Connection) -> None:
        # A transaction that reads first and writes later can fail at once when another writes in between, without
        # waiting. One that says at its start that it will write waits for its turn.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _make_current(database: Database, path: Path) -> None:
    """Make the tables, or bring them to this version, in one transaction."""
    from backward_running.store.migrations.steps import make_current

    with database.writing() as connection:
        made = make_current(connection, database.name)
    if made:
        _let_readers_and_writer_work_together(path)
        _give_back_room(path)


def _let_readers_and_writer_work_together(path: Path) -> None:
    """Switch the file to a write-ahead log. Where another process is just doing the same, it is done."""
    with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")


def _give_back_room(path: Path) -> None:
    """Shrink a file of which much is empty: tables that a step made anew leave theirs. Where it cannot be, it stays."""
    with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.OperationalError):
        empty, all_pages = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count")
        )
        if empty > _MUCH_EMPTY * all_pages:
            connection.execute("VACUUM")


def explain(path: Path, error: BaseException) -> StoreError:
    """Say an error of SQLite in one sentence."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(f"Another program holds the store {path}; nothing was changed: close it and try again.")
    if name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and _disk_is_full(path)):
        return StoreFull(
            f"The disk is full, so the store {path} cannot grow; nothing was changed: make room and retry."
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return StoreError(
            f"{path} is not a store or is damaged ({error}); nothing was changed: put back a copy of it, or choose "
            "another folder."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        kind = StoreReadOnly if name.startswith("SQLITE_READONLY") else StoreError
        return kind(
            f"The store {path} cannot be written ({error}); nothing was changed: allow writing there, or choose "
            "another folder."
        )
    return StoreError(f"The store {path} cannot be used ({error}); nothing was changed.")


def explain_disk(path: Path, error: OSError) -> StoreError:
    """Say an error of the disk in one sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(
            f"The disk is full, so no store can be made at {path}; nothing was changed: make room and retry."
        )
    return StoreError(f"No store can be kept at {path} ({error.strerror or error}): choose a folder you may write to.")


def _disk_is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NEARLY_FULL_BYTES
    except OSError:
        return False
