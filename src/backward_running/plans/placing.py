"""Put the sessions of a week on days: a simple rule makes and checks a choice, a solver improves it.

All days are offsets from the first day of the week: 0 is the day on which the week starts, -1 the day before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations, pairwise

from backward_running.plans.dose import SESSIONS_PER_WEEK_COUNT

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of one week. Equal requests have equal answers, whatever the date."""

    count: int  #: new sessions wanted
    free: tuple[int, ...]  #: days that are free
    rest_days: int = 1  #: from a session of this week to the next one
    stands: tuple[tuple[int, int], ...] = ()  #: sessions that stand: day, days from it to the next session
    fixed: tuple[int, ...] = ()  #: days the runner chose; they need not be free
    away: tuple[int, ...] = ()
    first: int = 0  #: no new session before that day
    in_seven_days_count: int = int(SESSIONS_PER_WEEK_COUNT.value)
    ceiling_count: int | None = None  #: what a clinician allows in seven days
    ceiling_on: tuple[int, ...] = ()  #: days on which that ceiling holds
    hard: tuple[int, ...] = ()  #: days on or after a hard forward run; avoided, not forbidden
    habit: tuple[int, ...] = ()  #: days of the sessions of the week before; liked


@dataclass(frozen=True, slots=True)
class Placed:
    """Days for a week, and what kept it from having more."""

    dates: tuple[date, ...]
    binding: str | None  #: one sentence; None where all sessions found a day
    solved: bool = False  #: by the solver; False: by the rule, or nothing was to be chosen


def place_sessions(starts_on: date, request: Request) -> Placed:
    """Choose days for the new sessions of one week.

    Parameters
    ----------
    starts_on : date
        First of the seven days.
    request : Request
        What is wanted and what limits it.

    Returns
    -------
    Placed
        As many days as the rules allow; of those the solver's choice (spread, away from hard days, the days of the week
        before, the earliest of equals), or the rule's where the solver found none in time. Same request, same days.

    >>> [str(day) for day in place_sessions(date(2026, 5, 4), Request(3, tuple(range(7)), rest_days=2)).dates]
    ['2026-05-04', '2026-05-06', '2026-05-08']
    """
    from backward_running.plans._binding import what_binds

    days, solved = _chosen(_essence(request))
    binding = None if len(days) >= request.count else what_binds(request, len(days), starts_on.weekday())
    return Placed(tuple(starts_on + timedelta(days=day) for day in days), binding, solved)


def _essence(request: Request) -> Request:
    """Return the request without what changes nothing, so that more weeks are equal."""
    possible = candidates(request)
    ceiled = request.ceiling_count is not None and request.ceiling_count < request.in_seven_days_count
    return Request(
        count=request.count,
        free=possible,
        rest_days=request.rest_days,
        stands=tuple((day, 1) for day, _ in request.stands if day > -WEEK_DAYS),
        fixed=request.fixed,
        in_seven_days_count=request.in_seven_days_count,
        ceiling_count=request.ceiling_count if ceiled else None,
        ceiling_on=request.ceiling_on if ceiled else (),
        hard=tuple(day for day in request.hard if day in possible),
        habit=tuple(day for day in request.habit if day in possible),
    )


@lru_cache(maxsize=8192)
def _chosen(request: Request) -> tuple[tuple[int, ...], bool]:
    """Let the solver improve on the rule, and the rule's check have the last word."""
    from backward_running.plans import _solving

    simple = by_rule(request)
    if not simple or len(candidates(request)) == len(simple):
        return simple, False
    better = _solving.solve(request)
    if better is None or len(better) != len(simple) or not keeps_rules(request, better):
        return simple, False
    return better, True


def candidates(request: Request) -> tuple[int, ...]:
    """Return the days on which a new session could be, looking at one at a time."""
    open_days = {*request.free, *request.fixed} - set(request.away)
    return tuple(
        day
        for day in range(max(0, request.first), WEEK_DAYS)
        if day in open_days and all(_rested(day, stood, rest, request) for stood, rest in request.stands)
    )


def by_rule(request: Request) -> tuple[int, ...]:
    """Place by the simple rule: as many as fit, the smallest gap as large as it goes, the earliest of equals."""
    possible = candidates(request)
    for size in range(min(request.count, len(possible)), 0, -1):
        fitting = [days for days in combinations(possible, size) if _fit_together(request, days)]
        if fitting:
            return max(fitting, key=lambda days: (_smallest_gap_days(request, days), [-day for day in days]))
    return ()


def keeps_rules(request: Request, days: Sequence[int]) -> bool:
    """Check days, rising, against every hard rule of the request."""
    return set(days) <= set(candidates(request)) and _fit_together(request, days)


def _fit_together(request: Request, days: Sequence[int]) -> bool:
    """Check days that are possible one by one against the rules that hold between them."""
    if not set(request.fixed) <= set(days):
        return False
    if any(late - early < request.rest_days for early, late in pairwise(days)):
        return False
    new = set(days)
    line = sorted([*days, *(stood for stood, _ in request.stands if stood not in new)])
    if not _few(line, days, request.in_seven_days_count):
        return False
    if request.ceiling_count is None:
        return True
    counted = set(request.ceiling_on)
    return _few([day for day in line if day in counted], [day for day in days if day in counted], request.ceiling_count)


def _rested(day: int, stood: int, rest_days: int, request: Request) -> bool:
    return day - stood >= rest_days if day > stood else stood - day >= request.rest_days


def _few(line: Sequence[int], new: Sequence[int], most: int) -> bool:
    """Whether no seven days with a new session hold more than so many."""
    if not most:
        return not new
    added = set(new)
    spans = (line[place : place + most + 1] for place in range(len(line) - most))
    return all(span[-1] - span[0] >= WEEK_DAYS or added.isdisjoint(span) for span in spans)


def _smallest_gap_days(request: Request, days: Sequence[int]) -> int:
    """Return the smallest gap, the one to the same days of next week included, so that a pattern can repeat."""
    line = [*sorted({*days, *(stood for stood, _ in request.stands)}), days[0] + WEEK_DAYS]
    return min((late - early for early, late in pairwise(line) if late in (*days, line[-1])), default=WEEK_DAYS)
