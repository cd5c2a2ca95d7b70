"""The steps lead to the schema of today, and a step that fails leaves everything as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

import backward_running
from backward_running.store import open_store
from backward_running.store._version import SCHEMA_VERSION
from backward_running.store.migrations.steps import steps


def test_the_newest_step_is_the_version_this_program_writes():
    assert steps().get_heads() == [SCHEMA_VERSION]
    assert all(step.doc for step in steps().walk_revisions())


def test_the_steps_make_exactly_the_tables_of_the_schema(store):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from backward_running.store.schema import metadata

    with store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_store_says_who_wrote_it(store):
    from sqlalchemy import text

    with store._database.reading() as connection:
        found = connection.scalar(text("SELECT value FROM meta WHERE name = 'written_by'"))
    assert found == backward_running.__version__


def test_a_step_that_fails_changes_nothing(address, monkeypatch):
    from sqlalchemy import inspect

    from backward_running.store import sql_store
    from backward_running.store.migrations import steps as migration

    def fail(_connection):
        raise RuntimeError("in the middle")

    with monkeypatch.context() as broken:
        broken.setattr(migration, "_sign", fail)
        with pytest.raises(RuntimeError, match="in the middle"):
            open_store(address)
    opened = []
    with monkeypatch.context() as watched:  # what is there before the steps are taken anew?
        make = migration.make_current

        def watch(connection, name):
            opened.append(inspect(connection).get_table_names())
            return make(connection, name)

        watched.setattr(migration, "make_current", watch)
        store = open_store(address)
    assert opened == [[]]
    assert isinstance(store, sql_store.SqlStore)
    assert store.counts().files == 0
    store.close()


def test_a_store_of_the_tables_before_opens_and_its_loads_are_not_known(address, samples):
    from sqlalchemy import text

    from backward_running.core.load import Loads, PartLoad

    store = open_store(address)
    activity_id = samples.file().into(store)
    with store._database.writing() as connection:  # as a store of the first tables is
        connection.execute(text("DROP TABLE load"))
        connection.execute(text("DROP TABLE clearance"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    store.close()
    store = open_store(address)
    (found,) = store.load_rows()
    assert found.activity_id == activity_id
    assert found.loads is None  # not known, and not 0
    assert store.hearts(samples.now.replace(year=2000)) == []
    session = store.session(activity_id)
    loads = Loads(forward=PartLoad(60.0, 4.0, None, 60.0))
    store.put_session(replace(session, loads=loads), store.row(activity_id))
    assert store.load_rows()[0].loads == loads
    store.close()
