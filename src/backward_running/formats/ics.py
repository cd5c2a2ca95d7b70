"""The plan as a calendar (iCalendar, RFC 5545): one all-day event per workout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from backward_running.core.errors import BadValue
from backward_running.core.plan import Repeat, Step, Workout

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT: Final = "-//backward-running//backward-running//EN"
_UID_ENDING: Final = "@backward-running"


def write_calendar(workouts: Sequence[Workout], *, now: datetime, calendar_name: str) -> bytes:
    """Write workouts as a calendar.

    Parameters
    ----------
    workouts : sequence of Workout
        Each becomes an all-day event on its day. Days have no time zone, so no clock change moves a run.
    now : datetime
        When the calendar is written, with a time zone.
    calendar_name : str
        As calendars show it.

    Returns
    -------
    bytes
        UTF-8. The same workout keeps the same UID, so importing again updates instead of doubling.

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

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(calendar_name))
    for workout in workouts:
        calendar.add_component(_event(workout, now.astimezone(UTC)))
    written: bytes = calendar.to_ical()
    return written


def _event(workout: Workout, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", _plain(workout.workout_id) + _UID_ENDING)
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", workout.on)
    event.add("dtend", workout.on + timedelta(days=1))
    event.add("sequence", 0)
    event.add("summary", _plain(workout.title))
    event.add("location", _plain(workout.place.value))
    event.add("description", "\n".join(_plain(line) for line in _description(workout)))
    event.add("transp", "TRANSPARENT")  # a run must not block a day of meetings
    return event


def _plain(text: str) -> str:
    """Keep one printable line; control characters would break the calendar's own lines."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


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
    yield f"- {piece.times} times:"
    yield from (f"  · {_step_words(step)}" for step in piece.steps)


def _step_words(step: Step) -> str:
    """Say a step in words.

    >>> from backward_running.core.direction import Direction, Gait
    >>> from backward_running.core.plan import Part
    >>> _step_words(Step("BACK 1/5", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=90, cue="Look over it"))
    '1 min 30 s walk backward. Look over it'
    """
    amount = f"{step.distance_m:g} m" if step.distance_m is not None else _duration_words(step.duration_s or 0.0)
    words = f"{amount} {step.gait.value} {step.direction.value}"
    if step.heart_rate_high_bpm is not None:
        words += f", heart rate up to {step.heart_rate_high_bpm:.0f}"
    return f"{words}. {step.cue}" if step.cue else words


def _duration_words(duration_s: float) -> str:
    minutes, seconds = divmod(round(duration_s), 60)
    parts = ([f"{minutes} min"] if minutes else []) + ([f"{seconds} s"] if seconds or not minutes else [])
    return " ".join(parts)
