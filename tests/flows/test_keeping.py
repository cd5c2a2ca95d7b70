"""Several files are kept at once, and come out as if each had been kept before the next was looked at."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.store.faults import killed_at
from tests.store.test_never_stale import fit

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import StoreError
from backward_running.core.ports import ActivityQuery
from backward_running.flows import deriving, intake, keeping, profile
from backward_running.simulation._recorder import Outing, write
from backward_running.simulation._script import Piece
from backward_running.simulation.runner import BODY
from backward_running.store import open_store

#: Days in the order in which their runs come: some are older than one that came before.
DAYS = (3, 0, 4, 1, 2)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """However slow a machine is, files wait for each other."""
    monkeypatch.setattr(keeping, "_LONGEST_WAIT_S", float("inf"))


def files():
    return [(f"{day}.fit", fit(day)) for day in DAYS]


def priced(day):
    """Return a run whose watch says which way it went: it teaches what backward running costs."""
    began = datetime(2026, 3, 1, 7, tzinfo=UTC) + timedelta(days=day)
    pieces = (
        Piece(360.0, Direction.FORWARD, Gait.RUN, 3.0, 0, "FWD"),
        Piece(120.0, Direction.BACKWARD, Gait.RUN, 2.1, 1, "BACK"),
    )
    outing = Outing(began, 0, pieces * 2, (), "park_loop", False, True, "Watch", 1)
    return write(outing, BODY, np.random.default_rng(day))[0]


def found(store):
    """Return all that was understood, by what, and what matches no more."""
    rows = sorted(store.activities(ActivityQuery(limit=100)), key=lambda row: row.activity_id)
    ids = [row.activity_id for row in rows]
    stale = store.stale(deriving.basis_of(store.athlete()), most=100)
    each = [(store.session(name), store.recording(name), store.derivation(name)) for name in ids]
    log = [(entry.file_name, entry.status, entry.message) for entry in store.import_log()]
    return repr((rows, each, sorted(stale), store.habits(), store.load_months(), log)), len(stale)


def test_kept_together_is_as_kept_one_by_one(new_home, tmp_path, now, monkeypatch):
    together, alone = open_store(new_home), open_store(Path(shutil.copytree(new_home, tmp_path / "alone")))
    came = [(f"{day}.fit", priced(day)) for day in DAYS]
    list(intake.import_many(together, came, now=now))
    monkeypatch.setattr(keeping, "TOGETHER", 1)
    list(intake.import_many(alone, came, now=now))
    assert found(together) == found(alone)
    assert found(together)[1] == 2, "the runs of days 3 and 4 were priced before older ones came"
    together.close(), alone.close()


def test_what_cannot_be_kept_together_is_kept_one_by_one(store, now, monkeypatch):
    add = type(store).add_files
    asked = []

    def only_one(self, new):
        asked.append(len(new))
        if len(new) > 1:
            raise StoreError("The store cannot be used; nothing was changed.")
        return add(self, new)

    monkeypatch.setattr(type(store), "add_files", only_one)
    entries = list(intake.import_many(store, files(), now=now))
    assert [entry.status for entry in entries] == ["new"] * 5 and asked == [5, 1, 1, 1, 1, 1]
    assert len(store.habits().traits) == 5


def test_what_was_judged_by_what_is_another_now_is_judged_again(new_home, tmp_path, now):
    store, after = open_store(new_home), open_store(Path(shutil.copytree(new_home, tmp_path / "after")))
    heavier = replace(store.athlete(), mass_kg=91.0, resting_heart_rate_bpm=50.0)

    def changed_in_the_middle():
        for number, file in enumerate(files()):
            if number == 3:
                profile.put_athlete(store, heavier)
            yield file

    list(intake.import_many(store, changed_in_the_middle(), now=now))
    profile.put_athlete(after, heavier)
    list(intake.import_many(after, files(), now=now))
    assert found(store) == found(after)
    store.close(), after.close()


def test_the_same_bytes_twice_in_one_import_come_in_once(store, now):
    entries = list(intake.import_many(store, [("a.fit", fit(0)), ("b.fit", fit(1)), ("again.fit", fit(0))], now=now))
    assert [entry.status for entry in entries] == ["new", "new", "same"]
    assert store.counts().activities == 2


def test_what_another_import_brought_meanwhile_is_told_as_it_is_in_the_log(new_home, now):
    other = open_store(new_home)

    def with_another_import():
        for number, file in enumerate(files()):
            if number == 3:
                intake.import_file(other, *files()[0], now=now)
            yield file

    entries = list(intake.import_many(open_store(new_home), with_another_import(), now=now))
    assert [entry.status for entry in entries] == ["same", "new", "new", "new", "new"]
    told = {(entry.file_name, entry.status) for entry in entries} | {(files()[0][0], "new")}
    assert {(entry.file_name, entry.status) for entry in other.import_log()} == told
    assert other.counts().activities == len(DAYS)
    other.close()


def test_a_file_is_told_once_it_is_kept(store, now):
    for number, _ in enumerate(intake.import_many(store, files(), now=now), start=1):
        assert store.counts().activities >= number


def test_a_file_among_many_costs_few_statements(store, now):
    many = [(f"{day}.fit", fit(day)) for day in range(12)]
    with killed_at(store, None) as sent:
        list(intake.import_many(store, many, now=now))
    assert len(sent) <= 14 * len(many), "each of them a journey to the database"
