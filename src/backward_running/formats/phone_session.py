"""A session that the phone guided and recorded: JSON lines, open and documented in docs/how-to/phone.md.

The first line is the head: when, which session, its steps and the scales of the numbers. Every other line is one thing
that happened: a stretch of motion, positions, a step begun, a pause, a mark. A file that ends in the middle of a line
holds all that stands before it.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from backward_running.core.clock import is_zone
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Device, FloatArray, Lap, Mark, RecordedStep, Recording, Span, Stream
from backward_running.formats._inertial import ACCELERATION, ROTATION, Log, Readings, recording_of
from backward_running.formats.base import Format

KIND, VERSION = "backward-running-session", 1
_KEY, _READER = "phone_session", "2"
_WHAT = "This phone session"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: A sample the sensor did not give.
_MISSING = -32768
_INTENSITY = {"warm-up": "warmup", "work": "active", "recovery": "recovery", "cool-down": "cooldown"}
_POSITIONS = ("latitude_deg", "longitude_deg", "altitude_m", "speed_mps", "course_deg")
#: What a treadmill, a strap and a foot pod say, while a laptop beside them writes it down.
_MACHINE = ("speed_mps", "grade_ratio", "distance_m", "heart_rate_bpm", "cadence_spm")
_PLACES = frozenset({"thigh_right", "thigh_left", "waist", "chest", "wrist", "unknown"})


def looks_like(data: bytes) -> bool:
    """Say whether the bytes begin with the head of a phone session."""
    return data[:2] == b'{"' and f'"{KIND}"'.encode() in data[:200]


def read(data: bytes) -> tuple[Recording, ...]:
    """Read a phone session.

    Parameters
    ----------
    data : bytes
        The lines, unpacked. UTF-8.

    Returns
    -------
    tuple of Recording
        One. The positions are its main stream, the phone's motion follows; the steps of the session are its steps, and
        what was done of each is a lap. Where the phone sat is what its runner said; how it lay there is not known.

    Raises
    ------
    NotAnActivity
        The session was opened and not begun.
    UnreadableFile
        The first line cannot be read, or it is of a newer version than this program knows.
    """
    head, lines, losses = _head_and_lines(data)
    session = _Session.of(head, lines, losses)
    log = Log(_started(head), losses=losses, title=_text(head.get("title")) or None)
    log.device = Device("phone", _text(head.get("device")) or None)
    log.zone, log.utc_offset_s = _zone(head), _whole(head.get("utc_offset_s"))
    log.readings, log.track = session.readings(), session.track()
    log.marks, log.pauses = session.marks, _spans(session.pauses, session.end_s)
    if not log.readings and log.track is None and losses:
        raise UnreadableFile(f"{_WHAT} is damaged or cut off before anything that was recorded. {losses[0]}")
    if not log.readings and log.track is None:
        raise NotAnActivity(f"{_WHAT} holds neither motion nor positions: nothing was recorded in it.")
    recording = recording_of(log, data, reader=_KEY, version=_READER)
    live = session.told_live(_shift_s(recording, head))
    if live is not None:
        recording = replace(recording, streams=(*recording.streams, live))
    return (_with_steps(recording, head, session),)


def workout_of(data: bytes) -> str | None:
    """Return which planned session was run; None where none was, or it is not said."""
    try:
        return _text(_head_and_lines(data)[0].get("workout_id")) or None
    except UnreadableFile:
        return None


def _head_and_lines(data: bytes) -> tuple[dict[str, Any], Iterator[dict[str, Any]], list[str]]:
    losses: list[str] = []
    first, _, rest = data.partition(b"\n")
    try:
        head = json.loads(first)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{_WHAT} is cut off in its first line; nothing after it can be understood.") from error
    if not isinstance(head, dict) or head.get("format") != KIND:
        raise UnreadableFile(f"{_WHAT} does not begin with its head.")
    version = _whole(head.get("version"))
    if version is None or version > VERSION:
        said = "no version" if version is None else f"version {version}"
        raise UnreadableFile(f"{_WHAT} is of {said}; this program reads up to version {VERSION}: update it.")
    return head, _lines(rest, losses), losses


def _lines(rest: bytes, losses: list[str]) -> Iterator[dict[str, Any]]:
    bad = 0
    for line in rest.split(b"\n"):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            bad += 1
            continue
        if isinstance(told, dict):
            yield told
        else:
            bad += 1
    if bad:
        losses.append(f"Damaged or cut off and left out: {bad} {'line' if bad == 1 else 'lines'}.")


@dataclass(slots=True)
class _Session:
    """What the lines hold, on seconds since the session began."""

    scales: Mapping[str, float]
    place: str
    times: list[FloatArray] = field(default_factory=list)
    axes: dict[str, list[FloatArray]] = field(default_factory=lambda: {ACCELERATION: [], ROTATION: []})
    positions: list[dict[str, FloatArray]] = field(default_factory=list)
    live: list[tuple[float, FloatArray]] = field(default_factory=list)  #: (first second, share of each)
    begun: list[tuple[float, int]] = field(default_factory=list)  #: (when, which step)
    pauses: list[tuple[float, bool]] = field(default_factory=list)  #: (when, whether it begins)
    marks: list[Mark] = field(default_factory=list)
    stopped_s: float | None = None
    has_machine: bool = False

    @classmethod
    def of(cls, head: Mapping[str, Any], lines: Iterable[Mapping[str, Any]], losses: list[str]) -> _Session:
        """Sort the lines; what cannot be is left out and told."""
        scales = head.get("scales")
        wanted = {
            kind: _number((scales or {}).get(kind)) if isinstance(scales, dict) else None
            for kind in ("acc_mps2", "gyr_radps")
        }
        place = head.get("place")
        found = cls(
            {ACCELERATION: wanted["acc_mps2"] or np.nan, ROTATION: wanted["gyr_radps"] or np.nan},
            place if isinstance(place, str) and place in _PLACES else "unknown",
        )
        left_out = sum(not found._take(line) for line in lines)
        if left_out:
            losses.append(f"Not understood and left out: {left_out} {'entry' if left_out == 1 else 'entries'}.")
        return found

    def _take(self, line: Mapping[str, Any]) -> bool:
        kind, at_s = line.get("kind"), _number(line.get("at_s"))
        if kind == "motion":
            return at_s is not None and self._take_motion(at_s, line)
        if kind in ("positions", "machine"):
            return self._take_columns(line, _POSITIONS if kind == "positions" else _MACHINE)
        if kind == "live":
            return at_s is not None and self._take_live(at_s, line)
        if at_s is None or not isinstance(kind, str):
            return False
        if kind == "step":
            index = _whole(line.get("index"))
            if index is None:
                return False
            self.begun.append((at_s, index))
        elif kind in ("pause", "resume"):
            self.pauses.append((at_s, kind == "pause"))
        elif kind == "stop":
            self.stopped_s = at_s
        elif kind == "mark":
            self.marks.append(Mark(at_s, _text(line.get("text"))))
        # A cue that was given, and whatever a later version adds, is no news about the body.
        return True

    def _take_motion(self, at_s: float, line: Mapping[str, Any]) -> bool:
        steps = _packed(line.get("dt"), "<u2")
        if steps is None or not len(steps):
            return False
        time_s = at_s + np.cumsum(steps) * 1e-4
        parts = {}
        for kind in self.axes:
            raw = _packed(line.get(kind), "<i2")
            if raw is None:
                parts[kind] = np.full((len(steps), 3), np.nan)
                continue
            if len(raw) != 3 * len(steps):
                return False
            parts[kind] = np.where(raw == _MISSING, np.nan, raw * self.scales[kind]).reshape(-1, 3)
        self.times.append(time_s)
        for kind, axes in parts.items():
            self.axes[kind].append(axes)
        return True

    def _take_columns(self, line: Mapping[str, Any], names: tuple[str, ...]) -> bool:
        times = _column(line.get("at_s"))
        if times is None or not len(times):
            return False
        columns = {name: _column(line.get(name)) for name in names}
        same = {name: values for name, values in columns.items() if values is not None and len(values) == len(times)}
        self.positions.append({"at_s": times, **same})
        self.has_machine |= names is _MACHINE
        return True

    def _take_live(self, at_s: float, line: Mapping[str, Any]) -> bool:
        shares = _column(line.get("forward_share"))
        if shares is None or not len(shares) or not bool(np.all((shares >= 0.0) & (shares <= 1.0))):
            return False
        self.live.append((at_s, shares))
        return True

    def told_live(self, shift_s: float) -> Stream | None:
        """Return what the phone told while it happened, second by second; None where it told nothing."""
        seconds = {at_s + number: share for at_s, shares in self.live for number, share in enumerate(shares.tolist())}
        kept = sorted((second - shift_s, share) for second, share in seconds.items() if second >= shift_s)
        if not kept:
            return None
        time_s, share = np.array(kept).T
        return Stream("unknown", "earth", time_s, {"live_forward_share": share})

    def readings(self) -> list[Readings]:
        """Return acceleration and rate, as far as there are any."""
        if not self.times:
            return []
        time_s = np.concatenate(self.times)
        whole = {kind: np.concatenate(parts) for kind, parts in self.axes.items()}
        return [
            Readings(kind, time_s, axes, self.place) for kind, axes in whole.items() if np.isfinite(axes).any()
        ]  # fmt: skip

    def track(self) -> tuple[FloatArray, dict[str, FloatArray]] | None:
        """Return the positions and what machines said; None where nobody knew where, how fast or how hard."""
        if not self.positions:
            return None
        time_s = np.concatenate([block["at_s"] for block in self.positions])
        columns = {
            name: np.concatenate([block.get(name, np.full(len(block["at_s"]), np.nan)) for block in self.positions])
            for name in dict.fromkeys((*_POSITIONS, *_MACHINE))
        }
        known = ("latitude_deg", *_MACHINE) if self.has_machine else ("latitude_deg",)
        return (time_s, columns) if any(np.isfinite(columns[name]).any() for name in known) else None

    @property
    def end_s(self) -> float:
        """When the last thing happened."""
        moments = [
            *(float(times_s[-1]) for times_s in self.times),
            *(float(np.nanmax(block["at_s"])) for block in self.positions),
            *(at_s for at_s, _ in self.begun), *(at_s for at_s, _ in self.pauses),
        ]  # fmt: skip
        return self.stopped_s if self.stopped_s is not None else max(moments, default=0.0)


def _with_steps(recording: Recording, head: Mapping[str, Any], session: _Session) -> Recording:
    """Return it with the session's steps, and a lap for each time one was done."""
    steps = tuple(_step(index, told) for index, told in enumerate(_list(head.get("steps"))))
    shift_s = _shift_s(recording, head)
    end_s = min(session.end_s - shift_s, recording.duration_s) if session.stopped_s is None else session.end_s - shift_s
    begun = sorted((at_s - shift_s, index) for at_s, index in session.begun)  # one of no step ends the one before
    laps = tuple(
        Lap(max(0.0, start_s), stop_s, "workout step", index, steps[index].name, intensity=steps[index].intensity)
        for (start_s, index), stop_s in zip(begun, [*(at_s for at_s, _ in begun), end_s][1:], strict=True)
        if 0 <= index < len(steps) and stop_s > max(0.0, start_s)
    )
    sport = head.get("sport")
    return replace(
        recording,
        steps=steps,
        laps=laps,
        sport=sport if sport in ("running", "walking") else None,
        sub_sport="treadmill" if head.get("indoor") is True else None,
        duration_s=max(recording.duration_s, end_s),
    )


