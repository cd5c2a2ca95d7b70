"""Put the sessions of a week on free days: a simple rule that keeps the rest between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from backward_running.plans.dose import REST_DAYS_COUNT, SESSIONS_PER_WEEK_COUNT, WEEKS_WITH_REST_COUNT


@dataclass(frozen=True, slots=True)
class Placed:
    """Days for a week, and what kept it from having more."""

    dates: tuple[date, ...]
    binding: str | None  #: one sentence; None where all sessions found a day


def rest_days(week: int) -> int:
    """Return how many days must lie between the days of two sessions, the earlier of which is in that week."""
    return int(REST_DAYS_COUNT.value) if week <= WEEKS_WITH_REST_COUNT.value else 1


def place_sessions(
    starts_on: date, days: Sequence[int], count: int, *, week: int, before: Sequence[date] = ()
) -> Placed:
    """Choose days for the sessions of one week.

    Parameters
    ----------
    starts_on : date
        First of the seven days.
    days : sequence of int
        Free days of the week, 0 is Monday.
    count : int
        How many sessions are wanted.
    week : int
        Number of the week in the programme; weeks 1 to 4 need 48 hours between sessions.
    before : sequence of date
        Days of all sessions before this week, rising.

    Returns
    -------
    Placed
        As many days as the rules allow, spread as far as they go, the earliest of equals.
    """
    week_days = (starts_on + timedelta(days=number) for number in range(7))
    free = [day for day in week_days if day.weekday() in days]
    for size in range(min(count, len(free)), 0, -1):
        fitting = [chosen for chosen in combinations(free, size) if _keeps_rest(chosen, before, week)]
        if fitting:
            best = max(fitting, key=lambda chosen: (_smallest_gap_days(chosen, before), -chosen[0].toordinal()))
            return Placed(best, _what_binds(size, count, free, week))
    return Placed((), _what_binds(0, count, free, week))


def _keeps_rest(chosen: Sequence[date], before: Sequence[date], week: int) -> bool:
    """Check the gaps inside the week, to the session before it, and the count in any seven days."""
    own = rest_days(week)
    if any((late - early).days < own for early, late in pairwise(chosen)):
        return False
    if before and (chosen[0] - before[-1]).days < rest_days(week - 1):
        return False
    most = int(SESSIONS_PER_WEEK_COUNT.value)
    line = [*before[-most:], *chosen]
    return all((late - early).days >= 7 for early, late in zip(line, line[most:], strict=False))


def _smallest_gap_days(chosen: Sequence[date], before: Sequence[date]) -> int:
    """Return the smallest gap, the one to the same days of next week included, so that a pattern can repeat."""
    line = [*before[-1:], *chosen, chosen[0] + timedelta(days=7)]
    return min((late - early).days for early, late in pairwise(line))


def _what_binds(size: int, count: int, free: Sequence[date], week: int) -> str | None:
    if size >= count:
        return None
    got = f"{size} instead of {count} sessions: "
    if len(free) < count:
        return f"{got}you have {len(free)} free day{'' if len(free) == 1 else 's'} in this week."
    if rest_days(week) > 1 or rest_days(week - 1) > 1:
        return f"{got}your free days are too close together for the 48 hours between sessions."
    return f"{got}more would make over {SESSIONS_PER_WEEK_COUNT.value:.0f} in seven days."
