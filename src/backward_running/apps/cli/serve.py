"""Open the app on this machine."""

from __future__ import annotations

import errno
import json
import socket
import sys
from http.client import HTTPConnection, HTTPException

import click

from backward_running.apps.cli import PORT, _shared
from backward_running.apps.cli._shared import opened

HOST = "127.0.0.1"
DEFAULT_PORT = 8484
#: How long whoever holds the port may take to say who it is: this program on a busy machine takes its time.
ANSWERS_WITHIN_S = 5.0


@click.command("serve")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--open/--no-open", "open_browser", default=None, help="Open the browser; by default on a desktop.")
@click.pass_context
def serve_command(ctx: click.Context, port: int, open_browser: bool | None) -> int:
    """Open the app at http://127.0.0.1:8484. It listens on this machine only."""
    taken = _taken(port)
    if taken is not None:
        click.echo(taken, err=True)
        return PORT
    with opened(ctx) as store:
        import uvicorn

        from backward_running.apps.web.background import Worker
        from backward_running.apps.web.server import create_app

        address = f"http://{HOST}:{port}"
        app = create_app(store, now=_shared.machine_clock, allowed_hosts=(f"{HOST}:{port}", f"localhost:{port}"))
        config = uvicorn.Config(app, host=HOST, port=port, log_level="warning", server_header=False, date_header=False)
        server = uvicorn.Server(config)
        click.echo(f"Backward is open at {address}   (Ctrl-C closes it; everything stays on this machine)")
        if open_browser or (open_browser is None and sys.stdout.isatty() and sys.platform in ("darwin", "win32")):
            click.launch(address)
        with Worker(store).working():
            server.run()
    return 0


def _taken(port: int) -> str | None:
    """Say in one sentence why the port cannot be had, or None where it is free."""
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((HOST, port))
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            if _is_backward(port):
                return f"Backward is already open at http://{HOST}:{port}; use that window, or close it first."
            return f"Port {port} is taken by another program; choose one: backward serve --port {port + 1}"
        return f"Port {port} cannot be opened ({problem.strerror}); choose one: backward serve --port {DEFAULT_PORT}"
    finally:
        probe.close()
    return None


def _is_backward(port: int) -> bool:
    """Ask whoever holds the port whether it is this program."""
    connection = HTTPConnection(HOST, port, timeout=ANSWERS_WITHIN_S)
    try:
        connection.request("GET", "/health")
        said = json.loads(connection.getresponse().read(4096))
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return isinstance(said, dict) and said.get("program") == "backward"
