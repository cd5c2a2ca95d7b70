"""Every row says whose it is. All rows of before are of one person, whose memory is opened when nobody is named.

PostgreSQL adds the column in place. SQLite cannot change a primary key, so there each table is made anew, with whose it
is as the first column: behind the long texts it would have to read all of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

#: Settings of before that are of the program and not of its runner.
_OF_THE_PROGRAM = ("web_secret",)
#: How a table is called while its rows move.
_BEFORE = "_of_before"


class _Keys(NamedTuple):
    """What of a table names whose its rows are; `athlete_id` goes before every group of columns."""

    table: str
    primary: tuple[str, ...]  #: of a counter only itself
    refers_to: str = "person"  #: or "activity": its rows go with an activity
    indices: tuple[tuple[str, ...], ...] = ()
    unique: tuple[str, ...] = ()


#: Those that are pointed to come first.
_TABLES = (
    _Keys("file", ("athlete_id", "key")),
    _Keys(
        "activity",
        ("athlete_id", "activity_id"),
        indices=(("started_at", "activity_id"), ("file_key",), ("simulated",)),
    ),
    _Keys("load", ("athlete_id", "activity_id"), "activity"),
    _Keys("clock", ("athlete_id", "activity_id"), "activity", (("local_day",),)),
    _Keys("stream", ("athlete_id", "activity_id", "ordinal"), "activity"),
    _Keys("paint", ("stroke",), "activity", (("activity_id", "stroke"),)),
    _Keys("athlete", ("version",), unique=("simulated",)),
    _Keys("check_in", ("number",), indices=(("made_at", "number"),)),
    _Keys("clearance", ("number",), indices=(("made_at", "number"),)),
    _Keys("said_done", ("athlete_id", "workout_id"), indices=(("on_day",),)),
    _Keys("plan", ("version",), indices=(("version",),)),
    _Keys("setting", ("athlete_id", "name")),
    _Keys("import_log", ("line",), indices=(("at", "line"), ("file_key",))),
)


def upgrade() -> None:
    """Make the first person, and give them every row."""
    athlete_id = secrets.token_hex(8)
    op.create_table(
        "person",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", name="pk_person"),
    )
    connection = op.get_bind()
    connection.execute(sa.text("INSERT INTO person (athlete_id) VALUES (:id)"), {"id": athlete_id})
    connection.execute(sa.text("INSERT INTO meta (name, value) VALUES ('opened_for', :id)"), {"id": athlete_id})
    _part_settings(connection)
    if connection.dialect.name == "sqlite":
        _make_anew(connection, athlete_id)
    else:
        _add_in_place(athlete_id)


def _part_settings(connection: sa.Connection) -> None:
    for name in _OF_THE_PROGRAM:
        moved = "INSERT INTO meta (name, value) SELECT name, value FROM setting WHERE name = :name"
        connection.execute(sa.text(moved), {"name": name})
        connection.execute(sa.text("DELETE FROM setting WHERE name = :name"), {"name": name})


def _foreign_keys(keys: _Keys) -> Iterator[sa.ForeignKeyConstraint]:
    if keys.refers_to == "activity":
        yield _foreign_key(
            keys.table, ("athlete_id", "activity_id"), "activity", ("athlete_id", "activity_id"), "CASCADE"
        )
    else:
        yield _foreign_key(keys.table, ("athlete_id",), "person", ("athlete_id",), "CASCADE")
    if keys.table == "activity":
        yield _foreign_key("activity", ("athlete_id", "file_key"), "file", ("athlete_id", "key"), None)


def _foreign_key(
    table: str, ours: tuple[str, ...], other: str, theirs: tuple[str, ...], ondelete: str | None
) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{'_'.join(ours)}"
    return sa.ForeignKeyConstraint(ours, [f"{other}.{column}" for column in theirs], name=name, ondelete=ondelete)


def _make_indices(keys: _Keys) -> None:
    for columns in keys.indices:
        led = ("athlete_id", *columns)
        op.create_index(f"ix_{keys.table}_{'_'.join(led)}", keys.table, led)


# SQLite


def _make_anew(connection: sa.Connection, athlete_id: str) -> None:
    """Move all rows into tables of the same name. Dropping a table deletes what points to it, so that goes first."""
    before = {keys.table: _set_aside(connection, keys.table) for keys in _TABLES}
    for keys in _TABLES:
        _make_table(keys, before[keys.table])
        _move_rows(connection, before[keys.table], keys.table, athlete_id)
        if keys.table not in ("file", "activity"):
            op.drop_table(before[keys.table].name)
        _make_indices(keys)
    for table in ("activity", "file"):
        op.drop_table(before[table].name)


def _set_aside(connection: sa.Connection, name: str) -> sa.Table:
    """Give a table another name, without its indices: their names are wanted. Keys that point to it follow it."""
    op.rename_table(name, name + _BEFORE)
    table = sa.Table(name + _BEFORE, sa.MetaData(), autoload_with=connection, resolve_fks=False)
    for index in table.indexes:
        op.drop_index(str(index.name))
    return table


def _make_table(keys: _Keys, before: sa.Table) -> None:
    unique = [
        sa.UniqueConstraint("athlete_id", *keys.unique, name=f"uq_{keys.table}_athlete_id_{'_'.join(keys.unique)}")
    ]
    op.create_table(
        keys.table,
        sa.Column("athlete_id", sa.Text(), nullable=False),
        *(sa.Column(column.name, column.type, nullable=column.nullable) for column in before.columns),
        sa.PrimaryKeyConstraint(*keys.primary, name=f"pk_{keys.table}"),
        *_foreign_keys(keys),
        *(unique if keys.unique else ()),
    )


def _move_rows(connection: sa.Connection, before: sa.Table, name: str, athlete_id: str) -> None:
    columns = [column.name for column in before.columns]
    moved = sa.table(name, sa.column("athlete_id"), *map(sa.column, columns))
    rows = sa.select(sa.literal(athlete_id), *before.columns)
    connection.execute(sa.insert(moved).from_select(["athlete_id", *columns], rows))


# PostgreSQL


def _add_in_place(athlete_id: str) -> None:
    for keys in reversed(_TABLES):
        _drop_keys(keys)
    for keys in _TABLES:
        whose = sa.Column("athlete_id", sa.Text(), nullable=False, server_default=athlete_id)
        op.add_column(keys.table, whose)
        op.alter_column(keys.table, "athlete_id", server_default=None)
        if "athlete_id" in keys.primary:
            op.create_primary_key(f"pk_{keys.table}", keys.table, list(keys.primary))
        if keys.unique:
            columns = ["athlete_id", *keys.unique]
            op.create_unique_constraint(f"uq_{keys.table}_{'_'.join(columns)}", keys.table, columns)
        for key in _foreign_keys(keys):
            _point(keys.table, key)
        _make_indices(keys)


def _drop_keys(keys: _Keys) -> None:
    """Take the keys and indices of before off a table."""
    inspector = sa.inspect(op.get_bind())
    for key in inspector.get_foreign_keys(keys.table):
        op.drop_constraint(str(key["name"]), keys.table, type_="foreignkey")
    for unique in inspector.get_unique_constraints(keys.table):
        op.drop_constraint(str(unique["name"]), keys.table, type_="unique")
    for index in inspector.get_indexes(keys.table):
        if "duplicates_constraint" not in index:  # the index behind a unique constraint went with it
            op.drop_index(str(index["name"]), keys.table)
    if "athlete_id" in keys.primary:
        op.drop_constraint(f"pk_{keys.table}", keys.table, type_="primary")


def _point(table: str, key: sa.ForeignKeyConstraint) -> None:
    other = key.elements[0].target_fullname.partition(".")[0]
    theirs = [element.target_fullname.partition(".")[2] for element in key.elements]
    op.create_foreign_key(str(key.name), table, other, list(key.column_keys), theirs, ondelete=key.ondelete)
