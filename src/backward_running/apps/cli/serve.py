"""Open the app on this machine, for who started it."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli import PORT, _launch, _shared
from backward_running.apps.cli._shared import folder_of, keep_daily, open_folder, opened
from backward_running.apps.cli.region import demo_ground, regions_of
from backward_running.core.errors import BadValue, NotFound

if TYPE_CHECKING:
    from fastapi import FastAPI

    from backward_running.apps.lan.local_network import LocalNetwork
    from backward_running.core.ports import Store
    from backward_running.core.work import Workers

#: How often it is seen whether a new day has begun.
COPIES_LOOKED_AFTER_S = 1800.0
HOST = "127.0.0.1"
DEFAULT_PORT = 8484
#: How long whoever holds the port may take to say who it is: this program on a busy machine takes its time.
ANSWERS_WITHIN_S = 5.0
_LAST_PORT = 65535


@click.command("serve")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--open/--no-open", "open_browser", default=None, help="Open the browser; by default on a desktop.")
@click.option("--renew", is_flag=True, help="Close every browser that was opened before; they need the new address.")
@click.option("--lan", is_flag=True, help="Let phones in your local network pair with this machine; off by default.")
@click.option(
    "--lan-address", metavar="IP", help="At which address of this machine; found by itself where you name none."
)
@click.pass_context
def serve_command(
    ctx: click.Context, port: int, open_browser: bool | None, renew: bool, lan: bool, lan_address: str | None
) -> int:
    """Open the app at the address that is printed. It listens on this machine only.

    With --lan the next two ports are open to the local network, too: one leads a phone through a certificate, carries
    the calendar and what sensor apps push; the other serves the phone's app. Your runs and plan are shown at neither.

    The address holds a key of this launch, so that other users of the machine cannot look in. A browser that was opened
    with it stays so until it closes, also when the app is started anew.
    """
    from backward_running.apps.live.treadmill_desk import TreadmillDesk

    folder = folder_of(ctx)
    taken = _taken(port, folder)
    if taken is not None:
        click.echo(taken, err=True)
        return PORT
    with opened(ctx) as store, ExitStack() as doors:
        app = _app(ctx, doors, store, port, renew=renew)
        app.state.treadmill = TreadmillDesk(folder)
        doors.callback(app.state.treadmill.close)
        app.state.lan = _open_doors(doors, ctx, store, port, app.state.workers, lan=lan, address=lan_address)
        address = f"http://{HOST}:{port}/?key={app.state.keys.launch}"
        page = _launch.leave_page(folder, port, address)
        doors.callback(_launch.take_away, page)
        _say_where(ctx, address, store, app.state.lan)
        if open_browser or (open_browser is None and _has_desktop()):
            click.launch(page.as_uri() if page else address)
        _answer(ctx, app, port)
    return 0


def _app(ctx: click.Context, doors: ExitStack, store: Store, port: int, *, renew: bool) -> FastAPI:
    """Make the app and what it needs beside it; all of it ends with the stack."""
    from backward_running.apps.web.demo_store import FOLDER as DEMO_FOLDER
    from backward_running.apps.web.demo_store import DemoStore
    from backward_running.apps.web.server import create_app
    from backward_running.apps.worker_processes import WorkerProcesses
    from backward_running.store import open_store

    folder = folder_of(ctx)
    demo = DemoStore(folder / DEMO_FOLDER, open_store, demo_ground)
    doors.callback(demo.close)
    return create_app(
        store,
        keys=_launch.keys_of(folder, renew=renew),
        now=_shared.machine_clock,
        demo=demo,
        allowed_hosts=(f"{HOST}:{port}", f"localhost:{port}"),
        workers=doors.enter_context(WorkerProcesses()),
        regions=regions_of(ctx),
    )


def _say_where(ctx: click.Context, address: str, store: Store, network: LocalNetwork | None) -> None:
    """Say at which address the app is, and who can look in."""
    warning = open_folder(ctx)
    if warning:
        click.echo(warning, err=True)
    click.echo(f"Backward is open at {address}")
    _say_open(network)
    click.echo(f"Ctrl-C closes it; {_stays(store, network)}, and other users of this machine need the key to look in.")


def _answer(ctx: click.Context, app: FastAPI, port: int) -> None:
    """Answer until somebody ends it, and do what is due beside that."""
    import uvicorn

    from backward_running.apps import sockets
    from backward_running.apps.web.background import Worker
    from backward_running.apps.web.errands import Errands

    sockets.make_room()
    server = uvicorn.Server(uvicorn.Config(app, **sockets.settings(HOST, port)))
    signal.signal(signal.SIGTERM, _ended)
    store = app.state.store
    errands = Errands(store, app.state.remote, _shared.machine_clock, workers=app.state.workers, folder=folder_of(ctx))
    with Worker(store).working(), errands.working(), _copying(ctx, store):
        server.run()


def _open_doors(
    doors: ExitStack,
    ctx: click.Context,
    store: Store,
    port: int,
    workers: Workers,
    *,
    lan: bool,
    address: str | None,
) -> LocalNetwork | None:
    """Open the doors to the local network until the stack closes; None where that was not asked for."""
    if not lan and address is None:
        return None
    from backward_running.apps.lan import addresses
    from backward_running.apps.lan.listening import bound, listening
    from backward_running.apps.lan.local_network import LocalNetwork

    if port + 2 > _LAST_PORT:
        raise BadValue("port", f"be {_LAST_PORT - 2} or less with --lan, which takes the next two, too", port)
    own = addresses.own_address() if address is None else addresses.read_address(address)
    plain = doors.enter_context(bound(own, port + 1))
    secure = doors.enter_context(bound(own, port + 2))
    network = LocalNetwork(
        store, folder_of(ctx), own, port + 1, port + 2, _shared.machine_clock, workers, regions_of(ctx)
    )
    doors.enter_context(listening(network, plain, secure))
    return network


def _say_open(network: LocalNetwork | None) -> None:
    """Say which addresses are reachable now, and by whom."""
    if network is None:
        return
    click.echo(f"Open to your local network, to anybody in it: {network.guide_url} (how a phone trusts this machine)")
    click.echo(f"and {network.app_url} (the phone's app; only a phone that you paired gets or brings anything).")


def _stays(store: Store, network: LocalNetwork | None) -> str:
    """Say what leaves this machine: nothing, unless its runner turned that on."""
    from backward_running.flows import push

    if push.state(store).on:
        return f"the coming week is sent to {push.SERVICE}, as you turned on, and all else stays on this machine"
    return "nothing leaves your own network" if network else "everything stays on this machine"


@click.command("open")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--print", "only_print", is_flag=True, help="Say the address instead of opening a browser.")
@click.pass_context
def open_command(ctx: click.Context, port: int, only_print: bool) -> None:
    """Open the running app in a browser, or say its address."""
    page = _launch.page_of(folder_of(ctx), port)
    address = _launch.address_in(page)
    if address is None or not _is_backward(port):
        raise NotFound(f"The app of this store is not open at port {port}; `backward serve` opens it.")
    if not only_print:
        click.launch(page.as_uri())
    click.echo(f"Backward is open at {address}")


def _ended(number: int, _frame: object) -> None:
    """Leave by the way on which everything is put away, also when the system ends the program."""
    raise SystemExit(128 + number)


@contextmanager
def _copying(ctx: click.Context, store: Store) -> Iterator[None]:
    """Keep the copy of each day while the app is open, where that is set."""
    ended = threading.Event()

    def watch() -> None:
        while True:
            keep_daily(ctx, store)
            if ended.wait(COPIES_LOOKED_AFTER_S):
                return

    watching = threading.Thread(target=watch, name="daily copies", daemon=True)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


def _has_desktop() -> bool:
    """Whether somebody sits in front of a screen on which a browser can open."""
    drawn = sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return sys.stdout.isatty() and drawn


def _taken(port: int, folder: Path) -> str | None:
    """Say in one sentence why the port cannot be had, or None where it is free."""
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((HOST, port))
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            if _is_backward(port):
                address = _launch.address_in(_launch.page_of(folder, port))
                if address is not None:
                    return f"Backward is already open at {address}; use that window, or close it first."
                another = f"backward serve --port {port + 1}"
                return f"Backward is open at port {port} for another store or user; choose one: {another}"
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
