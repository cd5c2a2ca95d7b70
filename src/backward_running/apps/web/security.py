"""The fence around the local web app: Host, Origin, size of uploads, CSRF tokens, headers.

The server listens on this machine only; what remains are other web pages in the same browser and other names for this
machine. Each check refuses with one sentence and changes nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backward_running.core.errors import BackwardRunningError

COOKIE = "backward_visit"
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOAD_LIMIT_BYTES = 512 * 1024 * 1024
FILES_LIMIT = 20_000
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


class Refused(BackwardRunningError):
    """A request that does not come from a page of this app."""

    def __init__(self, message: str, status: int = 403) -> None:
        self.status = status
        super().__init__(message)


class Fence:
    """ASGI middleware: refuses foreign hosts, foreign origins and oversized bodies; puts the headers on every reply."""

    def __init__(
        self, app: ASGIApp, *, allowed_hosts: Iterable[str] = LOCAL_HOSTS, limit_bytes: int = UPLOAD_LIMIT_BYTES
    ) -> None:
        self.app = app
        self.allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self.limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then hand on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit, is_new = visit_of(scope)
        scope.setdefault("state", {})["visit"] = visit

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if is_new and headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", f"{COOKIE}={visit}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        try:
            self.check(scope)
        except Refused as refused:
            reply = PlainTextResponse(f"{refused}\n", refused.status)
            await reply(scope, receive, send_with_headers)
            return
        await self.app(scope, self.counted(receive), send_with_headers)

    def check(self, scope: Scope) -> None:
        """Raise :class:`Refused` where host, origin or size do not fit."""
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in self.allowed_hosts and host.rsplit(":", 1)[0] not in self.allowed_hosts:
            raise Refused("This app answers only under its own address on this machine, such as 127.0.0.1.", 421)
        site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
        if site not in (None, "same-origin", "none") and (scope["method"] not in SAFE_METHODS or mode != "navigate"):
            raise Refused("Another web page asked for this; only pages of this app may.")
        if scope["method"] in SAFE_METHODS:
            return
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in (f"http://{host}", f"https://{host}"):
            raise Refused("Another web page sent this form; only pages of this app may change anything.")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.limit_bytes:
            raise Refused(too_large(self.limit_bytes), 413)

    def counted(self, receive: Receive) -> Receive:
        """Count the body as it comes, for senders that do not state its length."""
        seen = 0

        async def counting() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit_bytes:
                raise Refused(too_large(self.limit_bytes), 413)
            return message

        return counting


def too_large(limit_bytes: int) -> str:
    """Say that an upload is too large, and what to do."""
    megabytes = limit_bytes // 1_048_576
    return f"That is more than {megabytes} MB at once; send fewer files at a time, or use `backward import`."


def visit_of(scope: Scope) -> tuple[str, bool]:
    """Return the random name of this browser's visit, and whether it is new."""
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie.load(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return secrets.token_urlsafe(24), True
    if COOKIE in cookie and len(cookie[COOKIE].value) >= 20:
        return cookie[COOKIE].value, False
    return secrets.token_urlsafe(24), True


class Tokens:
    """Makes and checks CSRF tokens: HMAC of the visit's cookie under a secret that never leaves the server."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def make(self, visit: str) -> str:
        """Return the token that belongs to a visit."""
        return hmac.new(self._secret, visit.encode(), hashlib.sha256).hexdigest()

    def fits(self, visit: str, token: str | None) -> bool:
        """Whether a token belongs to a visit."""
        return token is not None and hmac.compare_digest(self.make(visit).encode(), token.encode())


async def guard_changes(request: Request) -> None:
    """Refuse every change without a valid token in the header or in the form. A dependency of the whole app."""
    if request.method in SAFE_METHODS:
        return
    tokens = cast(Tokens, request.app.state.tokens)
    visit: str = request.state.visit
    if tokens.fits(visit, request.headers.get(HEADER)):
        return
    form = await read_form(request)
    token = form.get(FIELD)
    if not tokens.fits(visit, token if isinstance(token, str) else None):
        raise Refused("This page is out of date, so nothing was changed. Go back, reload it and try again.")


async def read_form(request: Request) -> FormData:
    """Read the form once; large files go to a temporary file as they come."""
    return await request.form(max_files=FILES_LIMIT, max_fields=1000)


Form = Annotated[FormData, Depends(read_form)]


def fields(form: FormData) -> Mapping[str, str]:
    """Return the plain fields of a form, without files and token."""
    return {key: value for key, value in form.items() if isinstance(value, str) and key != FIELD}
