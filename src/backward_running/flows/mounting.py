"""A mounting that somebody claims is held against gravity: what it contradicts is not believed."""

from __future__ import annotations

import math
from dataclasses import replace

from backward_running.core.errors import BadValue
from backward_running.core.mounting import worded
from backward_running.core.recording import Recording
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.signals.upright import MOST_TILT, tilt_rad

#: Parts of the body that no gait holds upright: an arm is bent as its owner likes.
SWUNG = frozenset({"wrist"})


def contradiction(recording: Recording) -> BadValue | None:
    """Return how gravity contradicts a mounting that is claimed to be known; None where it does not, or cannot.

    Parameters
    ----------
    recording : Recording
        With its sensors worn as told. Which way round a sensor sits about the plumb line gravity does not show.
    """
    for stream in recording.inertial:
        asked = stream.mount_known and stream.frame == "body" and stream.place not in SWUNG
        tilt = tilt_rad(stream) if asked else None
        if tilt is not None and math.degrees(tilt) > MOST_TILT.value:
            return _problem(math.degrees(tilt), recording.told)
    return None


def believed(recording: Recording) -> Recording:
    """Return a worn recording with each mounting unknown that gravity contradicts."""
    if contradiction(recording) is None:
        return recording
    streams = (
        replace(stream, mount_known=False, frame="sensor") if stream.is_inertial and stream.mount_known else stream
        for stream in recording.streams
    )
    return replace(recording, streams=tuple(streams))


def without_mount(told: SuppliedMetadata) -> SuppliedMetadata:
    """Return what was told without how the sensor sat."""
    return replace(told, mount_known=None, axes=None)


def _problem(tilt_deg: float, told: SuppliedMetadata | None) -> BadValue:
    axes = told.axes_on_body if told is not None else None
    claimed = f"{worded(axes)}, which puts" if axes is not None else "an axis of the file that puts"
    return BadValue(
        "mount",
        f"agree with gravity to {MOST_TILT.value:.0f} degrees while you move",
        f"{claimed} up {tilt_deg:.0f} degrees away from where gravity says it is",
        "Say where its axes point, such as x=up,y=left,z=back, or that the mounting is unknown; nothing is lost.",
    )
