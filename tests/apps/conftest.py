"""A browser at an empty store, and at one with runs and a plan."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.apps.browsing import HOSTILE, NOW, answers, browse, track_file

from backward_running.apps.cli import _shared
from backward_running.flows import coach, intake
from backward_running.store import open_store


@pytest.fixture(autouse=True)
def _one_day(monkeypatch):
    """Let every command believe it is the day of the tests: none of them may depend on the day it is run on."""
    monkeypatch.setattr(_shared, "machine_clock", lambda: NOW)


@pytest.fixture
def empty(new_home):
    """A browser at an empty store."""
    store = open_store(new_home)
    browser = browse(store)
    browser.store = store
    yield browser
    store.close()


@dataclass(frozen=True)
class Filled:
    """A store that is made once and copied for every test, and what is in it."""

    home: Path
    ids: tuple[str, ...]
    workout_id: str


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """Two runs and a plan, taken in by the normal doors."""
    return make_filled(tmp_path_factory.mktemp("filled"))


def make_filled(home):
    """Fill a store in a folder."""
    store = open_store(home)
    entries = [
        *intake.import_file(store, "hill.fit", track_file(), now=NOW),
        *intake.import_file(store, f"{HOSTILE}.fit", track_file(title=HOSTILE, with_heading=False, day=18), now=NOW),
    ]
    reply = browse(store).submit("/plan/start", answers())
    assert reply.status_code == 303, reply.text
    ids = tuple(entry.activity_ids[0] for entry in entries)
    workout_id = next(iter(coach.current_plan(store).workouts())).workout_id
    store.close()
    return Filled(home, ids, workout_id)


@pytest.fixture
def full(filled, tmp_path):
    """A browser at a store with two runs and a plan; `full.ids` are the runs, the labelled one first."""
    yield from browse_copy(filled, tmp_path)


def browse_copy(filled, home):
    """Lend a browser at a copy of what was filled."""
    store = open_store(shutil.copytree(filled.home, home, dirs_exist_ok=True))
    browser = browse(store)
    browser.home, browser.store = home, store
    browser.ids, browser.workout_id = list(filled.ids), filled.workout_id
    yield browser
    store.close()
