"""The words of the screen: second person, present tense, short."""

from __future__ import annotations

import math
from datetime import date

from backward_running.core.clock import at_offset, zone_words
from backward_running.core.counting import noun_of
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part
from backward_running.core.ports import ActivityRow

#: Letter of the CSS class that carries a direction's colour and pattern.
LETTER = {
    Direction.FORWARD: "f",
    Direction.BACKWARD: "b",
    Direction.UNKNOWN: "u",
    Direction.SIDEWAYS: "r",
    Direction.TURNING: "r",
    Direction.STILL: "r",
}
STATUS = {
    "new": "new",
    "joined": "joined: the same run",
    "same": "already here",
    "partly": "partly read",
    "waiting": "waiting for you",
    "left_out": "left out",
    "listed": "read: a list of names",
    "failed": "not read",
}
PART = {Part.WARM_UP: "warm-up", Part.WORK: "work", Part.RECOVERY: "recovery", Part.COOL_DOWN: "cool-down"}
QUANTITY = {
    "session_load_au": "Session load",
    "trimp_au": "Heart-rate load",
    "energy_j_per_kg": "Energy",
    "energy_kcal": "Energy",
    "steps_count": "Steps",
    "backward_to_forward_ratio": "Per kilometre, backward cost you",
}


def long_day(on: date) -> str:
    """Print a day.

    >>> long_day(date(2026, 11, 17))
    'Tuesday 17 November 2026'
    """
    return f"{on:%A} {on.day} {on:%B %Y}"


def short_day(on: date) -> str:
    """Print a day without its year.

    >>> short_day(date(2026, 11, 17))
    'Tue 17 Nov'
    """
    return f"{on:%a} {on.day} {on:%b}"


def when(row: ActivityRow) -> str:
    """Print when a run began where the runner was, and on which clock."""
    at = at_offset(row.started_at, row.utc_offset_s)
    return f"{long_day(at.date())}, {at:%H:%M} ({zone_words(row.zone, row.utc_offset_s)})"


def when_short(row: ActivityRow) -> str:
    """Print when a run began, for lists: where the runner was."""
    at = at_offset(row.started_at, row.utc_offset_s)
    return f"{short_day(at.date())} {at.year}, {at:%H:%M} {town(row.zone, row.utc_offset_s)}"


def town(zone: str | None, utc_offset_s: int | None) -> str:
    """Name the clock of a run in short: the town its zone is called by, else its offset.

    >>> town("America/Argentina/Buenos_Aires", -10800), town(None, 3600)
    ('Buenos Aires', 'UTC+01:00')
    """
    return zone_words(zone, utc_offset_s).rpartition("/")[2].replace("_", " ")


def movement(direction: Direction, gait: Gait | None) -> str:
    """Name a stretch.

    >>> movement(Direction.BACKWARD, Gait.RUN), movement(Direction.UNKNOWN, Gait.RUN)
    ('backward, run', 'unknown')
    """
    if direction in (Direction.FORWARD, Direction.BACKWARD, Direction.SIDEWAYS) and gait is not None:
        return f"{direction.value}, {gait.value}"
    return "standing still" if direction is Direction.STILL else direction.value


def tap_minutes(planned: float) -> list[int]:
    """Return the whole minutes that are offered for one tap, less than what was planned.

    >>> tap_minutes(5.0), tap_minutes(0.5), tap_minutes(20.0)
    ([1, 2, 3, 4], [], [2, 4, 6, 8, 10, 12, 14, 16, 18])
    """
    step = max(1, math.ceil(planned / MOST_TAPS))
    return [number for number in range(step, math.ceil(planned), step) if number < planned]


#: So many buttons for minutes lie side by side on a phone.
MOST_TAPS = 10


def likely_words(share: float) -> str:
    """Say how much something looks backward, in words: two digits would claim what nobody measured.

    >>> likely_words(0.93), likely_words(0.72)
    ('look very much like it', 'look like it')
    """
    if share >= VERY_LIKELY:
        return "look very much like it"
    return "look like it" if share >= LIKELY else "look a little like it"


#: Our own borders between the words.
VERY_LIKELY, LIKELY = 0.9, 0.7


def relative_day(on: date, today: date) -> str:
    """Say a day as a person would.

    >>> relative_day(date(2026, 11, 18), date(2026, 11, 17))
    'tomorrow'
    """
    away = (on - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if away in near:
        return near[away]
    return f"{on:%A}" if 1 < away < 7 else short_day(on)


def plural(count: int, single: str, many: str | None = None) -> str:
    """Count things.

    >>> plural(1, "run"), plural(2, "run")
    ('1 run', '2 runs')
    """
    return f"{thousands(count)} {noun_of(count, single, many)}"


def thousands(count: int) -> str:
    """Write a count with a narrow space between its thousands.

    >>> thousands(10_000)
    '10\u202f000'
    """
    return f"{count:,}".replace(",", "\u202f")


def hours(seconds: float) -> str:
    """Print a night.

    >>> hours(27_000) == "7\u00a0h 30\u00a0min", hours(28_800) == "8\u00a0h"
    (True, True)
    """
    whole, rest = divmod(round(seconds / 60), 60)
    return f"{whole}\u00a0h {rest}\u00a0min" if rest else f"{whole}\u00a0h"
