"""Loads laid out day by day, one ledger beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.load import PARTS, LoadRow, Loads, Measure, PartLoad
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


def days_of(rows: Sequence[tuple[date, LoadRow]], measure: Measure, today: date) -> Days:
    """Lay sessions out by day.

    Parameters
    ----------
    rows : sequence of (date, LoadRow)
        The runner's own day of each session, oldest first, none after today.
    measure : Measure
        In what to count.
    today : date
        The last day.

    Returns
    -------
    Days
        A day without a session is a day of rest, and its load is 0. A session whose load is not known adds nothing to
        the load and its minutes to those that lack one.
    """
    first_on = rows[0][0] if rows else today
    monday = first_on - timedelta(days=first_on.weekday())
    weeks = (today - monday).days // 7 + 1
    cells = np.zeros((len(PARTS), weeks * 7, 5))
    values = [
        (part, on.toordinal(), own.of(measure) or 0.0, own.lacks_min(measure), own.duration_s)
        for on, row in rows
        for part, own in enumerate((row.loads or _times_of(row)).parts)
        if own is not None and own.duration_s > 0
    ]
    if values:
        part, day, load_au, lacks_min, duration_s = np.asarray(values, dtype=np.float64).T
        counted = (load_au, duration_s / 60 - lacks_min, lacks_min, duration_s, np.ones_like(duration_s))
        where = (part.astype(np.intp), day.astype(np.intp) - monday.toordinal())
        np.add.at(cells, where, np.stack(counted, axis=-1))
    return Days(monday, first_on, today, measure, cells)


def _times_of(row: LoadRow) -> Loads:
    """Return the loads of a session that was understood before any were counted: only its time is known."""
    times_s = (row.forward_s, row.backward_s, row.unknown_s)
    return Loads(*(PartLoad(seconds, None, None, seconds) for seconds in times_s))
