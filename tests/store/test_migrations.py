"""The steps lead to the schema of today, and a step that fails leaves everything as it was."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from tests.store.earlier import STORES, connected, copy, rows_of, unpacked

import backward_running
from backward_running.core.clock import ZoneFrom
from backward_running.core.ports import ActivityQuery
from backward_running.store import open_store
from backward_running.store._version import SCHEMA_VERSION
from backward_running.store.migrations.steps import steps


def test_the_newest_step_is_the_version_this_program_writes():
    assert steps().get_heads() == [SCHEMA_VERSION]
    assert all(step.doc for step in steps().walk_revisions())


def test_the_steps_make_exactly_the_tables_of_the_schema(address):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from backward_running.store.schema import metadata

    with connected(by_steps(address)) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_new_store_is_what_the_steps_lead_to(address):
    """What holds of the rows is the same, by whichever way they came; only the order of columns may differ."""
    from backward_running.store.migrations.steps import make_current

    with connected(by_steps(address)) as connection:
        stepped, rows = _laid_out(connection), _first_rows(connection)
        _drop_everything(connection)
        assert make_current(connection, "new")
        assert _laid_out(connection) == stepped
        assert _first_rows(connection) == rows


def test_a_store_of_steps_alone_opens_as_any_other(address, samples):
    by_steps(address)
    for runs in (0, 1):
        store = open_store(address)
        assert store.counts().activities == runs
        samples.file().into(store)
        store.close()


def by_steps(address):
    """Make a store by all steps of the past, as one that was made long ago; say where it lies."""
    from backward_running.store.migrations.steps import take_steps

    with connected(_file_of(address)) as connection:
        assert take_steps(connection, "old")
    return _file_of(address)


def _file_of(address):
    if address.startswith("postgresql"):
        return address
    Path(address).mkdir(exist_ok=True)
    return str(Path(address) / "backward.db")


def _laid_out(connection):
    """Say what the database holds its rows to: types, keys, what goes with what, and what is found quickly."""
    from sqlalchemy import inspect

    look = inspect(connection)
    return {
        name: {
            "columns": {
                one["name"]: (str(one["type"]), one["nullable"], one["default"], one.get("autoincrement"))
                for one in look.get_columns(name)
            },
            "primary key": look.get_pk_constraint(name),
            "foreign keys": sorted(look.get_foreign_keys(name), key=repr),
            "indices": sorted(look.get_indexes(name), key=repr),
            "unique": sorted(look.get_unique_constraints(name), key=repr),
        }
        for name in look.get_table_names()
    }


def _first_rows(connection):
    """Return all rows, the id of the person apart: no two stores share one."""
    rows = rows_of(connection)
    (only,) = rows["person"]
    return {
        name: [{key: _unnamed(value, only) for key, value in one.items()} for one in all_]
        for name, all_ in rows.items()
    }


def _unnamed(value, person):
    return "the person" if value == person["athlete_id"] else value


def _drop_everything(connection):
    from sqlalchemy import MetaData

    there = MetaData()
    there.reflect(connection)
    there.drop_all(connection)


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


# A store that the tables before (0002) were written in, by the program of that time on a machine in Berlin. Its runs had
# the offset their file stated or none, and titles by the hour of the machine; of one a stream is damaged.
BEFORE_CLOCKS = STORES / "tables_0002.db.gz"
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
    old = unpacked(BEFORE_CLOCKS, tmp_path)
    if address.startswith("postgresql"):
        copy(old, address)
        yield address
    else:
        yield str(old)
    monkeypatch.undo()
    time.tzset()


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
    from backward_running.flows.deriving import analyse_again

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
