"""The fence of the doors to the local network: who may ask, under which name, and how much at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backward_running.apps.lan.addresses import is_private
from backward_running.apps.refusals import Refused

#: Our own limits: a piece of a recording, what a sensor app gathers in some seconds; and for how long a piece may halt.
LIMIT_BYTES, BODY_WITHIN_S = 2 * 1024 * 1024, 20.0
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
_SAFE = frozenset({"GET", "HEAD"})


class Guard:
    """ASGI middleware: answers neighbours only, under the machine's own names, and lets no other page ask.

    Parameters
    ----------
    names : callable
        Returns the names and addresses under which the machine answers, with ports.
    headers : mapping
        What every answer carries on top.
    break_down : callable
        Notes a fault of the program.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        names: Callable[[], frozenset[str]],
        headers: Mapping[str, str],
        break_down: Callable[[Request, Exception], None],
    ) -> None:
        self.app, self.names, self.headers, self.break_down = app, names, HEADERS | dict(headers), break_down

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then hand on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        begun = False

        async def answering(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            self.check(scope)
            await self.app(scope, _counted(receive), answering)
        except Refused as refused:
            await said(str(refused), refused.status)(scope, receive, answering)
        except ClientDisconnect:
            return  # who sent it is gone: there is nobody to tell
        except Exception as error:  # noqa: BLE001 - the last one who can answer; it is noted
            self.break_down(Request(scope), error)
            if not begun:
                words = (
                    "The laptop’s program made a mistake; nothing that was recorded is lost. Its terminal says where."
                )
                await said(words, 500)(scope, receive, answering)

    def check(self, scope: Scope) -> None:
        """Raise :class:`Refused` where who asks, the name, the site, the origin or the size do not fit."""
        client = scope.get("client")
        if not is_private(client[0] if client else None):
            raise Refused("Only who is in the same private network is answered here.")
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in self.names():
            raise Refused("This program answers only under its own address in this network.", 421)
        site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
        if site not in (None, "same-origin", "none") and (scope["method"] not in _SAFE or mode != "navigate"):
            raise Refused("Another web page asked for this; only the app of this laptop may.")
        origin = headers.get("origin")
        if scope["method"] not in _SAFE and origin is not None and origin.lower() != f"{scope['scheme']}://{host}":
            raise Refused("Another web page sent this; only the app of this laptop may.")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LIMIT_BYTES:
            raise _too_large()


def said(words: str, status: int) -> Response:
    """Answer with one sentence."""
    return JSONResponse({"message": words}, status)


def _too_large() -> Refused:
    return Refused(f"That is more than {LIMIT_BYTES // 1_048_576} MB at once; send smaller pieces.", 413)


def _counted(receive: Receive) -> Receive:
    """Count the body as it comes, for senders that do not state its length, and wait for no piece for ever."""
    seen, is_whole = 0, False

    async def counting() -> Message:
        nonlocal seen, is_whole
        if is_whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), BODY_WITHIN_S)
        except TimeoutError:
            raise Refused("What was sent broke off; what came before is kept: send the rest again.", 408) from None
        seen += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if seen > LIMIT_BYTES:
            raise _too_large()
        return message

    return counting
