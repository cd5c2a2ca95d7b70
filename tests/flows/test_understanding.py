"""The next recording is judged while one is kept; what comes of it is what would have come one after the other."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.store.test_never_stale import fit

from backward_running.core.ports import ActivityQuery
from backward_running.core.work import InTurn
from backward_running.flows import intake, keeping, profile, understanding
from backward_running.flows.understanding import understood
from backward_running.store import open_store

RUNS = 5


class AtOnce:
    """Works everything out when it is begun: as early as any worker could."""

    at_once = 2

    def __init__(self):
        self.judged = 0

    def begin(self, function, /, *args, **kwargs):
        self.judged += function is understood
        value = function(*args, **kwargs)
        return InTurn(lambda: value, is_done=True)


@pytest.fixture
def made(monkeypatch):
    """Every Understanding that an import makes."""
    found = []

    class Watched(understanding.Understanding):
        def __init__(self, *args):
            super().__init__(*args)
            found.append(self)

    monkeypatch.setattr(intake, "Understanding", Watched)
    return found


def imported(home, now, between=lambda store, number: None, **how):
    store = open_store(home)
    files = [(f"{number}.fit", fit(number)) for number in range(RUNS)]
    for number, _ in enumerate(intake.import_many(store, files, now=now, **how)):
        between(store, number)
    runs = sorted(store.activities(ActivityQuery(limit=100)), key=lambda row: row.activity_id)
    found = repr((runs, [store.session(row.activity_id) for row in runs], store.habits()))
    found += repr([store.derivation(row.activity_id).inputs for row in runs])
    store.close()
    return found


def test_each_but_the_first_is_judged_ahead_and_comes_out_the_same(new_home, tmp_path, now, made):
    asked = imported(Path(shutil.copytree(new_home, tmp_path / "alone")), now)
    workers = AtOnce()
    assert imported(new_home, now, workers=workers) == asked
    assert made[-1].foreseen_count == RUNS - 1 and workers.judged == RUNS


def test_what_changes_meanwhile_is_judged_by_what_it_is_then(new_home, tmp_path, now, made, monkeypatch):
    monkeypatch.setattr(keeping, "TOGETHER", 1)

    def heavier(store, number):
        profile.put_athlete(store, replace(store.athlete(), mass_kg=60.0 + number, resting_heart_rate_bpm=50.0))

    asked = imported(Path(shutil.copytree(new_home, tmp_path / "alone")), now, heavier)
    workers = AtOnce()
    assert imported(new_home, now, heavier, workers=workers) == asked
    assert made[-1].foreseen_count == 0 and workers.judged == 2 * RUNS - 1
