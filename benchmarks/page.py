"""The activity page of a ten-hour recording: on the server, and in Chromium until it can be used.

In Chromium twice: where it draws without a graphics card, as it does where there is none, and where a card is played by
the processor, as the map needs it. The second costs more processor than all the rest and is what no person has.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

from benchmarks._data import simulated_fit
from benchmarks._letting_in import address_of, cookie_of
from benchmarks._measure import Row, median_ms, within
from benchmarks.intake import NOW
from benchmarks.start import start_server

_BARE_FLAGS = ["--no-sandbox", "--disable-background-networking"]
#: With a graphics card that the processor plays.
CHROMIUM_FLAGS = [*_BARE_FLAGS, "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    from backward_running.flows.intake import import_file
    from backward_running.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        (entry,) = import_file(store, "ten-hours.fit", simulated_fit(10), now=NOW)
        store.close()
        process, port, _ = start_server(Path(folder))
        try:
            path, cookie = f"/runs/{entry.activity_ids[0]}", cookie_of(Path(folder), port)
            yield within("page of a 10-h activity, server", median_ms(lambda: _get(port, path, cookie)), 150.0)
            yield Row("its series as JSON", f"{median_ms(lambda: _get(port, path + '/data.json', cookie)):.1f} ms")
            yield from _in_chromium(address_of(Path(folder), port), f"http://127.0.0.1:{port}{path}")
        finally:
            process.terminate()
            process.wait()


def _get(port: int, path: str, cookie: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status)
    return body


def _in_chromium(key: str, address: str) -> Iterator[Row]:
    from playwright.sync_api import sync_playwright
    from tests.prepare import find_chromium

    chromium = find_chromium()
    if chromium is None:
        yield Row("10-h activity in Chromium", "not measured", "≤ 1000 ms", "no Chromium found")
        return
    for card, flags in (("no graphics card", [*_BARE_FLAGS, "--disable-gpu"]), ("a played one", CHROMIUM_FLAGS)):
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=flags)
            times = []
            for _ in range(5):
                page = browser.new_page()
                page.goto(key)
                page.goto(address)
                page.wait_for_selector("html[data-interactive=yes]")
                times.append(page.evaluate("performance.getEntriesByName('backward:interactive')[0].startTime"))
                page.close()
            browser.close()
        what = f"10-h activity interactive in Chromium, {card}"
        yield within(what, sorted(times)[2], 1000.0, "since navigation, median of 5")
