"""Sensor Logger's zip: one CSV table per sensor of a phone, and of the watch beside it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import numpy as np

from backward_running.core.clock import is_zone
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Device, FloatArray, Mark, Recording
from backward_running.formats._inertial import (
    ACCELERATION,
    FIELD,
    ROTATION,
    Log,
    Readings,
    acceleration_with_gravity,
    recording_of,
)
from backward_running.formats._log_zip import SENSOR_LOGGER, kind_of_log, tables_of
from backward_running.formats._orientation import orientation_in
from backward_running.formats._physics import acceleration_problem
from backward_running.formats._table import Table, head_of, read_table, rising, text_rows
from backward_running.formats.base import Format

_KEY, _VERSION = "sensor_logger", "2"
_WHAT = "This Sensor Logger table"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_TABLE = re.compile(r"\ufeff?time,seconds_elapsed,")
_LOCATION = {
    "latitude_deg": "latitude", "longitude_deg": "longitude", "altitude_m": "altitude", "speed_mps": "speed",
    "course_deg": "bearing",
}  # fmt: skip


def looks_like(data: bytes) -> bool:
    """Say whether the bytes are a zip of Sensor Logger, or one table out of it."""
    return kind_of_log(data) == SENSOR_LOGGER or bool(_ONE_TABLE.match(head_of(data, 400)))


def read(data: bytes) -> tuple[Recording, ...]:
    """Read a zip of Sensor Logger.

    Parameters
    ----------
    data : bytes
        The whole zip. Of a single table only positions and acceleration with gravity can be told from other sensors.

    Returns
    -------
    tuple of Recording
        One. The positions are the main stream; accelerometer, gyroscope and magnetometer follow, on one clock where
        their rates are alike. Annotations are its marks. A phone sits anywhere: place and mount are unknown.

    Raises
    ------
    NotAnActivity
        The zip is sound, but no sensor in it has samples.
    UnreadableFile
        It is no such zip, or all of it is damaged or in units that cannot be.

    Notes
    -----
    Axes are mapped by name, for the tables write z before x. Acceleration with gravity is preferred; where only the
    part without it was logged, gravity is added back. Phones of one maker write both with the sign turned, unless
    the app was told to standardise them; the metadata tell.
    """
    tables, losses = (_named(data), []) if _ONE_TABLE.match(head_of(data, 400)) else tables_of(data)
    members = {
        name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".csv"): content for name, content in tables.items()
    }
    metadata = next(iter(text_rows(members.get("metadata", b""))), {})
    sign = -1.0 if _is_turned(metadata) else 1.0
    log = Log(_EPOCH, losses=losses, utc_offset_s=_offset_s(metadata), zone=_zone(metadata))
    log.device = Device("Sensor Logger", metadata.get("device name") or None, metadata.get("device id") or None)
    _add_phone(log, members, sign)
    _add_orientation(log, members)
    _add_watch(log, members, sign)
    _add_location(log, members)
    _add_marks(log, members)
    if not log.readings and log.track is None and not log.losses:
        raise NotAnActivity("This Sensor Logger zip holds no sensor that tells how you moved.")
    return (recording_of(log, data, reader=_KEY, version=_VERSION),)


def _named(data: bytes) -> dict[str, bytes]:
    """Tell which sensor a single table is of, for its own text does not say."""
    table = read_table(data, what=_WHAT)
    if "latitude" in table.names:
        return {"location.csv": data}
    axes = table.xyz("{axis}")
    if axes is not None and len(table) > 1:
        kept, _ = rising(_seconds(table))
        # Nothing but acceleration with gravity has its length at rest.
        if len(kept) > 100 and acceleration_problem(_seconds(table)[kept], axes[kept]) is None:
            return {"totalacceleration.csv": data}
    raise UnreadableFile(
        "This is one table of a Sensor Logger recording, and it does not say of which sensor: import the zip."
    )


def _is_turned(metadata: dict[str, str]) -> bool:
    """Say whether accelerations have the opposite sign and, on the watch, another unit."""
    return metadata.get("platform", "").lower() == "ios" and metadata.get("standardisation", "").lower() != "true"


def _zone(metadata: dict[str, str]) -> str | None:
    """Return the zone the phone was in, where it names one that is known."""
    named = metadata.get("recording timezone", "")
    return named if is_zone(named) else None


def _offset_s(metadata: dict[str, str]) -> int | None:
    """Return the local time's offset at the start of the recording."""
    from zoneinfo import ZoneInfo

    zone, started = metadata.get("recording timezone", ""), metadata.get("recording epoch time", "")
    if not zone or not started.isdigit():
        return None
    # Milliseconds in the metadata of most versions, nanoseconds in the tables.
    seconds = int(started) / (1e9 if len(started) > 15 else 1e3)
    try:
        offset = datetime.fromtimestamp(seconds, ZoneInfo(zone)).utcoffset()
    except (KeyError, ValueError, OSError, OverflowError):
        return None
    return None if offset is None else int(offset.total_seconds())


