"""A page that was drawn is given again until something it shows could be another: one rule, for all of them, here.

A page of :data:`STANDS` follows from its address, from what the memory of its runner answers, and from the minute. So
it is kept *with those answers* (``core/glance``): they are let go with every change of that person, whoever made it,
and the page with them. What belongs to one visit is left blank in what is kept. Browsers keep nothing: the health of
somebody belongs on no other disk.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import cast

from anyio import CapacityLimiter, Event
from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backward_running.apps.web.forms import of_another
from backward_running.apps.web.responses import NOT_KEPT, is_fragment, store_of, token_of
from backward_running.core.glance import Answers, answers_of

#: The pages that are asked for most. None of them shows what stands elsewhere than in the memory of its runner: files,
#: maps, secrets, an import that is under way.
STANDS = frozenset({"/", "/runs", "/load", "/plan", "/calendar", "/check-in", "/cost", "/said"})
#: No link of ours is longer; what somebody makes up is drawn for them and not kept.
LONGEST_QUERY_BYTES = 300
#: Who only looks whether a page is there does not wait behind those that are drawn. Our own choice.
LOOKS_AT_ONCE = 4

#: In which loop, from which answers, and which page.
Place = tuple[asyncio.AbstractEventLoop, Answers, Hashable]


class Drawn:
    """ASGI middleware: gives pages again as they were drawn. It stands within a glance and behind the fence."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._blank = secrets.token_hex(32)  #: stands for the token of a visit; nobody can have typed it
        self._drawing: dict[Place, Event] = {}
        self._looks: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give what is kept, or draw it and keep it."""
        request = Request(scope) if _may_stand(scope) else None
        if request is None or of_another(request):
            await self.app(scope, receive, send)
            return
        self._looks = self._looks or CapacityLimiter(LOOKS_AT_ONCE)
        answers = await run_sync(_answers, request, limiter=self._looks)
        if answers is None:
            await self.app(scope, receive, send)
            return
        place = asyncio.get_running_loop(), answers, _key(request)
        if place in self._drawing:
            await self._drawing[place].wait()
        page = answers.pages.get(place[-1])
        if page is None:
            await self._draw(request, place, receive, send)
        else:
            await HTMLResponse(self._filled(page, request), 200, NOT_KEPT)(scope, receive, send)

    async def _draw(self, request: Request, place: Place, receive: Receive, send: Send) -> None:
        """Draw a page, keep it and send it; who asks for the same meanwhile waits for it."""
        said: list[Message] = []

        async def collect(message: Message) -> None:
            said.append(message)

        drawn = self._drawing.setdefault(place, Event())
        request.state.token = self._blank
        try:
            await self.app(request.scope, receive, collect)
            begin, body = said[0], b"".join(message.get("body", b"") for message in said[1:])
            if begin["status"] == 200 and _is_page(begin):
                _, answers, key = place
                answers.pages.keep(key, body)
        finally:
            del request.state.token
            self._drawing.pop(place, None)
            drawn.set()
        await send(begin)
        await send({"type": "http.response.body", "body": self._filled(body, request)})

    def _filled(self, page: bytes, request: Request) -> bytes:
        """Fill in the token of a visit: it is as long as the blank."""
        return page.replace(self._blank.encode(), token_of(request).encode())


def _may_stand(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and scope["path"] in STANDS
        and len(scope["query_string"]) <= LONGEST_QUERY_BYTES
    )


def _answers(request: Request) -> Answers | None:
    try:
        return answers_of(store_of(request))
    except Exception:  # noqa: BLE001 - the page meets it, too: it says it in words, or the log names its route
        return None


def _key(request: Request) -> Hashable:
    """Say of what else than the answers a page is: what was asked for, which part of it, and when."""
    now = cast(Callable[[], datetime], request.app.state.now)().astimezone(UTC)
    return request.url.path, request.scope["query_string"], is_fragment(request), now.replace(second=0, microsecond=0)


def _is_page(begin: Message) -> bool:
    return Headers(raw=begin["headers"]).get("content-type", "").startswith("text/html")
