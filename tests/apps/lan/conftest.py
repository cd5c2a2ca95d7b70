"""A laptop that is open to its network, and who asks from there: without a network."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from tests.apps.browsing import NOW
from tests.formats.test_phone_session import STARTED, session

from backward_running.apps.lan.local_network import LocalNetwork
from backward_running.apps.lan.phone_door import phone_door
from backward_running.apps.lan.plain_door import plain_door
from backward_running.store import open_store

HOME, NEIGHBOUR = "192.168.1.20", "192.168.1.31"
PLAIN, SECURE = f"http://{HOME}:8485", f"https://{HOME}:8486"


class Clock:
    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at

    def goes_on(self, **more):
        self.at += timedelta(**more)


class Laptop:
    """A laptop in a network, its two doors, and phones that ask."""

    def __init__(self, home, at=NOW):
        self.clock = Clock(at)
        self.store = open_store(home)
        self.lan = LocalNetwork(self.store, home, HOME, 8485, 8486, self.clock)
        self.secure, self.plain = phone_door(self.lan), plain_door(self.lan)

    def asks(self, base=SECURE, client=NEIGHBOUR, **more):
        door = self.secure if base.startswith("https") else self.plain
        return TestClient(door, base_url=base, client=(client, 50000), **more)

    def paired(self, name="Sam’s phone"):
        code = self.lan.pairing.new_code(self.store.athlete_id).digits
        asks = self.asks()
        asks.headers["Authorization"] = f"Bearer {self.pair(code, name, asks).json()['secret']}"
        return asks

    def pair(self, code, name="Sam’s phone", asks=None):
        return (asks or self.asks()).post("/api/pair", json={"code": code, "name": name})


@pytest.fixture
def laptop(new_home):
    made = Laptop(new_home, STARTED + timedelta(hours=3))
    yield made
    made.store.close()


@pytest.fixture
def planned(filled, tmp_path):
    """A laptop whose runner has a plan."""
    made = Laptop(shutil.copytree(filled.home, tmp_path / "planned"))
    yield made
    made.store.close()


class Parcel:
    """A recording as the phone sends it."""

    def __init__(self, data=None, name="backward-2026-05-01-0800.jsonl.gz"):
        self.bytes = gzip.compress(session() if data is None else data, mtime=0)
        self.key, self.name = hashlib.sha256(self.bytes).hexdigest(), name

    def send(self, asks, at=0, until=None):
        piece = self.bytes[at:until]
        query = f"at={at}&size={len(self.bytes)}&name={self.name}"
        return asks.post(f"/api/recordings/{self.key}?{query}", content=piece)

    def state(self, asks):
        return asks.get(f"/api/recordings/{self.key}").json()


def lines(*told):
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in told).encode()
