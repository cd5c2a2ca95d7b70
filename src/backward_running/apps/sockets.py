"""How many connections the server holds, and for how long one may say nothing.

A browser opens six at a time. Who opens hundreds, or begins a request and never ends it, must not keep its owner out:
where there are too many, the oldest that nobody waits at is closed for the new one, and so is one that sends no whole
head of a request in time. Nothing of that is written to the log, where it would fill the disk.
"""

from __future__ import annotations

import asyncio
import itertools
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

#: Our own limits: twenty browsers, and a tenth of the time a person waits for a page that hangs.
CONNECTIONS_LIMIT = 128
HEAD_WITHIN_S = 10.0
KEEP_ALIVE_S = 30

_NUMBERS = itertools.count()


class Patient(H11Protocol):
    """A connection of uvicorn that waits for a request only so long."""

    _closes: asyncio.TimerHandle | None = None
    _number = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, and let the oldest idle one go where there are too many."""
        super().connection_made(transport)
        self._number = next(_NUMBERS)
        if len(self.connections) > CONNECTIONS_LIMIT:
            idle = [
                connection
                for connection in self.connections
                if isinstance(connection, Patient) and connection.is_idle()
            ]
            oldest = min(idle, key=lambda connection: connection._number, default=self)
            self.connections.discard(oldest)
            oldest.transport.abort()
        self._wait(HEAD_WITHIN_S)

    def is_idle(self) -> bool:
        """Whether nothing is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def data_received(self, data: bytes) -> None:
        """Take what comes; where a request became whole, its answer has all the time it takes."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Wait for the next request, where it is not there already."""
        super().on_response_complete()
        if self.is_idle() and not self.transport.is_closing():
            self._wait(KEEP_ALIVE_S)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self, within_s: float) -> None:
        self._stop_waiting()
        self._closes = self.loop.call_later(within_s, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._closes is not None:
            self._closes.cancel()
            self._closes = None


def make_room() -> None:
    """Let this process open as many files as the system lets it: a socket is one, and so are those of the store."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 8 * CONNECTIONS_LIMIT
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(
                resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
            )


def settings(host: str, port: int) -> dict[str, Any]:
    """Return what uvicorn is told. It writes nothing: a fault is noted where it is answered, in one line."""
    return {
        "host": host,
        "port": port,
        "http": Patient,
        "ws": "none",
        "loop": "asyncio",
        "log_level": "critical",
        "access_log": False,
        "server_header": False,
        "date_header": False,
        "timeout_keep_alive": KEEP_ALIVE_S,
        "timeout_graceful_shutdown": 5,
        "h11_max_incomplete_event_size": 64 * 1024,
    }
