"""Bayesian linear regression over speed: what a runner's cadence, heart rate or contact time usually is.

A line is a belief about the logarithm of a quantity: a level at a middle speed and a slope, with a normal law about
both. It begins as what is known of people, and every second of a person's own running moves it: the conjugate update
for a normal prior and normal errors of known spread ([Gelman2013]_, chapter 14); how far the person strays from the
line is learned beside it, weighed by how much was seen.

References
----------
.. [Gelman2013] Gelman A., Carlin J. B., Stern H. S., Dunson D. B., Vehtari A., Rubin D. B. 2013. Bayesian Data
   Analysis, third edition. Chapman and Hall/CRC.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.habits import Trend
from backward_running.evidence import proposed_number

MEMORY = proposed_number(
    "habit_memory_s",
    30.0,
    "s",
    "Cadence and heart rate of one second are much like those of the seconds around it: half a minute counts as one "
    "independent look.",
)

FIRM = proposed_number(
    "habit_spread_firm_s", 1200.0, "s", "How far a person strays from a line is believed as firmly as 20 minutes of it."
)

LEAST_SPREAD = proposed_number(
    "habit_least_spread_ratio",
    1 / 3,
    "1",
    "Nobody keeps to a line three times closer than people do: what does, is a sensor that sticks, and would outvote "
    "all others.",
)

Numbers = float | FloatArray  #: a number, or a column of them, shape (k, 1): one of each of k beliefs


@dataclass(frozen=True, slots=True)
class Line:
    """The logarithm of a quantity over speed: ``level + slope · (speed − middle)``, and how sure that is.

    With columns for numbers it is k lines with one middle, and what it says of n speeds has the shape (k, n).
    """

    middle_mps: float
    level: Numbers
    slope: Numbers
    level_variance: Numbers
    slope_variance: Numbers
    covariance: Numbers
    spread: Numbers  #: standard deviation of half a minute around the line
    seconds_s: float = 0.0  #: of own running behind it

    def at(self, speed_mps: FloatArray) -> FloatArray:
        """Return the expected logarithm."""
        return np.asarray(self.level + self.slope * (speed_mps - self.middle_mps))

    def variance_at(self, speed_mps: FloatArray) -> FloatArray:
        """Return the variance of a new half minute: the spread, and what is not known of the line out there."""
        away = speed_mps - self.middle_mps
        line = self.level_variance + away * (2.0 * self.covariance + away * self.slope_variance)
        return np.asarray(self.spread**2 + np.maximum(line, 0.0))

    def on_another_day(self, spread_of_days: float) -> Line:
        """Return the line as a belief about a new recording: another day, other shoes, another watch."""
        return replace(self, level_variance=self.level_variance + spread_of_days**2)

    def as_if_sure(self) -> Line:
        """Return the line without its own uncertainty: only how far a person strays from it is left."""
        return replace(self, level_variance=0.0, slope_variance=0.0, covariance=0.0)

    def row(self, number: int) -> Line:
        """Return one of the lines."""
        return Line(
            self.middle_mps,
            row(self.level, number),
            row(self.slope, number),
            row(self.level_variance, number),
            row(self.slope_variance, number),
            row(self.covariance, number),
            row(self.spread, number),
            self.seconds_s,
        )

    def prior_nat(self, other: Line) -> Numbers:
        """Return how likely another line is before anything is seen, up to what is common to all lines."""
        variance, level, slope = self.level_variance, other.level - self.level, other.slope - self.slope
        determinant = variance * self.slope_variance - self.covariance**2
        strays = self.slope_variance * level**2 - 2.0 * self.covariance * level * slope + variance * slope**2
        return -0.5 * strays / determinant

    def learned(self, trend: Trend) -> Line:
        """Return the line moved by what was seen; an empty trend moves nothing."""
        if not trend.seconds_s > 0.0:
            return self
        moved = self.moved(trend.seconds_s, trend.x, trend.y, trend.xx, trend.xy, trend.yy)
        return replace(moved, seconds_s=self.seconds_s + trend.seconds_s)

    def moved(self, seconds_s: Numbers, x: Numbers, y: Numbers, xx: Numbers, xy: Numbers, yy: Numbers) -> Line:
        """Return the line moved by the sums of a trend that is not empty; columns of them give as many lines.

        Its own ``seconds_s`` are as they were.
        """
        looks = 1.0 / (self.spread**2 * MEMORY.value)
        middle = self.middle_mps
        xx = xx - 2.0 * middle * x + middle**2 * seconds_s
        xy, x = xy - middle * y, x - middle * seconds_s
        prior = _inverse(self.level_variance, self.covariance, self.slope_variance)
        seen = looks * seconds_s, looks * x, looks * xx
        a, b, c = _inverse(prior[0] + seen[0], prior[1] + seen[1], prior[2] + seen[2])
        u = prior[0] * self.level + prior[1] * self.slope + looks * y
        v = prior[1] * self.level + prior[2] * self.slope + looks * xy
        level, slope = a * u + b * v, b * u + c * v
        strays = yy - 2.0 * (level * y + slope * xy) + level**2 * seconds_s + 2.0 * level * slope * x + slope**2 * xx
        own_variance = np.maximum(strays, 0.0) / seconds_s
        weight = seconds_s / (seconds_s + FIRM.value)
        return replace(
            self,
            level=level,
            slope=slope,
            level_variance=a,
            slope_variance=c,
            covariance=b,
            spread=spread_of(self, own_variance, weight),
        )


def spread_of(before: Line, own_variance: Numbers, weight: Numbers) -> Numbers:
    """Return how far a person strays from a line: what was seen by its weight, what was believed by the rest.

    Parameters
    ----------
    before : Line
        As believed.
    own_variance : float or ndarray, shape (k, 1)
        Mean square of what was seen about the line.
    weight : float or ndarray, shape (k, 1)
        Of what was seen, 0 to 1.

    Returns
    -------
    float or ndarray, shape (k, 1)
        Never less than :data:`LEAST_SPREAD` of what was believed.

    Valid for
    ---------
    Errors of one spread over all speeds; what was seen counts by the seconds behind it.

    References
    ----------
    [Gelman2013]_
    """
    seen = np.sqrt(own_variance * weight + before.spread**2 * (1.0 - weight))
    spread = np.maximum(seen, LEAST_SPREAD.value * before.spread)
    return float(spread) if np.ndim(spread) == 0 else np.asarray(spread)


def row(numbers: Numbers, number: int) -> float:
    """Return one number of a column, or the one there is.

    Parameters
    ----------
    numbers : float or ndarray, shape (k, 1)
        One number, or one for each of k models.
    number : int
        Which model.

    Returns
    -------
    float
    """
    return float(numbers[number, 0]) if isinstance(numbers, np.ndarray) else numbers


def _inverse(a: Numbers, b: Numbers, c: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Invert the symmetric matrix ``[[a, b], [b, c]]``."""
    determinant = a * c - b * b
    return c / determinant, -b / determinant, a / determinant


