"""What the app costs a phone: ``python -m tools.phone_cost --seconds 240``.

Chromium runs the app with made motion, 100 Hz and six axes, while the page’s clock is driven. CPU seconds are
those of the renderer, as the browser counts them, so that a busy machine does not change them. Prints the size of the
first load, the share of a core, and how many bytes an hour leaves.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import shutil
import tempfile
import threading
from datetime import datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from backward_running.apps import phone_app

SECOND = """() => {
  const real = Date.now, began = real();
  for (let at = 0; at < 100; at += 1) {
    Date.now = () => began + at * 10;
    const t = Date.now() / 90, s = Math.sin(t);
    dispatchEvent(new DeviceMotionEvent("devicemotion", {
      accelerationIncludingGravity: { x: 2 * s, y: 9.7 + s, z: 0.5 * s + Math.sin(3.1 * t) },
      rotationRate: { alpha: 20 * s, beta: 5 * s + Math.cos(2.3 * t), gamma: 10 * s }, interval: 10,
    }));
  }
  Date.now = real;
}"""
KEPT = """() => new Promise((fine) => {
  indexedDB.open("backward", 1).onsuccess = (opened) => {
    const all = opened.target.result.transaction("lines").objectStore("lines").getAll();
    all.onsuccess = () => fine(all.result.map((line) => line.text).join("\\n"));
  };
})"""
PERMITTED = ["geolocation", "accelerometer", "gyroscope"]
BEGINS = datetime(2026, 11, 30, 10).astimezone()


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=240)
    asked.add_argument("--chromium", default=shutil.which("chromium"))
    told = asked.parse_args()
    folder = Path(tempfile.mkdtemp())
    phone_app.build(folder)
    first = [path for path in folder.iterdir() if path.suffix in (".html", ".js", ".css", ".webmanifest")]
    packed = sum(len(gzip.compress(path.read_bytes())) for path in first)
    print(f"first load without icons: {packed / 1000:.0f} kB gzipped")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(SimpleHTTPRequestHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=told.chromium, args=["--no-sandbox"])
        for records in (False, True):
            _measure(browser, f"http://localhost:{server.server_port}/", told.seconds, records=records)
        browser.close()
    server.shutdown()


def _measure(browser: Browser, address: str, seconds: int, *, records: bool) -> None:
    context = browser.new_context(permissions=PERMITTED, geolocation={"latitude": 60.17, "longitude": 24.94})
    page = context.new_page()
    page.clock.install(time=BEGINS - timedelta(minutes=1))
    page.clock.pause_at(BEGINS)
    page.goto(address)
    page.wait_for_selector("h1")
    if records:
        page.get_by_role("button", name="Record").click()
        page.get_by_role("button", name="Start").click()
        page.wait_for_selector(".word")
    _pass(page, 5)
    before = _renderer_s(browser)
    _pass(page, seconds)
    used = _renderer_s(browser) - before
    what = "a session" if records else "the first screen, with the same events"
    print(f"{what}: {used:.2f} CPU s for {seconds} s at 100 Hz, {100 * used / seconds:.2f} % of a core")
    if records:
        kept = str(page.evaluate(KEPT)).encode()
        hour = 3600 / (seconds + 5) / 1e6
        print(f"an hour: {len(kept) * hour:.1f} MB on the phone, {len(gzip.compress(kept)) * hour:.1f} MB packed")
    context.close()


def _pass(page: Page, seconds: int) -> None:
    for _ in range(seconds):
        page.evaluate(SECOND)
        page.clock.run_for(1000)


def _renderer_s(browser: Browser) -> float:
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return sum(float(process["cpuTime"]) for process in found if process["type"] == "renderer")


if __name__ == "__main__":
    main()
