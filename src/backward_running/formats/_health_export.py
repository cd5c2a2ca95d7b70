"""The export of Apple's Health app, walked through from the disk: one document for each workout in it.

``export.xml`` holds everything a phone knows of somebody, often gigabytes: first every single measurement, then the
workouts, whose tracks lie beside it as GPX. Only the heart rate is kept while it goes by, a number and a time each; a
workout then takes what was measured in it and its tracks along, as JSON lines for :mod:`..apple_health`. The same
workout makes the same bytes, so that next year's export brings nothing twice.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, Final

import numpy as np

from backward_running.core.constants import METRES_PER_FOOT, METRES_PER_MILE, METRES_PER_YARD
from backward_running.core.recording import FloatArray

KIND: Final = "apple-health-workout"
VERSION: Final = 1
_SIGNS = (b"<!DOCTYPE HealthData", b"<HealthData")
_CHUNK_BYTES = 1 << 22
#: A workout of a day with its pauses and segments is some hundred kilobytes; what goes on longer is none.
_LONGEST_BYTES = 16 << 20
_LONGEST_TAG_BYTES = 1 << 20
_HEARTS_A_LINE, _LETTERS_A_LINE = 5, 1000
#: Heart rates are turned into numbers so many at a time: as text they take ten times the room.
_AT_ONCE = 50_000

#: No search runs past the next tag that it could begin at: a file made of openings costs no more than its length.
#: The tags say their attributes in this order in every export seen; where one does not, each is looked for by itself.
_ITEM = re.compile(
    rb'<Record type="HKQuantityTypeIdentifierHeartRate"([^<>]*)>'
    rb"|<Workout\s([^<>]*[^/<>])>((?:(?!<Workout\s).)*?)</Workout>"
    rb"|<Workout\s([^<>]*)/>",
    re.DOTALL,
)
_MEASURED = re.compile(rb' startDate="([^"]{25})" endDate="[^"]*" value="([^"]{1,12})"')
_ATTRIBUTE = re.compile(rb'([A-Za-z]+)="([^"]*)"')
_INNER = re.compile(rb"<(MetadataEntry|WorkoutEvent|WorkoutStatistics|FileReference)\s([^<>]*?)/?>")
_WORKOUT = b"<Workout "


def is_health_export(head: bytes) -> bool:
    """Say whether the first bytes of a file are those of ``export.xml``, whatever it is called."""
    return any(sign in head for sign in _SIGNS) and b"ClinicalDocument" not in head


@dataclass(slots=True)
class _Hearts:
    """Every heart rate so far, by its time."""

    texts: list[tuple[bytes, bytes]] = field(default_factory=list)
    blocks: list[tuple[FloatArray, FloatArray]] = field(default_factory=list)
    ordered: tuple[FloatArray, FloatArray] | None = None

    def take(self, attributes: bytes) -> None:
        found = _MEASURED.search(attributes)
        if found is None:
            by_name = dict(_ATTRIBUTE.findall(attributes))
            self.texts.append((by_name.get(b"startDate", b""), by_name.get(b"value", b"")))
        else:
            self.texts.append((found[1], found[2]))
        if len(self.texts) >= _AT_ONCE:
            self._pack()

    def between(self, start_s: float, end_s: float) -> list[list[float]]:
        """Return time and beats a minute of what was measured in a stretch of time, each time once; NaN: nothing."""
        if not start_s < end_s:
            return []
        if self.texts:
            self._pack()
        if self.ordered is None:
            seconds = np.concatenate([times for times, _ in self.blocks] or [np.empty(0)])
            beats = np.concatenate([beats for _, beats in self.blocks] or [np.empty(0)])
            seconds, first = np.unique(seconds, return_index=True)
            self.ordered = seconds, beats[first]
            self.blocks = [self.ordered]
        seconds, beats = self.ordered
        here = slice(*np.searchsorted(seconds, [start_s, end_s + 1e-6]).tolist())
        return [[float(when), float(bpm)] for when, bpm in zip(seconds[here], beats[here], strict=True)]

    def _pack(self) -> None:
        seconds = [_seconds(when) for when, _ in self.texts]
        beats = [_number(value) for _, value in self.texts]
        pair = np.array([seconds, beats])
        pair = pair[:, np.isfinite(pair).all(axis=0)]
        self.blocks.append((pair[0], pair[1]))
        self.texts, self.ordered = [], None


def workouts_in(file: BinaryIO, route: Callable[[str], str | None]) -> Iterator[tuple[str, bytes]]:
    """Yield each workout of an export as a file of its own, in the order in which they stand.

    Parameters
    ----------
    file : binary file
        ``export.xml``, open for reading; it is read once, from here to its end.
    route : callable
        Gives the text of a GPX that lies beside it, by the path that the export names; None where it is not there.

    Returns
    -------
    iterator of (str, bytes)
        A name and a document each.
    """
    hearts = _Hearts()
    rest = b""
    while chunk := file.read(_CHUNK_BYTES):
        rest += chunk
        end = 0
        for found in _ITEM.finditer(rest):
            end = found.end()
            if found[1] is not None:
                hearts.take(found[1])
            else:
                yield _document(_by_name(found[2] or found[4] or b""), _Inside.of(found[3] or b""), hearts, route)
        rest = _unfinished(rest, end)


def _unfinished(text: bytes, end: int) -> bytes:
    """Return what may go on in the next chunk: a workout that is open, or a tag that is."""
    workout, opened = text.rfind(_WORKOUT, end), text.rfind(b"<", end)
    if workout >= 0 and len(text) - workout <= _LONGEST_BYTES:
        return text[workout:]
    is_cut = opened >= 0 and text.find(b">", opened) < 0 and len(text) - opened <= _LONGEST_TAG_BYTES
    return text[opened:] if is_cut else b""


@dataclass(slots=True)
class _Inside:
    """What stands between the ends of a workout."""

    events: list[tuple[str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    distance_m: float | None = None

    @classmethod
    def of(cls, text: bytes) -> _Inside:
        found = cls()
        for tag, attributes in _INNER.findall(text):
            item = _by_name(attributes)
            if tag == b"WorkoutEvent":
                found.events.append((item.get("type", "").removeprefix("HKWorkoutEventType"), item.get("date", "")))
            elif tag == b"MetadataEntry":
                found.meta[item.get("key", "")] = item.get("value", "")
            elif tag == b"FileReference":
                found.paths.append(item.get("path", ""))
            elif "Distance" in item.get("type", ""):
                found.distance_m = _metres(item.get("sum"), item.get("unit"))
        return found


def _document(
    said: Mapping[str, str], inside: _Inside, hearts: _Hearts, route: Callable[[str], str | None]
) -> tuple[str, bytes]:
    start, end, kind = said.get("startDate", ""), said.get("endDate", ""), said.get("workoutActivityType", "")
    routes = [text for text in map(route, inside.paths) if text is not None]
    total_m = _metres(said.get("totalDistance"), said.get("totalDistanceUnit"))
    head: dict[str, object] = {
        "format": KIND,
        "version": VERSION,
        "type": kind.removeprefix("HKWorkoutActivityType"),
        "start": start,
        "end": end,
        "source": said.get("sourceName", ""),
        "zone": inside.meta.get("HKTimeZone"),
        "indoor": inside.meta.get("HKIndoorWorkout") == "1",
        "distance_m": inside.distance_m if total_m is None else total_m,
        "events": inside.events,
        "routes_missing": len(inside.paths) - len(routes),
    }
    measured = hearts.between(_seconds(start.encode()), _seconds(end.encode()))
    lines = [*_hearts_in(measured), *_pieces_of(routes)]
    head["lines"] = len(lines)  # a file that is cut off between two of them says so
    name = f"{head['type'] or 'Workout'} {start[:16]}.jsonl"
    return name, b"".join(map(_line, (head, *lines)))


def _hearts_in(measured: list[list[float]]) -> Iterator[Mapping[str, object]]:
    """Yield lines of some heart rates each: where a file is cut off, the lines before it are whole."""
    for first in range(0, len(measured), _HEARTS_A_LINE):
        yield {"heart_rate": measured[first : first + _HEARTS_A_LINE]}


def _pieces_of(routes: list[str]) -> Iterator[Mapping[str, object]]:
    for number, text in enumerate(routes):
        for first in range(0, len(text), _LETTERS_A_LINE):
            yield {"route": number, "gpx": text[first : first + _LETTERS_A_LINE]}


def _line(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def _by_name(attributes: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape(value.decode("utf-8", errors="replace"))
        for name, value in _ATTRIBUTE.findall(attributes)
    }


def _seconds(text: bytes) -> float:
    """Return a moment, such as ``2025-09-14 18:00:00 +0200``, in seconds since 1970; NaN where it is none."""
    moment = moment_of(text.decode("ascii", errors="replace"))
    return float("nan") if moment is None else moment.astimezone(UTC).timestamp()


def moment_of(text: str) -> datetime | None:
    """Return a moment as the export writes it, with its offset; None where it is none."""
    try:
        moment = datetime.fromisoformat(f"{text[:10]}T{text[11:19]}{text[20:].replace(' ', '')}")
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None and 2000 <= moment.year < 2100 else None


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


_METRES: Final = {"m": 1.0, "km": 1000.0, "mi": METRES_PER_MILE, "yd": METRES_PER_YARD, "ft": METRES_PER_FOOT}


def _metres(value: str | None, unit: str | None) -> float | None:
    found = _number((value or "").encode()) * _METRES.get(unit or "", float("nan"))
    return found if 0.0 < found < 1e7 else None
