"""A recording from one moment to another, and several that follow each other as one. What came in stays untouched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.errors import BadValue
from backward_running.core.recording import Lap, Mark, Recording, Span, Stream

T = TypeVar("T", Lap, Span)

#: Stated totals speak of the whole recording, and of no part of it: what is not known is left out.
_NOTHING_STATED: dict[str, float] = {}


def part(recording: Recording, span: Span, number: int) -> Recording:
    """Return a stretch of a recording as a recording of its own.

    Parameters
    ----------
    recording : Recording
        The whole.
    span : Span
        On its clock; must hold a part of it.
    number : int
        The part of the file that the new one is called.

    Returns
    -------
    Recording
        Begins at the start of the stretch, on a clock of its own; laps, pauses and marks are cut with it, distances
        begin at 0, and totals that the device stated are left out.
    """
    if not 0.0 <= span.start_s < span.end_s <= recording.duration_s + 1.0:
        raise BadValue("stretch", f"lie between 0 and {recording.duration_s:.0f} s", (span.start_s, span.end_s))
    end_s = min(span.end_s, recording.duration_s)
    return replace(
        recording,
        part=number,
        started_at=recording.started_at + timedelta(seconds=span.start_s),
        duration_s=end_s - span.start_s,
        streams=tuple(cut for stream in recording.streams if len(cut := _stream_in(stream, span.start_s, end_s))),
        laps=_spans_in(recording.laps, span.start_s, end_s),
        pauses=_spans_in(recording.pauses, span.start_s, end_s),
        marks=tuple(
            replace(mark, time_s=mark.time_s - span.start_s)
            for mark in recording.marks
            if span.start_s <= mark.time_s < end_s
        ),
        stated=_NOTHING_STATED,
    )


def joined(recordings: Sequence[Recording]) -> Recording:
    """Return recordings that follow each other as one, with a pause between them.

    Parameters
    ----------
    recordings : sequence of Recording
        At least two, in the order of time; none may begin before the one before it ends.

    Returns
    -------
    Recording
        Called as the first. Streams of the same place, frame and kind follow each other; distance goes on where it
        was. What came last of each column that only one has is missing in the others.

    Raises
    ------
    BadValue
        There are fewer than two, they overlap, or they are of different sports.
    """
    if len(recordings) < 2:
        raise BadValue("runs", "be at least two", len(recordings))
    first = recordings[0]
    offsets_s = [(recording.started_at - first.started_at).total_seconds() for recording in recordings]
    for before, start_s, after_s in zip(recordings, offsets_s, offsets_s[1:], strict=False):
        if after_s < start_s + before.duration_s:
            raise BadValue("runs", "follow each other", after_s, "These overlap in time: they cannot be one run.")
    if len({recording.sport for recording in recordings}) > 1:
        raise BadValue("runs", "be of one sport", [recording.sport for recording in recordings])
    moved = [_moved(recording, by_s) for recording, by_s in zip(recordings, offsets_s, strict=True)]
    ends_s = [by_s + recording.duration_s for recording, by_s in zip(recordings, offsets_s, strict=True)]
    between = [Span(end_s, by_s) for end_s, by_s in zip(ends_s, offsets_s[1:], strict=False) if by_s > end_s]
    pauses = sorted(
        [pause for recording in moved for pause in recording.pauses] + between, key=lambda pause: pause.start_s
    )
    return replace(
        first,
        duration_s=ends_s[-1],
        streams=_streams_joined(moved),
        laps=tuple(lap for recording in moved for lap in recording.laps),
        pauses=tuple(pauses),
        marks=tuple(mark for recording in moved for mark in recording.marks),
        losses=tuple(dict.fromkeys(loss for recording in recordings for loss in recording.losses)),
        stated=_NOTHING_STATED,
    )


def _stream_in(stream: Stream, start_s: float, end_s: float) -> Stream:
    inside = (stream.time_s >= start_s) & (stream.time_s <= end_s)
    columns = {name: values[inside] for name, values in stream.columns.items()}
    if "distance_m" in columns and np.isfinite(columns["distance_m"]).any():
        columns["distance_m"] = columns["distance_m"] - np.nanmin(columns["distance_m"])
    return replace(stream, time_s=stream.time_s[inside] - start_s, columns=columns)


def _spans_in(spans: Iterable[T], start_s: float, end_s: float) -> tuple[T, ...]:
    cut = []
    for span in spans:
        begins_s, ends_s = max(span.start_s, start_s), min(span.end_s, end_s)
        if ends_s > begins_s:
            whole = begins_s == span.start_s and ends_s == span.end_s
            # What a device stated of a lap is not true of a part of it.
            stated: dict[str, None] = {} if whole or not isinstance(span, Lap) else {"distance_m": None}
            cut.append(replace(span, start_s=begins_s - start_s, end_s=ends_s - start_s, **stated))
    return tuple(cut)


def _moved(recording: Recording, by_s: float) -> Recording:
    def later(part: T) -> T:
        return replace(part, start_s=part.start_s + by_s, end_s=part.end_s + by_s)

    return replace(
        recording,
        streams=tuple(replace(stream, time_s=stream.time_s + by_s) for stream in recording.streams),
        laps=tuple(map(later, recording.laps)),
        pauses=tuple(map(later, recording.pauses)),
        marks=tuple(Mark(mark.time_s + by_s, mark.text) for mark in recording.marks),
    )


def _streams_joined(recordings: Sequence[Recording]) -> tuple[Stream, ...]:
    """Put streams of one kind behind each other: those at the same place in their recordings."""
    groups: dict[tuple[object, ...], list[Stream]] = {}
    for recording in recordings:
        seen: dict[tuple[object, ...], int] = {}
        for stream in recording.streams:
            kind = (stream.place, stream.frame, stream.mount_known, stream.is_inertial)
            seen[kind] = seen.get(kind, -1) + 1
            groups.setdefault((*kind, seen[kind]), []).append(stream)
    return tuple(_behind_each_other(group) for group in groups.values())


def _behind_each_other(streams: Sequence[Stream]) -> Stream:
    names = dict.fromkeys(name for stream in streams for name in stream.columns)
    time_s = list[FloatArray]()
    columns, reached_m = {name: list[FloatArray]() for name in names}, 0.0
    for stream in streams:
        # The last sample of one may stand on the first of the next.
        fresh = stream.time_s > time_s[-1][-1] if time_s and len(time_s[-1]) else np.ones(len(stream), dtype=bool)
        time_s.append(stream.time_s[fresh])
        for name, parts in columns.items():
            values = stream.columns[name][fresh] if name in stream.columns else np.full(int(fresh.sum()), np.nan)
            parts.append(values + reached_m if name == "distance_m" else values)
        if "distance_m" in columns and np.isfinite(columns["distance_m"][-1]).any():
            reached_m = float(np.nanmax(columns["distance_m"][-1]))
    return replace(
        streams[0],
        time_s=np.concatenate(time_s),
        columns={name: np.concatenate(parts) for name, parts in columns.items()},
    )
