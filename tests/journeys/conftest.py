"""A real server, a real Chromium. Every page is watched: requests that leave the machine, errors, broken policies."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.journeys.expecting import PATIENCE_S

from backward_running.apps.cli import _launch

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
COMMAND = Path(sys.executable).parent / "backward"
SERVE_AT = Path(__file__).with_name("serve_at.py")
PORT_TAKEN = 5
#: When the journeys take place, by the clock on the wall of this machine: a Wednesday morning.
NOW = datetime(2026, 5, 6, 10, 0).astimezone()


def pytest_collection_modifyitems(items):
    """Keep the journeys on one worker: two Chromiums on two cores only wait for each other."""
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("journeys"))


@dataclass
class Server:
    """A running `backward serve`."""

    address: str
    home: Path
    process: subprocess.Popen

    @property
    def key(self) -> str:
        """The address with the key, as the terminal printed it."""
        return _launch.address_in(_launch.page_of(self.home, int(self.address.rsplit(":", 1)[1])))

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for a page as a browser does that was let in."""
        connection = HTTPConnection(self.address.removeprefix("http://"), timeout=PATIENCE_S)
        connection.request("GET", "/?" + self.key.partition("?")[2])
        answer = connection.getresponse()
        answer.read()
        connection.request("GET", path, headers={"Cookie": answer.headers["set-cookie"].partition(";")[0]})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def start_server(home: Path) -> Server:
    """Start a server on a port that is free; where another program takes it first, on the next one."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = home.with_name(f"{home.name}.log")
        arguments = ["--home", str(home), "serve", "--port", str(port), "--no-open"]
        with log.open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, SERVE_AT, NOW.isoformat(), *arguments], stdout=said, stderr=said
            )
        if answers(process, port):
            return Server(f"http://127.0.0.1:{port}", home, process)
        if process.returncode != PORT_TAKEN:
            raise RuntimeError(log.read_text())


def answers(process: subprocess.Popen, port: int) -> bool:
    """Wait until the server answers; False where it ended instead."""
    while process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return process.poll() is None
        except OSError:
            time.sleep(0.05)  # not yet
        finally:
            connection.close()
    return False


def serve(home: Path):
    server = start_server(home)
    yield server
    server.process.terminate()
    server.process.wait(timeout=PATIENCE_S)


@pytest.fixture
def empty_server(tmp_path_factory):
    """A server with an empty store, for one test."""
    yield from serve(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory):
    """A store that holds the demo runner."""
    from backward_running.flows.demo import load_demo
    from backward_running.store import open_store

    home = tmp_path_factory.mktemp("demo")
    store = open_store(home)
    list(load_demo(store, today=NOW.date()))
    store.close()
    return home


@pytest.fixture(scope="session")
def demo_server(demo_home):
    yield from serve(demo_home)


@dataclass
class Watched:
    """A page, and everything that went wrong on it."""

    page: object
    left_the_machine: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def check(self):
        assert self.left_the_machine == []
        assert self.errors == []


@pytest.fixture
def browse(chromium):
    """Open watched pages; at the end of the test nothing may have left the machine and nothing may have failed."""
    opened = []

    def open_page(server, path="/", *, width=1360, height=900, scheme="light", script=True, expected=None):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=script,
            accept_downloads=True,
        )
        context.set_default_timeout(1000 * PATIENCE_S)
        watched = Watched(context.new_page())
        home = server.address
        watched.page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((home, "data:", "blob:" + home))
                else watched.left_the_machine.append(request.url)
            ),
        )
        watched.page.on("pageerror", lambda error: watched.errors.append(f"script: {error}"))
        watched.page.on(
            "console",
            lambda message: (
                watched.errors.append(message.text)
                if message.type == "error" and not (expected and expected in message.text)
                else None
            ),
        )
        context.request.get(server.key)  # the cookie is that of the whole context
        watched.page.goto(home + path)
        opened.append((context, watched))
        return watched.page

    yield open_page
    for context, watched in opened:
        context.close()
        watched.check()


def axe_violations(page):
    """Run axe with the rules of WCAG 2.2 AA. The policy of the page forbids foreign scripts, so axe comes in by the debugger."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(
        """async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}))
           .violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + (n.failureSummary || '')).join(' | '))"""
    )
