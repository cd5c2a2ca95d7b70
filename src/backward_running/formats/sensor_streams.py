"""What sensor apps send while they record: Sensor Logger's push, phyphox's remote access, SensorServer's messages.

Each gives a batch of what arrived. Seconds are on the phone's own clock: since 1970 where an app tells that, else of an
origin that stays the same for a recording. Units and axes are those of Android: m/s² with gravity, up at rest, rad/s.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backward_running.core.errors import UnreadableFile

Axes = tuple[float, float, float]

_BUFFER = re.compile(r"[A-Za-z0-9_.]{1,40}")
#: Of one message: some seconds of several sensors at 200 Hz. Our own limit.
MOST_SAMPLES = 20_000


@dataclass(frozen=True, slots=True)
class SentFix:
    """A position as an app sends it; None is not known."""

    at_s: float
    latitude_deg: float
    longitude_deg: float
    altitude_m: float | None = None
    accuracy_m: float | None = None
    speed_mps: float | None = None
    course_deg: float | None = None


@dataclass(slots=True)
class Batch:
    """What one message holds."""

    forces: list[tuple[float, Axes]] = field(default_factory=list)  #: with gravity
    without_gravity: list[tuple[float, Axes]] = field(default_factory=list)
    gravities: list[tuple[float, Axes]] = field(default_factory=list)
    rates: list[tuple[float, Axes]] = field(default_factory=list)
    fixes: list[SentFix] = field(default_factory=list)


_SENSOR_LOGGER = {
    "totalacceleration": "forces", "accelerometer": "without_gravity", "gravity": "gravities", "gyroscope": "rates",
}  # fmt: skip
_SENSOR_SERVER = {"android.sensor.accelerometer": "forces", "android.sensor.gyroscope": "rates"}
_PHYPHOX = {
    "accelerometer": "forces", "linear_acceleration": "without_gravity", "gravity": "gravities", "gyroscope": "rates",
}  # fmt: skip

_PHYPHOX_LOCATION = {
    "lat": "latitude", "lon": "longitude", "z": "altitude", "v": "speed", "dir": "bearing", "accuracy": "accuracy",
}  # fmt: skip


def sensor_logger_push(data: bytes) -> Batch:
    """Read one message of Sensor Logger's HTTP push.

    Parameters
    ----------
    data : bytes
        JSON: `payload` is a list of `name`, `time` (ns since 1970) and `values`.

    Returns
    -------
    Batch
        What of it tells how somebody moves; other sensors are left out.

    Raises
    ------
    UnreadableFile
        It is no such message.
    """
    told = _object(data)
    entries = told.get("payload")
    if not isinstance(entries, list):
        raise UnreadableFile("This is no message of Sensor Logger: it has no payload.")
    batch = Batch()
    for entry in entries[:MOST_SAMPLES]:
        if not isinstance(entry, dict):
            continue
        at, values = _number(entry.get("time")), entry.get("values")
        if at is None or not isinstance(values, dict):
            continue
        _add_sample(batch, _SENSOR_LOGGER.get(str(entry.get("name"))), at * 1e-9, [values.get(axis) for axis in "xyz"])
        if entry.get("name") == "location":
            _add_fix(batch, at * 1e-9, values, "horizontalAccuracy", "bearing")
    return batch


def sensor_server_message(data: bytes) -> Batch:
    """Read one message of SensorServer: a sample of a sensor, or a position.

    Parameters
    ----------
    data : bytes
        JSON: `type`, `timestamp` (ns since the phone started) and `values`; of a position `latitude` and its kin, with
        `elapsedRealtimeNanos` on the same clock.

    Returns
    -------
    Batch
        Empty for a sensor that tells nothing of how somebody moves, and for a position of before.

    Raises
    ------
    UnreadableFile
        It is no such message.
    """
    told, batch = _object(data), Batch()
    if "latitude" in told:
        at = _number(told.get("elapsedRealtimeNanos"))
        if at is not None and told.get("lastKnowLocation") is not True:
            _add_fix(batch, at * 1e-9, told, "accuracy", "bearing")
        return batch
    at, values = _number(told.get("timestamp")), told.get("values")
    if at is None or not isinstance(values, list):
        raise UnreadableFile("This is no message of SensorServer: it has neither a sensor’s values nor a position.")
    _add_sample(batch, _SENSOR_SERVER.get(str(told.get("type"))), at * 1e-9, values)
    return batch


def phyphox_buffers(data: bytes) -> dict[str, dict[str, str]]:
    """Return which buffers of an experiment hold which sensor, from the answer to `/config`.

    Parameters
    ----------
    data : bytes
        JSON: `inputs`, each with `source` and its `outputs`.

    Returns
    -------
    dict
        Sensor to axis (``x``, ``y``, ``z``, ``t``, ``lat``, ``lon``, …) to the name of its buffer.

    Raises
    ------
    UnreadableFile
        It is no such answer, or the experiment has neither accelerometer nor gyroscope.
    """
    inputs = _object(data).get("inputs")
    found: dict[str, dict[str, str]] = {}
    for source in inputs if isinstance(inputs, list) else ():
        outputs = source.get("outputs") if isinstance(source, dict) else None
        for output in outputs if isinstance(outputs, list) else ():
            for axis, name in output.items() if isinstance(output, dict) else ():
                # A name becomes a part of an address: letters, digits and _ are all that phyphox itself makes.
                if isinstance(name, str) and _BUFFER.fullmatch(name):
                    found.setdefault(str(source.get("source")), {})[str(axis)] = name
    if not {"accelerometer", "linear_acceleration", "gyroscope"} & found.keys():
        raise UnreadableFile("This phyphox experiment has no accelerometer and no gyroscope: open one that has both.")
    return found


def phyphox_values(data: bytes, buffers: Mapping[str, Mapping[str, str]]) -> Batch:
    """Read the answer to phyphox's `/get`.

    Parameters
    ----------
    data : bytes
        JSON: `buffer`, by name, each with a list `buffer`.
    buffers : mapping
        As :func:`phyphox_buffers` told.

    Returns
    -------
    Batch
        Seconds since the experiment began.

    Raises
    ------
    UnreadableFile
        It is no such answer.
    """
    held = _object(data).get("buffer")
    if not isinstance(held, dict):
        raise UnreadableFile("This is no answer of phyphox: it has no buffers.")
    batch = Batch()
    for source, axes in buffers.items():
        columns = {axis: _column(held.get(name)) for axis, name in axes.items()}
        times = columns.get("t", [])[:MOST_SAMPLES]
        for row, at_s in enumerate(times):
            values = {axis: column[row] if row < len(column) else None for axis, column in columns.items()}
            if at_s is None:
                continue
            if source == "location":
                told = {name: values.get(axis) for axis, name in _PHYPHOX_LOCATION.items()}
                _add_fix(batch, at_s, told, "accuracy", "bearing")
            else:
                _add_sample(batch, _PHYPHOX.get(source), at_s, [values.get(axis) for axis in "xyz"])
    return batch


def _add_sample(batch: Batch, kind: str | None, at_s: float, values: Sequence[object]) -> None:
    axes = [_number(value) for value in values[:3]]
    if kind is None or len(axes) != 3 or None in axes:
        return
    x, y, z = (axis or 0.0 for axis in axes)
    getattr(batch, kind).append((at_s, (x, y, z)))


def _add_fix(batch: Batch, at_s: float, told: Mapping[str, Any], accuracy: str, course: str) -> None:
    latitude, longitude = _number(told.get("latitude")), _number(told.get("longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return
    speed, course_deg = _number(told.get("speed")), _number(told.get(course))
    known = speed is not None and speed >= 0
    batch.fixes.append(
        SentFix(
            at_s,
            latitude,
            longitude,
            _number(told.get("altitude")),
            _number(told.get(accuracy)),
            speed if known else None,
            # A phone that stands has no course; some write 0, others -1.
            course_deg if known and speed and course_deg is not None and course_deg >= 0 else None,
        )
    )


def _column(told: object) -> list[float | None]:
    values = told.get("buffer") if isinstance(told, dict) else None
    return [_number(value) for value in values] if isinstance(values, list) else []


def _object(data: bytes) -> dict[str, Any]:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise UnreadableFile("What the sensor app sent cannot be read: it is no JSON object.")
    return told


def _number(told: object) -> float | None:
    if isinstance(told, str):  # some versions send numbers as text
        try:
            told = float(told)
        except ValueError:
            return None
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    try:
        value = float(told)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None
