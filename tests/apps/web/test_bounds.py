"""What is sent to the app is bounded: looked at before it is taken, in pieces, and refused in one sentence."""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from anyio.to_thread import current_default_thread_limiter
from starlette.formparsers import MultiPartParser
from tests.apps.browsing import BASE, track_file
from tests.apps.web.routes import asked_all
from tests.loops import run_alone

from backward_running.apps import sockets
from backward_running.apps.web import forms, security
from backward_running.apps.web.server import PAGES_AT_ONCE

PART = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'


def headers(browser, **more):
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return {
        "Host": "127.0.0.1:8484",
        "Origin": BASE,
        "Cookie": cookie,
        "Content-Type": "multipart/form-data; boundary=x",
        **more,
    }


def test_no_byte_of_a_file_is_taken_before_the_token(full):
    """The file comes first and the token after it: nothing behind the head of the file is asked for."""
    asked, token = [], full.token()

    def pieces():
        yield PART % (b"files", b'; filename="big.fit"', b"x" * 100)
        for _ in range(50):
            asked.append(1)
            yield b"x" * 65_536
        yield PART % (b"csrf_token", b"", token.encode()) + b"--x--\r\n"

    reply = full.post("/import", content=pieces(), headers=headers(full))
    assert reply.status_code == 403 and "out of date" in reply.text
    assert full.store.import_log(1)[0].file_name != "big.fit"
    (answer,) = _with_body(full, list(pieces()))
    assert answer.status == 403 and answer.taken <= 2, "the rest was not even read"


def _with_body(browser, pieces):
    """Ask with a body in pieces, and count how many were taken."""
    taken = 0

    async def ask():
        nonlocal taken
        sent = []
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/import",
            "raw_path": b"/import", "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8484),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers(browser).items()], "state": {},
        }  # fmt: skip

        async def receive():
            nonlocal taken
            taken += 1
            return {"type": "http.request", "body": pieces[taken - 1], "more_body": taken < len(pieces)}

        async def send(message):
            sent.append(message)

        await browser.app(scope, receive, send)
        return SimpleNamespace(status=sent[0]["status"], taken=taken)

    return [run_alone(ask())]


def test_with_the_token_first_a_file_comes_in_without_script(full):
    body = PART % (b"csrf_token", b"", full.token().encode()) + PART % (
        b"files",
        b'; filename="a.fit"',
        track_file(day=20),
    )
    reply = full.post("/import", content=body + b"--x--\r\n", headers=headers(full))
    assert reply.status_code == 303 and reply.headers["location"].startswith("/runs/")


def test_a_form_of_text_has_a_limit_of_its_own(full):
    reply = full.submit("/check-in", {"note": "x" * (forms.TEXT_LIMIT_BYTES + 1)})
    assert reply.status_code == 413
    fields = b"".join(PART % (f"f{number}".encode(), b"", b"x" * 300_000) for number in range(10))
    token = {"X-CSRF-Token": full.token()}
    reply = full.post("/import", content=fields + b"--x--\r\n", headers=headers(full, **token))
    assert reply.status_code == 413 and "more text than" in reply.text


def test_a_body_that_breaks_off_is_not_waited_for(full, monkeypatch):
    monkeypatch.setattr(security, "BODY_WITHIN_S", 0.001)
    sent = []

    async def never():
        await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/settings/look", "query_string": b"", "server": ("127.0.0.1", 8484), "scheme": "http",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers(full).items()], "root_path": "",
    }  # fmt: skip
    run_alone(full.app(scope, never, send))
    assert sent[0]["status"] == 408


def test_a_sender_who_leaves_is_told_nothing_and_nothing_is_logged(full, caplog):
    async def gone():
        return {"type": "http.disconnect"}

    async def send(message):
        raise AssertionError(message)

    scope = {
        "type": "http", "method": "POST", "path": "/import", "query_string": b"", "server": ("127.0.0.1", 8484), "scheme": "http",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers(full).items()], "root_path": "",
    }  # fmt: skip
    run_alone(full.app(scope, gone, send))
    assert caplog.messages == []


