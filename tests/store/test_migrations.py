"""The steps lead to the schema of today, and a step that fails leaves everything as it was."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import backward_running
from backward_running.core.clock import ZoneFrom
from backward_running.core.ports import ActivityQuery
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
        connection.execute(text("DROP TABLE clock"))
        connection.execute(text("DROP TABLE load"))
        connection.execute(text("DROP TABLE clearance"))
        connection.execute(text("DROP TABLE said_done"))
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


def test_every_revision_of_a_plan_gets_back_the_day_the_plan_was_made(address, samples):
    from sqlalchemy import text

    store = open_store(address)
    plan = samples.plan()
    day = timedelta(days=1)
    other = replace(plan, plan_id="other", revision=3)  # its first revisions were never kept
    for one in (replace(plan, revision=1), replace(plan, revision=2, made_at=plan.made_at + 8 * day), other):
        store.put_plan(one)
    with store._database.writing() as connection:  # as a store of the tables before is
        connection.execute(text("DROP TABLE said_done"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    store.close()
    store = open_store(address)
    assert [(one.made_at, one.changed_at) for one in store.plans()] == [
        (plan.made_at, None),
        (plan.made_at, plan.made_at + 8 * day),
        (plan.made_at, plan.made_at),
    ]
    assert store.said_done() == ()
    store.close()


# A store that the tables before (0002) were written in, by the program of that time on a machine in Berlin. Its runs had
# the offset their file stated or none, and titles by the hour of the machine; of one a stream is damaged.
BEFORE_CLOCKS = Path(__file__).parent / "stores" / "tables_0002.db.gz"
POSITION, FILE, MACHINE = ZoneFrom.POSITION, ZoneFrom.FILE, ZoneFrom.MACHINE
#: File → moment in UTC, day and hour where it was, title, zone, what said so; on a machine in Kolkata.
PLACED = {
    "new_york.gpx": ("2026-11-17 00:05", "2026-11-16 19:05", "Evening run", "America/New_York", POSITION),
    "paris_new_year.gpx": ("2025-12-31 23:00", "2026-01-01 00:00", "Night run", "Europe/Paris", POSITION),
    "kathmandu.gpx": ("2026-11-02 18:30", "2026-11-03 00:15", "Night run", "Asia/Kathmandu", POSITION),
    "auckland.fit": ("2026-11-20 17:30", "2026-11-21 06:30", "Morning run", "Pacific/Auckland", FILE),
    "berlin_across.fit": ("2026-10-25 00:50", "2026-10-25 02:50", "Night run", "Europe/Berlin", FILE),
    "treadmill.fit": ("2026-11-11 18:45", "2026-11-11 15:15", "Afternoon treadmill", None, FILE),
    "writes_zero.fit": ("2026-11-14 04:00", "2026-11-13 23:00", "Night run", "America/New_York", POSITION),
    "no_place.tcx": ("2026-11-19 19:45", "2026-11-20 01:15", "Night run", "Asia/Kolkata", MACHINE),
    "renamed.gpx": ("2026-11-18 00:05", "2026-11-17 19:05", "With Ada", "America/New_York", POSITION),
    "damaged.gpx": ("2026-11-19 00:05", "2026-11-19 05:35", "Morning run", "Asia/Kolkata", MACHINE),
}


@pytest.fixture
def before_clocks(address, tmp_path, monkeypatch):
    """The address of a store of the tables before, of either kind, on a machine in Kolkata."""
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress(BEFORE_CLOCKS.read_bytes()))
    if address.startswith("postgresql"):
        _copy(old, address)
        yield address
    else:
        yield str(old)
    monkeypatch.undo()
    time.tzset()


def _copy(old, address):
    """Make the tables before in an empty database, by the steps up to them, and copy every row."""
    import sqlalchemy as sa

    from backward_running.store.migrations import steps as migration

    source = sa.create_engine(f"sqlite:///{old}")
    target = sa.create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    tables, theirs = sa.MetaData(), sa.MetaData()
    tables.reflect(source)
    with pytest.MonkeyPatch.context() as earlier, target.begin() as connection:
        earlier.setattr(migration, "SCHEMA_VERSION", "0002")
        migration.make_current(connection, "old")
        theirs.reflect(connection)
        with source.connect() as reading:
            for name in ("file", "activity", "stream", "load", "check_in", "setting", "import_log"):
                rows = [dict(one) for one in reading.execute(sa.select(tables.tables[name])).mappings()]
                for row in rows:
                    row |= {key: value.replace(tzinfo=UTC) for key, value in row.items() if isinstance(value, datetime)}
                if rows:
                    connection.execute(sa.insert(theirs.tables[name]), rows)
    source.dispose()
    target.dispose()


def _told(store):
    from backward_running.flows.days import local_start

    return {
        row.file_name: (
            f"{row.started_at:%Y-%m-%d %H:%M}",
            f"{local_start(row):%Y-%m-%d %H:%M}",
            row.title,
            row.zone,
            row.zone_from,
        )
        for row in store.activities()
    }


def test_a_store_of_the_tables_before_gets_the_clock_of_every_run(before_clocks):
    store = open_store(before_clocks)
    assert _told(store) == PLACED
    for name, right in PLACED.items():
        day = date.fromisoformat(right[1][:10])
        found = store.activities(ActivityQuery(since=day, until=day))
        assert name in {row.file_name for row in found}
        assert name in {row.file_name for row in store.activities(ActivityQuery(text=right[2]))}  # found by its title
    kathmandu = next(row for row in store.activities() if row.file_name == "kathmandu.gpx")
    recording = store.recording(kathmandu.activity_id)
    assert recording.wall_clock
    assert recording.losses == (
        "The times name no time zone; they are read on the clock of where it was, or on yours.",
    )
    assert len(store.check_ins()) == 1
    store.close()
    store = open_store(before_clocks)  # the step is not taken twice
    assert _told(store) == PLACED
    store.close()


def test_a_step_broken_off_in_the_middle_is_taken_anew(before_clocks, monkeypatch):
    from backward_running.store.migrations import steps as migration

    def fail(_connection):
        raise RuntimeError("in the middle")

    with monkeypatch.context() as broken:
        broken.setattr(migration, "_sign", fail)
        with pytest.raises(RuntimeError, match="in the middle"):
            open_store(before_clocks)
    store = open_store(before_clocks)
    assert _told(store) == PLACED
    store.close()


def test_runs_that_came_before_move_to_the_zone_that_is_named(before_clocks):
    from backward_running.flows import zones
    from backward_running.flows.analyse import analyse_again

    store = open_store(before_clocks)
    assert zones.put_zone(store, "America/St_Johns").moved == 2
    told = _told(store)
    assert told["no_place.tcx"][1:4] == ("2026-11-19 16:15", "Afternoon run", "America/St_Johns")
    assert {name: told[name] for name in PLACED if PLACED[name][4] is not MACHINE} == {
        name: right for name, right in PLACED.items() if right[4] is not MACHINE
    }
    for row in store.activities():
        if row.file_name != "damaged.gpx":
            analyse_again(store, row.activity_id)
    assert _told(store) == told
    store.close()
