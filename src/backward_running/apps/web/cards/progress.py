"""How it goes, made ready for Today: weeks as bars, the next first and the bests in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backward_running.apps.words.phrases import relative_day, short_day
from backward_running.apps.words.units import GAP, Units, clock, minutes
from backward_running.core.direction import Direction, Gait
from backward_running.flows.bests import Best
from backward_running.flows.progress import NextFirst, Progress

#: Height of the tallest bar, in percent of the drawing; above it is room for nothing.
TALLEST_PERCENT = 100.0
GAIT_WORDS = {Gait.RUN: "running", Gait.WALK: "walking", None: "walking or running"}


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week: its bar, the mark of the plan, and both in words."""

    label: str
    words: str
    seen: float  #: percent of the height
    said: float
    planned: float | None
    is_now: bool


def week_bars(progress: Progress) -> tuple[WeekBar, ...]:
    """Lay out the weeks; empty where nothing was done and nothing planned."""
    most_s = max((max(week.done_s, week.planned_s or 0.0) for week in progress.weeks), default=0.0)
    if most_s <= 0:
        return ()
    scale = TALLEST_PERCENT / most_s
    last = progress.weeks[-1].starts_on
    return tuple(
        WeekBar(
            label=f"{week.starts_on.day} {week.starts_on:%b}",
            words=f"{minutes(week.done_s)} backward"
            + (f" of {minutes(week.planned_s)} planned" if week.planned_s is not None else ""),
            seen=round(week.seen_s * scale, 1),
            said=round(week.said_s * scale, 1),
            planned=round(week.planned_s * scale, 1) if week.planned_s is not None else None,
            is_now=week.starts_on == last,
        )
        for week in progress.weeks
    )


def first_words(first: NextFirst | None, today: date) -> str:
    """Say the next first in a sentence.

    >>> first_words(NextFirst(date(2026, 5, 20), "w", 60.0, True), date(2026, 5, 6))
    'First time running backward: 1:00 in one go, in two weeks.'
    """
    if first is None:
        return ""
    what = "First time running backward" if first.is_first_run else "Longest run backward so far"
    return f"{what}: {clock(first.backward_s)} in one go, {_when(first.on, today)}."


def _when(on: date, today: date) -> str:
    number = (on - today) // timedelta(weeks=1)
    if number < 2:
        return relative_day(on, today) if on - today < timedelta(days=2) else f"on {short_day(on)}"
    words = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
    return f"in {words.get(number, number)} weeks"


@dataclass(frozen=True, slots=True)
class BestLine:
    """One best in words."""

    direction: Direction
    title: str
    value: str
    how: str
    activity_id: str


def best_lines(bests: Iterable[Best], units: Units) -> tuple[BestLine, ...]:
    """Say each best: what, how much, and when and how it was."""
    return tuple(_line(best, units) for best in bests)


def _length(metres: float) -> str:
    """Name the length of a best: on a track it is metres, whatever the units of a pace.

    >>> _length(400.0) == f"400{GAP}m", _length(1000.0) == f"1{GAP}km"
    (True, True)
    """
    return f"{metres / 1000:g}{GAP}km" if metres >= 1000 else f"{metres:g}{GAP}m"


def _line(best: Best, units: Units) -> BestLine:
    effort = best.effort
    if effort.length_m is None:
        title, value = "Longest stretch", clock(effort.duration_s)
    else:
        title, value = f"Fastest {_length(effort.length_m)}", str(units.pace(effort.speed_mps))
    # What the whole stretch climbed says nothing of a part of it.
    ascent_m = effort.ascent_m if effort.length_m is None else None
    climbed = f", {units.altitude(ascent_m)} up" if ascent_m is not None and ascent_m >= 1 else ""
    how = f"{GAIT_WORDS[effort.gait]}, {best.on.day} {best.on:%b %Y}{climbed}"
    return BestLine(effort.direction, title, value, how, best.activity_id)
