"""Two importers at once, and one that dies at any statement: nothing lost, doubled, half or untaught."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from tests.store.faults import Killed, killed_at
from tests.store.test_never_stale import NOW, fit

from backward_running.core.ports import ActivityQuery
from backward_running.flows import intake
from backward_running.store import open_store

RUNS = 6


def taught(store):
    """Return which recordings taught the habits."""
    return sorted(trait.activity_id for trait in store.habits().traits)


def runs(store):
    return sorted(row.activity_id for row in store.activities(ActivityQuery(limit=100)))


def test_two_importers_at_once_teach_as_much_as_one(new_home: Path, tmp_path: Path):
    alone = open_store(Path(shutil.copytree(new_home, tmp_path / "alone")))
    for number in range(RUNS):
        intake.import_file(alone, f"{number}.fit", fit(number), now=NOW)
    stores = [open_store(new_home), open_store(new_home)]
    begin = threading.Barrier(2)
    failed = []

    def importer(at):
        begin.wait()
        try:
            for number in range(at, RUNS, 2):
                intake.import_file(stores[at], f"{number}.fit", fit(number), now=NOW)
        except BaseException as problem:  # noqa: BLE001 - told by the test
            failed.append(problem)

    threads = [threading.Thread(target=importer, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert runs(stores[0]) == runs(alone)
    assert taught(stores[0]) == taught(alone) != []
    for one in (alone, *stores):
        one.close()


def test_who_dies_at_any_statement_of_an_import_leaves_all_of_a_run_or_nothing(new_home: Path, tmp_path: Path):
    whole = open_store(Path(shutil.copytree(new_home, tmp_path / "whole")))
    with killed_at(whole, None) as sent:
        intake.import_file(whole, "0.fit", fit(0), now=NOW)
    for statement in range(0, len(sent), 3):
        home = Path(shutil.copytree(new_home, tmp_path / f"killed {statement}"))
        store = open_store(home)
        try:
            with killed_at(store, statement):
                intake.import_file(store, "0.fit", fit(0), now=NOW)
        except Killed:
            pass
        store.close()
        store = open_store(home)
        assert (runs(store), taught(store)) in (([], []), (runs(whole), taught(whole))), sent[statement]
        intake.import_file(store, "0.fit", fit(0), now=NOW)
        assert (runs(store), taught(store)) == (runs(whole), taught(whole)), sent[statement]
        store.close()
    whole.close()
