"""Years of runs: every dense page alone and with twenty clients at once, its statements, and what it leaves in memory."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

from backward_running.core.ports import Store
from benchmarks._data import simulated_fit
from benchmarks._letting_in import client_of, cookie_of
from benchmarks._measure import Row, median_ms, within
from benchmarks.start import start_server

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
CLIENTS, EACH = 20, 6
PAGES = ("/", "/runs", "/runs?direction=backward", "/load", "/load?span=all", "/plan", "/settings", "/calendar")


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark; `BENCH_MANY` names other counts than 10,000, and `BENCH_STORE` a server."""
    for count in map(int, os.environ.get("BENCH_MANY", "10000").split(",")):
        with tempfile.TemporaryDirectory() as folder:
            home = os.environ.get("BENCH_STORE", folder)
            fill(home, count)
            yield from _alone(home, count)
            if home == folder:
                yield from _together(Path(folder), count)


def fill(home: str, count: int) -> None:
    """Keep one imported run many times over, one a day, without its streams; a store that is full stays as it is."""
    from backward_running.core.athlete import Athlete, CheckIn, Sex
    from backward_running.core.derivation import Derivation, Lesson
    from backward_running.core.ports import ImportEntry
    from backward_running.flows import coach, deriving
    from backward_running.flows.intake import import_file
    from backward_running.store import open_store

    store = open_store(home)
    if store.counts().activities < count:
        athlete = Athlete(sex=Sex.FEMALE, resting_heart_rate_bpm=55.0, maximal_heart_rate_bpm=185.0)
        store.put_athlete(athlete)
        (entry,) = import_file(store, "one.fit", simulated_fit(0.4), now=NOW)
        (name,) = entry.activity_ids
        coach.add_check_in(store, CheckIn(NOW, activity_id=name, perceived_exertion_cr10=4.0))
        recording, session, row = store.recording(name), store.session(name), store.row(name)
        derivation = Derivation(deriving.recipe(), deriving.profile_of(athlete), "inputs")
        for first in range(0, count, 1000):
            key = f"{first:016x}" * 4
            activities = []
            for part in range(min(1000, count - first)):
                began = NOW - timedelta(days=(first + part) * 3650 / count, hours=3)
                one = replace(recording, key=key, part=part, started_at=began, streams=())
                new = replace(row, activity_id=one.activity_id, file_key=key, started_at=began, simulated=False)
                activities.append((replace(one, simulated=False), replace(session, activity_id=one.activity_id), new))
            derived = {one.activity_id: (derivation, Lesson()) for one, _, _ in activities}
            line = ImportEntry(NOW, "many.fit", key, "new", "Many came in.")
            store.add_file(key, "many.fit", b"many %d" % first, activities, line, derived)
    store.close()


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """Count the statements that are sent."""
    from sqlalchemy import event

    sent: list[str] = []

    def count(_connection: object, _cursor: object, words: str, *_more: object) -> None:
        sent.append(words)

    engine = store._database.engine  # type: ignore[attr-defined]
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", count)


def _alone(home: str, count: int) -> Iterator[Row]:
    from backward_running.apps.web.server import create_app
    from backward_running.store import open_store

    store = open_store(home)
    client = client_of(create_app(store, now=lambda: NOW))
    for page in PAGES:

        def ask(page: str = page) -> None:
            assert client.get(page).status_code == 200, page

        took = median_ms(ask, repeats=5)
        with counted(store) as sent:
            ask()
        asked = sum(words.lstrip().startswith("SELECT") for words in sent)
        yield within(f"{page}, {count:,} runs", took, 100.0, f"{asked} statements")
    store.close()


def _together(home: Path, count: int) -> Iterator[Row]:
    process, port, _ = start_server(home)
    try:
        cookie = cookie_of(home, port)
        for page in ("/runs", "/load"):
            one, _ = _rate(port, cookie, page, 1)
            many, slow = _rate(port, cookie, page, CLIENTS)
            note = f"{many:.1f} a second, one client alone {one:.1f}; {_memory_mb(process.pid):.0f} MB"
            yield within(f"{page}, {count:,} runs, {CLIENTS} clients, 95th percentile", slow, 300.0, note)
    finally:
        process.terminate()
        process.wait()


def _rate(port: int, cookie: str, page: str, clients: int) -> tuple[float, float]:
    took: list[float] = []

    def ask() -> None:
        for _ in range(EACH):
            began = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", page, headers={"Cookie": cookie})
            answer = connection.getresponse()
            assert answer.status == 200 and answer.read()
            took.append(1000.0 * (time.perf_counter() - began))

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return len(took) / (time.perf_counter() - began), sorted(took)[int(0.95 * (len(took) - 1))]


def _memory_mb(pid: int) -> float:
    if sys.platform != "linux":
        return float("nan")
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    for row in run():
        print(row)
