"""From what somebody wrote down to readings that can be compared, and what was left out on the way."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.constants import KILOGRAMS_PER_POUND
from backward_running.outcomes.choices import IN_POUNDS_WITHIN, WEEKLY_FROM, WEEKLY_WITHIN

#: A week, and how many of them are one reading where they are far away.
WEEK_DAYS, MONTH_WEEKS = 7.0, 4.0


class Why(enum.Enum):
    """Why a reading is left out."""

    POUNDS = "pounds"
    RUN_IN = "run-in"
    IMPLAUSIBLE = "implausible"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Readings that are left out, and why."""

    why: Why
    days: tuple[int, ...]  #: ordinals of days, rising


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings in order of their days: one a day, or medians of weeks and months."""

    days: FloatArray  #: (n,) rising
    values: FloatArray  #: (n,)
    spread: FloatArray  #: (n,) variance of the noise of each, over that of a single reading
    weekly: bool = False


def daily(days: Sequence[int], values: Sequence[float]) -> tuple[FloatArray, FloatArray]:
    """Return the median of each day that has a reading; what is not a number is no reading.

    >>> daily([2, 1, 1], [5.0, 1.0, 3.0])
    (array([1., 2.]), array([2., 5.]))
    """
    on, read = np.asarray(days, dtype=float), np.asarray(values, dtype=float)
    is_read = np.isfinite(read)
    on, read = on[is_read], read[is_read]
    return np.unique(on), _medians(read, on)[0]


def _medians(values: FloatArray, spans: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the median of the values of each span, in order of the spans, and how many there are."""
    order = np.lexsort((values, spans))
    sorted_values, starts = values[order], np.flatnonzero(np.diff(spans[order], prepend=-np.inf))
    counts = np.diff(starts, append=len(values))
    return 0.5 * (sorted_values[starts + (counts - 1) // 2] + sorted_values[starts + counts // 2]), counts


def in_pounds(values: FloatArray) -> BoolArray:
    """Tell which readings of a mass in kilograms were written in pounds: those at 2.2 times the usual one.

    The usual one is the median of the lower kind: a body does not lose half of itself.

    >>> in_pounds(np.array([70.0, 70.4, 154.5, 70.2])).tolist()
    [False, False, True, False]
    """
    if not len(values):
        return np.zeros(0, dtype=bool)
    usual = np.median(values[values <= 1.5 * np.quantile(values, 0.1)])
    return np.abs(values * KILOGRAMS_PER_POUND / usual - 1.0) < IN_POUNDS_WITHIN.value


def thinned(days: FloatArray, values: FloatArray, first: float | None) -> Readings:
    """Return readings as they are, or medians of weeks and months where there are many; none mixes before and after.

    Parameters
    ----------
    days, values : array (n,)
        One reading a day, in order.
    first : float or None
        The day of the first backward session: weeks are counted from it; None takes the first reading.

    Returns
    -------
    Readings
        Past :data:`~backward_running.outcomes.choices.WEEKLY_FROM` one a week within
        :data:`~backward_running.outcomes.choices.WEEKLY_WITHIN` days of the first session, and one in four weeks
        further away: what is far from it says how somebody wanders, and no more of that by the week.
    """
    if len(days) <= WEEKLY_FROM.value:
        return Readings(days, values, np.ones(len(days)))
    week = np.floor((days - (days[0] if first is None else first)) / WEEK_DAYS)
    near = int(WEEKLY_WITHIN.value / WEEK_DAYS)
    is_far = (week < -near) | (week >= near)
    span = np.where(is_far, MONTH_WEEKS * np.floor(week / MONTH_WEEKS), week)
    read, counts = _medians(values, span)
    return Readings(_medians(days, span)[0], read, 1.0 / counts, weekly=True)
