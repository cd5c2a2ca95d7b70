"""A sensor app in the network: one room, an address that only it knows, and a recording at the end."""

from __future__ import annotations

import json
import re

import pytest
from tests.apps.browsing import NOW, browse
from tests.apps.lan.conftest import PLAIN
from tests.flows.test_sensor_room import pushes
from tests.gait.live.walks import Walk

from backward_running.apps.lan.sensors import SensorDesk
from backward_running.core.errors import BadValue, NotFound
from backward_running.flows.sensor_room import SensorRoom
from backward_running.flows.sensor_streaming import Phyphox

PAGE = "/plan/phone/sensors"


@pytest.fixture
def desktop(laptop):
    """The laptop's own browser, with the doors open."""
    laptop.clock.at = NOW
    browser = browse(laptop.store, follow=True)
    browser.app.state.lan = laptop.lan
    return browser


def test_sensor_logger_is_let_in_by_its_address_and_what_came_is_a_run(laptop, desktop):
    desktop.submit(PAGE, {"app": "sensor_logger", "place": "thigh_right"})
    page = desktop.get(PAGE).text
    path = re.search(rf'value="{re.escape(laptop.lan.guide_url)}(sensors/[\w-]+)"', page)[1]
    asks = laptop.asks(PLAIN)
    for data in pushes(Walk(end_s=40.0)):
        assert asks.post(f"/{path}", content=data).status_code == 200
    live = desktop.get(f"{PAGE}/now").text
    assert "samples" in live and "cannot be told" in live, (
        "a walk without a plan and without a pocket's word is unknown"
    )
    run = desktop.submit(f"{PAGE}/end").text
    assert "By Sensor Logger" in run and laptop.store.counts().activities == 1
    gone = asks.post(f"/{path}", content=data)
    assert gone.status_code == 404 and "it was closed" in gone.json()["message"]


def test_another_address_and_another_method_reach_nothing(laptop):
    laptop.lan.sensors.open("sensor_logger", "waist")
    asks = laptop.asks(PLAIN)
    for token in ("x", "ünicode", "0" * 32):
        assert asks.post(f"/sensors/{token}", content=b"{}").status_code == 404
    assert asks.get(f"/sensors/{laptop.lan.sensors.token}").status_code == 404
    reply = asks.post(f"/sensors/{laptop.lan.sensors.token}", content=b"{}")
    assert reply.status_code == 422 and "no message of Sensor Logger" in reply.json()["message"]
    assert laptop.lan.sensors.now().samples == 0


def test_a_new_room_closes_the_old_address(laptop):
    old = laptop.lan.sensors.open("sensor_logger", "waist")
    assert laptop.lan.sensors.open("sensor_logger", "waist") != old
    assert laptop.asks(PLAIN).post(f"/sensors/{old}", content=b"{}").status_code == 404


def test_nothing_that_arrived_is_no_run_and_is_said(laptop, desktop):
    desktop.submit(PAGE, {"app": "sensor_logger", "place": "chest"})
    assert "Nothing had arrived" in desktop.submit(f"{PAGE}/end").text
    assert "No sensor app is listened to" in desktop.submit(f"{PAGE}/end").text
    assert laptop.store.counts().activities == 0


@pytest.mark.parametrize(
    "address", ["", "runner.example", "8.8.8.8:8080", "192.168.1.31:0", "192.168.1.31:x", "192.168.1.31/../x", "user@192.168.1.31"]
)  # fmt: skip
def test_only_an_address_of_the_own_network_is_asked(laptop, desktop, address):
    with pytest.raises(BadValue):
        laptop.lan.sensors.open("phyphox", "waist", address)
    page = desktop.submit(PAGE, {"app": "phyphox", "place": "waist", "address": address}).text
    assert "192.168.1.31:8080 is one like that" in page and laptop.lan.sensors.now() is None


def test_an_app_or_a_place_that_is_none_is_refused():
    desk = SensorDesk(lambda: NOW)
    for app, place in (("other", "waist"), ("sensor_logger", "nose")):
        with pytest.raises(BadValue):
            desk.open(app, place)
    with pytest.raises(NotFound):
        desk.close()


CONFIG = {"inputs": [
    {"source": "accelerometer", "outputs": [{"x": "ax"}, {"y": "ay"}, {"z": "az"}, {"t": "at"}]},
    {"source": "gyroscope", "outputs": [{"x": "gx"}, {"y": "gy"}, {"z": "gz"}, {"t": "gt"}]},
    {"source": "light", "outputs": [{"x": "lx"}, {"t": "lt"}]},
]}  # fmt: skip


class Experiment:
    """A phyphox that runs: it gives what is newer than what it is asked for. Made here, after what its makers publish."""

    def __init__(self):
        self.until_s, self.asked = 0.0, []

    def fetch(self, path):
        self.asked.append(path)
        if path == "/config":
            return json.dumps(CONFIG).encode()
        wanted = dict(part.split("=") for part in path.partition("?")[2].split("&"))
        buffers = {}
        for name, since in wanted.items():
            newer = [k / 50 for k in range(int(self.until_s * 50)) if k / 50 > float(since.partition("|")[0])]
            values = newer if name in ("at", "gt") else [9.8 if name == "az" else 0.1] * len(newer)
            buffers[name] = {"size": 0, "updateMode": "partial", "buffer": values}
        return json.dumps({"buffer": buffers, "status": {"measuring": True}}).encode()


def test_phyphox_is_asked_for_what_is_new_and_for_nothing_twice():
    room, phone, experiment = SensorRoom("waist", "x"), Phyphox(), Experiment()
    for until_s in (1.0, 1.0, 3.0, 6.0):
        experiment.until_s = until_s
        phone.ask(room, experiment.fetch, now=NOW)
    assert room.now().samples == 300 - 1 or room.now().samples == 300
    assert experiment.asked.count("/config") == 1 and not any("lx" in path for path in experiment.asked)
    assert room.now().has_rates
    room.finish()
