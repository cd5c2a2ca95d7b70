"""The memory on a PostgreSQL server, for a club or a study."""

from __future__ import annotations

import math
import time
import zlib
from typing import TYPE_CHECKING

from sqlalchemy import URL, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DisconnectionError

from backward_running.core.errors import StoreBusy, StoreError, StoreFull
from backward_running.store._version import SCHEMA_VERSION
from backward_running.store.database import Database
from backward_running.store.schema import metadata

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

#: How long to wait for a server to answer at all.
CONNECT_TIMEOUT_S = 5

#: A connection that rested so long is asked whether it is still there. Our own choice: servers, and what lies between,
#: let idle ones go after minutes.
RESTS_S = 1.0
_USED_AT = "backward_running.used_at"

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
        engine = create_engine(url, connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "options": options})
    except ImportError as error:
        raise StoreError(
            "A store on PostgreSQL needs one more package: pip install 'backward-running[club]'."
        ) from error
    _look_after_rests(engine)
    # Each statement sees what was kept when it began, also within a transaction here: one around each question would
    # only be two journeys more.
    reader = engine.execution_options(isolation_level="AUTOCOMMIT")
    database = Database(
        engine, name, explain=lambda error: explain(name, error), hold=_hold, reader=reader, count_rows=_count_rows
    )
    try:
        _make_current(database)
    except BaseException:
        database.close()
        raise
    return database


def _look_after_rests(engine: Engine) -> None:
    """Ask of a connection that rested whether it is still there; of one just used that would be a journey more."""

    @event.listens_for(engine, "checkin")
    def rest(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_USED_AT] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def look(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get(_USED_AT, math.inf) < RESTS_S:
            return
        try:
            alive = engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            alive = False
        if not alive:
            raise DisconnectionError


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


def _count_rows(connection: Connection) -> None:
    """Count anew; the server does it by itself within a minute or so, and the pages of that minute would be slow."""
    for table in metadata.sorted_tables:
        connection.execute(text(f'ANALYZE "{table.name}"'))


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
