"""The room that a sensor app feeds over the local network: one at a time, under an address that only it knows."""

from __future__ import annotations

import hmac
import secrets
import threading
import urllib.request
from collections.abc import Callable
from datetime import datetime
from urllib.error import URLError

from backward_running.apps.lan.addresses import is_private
from backward_running.apps.web.refusals import Refused
from backward_running.core.errors import BackwardRunningError, BadValue, NotFound, UnreadableFile
from backward_running.flows import sensor_streaming
from backward_running.flows.sensor_room import Now, SensorRoom

#: How each app speaks, and what it is called.
APPS = {"sensor_logger": "Sensor Logger", "phyphox": "phyphox"}
#: Our own proposals: phyphox is asked twice a second, and given up for the moment where it says nothing for so long.
ASKED_EVERY_S, ANSWERS_WITHIN_S = 0.5, 5.0
_MOST_BYTES = 8 * 1024 * 1024
CLOSED = "There is no room at this address: it was closed. Open one on the laptop, and put its address into the app."


class SensorDesk:
    """Opens a room, lets one app in, and closes it.

    Parameters
    ----------
    clock : callable
        Returns an aware datetime.
    fetch : callable, optional
        Asks an address of the local network; another one for tests.
    """

    def __init__(self, clock: Callable[[], datetime], fetch: Callable[[str], bytes] | None = None) -> None:
        self._clock, self._fetch = clock, fetch or _fetched
        self._lock = threading.Lock()
        self._room: SensorRoom | None = None
        self._token = ""
        self._closed = threading.Event()
        self.app = ""
        self.trouble = ""  #: why nothing comes in at the moment, in a sentence

    def open(self, app: str, place: str, address: str = "") -> str:
        """Open a room; what was open is closed without being saved. Return the token of its address.

        Raises
        ------
        BadValue
            There is no such app or place, or the phone's address is none of the local network.
        """
        if app not in APPS:
            raise BadValue("app", f"be one of {', '.join(APPS)}", app)
        room = SensorRoom(place, f"By {APPS[app]}")
        asked = _phone_address(address) if app == "phyphox" else ""
        with self._lock:
            self._closed.set()
            self._room, self.app, self.trouble = room, app, ""
            self._token, self._closed = secrets.token_urlsafe(24), threading.Event()
            if asked:
                told = (asked, room, self._closed)
                threading.Thread(target=self._ask, args=told, name="phyphox", daemon=True).start()
            return self._token

    @property
    def token(self) -> str:
        """The secret part of the room's address; empty where none is open."""
        return self._token

    def now(self) -> Now | None:
        """Return how it stands; None where no room is open."""
        room = self._room
        return None if room is None else room.now()

    def push(self, token: str, data: bytes) -> None:
        """Take a message that an app pushed.

        Raises
        ------
        Refused
            The room of this address was closed.
        UnreadableFile
            It is none of the app's messages.
        """
        with self._lock:
            fits = bool(self._token) and hmac.compare_digest(self._token.encode(), token.encode("utf-8", "replace"))
            room = self._room if fits and self.app == "sensor_logger" else None
        if room is None:
            raise Refused(CLOSED, 404)
        sensor_streaming.take_push(room, data, now=self._clock())

    def close(self) -> bytes | None:
        """Close the room, so that its address is dead; return the recording, or None where nothing came.

        Raises
        ------
        NotFound
            No room is open.
        """
        with self._lock:
            room, self._room, self._token = self._room, None, ""
            self._closed.set()
        if room is None:
            raise NotFound("No sensor app is listened to now; nothing was changed.")
        try:
            return room.finish()
        except UnreadableFile:
            return None

    def _ask(self, address: str, room: SensorRoom, closed: threading.Event) -> None:
        """Ask phyphox for what is new until the room is closed; what cannot be had now is asked for again."""
        phone = sensor_streaming.Phyphox()
        while not closed.wait(ASKED_EVERY_S):
            try:
                phone.ask(room, lambda path: self._fetch(f"http://{address}{path}"), now=self._clock())
                self.trouble = ""
            except (OSError, URLError, BackwardRunningError) as problem:
                known = isinstance(problem, BackwardRunningError)
                away = f"phyphox does not answer at {address}: is “Allow remote access” on, and the phone awake?"
                self.trouble = str(problem) if known else away


def _phone_address(typed: str) -> str:
    """Read where phyphox says it can be reached. Raises BadValue."""
    told = typed.strip().removeprefix("http://").rstrip("/")
    host, _, port = told.partition(":")
    if not is_private(host) or not (port == "" or (port.isascii() and port.isdigit() and 0 < int(port) < 65536)):
        advice = "phyphox shows it under “Allow remote access”; 192.168.1.31:8080 is one like that."
        raise BadValue("address", "be an address in your own network", typed[:40], advice)
    return told


def _fetched(address: str) -> bytes:
    """Ask a phone. No redirect is followed: only the address that was typed is asked."""
    opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=ANSWERS_WITHIN_S) as answer:
        data: bytes = answer.read(_MOST_BYTES)
    return data


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_told: object) -> None:
        """Follow none."""
