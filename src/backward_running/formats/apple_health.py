"""One workout out of the export of Apple's Health app: its tracks, and the heart rate that the watch kept apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from backward_running.core.clock import is_zone
from backward_running.core.counting import counted
from backward_running.core.errors import BackwardRunningError, NotAnActivity, UnreadableFile
from backward_running.core.recording import Device, FloatArray, Recording, Span, Stream
from backward_running.evidence import proposed_number
from backward_running.formats._health_export import KIND, VERSION, moment_of
from backward_running.formats._sport import sport_of
from backward_running.formats.base import Format
from backward_running.formats.gpx import read_gpx

BRIDGED = proposed_number(
    "heart_rate_longest_bridge_s", 30.0, "s",
    "A watch writes a heart rate every few seconds while it trains; between two further apart nothing is known.",
)  # fmt: skip
_BEATS = (20.0, 260.0)
_INDOOR = {"running": "treadmill", "walking": "indoor_walking"}
_NO_ROUTE = "Its track is not in this file; import the whole export, as the zip that the Health app makes."


def _looks_like(data: bytes) -> bool:
    return data.startswith(b'{"format":"' + KIND.encode() + b'"')


def _read(data: bytes) -> tuple[Recording, ...]:
    said, hearts, routes, damaged = _document(data)
    start, end = moment_of(_text(said.get("start"))), moment_of(_text(said.get("end")))
    if start is None or end is None or end <= start:
        raise UnreadableFile("This workout of Apple Health does not say when it was.")
    tracks, losses = _tracks(routes)
    losses += damaged + ([_NO_ROUTE] if said.get("routes_missing") else [])
    beats = _heart_rate(hearts)
    origin = min([start, *(track.started_at for track in tracks)])
    stream = _stream(tracks, beats, origin)
    if stream is None:
        raise NotAnActivity(
            "This workout of Apple Health has neither a track nor a heart rate.", kind="workout without a track"
        )
    sport = sport_of(_text(said.get("type")))[0]
    return (
        Recording(
            key=hashlib.sha256(data).hexdigest(),
            started_at=origin,
            streams=(stream,),
            reader=FORMAT.key,
            reader_version=FORMAT.version,
            duration_s=max((end - origin).total_seconds(), float(stream.time_s[-1])),
            utc_offset_s=_offset_s(start),
            zone=zone if is_zone(zone := _text(said.get("zone"))) else None,
            sport=sport,
            sub_sport=_INDOOR.get(sport or "") if said.get("indoor") is True else None,
            device=Device("apple", _text(said.get("source")) or None),
            pauses=_pauses(said.get("events"), origin, end),
            stated=_stated(said.get("distance_m")),
            losses=tuple(losses),
        ),
    )


def _document(data: bytes) -> tuple[Mapping[str, Any], list[Any], list[str], list[str]]:
    """Return the head, the heart rates, the text of each track, and what of the file is damaged."""
    first, *lines = data.split(b"\n")
    head = _parsed(first)
    if head is None:
        raise UnreadableFile("This workout of Apple Health is damaged or cut off; import the export again.")
    if head.get("version") != VERSION:
        raise UnreadableFile(f"This workout of Apple Health is of another version than {VERSION}: update the program.")
    hearts: list[Any] = []
    routes: dict[object, list[str]] = {}
    bad = 0
    for line in filter(None, lines):
        said = _parsed(line)
        bad += said is None
        hearts += _listed((said or {}).get("heart_rate"))
        if said is not None and isinstance(number := said.get("route"), int):
            routes.setdefault(number, []).append(_text(said.get("gpx")))
    expected = head.get("lines")
    if isinstance(expected, int):
        bad += max(expected - len(lines) + (lines[-1:] == [b""]), 0)
    losses = [f"Damaged or cut off and left out: {counted(bad, 'line')}."] if bad else []
    return head, hearts, ["".join(pieces) for pieces in routes.values()], losses


def _parsed(line: bytes) -> Mapping[str, Any] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _tracks(routes: Sequence[str]) -> tuple[list[Recording], list[str]]:
    """Read the GPX of a workout, several where it was paused; one that cannot be read is told and left out."""
    tracks: list[Recording] = []
    losses: list[str] = []
    for text in routes:
        try:
            tracks += read_gpx(text.encode(errors="replace"))
        except BackwardRunningError as problem:
            losses.append(f"A track of it could not be read: {problem}")
    losses += [loss for track in tracks for loss in track.losses]
    return sorted(tracks, key=lambda track: track.started_at), losses


def _heart_rate(pairs: Sequence[object]) -> tuple[FloatArray, FloatArray]:
    """Return seconds since 1970 and beats a minute, in order; what no heart does is left out."""
    sound = [
        pair
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(value, int | float) for value in pair)
    ]
    table = np.array(sound, dtype=np.float64).reshape(-1, 2)
    table = table[np.isfinite(table).all(axis=1) & (table[:, 1] >= _BEATS[0]) & (table[:, 1] <= _BEATS[1])]
    seconds, first = np.unique(table[:, 0], return_index=True)
    return seconds, table[first, 1]


def _stream(tracks: Sequence[Recording], beats: tuple[FloatArray, FloatArray], origin: datetime) -> Stream | None:
    """Put tracks and heart rate on one clock: that of the positions, where there are any."""
    seconds, bpm = beats[0] - origin.timestamp(), beats[1]
    if not tracks:
        inside = seconds >= 0.0
        few = inside.sum() < 2
        return None if few else Stream("wrist", "sensor", seconds[inside], {"heart_rate_bpm": bpm[inside]})
    times = [track.streams[0].time_s + (track.started_at - origin).total_seconds() for track in tracks]
    time_s, kept = np.unique(np.concatenate(times), return_index=True)
    names = dict.fromkeys(name for track in tracks for name in track.streams[0].columns)
    columns = {
        name: np.concatenate(
            [track.streams[0].columns.get(name, np.full(len(track.streams[0].time_s), np.nan)) for track in tracks]
        )[kept]
        for name in names
    }
    if len(seconds):
        columns["heart_rate_bpm"] = _bridged(time_s, seconds, bpm)
    return Stream("wrist", "earth", time_s, columns)


def _bridged(time_s: FloatArray, seconds: FloatArray, bpm: FloatArray) -> FloatArray:
    """Return the heart rate at other times, by straight lines; NaN where no measurement is near on both sides."""
    found = np.interp(time_s, seconds, bpm, left=np.nan, right=np.nan)
    after = np.clip(np.searchsorted(seconds, time_s), 0, len(seconds) - 1)
    gap_s = seconds[after] - seconds[np.maximum(after - 1, 0)]
    at_one = np.isclose(seconds[after], time_s)
    return np.where(at_one | (gap_s <= BRIDGED.value), found, np.nan)


def _pauses(events: object, origin: datetime, end: datetime) -> tuple[Span, ...]:
    """Return the pauses; one that nothing ends goes on to the end."""
    length_s = (end - origin).total_seconds()
    pauses: list[Span] = []
    since: float | None = None
    told = [
        event for event in (events if isinstance(events, list) else ()) if isinstance(event, list) and len(event) == 2
    ]
    for kind, moment in sorted(((_text(kind), moment_of(_text(when))) for kind, when in told), key=_when):
        if moment is None:
            continue
        at_s = min(max((moment - origin).total_seconds(), 0.0), length_s)
        if kind == "Pause" and since is None:
            since = at_s
        elif kind == "Resume" and since is not None:
            pauses += [Span(since, at_s)] if at_s > since else []
            since = None
    if since is not None and since < length_s:
        pauses.append(Span(since, length_s))
    return tuple(pauses)


def _when(event: tuple[str, datetime | None]) -> float:
    return event[1].timestamp() if event[1] is not None else 0.0


def _offset_s(moment: datetime) -> int:
    return int((moment.utcoffset() or timedelta()).total_seconds())


def _stated(distance_m: object) -> dict[str, float]:
    sound = isinstance(distance_m, int | float) and 0.0 < distance_m < 1e7
    return {"distance_m": float(distance_m)} if sound else {}  # type: ignore[arg-type]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


FORMAT = Format("apple_health", "Apple Health workout", (".jsonl",), "1", _looks_like, _read)
