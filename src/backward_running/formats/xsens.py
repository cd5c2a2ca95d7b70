"""Xsens and Movella text: MTw and MT Manager exports (tabs) and Movella DOT (commas), one sensor per file."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import numpy as np

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Device, FloatArray, Recording
from backward_running.formats._inertial import ACCELERATION, ROTATION, Log, Readings, recording_of
from backward_running.formats._orientation import orientation_in
from backward_running.formats._physics import rotation_problem
from backward_running.formats._table import Table, head_of, read_table
from backward_running.formats.base import Format

_KEY, _VERSION = "xsens", "2"
_HEADER = re.compile(r"^\"?PacketCounter\"?[\t,;].*\b(?:Free)?Acc_X\b", re.M)
_RATE = re.compile(r"(?:Acquisition frequency|Update Rate|Output Rate|OutputRate)[:,;\s]*([\d.]+)\s*Hz", re.I)
_TAG = re.compile(r"^\W*(?:DeviceTag|Device Tag|Device Name)\W+([\w -]{1,40})", re.M)
_STARTED = re.compile(r"^\W*(?:StartTime|Start Time)\W+([^\n]{8,40})", re.M)
#: Counters of so many states begin again at zero.
_PACKETS, _FINE = 2**16, 2**32
_US = 1e-6
RATE_TOLERANCE = 0.05


def looks_like(data: bytes) -> bool:
    """Say whether the bytes are a text export of an Xsens or Movella sensor."""
    return bool(_HEADER.search(head_of(data, 4096)))


def read(data: bytes) -> tuple[Recording, ...]:
    """Read one sensor's text.

    Parameters
    ----------
    data : bytes
        Lines of remarks (a rate, a tag, ``sep=,``), a line of names that begins with ``PacketCounter``, samples.

    Returns
    -------
    tuple of Recording
        One with one stream, in the sensor's own axes. The time is the sensor's own (``SampleTimeFine``, unrolled
        where it begins again at zero), else packets at the stated rate. Where it sat the file does not say.

    Raises
    ------
    NotAnActivity
        There are no samples.
    UnreadableFile
        There is neither a rate nor a time, no acceleration with gravity, or a unit that cannot be.

    Notes
    -----
    MTw exports turn in rad/s, Movella DOT in degrees per second, and neither writes it down: the form of the file
    decides, and physics must agree. The magnetic field is in shares of the local one, no unit, and is left out.
    """
    if not looks_like(data):
        raise UnreadableFile("An Xsens or Movella text names its columns from “PacketCounter” on; this one does not.")
    table = read_table(data, what="This Xsens text")
    head = head_of(data, 4096)
    if not len(table):
        raise NotAnActivity("This Xsens text holds no samples: nothing was recorded in it.")
    time_s, words = _time(table, head)
    tag = _TAG.search(head)
    device = Device("Movella" if _is_dot(head) else "Xsens", None, tag.group(1).strip() if tag else None)
    started_at = _started(head)
    log = Log(started_at, strict=True, losses=[*table.losses, *words], device=device)
    log.wall_clock = started_at is not None and started_at.utcoffset() is None
    log.origin = started_at.replace(tzinfo=UTC) if started_at is not None and log.wall_clock else started_at
    axes = table.xyz("Acc_{axis}")
    if axes is None:
        raise UnreadableFile("This Xsens text has no Acc_X, Acc_Y and Acc_Z (acceleration with gravity): export them.")
    log.readings.append(Readings(ACCELERATION, time_s, axes))
    for pattern in ("Quat_{axis}", "Quat_q{axis}"):
        orientation = orientation_in(table, pattern, time_s)
        if orientation is not None:
            log.orientations.append(orientation)
    rate = table.xyz("Gyr_{axis}")
    if rate is not None:
        log.readings.append(Readings(ROTATION, time_s, _in_radians(rate, axes, head)))
    return (recording_of(log, data, reader=_KEY, version=_VERSION),)


def _is_dot(head: str) -> bool:
    """DOT tables have commas or semicolons, MTw tables have tabs."""
    found = _HEADER.search(head)
    return found is not None and "\t" not in found.group(0)


def _in_radians(rate: FloatArray, acc_mps2: FloatArray, head: str) -> FloatArray:
    """Return rad/s. Some tools write the other unit into the same form: where only that one can be, it is taken."""
    usual, other = (np.radians(rate), rate) if _is_dot(head) else (rate, np.radians(rate))
    if rotation_problem(usual, acc_mps2) is not None and rotation_problem(other, acc_mps2) is None:
        return other
    return usual


def _time(table: Table, head: str) -> tuple[FloatArray, list[str]]:
    """Return seconds, and what was wrong with the clocks."""
    stated = _RATE.search(head)
    rate_hz = float(stated.group(1)) if stated and stated.group(1).count(".") < 2 else None
    fine = table.find("SampleTimeFine")
    if fine is not None and np.isfinite(ticks := table.column(fine)).sum() > 1:
        unit_s = _US if _is_dot(head) else 1e-4
        time_s = unit_s * _unrolled(ticks, _FINE)
        return time_s, _rate_words(time_s, rate_hz)
    if not rate_hz:
        raise UnreadableFile("This Xsens text states neither a rate nor times (SampleTimeFine). Export it with one.")
    packets = _unrolled(table.column(table.names[0]), _PACKETS)
    return packets / rate_hz, []


def _unrolled(ticks: FloatArray, states: int) -> FloatArray:
    """Join a counter that begins again at zero; it counts from 0 where the first sample is."""
    known = np.flatnonzero(np.isfinite(ticks))
    out = np.full(ticks.shape, np.nan)
    if len(known):
        steps = np.diff(ticks[known], prepend=ticks[known[0]])
        # Only a fall by most of the range is a roll-over; a small one is a clock that runs backward.
        out[known] = np.cumsum(np.where(steps < -0.5 * states, steps + states, steps))
    return out


def _rate_words(time_s: FloatArray, rate_hz: float | None) -> list[str]:
    steps = np.diff(time_s[np.isfinite(time_s)])
    step_s = float(np.median(steps)) if len(steps) else 0.0
    if rate_hz and step_s > 0 and abs(step_s * rate_hz - 1.0) > RATE_TOLERANCE:
        return [f"The file states {rate_hz:g} Hz, its time stamps say {1.0 / step_s:.4g} Hz; the stamps are believed."]
    return []


def _started(head: str) -> datetime | None:
    """Return the start that a DOT states, where it can be read; it carries no time zone."""
    found = _STARTED.search(head)
    if not found:
        return None
    words = found.group(1).strip().strip('",;').replace("/", "-").replace("_", " ")
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        return None


FORMAT = Format(
    key=_KEY,
    title="Xsens MTw and Movella DOT",
    endings=(".txt", ".csv"),
    version=_VERSION,
    looks_like=looks_like,
    read=read,
)
