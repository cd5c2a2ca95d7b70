"""A room that a sensor app feeds: simulated walks, sent as the app sends them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.gait.live.walks import BACKWARD, FORWARD, Walk

from backward_running import formats
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.flows.sensor_room import LONGEST_S, SensorRoom
from backward_running.formats.sensor_streams import sensor_logger_push

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
UNIX = NOW.timestamp()


def pushes(walk, every_s=1.0, split=False):
    """A walk as Sensor Logger pushes it: batches of a second, the sensors one after the other."""
    batches = {}
    for kind, at_s, *rest in walk.events():
        batch = batches.setdefault(int(at_s // every_s), [])
        if kind == "m":
            at = round((UNIX + at_s) * 1e9)
            force = dict(zip("xyz", rest[0], strict=True))
            batch.append({"name": "totalacceleration", "time": at, "values": force})
            batch.append({"name": "gyroscope", "time": at, "values": dict(zip("xyz", rest[1], strict=True))})
        elif kind == "f":
            of_s, speed, course = rest
            values = {"latitude": 60.0 + at_s * 1e-5, "longitude": 24.9, "speed": speed, "bearing": course}
            batch.append({"name": "location", "time": round((UNIX + of_s) * 1e9), "values": values})
    for _, batch in sorted(batches.items()):
        yield json.dumps({"messageId": 0, "payload": sorted(batch, key=lambda each: each["name"])}).encode()


def fed(room, walk):
    for data in pushes(walk):
        room.take(sensor_logger_push(data), now=NOW)
    return room


def test_a_pocket_tells_the_direction_live_and_the_recording_is_saved_whole():
    """Without a plan only a walking pocket can tell which side is forward; see docs/validation/live.md."""
    walk = Walk(end_s=90.0, course=(45.0,), rate_hz=50.0, in_a_pocket=True)
    room = SensorRoom("thigh_right", "By Sensor Logger")
    seen = set()
    for data in pushes(walk):
        room.take(sensor_logger_push(data), now=NOW)
        seen.add(room.now().direction)
    assert {FORWARD, BACKWARD} & seen, "it is told of something"
    stands = room.now()
    assert stands.has_rates and stands.samples == 90 * 50 and stands.seconds >= 88
    (recording,) = formats.read(room.finish())
    assert (recording.reader, recording.title, recording.started_at) == ("phone_session", "By Sensor Logger", NOW)
    assert recording.duration_s == pytest.approx(90.0, abs=1.0)
    (sensor,) = recording.inertial
    assert sensor.place == "thigh_right" and len(sensor.time_s) == 90 * 50
    assert recording.stream_with("live_forward_share") is not None
    assert recording.stream_with("latitude_deg") is not None


def test_batches_that_come_late_or_twice_change_nothing():
    walk = Walk(end_s=20.0)
    once, twice = SensorRoom("unknown", "x"), SensorRoom("unknown", "x")
    fed(once, walk)
    for data in pushes(walk):
        for _ in range(2):
            twice.take(sensor_logger_push(data), now=NOW)
    assert twice.now().samples == once.now().samples


def test_without_a_gyroscope_nothing_is_told_and_that_is_said():
    room = SensorRoom("thigh_left", "x")
    for data in pushes(Walk(end_s=20.0)):
        batch = sensor_logger_push(data)
        batch.rates.clear()
        room.take(batch, now=NOW)
    stands = room.now()
    assert stands.direction.value == "unknown" and not stands.has_rates and stands.samples > 100
    (recording,) = formats.read(room.finish())
    assert recording.inertial


def test_gravity_that_is_sent_apart_is_added_back():
    room = SensorRoom("waist", "x")
    for second in range(10):
        entries = []
        for part in range(20):
            at = round((UNIX + second + part / 20) * 1e9)
            sway = 0.1 * (part % 5)
            for name, z in (("accelerometer", 0.5), ("gravity", 9.81), ("gyroscope", 0.1)):
                entries.append({"name": name, "time": at, "values": {"x": sway, "y": -sway, "z": z + sway}})
        room.take(sensor_logger_push(json.dumps({"payload": entries}).encode()), now=NOW)
    (recording,) = formats.read(room.finish())
    assert recording.inertial[0].columns["acc_z_mps2"].mean() == pytest.approx(0.5 + 9.81 + 2 * 0.2, abs=0.01)


def test_a_clock_that_jumps_ends_nothing():
    room = fed(SensorRoom("unknown", "x"), Walk(end_s=10.0))
    before = room.now().samples
    for jump_s in (-3600.0, LONGEST_S + 1.0):
        at = round((UNIX + 10.0 + jump_s) * 1e9)
        entry = {"name": "totalacceleration", "time": at, "values": {"x": 0, "y": 0, "z": 9.8}}
        room.take(sensor_logger_push(json.dumps({"payload": [entry]}).encode()), now=NOW + timedelta(minutes=1))
    assert room.now().samples == before
    assert formats.read(room.finish())[0].duration_s == pytest.approx(10.0, abs=0.5)


def test_nothing_that_came_is_no_recording_and_a_place_that_is_none_is_refused():
    with pytest.raises(UnreadableFile, match="Nothing arrived"):
        SensorRoom("chest", "x").finish()
    with pytest.raises(BadValue, match="place"):
        SensorRoom("nose", "x")
