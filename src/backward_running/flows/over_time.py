"""What came of it over time: bests beside reported marks, weeks, days, years and firsts. Nothing here is a streak.

A streak asks for the day on which one should rest. Sums hold all that was run; bests and firsts leave out the days of
which nobody is told to be proud.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backward_running.core.direction import Direction
from backward_running.core.load import LoadRow
from backward_running.core.ports import CoachingAndLoad
from backward_running.evidence import proposed_number
from backward_running.evidence.records import RECORDS, Record
from backward_running.flows import days, works
from backward_running.flows.bests import Best, bests, dated
from backward_running.flows.painful_days import painful_days

WEEKS = 53  #: that are shown day by day: a year, whole weeks of it
WEEK = timedelta(weeks=1)
#: Totals and stretches that are a first.
TOTALS_M = (1000.0, 5000.0, 10_000.0, 50_000.0, 100_000.0)
MOST_UNKNOWN = proposed_number(
    "backward_share_most_unknown",
    0.1,
    "1",
    "Where the direction of more than a tenth of the time is not known, no share of it is said.",
)
TOTALS_S = (3600.0, 36_000.0)
STRETCHES_S = (60.0, 300.0, 600.0)
HILL = proposed_number(
    "first_hill_ascent_m", 10.0, "m", "A stretch is a hill where it climbs ten metres: less is what a device errs by."
)


@dataclass(frozen=True, slots=True)
class Span:
    """What was run in a week, a month or a year, in seconds and metres."""

    starts_on: date
    forward_s: float
    backward_s: float
    unknown_s: float  #: on foot without a direction; in neither
    backward_m: float | None = None  #: None: no recording of it knows a distance
    backward_days: int = 0

    @property
    def backward_share(self) -> float | None:
        """Return what share of the time was backward; None where of much of it the direction is not known."""
        known_s = self.forward_s + self.backward_s
        is_known = self.unknown_s <= MOST_UNKNOWN.value * (known_s + self.unknown_s)
        return self.backward_s / known_s if known_s > 0 and is_known else None


@dataclass(frozen=True, slots=True)
class Year:
    """One year, and the same year up to today's day of it, so that years can be held against each other."""

    whole: Span
    so_far: Span


@dataclass(frozen=True, slots=True)
class First:
    """Something that happened for the first time."""

    key: str  #: "total", "time", "day", "stretch" or "hill"
    amount: float  #: metres or seconds; of a day 0
    on: date
    activity_id: str | None = None  #: None: of several runs, or of the runner's word


@dataclass(frozen=True, slots=True)
class OverTime:
    """All of it, oldest first."""

    today: date
    is_simulated: bool
    bests: tuple[Best, ...]
    records: tuple[Record, ...]
    weeks: tuple[Span, ...]  #: the last is the running one
    backward_by_day: Mapping[date, float]  #: seconds, of the weeks that are shown
    years: tuple[Year, ...]
    firsts: tuple[First, ...]
    painful_days: int  #: with running on them; in every sum, and in no best and no first


def over_time(store: CoachingAndLoad, *, now: datetime) -> OverTime:
    """Gather what came of it, from rows; no recording is opened.

    Parameters
    ----------
    store : CoachingAndLoad
        With runs, words, check-ins and the plan.
    now : datetime
        The moment, aware.

    Returns
    -------
    OverTime
        Up to today; what is dated later is not in it.
    """
    today = days.today(store, now)
    simulated = store.athlete().simulated
    rows = [row for row in store.load_rows() if days.local_day(row) <= today]
    spent = {
        way: {day: seconds for day, seconds in of_way.items() if day <= today}
        for way, of_way in works.seconds_by_day(store).items()
    }
    painful = painful_days(store, today)
    stretches = [dated(run) for run in store.longest_stretches(Direction.BACKWARD, simulated=simulated)]
    last = days.week_start(store, today)
    mondays = [last - number * WEEK for number in reversed(range(WEEKS))]
    ran = {day for of_way in spent.values() for day, seconds in of_way.items() if seconds > 0}
    return OverTime(
        today,
        simulated,
        bests(store, simulated=simulated, today=today),
        RECORDS,
        tuple(_span(spent, rows, monday, monday + WEEK) for monday in mondays),
        {
            day: seconds
            for day, seconds in sorted(spent[Direction.BACKWARD].items())
            if day >= mondays[0] and seconds > 0
        },
        tuple(_years(spent, rows, today)),
        tuple(_firsts(stretches, spent[Direction.BACKWARD], rows, painful, today)),
        len(painful & ran),
    )


def _span(spent: Mapping[Direction, Mapping[date, float]], rows: Iterable[LoadRow], since: date, until: date) -> Span:
    """Sum from a day on, until before another."""

    def within(day: date) -> bool:
        return since <= day < until

    forward_s, backward_s, unknown_s = (
        sum(seconds for day, seconds in spent[way].items() if within(day))
        for way in (Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN)
    )
    metres = [row.backward_m for row in rows if row.backward_m and within(days.local_day(row))]
    went = sum(within(day) and seconds >= works.LEAST.value for day, seconds in spent[Direction.BACKWARD].items())
    return Span(since, forward_s, backward_s, unknown_s, sum(metres) if metres else None, went)


def _years(spent: Mapping[Direction, Mapping[date, float]], rows: Sequence[LoadRow], today: date) -> Iterator[Year]:
    ran = [day for of_way in spent.values() for day, seconds in of_way.items() if seconds > 0]
    for year in sorted({day.year for day in ran} | ({today.year} if ran else set())):
        begins, ends = date(year, 1, 1), date(year + 1, 1, 1)
        # The 29th of February is the day before the 1st of March in other years, too.
        same_day = min(begins + (today - date(today.year, 1, 1)) + timedelta(days=1), ends)
        yield Year(_span(spent, rows, begins, ends), _span(spent, rows, begins, same_day))


def _firsts(
    stretches: Iterable[Best],
    seconds_by_day: Mapping[date, float],
    rows: Sequence[LoadRow],
    painful: frozenset[date],
    today: date,
) -> Iterator[First]:
    backward = sorted((day, s) for day, s in seconds_by_day.items() if day not in painful and s > 0)
    went = [day for day, seconds in backward if seconds >= works.LEAST.value]
    if not went:
        return
    found = [First("day", 0.0, went[0])]
    metres = sorted((days.local_day(row), row.backward_m) for row in rows if row.backward_m)
    found += _reached("total", TOTALS_M, [each for each in metres if each[0] not in painful])
    found += _reached("time", TOTALS_S, backward)
    usable = [each for each in stretches if each.on not in painful and each.on <= today]
    for seconds in STRETCHES_S:
        if first := next((each for each in usable if each.effort.duration_s >= seconds), None):
            found.append(First("stretch", seconds, first.on, first.activity_id))
    if first := next((each for each in usable if (each.effort.ascent_m or 0.0) >= HILL.value), None):
        found.append(First("hill", first.effort.ascent_m or 0.0, first.on, first.activity_id))
    yield from sorted(found, key=lambda each: each.on)


def _reached(key: str, totals: Sequence[float], each: Iterable[tuple[date, float]]) -> Iterator[First]:
    """Yield on which days a sum reached totals."""
    so_far, left = 0.0, list(totals)
    for day, amount in each:
        so_far += amount
        while left and so_far >= left[0]:
            yield First(key, left.pop(0), day)
