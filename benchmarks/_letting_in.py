"""The key to the web app, for what measures it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

BASE = "http://127.0.0.1:8484"


def client_of(app: Any) -> Any:
    """Return a client that was let in."""
    from starlette.testclient import TestClient

    client = TestClient(app, base_url=BASE)
    client.get(f"/?key={app.state.keys.launch}", follow_redirects=False)
    return client


def address_of(home: Path, port: int) -> str:
    """Return the address with the key of a server that runs on a store."""
    from backward_running.apps.cli import _launch

    address = _launch.address_in(_launch.page_of(home, port))
    if address is None:
        raise RuntimeError(f"no server left its address in {home}")
    return address


def cookie_of(home: Path, port: int) -> str:
    """Bring the key to a running server, and return the cookie that is given for it."""
    from http.client import HTTPConnection

    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/?" + address_of(home, port).partition("?")[2])
    cookie = connection.getresponse().headers["set-cookie"]
    connection.close()
    return str(cookie).partition(";")[0]
