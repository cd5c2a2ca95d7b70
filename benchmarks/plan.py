"""The plan: made from answers, made anew after an import, and its month on the screen beside 10,000 sessions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from backward_running.core.ports import Store
from benchmarks._data import simulated_fit
from benchmarks._letting_in import client_of
from benchmarks._measure import Row, median_ms, within

TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ASKED_MS = 100.0
STORED = 10_000
PER_DAY = 3


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    yield from _made()
    yield from _adapted()
    yield from _calendar()


def _made() -> Iterator[Row]:
    """From typed answers to twelve weeks, with every week placed anew and with equal weeks remembered."""
    from backward_running import plans, rehab
    from backward_running.plans import _binding, _week_table
    from backward_running.simulation import athlete as simulated_athlete
    from backward_running.simulation.runner import demo_answers

    typed = demo_answers(TODAY) | {"days": ["0", "1", "3", "5", "6"], "hard_days": ["6"]}
    facts = rehab.Facts(TODAY, simulated_athlete(), typed, ())

    def make(*, forget: bool) -> object:
        if forget:
            _week_table.best_days.cache_clear()
            _binding._relaxed.cache_clear()
        answers, problems = plans.check_answers(typed, today=TODAY)
        assert answers is not None, problems
        plan = plans.make_plan(answers, typed, rehab.ask_rules(facts), made_at=NOW)
        assert len(plan.weeks) == 12, plan.gates
        return plan

    yield within(
        "12-week plan from answers", median_ms(lambda: make(forget=True), repeats=15), ASKED_MS, "nothing remembered"
    )
    yield within("the same again", median_ms(lambda: make(forget=False), repeats=15), ASKED_MS, "weeks remembered")


def _adapted() -> Iterator[Row]:
    """Read what was done, ask the rules, make the rest of the plan anew: ten days after the last session."""
    from backward_running.flows import adapt
    from backward_running.flows.demo import load_demo
    from backward_running.plans import _week_table
    from backward_running.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        for _ in load_demo(store, today=TODAY):
            pass
        later = NOW + timedelta(days=10)
        proposed = adapt.proposal(store, now=later)
        note = f"{len(proposed.changes)} sessions change" if proposed is not None else "nothing changes"

        def propose() -> object:
            _week_table.best_days.cache_clear()
            return adapt.proposal(store, now=later)

        yield within("re-plan after an import", median_ms(propose, repeats=15), ASKED_MS, note)
        store.close()


def _calendar() -> Iterator[Row]:
    from backward_running.apps.web.server import create_app
    from backward_running.flows.demo import load_demo
    from backward_running.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        for _ in load_demo(store, today=TODAY):
            pass
        _fill(store)
        client = client_of(create_app(store, now=lambda: NOW))

        def open_month(month: str) -> None:
            answer = client.get(f"/calendar?month={month}")
            assert answer.status_code == 200, answer.status_code

        note = f"{store.counts().activities} activities stored, {PER_DAY} a day, and a plan"
        yield within("calendar page, server", median_ms(lambda: open_month("2026-04"), repeats=15), ASKED_MS, note)
        store.close()


def _fill(store: Store) -> None:
    """Keep one imported run ten thousand times over, on other days and without its streams."""
    from backward_running.core.ports import ImportEntry, NewFile
    from backward_running.flows.intake import import_file

    (entry,) = import_file(store, "one.fit", simulated_fit(1), now=NOW)
    (name,) = entry.activity_ids
    recording, session, row = replace(store.recording(name), streams=()), store.session(name), store.row(name)
    key = "f" * 64
    activities = []
    for part in range(STORED):
        began = NOW - timedelta(hours=24 / PER_DAY * (part + 1))
        earlier = replace(recording, key=key, part=part, started_at=began)
        other_row = replace(row, activity_id=earlier.activity_id, file_key=key, started_at=began)
        activities.append((earlier, replace(session, activity_id=earlier.activity_id), other_row))
    entry = ImportEntry(NOW, "many.fit", key, "new", "Many came in.")
    store.add_files([NewFile(key, "many.fit", b"many", tuple(activities), entry)])


if __name__ == "__main__":
    for row in run():
        print(row)
