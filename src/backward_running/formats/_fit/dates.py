"""Samples from before the device knew the date: dated back from what it learned on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from backward_running.formats._fit import fields, profile
from backward_running.formats._fit.content import Content
from backward_running.formats._fit.sensors import moved_by
from backward_running.formats._fit.values import NO_TIME, Message, Seconds

_LEARNED_LOSS = "The device learned the date on the way; the samples before that were dated back from it."
#: A clock that leaps so far ahead was set; nobody pauses for two days.
_LEAP_S = 48 * 3600
#: How far a runner gets between two samples, at most, where a watch sets its clock in between.
_NEXT_SAMPLE_M = 1_000.0


def dated(content: Content) -> Content:
    """Move times of before the date was known to the date, where the file knows it.

    A device without a date counts from switching on (small numbers), or goes on from an old date until it hears the
    right one from a satellite. What it told last is right.
    """
    return _after_a_leap(_since_power_up(content))


def _since_power_up(content: Content) -> Content:
    seconds = content.records.seconds
    plain = [message for found in content.plain.values() for message in found]
    since_start = seconds[(seconds != NO_TIME) & (seconds < profile.FIRST_DATE)]
    relative = [*since_start.tolist(), *(m.time for m in plain if m.time is not None and m.time < profile.FIRST_DATE)]
    if not len(since_start):
        return content
    known = seconds[seconds >= profile.FIRST_DATE]
    file_id = content.first(profile.FILE_ID)
    created = file_id.seconds(fields.FileId.TIME_CREATED) if file_id else None
    if len(known):
        shift = int(known.min()) - 1 - int(since_start.max())
        loss = _LEARNED_LOSS
    elif created is not None and created >= profile.FIRST_DATE:
        shift = created - min(relative)
        loss = "The device did not know the date while recording; the start is when it made the file."
    else:
        shift = 0
        loss = "The device did not know the date, and nothing in the file tells it: the day is wrong."
    return _moved_before(content, profile.FIRST_DATE, shift, loss)


def _after_a_leap(content: Content) -> Content:
    """Join what was recorded by an old date to what follows it, where the run plainly went on.

    Told by the counter of distance, which goes on where it stood, or by the session, which says how long both took.
    """
    records = content.records
    timed = np.flatnonzero(records.seconds != NO_TIME)
    seconds = records.seconds[timed]
    leaps = np.flatnonzero(np.diff(seconds) > _LEAP_S)
    if len(leaps) != 1 or bool((np.diff(seconds) < -_LEAP_S).any()):
        return content
    before, after = int(timed[leaps[0]]), int(timed[leaps[0] + 1])
    old, new = int(records.seconds[before]), int(records.seconds[after])
    spent_s = _recorded_s(content) - (old - int(seconds[0])) - (int(seconds[-1]) - new)
    agrees = 0.0 <= spent_s <= _LEAP_S
    distance = records.columns.get("distance_m")
    step_m = np.nan if distance is None else float(distance[after] - distance[before])
    goes_on = 0.0 <= step_m <= _NEXT_SAMPLE_M and float(distance[before] if distance is not None else 0.0) > 0.0
    if not (goes_on or agrees):
        return content
    gap_s = 1
    if agrees and spent_s > 1.0:  # a session's end may lie one sample behind the last
        gap_s = max(1, int(spent_s) - _usual_step_s(seconds))
    return _moved_before(content, old + 1, new - gap_s - old, _LEARNED_LOSS)


def _usual_step_s(seconds: Seconds) -> int:
    return max(1, int(np.median(np.diff(seconds))))


def _recorded_s(content: Content) -> float:
    """Return how long all sessions took by the device's own stopwatch; a negative number where it does not say."""
    told = [session.number(fields.Session.TOTAL_ELAPSED_TIME, 1000.0) for session in content.all(profile.SESSION)]
    return -1.0 if not told or None in told else float(sum(elapsed_s for elapsed_s in told if elapsed_s is not None))


def _moved_before(content: Content, end: int, shift: int, loss: str) -> Content:
    """Move every time before `end`."""
    seconds = content.records.seconds
    moved = np.where((seconds != NO_TIME) & (seconds < end), seconds + shift, seconds)
    return replace(
        content,
        losses=(*content.losses, loss),
        records=replace(content.records, seconds=moved),
        inertial=tuple(moved_by(content.inertial, shift, before=end)),
        plain={
            kind: tuple(_moved(message, end, shift, _STARTS.get(kind)) for message in found)
            for kind, found in content.plain.items()
        },
    )


#: Where a message says, beside its own time, when something began.
_STARTS: dict[int, int] = {profile.SESSION: fields.Session.START_TIME, profile.LAP: fields.Lap.START_TIME}


def _moved(message: Message, end: int, shift: int, start_field: int | None) -> Message:
    """Move the time of a message that does not know the date yet, and when what it tells of began."""
    time, values = message.time, message.values
    if time is not None and time < end:
        time += shift
    start = message.seconds(start_field) if start_field is not None else None
    if start is not None and start_field is not None and start < end:
        values = {**values, start_field: start + shift}
    return replace(message, time=time, values=values)
