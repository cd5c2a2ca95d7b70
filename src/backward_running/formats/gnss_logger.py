"""GnssLogger's text: positions and a phone's sensors, line by line, each kind explained by a comment."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Device, FloatArray, Recording
from backward_running.formats._inertial import (
    ACCELERATION,
    FIELD,
    ROTATION,
    Log,
    Readings,
    SensorLeftOut,
    recording_of,
)
from backward_running.formats._table import Table, head_of, read_body, text_of
from backward_running.formats.base import Format

_KEY, _VERSION = "gnss_logger", "1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIGN = re.compile(r"^#\s*(?:Raw,(?:utcTimeMillis|ElapsedRealtimeMillis)|Fix,Provider,)", re.I | re.M)
_ROWS_ALONE = re.compile(r"^(?:Fix,(?:GPS|FLP|NLP|FUSED|NETWORK),|UncalAccel,\d+,\d+,)", re.I | re.M)
_EXPLAINED = re.compile(r"^#\s*([A-Za-z]+),(.+)$", re.M)
#: Where a file lost its comments: the columns that all versions share, in their order.
_USUAL = {
    "fix": "Provider,LatitudeDegrees,LongitudeDegrees,AltitudeMeters,SpeedMps,AccuracyMeters,BearingDegrees,"
    "UnixTimeMillis",
    "uncalaccel": "utcTimeMillis,elapsedRealtimeNanos,UncalAccelXMps2,UncalAccelYMps2,UncalAccelZMps2",
    "uncalgyro": "utcTimeMillis,elapsedRealtimeNanos,UncalGyroXRadPerSec,UncalGyroYRadPerSec,UncalGyroZRadPerSec",
    "uncalmag": "utcTimeMillis,elapsedRealtimeNanos,UncalMagXMicroT,UncalMagYMicroT,UncalMagZMicroT",
}
_UNIX_MS = r"(?:utc|unix)TimeMillis|\(UTC\)TimeInMs"
_BOOT_NS = r"elapsedRealtimeNanos"
_SENSORS = (
    (ACCELERATION, ("accel", "uncalaccel"), r"(?:Uncal)?Accel{axis}Mps2"),
    (ROTATION, ("gyro", "uncalgyro"), r"(?:Uncal)?Gyro{axis}RadPerSec"),
    (FIELD, ("mag", "uncalmag"), r"(?:Uncal)?Mag{axis}MicroT"),
)
_FIX = {
    "latitude_deg": r"Latitude(?:Degrees)?", "longitude_deg": r"Longitude(?:Degrees)?",
    "altitude_m": r"Altitude(?:Meters)?", "speed_mps": r"Speed(?:Mps)?", "course_deg": r"Bearing(?:Degrees)?",
}  # fmt: skip
#: Positions of one provider only, for two interleaved ones zigzag; the earlier ones are preferred.
_PROVIDERS = ("gps", "flp", "fused", "nlp", "network")


def looks_like(data: bytes) -> bool:
    """Say whether the bytes are a log of GnssLogger."""
    head = head_of(data, 16384)
    return bool(_SIGN.search(head) or _ROWS_ALONE.match(head))


def read(data: bytes) -> tuple[Recording, ...]:
    """Read a log of GnssLogger, whatever its version: its comments say what the columns are.

    Parameters
    ----------
    data : bytes
        The text.

    Returns
    -------
    tuple of Recording
        One. Positions (of the satellite receiver where it gave any) are the main stream, the phone's sensors follow
        on the clock since boot, set by the middle of its distance to UTC. Place and mount are unknown.

    Raises
    ------
    NotAnActivity
        The log holds raw satellite measurements only.
    UnreadableFile
        It is no such log, or what it holds cannot be.
    """
    if not looks_like(data):
        raise UnreadableFile("A GnssLogger text explains its columns in comments such as “# Fix,Provider,…”.")
    text = (text_of(data) or "").replace("\r\n", "\n").replace("\r", "\n")
    losses: list[str] = []
    if not text.endswith("\n"):
        text = text[: text.rfind("\n") + 1]
        losses.append("The last line has no end and may be cut short; it was left out.")
    log = Log(_EPOCH, losses=losses, device=Device("GnssLogger", _model(text)))
    headers = _headers(text)
    rows = _rows(text)
    for kind, names, pattern in _SENSORS:
        sensor = next((found for name in names if (found := _sensor(log, name, kind, pattern, headers, rows))), None)
        if sensor is not None:
            log.readings.append(sensor)
    _add_fixes(log, headers, rows)
    if not log.readings and log.track is None:
        raise NotAnActivity("This GnssLogger text holds neither positions (Fix) nor sensors, only raw measurements.")
    return (recording_of(log, data, reader=_KEY, version=_VERSION),)


def _headers(text: str) -> Mapping[str, list[str]]:
    found = {kind: names.split(",") for kind, names in _USUAL.items()}
    for kind, names in _EXPLAINED.findall(text[:65536]):
        if kind.lower() in _WANTED:
            found[kind.lower()] = [name.strip() for name in names.split(",")]
    return found


_WANTED = frozenset({"fix"}.union(*(names for _, names, _ in _SENSORS)))


def _rows(text: str) -> Mapping[str, list[str]]:
    """Sort the lines by their first word; those of no use are passed over."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in text.split("\n"):
        kind, comma, rest = line.partition(",")
        if comma and (kind := kind.lower()) in _WANTED:
            found[kind].append(rest)
    return found


