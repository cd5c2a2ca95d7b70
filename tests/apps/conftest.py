"""A browser at an empty store, and at one with runs and a plan."""

from __future__ import annotations

import pytest
from tests.apps.web import HOSTILE, NOW, answers, browse, track_file

from backward_running.flows import coach, intake
from backward_running.store import open_store


@pytest.fixture
def empty(tmp_path):
    """A browser at an empty store."""
    store = open_store(tmp_path)
    yield browse(store)
    store.close()


@pytest.fixture
def full(tmp_path):
    """A browser at a store with two runs and a plan; `full.ids` are the runs, the labelled one first."""
    store = open_store(tmp_path)
    entries = [
        *intake.import_file(store, "hill.fit", track_file(), now=NOW),
        *intake.import_file(store, f"{HOSTILE}.fit", track_file(title=HOSTILE, with_heading=False, day=18), now=NOW),
    ]
    browser = browse(store)
    reply = browser.submit("/plan/start", answers())
    assert reply.status_code == 303, reply.text
    browser.ids = [entry.activity_ids[0] for entry in entries]
    browser.store = store
    browser.workout_id = next(iter(coach.current_plan(store).workouts())).workout_id
    yield browser
    store.close()
