"""Listens to SensorServer, an Android app that sends its sensors to who asks for them by WebSocket.

As its makers publish it: the path names the sensors, each message is one sample or one position. Nothing is sent.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from urllib.parse import quote

from backward_running.core.errors import NotFound

_SENSORS = json.dumps(["android.sensor.accelerometer", "android.sensor.gyroscope"], separators=(",", ":"))
#: The sensors in one stream, the positions in another.
PATHS = (f"/sensors/connect?types={quote(_SENSORS, safe='')}", "/gps")
NOT_INSTALLED = "Listening to SensorServer needs a part that is not installed: pip install 'backward-running[live]'."
#: Our own proposals.
ANSWERS_WITHIN_S, LOOKS_UP_EVERY_S, MOST_BYTES = 5.0, 0.5, 1024 * 1024


def check_installed() -> None:
    """Raise NotFound where what is needed for it is not installed."""
    try:
        import websockets.sync.client
    except ImportError as problem:
        raise NotFound(NOT_INSTALLED) from problem
    del websockets


def messages(address: str, closed: threading.Event) -> Iterator[bytes]:
    """Yield the messages of a stream until it is closed.

    Parameters
    ----------
    address : str
        Of the local network, with the path. No proxy is asked, and no redirect is followed.
    closed : Event
        Ends it.

    Raises
    ------
    OSError
        It cannot be reached, or it broke off.
    """
    from websockets.exceptions import WebSocketException
    from websockets.sync.client import connect

    try:
        with connect(address, open_timeout=ANSWERS_WITHIN_S, max_size=MOST_BYTES, proxy=None) as stream:
            while not closed.is_set():
                try:
                    told = stream.recv(timeout=LOOKS_UP_EVERY_S)
                except TimeoutError:
                    continue
                yield told.encode() if isinstance(told, str) else told
    except WebSocketException as problem:
        raise OSError(str(problem)) from problem
