"""Put the sessions of a week on days, and say what kept it from having more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backward_running.plans._binding import what_binds
from backward_running.plans._week_table import WEEK_DAYS, Request, best_days, candidates


@dataclass(frozen=True, slots=True)
class Placed:
    """Days for a week, and what kept it from having more."""

    dates: tuple[date, ...]
    binding: str | None  #: one sentence; None where all sessions found a day


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
        As many days as the rules allow; of those sets the cheapest (spread, away from hard days, the days of the week
        before, the earliest of equals). Same request, same days.

    >>> [str(day) for day in place_sessions(date(2026, 5, 4), Request(3, tuple(range(7)), rest_days=2)).dates]
    ['2026-05-04', '2026-05-06', '2026-05-08']
    """
    days = best_days(_essence(request))
    binding = None if len(days) >= request.count else what_binds(request, len(days), starts_on.weekday())
    return Placed(tuple(starts_on + timedelta(days=day) for day in days), binding)


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