def _table(log: Log, name: str, headers: Mapping[str, list[str]], rows: list[str]) -> Table:
    """Read the rows of one kind. Newer versions append columns that an older comment does not explain."""
    names = headers.get(name, [])
    width = len(names)
    cut = [",".join(row.split(",", width)[:width]) if row.count(",") >= width else row for row in rows]
    table = read_body("\n".join(cut) + "\n", tuple(names), ",")
    log.losses += [f"{name}: {words}" for words in table.losses]
    return table


def _sensor(
    log: Log, name: str, kind: str, pattern: str, headers: Mapping[str, list[str]], rows: Mapping[str, list[str]]
) -> Readings | None:
    if not rows.get(name) or name not in headers:
        return None
    table = _table(log, name, headers, rows[name])
    axes, time_s = table.xyz(pattern), _unix_s(table)
    if axes is None or time_s is None:
        log.losses.append(SensorLeftOut(kind, "the file does not explain its columns"))
        return None
    return Readings(kind, time_s, axes)


def _unix_s(table: Table) -> FloatArray | None:
    """Return Unix seconds: fine steps from the clock since boot, the date from UTC."""
    unix, boot = table.find(_UNIX_MS), table.find(_BOOT_NS)
    if unix is None or not len(table):
        return None
    unix_s = table.column(unix) * 1e-3
    if boot is None:
        return unix_s
    boot_s = table.column(boot) * 1e-9
    known = np.isfinite(unix_s) & np.isfinite(boot_s)
    return boot_s + float(np.median((unix_s - boot_s)[known])) if known.any() else unix_s


def _add_fixes(log: Log, headers: Mapping[str, list[str]], rows: Mapping[str, list[str]]) -> None:
    by_provider: dict[str, list[str]] = defaultdict(list)
    for row in rows.get("fix", []):
        by_provider[row.partition(",")[0].strip().lower()].append(row)
    known = [name for name in _PROVIDERS if len(by_provider.get(name, [])) > 1] or list(by_provider)[:1]
    if not known:
        return
    most = max(len(by_provider[name]) for name in known)
    # The preferred provider wins unless it hardly spoke, as indoors.
    provider = next(name for name in known if len(by_provider[name]) >= most / 2)
    table = _table(log, "fix", headers, by_provider[provider])
    found = {ours: table.find(pattern) for ours, pattern in _FIX.items()}
    columns = {ours: table.column(name) for ours, name in found.items() if name is not None}
    unix = table.find(_UNIX_MS)
    if unix is not None and "latitude_deg" in columns and "longitude_deg" in columns:
        log.track = table.column(unix) * 1e-3, columns


def _model(text: str) -> str | None:
    found = re.search(r"^#.*?Model:\s*([^\n]{1,60}?)(?:\s+\w+:|\s*$)", text[:8192], re.M)
    return found.group(1).strip() if found else None


FORMAT = Format(
    key=_KEY,
    title="GnssLogger",
    endings=(".txt",),
    version=_VERSION,
    looks_like=looks_like,
    read=read,
)