def _shift_s(recording: Recording, head: Mapping[str, Any]) -> float:
    """Return how long after the session's begin the recording's first sample lies."""
    started = _started(head)
    return 0.0 if started is None else (recording.started_at - started).total_seconds()


def _step(index: int, told: object) -> RecordedStep:
    said = told if isinstance(told, dict) else {}
    part = said.get("part")
    return RecordedStep(
        index,
        _text(said.get("name")) or None,
        intensity=_INTENSITY.get(part) if isinstance(part, str) else None,
        duration_s=_number(said.get("duration_s")),
        distance_m=_number(said.get("distance_m")),
    )


def _spans(pauses: Iterable[tuple[float, bool]], end_s: float) -> list[Span]:
    found: list[Span] = []
    since: float | None = None
    for at_s, begins in sorted(pauses):
        if begins and since is None:
            since = at_s
        elif not begins and since is not None:
            if at_s > since:
                found.append(Span(since, at_s))
            since = None
    if since is not None and end_s > since:
        found.append(Span(since, end_s))
    return found


def _started(head: Mapping[str, Any]) -> datetime | None:
    at_ms = _number(head.get("started_at_ms"))
    if at_ms is None:
        return None
    try:
        return _EPOCH + timedelta(milliseconds=at_ms)
    except OverflowError:
        return None


