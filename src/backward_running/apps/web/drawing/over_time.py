"""A year of weeks, forward up and backward down, and a year of days as a map of heat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backward_running.apps.web.drawing.scale import Tick
from backward_running.flows.over_time import OverTime

#: Minutes backward from which a day is a shade darker; below the first it is the lightest that is not nothing.
SHADES_MIN = (5.0, 10.0, 20.0)
DAYS = 7


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week in percent of the height: forward and what has no direction upward, backward downward."""

    at: int
    forward: float
    unknown: float
    backward: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One day."""

    week: int
    weekday: int
    shade: int  #: 0: nothing backward; then 1, 2, …


@dataclass(frozen=True, slots=True)
class Bars:
    """All weeks, and where the line between forward and backward lies, in percent from above."""

    zero: float
    weeks: tuple[WeekBar, ...]


def week_bars(told: OverTime) -> Bars | None:
    """Lay out the weeks; None where nothing was run in them."""
    up_s = max((week.forward_s + week.unknown_s for week in told.weeks), default=0.0)
    down_s = max((week.backward_s for week in told.weeks), default=0.0)
    if up_s + down_s <= 0:
        return None
    percent = 100.0 / (up_s + down_s)
    weeks = (
        WeekBar(
            at,
            round(week.forward_s * percent, 1),
            round(week.unknown_s * percent, 1),
            round(week.backward_s * percent, 1),
        )
        for at, week in enumerate(told.weeks)
    )
    return Bars(round(up_s * percent, 1), tuple(weeks))


def heat(told: OverTime) -> tuple[Cell, ...]:
    """Lay out the days up to today."""
    begins = told.weeks[0].starts_on
    return tuple(
        Cell(number // DAYS, number % DAYS, _shade(told.backward_by_day.get(begins + timedelta(days=number), 0.0)))
        for number in range((told.today - begins).days + 1)
    )


def _shade(seconds: float) -> int:
    return 0 if seconds <= 0 else 1 + sum(seconds >= 60.0 * border for border in SHADES_MIN)


def months(weeks: Sequence[date]) -> tuple[Tick, ...]:
    """Name every second month above its first week, in percent of the width."""
    return tuple(
        Tick(round(100.0 * at / len(weeks), 1), f"{day:%b}")
        for at, day in enumerate(weeks[:-1])
        if at and day.month != weeks[at - 1].month and day.month % 2
    )
