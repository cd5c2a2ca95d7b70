"""Count things in words: the one place that knows one from many."""

from __future__ import annotations


def noun_of(count: float, single: str, many: str | None = None) -> str:
    """Return the noun of a count, as the count is printed.

    >>> noun_of(1, "time"), noun_of(2, "time"), noun_of(1.5, "week"), noun_of(2, "activity", "activities")
    ('time', 'times', 'weeks', 'activities')
    """
    return single if count == 1 else many or f"{single}s"


def counted(count: int, single: str, many: str | None = None) -> str:
    """Count things.

    >>> counted(1, "run"), counted(1200, "run")
    ('1 run', '1,200 runs')
    """
    return f"{count:,} {noun_of(count, single, many)}"


def times(count: int) -> str:
    """Say how often.

    >>> times(1), times(2)
    ('once', '2 times')
    """
    return "once" if count == 1 else counted(count, "time")
