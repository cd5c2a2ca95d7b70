"""Years of runs, on SQLite and on PostgreSQL: every dense page alone, its statements, many clients at once, memory.

``BENCH_STORE=1000,10000`` measures other counts than 1,000, 10,000 and 100,000.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks._letting_in import BASE, client_of
from benchmarks._measure import Row, counted
from benchmarks._years import NOW, fill

PAGES = (
    "/", "/runs", "/runs?direction=backward", "/runs?page=100", "/load", "/load?span=all", "/plan", "/calendar", "/check-in",
    "/import", "/said", "/cost", "/settings", "/runs/{run}", "/runs.csv",
)  # fmt: skip
#: No pages: all runs in one file, which takes as long as there are runs.
FILES = ("/runs.csv",)
TOGETHER = ("/", "/runs", "/load", "/plan")
CLIENTS = (1, 20, 50)
REPEATS = 5
#: So many runs at most are measured on the server, too.
MOST_ON_SERVER = 100_000
#: How long a number of clients ask, and how long the server is left alone before its memory is looked at again.
ASK_S, REST_S = 4.0, 1.0
ALONE_MS, TOGETHER_MS, SERVER_RATIO = 100.0, 300.0, 1.3


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    yield Row(
        "how to read these", "the best of five; of pages asked one by one: processor time", "", "runs are simulated"
    )
    for count in map(int, os.environ.get("BENCH_STORE", "1000,10000,100000").split(",")):
        with ExitStack() as stack:
            homes = {"SQLite": stack.enter_context(tempfile.TemporaryDirectory())}
            server = _postgresql(stack) if count <= MOST_ON_SERVER else None
            if server is not None:
                homes["PostgreSQL"] = server
            for name, address in homes.items():
                began = time.perf_counter()
                fill(address, count)
                yield Row(f"{name}, {count:,} runs: filled in bulk", f"{time.perf_counter() - began:.0f} s")
            yield from _alone(homes, count)
            for name, address in homes.items():
                yield from _together(name, address, count)


def _postgresql(stack: ExitStack) -> str | None:
    """Start a server; None where there is none here."""
    from tests.store.throw_away import NoServer, throw_away_server

    try:
        folder = stack.enter_context(throw_away_server())
    except NoServer:
        return None
    return f"postgresql://runner@/postgres?host={folder}"


def _alone(homes: dict[str, str], count: int) -> Iterator[Row]:
    """Ask every page of both stores in turn, as it is kept and just after something changed."""
    from backward_running.apps.web.server import create_app
    from backward_running.core.ports import ActivityQuery
    from backward_running.store import open_store

    with ExitStack() as stack:
        stores = {name: open_store(address) for name, address in homes.items()}
        for store in stores.values():
            stack.callback(store.close)
        clients = {name: client_of(create_app(store, now=lambda: NOW)) for name, store in stores.items()}
        sums: dict[str, list[float]] = {name: [] for name in homes}
        for page in PAGES:
            took: dict[str, list[_Took]] = {name: [] for name in homes}
            anew: dict[str, list[_Took]] = {name: [] for name in homes}
            sent: dict[str, int] = {}
            for turn in range(REPEATS + 1):
                for name, store in stores.items():
                    address = page.format(run=store.activities(ActivityQuery(limit=1))[0].activity_id)
                    store.put_setting("draft_answers", str(turn))
                    with counted(store) as statements:
                        anew[name].append(_took(clients[name], address))
                    sent[name] = sum(words.lstrip().startswith("SELECT") for words in statements)
                    took[name] += [_took(clients[name], address) for _ in range(2)]
            for name in homes:
                kept, after = (min(ask.computing_ms for ask in asks) for asks in (took[name][2:], anew[name][1:]))
                sums[name] += [min(ask.waiting_ms for ask in asks) for asks in (took[name][2:], anew[name][1:])]
                is_file = page in FILES
                yield Row(
                    f"{name}, {count:,} runs: {page}", f"{kept:.0f} ms, after a change {after:.0f} ms",
                    "" if is_file else f"≤ {ALONE_MS:.0f} ms", f"{sent[name]} SELECT after a change, 1 when nothing changed",
                    None if is_file else after <= ALONE_MS,
                )  # fmt: skip
        for name, store in stores.items():
            yield from _profile(name, clients[name], store, count)
        if len(homes) > 1:
            ratio = sum(sums["PostgreSQL"]) / sum(sums["SQLite"])
            what = f"PostgreSQL over SQLite, {count:,} runs, all pages"
            note = "until they are there, asked in turn, the best of each"
            yield Row(what, f"{ratio:.2f} ×", f"≤ {SERVER_RATIO} ×", note, ratio <= SERVER_RATIO)


class _Took(NamedTuple):
    """What a page took: processor time of this process, and until it was there."""

    computing_ms: float
    waiting_ms: float


def _took(client: Any, address: str) -> _Took:
    began, computed = time.perf_counter(), time.process_time()
    reply = client.get(address)
    took = _Took(1000.0 * (time.process_time() - computed), 1000.0 * (time.perf_counter() - began))
    if reply.status_code != 200:
        raise RuntimeError(f"{address} was answered with {reply.status_code}")
    return took


def _together(name: str, address: str, count: int) -> Iterator[Row]:
    with _served(address) as (process, port, cookie):
        for page in TOGETHER:
            _ask(port, cookie, page)
        before = _memory_mb(process.pid)
        for kind, new in (("as they were drawn", False), ("each another", True)):
            alone = 0.0
            for clients in CLIENTS:
                computed_s = _computed_s(process.pid)
                took, computed, rate = _rate(process.pid, port, cookie, clients, new=new)
                each_ms = 1000.0 * (_computed_s(process.pid) - computed_s) / len(took)
                slow = sorted(took)[int(0.95 * (len(took) - 1))]
                memory = _memory_mb(process.pid)
                time.sleep(REST_S)
                behind = sorted(computed)[int(0.95 * (len(computed) - 1))]
                note = f"{rate:.0f} pages a second, {each_ms:.1f} ms of computing each; until it was there the server "
                note += f"computed {behind:.0f} ms at the 95th percentile, which is the wait on a free core; "
                note += f"{before:.0f} MB before, {memory:.0f} MB, {_memory_mb(process.pid):.0f} MB after"
                what = (
                    f"{name}, {count:,} runs, {clients} at once, {kind}: 95th percentile of Today, list, load and plan"
                )
                if clients == 1:
                    alone = rate
                    yield Row(what, f"{slow:.0f} ms", "", note)
                else:
                    asked = f"≤ {TOGETHER_MS:.0f} ms" if clients == 20 else "as many a second as alone"
                    reached = rate >= 0.9 * alone and (clients != 20 or slow <= TOGETHER_MS)
                    yield Row(what, f"{slow:.0f} ms", asked, note, reached)


def _profile(name: str, client: Any, store: Any, count: int) -> Iterator[Row]:
    """Change what every session follows from, and see how long its runner waits and how many statements it takes."""
    token = re.search(r'name="csrf-token" content="([0-9a-f]{64})"', client.get("/settings").text)
    took, sent = [], 0
    for turn in range(REPEATS):
        form = {"csrf_token": token[1] if token else "", "resting_heart_rate_bpm": str(50 + turn)}
        began, computed = time.perf_counter(), time.process_time()
        with counted(store) as statements:
            reply = client.post("/settings/you", data=form, headers={"Origin": BASE}, follow_redirects=False)
        took.append(_Took(1000.0 * (time.process_time() - computed), 1000.0 * (time.perf_counter() - began)))
        sent = len(statements)
        if reply.status_code != 303:
            raise RuntimeError(f"the profile was answered with {reply.status_code}")
    got = min(ask.computing_ms for ask in took)
    yield Row(f"{name}, {count:,} runs: another resting heart rate", f"{got:.0f} ms", f"≤ {ALONE_MS:.0f} ms",
              f"{sent} statements; sessions follow in the background", got <= ALONE_MS)  # fmt: skip


@contextmanager
def _served(address: str) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """Serve a store in a process of its own; lend it, its port and a cookie."""
    command = [sys.executable, "-m", "benchmarks._served", address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port, key = str(process.stdout.readline()).split()  # type: ignore[union-attr]
            for _ in range(200):
                try:
                    connection = HTTPConnection("127.0.0.1", int(port), timeout=60)
                    connection.request("GET", f"/?key={key}")
                    cookie = str(connection.getresponse().headers["set-cookie"]).partition(";")[0]
                    break
                except OSError:
                    time.sleep(0.05)
            yield process, int(port), cookie
        finally:
            process.terminate()


def _rate(pid: int, port: int, cookie: str, clients: int, *, new: bool) -> tuple[list[float], list[float], float]:
    """Let clients ask one page after the other, or `new` addresses.

    Return milliseconds of each, milliseconds that the server computed until each was there, and pages a second.
    """
    took: list[float] = []
    computed: list[float] = []
    numbers = itertools.count()
    ends = time.perf_counter() + ASK_S

    def ask(first: int) -> None:
        turn = first
        while time.perf_counter() < ends:
            page = TOGETHER[turn % len(TOGETHER)]
            before_s = _computed_s(pid)
            took.append(_ask(port, cookie, f"{page}?look={time.monotonic_ns()}-{next(numbers)}" if new else page))
            computed.append(1000.0 * (_computed_s(pid) - before_s))
            turn += 1

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, computed, len(took) / (time.perf_counter() - began)


def _ask(port: int, cookie: str, page: str) -> float:
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", page, headers={"Cookie": cookie})
    answer = connection.getresponse()
    if answer.status != 200 or not answer.read():
        raise RuntimeError(f"{page} was answered with {answer.status}")
    connection.close()
    return 1000.0 * (time.perf_counter() - began)


def _computed_s(pid: int) -> float:
    """Return the processor time a process took so far; unknown elsewhere than on Linux."""
    if sys.platform != "linux":
        return float("nan")
    return time.clock_gettime(~pid << 3 | 2)  # the clock of that process, as clock_getcpuclockid(3) makes it


def _memory_mb(pid: int) -> float:
    """Return what a process holds in memory; unknown elsewhere than on Linux."""
    if sys.platform != "linux":
        return float("nan")
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    for row in run():
        print(row)
