"""The memory on a PostgreSQL server, for a club or a study."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError

from backward_running.core.errors import StoreBusy, StoreError, StoreFull
from backward_running.store._version import SCHEMA_VERSION
from backward_running.store.database import Database

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

#: How long to wait for a server to answer at all.
CONNECT_TIMEOUT_S = 5

#: Keeps our locks apart from those of other programs on the same database. Any number will do, always the same.
_OUR_LOCKS = 1_722_050_301

_BUSY_STATES = frozenset({"55P03", "40P01", "40001", "57014"})
_FULL_STATES = frozenset({"53100", "53400"})


def open_postgresql(address: str, *, busy_timeout_s: float) -> Database:
    """Open the store of a database; make its tables where there are none.

    Raises
    ------
    StoreTooNew, StoreBusy, StoreFull, StoreError
        Nothing was changed.
    """
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
    except ArgumentError as error:
        raise StoreError(
            "The address of the store is not one of PostgreSQL: write postgresql://host/database."
        ) from error
    name = _name_of(url)
    options = f"-c lock_timeout={int(busy_timeout_s * 1000)}"
    try:
        engine = create_engine(
            url, connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "options": options}, pool_pre_ping=True
        )
    except ImportError as error:
        raise StoreError(
            "A store on PostgreSQL needs one more package: pip install 'backward-running[club]'."
        ) from error
    database = Database(engine, name, explain=lambda error: explain(name, error), hold=_hold)
    try:
        _make_current(database)
    except BaseException:
        database.close()
        raise
    return database


def _name_of(url: URL) -> str:
    """Call the database by host and name; the address itself may hold a password."""
    host = url.host or url.query.get("host") or "this machine"
    return f"{url.database} on {host}"


def _make_current(database: Database) -> None:
    with database.reading() as connection:
        if _schema_version(connection) == SCHEMA_VERSION:
            return
    from backward_running.store.migrations.steps import make_current

    with database.writing("the tables") as connection:
        make_current(connection, database.name)


def _hold(connection: Connection, thing: str) -> None:
    """Wait until nobody else changes this thing, and keep others from it until the transaction ends."""
    lock = _OUR_LOCKS << 32 | zlib.crc32(thing.encode())
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def _schema_version(connection: Connection) -> str | None:
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def explain(name: str, error: BaseException) -> StoreError:
    """Say an error of PostgreSQL in one sentence."""
    state = getattr(error, "sqlstate", None)
    why = " ".join(str(error).split())
    if state in _BUSY_STATES:
        return StoreBusy(f"Another program holds the store {name}; nothing was changed: try again in a moment.")
    if state in _FULL_STATES:
        return StoreFull(f"The disk of the store {name} is full; nothing was changed: make room and retry.")
    if state is None or state.startswith(("08", "28", "3D", "57P")):
        return StoreError(
            f"The store {name} cannot be reached ({why}): check that the server runs, and its address, user and "
            "password."
        )
    return StoreError(f"The store {name} cannot be used ({why}); nothing was changed.")