def test_a_full_temporary_folder_is_said(full, monkeypatch, caplog):
    def no_room(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(MultiPartParser, "on_part_end", no_room)
    reply = full.submit("/import/file", files={"files": ("a.fit", track_file())})
    assert reply.status_code == 507 and "temporary folder" in reply.text and "backward import" in reply.text
    assert caplog.messages == []


@pytest.mark.parametrize("body", [b"", b"--x", b"--y\r\n\r\n", PART % (b"a", b"", b"b"), b"\0" * 100])
def test_a_broken_form_is_refused_and_not_logged(full, body, caplog):
    token = {"X-CSRF-Token": full.token()}
    (answer,) = asked_all(full.app, [("POST", "/import/file", headers(full, **token), body)])
    assert answer[0] in (200, 400, 422)
    assert caplog.messages == []


# Connections


class Transport:
    """A connection to nobody."""

    def __init__(self):
        self.aborted = False

    def get_extra_info(self, name, default=None):
        return default

    def abort(self):
        self.aborted = True

    close = abort

    def is_closing(self):
        return self.aborted


@pytest.fixture
def connect(monkeypatch):
    """Open connections to a server that answers nothing; the clock is one that the test sets."""
    import uvicorn
    from uvicorn.server import ServerState

    timers = []

    class Loop:
        def call_later(self, delay_s, act):
            timer = SimpleNamespace(delay_s=delay_s, act=act, cancelled=False)
            timer.cancel = lambda: setattr(timer, "cancelled", True)
            timers.append(timer)
            return timer

    config, state = uvicorn.Config(lambda: None, **sockets.settings("127.0.0.1", 8484)), ServerState()
    config.load()

    def opened():
        protocol = sockets.Patient(config, state, {}, Loop())
        protocol.connection_made(transport := Transport())
        return protocol, transport

    return SimpleNamespace(opened=opened, state=state, timers=timers)


def test_of_too_many_connections_the_oldest_idle_one_goes(connect):
    opened = [connect.opened() for _ in range(sockets.CONNECTIONS_LIMIT)]
    assert not any(transport.aborted for _, transport in opened)
    opened[0][0].cycle = SimpleNamespace(response_complete=False)  # somebody waits for its answer
    for number in range(3):
        connect.opened()
        assert [transport.aborted for _, transport in opened[:6]] == [
            False,
            *[True] * (number + 1),
            *[False] * (4 - number),
        ][:6]
        assert len(connect.state.connections) == sockets.CONNECTIONS_LIMIT


def test_a_head_that_never_ends_is_not_waited_for(connect):
    protocol, transport = connect.opened()
    protocol.data_received(b"GET / HTTP/1.1\r\nHost: 127")
    (timer,) = connect.timers
    assert not timer.cancelled and timer.delay_s == sockets.HEAD_WITHIN_S
    timer.act()
    assert transport.aborted


# Somebody else on this machine

STRANGER = """
import encodings.idna, http.client, os, pathlib, socket, sys
os.setgroups([]); os.setgid(65534); os.setuid(65534)
home, port = pathlib.Path(sys.argv[1]), int(sys.argv[2])
for path in (home / "backward.db", home / "backward.secret", home):
    try:
        list(path.iterdir()) if path == home else path.read_bytes()
        print("read", path)
    except PermissionError:
        pass
for method, path in (("GET", "/"), ("GET", "/runs"), ("GET", "/runs.csv"), ("GET", "/plan.json"), ("POST", "/settings/look"), ("POST", "/demo")):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path)
    print(method, path, connection.getresponse().status)
"""


@pytest.mark.slow
def test_another_user_of_the_machine_gets_nothing(tmp_path_factory):
    from tests.journeys.conftest import serve

    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    home = tmp_path_factory.mktemp("home") / "own"
    for folder in (home.parent, *list(home.parent.parents)[:3]):
        if folder.name.startswith(("pytest", "home")):
            folder.chmod(0o755)  # the way there is open; only the home itself is not
    for server in serve(home):
        port = server.address.rsplit(":", 1)[1]
        ran = subprocess.run(
            [sys.executable, "-c", STRANGER, str(home), port],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
        )
    assert ran.stderr == ""
    lines = ran.stdout.splitlines()
    assert len(lines) == 6 and all(line.endswith(" 403") for line in lines), lines


def test_a_few_pages_are_made_at_once_and_the_others_wait(full):
    """Twenty clients queue in their order; each more at work would only hold memory and make all of them late."""
    with full as client:
        assert client.portal.call(lambda: current_default_thread_limiter().total_tokens) == PAGES_AT_ONCE
