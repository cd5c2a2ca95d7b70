"""Opens both doors to the local network, beside the app, and renews the certificate while they are open."""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from backward_running.apps import sockets
from backward_running.apps.lan import authority
from backward_running.apps.lan.local_network import LocalNetwork
from backward_running.apps.lan.phone_door import phone_door
from backward_running.apps.lan.plain_door import plain_door
from backward_running.core.errors import BackwardRunningError, NotFound, StoreError

if TYPE_CHECKING:
    import uvicorn

#: How often it is seen whether the certificate is due, and whether it was revoked or made anew.
RENEWED_EVERY_S, LOOKED_AT_EVERY_S = 6 * 3600.0, 2.0


def bound(address: str, port: int) -> socket.socket:
    """Take a port at an address.

    Raises
    ------
    StoreError
        Another program has it.
    NotFound
        This machine does not have the address.
    """
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((address, port))
        taken.listen()  # who comes before the server is ready waits
    except OSError as problem:
        taken.close()
        if problem.errno == errno.EADDRINUSE:
            raise StoreError(
                f"Port {port} is taken; choose another with --port, whose next two are for phones."
            ) from problem
        raise NotFound(
            f"{address} cannot be listened on ({problem.strerror}); name an address of this machine."
        ) from problem
    return taken


@contextmanager
def listening(lan: LocalNetwork, plain: socket.socket, secure: socket.socket) -> Iterator[None]:
    """Keep both doors open. Raises Stopped, StoreError where there is no certificate."""
    certificate, key = authority.server_files(lan.folder, lan.address, now=lan.clock())
    import uvicorn

    told = {"host": lan.address, "lifespan": "off"}
    servers = [
        uvicorn.Server(uvicorn.Config(plain_door(lan), **sockets.settings(lan.address, lan.plain_port) | told)),
        uvicorn.Server(
            uvicorn.Config(
                phone_door(lan),
                ssl_certfile=certificate,
                ssl_keyfile=key,
                **sockets.settings(lan.address, lan.phone_port) | told,
            )
        ),
    ]
    secure_config = servers[1].config
    secure_config.load()
    if secure_config.ssl is not None:
        secure_config.ssl.num_tickets = 0  # each connection looks at the certificate of that moment
    thread = threading.Thread(target=_run, args=(lan, servers, (plain, secure)), name="local network", daemon=True)
    thread.start()
    try:
        yield
    finally:
        for server in servers:
            server.should_exit = True
        thread.join()


def _run(lan: LocalNetwork, servers: list[uvicorn.Server], taken: tuple[socket.socket, ...]) -> None:
    async def serve() -> None:
        renewing = asyncio.create_task(_renewing(lan, servers[1]))
        try:
            await asyncio.gather(*(server.serve([own]) for server, own in zip(servers, taken, strict=True)))
        finally:
            renewing.cancel()

    asyncio.run(serve())


async def _renewing(lan: LocalNetwork, server: uvicorn.Server) -> None:
    """Show another certificate from when there is one: renewed, revoked and made anew, or due. Nothing is restarted."""
    shown, passed_s = _written_at(lan), 0.0
    while True:
        await asyncio.sleep(LOOKED_AT_EVERY_S)
        passed_s += LOOKED_AT_EVERY_S
        found = _written_at(lan)
        if found == shown and passed_s < RENEWED_EVERY_S:
            continue
        if found != shown:
            _hang_up(server)  # nobody goes on under a certificate that was revoked
        passed_s = 0.0
        with suppress(BackwardRunningError, OSError):
            certificate, key = authority.server_files(lan.folder, lan.address, now=lan.clock())
            if server.config.ssl is not None:
                server.config.ssl.load_cert_chain(certificate, key)
            shown = found  # as it was before: what was written meanwhile is seen at the next look


def _written_at(lan: LocalNetwork) -> int | None:
    """Return when the authority was written; None where there is none."""
    return authority.written_at(lan.folder)


def _hang_up(server: uvicorn.Server) -> None:
    for connection in list(server.server_state.connections):
        connection.shutdown()
