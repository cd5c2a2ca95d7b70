"""The calendar of intervals.icu, as its documented interface has it. Nothing is asked before its runner turned it on.

References
----------
https://intervals.icu/api/v1/docs (events: list, bulk with ``upsert=true``, bulk-delete); the forum's guides "API access
to Intervals.icu" and "Uploading planned workouts to Intervals.icu".
"""

from __future__ import annotations

import json
import ssl
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from backward_running.core.errors import ServiceError

ADDRESS = "https://intervals.icu"
#: The athlete whom the key belongs to.
_EVENTS = "/api/v1/athlete/0/events"
TIMEOUT_S = 20.0
#: More than a year of anybody's calendar.
_LARGEST_ANSWER_BYTES = 20 * 1024 * 1024
_NAME = "intervals.icu"


class IntervalsIcu:
    """A :class:`backward_running.core.ports.PlannedEvents` over HTTP.

    Parameters
    ----------
    key : str
        The runner's own API key.
    address : str
        Of the service; without encryption only on this machine, for tests.

    Notes
    -----
    Redirects are not followed: the key goes to the one address and to no other.
    """

    def __init__(self, key: str, address: str | None = None) -> None:
        self._key = key
        self._address = urlsplit(address or ADDRESS)

    def events(self, oldest: date, newest: date) -> Sequence[Mapping[str, Any]]:
        """Return the events of some days."""
        found = self._asked("GET", f"{_EVENTS}?oldest={oldest.isoformat()}&newest={newest.isoformat()}")
        if not isinstance(found, list):
            raise ServiceError(f"{_NAME} answered something that is no calendar; nothing was sent. Try again later.")
        return [event for event in found if isinstance(event, dict)]

    def upsert(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Put events, those of the same ``external_id`` in place of what was there."""
        self._asked("POST", f"{_EVENTS}/bulk?upsert=true", list(events))

    def delete(self, ids: Sequence[int]) -> None:
        """Delete events by their ``id``."""
        self._asked("PUT", f"{_EVENTS}/bulk-delete", [{"id": event_id} for event_id in ids])

    def _asked(self, method: str, path: str, body: object = None) -> Any:
        headers = {
            "Authorization": "Basic " + b64encode(f"API_KEY:{self._key}".encode()).decode(),
            "Accept": "application/json",
        }
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection = self._connection()
        try:
            connection.request(method, path, data, headers)
            answer = connection.getresponse()
            text = answer.read(_LARGEST_ANSWER_BYTES)
        except (OSError, HTTPException) as problem:
            raise ServiceError(f"{_NAME} cannot be reached ({_why(problem)}); it is tried again later.") from problem
        finally:
            connection.close()
        if answer.status >= 300:
            raise ServiceError(_refused(answer.status))
        try:
            return json.loads(text) if text.strip() else None
        except ValueError as problem:
            raise ServiceError(f"{_NAME} answered something that cannot be read; it is tried again later.") from problem

    def _connection(self) -> HTTPConnection:
        host = self._address.hostname or ""
        if self._address.scheme == "https":
            return HTTPSConnection(host, self._address.port, timeout=TIMEOUT_S, context=ssl.create_default_context())
        if host not in ("127.0.0.1", "localhost"):
            raise ServiceError(f"{host} would be asked without encryption, so it is not asked at all.")
        return HTTPConnection(host, self._address.port, timeout=TIMEOUT_S)


def _why(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem) or type(problem).__name__


def _refused(status: int) -> str:
    """Say in one sentence why the service refused, and what to do.

    >>> _refused(401)
    'intervals.icu did not take the key; make a new one there, under Settings, Developer Settings, and enter it here.'
    """
    if status in (401, 403):
        where = "make a new one there, under Settings, Developer Settings, and enter it here."
        return f"{_NAME} did not take the key; {where}"
    if status == 429:
        return f"{_NAME} asks for a break; it is tried again later."
    return f"{_NAME} refused (HTTP {status}); it is tried again later."
