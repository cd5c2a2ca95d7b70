"""The plan as a calendar (iCalendar, RFC 5545): one event per session, by day or at an hour."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backward_running.core.counting import times
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.plan import Part, Repeat, Step, Workout

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_PRODUCT: Final = "-//backward-running//backward-running//EN"
_UID_ENDING: Final = "@backward-running"


@dataclass(frozen=True, slots=True)
class Entry:
    """One session as a calendar keeps it."""

    workout: Workout
    sequence: int = 0  #: counts up with every change, so that calendars replace what they have
    cancelled: bool = False  #: the session is gone; calendars strike it out
    waits_for: str | None = None  #: why it is not to be done now, in one sentence


@dataclass(frozen=True, slots=True)
class Clock:
    """At which hour sessions stand, and when to remind. A session without an hour is an entry of the whole day."""

    at: time | None = None
    zone: str | None = None  #: of the IANA database, such as "Europe/Helsinki"; needed with an hour
    remind_before: timedelta | None = None  #: before its hour, or before midnight at the start of its day

    def __post_init__(self) -> None:
        if self.at is not None and self.zone is None:
            raise BadValue("zone", "be given with an hour", None, "Name a time zone such as Europe/Helsinki.")
        if self.zone is not None:
            try:
                ZoneInfo(self.zone)
            except (ZoneInfoNotFoundError, ValueError, OSError) as error:
                raise BadValue("zone", "be a time zone such as Europe/Helsinki", self.zone) from error


def write_calendar(entries: Sequence[Entry], *, now: datetime, calendar_name: str, clock: Clock | None = None) -> bytes:
    """Write sessions as a calendar.

    Parameters
    ----------
    entries : sequence of Entry
        Each becomes an event on its day: of the whole day, which has no time zone, so that no clock change moves a
        run; or at the hour of `clock` in its time zone, which stays 18:00 on both sides of a clock change.
    now : datetime
        When the calendar is written, with a time zone.
    calendar_name : str
        As calendars show it.
    clock : Clock, optional
        Hour and reminder.

    Returns
    -------
    bytes
        UTF-8. The same session keeps the same UID, so importing again updates instead of doubling.

    Raises
    ------
    BadValue
        `now` carries no time zone.

    References
    ----------
    RFC 5545, Internet Calendaring and Scheduling Core Object Specification.
    """
    if now.tzinfo is None:
        raise BadValue("now", "carry a time zone", now.isoformat())
    from icalendar import Calendar

    clock = clock or Clock()
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(calendar_name))
    for entry in entries:
        calendar.add_component(_event(entry, now.astimezone(UTC), clock))
    if clock.at is not None and entries:
        calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, now: datetime, clock: Clock) -> Event:
    from icalendar import Event

    workout = entry.workout
    event = Event()
    event.add("uid", _plain(workout.workout_id) + _UID_ENDING)
    event.add("dtstamp", now.replace(microsecond=0))
    start, end = _span(workout, clock)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("sequence", entry.sequence)
    if entry.cancelled:
        event.add("status", "CANCELLED")
        event.add("summary", _plain(workout.title))
        return event
    event.add("status", "TENTATIVE" if entry.waits_for else "CONFIRMED")
    event.add("summary", _plain(f"On hold: {workout.title}" if entry.waits_for else workout.title))
    event.add("location", _plain(workout.place.value))
    told = [entry.waits_for] if entry.waits_for else _description(workout)
    event.add("description", "\n".join(map(_plain, told)))
    event.add("transp", "TRANSPARENT")  # a run must not block a day of meetings
    if clock.remind_before is not None and not entry.waits_for:
        event.add_component(_alarm(workout, clock.remind_before))
    return event


def _span(workout: Workout, clock: Clock) -> tuple[date | datetime, date | datetime]:
    if clock.at is None or clock.zone is None:
        return workout.on, workout.on + timedelta(days=1)
    start = datetime.combine(workout.on, clock.at, ZoneInfo(clock.zone))
    minutes = max(math.ceil(workout.duration_s() / 60), 1)
    # The end is reckoned on the wall clock, as a person would write it down.
    return start, start + timedelta(minutes=minutes)


def _alarm(workout: Workout, before: timedelta) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(f"{workout.title}: {workout.summary}"))
    alarm.add("trigger", -before)
    return alarm


def _plain(text: str) -> str:
    """Keep one printable line; control characters would break the calendar's own lines."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())


def _description(workout: Workout) -> Iterator[str]:
    yield workout.summary
    yield ""
    for piece in workout.pieces:
        yield from _piece_lines(piece)
    yield ""
    yield f"Where: {workout.place.value}."
    yield f"With: {workout.with_whom}."
    if workout.advice:
        yield ""
        yield from workout.advice
    if workout.reasons:
        yield ""
        yield "Why:"
        yield from (f"- {reason.text}" for reason in workout.reasons)


def _piece_lines(piece: Step | Repeat) -> Iterator[str]:
    if isinstance(piece, Step):
        yield f"- {_step_words(piece)}"
        return
    yield f"- {times(piece.times)}:"
    yield from (f"  · {_step_words(step)}" for step in piece.steps)


def _step_words(step: Step) -> str:
    """Say a step in words.

    >>> from backward_running.core.direction import Gait
    >>> _step_words(Step("BACK 1/5", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=90, cue="Look over it"))
    '1 min 30 s walk backward. Look over it'
    """
    amount = f"{step.distance_m:g} m" if step.distance_m is not None else _duration_words(step.duration_s or 0.0)
    still = step.direction is Direction.STILL
    on_the_spot = "stand" if step.part is Part.RECOVERY else step.part.value
    words = f"{amount} {on_the_spot if still else f'{step.gait.value} {step.direction.value}'}"
    if step.heart_rate_high_bpm is not None:
        words += f", heart rate up to {step.heart_rate_high_bpm:.0f}"
    return f"{words}. {step.cue}" if step.cue else words


def _duration_words(duration_s: float) -> str:
    minutes, seconds = divmod(round(duration_s), 60)
    parts = ([f"{minutes} min"] if minutes else []) + ([f"{seconds} s"] if seconds or not minutes else [])
    return " ".join(parts)
