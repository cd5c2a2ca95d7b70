"""Writes the lines of a phone session (docs/how-to/phone.md), for what sensor apps send while they record."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from backward_running.formats.phone_session import KIND, VERSION
from backward_running.formats.sensor_streams import Axes, SentFix

ACC_SCALE, GYR_SCALE = 0.005, 0.00125
_TICK_S, _MOST_TICKS, _LARGEST, _MISSING = 1e-4, 65535, 32767, -32768


@dataclass(frozen=True, slots=True)
class Steps:
    """What a session is of: a planned one, or the words its runner says on the way."""

    names: tuple[tuple[str, float | None, float | None], ...] = ()  #: name, seconds, metres, of each step
    workout_id: str | None = None
    sport: str | None = None
    indoor: bool = False


NO_STEPS = Steps()


def head(started_at: datetime, *, place: str, title: str, steps: Steps = NO_STEPS) -> bytes:
    """Return the first line of a session.

    Parameters
    ----------
    started_at : datetime
        Aware; all seconds of the other lines count from it.
    place : str
        Where the phone sits: ``thigh_right``, ``waist`` and so on.
    title : str
        What it is called in the list of runs.
    steps : Steps
        Its steps, by which later lines name them.

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
            "workout_id": steps.workout_id,
            "title": title,
            "sport": steps.sport,
            "indoor": steps.indoor,
            "place": place,
            "scales": {"acc_mps2": ACC_SCALE, "gyr_radps": GYR_SCALE},
            "steps": [
                {"name": name, "duration_s": duration_s, "distance_m": distance_m}
                for name, duration_s, distance_m in steps.names
            ],
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


def machine(at_s: Sequence[float], columns: Mapping[str, Sequence[float | None]]) -> bytes:
    """Return what a treadmill, a strap and a foot pod said at some moments: columns of ``core.names``, None unknown."""
    return _line({"kind": "machine", "at_s": [round(moment, 3) for moment in at_s], **columns})


def step(at_s: float, index: int) -> bytes:
    """Return that a step of the head begins."""
    return _line({"kind": "step", "at_s": round(at_s, 3), "index": index})


def pause(at_s: float, *, begins: bool, why: str) -> bytes:
    """Return that a pause begins or is over."""
    return _line({"kind": "pause" if begins else "resume", "at_s": round(at_s, 3), "why": why})


def stop(at_s: float) -> bytes:
    """Return the end of a session."""
    return _line({"kind": "stop", "at_s": at_s, "why": "stopped"})


def _whole(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), _MISSING, np.clip(np.round(values), -_LARGEST, _LARGEST))


def _packed(values: np.ndarray, kind: str) -> str:
    return base64.b64encode(values.astype(kind).tobytes()).decode()


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