def _zone(head: Mapping[str, Any]) -> str | None:
    named = head.get("zone")
    return named if isinstance(named, str) and is_zone(named) else None


def _packed(told: object, kind: str) -> FloatArray | None:
    """Return numbers packed as base64 of little-endian integers, or None where there are none to be had."""
    if not isinstance(told, str):
        return None
    try:
        raw = base64.b64decode(told, validate=True)
    except (binascii.Error, ValueError):
        return None
    return None if len(raw) % 2 else np.frombuffer(raw, kind).astype(float)


def _column(told: object) -> FloatArray | None:
    if not isinstance(told, list):
        return None
    return np.array([np.nan if (number := _number(value)) is None else number for value in told], float)


def _number(told: object) -> float | None:
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    try:
        value = float(told)
    except OverflowError:
        return None
    return value if np.isfinite(value) else None


def _whole(told: object) -> int | None:
    value = _number(told)
    return int(value) if value is not None and value == int(value) else None


def _list(told: object) -> list[Any]:
    return told if isinstance(told, list) else []


def _text(told: object) -> str:
    return "".join(letter for letter in told if letter.isprintable())[:200] if isinstance(told, str) else ""


FORMAT = Format(
    key=_KEY,
    title="Backward on a phone",
    endings=(".jsonl", ".json"),
    version=_READER,
    looks_like=looks_like,
    read=read,
)
