"""A copy of an activity without its backward stretches, for services that know one direction only.

To them a backward kilometre is a slow forward one: fitness estimates, bests and segments come out wrong. The copy is
for them; what is kept here stays whole.
"""

from __future__ import annotations

import enum
from dataclasses import replace
from datetime import timedelta

import numpy as np

from backward_running import signals
from backward_running.core.direction import Direction
from backward_running.core.errors import NotEnoughData
from backward_running.core.ports import ActivityRow, SharedRuns
from backward_running.core.recording import Lap, Recording, Span, Stream
from backward_running.core.session import Session
from backward_running.flows import privacy
from backward_running.flows.export import named
from backward_running.formats.fit_activity import FitActivity, write_activity
from backward_running.formats.gpx_track import write_gpx

ADDED_TO_TITLE = "without the backward part"


class Backward(enum.Enum):
    """What becomes of the backward stretches."""

    CUT = "cut"  #: as if the watch had been paused
    REST = "rest"  #: all samples stay; each stretch is a lap, the backward ones marked as rest


def fit(store: SharedRuns, activity_id: str, backward: Backward = Backward.CUT) -> tuple[str, bytes]:
    """Return the copy as a FIT file.

    Raises
    ------
    NotFound
        There is no such activity.
    NotEnoughData
        It has no samples, nothing in it was run backward, or cutting leaves nothing.
    """
    row, recording, session, working = _opened(store, activity_id)
    gone = _backward(session)
    if backward is Backward.REST:
        activity = _activity(row, recording, working, laps=_as_laps(session), pauses=recording.pauses)
        return named(row, "backward-as-rest.fit"), write_activity(activity)
    stream = _cut(working, gone)
    activity = _activity(row, recording, stream, laps=_whole(recording), pauses=_joined((*recording.pauses, *gone)))
    return named(row, "forward-only.fit"), write_activity(activity)


def gpx(store: SharedRuns, activity_id: str) -> tuple[str, bytes]:
    """Return the copy as a GPX track with a new segment after each cut: GPX has no way to mark a rest.

    Raises
    ------
    NotFound, NotEnoughData
        As :func:`fit`, and where there are no positions.
    """
    row, recording, session, working = _opened(store, activity_id)
    gone = _backward(session)
    breaks = _joined((*recording.pauses, *gone, *_without_position(working)))
    data = write_gpx(
        _cut(working, gone), started_at=row.started_at, title=_title(row), sport=recording.sport, breaks=breaks
    )
    return named(row, "forward-only.gpx"), data


def _opened(store: SharedRuns, activity_id: str) -> tuple[ActivityRow, Recording, Session, Stream]:
    row, recording = store.row(activity_id), store.recording(activity_id)
    working = signals.working_stream(recording)
    if working is None:
        raise NotEnoughData("This activity has no samples, only totals: there is nothing to copy.")
    return row, recording, store.session(activity_id), privacy.hidden(store, working)


def _backward(session: Session) -> tuple[Span, ...]:
    """Return the backward stretches. What is unknown stays: only the runner can say what it was."""
    spans = tuple(
        Span(bout.bout.start_s, bout.bout.end_s) for bout in session.bouts if bout.bout.direction is Direction.BACKWARD
    )
    if not spans:
        raise NotEnoughData(
            "Nothing in this activity is labelled backward, so its file as it came is the forward copy."
        )
    return spans


def _cut(working: Stream, gone: tuple[Span, ...]) -> Stream:
    stream = signals.cut(working, gone)
    if not len(stream):
        raise NotEnoughData("All of this activity was run backward: without that nothing is left.")
    return stream


def _activity(
    row: ActivityRow, recording: Recording, stream: Stream, *, laps: tuple[Lap, ...], pauses: tuple[Span, ...]
) -> FitActivity:
    # The heading is ours alone, and a copy for others has no use for it.
    columns = {name: values for name, values in stream.columns.items() if name != "heading_deg"}
    late = timedelta(microseconds=row.started_at.microsecond)  # FIT begins on a whole second
    return FitActivity(
        started_at=row.started_at - late,
        stream=replace(stream, time_s=stream.time_s + late.total_seconds(), columns=columns),
        utc_offset_s=row.utc_offset_s,
        sport=recording.sport or "running",
        sub_sport=recording.sub_sport,
        laps=laps,
        pauses=pauses,
        title=_title(row),
        device=recording.device,
        simulated=recording.simulated,
        duration_s=recording.duration_s,
    )


def _title(row: ActivityRow) -> str:
    return f"{row.title} ({ADDED_TO_TITLE})"


def _whole(recording: Recording) -> tuple[Lap, ...]:
    return (Lap(0.0, recording.duration_s, trigger="session end"),)


def _as_laps(session: Session) -> tuple[Lap, ...]:
    """Return a lap for each run of bouts that are, or are not, backward."""
    _backward(session)  # says so where there is none
    laps: list[Lap] = []
    for bout in session.bouts:
        intensity = "rest" if bout.bout.direction is Direction.BACKWARD else "active"
        if laps and laps[-1].intensity == intensity:
            laps[-1] = replace(laps[-1], end_s=bout.bout.end_s)
        else:
            laps.append(Lap(bout.bout.start_s, bout.bout.end_s, trigger="manual", intensity=intensity))
    return tuple(laps)


def _without_position(stream: Stream) -> tuple[Span, ...]:
    """Return the stretches of which no position is given out: nobody is to draw a line across them."""
    if not stream.has("latitude_deg"):
        return ()
    lacks = np.concatenate([[False], np.isnan(stream.columns["latitude_deg"]), [False]])
    ends = np.flatnonzero(np.diff(lacks)).reshape(-1, 2)
    after_s = np.append(stream.time_s, stream.time_s[-1] + 1.0)
    return tuple(Span(float(stream.time_s[first]), float(after_s[end])) for first, end in ends)


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join spans that touch or overlap."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start_s):
        if joined and span.start_s <= joined[-1].end_s:
            joined[-1] = Span(joined[-1].start_s, max(joined[-1].end_s, span.end_s))
        else:
            joined.append(span)
    return tuple(joined)