def _table(log: Log, members: dict[str, bytes], name: str) -> Table | None:
    content = members.get(name)
    if content is None:
        return None
    try:
        table = read_table(content, what=_WHAT)
    except UnreadableFile as error:
        log.losses.append(f"“{name}” was left out: {error}")
        return None
    log.losses += [f"“{name}”: {words}" for words in table.losses]
    return table if "time" in table.names and len(table) else None


def _seconds(table: Table) -> FloatArray:
    """Return Unix seconds of a column of Unix nanoseconds."""
    return table.column("time") * 1e-9


def _readings(log: Log, members: dict[str, bytes], name: str, kind: str, factor: float = 1.0) -> Readings | None:
    table = _table(log, members, name)
    axes = None if table is None else table.xyz("{axis}")
    return None if table is None or axes is None else Readings(kind, _seconds(table), factor * axes)


def _add_phone(log: Log, members: dict[str, bytes], sign: float) -> None:
    total = _readings(log, members, "totalacceleration", ACCELERATION, sign)
    if total is None and (user := _readings(log, members, "accelerometer", ACCELERATION, sign)) is not None:
        gravity = _readings(log, members, "gravity", ACCELERATION, sign)
        raw_factor = sign * (STANDARD_GRAVITY_MPS2 if sign < 0 else 1.0)
        raw = None if gravity else _readings(log, members, "accelerometeruncalibrated", ACCELERATION, raw_factor)
        total = acceleration_with_gravity(user, gravity) if gravity is not None else raw or user
    for readings in (
        total,
        _readings(log, members, "gyroscope", ROTATION) or _readings(log, members, "gyroscopeuncalibrated", ROTATION),
        _readings(log, members, "magnetometer", FIELD) or _readings(log, members, "magnetometeruncalibrated", FIELD),
    ):
        if readings is not None:
            log.readings.append(readings)


def _add_orientation(log: Log, members: dict[str, bytes]) -> None:
    table = _table(log, members, "orientation")
    found = None if table is None else orientation_in(table, "q{axis}", _seconds(table))
    if found is not None:
        log.orientations.append(found)


def _add_watch(log: Log, members: dict[str, bytes], sign: float) -> None:
    """Add the motion of the watch on the wrist: rate, acceleration without gravity, and gravity, in one table."""
    table = _table(log, members, "wristmotion")
    if table is None:
        return
    user, gravity, rate = (table.xyz(word + "{axis}") for word in ("acceleration", "gravity", "rotationRate"))
    factor = -STANDARD_GRAVITY_MPS2 if sign < 0 else 1.0
    if user is not None and gravity is not None:
        log.readings.append(Readings(ACCELERATION, _seconds(table), factor * (user + gravity), "wrist"))
    if rate is not None:
        log.readings.append(Readings(ROTATION, _seconds(table), rate, "wrist"))


def _add_location(log: Log, members: dict[str, bytes]) -> None:
    table = _table(log, members, "location")
    if table is None:
        return
    columns = {ours: table.column(theirs) for ours, theirs in _LOCATION.items() if theirs in table.names}
    if "bearing" in table.names and "speed" in table.names:
        # Android writes 0 for "no bearing" while the phone is not moved.
        columns["course_deg"] = np.where(columns["speed_mps"] > 0, columns["course_deg"], np.nan)
    if "latitude_deg" in columns and "longitude_deg" in columns:
        log.track = _seconds(table), columns


def _add_marks(log: Log, members: dict[str, bytes]) -> None:
    for row in text_rows(members.get("annotation", b"")):
        time = row.get("time", "")
        if time.isdigit() and len(time) < 25:
            words = "".join(letter for letter in row.get("text", "") if letter.isprintable())
            log.marks.append(Mark(int(time) * 1e-9, words))


FORMAT = Format(
    key=_KEY,
    title="Sensor Logger",
    endings=(".zip", ".csv"),
    version=_VERSION,
    looks_like=looks_like,
    read=read,
)
