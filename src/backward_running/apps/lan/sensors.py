"""The rooms that sensor apps feed over the local network: one for each person, under an address that only it knows."""

from __future__ import annotations

import hmac
import secrets
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.error import URLError

from backward_running.apps.lan import sensor_server
from backward_running.apps.lan.addresses import is_private
from backward_running.apps.live.under_way import WRITTEN_EVERY_S, UnderWay
from backward_running.apps.refusals import Refused
from backward_running.core.errors import BackwardRunningError, BadValue, NotFound, StoreError, UnreadableFile
from backward_running.flows import sensor_streaming
from backward_running.flows.sensor_room import Now, SensorRoom

#: How each app speaks, and what it is called.
APPS = {"sensor_logger": "Sensor Logger", "phyphox": "phyphox", "sensor_server": "SensorServer"}
#: Of these this program asks; the other one is told where to send to.
ASKED = ("phyphox", "sensor_server")
#: Our own proposals: phyphox is asked twice a second, and given up for the moment where it says nothing for so long.
ASKED_EVERY_S, ANSWERS_WITHIN_S = 0.5, 5.0
_MOST_BYTES = 8 * 1024 * 1024
CLOSED = "There is no room at this address: it was closed. Open one on the laptop, and put its address into the app."
_NONE = "No sensor app is listened to now; nothing was changed."


