"""Load: ten years of days in two ledgers, and the page of loads beside 3,650 sessions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from backward_running.core.ports import Store
from benchmarks._data import simulated_fit
from benchmarks._letting_in import client_of
from benchmarks._measure import Row, median_ms, within

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SESSIONS = 3_650


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    yield _ledgers()
    yield from _page()


def _ledgers() -> Row:
    """Fitness, fatigue, form, weeks, monotony and strain of ten years, forward and backward."""
    from backward_running.effort.load_ledger import course_of, weeks_of

    chance = np.random.default_rng(7)
    loads = chance.uniform(0, 400, (2, SESSIONS // 7 * 7 + 7)).round()
    minutes, nothing = loads / 5, np.zeros(loads.shape[1])
    whole = np.ones(loads.shape[1] // 7, dtype=bool)

    def follow() -> None:
        for load, spent in zip(loads, minutes, strict=True):
            course = course_of(load, spent, nothing)
            weeks_of(load, course.lacks, whole=whole)

    return within("ten years of daily load, two ledgers", median_ms(follow, repeats=25), 10.0, "3,650 days each")


def _page() -> Iterator[Row]:
    from backward_running.apps.web.server import create_app
    from backward_running.core.load import Measure
    from backward_running.flows import load
    from backward_running.flows.days import local_day
    from backward_running.flows.load_days import days_of
    from backward_running.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        _fill(store)
        rows = [(local_day(row), row) for row in store.load_rows()]
        note = f"{len(rows)} sessions, one a day"
        yield Row("rows of ten years, from the store", f"{median_ms(store.load_rows):.1f} ms", "", note)
        laid = median_ms(lambda: days_of(rows, Measure.EXERTION, NOW.date()).courses)
        yield Row("laid out by day, and both ledgers followed", f"{laid:.1f} ms", "", note)
        yield Row(
            "all of the page but its HTML", f"{median_ms(lambda: load.load_page(store, now=NOW)):.1f} ms", "", note
        )
        client = client_of(create_app(store, now=lambda: NOW))

        def open_page() -> None:
            answer = client.get("/load")
            assert answer.status_code == 200, answer.status_code

        yield within("page of loads, server", median_ms(open_page, repeats=15), 150.0, note)
        store.close()


def _fill(store: Store) -> None:
    """Keep one imported run ten years over, every day, without its streams."""
    from backward_running.core.athlete import Athlete, CheckIn, Sex
    from backward_running.core.ports import ImportEntry, NewFile
    from backward_running.flows import coach
    from backward_running.flows.intake import import_file

    store.put_athlete(Athlete(sex=Sex.FEMALE, resting_heart_rate_bpm=55.0, maximal_heart_rate_bpm=185.0))
    (entry,) = import_file(store, "one.fit", simulated_fit(1), now=NOW)
    (name,) = entry.activity_ids
    coach.add_check_in(store, CheckIn(NOW, activity_id=name, perceived_exertion_cr10=4.0))
    recording, session, row = replace(store.recording(name), streams=()), store.session(name), store.row(name)
    key = "f" * 64
    activities = []
    for part in range(SESSIONS):
        began = NOW - timedelta(days=part, hours=3)
        earlier = replace(recording, key=key, part=part, started_at=began)
        other_row = replace(row, activity_id=earlier.activity_id, file_key=key, started_at=began)
        activities.append((earlier, replace(session, activity_id=earlier.activity_id), other_row))
    entry = ImportEntry(NOW, "many.fit", key, "new", "Many came in.")
    store.add_files([NewFile(key, "many.fit", b"many", tuple(activities), entry)])
    store.delete_activity(name)


if __name__ == "__main__":
    for row in run():
        print(row)
