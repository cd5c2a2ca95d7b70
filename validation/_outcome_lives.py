"""Simulated lives in which what backward minutes changed is known, and which do not follow the estimator's own picture.

Wandering is a sum of waves and of feasts that fade, noise has heavy tails and a weekday, effects grow as an S some days
behind the minutes, days are missing in runs, and readings are rounded. None of that is what the estimator takes a life
to be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.outcomes.answering import Question
from backward_running.outcomes.base import Minutes

BEFORE, AFTER = 84, 42
#: Days after the first session on which somebody looks who looks five times.
LOOKS = (25, 29, 33, 37, 41)
#: Minutes after which half of an effect has come.
HALF_GROWN_MIN = 70.0
CELLS = {
    "plain": "nothing else",
    "AR 0.3": "noise that remembers 0.3 of the day before",
    "AR 0.8": "noise that remembers 0.8",
    "trend": "a slope of its own, 0.6 important changes a month",
    "season": "a year's wave of ±0.8 important changes",
    "start at a peak": "begins on the worst of 45 days, with waves of 25 to 90 days",
    "forward falls": "forward running falls to 40 % as backward begins, and that acts over 60 days",
    "drop-out": "pain, 0 to 10 in whole numbers: who reads 1.5 above the usual stops, and so do the readings",
    "scale changed": "every reading jumps by ±1.5 important changes from some day on",
    "pounds": "a fifth of the readings in pounds",
    "wrist heart rate": "speed at a heart rate, on days with a run; a seventh of them read the cadence instead",
    "slow effect": "the effect goes on growing with every minute until the last day",
    "five looks": "as plain, and looked at five times between day 25 and day 41",
}


@dataclass(frozen=True, slots=True)
class Life:
    """One simulated life, in important changes; less is better, but for the speed."""

    days: FloatArray
    values: FloatArray
    backward: Minutes
    forward: Minutes
    start: int
    effect: FloatArray  #: by day: what the minutes changed
    important: float
    better: int
    is_mass: bool

    def question(self, until: int | None = None) -> Question:
        """Return what is asked of it, by a day."""
        seen = self.days <= (self.days[-1] if until is None else until)
        return Question(
            tuple(int(day) for day in self.days[seen]),
            tuple(self.values[seen]),
            self.backward,
            self.forward,
            self.important,
            self.better,
            is_mass=self.is_mass,
            has_device=self.is_mass,
        )


def life(rng: np.random.Generator, cell: str, truth: float, *, before: int = BEFORE, after: int = AFTER) -> Life:
    """Return one life of a cell; `truth` is in important changes towards the better."""
    spare = 30 if cell == "start at a peak" else 0
    n = before + after + spare
    day = np.arange(n)
    values = _wander(rng, n) + _noise(rng, n, {"AR 0.3": 0.3, "AR 0.8": 0.8}.get(cell, 0.0)) + (day % 7 < 2) * 0.2
    start = before
    if cell == "trend":
        values += rng.choice([-1, 1]) * 0.02 * day
    if cell == "season":
        values += 0.8 * np.cos(2 * np.pi * (day / 365.25 + rng.random()))
    if cell == "start at a peak":
        values += _waves(rng, n, 0.35, (25, 90))
        seven = np.convolve(values, np.ones(7) / 7)[:n]
        start = before - 14 + int(np.argmax(seven[before - 14 : before + spare]))
        n = start + after
        day, values = day[:n], values[:n]
    forward = np.where(rng.random(n) < 0.5, rng.gamma(8, 5, n), 0.0)
    if cell == "forward falls":
        forward *= np.interp(day, (start - 10, start + 10), (1.0, 0.4))
        values -= 0.08 * (_carried(forward, 60.0) - 20.0)
    backward = _sessions(rng, n, start)
    effect = -truth * _grown(backward, backward.sum() if cell == "slow effect" else HALF_GROWN_MIN)
    missing = _missing(rng, n)
    if cell == "drop-out":
        return _pain(values, effect, backward, forward, missing, start)
    if cell == "wrist heart rate":
        return _speed(rng, values, effect, backward, forward, start)
    values = 75.0 + values + effect
    if cell == "scale changed":
        values[rng.integers(n * 3 // 20, n * 17 // 20) :] += 1.5 * rng.choice([-1, 1])
    values = np.round(values, 1)
    if cell == "pounds":
        values = np.where(rng.random(n) < 0.2, values / 0.45359237, values)
    return _seen(values, effect, backward, forward, ~missing, start, is_mass=True)


def _wander(rng: np.random.Generator, n: int) -> FloatArray:
    """Three waves, and feasts that fade."""
    day = np.arange(n)
    out = _waves(rng, n, 0.2, (20, 120))
    for _ in range(rng.poisson(n / 60)):
        since = day - rng.integers(-10, n)
        out += np.where(since >= 0, rng.uniform(0.2, 0.9) * np.exp(-np.clip(since, 0, None) / rng.uniform(5, 15)), 0.0)
    return out


def _waves(rng: np.random.Generator, n: int, size: float, periods: tuple[int, int]) -> FloatArray:
    day = np.arange(n)
    waves = [rng.normal(0, size) * np.sin(2 * np.pi * (day / rng.uniform(*periods) + rng.random())) for _ in range(3)]
    return np.sum(waves, axis=0)


def _noise(rng: np.random.Generator, n: int, remembered: float) -> FloatArray:
    noise = rng.standard_t(6, n) * 0.5 * np.sqrt(4 / 6)
    for place in range(1, n):
        noise[place] = remembered * noise[place - 1] + np.sqrt(1 - remembered**2) * noise[place]
    return noise


def _carried(minutes: FloatArray, days: float) -> FloatArray:
    out = np.empty(len(minutes))
    mean = 20.0
    for place, value in enumerate(minutes):
        out[place] = mean
        mean += (value - mean) / days
    return out


def _sessions(rng: np.random.Generator, n: int, start: int) -> FloatArray:
    """Two to three sessions a week that grow from 4 minutes to 20."""
    minutes = np.zeros(n)
    day, done = start, 0
    while day < n:
        minutes[day] = min(4 + 1.1 * done, 20) * rng.uniform(0.8, 1.1)
        done += 1
        day += int(rng.choice([2, 2, 3, 4]))
    return minutes


def _grown(backward: FloatArray, half: float) -> FloatArray:
    """An S of the minutes until four days before, half grown after so many; 1 on the last day."""
    so_far = np.concatenate([np.zeros(4), np.cumsum(backward)[:-4]])
    grown = so_far**1.3 / (so_far**1.3 + half**1.3)
    return grown / grown[-1]


def _missing(rng: np.random.Generator, n: int) -> FloatArray:
    """A third of the days, and some stretches."""
    missing = rng.random(n) < 0.25
    for begins in np.flatnonzero(rng.random(n) < 0.04):
        missing[begins : begins + rng.integers(2, 6)] = True
    missing[0] = False
    return missing


def _pain(values, effect, backward, forward, missing, start) -> Life:
    values = np.clip(np.round(3.5 + values + effect), 0, 10)
    day = np.arange(len(values))
    flares = np.flatnonzero((values >= 5) & (day > start + 10) & ~missing)
    if len(flares):
        missing = missing | (day > flares[0])
        backward = np.where(day >= flares[0], 0.0, backward)
    return _seen(values, effect, backward, forward, ~missing, start)


def _speed(rng, values, effect, backward, forward, start) -> Life:
    important = 0.1
    speed = 2.8 - important * (values + effect)
    speed -= np.where(rng.random(len(speed)) < 1 / 7, rng.uniform(0.25, 0.5, len(speed)), 0.0)
    seen = _seen(speed, -important * effect, backward, forward, forward > 0, start)
    return replace(seen, important=important, better=1)


def _seen(values, effect, backward, forward, there, start, *, is_mass=False) -> Life:
    days = np.arange(len(values), dtype=float)
    on, ran = np.flatnonzero(backward), np.flatnonzero(forward)
    minutes = Minutes(days[on], backward[on]), Minutes(days[ran], forward[ran])
    return Life(days[there], values[there], *minutes, start, effect, 1.0, -1, is_mass)
