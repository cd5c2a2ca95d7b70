"""How a day is said to a runner."""

from __future__ import annotations

from datetime import date


def day_words(day: date) -> str:
    """Say a day with its weekday: what a runner plans by.

    >>> day_words(date(2026, 5, 6))
    'Wednesday 6 May'
    """
    return f"{day:%A} {day.day} {day:%B}"
