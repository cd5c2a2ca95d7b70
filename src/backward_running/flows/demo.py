"""The demo runner: twelve simulated weeks, written as FIT files and read back through the normal door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from backward_running.core.athlete import Athlete
from backward_running.core.ports import ImportEntry, Store
from backward_running.flows.analyse import analyse_again
from backward_running.flows.coach import start_plan
from backward_running.flows.intake import import_file

#: The demo is the same on every machine.
DEMO_SEED = 8484
DEMO_WEEKS = 12


def load_demo(store: Store, *, today: date) -> Iterator[ImportEntry]:
    """Simulate the demo runner up to `today` and take the files in, yielding each as it comes.

    A real athlete and a real plan in the store are left as they are.
    """
    from backward_running.simulation import simulate_runner

    runner = simulate_runner(DEMO_SEED, weeks=DEMO_WEEKS, until=today)
    if store.athlete() == Athlete():
        store.put_athlete(runner.athlete)
    entries = []
    for name, data in runner.files:
        for entry in import_file(store, name, data, now=_noon(today)):
            entries.append(entry)
            yield entry
    for check_in in runner.check_ins:
        store.add_check_in(check_in, simulated=True)
        if check_in.activity_id is not None and check_in.perceived_exertion_cr10 is not None:
            analyse_again(store, check_in.activity_id)
    if store.plan() is None:
        # The plan began when the simulated runner did: its weeks lie beside what was done.
        began = today - timedelta(weeks=DEMO_WEEKS - 1)
        start_plan(store, runner.answers, now=_noon(began), simulated=True)


def clear_demo(store: Store) -> int:
    """Forget the demo runner; what is yours stays. Return how many activities were forgotten."""
    return store.delete_simulated()


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
