"""The curve behind the readings, and the one that would have been without backward minutes, each with a band."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.outcomes._cleaning import Readings
from backward_running.outcomes._design import PEAK, SLOPE, YEAR_DAYS, peak, ramps
from backward_running.outcomes._fitting import Fit
from backward_running.outcomes._student import NORMAL_95
from backward_running.outcomes._wander import covariance
from backward_running.outcomes.base import Minutes


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve with a band that holds it with 95 %."""

    days: FloatArray
    middle: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class Trend:
    """Two curves on the same days."""

    with_minutes: Curve
    without: Curve  #: from the first backward session on


def trend(readings: Readings, found: Fit, backward: Minutes) -> Trend:
    """Return both curves at the days of the readings, at the heaviest part of the mixture.

    Parameters
    ----------
    readings : Readings
        As they were fitted.
    found : Fit
        Of them.
    backward : Minutes
        The backward minutes.

    Returns
    -------
    Trend
        The band knows what is not known of wandering and columns, but not which kind of wandering it is.
    """
    days = readings.days
    explaining = found.explaining
    shared = covariance(days, found.kind)
    inverse = np.linalg.inv(shared + np.diag(found.spread))
    error = np.linalg.inv(explaining.T @ inverse @ explaining + found.expecting)
    explained = error @ explaining.T @ inverse @ readings.values
    carried = shared @ inverse
    wander = carried @ (readings.values - explaining @ explained)
    unknown = np.diag(shared - carried @ shared)
    curves = []
    since = days >= backward.days[0]
    for wanted, shown in ((explaining, np.ones(len(days), dtype=bool)), (_without(explaining), since)):
        lever = wanted - carried @ explaining
        variance = unknown + np.einsum("ij,jk,ik->i", lever, error, lever)
        half = NORMAL_95 * found.noise * np.sqrt(np.maximum(variance, 0.0))
        middle = wanted @ explained + wander
        curves.append(Curve(days[shown], middle[shown], (middle - half)[shown], (middle + half)[shown]))
    return Trend(*curves)


def _without(explaining: FloatArray) -> FloatArray:
    return np.column_stack([explaining[:, :-1], np.zeros(len(explaining))])


def narrower(readings: Readings, found: Fit, backward: Minutes, weeks: int, recent_days: float) -> float:
    """Return by what factor the error of the effect shrinks when measuring and running go on for some weeks.

    Parameters
    ----------
    readings : Readings
        As they were fitted.
    found : Fit
        Of them.
    backward : Minutes
        The backward minutes so far.
    weeks : int
        How many more.
    recent_days : float
        How often is measured, and how much run, is taken from so many days.

    Returns
    -------
    float
        Error then over error now; at most 1 but for rounding.
    """
    last = float(readings.days[-1])
    often = max(1, int(np.sum(readings.days > last - recent_days)))
    per_day = float(backward.minutes[backward.days > last - recent_days].sum()) / recent_days
    more = last + 7.0 * np.arange(1, weeks + 1)
    days = np.concatenate([readings.days, more])
    ahead = last + np.arange(1, weeks * 7 + 1)
    then = Minutes(
        np.concatenate([backward.days, ahead[ahead > backward.days[-1]]]),
        np.concatenate([backward.minutes, np.full(int(np.sum(ahead > backward.days[-1])), per_day)]),
    )
    ramp = ramps(days, then, days[-1])[:, found.shape]
    columns = found.design.columns
    grown = np.vstack([columns, np.repeat(columns[-1:], len(more), axis=0)])
    slope = found.design.names.index(SLOPE)
    grown[:, slope] += np.concatenate([np.zeros(len(columns)), more - last]) / YEAR_DAYS
    spread = np.concatenate([found.spread, np.full(len(more), recent_days / (7.0 * often))])
    grown[:, found.design.names.index(PEAK)] = peak(days, backward)
    now = _error(readings.days, found.explaining, found.spread, found)
    return _error(days, np.column_stack([grown, ramp]), spread, found) / now


def _error(days: FloatArray, explaining: FloatArray, spread: FloatArray, found: Fit) -> float:
    inverse = np.linalg.inv(covariance(days, found.kind) + np.diag(spread))
    return float(np.sqrt(np.linalg.inv(explaining.T @ inverse @ explaining + found.expecting)[-1, -1]))
