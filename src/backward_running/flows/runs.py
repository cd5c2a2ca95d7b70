"""The list of activities, its sums, and the calendar."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from backward_running.core.adaptation import SaidDone
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.plan import Workout
from backward_running.core.ports import Activities, ActivityQuery, ActivityRow, Coaching, PeriodLedger, PlannedAndDone
from backward_running.flows import by_word, match
from backward_running.flows.days import ALL, local_day, local_start, week_start
from backward_running.flows.in_force import current_plan
from backward_running.flows.views import CalendarDay

__all__ = [
    "ALL", "PeriodLedger", "by_hand", "calendar_month", "list_runs", "local_day", "local_start", "month_of",
    "period_ledger",
]  # fmt: skip

A_DAY = timedelta(days=1)
#: Years of which a calendar is drawn.
FIRST_YEAR, LAST_YEAR = 1900, 2200


def list_runs(store: Activities, query: ActivityQuery) -> tuple[list[ActivityRow], int]:
    """Return one page of activities, newest first, and how many there are in all."""
    return store.activities(query), store.count_activities(query)


def by_hand(store: PlannedAndDone, query: ActivityQuery, rows: Sequence[ActivityRow], count: int) -> list[SaidDone]:
    """Return the runs without a recording that belong among the activities of one page, newest first.

    Parameters
    ----------
    store : PlannedAndDone
        The memory.
    query : ActivityQuery
        What the page asks for. There is none where more than days is asked for, but for a direction that it has.
    rows : sequence of ActivityRow
        The activities of the page, newest first.
    count : int
        How many activities there are on all pages. A run lies on the page whose last activity is of its day or an
        earlier one: on one page, and on one only.
    """
    if not _asks_only_for_days(replace(query, direction=None)) or (count and not rows):
        return []
    since, until = query.since, query.until
    if query.offset + len(rows) < count:
        since = local_day(rows[-1]) + A_DAY
    if query.offset:
        (before,) = store.activities(replace(query, limit=1, offset=query.offset - 1))
        until = local_day(before)
    return _going(store, query, since, until)


def _going(store: PlannedAndDone, query: ActivityQuery, since: date | None, until: date | None) -> list[SaidDone]:
    """Return what was said to be done on some days, has no recording, and goes the way that a query asks for."""
    found = by_word.alone(store, since=since, until=until)
    way = query.direction
    times = [{Direction.FORWARD: row.forward_s, Direction.BACKWARD: row.backward_s} for row in found]
    return [row for row, of_it in zip(found, times, strict=True) if way is None or of_it.get(way, 0.0) > 0]


def _asks_only_for_days(query: ActivityQuery) -> bool:
    """Whether a run by hand can be found by it: it has no title, sport or file."""
    return replace(query, since=None, until=None, limit=ALL, offset=0) in (
        ActivityQuery(limit=ALL),
        ActivityQuery(limit=ALL, simulated=False),
    )


def period_ledger(store: PlannedAndDone, query: ActivityQuery) -> PeriodLedger:
    """Sum all that was done on foot and that a query finds; what stands on the runner's word is named beside it.

    A run by hand is in it where nothing but days and a direction is asked for: it has no title, sport or file to find
    it by.
    """
    found = store.sums(query)
    if not _asks_only_for_days(replace(query, direction=None)):
        return found
    if query.direction is None:
        words = by_word.words(store, since=query.since, until=query.until)
    else:
        words = by_word.of_runs(_going(store, query, query.since, query.until))
    return replace(
        found,
        forward_s=found.forward_s + words.forward_s,
        backward_s=found.backward_s + words.backward_s,
        unknown_s=found.unknown_s - words.of_unknown_s,
        said_forward_s=found.said_forward_s + words.forward_s,
        said_backward_s=found.said_backward_s + words.backward_s,
        by_hand=words.runs,
    )


def month_of(text: str) -> date:
    """Read a month and return its first day. Raises BadValue.

    >>> month_of("2026-11")
    datetime.date(2026, 11, 1)
    """
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError as problem:
        raise BadValue("month", "look like 2026-11", text) from problem
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise BadValue("month", f"be of a year from {FIRST_YEAR} to {LAST_YEAR}", text)
    return first


def calendar_month(store: Coaching, year: int, month: int, *, today: date) -> list[CalendarDay]:
    """Return the whole weeks that cover a month: what was done, and what of the plan may be shown."""
    first_weekday = week_start(store, date(year, month, 1)).weekday()
    days = list(calendar.Calendar(first_weekday).itermonthdates(year, month))
    query = ActivityQuery(since=days[0], until=days[-1], limit=ALL)
    done: dict[date, list[ActivityRow]] = {}
    for row in store.activities(query):
        done.setdefault(local_day(row), []).append(row)
    planned: dict[date, list[Workout]] = {}
    plan = current_plan(store, today=today)
    for workout in plan.workouts() if plan else ():
        planned.setdefault(workout.on, []).append(workout)
    found = {session.workout_id: session for session in match.matched(store, since=days[0], until=days[-1])}
    by_hand: dict[date, list[SaidDone]] = {}
    for word in by_word.beside_the_plan(store, since=days[0], until=days[-1]):
        by_hand.setdefault(word.on, []).append(word)

    def day_of(day: date) -> CalendarDay:
        own = tuple(planned.get(day, []))
        matched = tuple(found[row.workout_id] for row in own if row.workout_id in found)
        return CalendarDay(day, own, tuple(reversed(done.get(day, []))), matched, tuple(by_hand.get(day, [])))

    return [day_of(day) for day in days]