class SensorDesk:
    """Opens a room for somebody, lets one app in, and closes it.

    Parameters
    ----------
    clock : callable
        Returns an aware datetime.
    folder : Path
        Of the store: what comes in is written there as it comes.
    fetch : callable, optional
        Asks an address of the local network; another one for tests.
    listen : callable, optional
        Yields the messages of a SensorServer; another one for tests.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        folder: Path,
        fetch: Callable[[str], bytes] | None = None,
        listen: Callable[[str, threading.Event], Iterator[bytes]] | None = None,
    ) -> None:
        self._clock, self._folder = clock, folder
        self._fetch, self._listen = fetch or _fetched, listen or sensor_server.messages
        self._lock = threading.Lock()
        self._rooms: dict[str, _Room] = {}  #: by person

    def open(self, athlete_id: str, app: str, place: str, address: str = "") -> str:
        """Open a room; what was open for this person is closed without being saved. Return the token of its address.

        Raises
        ------
        BadValue
            There is no such app or place, or the phone's address is none of the local network.
        NotFound
            What is needed to listen to SensorServer is not installed.
        StoreError
            Nothing can be written.
        """
        if app not in APPS:
            raise BadValue("app", f"be one of {', '.join(APPS)}", app)
        room = SensorRoom(place, f"By {APPS[app]}")
        asked = _phone_address(address, APPS[app]) if app in ASKED else ""
        if app == "sensor_server":
            sensor_server.check_installed()
        opened = _Room(app, room, UnderWay(self._folder, athlete_id))
        with self._lock:
            before, self._rooms[athlete_id] = self._rooms.get(athlete_id), opened
        if before is not None:
            before.close()
            before.file.delete()
        opened.keep()
        asks = {"phyphox": self._ask, "sensor_server": self._hear}.get(app)
        if asks is not None:
            threading.Thread(target=asks, args=(asked, opened), name=app, daemon=True).start()
        return opened.token

    def token(self, athlete_id: str) -> str:
        """Return the secret part of the room's address; empty where none is open."""
        opened = self._rooms.get(athlete_id)
        return "" if opened is None else opened.token

    def app(self, athlete_id: str) -> str:
        """Return which app is listened to; empty where none is."""
        opened = self._rooms.get(athlete_id)
        return "" if opened is None else opened.app

    def now(self, athlete_id: str) -> Now | None:
        """Return how it stands; None where no room is open."""
        opened = self._rooms.get(athlete_id)
        return None if opened is None else opened.room.now()

    def trouble(self, athlete_id: str) -> str:
        """Return why nothing comes in at the moment, in a sentence; empty where all is well."""
        opened = self._rooms.get(athlete_id)
        return "" if opened is None else opened.trouble or opened.disk

    def push(self, token: str, data: bytes) -> None:
        """Take a message that an app pushed.

        Raises
        ------
        Refused
            The room of this address was closed.
        UnreadableFile
            It is none of the app's messages.
        """
        told = token.encode("utf-8", "replace")
        with self._lock:
            open_now = [room for room in self._rooms.values() if room.app == "sensor_logger"]
        fits = [opened for opened in open_now if hmac.compare_digest(opened.token.encode(), told)]
        if not fits:
            raise Refused(CLOSED, 404)
        sensor_streaming.take_push(fits[0].room, data, now=self._clock())

    def close(self, athlete_id: str) -> tuple[bytes | None, UnderWay]:
        """Close somebody's room, so that its address is dead.

        Returns
        -------
        tuple
            The recording, or None where nothing came; and its file on the disk, to be deleted once it is in the store.

        Raises
        ------
        NotFound
            No room is open.
        """
        with self._lock:
            opened = self._rooms.pop(athlete_id, None)
        if opened is None:
            raise NotFound(_NONE)
        opened.close()
        try:
            data = opened.room.finish()
        except UnreadableFile:
            return None, opened.file
        opened.write()
        return data, opened.file

    def _ask(self, address: str, opened: _Room) -> None:
        """Ask phyphox for what is new until the room is closed; what cannot be had now is asked for again."""
        phone = sensor_streaming.Phyphox()
        while not opened.closed.wait(ASKED_EVERY_S):
            try:
                phone.ask(opened.room, lambda path: self._fetch(f"http://{address}{path}"), now=self._clock())
                opened.trouble = ""
            except (OSError, URLError, BackwardRunningError) as problem:
                known = isinstance(problem, BackwardRunningError)
                away = f"phyphox does not answer at {address}: is “Allow remote access” on, and the phone awake?"
                opened.trouble = str(problem) if known else away

    def _hear(self, address: str, opened: _Room) -> None:
        """Listen to a SensorServer until the room is closed; where it breaks off it is called again."""
        for path in sensor_server.PATHS[1:]:
            threading.Thread(target=self._hear_one, args=(address, path, opened), name="positions", daemon=True).start()
        self._hear_one(address, sensor_server.PATHS[0], opened)

    def _hear_one(self, address: str, path: str, opened: _Room) -> None:
        leads = path == sensor_server.PATHS[0]  # a hall gives no positions, and that is no trouble
        while not opened.closed.is_set():
            try:
                for data in self._listen(f"ws://{address}{path}", opened.closed):
                    with suppress(UnreadableFile):  # one message that cannot be read is left out
                        sensor_streaming.take_message(opened.room, data, now=self._clock())
                    if leads:
                        opened.trouble = ""
            except (OSError, BackwardRunningError) as problem:
                known = isinstance(problem, BackwardRunningError)
                away = f"SensorServer does not answer at {address}: is it started, and the phone awake?"
                if leads:
                    opened.trouble = str(problem) if known else away
            opened.closed.wait(ASKED_EVERY_S)


class _Room:
    """A room, the token of its address, and the file into which it is written."""

    def __init__(self, app: str, room: SensorRoom, file: UnderWay) -> None:
        self.app, self.room, self.file = app, room, file
        self.token, self.closed = secrets.token_urlsafe(24), threading.Event()
        self.trouble, self.disk = "", ""
        self._keeping = threading.Thread(target=self._keep, name="sensor room", daemon=True)

    def keep(self) -> None:
        self._keeping.start()

    def close(self) -> None:
        self.closed.set()
        self._keeping.join()
        self.file.close()

    def write(self) -> None:
        try:
            self.file.add(self.room.fresh_lines())
            self.disk = ""
        except StoreError as problem:
            self.disk = str(problem)

    def _keep(self) -> None:
        while not self.closed.wait(WRITTEN_EVERY_S):
            self.write()


def _phone_address(typed: str, app: str) -> str:
    """Read where an app says it can be reached. Raises BadValue."""
    told = typed.strip().removeprefix("http://").removeprefix("ws://").rstrip("/")
    host, _, port = told.partition(":")
    if not is_private(host) or not (port == "" or (port.isascii() and port.isdigit() and 0 < int(port) < 65536)):
        advice = f"{app} shows it while it can be reached; 192.168.1.31:8080 is one like that."
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
