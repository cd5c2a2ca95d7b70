"""Say which constraint keeps a week from having all its sessions: let go of one at a time and see what changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from backward_running.core.counting import counted, noun_of
from backward_running.evidence.proposals import own_proposal
from backward_running.plans._week_table import WEEK_DAYS, Request, best_days, most_count

MOVED = own_proposal(
    "placing.moved",
    "A session goes to the day its runner chose wherever the dose rules allow it; the others arrange themselves.",
)

_EVERY_DAY = tuple(range(WEEK_DAYS))
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def what_binds(request: Request, size: int, weekday: int) -> str:
    """Return one sentence: what keeps the week from more sessions, and what would help.

    Parameters
    ----------
    request : Request
        What was asked.
    size : int
        How many of its sessions found a day.
    weekday : int
        Day of the week on which offset 0 falls, 0 is Monday.

    >>> what_binds(Request(3, (0, 2), rest_days=2), 2, 0)
    '2 instead of 3 sessions: you have 2 free days in this week. One more free day between Friday and Sunday would do.'
    """
    binding, helpful = _relaxed(request, size)
    got = f"{size} instead of {request.count} {noun_of(request.count, 'session')}: "
    return got + (_words(request, binding[0], helpful, weekday) if binding else "several limits meet in this week.")


def why_not(request: Request, day: int) -> str | None:
    """Return what keeps a session from the day its runner chose, in one sentence; None where nothing does.

    Parameters
    ----------
    request : Request
        The week, with the days that were chosen before.
    day : int
        The day that is wanted now, counted from the first of the week.

    >>> why_not(Request(2, (0, 3), rest_days=2, stands=((0, 2),)), 1)
    'it needs 48 hours from the session before it and to the one after.'
    """
    if not 0 <= day < WEEK_DAYS:
        return "a session stays in its week."
    if day in request.fixed or day in {stood for stood, _ in request.stands}:
        return "there is a session on that day."
    asked = replace(request, count=len(request.fixed) + 1, fixed=tuple(sorted({*request.fixed, day})))
    if best_days(asked):
        return None
    for key, loose in _one_at_a_time(asked).items():
        if key not in ("moved", "free_days") and best_days(loose):
            return {
                "away": "you are away or ill on that day.",
                "not_before": "that day is past, or for rest.",
                "ceiling": f"at most {request.ceiling_count} in seven days are allowed to you.",
                "rest_hours": "it needs 48 hours from the session before it and to the one after.",
                "seven_days": f"it would make more than {request.in_seven_days_count} in seven days.",
            }[key]
    return "several limits meet on that day."


@lru_cache(maxsize=4096)
def _relaxed(request: Request, size: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return what, let go of by itself, makes room, and the single further free days that do."""
    sizes = {key: most_count(loose) for key, loose in _one_at_a_time(request).items()}
    binding = [key for key, more in sizes.items() if more > size]
    # What makes room for all comes before what makes room for some.
    binding.sort(key=lambda key: sizes[key] < request.count)
    best = min(request.count, sizes["free_days"])
    helpful = tuple(
        day
        for day in _EVERY_DAY
        if best > size and day not in request.free and most_count(replace(request, free=(*request.free, day))) == best
    )
    return tuple(binding), helpful


def _one_at_a_time(request: Request) -> Mapping[str, Request]:
    """Let go of one constraint at a time; hard forward days only cost, so they never bind."""
    return {
        "away": replace(request, away=()),
        "not_before": replace(request, first=0),
        "ceiling": replace(request, ceiling_count=None),
        "moved": replace(request, fixed=(), free=tuple(sorted({*request.free, *request.fixed}))),
        "free_days": replace(request, free=_EVERY_DAY),
        "rest_hours": replace(request, rest_days=1, stands=tuple((day, 1) for day, _ in request.stands)),
        "seven_days": replace(request, in_seven_days_count=WEEK_DAYS),
    }


def _words(request: Request, key: str, helpful: tuple[int, ...], weekday: int) -> str:
    if key == "free_days":
        count = len(set(request.free) & set(_EVERY_DAY))
        said = f"you have {counted(count, 'free day')} in this week."
        if count >= request.count:
            said = "your free days are too close together for the 48 hours between sessions."
            if request.rest_days == 1:
                said = "your free days are too close to the sessions that stand."
        return said + _help_words(helpful, weekday)
    return {
        "away": "on the other days you are away or ill.",
        "not_before": "the days before that are for rest, or past.",
        "ceiling": f"at most {request.ceiling_count} in seven days are allowed to you.",
        "moved": "the day you chose for another one keeps them out.",
        "rest_hours": "the 48 hours between sessions leave no room for more.",
        "seven_days": f"more would make over {request.in_seven_days_count} in seven days.",
    }[key]


def _help_words(helpful: tuple[int, ...], weekday: int) -> str:
    if not helpful:
        return " More free days, apart from each other, would do."
    names = [_DAYS[(weekday + day) % WEEK_DAYS] for day in helpful]
    if len(names) == 1:
        return f" {names[0]} as one more free day would do."
    if len(names) > 2 and helpful[-1] - helpful[0] == len(helpful) - 1:
        return f" One more free day between {names[0]} and {names[-1]} would do."
    return f" One more free day would do: {', '.join(names[:-1])} or {names[-1]}."
