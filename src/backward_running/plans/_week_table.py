"""All ways to put a week's sessions on its days, and what each costs: 64 sets at most of seven days.

All days are offsets from the first day of the week: 0 is the day on which the week starts, -1 the day before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.plans.dose import SESSIONS_PER_WEEK_COUNT

WEEK_DAYS = 7

WEIGHTS = own_proposal(
    "placing.weights",
    "Of the ways to place a week's sessions the one with the most sessions is taken, then the evenest; a hard "
    "forward day or the day after it is avoided, the days of the week before are liked. The weights are a choice.",
)
HARD_DAY_WEIGHT = Number("placing_hard_day_weight", 900.0, "1", WEIGHTS)
GAP_WEIGHT = Number("placing_squared_gap_weight", 150.0, "day⁻²", WEIGHTS)
NEXT_DAY_WEIGHT = Number("placing_next_day_weight", 2_000.0, "1", WEIGHTS)
HABIT_WEIGHT = Number("placing_same_weekday_weight", 400.0, "1", WEIGHTS)
#: A plan begins as if a session had been so many days before its first week: early, but not in a hurry.
_BEFORE_THE_FIRST = -3


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


@lru_cache(maxsize=8192)
def best_days(request: Request) -> tuple[int, ...]:
    """Return days for the new sessions of a week, rising: as many as the rules allow, of those sets the cheapest.

    Of equally cheap sets the one with the earliest days is taken, so that the same week has one answer everywhere.

    >>> best_days(Request(3, tuple(range(7)), rest_days=2))
    (0, 2, 4)
    """
    possible = candidates(request)
    for count in range(min(request.count, len(possible)), 0, -1):
        # Combinations come in the order of their days, and `min` keeps the first of equals.
        allowed = [days for days in combinations(possible, count) if _fit_together(request, days)]
        if allowed:
            return min(allowed, key=lambda days: cost(request, days))
    return ()


def most_count(request: Request) -> int:
    """Return how many new sessions the rules allow."""
    return len(best_days(request))


def candidates(request: Request) -> tuple[int, ...]:
    """Return the days on which a new session could be, looking at one at a time."""
    open_days = {*request.free, *request.fixed} - set(request.away)
    return tuple(
        day
        for day in range(max(0, request.first), WEEK_DAYS)
        if day in open_days and all(_rested(day, stood, rest, request) for stood, rest in request.stands)
    )


def keeps_rules(request: Request, days: Sequence[int]) -> bool:
    """Check days, rising, against every hard rule of the request."""
    return set(days) <= set(candidates(request)) and _fit_together(request, days)


def cost(request: Request, days: Sequence[int]) -> float:
    """Return what a set of days costs: uneven gaps, sessions on days that touch, hard days; the usual days pay back."""
    total = sum(
        HARD_DAY_WEIGHT.value * (day in request.hard) - HABIT_WEIGHT.value * (day in request.habit) for day in days
    )
    return total + sum(_gaps_cost(request, days))


def _gaps_cost(request: Request, days: Sequence[int]) -> Iterator[float]:
    """Yield what each gap costs, from the last session before the week to the week's end."""
    before = max((day for day, _ in request.stands if day < 0), default=_BEFORE_THE_FIRST)
    standing = {day for day, _ in request.stands if 0 <= day < WEEK_DAYS}
    stops = [max(before, -WEEK_DAYS), *sorted({*days, *standing}), WEEK_DAYS]
    for early, late in pairwise(stops):
        touches = late - early == 1 and late != WEEK_DAYS
        yield GAP_WEIGHT.value * (late - early) ** 2 + NEXT_DAY_WEIGHT.value * touches


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
