"""Loads laid out day by day, one ledger beside the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from backward_running.core import load_month
from backward_running.core.direction import Direction
from backward_running.core.load import PARTS, LoadRow, Measure
from backward_running.core.load_month import COLUMNS_OF, LoadMonth
from backward_running.core.recording import FloatArray
from backward_running.effort.load_ledger import FITNESS, Course, Weeks, course_of, weeks_of

LOAD, KNOWN, LACKING, SECONDS, SESSIONS = range(5)


@dataclass(frozen=True, eq=False)
class Days:
    """Whole weeks of days, from the Monday before the first session to the Sunday after today."""

    monday: date  #: of the first week
    first_on: date  #: of the first session; today where there is none
    today: date
    measure: Measure
    cells: FloatArray  #: (parts, days, 5): load, minutes with a known load, minutes without, seconds, sessions

    @property
    def count(self) -> int:
        """How many days have begun."""
        return (self.today - self.monday).days + 1

    @property
    def mondays(self) -> list[date]:
        """Return the first day of each week."""
        return [self.monday + timedelta(weeks=week) for week in range(self.cells.shape[1] // 7)]

    def part(self, direction: Direction | None, column: int) -> FloatArray:
        """Return one column of one direction, shape (days,)."""
        return self.cells[PARTS.index(direction), :, column]

    @cached_property
    def courses(self) -> dict[Direction, Course]:
        """Follow the forward and the backward ledger, each by itself, up to today."""
        return {direction: self._course(direction) for direction in (Direction.FORWARD, Direction.BACKWARD)}

    def _course(self, direction: Direction) -> Course:
        own = self.cells[PARTS.index(direction), : self.count]
        return course_of(own[:, LOAD], own[:, KNOWN], own[:, LACKING])

    def weeks(self, direction: Direction) -> Weeks:
        """Sum one direction by weeks."""
        mondays = np.array(self.mondays, dtype="datetime64[D]")
        over = mondays + np.timedelta64(7, "D") <= np.datetime64(self.today)
        whole = over & (mondays >= np.datetime64(self.first_on))
        return weeks_of(self.part(direction, LOAD), self.part(direction, LACKING) > 0, whole=whole)

    def recent(self, direction: Direction | None, column: int) -> float:
        """Sum a column over the days that fitness is named after, today included."""
        return float(self.part(direction, column)[max(self.count - int(FITNESS.value), 0) : self.count].sum())

    def this_week(self, direction: Direction, column: int) -> float:
        """Sum a column over this week."""
        return float(self.part(direction, column)[-7:].sum())

    def shown(self, most: int | None) -> list[date]:
        """Return the newest days, today last."""
        first = 0 if most is None else max(self.count - most, 0)
        return [self.monday + timedelta(days=day) for day in range(first, self.count)]


def laid_out(months: Iterable[LoadMonth], measure: Measure, today: date) -> Days:
    """Lay months out by day.

    Parameters
    ----------
    months : iterable of LoadMonth
        Of one runner; of each month one.
    measure : Measure
        In what to count.
    today : date
        The last day: what lies after it is left out.

    Returns
    -------
    Days
        A day without a session is a day of rest, and its load is 0. A session whose load is not known adds nothing to
        the load and its minutes to those that lack one.
    """
    own = [month for month in months if month.first_on is not None and month.first_on <= today]
    first_on = min((month.first_on for month in own if month.first_on), default=today)
    monday = first_on - timedelta(days=first_on.weekday())
    weeks = (today - monday).days // 7 + 1
    cells = np.zeros((len(PARTS), weeks * 7, 5))
    columns = (*COLUMNS_OF[measure], load_month.SECONDS, load_month.SESSIONS)
    for month in own:
        begins = (month.first - monday).days  # less than 0 where the first week began in the month before
        first, last = max(-begins, 0), min(month.cells.shape[1], (today - month.first).days + 1)
        cells[:, begins + first : begins + last] = month.cells[:, first:last, columns]
    return Days(monday, first_on, today, measure, cells)


def days_of(rows: Iterable[LoadRow], measure: Measure, today: date) -> Days:
    """Lay sessions out by day; see :func:`laid_out`."""
    return laid_out(load_month.months_of(rows, simulated=False), measure, today)
