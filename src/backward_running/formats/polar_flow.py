"""A training session out of the export of a Polar account: JSON, its samples in lists, each with a time of its own.

The layout was taken from public programs that read such files; no export of a person was at hand. Left out is what
they do not tell for sure: the unit of the speed, and which feet the cadence counts. A counted distance is taken where
it ends at the distance that the session states. The times are those of the clock on the wrist.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from backward_running.core.arrays import FloatArray, IntArray
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.names import COLUMNS
from backward_running.core.recording import Device, Recording, Stream
from backward_running.formats._moments import NO_TIME, as_datetime, read_moments
from backward_running.formats._sport import sport_of
from backward_running.formats._xml import clean_words
from backward_running.formats.base import Format

_LISTS = {"heartRate": "heart_rate_bpm", "altitude": "altitude_m", "distance": "distance_m"}
_ROUTE = {"latitude": "latitude_deg", "longitude": "longitude_deg", "altitude": "altitude_m"}
_HEAD_BYTES = 65_536
_SIGNS = (b'"exercises"', b'"startTime"', b'"samples"', b'"dateTime"')
#: A text that does not end goes to the end of the file: no search begins twice in the same text.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
#: A day with a sample of each kind every second is half of this; read, it takes ten times the room.
_LARGEST_BYTES = 48 * 1024 * 1024
_CLOSES = {"{": "}", "[": "]"}
#: A session is no deeper than its samples.
_DEEPEST = 12
#: A counted distance that ends so near to the stated one is in metres.
_SAME_DISTANCE = (0.95, 1.05)
#: Where a heart is not felt, it is written as 0.
_ZERO_IS_MISSING = "heart_rate_bpm"


def _looks_like(data: bytes) -> bool:
    head = data[:_HEAD_BYTES]
    return head.lstrip().startswith(b"{") and all(word in head for word in _SIGNS)


def _read(data: bytes) -> tuple[Recording, ...]:
    said, losses = _parsed(data)
    exercises = said.get("exercises") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(exercises, list):
        raise UnreadableFile("This is no training session of a Polar account: it holds no list of exercises.")
    key = hashlib.sha256(data).hexdigest()
    found = [run for exercise in exercises if isinstance(exercise, dict) and (run := _recording(said, exercise, key))]
    if not found and losses:
        raise UnreadableFile("This training session of Polar is cut off before its samples; export the account again.")
    if not found:
        raise NotAnActivity("This training session of Polar has no samples.", kind="training session without samples")
    return tuple(replace(run, part=part, losses=(*losses, *run.losses)) for part, run in enumerate(found))


def _parsed(data: bytes) -> tuple[object, list[str]]:
    """Return what a file says, up to where it is damaged, and what was lost."""
    text = data.decode("utf-8", errors="replace")
    try:
        return json.loads(text), []
    except RecursionError as problem:
        raise UnreadableFile("This training session of Polar is nested without end.") from problem
    except ValueError as problem:
        sound = _sound_part(text[: getattr(problem, "pos", 0)])
    try:
        return json.loads(sound), ["The file is damaged or cut off; what stands before that was read."]
    except (ValueError, RecursionError) as problem:
        raise UnreadableFile("This training session of Polar is damaged; export the account again.") from problem


def _sound_part(text: str) -> str:
    """Return JSON up to the last thing that ends in it, with all that is open closed."""
    still_open: list[str] = []
    end, closing = 0, ""
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token in _CLOSES:
            still_open.append(_CLOSES[token])
        elif token in ("}", "]"):
            if not still_open or still_open.pop() != token or len(still_open) > _DEEPEST:
                break
            end, closing = found.end(), "".join(reversed(still_open))
    return text[:end] + closing


def _recording(session: Mapping[str, Any], exercise: Mapping[str, Any], key: str) -> Recording | None:
    samples = exercise.get("samples")
    if not isinstance(samples, dict):
        return None
    unix_us, columns, losses = _together(samples)
    if len(unix_us) < 2:
        return None
    time_s = (unix_us - unix_us[0]) / 1e6
    total_m = _number(exercise.get("distance"))
    _check_distance(columns, total_m)
    columns = {name: values for name, values in columns.items() if np.isfinite(values).any()}
    sport, sub_sport = sport_of(_text(exercise.get("sport")))
    return Recording(
        key=key,
        started_at=as_datetime(int(unix_us[0])),
        streams=(Stream("wrist", "earth", time_s, columns),),
        reader=FORMAT.key,
        reader_version=FORMAT.version,
        duration_s=float(time_s[-1]),
        wall_clock=True,
        sport=sport,
        sub_sport=sub_sport,
        title=_text(session.get("name")) or None,
        device=Device("polar"),
        stated={"distance_m": total_m} if np.isfinite(total_m) and total_m > 0 else {},
        losses=tuple(losses),
    )


def _together(samples: Mapping[str, Any]) -> tuple[IntArray, dict[str, FloatArray], list[str]]:
    """Put all lists on one clock; what has no time, or lies outside of what it can be, is left out and told."""
    lists = [(samples.get(name), {"value": column}) for name, column in _LISTS.items()]
    lists.append((samples.get("recordedRoute"), _ROUTE))
    parts, untimed = [], 0
    for entries, fields in lists:
        entries = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []  # noqa: PLW2901
        unix_us = read_moments([_text(entry.get("dateTime")) for entry in entries]).unix_us
        untimed += int((unix_us == NO_TIME).sum())
        for field, column in fields.items():
            values = np.array([_number(entry.get(field)) for entry in entries])
            parts.append((column, unix_us[unix_us != NO_TIME], values[unix_us != NO_TIME]))
    clock = np.unique(np.concatenate([unix_us for _, unix_us, _ in parts]))
    columns: dict[str, FloatArray] = {}
    for column, unix_us, values in parts:
        into = columns.setdefault(column, np.full(len(clock), np.nan))
        known = np.isfinite(values) & (values >= COLUMNS[column].lowest) & (values <= COLUMNS[column].highest)
        known &= (values != 0) | (column != _ZERO_IS_MISSING)
        into[np.searchsorted(clock, unix_us[known])] = values[known]
    losses = [f"Left out for want of a readable time: {untimed:,} values."] if untimed else []
    return clock, columns, losses


def _check_distance(columns: dict[str, FloatArray], total_m: float) -> None:
    """Take a counted distance only where it never falls and ends at what the session states."""
    counted = columns.get("distance_m")
    if counted is None:
        return
    known = counted[np.isfinite(counted)]
    ends = len(known) > 0 and _SAME_DISTANCE[0] * total_m <= known[-1] <= _SAME_DISTANCE[1] * total_m
    if not ends or bool((np.diff(known) < 0).any()):
        del columns["distance_m"]


def _number(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        return float(str(value)) if is_number else float("nan")
    except (ValueError, OverflowError):
        return float("nan")


def _text(value: object) -> str:
    return clean_words(value) or "" if isinstance(value, str) else ""


FORMAT = Format(
    key="polar_flow",
    title="Polar Flow, training session (JSON)",
    endings=(".json",),
    version="1",
    looks_like=_looks_like,
    read=_read,
    largest_bytes=_LARGEST_BYTES,
)
