"""What the tests of the web app stand on: real FIT bytes, a filled form, a browser without script."""

from __future__ import annotations

import os
import re
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache
from html.parser import HTMLParser

import numpy as np
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.testclient import TestClient

from backward_running.apps.web.keys import cookie_name
from backward_running.apps.web.server import create_app
from backward_running.core.recording import Lap, Stream
from backward_running.formats.fit_activity import FitActivity, write_activity

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:8484"
HOSTILE = "<script>alert('1')</script>"


def track_file(
    *, title="Hill path", length_s=600, backward=(200, 300), lap_label=None, with_heading=True, day=17
) -> bytes:
    """A run straight north at 2.5 m/s; the chest faces south in between, where a heading is written."""
    time_s = np.arange(0.0, length_s)
    columns = {
        "latitude_deg": 42.5 + time_s * 2.5 / 111_320,
        "longitude_deg": np.full_like(time_s, 1.5),
        "speed_mps": np.full_like(time_s, 2.5),
        "distance_m": time_s * 2.5,
        "heart_rate_bpm": np.full_like(time_s, 150.0),
        "cadence_spm": np.full_like(time_s, 170.0),
    }
    if with_heading:
        inside = (time_s >= backward[0]) & (time_s < backward[1])
        columns["heading_deg"] = np.where(inside, 180.0, 0.0)
    stream = Stream("waist", "earth", time_s, columns, mount_known=True)
    laps = (Lap(0.0, length_s / 2, label=lap_label), Lap(length_s / 2, float(length_s)))
    started_at = datetime(2026, 11, day, 6, 12, tzinfo=UTC)
    return write_activity(FitActivity(started_at, stream, utc_offset_s=3600, title=title, laps=laps))


def unplanned_file(*, length_s=1500, backward=(700, 800), laps=(), days_before=0) -> bytes:
    """A run by a watch alone; in between steps and speed are what they are backward, and nobody said so."""
    time_s = np.arange(0.0, length_s)
    inside = (time_s >= backward[0]) & (time_s < backward[1])
    speed = (3.1 + 0.15 * np.sin(time_s / 20.0)) * np.where(inside, 0.7, 1.0)
    cadence = 168.0 * np.exp(0.045 * (speed - 3.0)) * np.where(inside, 1.1, 1.0)
    columns = {"speed_mps": speed, "distance_m": np.cumsum(speed), "cadence_spm": cadence}
    stream = Stream("wrist", "earth", time_s, columns)
    started_at = datetime(2026, 11, 19, 6, 12, tzinfo=UTC) - timedelta(days=days_before)
    return write_activity(FitActivity(started_at, stream, utc_offset_s=3600, title="By the watch", laps=laps))


def runs_before(count=3) -> list[tuple[str, bytes]]:
    """The forward runs of the days before: whose steps are not known is not asked about them."""
    return [(f"day{number}.fit", unplanned_file(backward=(0, 0), days_before=number)) for number in range(count, 0, -1)]


def answers(**changed):
    """Return the form of a runner for whom a plan can be made, as it is typed."""
    typed = {
        "forward_runs_per_week": "3",
        "easy_speed_mps": "5:44",
        "longest_run_s": "45",
        "backward_experience_min": "0",
        "birth_year": "1988",
        "goal": "try",
        "days": ["0", "2", "4"],
        "have": ["spotter", "known_spot"],
        "starts_on": "2026-11-23",
        "parq": "all_no",
        "health": ["none"],
    }
    return typed | changed


#: The page about health as it is sent.
HEALTH = {
    "asks": ["health", "parq", "birth_year", "goal", "have", "supervisor_name"],
    "then": "running",
    "health": ["none"],
    "parq": "all_no",
    "birth_year": "1988",
    "goal": "try",
    "have": ["spotter", "known_spot"],
}


BLOCK = (
    "p|li|td|th|h[1-6]|div|section|dd|dt|dl|ul|ol|legend|summary|label|form|header|fieldset|a|button|title|option|tr"
)


def tidied(html: str) -> str:
    """Return a page without the white space that only lays out its source."""
    html = re.sub(r"[ \t\n]+", " ", html)  # a no-break space is a letter
    html = re.sub(r" (/?>)", r"\1", html).replace("> <", "><")
    html = re.sub(rf"(<(?:{BLOCK})(?: [^>]*)?>) ", r"\1", html)
    return re.sub(rf" (</(?:{BLOCK})>)", r"\1", html)


@cache
def _one_loop(process: int) -> BlockingPortal:
    """Return one loop for all browsers of a process, as a server has one: a new one took longer than most answers."""
    del process
    ending = ExitStack()
    portal = ending.enter_context(start_blocking_portal())

    def end() -> None:
        threading.main_thread().join()
        ending.close()

    threading.Thread(target=end, daemon=True).start()  # its workers are no daemons: the program would wait for them
    return portal


class Browser(TestClient):
    """Sends forms as a browser without script does: with the token and the origin of the page.

    What it gets is tidied: no test may depend on how a template is laid out. It was let in: it has the cookie that
    is given for the key.
    """

    def __init__(self, app, **more) -> None:
        super().__init__(app, base_url=BASE, **more)
        self.cookies.set(cookie_name(8484), app.state.keys.new_visit())
        self.portal = _one_loop(os.getpid())
        self._tokens: dict[str, str] = {}

    def request(self, *args, **more):
        """Ask for a page."""
        reply = super().request(*args, **more)
        if reply.headers.get("content-type", "").startswith("text/html"):
            reply._content = tidied(reply.text).encode(reply.encoding or "utf-8")
            reply.__dict__.pop("_text", None)
        return reply

    def token(self) -> str:
        """Open a page and take its token; it is that of the visit and of who is shown: one page of each will do."""
        visit = " ".join(sorted(f"{cookie.name}={cookie.value}" for cookie in self.cookies.jar))
        if visit not in self._tokens:
            found = re.search(r'name="csrf-token" content="([0-9a-f]{64})"', self.get("/settings").text)
            self._tokens[visit] = found[1]
        return self._tokens[visit]

    def submit(self, path, data=None, **more):
        """Send a form."""
        headers = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"} | more.pop("headers", {})
        return self.post(path, data={"csrf_token": self.token()} | (data or {}), headers=headers, **more)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def parsed(html: str) -> _Words:
    """Read a page as a browser would."""
    words = _Words()
    words.feed(html)
    return words


def browse(store, *, now=lambda: NOW, follow=False) -> Browser:
    """Open the app of a store, by a clock; where asked, it goes where it is sent."""
    return Browser(create_app(store, now=now), follow_redirects=follow)


def post_doors(app) -> set[str]:
    """Return the addresses of an app at which something can be changed; routers are looked into."""
    routes = [one for route in app.router.routes for one in _flat(route)]
    return {one.path for one in routes if "POST" in (getattr(one, "methods", None) or ())}


def _flat(route):
    inner = getattr(getattr(route, "original_router", None), "routes", None)
    return inner if inner is not None else [route]
