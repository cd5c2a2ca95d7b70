"""phyphox: one table of a phone's sensor, or a zip of several, with the clock in ``meta/time.csv``."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import numpy as np

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Device, FloatArray, Recording, Span
from backward_running.formats._inertial import (
    ACCELERATION,
    FIELD,
    ROTATION,
    Log,
    Readings,
    acceleration_with_gravity,
    recording_of,
)
from backward_running.formats._log_zip import PHYPHOX, ZIP_START, kind_of_log, tables_of
from backward_running.formats._table import Table, head_of, is_number, read_table, text_rows
from backward_running.formats.base import Format

_KEY, _VERSION = "phyphox", "2"
_WHAT = "This phyphox table"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HEADER = re.compile(
    r'"?[^\W\d_]+ \(s\)"?[\t;,]"?(?:[^"\t;,]+ x \((?:m/s(?:\^2|²)|rad/s|[µμu]T)\)|[A-Z][^"\t;,]* \([^)]{1,12}\))"?'
)
#: The words are the phone's language, the axis and the unit are not; another unit is not read as this one.
_TIME = r"[^\W\d_]+ \(s\)"
_TOTAL = r"(?!.*(?:linear|grav|absol)).+ {axis} \(m/s(?:\^2|²)\)"
_USER = r"(?=.*linear).+ {axis} \(m/s(?:\^2|²)\)"
_GRAVITY = r"(?=.*grav).+ {axis} \(m/s(?:\^2|²)\)"
_ROTATION = r".+ {axis} \(rad/s\)"
_FIELD = r".+ {axis} \([µμu]T\)"
_TRACK = {
    "latitude_deg": r"Latitude \(.*\)",
    "longitude_deg": r"Longitude \(.*\)",
    "altitude_m": r"(?:Height|Altitude) \(m\)",
    "speed_mps": r"(?:Velocity|Speed) \(m/s\)",
    "course_deg": r"Direction \(.*\)",
}


def looks_like(data: bytes) -> bool:
    """Say whether the bytes are a zip or a table of phyphox."""
    if data.startswith(ZIP_START):
        return kind_of_log(data) == PHYPHOX
    return bool(_HEADER.match(head_of(data, 400)))


def read(data: bytes) -> tuple[Recording, ...]:
    """Read a zip or a single table of phyphox.

    Parameters
    ----------
    data : bytes
        A zip as the app exports it, or one CSV with commas, semicolons or tabs, decimal point or comma.

    Returns
    -------
    tuple of Recording
        One. Positions are the main stream, the sensors follow. Without ``meta/time.csv`` the date is not known, and
        ``losses`` says so. Place and mount are unknown.

    Raises
    ------
    NotAnActivity
        No table in it tells how the body moved, or none has samples.
    UnreadableFile
        It is damaged, of another app, or in units that cannot be.
    """
    if data.startswith(ZIP_START):
        tables, losses = tables_of(data)
    elif looks_like(data):
        tables, losses = {"table.csv": data}, []
    else:
        raise UnreadableFile("A phyphox table begins with a column “Time (s)”; this one does not. Export it again.")
    clock = _clock(tables)
    log = Log(None if clock is None else _EPOCH, losses=losses, device=Device("phyphox", _device(tables)))
    user: list[Readings] = []
    gravity: list[Readings] = []
    for name, content in tables.items():
        if "meta/" not in name:
            _add(log, name, content, user, gravity)
    if not any(reading.kind == ACCELERATION for reading in log.readings):
        log.readings[:0] = [acceleration_with_gravity(user[0], gravity[0])] if user and gravity else user[:1]
    if not log.readings and log.track is None and not log.losses:
        raise NotAnActivity("This phyphox export holds no acceleration, rotation, field or position.")
    _apply(clock, log)
    return (recording_of(log, data, reader=_KEY, version=_VERSION),)


def _add(log: Log, name: str, content: bytes, user: list[Readings], gravity: list[Readings]) -> None:
    try:
        table = read_table(content, what=_WHAT)
    except UnreadableFile as error:
        log.losses.append(f"“{name}” was left out: {error}")
        return
    time_name = table.find(_TIME)
    if time_name is None:
        return
    log.losses += table.losses
    time_s = table.column(time_name)
    for kind, pattern, where in (
        (ACCELERATION, _TOTAL, log.readings),
        (ROTATION, _ROTATION, log.readings),
        (FIELD, _FIELD, log.readings),
        (ACCELERATION, _USER, user),
        (ACCELERATION, _GRAVITY, gravity),
    ):
        axes = table.xyz(pattern)
        if axes is not None and len(table):
            where.append(Readings(kind, time_s, axes))
    _add_track(log, table, time_s)


def _add_track(log: Log, table: Table, time_s: FloatArray) -> None:
    found = {ours: table.find(pattern) for ours, pattern in _TRACK.items()}
    columns = {ours: table.column(name) for ours, name in found.items() if name is not None}
    if "latitude_deg" in columns and "longitude_deg" in columns:
        log.track = time_s, columns


Clock = tuple[FloatArray, FloatArray, FloatArray]  # starts in experiment time, Unix times there, ends


def _clock(tables: dict[str, bytes]) -> Clock | None:
    """Return when each stretch between START and PAUSE began and ended, None where nothing tells."""
    rows = next((text_rows(content) for name, content in tables.items() if name.endswith("meta/time.csv")), [])
    starts: list[tuple[float, float, float]] = []
    for row in rows:
        at, unix = (row.get(key, "").replace(",", ".") for key in ("experiment time", "system time"))
        if not (is_number(at) and is_number(unix)) or not 0 < float(unix) < 7e9:
            continue
        if row.get("event", "").upper() == "START":
            starts.append((float(at), float(unix), np.inf))
        elif starts:
            starts[-1] = (*starts[-1][:2], float(at))
    if not starts:
        return None
    ordered = np.array(sorted(starts))
    return ordered[:, 0], ordered[:, 1], ordered[:, 2]


def _apply(clock: Clock | None, log: Log) -> None:
    """Move all times from the experiment's clock, which stands still in a pause, to Unix time."""
    if clock is None:
        return
    at, unix, ends = clock

    def moved(time_s: FloatArray) -> FloatArray:
        stretch = np.maximum(np.searchsorted(at, time_s, side="right") - 1, 0)
        return np.asarray(time_s - at[stretch] + unix[stretch])

    log.readings = [Readings(reading.kind, moved(reading.time_s), reading.axes) for reading in log.readings]
    if log.track is not None:
        log.track = moved(log.track[0]), log.track[1]
    for before, after in zip(range(len(at) - 1), range(1, len(at)), strict=True):
        end_s = unix[before] + min(ends[before], at[after]) - at[before]
        if unix[after] - end_s > 1e-3:
            log.pauses.append(Span(float(end_s), float(unix[after])))


def _device(tables: dict[str, bytes]) -> str | None:
    rows = next((text_rows(content) for name, content in tables.items() if name.endswith("meta/device.csv")), [])
    told = {row.get("property", ""): row.get("value", "") for row in rows}
    return told.get("deviceModel") or None


FORMAT = Format(
    key=_KEY,
    title="phyphox",
    endings=(".zip", ".csv"),
    version=_VERSION,
    looks_like=looks_like,
    read=read,
)
