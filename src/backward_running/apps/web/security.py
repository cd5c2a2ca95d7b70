"""The fence around the local web app: Host, Origin, the key, the size of what is sent, headers.

The server listens on this machine only; what remains are other web pages in the same browser, other names for this
machine and its other users. Each check looks at the head of a request before anything of its body is read, refuses
with one sentence and changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backward_running.apps.refusals import Closed, Refused
from backward_running.apps.web.forms import MULTIPART, SAFE_METHODS, TEXT_LIMIT_BYTES
from backward_running.apps.web.keys import PARAMETER, Keys, cookie_name, cookie_of

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
#: The export of everything that a service kept of somebody; it goes to a temporary file as it comes, never to memory.
UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024 * 1024
#: How long the next piece of what is sent may take. Our own choice: a browser on the same machine takes milliseconds.
BODY_WITHIN_S = 30.0
#: What is answered without the key: files that are the same for everybody, who answers at this port, and the calendar,
#: whose address is a secret of its own.
OPEN_PATHS = ("/static/", "/health", "/calendar/")
POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
))  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
#: Leads on from the address with the key. A link in a mail or a file on disk counts as another site, and what another
#: site leads to brings no strict cookie, not even behind a redirect; what this page leads to does.
LED_ON = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={path}"><title>Backward</title>'
)


class Fence:
    """ASGI middleware: refuses foreign hosts and origins, who has no key, and oversized bodies; puts the headers on.

    Parameters
    ----------
    keys : Keys
        What lets a browser in.
    refuse : callable
        Makes the answer to a request that is refused.
    break_down : callable
        Makes the answer where the program made a mistake.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        keys: Keys,
        refuse: Callable[[Request, Refused], Response],
        break_down: Callable[[Request, Exception], Response],
        allowed_hosts: Iterable[str] = LOCAL_HOSTS,
        limit_bytes: int = UPLOAD_LIMIT_BYTES,
    ) -> None:
        self.app = app
        self.keys = keys
        self.refuse = refuse
        self.break_down = break_down
        self.allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self.limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then hand on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answering = _Answering(send)
        request = Request(scope)
        try:
            self.check(scope)
            led_on = self.let_in(request)
            if led_on is not None:
                await led_on(scope, receive, answering)
                return
            self.check_size(scope)
            await self.app(scope, self.counted(scope, receive), answering)
        except Refused as refused:
            await self.refuse(request, refused)(scope, receive, answering)
        except ClientDisconnect:
            return  # who sent it is gone: there is nobody to tell
        except Exception as error:  # noqa: BLE001 - the last one who can answer; it is logged
            reply = self.break_down(request, error)
            if not answering.begun:
                await reply(scope, receive, answering)

    def check(self, scope: Scope) -> None:
        """Raise :class:`Refused` where host, site or origin do not fit."""
        scope.setdefault("state", {})["visit"] = ""
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in self.allowed_hosts and host.rsplit(":", 1)[0] not in self.allowed_hosts:
            raise Refused("This app answers only under its own address on this machine, such as 127.0.0.1.", 421)
        site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
        if site not in (None, "same-origin", "none") and (scope["method"] not in SAFE_METHODS or mode != "navigate"):
            raise Refused("Another web page asked for this; only pages of this app may.")
        origin = headers.get("origin")
        if scope["method"] in SAFE_METHODS or origin is None:
            return
        if origin.lower() not in (f"http://{host}", f"https://{host}"):
            raise Refused("Another web page sent this form; only pages of this app may change anything.")

    def let_in(self, request: Request) -> Response | None:
        """Look for the cookie; take the key for one. Return the answer that leads on, or None: go on.

        Raises
        ------
        Closed
            There is neither.
        """
        name = cookie_name((request.scope.get("server") or (None, None))[1])
        visit = cookie_of(request.headers.get("cookie", ""), name)
        if visit is not None and self.keys.is_visit(visit):
            request.state.visit = visit
        if request.scope["path"].startswith(OPEN_PATHS):
            return None
        given = request.query_params.get(PARAMETER) if request.method == "GET" else None
        if given is not None and self.keys.opens(given):
            reply = _led_on(request)
            cookie = request.state.visit or self.keys.new_visit()
            reply.headers.append("Set-Cookie", f"{name}={cookie}; Path=/; HttpOnly; SameSite=Strict")
            return reply
        if not request.state.visit:
            raise Closed
        return None

    def check_size(self, scope: Scope) -> None:
        """Raise :class:`Refused` where a request says that it is too large."""
        if scope["method"] in SAFE_METHODS:
            return
        length, limit_bytes = Headers(scope=scope).get("content-length", "0"), self._limit_bytes(scope)
        if not length.isdigit() or int(length) > limit_bytes:
            raise Refused(too_large(limit_bytes), 413)

    def _limit_bytes(self, scope: Scope) -> int:
        """Return how much may come: files, or what somebody typed."""
        has_files = Headers(scope=scope).get("content-type", "").lower().startswith(MULTIPART)
        return self.limit_bytes if has_files else min(self.limit_bytes, TEXT_LIMIT_BYTES)

    def counted(self, scope: Scope, receive: Receive) -> Receive:
        """Count the body as it comes, for senders that do not state its length, and wait for no piece for ever."""
        limit_bytes, seen, is_whole = self._limit_bytes(scope), 0, False

        async def counting() -> Message:
            nonlocal seen, is_whole
            if is_whole:
                return await receive()  # it only waits for whether somebody leaves
            try:
                message = await asyncio.wait_for(receive(), BODY_WITHIN_S)
            except TimeoutError:
                raise Refused("What was sent broke off; nothing was changed: send it again.", 408) from None
            seen += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if seen > limit_bytes:
                raise Refused(too_large(limit_bytes), 413)
            return message

        return counting


class _Answering:
    """Sends an answer with the headers that each one has, and knows whether it has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def _led_on(request: Request) -> Response:
    """Lead to the same page without the key in its address."""
    rest = [(name, value) for name, value in parse_qsl(request.url.query) if name != PARAMETER]
    address = "/" + quote(request.scope["path"].lstrip("/\\"))  # two slashes would name another machine
    if rest:
        address += f"?{urlencode(rest)}"
    kept_out = {"Cache-Control": "no-store"}
    if request.headers.get("sec-fetch-site") in (None, "none", "same-origin"):
        return RedirectResponse(address, 303, kept_out)
    return HTMLResponse(LED_ON.format(path=escape(address)), 200, kept_out)


def too_large(limit_bytes: int) -> str:
    """Say that an upload is too large, and what to do."""
    megabytes = limit_bytes // 1_048_576
    return f"That is more than {megabytes} MB at once; send fewer files at a time, or use `backward import`."
