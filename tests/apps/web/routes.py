"""Every route of the app, as addresses that can be asked for."""

from __future__ import annotations

import re
from urllib.parse import unquote

from tests.loops import run_alone

#: What holds nothing of anybody, and is answered without the key.
OPEN = ("/static", "/health", "/calendar/")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH")


def flat(route):
    """Return a route, or those of the router it stands for."""
    inner = getattr(getattr(route, "original_router", None), "routes", None)
    return [route] if inner is None else inner


def routes(app):
    """Return every route of an app with its methods."""
    return [
        (one.path, one.methods) for router in app.router.routes for one in flat(router) if getattr(one, "methods", None)
    ]


def addresses(browser) -> list[str]:
    """Return an address of every route; where a run or a workout is named, one that is there."""
    named = {"activity_id": browser.ids[0], "workout_id": browser.workout_id}

    def filled(found):
        return named.get(found[1].partition(":")[0], "x")

    return sorted({re.sub(r"\{([\w:]+)\}", filled, path) for path, _ in routes(browser.app)} | {"/nope"})


def asked_all(app, requests, *, port=8484):
    """Ask an app many things without a client in between, which takes a hundred times longer.

    requests: (method, address, headers), and a body where there is one. Returns (status, headers, body) of each.
    """

    async def one(method, address, headers, sent_body=b""):
        sent = []
        path, _, query = address.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", port), "state": {},
        }  # fmt: skip

        async def receive():
            return {"type": "http.request", "body": sent_body, "more_body": False}

        async def send(message):
            sent.append(message)

        await app(scope, receive, send)
        body = b"".join(message.get("body", b"") for message in sent)
        return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}, body

    async def every():
        return [await one(*request) for request in requests]

    return run_alone(every())