def trend_of(speed_mps: FloatArray, logarithm: FloatArray, chosen: BoolArray, step_s: float = 1.0) -> Trend:
    """Return the sums of the chosen cells, each of `step_s` seconds.

    Parameters
    ----------
    speed_mps, logarithm : ndarray, shape (n,)
        Speed, and the logarithm of what is learned over it.
    chosen : ndarray of bool, shape (n,)
        Which cells count.
    step_s : float
        Length of a cell.

    Returns
    -------
    Trend
        Sums: all that the update of a line needs.

    Valid for
    ---------
    Cells whose numbers are finite where they are chosen.

    References
    ----------
    [Gelman2013]_

    Examples
    --------
    >>> trend_of(np.array([2.0, 3.0]), np.array([5.0, 5.1]), np.array([True, False]))
    Trend(seconds_s=1.0, x=2.0, y=5.0, xx=4.0, xy=10.0, yy=25.0)
    """
    x, y = speed_mps[chosen], logarithm[chosen]
    # Not `x @ y`: a library of linear algebra wakes its threads for it, which costs more than the sum.
    sums = (float(len(x)), x.sum(), y.sum(), np.square(x).sum(), (x * y).sum(), np.square(y).sum())
    return Trend(*(float(total) * step_s for total in sums))


def parts_of_trend(speed_mps: FloatArray, logarithm: FloatArray) -> FloatArray:
    """Return what the sums of a trend are made of, shape (6, n): times the seconds of each cell they are its fields.

    Parameters
    ----------
    speed_mps, logarithm : ndarray, shape (n,)
        As of :func:`trend_of`.

    Returns
    -------
    ndarray, shape (6, n)
        Rows in the order of the fields of a trend.

    Valid for
    ---------
    As :func:`trend_of`.

    References
    ----------
    [Gelman2013]_

    Examples
    --------
    >>> parts_of_trend(np.array([2.0, 3.0]), np.array([5.0, 5.1])) @ np.array([2.0, 0.0])
    array([ 2.,  4., 10.,  8., 20., 50.])
    """
    x, y = speed_mps, logarithm
    return np.stack([np.ones(len(x)), x, y, x * x, x * y, y * y])
