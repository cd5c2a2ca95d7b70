"""Messages of sensor apps into a room: one that was pushed, or what a phone answers when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from backward_running.core.errors import UnreadableFile
from backward_running.flows.sensor_room import SensorRoom
from backward_running.formats import sensor_streams

#: Of these there is something to ask for.
_WANTED = ("accelerometer", "linear_acceleration", "gravity", "gyroscope", "location")


def take_push(room: SensorRoom, data: bytes, *, now: datetime) -> None:
    """Put one message of Sensor Logger's push into a room. Raises UnreadableFile where it is none."""
    room.take(sensor_streams.sensor_logger_push(data), now=now)


def take_message(room: SensorRoom, data: bytes, *, now: datetime) -> None:
    """Put one message of SensorServer into a room. Raises UnreadableFile where it is none."""
    room.take(sensor_streams.sensor_server_message(data), now=now)


class Phyphox:
    """One experiment of phyphox that is asked again and again for what is new."""

    def __init__(self) -> None:
        self._buffers: dict[str, dict[str, str]] | None = None
        self._until_s: dict[str, float] = {}  #: by sensor: what came so far

    def ask(self, room: SensorRoom, fetch: Callable[[str], bytes], *, now: datetime) -> None:
        """Ask once, and put what is new into a room.

        Parameters
        ----------
        room : SensorRoom
            Which takes it.
        fetch : callable
            Returns what the phone answers to a path.
        now : datetime
            The moment.

        Raises
        ------
        UnreadableFile
            It is no phyphox, or its experiment has no motion sensor.
        """
        if self._buffers is None:
            found = sensor_streams.phyphox_buffers(fetch("/config"))
            self._buffers = {sensor: found[sensor] for sensor in _WANTED if "t" in found.get(sensor, {})}
        if not self._buffers:
            raise UnreadableFile("This phyphox experiment notes no times; open “Add experiment” and make a simple one.")
        for sensor, axes in self._buffers.items():
            time, since_s = axes["t"], self._until_s.get(sensor, -1.0)
            asked = "&".join(f"{name}={since_s:.6f}{'' if axis == 't' else f'|{time}'}"
                             for axis, name in axes.items())  # fmt: skip
            batch = sensor_streams.phyphox_values(fetch(f"/get?{asked}"), {sensor: axes})
            came = [at_s for at_s, _ in (*batch.forces, *batch.without_gravity, *batch.gravities, *batch.rates)]
            came += [fix.at_s for fix in batch.fixes]
            if came:
                self._until_s[sensor] = max(came)
            room.take(batch, now=now)
