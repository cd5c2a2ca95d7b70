"""A local stand-in for the calendar of intervals.icu, by its documented interface: list, bulk with upsert, bulk-delete."""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

EVENTS = "/api/v1/athlete/0/events"
KEY = "abc123"


class Calendar:
    """What the service keeps, and what it was asked."""

    def __init__(self) -> None:
        self.events: dict[int, dict] = {}
        self.asked: list[tuple[str, str]] = []
        self.bodies: list[str] = []
        self.refuses: int | None = None
        self.key = KEY

    def by_external_id(self):
        """Return the events by their ids elsewhere; fails where one is doubled."""
        named = [one["external_id"] for one in self.events.values() if one.get("external_id")]
        assert len(named) == len(set(named))
        return {one["external_id"]: one for one in self.events.values() if one.get("external_id")}

    def add(self, **event):
        """Put an event as somebody else would."""
        number = max(self.events, default=100) + 1
        self.events[number] = {"id": number, **event}
        return number

    def answer(self, method, address, header, body):
        """Return status and answer of one request."""
        if self.refuses:
            return self.refuses, {"error": "no"}
        scheme, _, coded = header.partition(" ")
        if scheme != "Basic" or b64decode(coded).decode() != f"API_KEY:{self.key}":
            return 401, {"error": "Unauthorized"}
        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if (method, parts.path) == ("GET", EVENTS):
            inside = (asked["oldest"], asked["newest"])
            return 200, [one for one in self.events.values() if inside[0] <= one["start_date_local"][:10] <= inside[1]]
        if (method, parts.path) == ("POST", f"{EVENTS}/bulk"):
            return 200, [self._put(one, upsert=asked.get("upsert") == "true") for one in body]
        if (method, parts.path) == ("PUT", f"{EVENTS}/bulk-delete"):
            gone = [self.events.pop(one["id"], None) for one in body]
            return 200, {"eventsDeleted": sum(one is not None for one in gone)}
        return 404, {"error": "Not found"}

    def _put(self, event, *, upsert):
        assert event["category"] == "WORKOUT" and len(event["start_date_local"]) == 19
        same = [n for n, one in self.events.items() if upsert and one.get("external_id") == event["external_id"]]
        number = same[0] if same else max(self.events, default=100) + 1
        self.events[number] = {**self.events.get(number, {}), **event, "id": number}
        return self.events[number]


@contextmanager
def calendar():
    """Let a calendar answer on this machine; yield it and its address."""
    kept = Calendar()

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kept.asked.append((self.command, self.path))
            kept.bodies.append(text.decode())
            body = json.loads(text) if text else None
            status, said = kept.answer(self.command, self.path, self.headers.get("Authorization", ""), body)
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    for method in ("GET", "POST", "PUT"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield kept, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
