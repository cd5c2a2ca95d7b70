"""Straight lines over speed: what a person's cadence, heart rate or contact time usually is, and how far it strays.

A line is a belief: a level at a middle speed and a slope, with their uncertainty. It begins as what is known of people,
and every second of a person's own running moves it (Bayesian linear regression on the logarithm of the quantity).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from backward_running.core.habits import Trend
from backward_running.core.recording import FloatArray
from backward_running.gait._proposal import proposal

MEMORY = proposal(
    "habit_memory_s",
    30.0,
    "s",
    "Cadence and heart rate of one second are much like those of the seconds around it: half a minute counts as one "
    "independent look.",
)

FIRM = proposal(
    "habit_spread_firm_s", 1200.0, "s", "How far a person strays from a line is believed as firmly as 20 minutes of it."
)

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Line:
    """The logarithm of a quantity over speed: ``level + slope · (speed − middle)``, and how sure that is."""

    middle_mps: float
    level: float
    slope: float
    level_variance: float
    slope_variance: float
    covariance: float
    spread: float  #: standard deviation of half a minute around the line
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

    def prior_nat(self, other: Line) -> float:
        """Return how likely another line is before anything is seen, up to what is common to all lines."""
        variance, level, slope = self.level_variance, other.level - self.level, other.slope - self.slope
        determinant = variance * self.slope_variance - self.covariance**2
        strays = self.slope_variance * level**2 - 2.0 * self.covariance * level * slope + variance * slope**2
        return -0.5 * strays / determinant

    def learned(self, trend: Trend) -> Line:
        """Return the line moved by what was seen; an empty trend moves nothing."""
        if not trend.seconds_s > 0.0:
            return self
        looks = 1.0 / (self.spread**2 * MEMORY.value)
        middle = self.middle_mps
        x = trend.x - middle * trend.seconds_s
        xx = trend.xx - 2.0 * middle * trend.x + middle**2 * trend.seconds_s
        xy = trend.xy - middle * trend.y
        before = np.linalg.inv(
            np.array([[self.level_variance, self.covariance], [self.covariance, self.slope_variance]])
        )
        seen = looks * np.array([[trend.seconds_s, x], [x, xx]])
        after = np.linalg.inv(before + seen)
        mean = after @ (before @ np.array([self.level, self.slope]) + looks * np.array([trend.y, xy]))
        strays = trend.yy - 2 * mean @ [trend.y, xy] + mean @ [[trend.seconds_s, x], [x, xx]] @ mean
        own_variance = max(float(strays), 0.0) / trend.seconds_s
        weight = trend.seconds_s / (trend.seconds_s + FIRM.value)
        return replace(
            self,
            level=float(mean[0]),
            slope=float(mean[1]),
            level_variance=float(after[0, 0]),
            slope_variance=float(after[1, 1]),
            covariance=float(after[0, 1]),
            spread=math.sqrt(own_variance * weight + self.spread**2 * (1.0 - weight)),
            seconds_s=self.seconds_s + trend.seconds_s,
        )


def trend_of(speed_mps: FloatArray, logarithm: FloatArray, chosen: Mask, step_s: float = 1.0) -> Trend:
    """Return the sums of the chosen cells, each of `step_s` seconds.

    >>> trend_of(np.array([2.0, 3.0]), np.array([5.0, 5.1]), np.array([True, False]))
    Trend(seconds_s=1.0, x=2.0, y=5.0, xx=4.0, xy=10.0, yy=25.0)
    """
    x, y = speed_mps[chosen], logarithm[chosen]
    # Not `x @ y`: a library of linear algebra wakes its threads for it, which costs more than the sum.
    sums = (float(len(x)), x.sum(), y.sum(), np.square(x).sum(), (x * y).sum(), np.square(y).sum())
    return Trend(*(float(one) * step_s for one in sums))


def weighed_trend(speed_mps: FloatArray, logarithm: FloatArray, seconds_s: FloatArray) -> Trend:
    """Return the sums of cells of which each counts for its own seconds.

    >>> weighed_trend(np.array([2.0, 3.0]), np.array([5.0, 5.1]), np.array([2.0, 0.0]))
    Trend(seconds_s=2.0, x=4.0, y=10.0, xx=8.0, xy=20.0, yy=50.0)
    """
    x, y = seconds_s * speed_mps, seconds_s * logarithm
    sums = (seconds_s.sum(), x.sum(), y.sum(), (x * speed_mps).sum(), (x * logarithm).sum(), (y * logarithm).sum())
    return Trend(*(float(one) for one in sums))
