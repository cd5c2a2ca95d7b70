"""A sensor app in the network: one room, an address that only it knows, and a recording at the end."""

from __future__ import annotations

import json
import re
import sys
import threading
from urllib.parse import unquote

import pytest
from tests.apps.browsing import NOW, browse
from tests.apps.lan.conftest import PLAIN
from tests.flows.test_sensor_room import pushes
from tests.gait.live.walks import Walk

from backward_running import formats
from backward_running.apps.lan import sensor_server as sensor_server_app
from backward_running.apps.lan import sensors
from backward_running.apps.lan.sensors import SensorDesk
from backward_running.apps.live.under_way import FOLDER
from backward_running.apps.refusals import Refused
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
    laptop.lan.sensors.open(laptop.store.athlete_id, "sensor_logger", "waist")
    asks = laptop.asks(PLAIN)
    for token in ("x", "ünicode", "0" * 32):
        assert asks.post(f"/sensors/{token}", content=b"{}").status_code == 404
    assert asks.get(f"/sensors/{laptop.lan.sensors.token(laptop.store.athlete_id)}").status_code == 404
    reply = asks.post(f"/sensors/{laptop.lan.sensors.token(laptop.store.athlete_id)}", content=b"{}")
    assert reply.status_code == 422 and "no message of Sensor Logger" in reply.json()["message"]
    assert laptop.lan.sensors.now(laptop.store.athlete_id).samples == 0


def test_a_new_room_closes_the_old_address(laptop):
    old = laptop.lan.sensors.open(laptop.store.athlete_id, "sensor_logger", "waist")
    assert laptop.lan.sensors.open(laptop.store.athlete_id, "sensor_logger", "waist") != old
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
        laptop.lan.sensors.open(laptop.store.athlete_id, "phyphox", "waist", address)
    page = desktop.submit(PAGE, {"app": "phyphox", "place": "waist", "address": address}).text
    assert "192.168.1.31:8080 is one like that" in page and laptop.lan.sensors.now(laptop.store.athlete_id) is None


def test_an_app_or_a_place_that_is_none_is_refused(tmp_path):
    desk = SensorDesk(lambda: NOW, tmp_path)
    for app, place in (("other", "waist"), ("sensor_logger", "nose")):
        with pytest.raises(BadValue):
            desk.open("sam", app, place)
    with pytest.raises(NotFound):
        desk.close("sam")


def test_two_people_have_a_room_each_and_no_message_goes_astray(tmp_path):
    desk = SensorDesk(lambda: NOW, tmp_path)
    tokens = {name: desk.open(name, "sensor_logger", "waist") for name in ("anna", "ben")}
    for data in pushes(Walk(end_s=20.0)):
        desk.push(tokens["ben"], data)
    assert desk.now("anna").samples == 0 and desk.now("ben").samples > 100 and desk.now("carl") is None
    assert desk.close("anna")[0] is None and desk.token("anna") == ""
    with pytest.raises(Refused):
        desk.push(tokens["anna"], data)
    assert desk.close("ben")[0] is not None


def test_what_came_is_on_the_disk_before_the_end_and_is_the_same_recording(tmp_path, monkeypatch):
    monkeypatch.setattr(sensors, "WRITTEN_EVERY_S", 3600.0)  # this test writes when it says so
    desk = SensorDesk(lambda: NOW, tmp_path)
    token = desk.open("sam", "sensor_logger", "thigh_right")
    (path,) = tmp_path.glob(f"{FOLDER}/*.jsonl")
    for second, data in enumerate(pushes(Walk(end_s=40.0))):
        desk.push(token, data)
        if second % 3 == 0:
            desk._rooms["sam"].write()
    (died,) = formats.read(path.read_bytes())
    data, file = desk.close("sam")
    assert data == path.read_bytes()
    (whole,) = formats.read(data)
    assert died.started_at == whole.started_at and whole.duration_s - died.duration_s <= 5
    assert len(whole.inertial[0].time_s) == len(formats.read(path.read_bytes())[0].inertial[0].time_s)
    file.delete()
    assert not path.exists()


def sensor_server(walk):
    """A walk as SensorServer sends it: one message for each sample, after what its makers publish."""
    for kind, at_s, *rest in walk.events():
        ns = 5_000_000_000 + round(at_s * 1e9)
        if kind == "m":
            for name, values in (("accelerometer", rest[0]), ("gyroscope", rest[1])):
                told = {"values": list(values), "timestamp": ns, "accuracy": 3, "type": f"android.sensor.{name}"}
                yield json.dumps(told)


def test_sensor_server_is_listened_to_by_websocket(laptop, desktop):
    websockets = pytest.importorskip("websockets.sync.server")
    asked, told = [], list(sensor_server(Walk(end_s=20.0)))

    def answer(stream):
        asked.append(stream.request.path)
        if "accelerometer" in stream.request.path:
            stream.send("garbage")
            for message in told:
                stream.send(message)
        next(iter(stream), None)  # until the other side goes

    desk, whose = laptop.lan.sensors, laptop.store.athlete_id
    with websockets.serve(answer, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.socket.getsockname()[1]
        desk._listen = lambda address, closed: sensor_server_app.messages(
            address.replace("192.168.1.31:8080", f"127.0.0.1:{port}"), closed
        )
        desktop.submit(PAGE, {"app": "sensor_server", "place": "waist", "address": "192.168.1.31:8080"})
        wait_for(lambda: desk.now(whose).samples >= len(told) // 2 - 5)
        assert desk.now(whose).has_rates and desk.trouble(whose) == ""
        assert "SensorServer" in desktop.get(PAGE).text
        assert "By SensorServer" in desktop.submit(f"{PAGE}/end").text
        server.shutdown()
    assert any("android.sensor.gyroscope" in unquote(path) for path in asked)
    assert not list(laptop.lan.folder.glob(f"{FOLDER}/*.jsonl"))


def test_a_sensor_server_that_is_away_is_said_and_one_without_the_part_too(laptop, desktop, monkeypatch):
    def away(address, closed):
        raise OSError("nobody there")

    desk, whose = laptop.lan.sensors, laptop.store.athlete_id
    desk._listen = away
    desk.open(whose, "sensor_server", "waist", "192.168.1.31:8080")
    wait_for(lambda: "SensorServer does not answer" in desk.trouble(whose))
    desk.close(whose)[1].delete()
    monkeypatch.setitem(sys.modules, "websockets.sync.client", None)
    page = desktop.submit(PAGE, {"app": "sensor_server", "place": "waist", "address": "192.168.1.31:8080"}).text
    assert "backward-running[live]" in page


def wait_for(holds):
    """Wait for what another thread does; a busy machine only makes it later."""
    asked = threading.Event()
    for _ in range(6000):
        if holds():
            return
        asked.wait(0.01)
    raise AssertionError("it never came")


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
