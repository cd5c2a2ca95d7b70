"""Bring a store to this version. Imported only when it is not.

A new store gets the tables of today at once, and Alembic is not even imported: to take all steps of the past with
nothing in the tables took four times as long. Older ones take the steps that they lack; that both ways lead to the same
tables is tested.

Alembic is driven from here and not by an ``env.py``: the caller owns the connection and its one transaction, so a step
that fails leaves the store as it was, on SQLite too.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, text

import backward_running
from backward_running.core.errors import StoreTooNew
from backward_running.store._version import SCHEMA_VERSION

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory
    from sqlalchemy.engine import Connection

#: Where Alembic keeps which version a store is of, and in which it is looked for.
_VERSION_TABLE = "alembic_version"


def steps() -> ScriptDirectory:
    """Return the steps there are."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(Path(__file__).parent)


def is_known(version: str) -> bool:
    """Whether this program knows the tables of a version."""
    return version in {step.revision for step in steps().walk_revisions()}


def make_current(connection: Connection, name: str) -> bool:
    """Make the tables or bring them to this version, in the caller's transaction. Say whether anything was done.

    Raises
    ------
    StoreTooNew
        The store is of a version this program does not know; nothing was changed.
    """
    if inspect(connection).has_table(_VERSION_TABLE):
        return take_steps(connection, name)
    _make_new(connection)
    _sign(connection)
    return True


def take_steps(connection: Connection, name: str) -> bool:
    """Take the steps that lead to this version, from nothing too. Say whether there were any.

    Raises
    ------
    StoreTooNew
        The store is of a version this program does not know; nothing was changed.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationContext

    script = steps()
    found = MigrationContext.configure(connection).get_current_revision()
    if found == SCHEMA_VERSION:
        return False
    if found is not None and found not in {step.revision for step in script.walk_revisions()}:
        raise StoreTooNew(
            f"The store {name} was written by {_writer(connection)} (tables {found}), but this is version "
            f"{backward_running.__version__} (tables {SCHEMA_VERSION}); nothing was changed: update the program, or "
            "choose another store."
        )
    with EnvironmentContext(
        Config(), script, fn=lambda revision, _: script._upgrade_revs(SCHEMA_VERSION, revision)
    ) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()
    _sign(connection)
    return True


def _make_new(connection: Connection) -> None:
    """Make the tables of today, the person whose memory it is, and say which version it is, as Alembic would."""
    from backward_running.store._people import OPENED_FOR, new_athlete_id
    from backward_running.store.schema import meta, metadata, person

    metadata.create_all(connection, checkfirst=False)
    athlete_id = new_athlete_id()
    connection.execute(insert(person), {"athlete_id": athlete_id})
    connection.execute(insert(meta), {"name": OPENED_FOR, "value": athlete_id})
    kept = Table(_VERSION_TABLE, MetaData(), Column("version_num", String(32), nullable=False))
    kept.append_constraint(PrimaryKeyConstraint("version_num", name=f"{_VERSION_TABLE}_pkc"))
    kept.create(connection)
    connection.execute(insert(kept), {"version_num": SCHEMA_VERSION})


def _writer(connection: Connection) -> str:
    """Say which version of the program wrote a store, as far as it can be read."""
    if inspect(connection).has_table("meta"):
        version = connection.scalar(text("SELECT value FROM meta WHERE name = 'written_by'"))
        if version is not None:
            return f"version {version} of the program"
    return "a newer version of the program"


def _sign(connection: Connection) -> None:
    connection.execute(text("DELETE FROM meta WHERE name = 'written_by'"))
    connection.execute(
        text("INSERT INTO meta (name, value) VALUES ('written_by', :version)"),
        {"version": backward_running.__version__},
    )
