"""What the sessions of one month loaded, summed by day: ten years of loads are 120 of these, however many runs.

It is kept beside the sessions, so that pages of load need not read them. It follows from nothing but the rows of its
month and :data:`RECIPE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from backward_running.core.clock import day_at
from backward_running.core.load import PARTS, LoadRow, Loads, Measure, PartLoad
from backward_running.core.recording import FloatArray

#: Goes up when a month is summed in another way: what was summed before does not match any more.
RECIPE = "1"

SECONDS, SESSIONS = 0, 1
#: Of each measure: load, minutes with a known load, minutes without.
COLUMNS_OF = {Measure.EXERTION: (2, 3, 4), Measure.HEART_RATE: (5, 6, 7), Measure.MINUTES: (8, 9, 10)}
COLUMNS = 11


@dataclass(frozen=True, eq=False)
class LoadMonth:
    """One month of one runner, real or simulated."""

    first: date  #: of the month
    simulated: bool
    activities: int  #: that began in it, on foot or not
    sessions: int  #: of them on foot
    uncounted: int  #: of them understood before loads were counted
    first_on: date | None  #: of the first session; None where there is none
    cells: FloatArray  #: (parts, days, columns): seconds, sessions, and by measure load, known and lacking minutes


def local_day(row: LoadRow) -> date:
    """Return the day on which an activity began, where the runner was."""
    return day_at(row.started_at, row.utc_offset_s)


def first_of(day: date) -> date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """Return the last day of the month of a day.

    >>> last_of(date(2024, 2, 9))
    datetime.date(2024, 2, 29)
    """
    return (first_of(day) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_of(first: date, rows: Sequence[LoadRow], *, simulated: bool, activities: int) -> LoadMonth:
    """Sum the sessions of one month.

    Parameters
    ----------
    first : date
        Its first day.
    rows : sequence of LoadRow
        All on foot that began in it on their own clock, oldest first.
    simulated : bool
        Whose they are.
    activities : int
        How many began in it, on foot or not.
    """
    cells = np.zeros((len(PARTS), last_of(first).day, COLUMNS))
    values = [
        (part, local_day(row).day - 1, *_counted(own))
        for row in rows
        for part, own in enumerate((row.loads or _times_of(row)).parts)
        if own is not None and own.duration_s > 0
    ]
    if values:
        part, day, *counted = np.asarray(values, dtype=np.float64).T
        np.add.at(cells, (part.astype(np.intp), day.astype(np.intp)), np.stack(counted, axis=-1))
    uncounted = sum(row.loads is None for row in rows)
    first_on = min((local_day(row) for row in rows), default=None)
    return LoadMonth(first, simulated, activities, len(rows), uncounted, first_on, cells)


def months_of(rows: Iterable[LoadRow], *, simulated: bool) -> tuple[LoadMonth, ...]:
    """Sum sessions by month, oldest first; rows are those on foot."""
    own: dict[date, list[LoadRow]] = {}
    for row in rows:
        own.setdefault(first_of(local_day(row)), []).append(row)
    return tuple(
        month_of(first, some, simulated=simulated, activities=len(some)) for first, some in sorted(own.items())
    )


def _counted(own: PartLoad) -> tuple[float, ...]:
    found = [own.duration_s, 1.0]
    for measure in COLUMNS_OF:
        lacks_min = own.lacks_min(measure)
        found += [own.of(measure) or 0.0, own.duration_s / 60 - lacks_min, lacks_min]
    return tuple(found)


def _times_of(row: LoadRow) -> Loads:
    """Return the loads of a session that was understood before any were counted: only its time is known."""
    times_s = (row.forward_s, row.backward_s, row.unknown_s)
    return Loads(*(PartLoad(seconds, None, None, seconds) for seconds in times_s))
