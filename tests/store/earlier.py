"""Stores that earlier versions of the program wrote, one of each version of the tables, and rows as they lie in tables.

`filled_N.db.gz` was filled through the door of its time: a file of two activities and one of one, paint, a title that
was changed, a demo runner, check-ins, plans with a revision, settings, a secret of the server, and, from when there
were such, a file that waits, something told, clearances and sessions said to be done.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

STORES = Path(__file__).parent / "stores"

#: One of each version of the tables before today's.
FILLED = tuple(sorted(STORES.glob("filled_*.db.gz")))

Rows = dict[str, list[dict[str, Any]]]


def unpacked(kept: Path, folder: Path) -> Path:
    """Lay a kept store into a folder as a file."""
    file = folder / "old.db"
    file.write_bytes(gzip.decompress(kept.read_bytes()))
    return file


@contextmanager
def connected(address: str) -> Iterator[sa.Connection]:
    """Lend a connection to a file or a server, past the store, in a transaction that is kept."""
    is_server = address.startswith("postgresql")
    url = address.replace("postgresql://", "postgresql+psycopg://") if is_server else f"sqlite:///{address}"
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def rows_of(connection: sa.Connection) -> Rows:
    """Return all rows of all tables, as they lie there."""
    found = {}
    for name in sorted(sa.inspect(connection).get_table_names()):
        table = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
        found[name] = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
    return found


def bring_to(address: str, version: str) -> None:
    """Take the steps up to a version that is older than today's, or make empty tables of it."""
    from backward_running.store.migrations import steps as migration

    with pytest.MonkeyPatch.context() as earlier, connected(address) as connection:
        earlier.setattr(migration, "SCHEMA_VERSION", version)
        migration.take_steps(connection, "old")


def copy(old: Path, address: str) -> None:
    """Make the tables of an old store in an empty database, by the steps up to them, and copy every row."""
    with connected(str(old)) as source:
        rows = rows_of(source)
    bring_to(address, rows.pop("alembic_version")[0]["version_num"])
    with connected(address) as connection:
        theirs = sa.MetaData()
        theirs.reflect(connection)
        # Where there are people, the steps have just made one; the store is opened for the one who was in it.
        copied = set(rows) - (set() if "person" in rows else {"meta"})
        for table in reversed(theirs.sorted_tables):
            if table.name in copied:
                connection.execute(sa.delete(table))
        for table in theirs.sorted_tables:
            if table.name in copied:
                _fill(connection, table, rows[table.name])


def _fill(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(table), [{key: _aware(value) for key, value in row.items()} for row in rows])
    for column in table.columns:  # a counter goes on from the rows that were copied
        if "nextval" in str(column.server_default and column.server_default.arg):
            highest = sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1).scalar_subquery()
            counter = sa.func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(sa.select(sa.func.setval(counter, highest, False)))


def _aware(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def without(rows: list[dict[str, Any]], *columns: str) -> list[Mapping[str, Any]]:
    """Return rows in a fixed order, without some columns."""
    return sorted(({key: row[key] for key in row if key not in columns} for row in rows), key=repr)
