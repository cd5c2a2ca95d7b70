"""Writes the lines of a phone session (docs/how-to/phone.md), for what sensor apps send while they record."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from backward_running.formats.phone_session import KIND, VERSION
from backward_running.formats.sensor_streams import Axes, SentFix

ACC_SCALE, GYR_SCALE = 0.005, 0.00125
_TICK_S, _MOST_TICKS, _LARGEST, _MISSING = 1e-4, 65535, 32767, -32768


def head(started_at: datetime, *, place: str, title: str) -> bytes:
    """Return the first line of a session without a plan.

    Parameters
    ----------
    started_at : datetime
        Aware; all seconds of the other lines count from it.
    place : str
        Where the phone sits: ``thigh_right``, ``waist`` and so on.
    title : str
        What it is called in the list of runs.

    Returns
    -------
    bytes
        With its line end.
    """
    offset = started_at.utcoffset()
    return _line(
        {
            "format": KIND,
            "version": VERSION,
            "started_at_ms": round(started_at.timestamp() * 1000),
            "utc_offset_s": None if offset is None else int(offset.total_seconds()),
            "workout_id": None,
            "title": title,
            "sport": None,
            "indoor": False,
            "place": place,
            "scales": {"acc_mps2": ACC_SCALE, "gyr_radps": GYR_SCALE},
            "steps": [],
        }
    )


def motion(samples: Sequence[tuple[float, Axes, Axes | None]]) -> bytes:
    """Return a stretch of motion without a hole of more than six seconds.

    Parameters
    ----------
    samples : sequence
        Seconds since the session began, m/s² with gravity, and rad/s (None is missing).

    Returns
    -------
    bytes
        One line.
    """
    due = np.round((np.array([at_s for at_s, _, _ in samples]) - samples[0][0]) / _TICK_S)
    ticks = np.clip(np.diff(due, prepend=0.0), 0, _MOST_TICKS)
    force = np.array([force for _, force, _ in samples])
    rate = np.array([[np.nan] * 3 if rate is None else rate for _, _, rate in samples])
    return _line(
        {
            "kind": "motion",
            "at_s": samples[0][0],
            "dt": _packed(ticks, "<u2"),
            "acc": _packed(_whole(force / ACC_SCALE), "<i2"),
            "gyr": _packed(_whole(rate / GYR_SCALE), "<i2"),
        }
    )


def positions(fixes: Sequence[SentFix], began_s: float) -> bytes:
    """Return positions; `began_s` is the begin of the session on their clock."""
    columns = ("latitude_deg", "longitude_deg", "altitude_m", "accuracy_m", "speed_mps", "course_deg")
    told = {name: [getattr(fix, name) for fix in fixes] for name in columns}
    return _line({"kind": "positions", "at_s": [fix.at_s - began_s for fix in fixes], **told})


def live(first_second: int, shares: Sequence[float]) -> bytes:
    """Return what was told of some seconds while they happened: 1 forward, 0 backward, ½ unknown."""
    return _line({"kind": "live", "at_s": first_second, "forward_share": list(shares)})


def stop(at_s: float) -> bytes:
    """Return the end of a session."""
    return _line({"kind": "stop", "at_s": at_s, "why": "stopped"})


def _whole(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), _MISSING, np.clip(np.round(values), -_LARGEST, _LARGEST))


def _packed(values: np.ndarray, kind: str) -> str:
    return base64.b64encode(values.astype(kind).tobytes()).decode()


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
