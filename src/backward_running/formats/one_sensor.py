"""One sensor of a phone as text: lines of remarks, one of them ``#timestamp(ns),x,y,z(rad/s)``, then the samples."""

from __future__ import annotations

import re

import numpy as np

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Recording
from backward_running.formats._inertial import ACCELERATION, FIELD, ROTATION, Log, Readings, recording_of
from backward_running.formats._table import head_of, read_body, text_of
from backward_running.formats.base import Format

_KEY, _VERSION = "one_sensor", "1"
_HEADER = re.compile(
    r"^[#%\s]*\w*time\w*\s*[(\[](ns|us|µs|ms|s)[)\]]\s*,\s*x\s*,\s*y\s*,\s*z\s*[(\[]([^)\]\n]{1,8})[)\]]\s*$",
    re.I | re.M,
)
_CLOCKS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0}
#: Unit of the three axes → which sensor that is, and what makes it SI.
_SENSORS = {
    "m/s^2": (ACCELERATION, 1.0), "m/s²": (ACCELERATION, 1.0), "m/s2": (ACCELERATION, 1.0),
    "g": (ACCELERATION, STANDARD_GRAVITY_MPS2), "rad/s": (ROTATION, 1.0), "deg/s": (ROTATION, np.pi / 180.0),
    "°/s": (ROTATION, np.pi / 180.0), "ut": (FIELD, 1.0), "µt": (FIELD, 1.0),
}  # fmt: skip
_REMARK = re.compile(r"^\s*[#%@].*$|^\s*$")
_MOST_REMARKS = 200


def looks_like(data: bytes) -> bool:
    """Say whether one of the first lines names a time and three axes with the unit of a sensor."""
    found = _HEADER.search(head_of(data, 4096))
    return found is not None and found.group(2).strip().lower() in _SENSORS


def read(data: bytes) -> tuple[Recording, ...]:
    """Read the text of one sensor.

    Parameters
    ----------
    data : bytes
        Remarks begin with ``#``, ``%`` or ``@``.

    Returns
    -------
    tuple of Recording
        One with one sensor, where and how it sat unknown. The clock is the phone's own and tells no date; two files of
        one phone are put together by it (:mod:`backward_running.formats.one_run`). Stamps out of order are sorted.

    Raises
    ------
    NotAnActivity
        There are no samples.
    UnreadableFile
        The columns are not named, or the unit cannot be.
    """
    text = text_of(data) or ""
    found = _HEADER.search(text[:4096])
    if found is None or found.group(2).strip().lower() not in _SENSORS:
        raise UnreadableFile(
            "The text of one sensor names its columns as in “#timestamp(ns),x,y,z(rad/s)”; this one does not."
        )
    kind, factor = _SENSORS[found.group(2).strip().lower()]
    table = read_body(_below_the_remarks(text), ("time", "x", "y", "z"), ",")
    if not len(table):
        raise NotAnActivity("This text of a sensor holds no samples: nothing was recorded in it.")
    order = np.argsort(table.cells[:, 0], kind="stable")
    time_s = table.cells[order, 0] * _CLOCKS[found.group(1).lower()]
    log = Log(losses=list(table.losses), strict=True)
    log.readings.append(Readings(kind, time_s, factor * table.cells[order, 1:]))
    return (recording_of(log, data, reader=_KEY, version=_VERSION),)


def _below_the_remarks(text: str) -> str:
    """Return the samples; remarks stand above them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at = 0
    for _ in range(_MOST_REMARKS):
        end = text.find("\n", at)
        if not _REMARK.match(text[at : end if end >= 0 else len(text)]):
            break
        if end < 0:
            return ""
        at = end + 1
    return text[at:]


FORMAT = Format(
    key=_KEY,
    title="text of one phone sensor",
    endings=(".txt", ".csv"),
    version=_VERSION,
    looks_like=looks_like,
    read=read,
)
