"""From what somebody wrote down to readings that can be compared, and what was left out on the way."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.constants import KILOGRAMS_PER_POUND
from backward_running.outcomes.choices import IN_POUNDS_WITHIN, WEEKLY_FROM


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
    """Readings in order of their days, one a day or one a week."""

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
    on, read = on[np.isfinite(read)], read[np.isfinite(read)]
    order = np.argsort(on, kind="stable")
    each, starts = np.unique(on[order], return_index=True)
    return each, np.array(
        [day[0] if len(day) == 1 else np.median(day) for day in np.split(read[order], starts[1:])] if len(each) else []
    )


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
    """Return readings as they are, or as weekly medians where there are many; no week mixes before and after.

    Parameters
    ----------
    days, values : array (n,)
        One reading a day, in order.
    first : float or None
        The day of the first backward session: weeks are counted from it.

    Returns
    -------
    Readings
        At most one a week past :data:`~backward_running.outcomes.choices.WEEKLY_FROM`.
    """
    if len(days) <= WEEKLY_FROM.value:
        return Readings(days, values, np.ones(len(days)))
    week = np.floor((days - (days[0] if first is None else first)) / 7.0)
    each, counts = np.unique(week, return_counts=True)
    middle = [(np.median(days[week == number]), np.median(values[week == number])) for number in each]
    on, read = np.array(middle).T
    return Readings(on, read, 1.0 / counts, weekly=True)
