"""What sensor apps send, as their makers publish it. The messages are made here and were recorded from no phone."""

from __future__ import annotations

import json

import pytest

from backward_running.core.errors import UnreadableFile
from backward_running.formats import sensor_streams as streams

NS = 1_698_501_144_401_773_000


def packed(told):
    return json.dumps(told).encode()


def entry(name, at_ns=NS, **values):
    return {"name": name, "time": at_ns, "values": values}


def pushed(*entries):
    return packed({"messageId": 0, "sessionId": "one", "deviceId": "two", "payload": list(entries)})


def test_a_push_of_sensor_logger_tells_motion_and_positions():
    batch = streams.sensor_logger_push(
        pushed(
            entry("totalacceleration", z=9.8, y=0.1, x=0.2),
            entry("gyroscope", x=0.1, y="0.2", z=0.3),
            entry("accelerometer", x=1, y=2, z=3),
            entry("gravity", x=0, y=0, z=9.81),
            entry("microphone", dBFS=-30),
            entry(
                "location", latitude=60.1, longitude=24.9, speed=1.2, bearing=90.0, horizontalAccuracy=4.0, altitude=9
            ),
        )
    )
    assert batch.forces == [(pytest.approx(NS * 1e-9), (0.2, 0.1, 9.8))]
    assert [axes for _, axes in batch.rates] == [(0.1, 0.2, 0.3)]
    assert [axes for _, axes in batch.without_gravity] == [(1.0, 2.0, 3.0)]
    (fix,) = batch.fixes
    assert (fix.latitude_deg, fix.speed_mps, fix.course_deg, fix.accuracy_m) == (60.1, 1.2, 90.0, 4.0)


@pytest.mark.parametrize(("speed", "bearing"), [(-1, -1), (0, 0), (None, 10), (1.2, -1), (1.2, None)])
def test_a_phone_that_stands_or_does_not_know_has_no_course(speed, bearing):
    data = pushed(entry("location", latitude=60.1, longitude=24.9, speed=speed, bearing=bearing))
    assert streams.sensor_logger_push(data).fixes[0].course_deg is None


def test_messages_of_sensor_server():
    sample = {"type": "android.sensor.gyroscope", "accuracy": 3, "timestamp": 5_000_000_000, "values": [0.1, 0.2, 0.3]}
    assert streams.sensor_server_message(packed(sample)).rates == [(5.0, (0.1, 0.2, 0.3))]
    fix = {"latitude": 60.1, "longitude": 24.9, "speed": 1.0, "bearing": 10.0, "accuracy": 4.0, "altitude": 1.0,
           "time": 1, "elapsedRealtimeNanos": 6_000_000_000, "lastKnowLocation": False}  # fmt: skip
    assert streams.sensor_server_message(packed(fix)).fixes[0].at_s == 6.0
    assert streams.sensor_server_message(packed(fix | {"lastKnowLocation": True})).fixes == []


CONFIG = {"inputs": [
    {"source": "accelerometer", "outputs": [{"x": "accX"}, {"y": "accY"}, {"z": "accZ"}, {"t": "acc_time"}]},
    {"source": "gyroscope", "outputs": [{"x": "gX"}, {"y": "gY"}, {"z": "gZ"}, {"t": "g_time"}]},
    {"source": "location", "outputs": [{"lat": "la"}, {"lon": "lo"}, {"v": "v"}, {"dir": "d"}, {"t": "l_time"}]},
]}  # fmt: skip


def test_an_experiment_of_phyphox_is_read_by_its_own_names():
    buffers = streams.phyphox_buffers(packed(CONFIG))
    held = {"accX": [1, 2], "accY": [3, 4], "accZ": [5, None], "acc_time": [0.0, 0.01], "gX": [1], "gY": [2], "gZ": [3],
            "g_time": [0.005], "la": [60.1], "lo": [24.9], "v": [1.2], "d": [45.0], "l_time": [0.5]}  # fmt: skip
    told = {"buffer": {name: {"size": 0, "updateMode": "full", "buffer": values} for name, values in held.items()}}
    batch = streams.phyphox_values(packed(told), buffers)
    assert batch.forces == [(0.0, (1.0, 3.0, 5.0))]
    assert batch.rates == [(0.005, (1.0, 2.0, 3.0))]
    assert (batch.fixes[0].at_s, batch.fixes[0].course_deg) == (0.5, 45.0)


READ = {
    "push": streams.sensor_logger_push, "server": streams.sensor_server_message, "config": streams.phyphox_buffers,
    "get": lambda data: streams.phyphox_values(data, {}),
}  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"\xff\xfe", b"[" * 99_999, b'{"payload": 3}'])
@pytest.mark.parametrize("read", READ.values(), ids=READ)
def test_what_is_none_of_it_is_said_in_a_sentence(read, data):
    with pytest.raises(UnreadableFile, match=r"\.$"):
        read(data)


@pytest.mark.parametrize(
    "strange", [None, 3, "x", {}, entry("gyroscope"), entry("gyroscope", x=float("nan"), y=1, z=1), entry(None, x=1, y=1, z=1),
                entry("gyroscope", at_ns="soon", x=1, y=1, z=1), entry("location", latitude=99, longitude=0),
                entry("gyroscope", x=True, y=1, z=1), entry("gyroscope", x=10**400, y=1, z=1)]
)  # fmt: skip
def test_a_strange_entry_is_left_out_and_costs_no_other(strange):
    batch = streams.sensor_logger_push(pushed(strange, entry("gyroscope", x=1, y=2, z=3)))
    assert [axes for _, axes in batch.rates] == [(1.0, 2.0, 3.0)]
    assert batch.fixes == []
