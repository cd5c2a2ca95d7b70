"""The ledger of one direction over the days: fitness, fatigue, form, weeks. Two ledgers never meet in here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from backward_running.core.arrays import BoolArray
from backward_running.core.errors import BadValue
from backward_running.core.recording import FloatArray
from backward_running.effort.load_daily import decay_ratio, monotony_of_weeks, smoothing_ratio, weighted_mean_au
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import banister

FITNESS: Final = Number("fitness_days", 42.0, "d", banister.MEMORY)
FATIGUE: Final = Number("fatigue_days", 7.0, "d", banister.MEMORY)
_RATIO = own_proposal(
    "this_project.acute_chronic_ratio",
    "The acute:chronic ratio, where it is switched on, is what 7 days remember over what 28 do: the common time "
    "constants, from memory; it is criticised as an artefact and off by default.",
)
ACUTE: Final = Number("acute_load_days", 7.0, "d", _RATIO)
CHRONIC: Final = Number("chronic_load_days", 28.0, "d", _RATIO)
_LACKS = own_proposal(
    "this_project.load_lacks",
    "Where sessions without a known load make up more than 1 % of the minutes that fitness or fatigue remembers, the "
    'number is a least one ("at least") and form is not known: below that it would not change what is printed.',
)
LACKS: Final = Number("load_lacks_share", 0.01, "1", _LACKS)
_SETTLES = own_proposal(
    "this_project.fitness_settles",
    "Fitness begins at 0 with the first recording; 168 days later (four times 42) 2 % of that beginning is left, and "
    "until then the number is called too low.",
)
SETTLES: Final = Number("fitness_settles_days", 168.0, "d", _SETTLES)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One ledger day by day; each of shape (days,)."""

    load_au: FloatArray  #: known load of the day; 0 on a day of rest
    lacks: BoolArray  #: a session of that day has no known load: its 0 is not a 0
    fitness_au: FloatArray
    fatigue_au: FloatArray
    fitness_at_least: BoolArray
    fatigue_at_least: BoolArray
    acute_chronic_ratio: FloatArray  #: NaN where it is not known

    @property
    def form_au(self) -> FloatArray:
        """Fitness less fatigue; NaN where one of them is only a least value: then the difference may be either way."""
        form = self.fitness_au - self.fatigue_au
        return np.where(self.fitness_at_least | self.fatigue_at_least, np.nan, form)


def course_of(load_au: FloatArray, known_min: FloatArray, lacking_min: FloatArray) -> Course:
    """Follow one ledger from its first day to its last.

    Parameters
    ----------
    load_au : ndarray, shape (days,)
        Load of each day, known sessions only; a day of rest is 0.
    known_min : ndarray, shape (days,)
        Minutes whose load is known.
    lacking_min : ndarray, shape (days,)
        Minutes whose load is not known.

    Returns
    -------
    Course
        Fitness and fatigue start from 0 before the first day.

    Raises
    ------
    BadValue
        A load or a time is negative or not a number: what is not known goes into `lacking_min`.

    Examples
    --------
    >>> course = course_of(np.array([100.0, 0.0]), np.array([20.0, 0.0]), np.zeros(2))
    >>> course.fatigue_au.round(2).tolist(), bool(course.fatigue_at_least[-1])
    ([13.31, 11.54], False)
    """
    stacked = np.column_stack([load_au, known_min, lacking_min])
    if not (stacked >= 0).all():
        raise BadValue("load_au", "be 0 or more, every day", float(stacked.min()))
    fitness, fatigue = (weighted_mean_au(stacked, decay_ratio(days.value), start_au=0.0) for days in (FITNESS, FATIGUE))
    acute, chronic = (weighted_mean_au(stacked, smoothing_ratio(days.value), start_au=0.0) for days in (ACUTE, CHRONIC))
    lacks_late = _at_least(chronic) | _at_least(acute)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = acute[:, 0] / chronic[:, 0]
    return Course(
        load_au=stacked[:, 0],
        lacks=lacking_min > 0,
        fitness_au=fitness[:, 0],
        fatigue_au=fatigue[:, 0],
        fitness_at_least=_at_least(fitness),
        fatigue_at_least=_at_least(fatigue),
        acute_chronic_ratio=np.where(lacks_late | (chronic[:, 0] <= 0), np.nan, ratio),
    )


def _at_least(remembered: FloatArray) -> BoolArray:
    """Say on which days too much of what is remembered has no known load."""
    known_min, lacking_min = remembered[:, 1], remembered[:, 2]
    return np.asarray(lacking_min > LACKS.value * (known_min + lacking_min), dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """One ledger week by week; each of shape (weeks,)."""

    load_au: FloatArray
    at_least: BoolArray  #: a session of that week has no known load
    monotony_ratio: FloatArray  #: NaN where it is not known, or every day is the same
    strain_au: FloatArray


def weeks_of(load_au: FloatArray, lacks: BoolArray, *, whole: BoolArray) -> Weeks:
    """Sum a ledger by weeks.

    Parameters
    ----------
    load_au : ndarray, shape (weeks · 7,)
        Load of each day, whole weeks.
    lacks : ndarray of bool, shape (weeks · 7,)
        Days on which a load is not known.
    whole : ndarray of bool, shape (weeks,)
        Weeks that are over, and that began after the first recording: only those have a monotony.

    Returns
    -------
    Weeks
        Monotony and strain where each of seven days is known and not all are the same.

    Examples
    --------
    >>> load = np.array([100.0, 0, 100, 0, 100, 0, 0])
    >>> weeks_of(load, load < 0, whole=np.array([True])).strain_au.round().tolist()
    [260.0]
    """
    days = load_au.reshape(-1, 7)
    unsure = np.asarray(lacks.reshape(-1, 7).any(axis=1), dtype=bool)
    monotony = np.where(whole & ~unsure, monotony_of_weeks(days), np.nan)
    sums = days.sum(axis=1)
    return Weeks(sums, unsure, monotony, sums * monotony)
