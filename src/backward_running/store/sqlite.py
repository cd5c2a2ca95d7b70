"""The memory in one file on this machine."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backward_running.core.errors import StoreBusy, StoreError, StoreFull
from backward_running.store._version import SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    from backward_running.store.database import Database

FILE_NAME = "backward.db"

#: Endings by which a path that does not exist yet is taken for a file and not for a folder.
FILE_ENDINGS = frozenset({".db", ".sqlite", ".sqlite3"})

#: Below this much free space an input/output error is taken for a full disk: SQLite cannot always tell.
_NEARLY_FULL_BYTES = 1 << 20

#: A file of which more than this share is empty is worth writing anew.
_MUCH_EMPTY = 0.2

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


def open_sqlite(place: str | Path, *, busy_timeout_s: float) -> Database:
    """Open the store in a folder or file; make it where there is none.

    Raises
    ------
    StoreTooNew, StoreBusy, StoreFull, StoreError
        Nothing was changed.
    """
    path = file_of(place)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # what is kept there is private
        version = _schema_version(path, busy_timeout_s)
    except OSError as error:
        raise _explain_disk(path, error) from error
    except sqlite3.Error as error:
        raise explain(path, error) from error
    database = _connected(path, busy_timeout_s)
    if version == SCHEMA_VERSION:
        return database
    try:
        _make_current(database, path)
    except BaseException:
        database.close()
        if version is None:
            _remove_if_empty(path)
        raise
    return database


def _schema_version(path: Path, busy_timeout_s: float) -> str | None:
    """Look which version a store is of, without changing it; None where there is nothing yet."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    with closing(sqlite3.connect(path, timeout=busy_timeout_s)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        if not {"alembic_version", "activity"} <= tables:
            raise StoreError(
                f"{path} is a database of another program, not a store of backward-running; nothing was changed: "
                "choose another folder."
            )
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else ""


def _connected(path: Path, busy_timeout_s: float) -> Database:
    from sqlalchemy import URL, create_engine

    from backward_running.store.database import Database

    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)), connect_args={"timeout": busy_timeout_s}, pool_size=8
    )
    _prepare_connections(engine)
    return Database(engine, str(path), explain=lambda error: explain(path, error), hold=None)


def _prepare_connections(engine: Engine) -> None:
    from sqlalchemy import event

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        for pragma in ("foreign_keys = ON", "synchronous = NORMAL", f"cache_size = {_CACHE_KIB}"):
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


def _remove_if_empty(path: Path) -> None:
    """Leave nothing behind of a store that could not be made."""
    with suppress(OSError):
        if path.stat().st_size == 0:
            path.unlink()


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
        return StoreError(
            f"The store {path} cannot be written ({error}); nothing was changed: allow writing there, or choose "
            "another folder."
        )
    return StoreError(f"The store {path} cannot be used ({error}); nothing was changed.")


def _explain_disk(path: Path, error: OSError) -> StoreError:
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
