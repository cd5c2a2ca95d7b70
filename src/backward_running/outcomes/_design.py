"""What explains readings: level, slope, a peak one began at, forward minutes, the season, and backward minutes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.outcomes.base import Minutes
from backward_running.outcomes.choices import (
    FORWARD_MEMORY,
    FORWARD_VARIES,
    PEAK_DAYS,
    RAMP_GROWING,
    RAMP_LONG,
    RAMP_SHORT,
    RECENT,
    SEASON_FROM,
)

LEVEL, SLOPE, PEAK, FORWARD, SEASON, JUMP = "level", "slope", "peak", "forward", "season", "jump"
YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Design:
    """Columns that explain readings."""

    names: tuple[str, ...]
    columns: FloatArray  #: (n, columns): without the ramps
    ramps: FloatArray  #: (n, shapes): 0 before the first backward minute, 1 at the last reading

    def with_jump(self, days: FloatArray, on: float) -> Design:
        """Return the design with a jump of every reading from a day on."""
        return Design((*self.names, JUMP), np.column_stack([self.columns, days >= on]), self.ramps)


def design(days: FloatArray, backward: Minutes, forward: Minutes | None) -> Design:
    """Return the columns for readings on some days.

    Parameters
    ----------
    days : array (n,)
        Days of the readings, rising; the last has backward minutes before it.
    backward : Minutes
        Backward minutes; a reading knows those of the days before it.
    forward : Minutes or None
        Forward minutes, where they are known.

    Returns
    -------
    Design
        With three shapes of the ramp.
    """
    columns = [
        (LEVEL, np.ones(len(days))),
        (SLOPE, (days - days[-1]) / YEAR_DAYS),
        (PEAK, peak(days, backward)),
    ]
    carried = running_mean(days, forward) if forward is not None and reaches_back(forward, days[0]) else None
    if carried is not None and np.std(carried) > FORWARD_VARIES.value * np.mean(carried):
        columns.append((FORWARD, (carried - carried[-1]) / np.mean(carried)))
    if days[-1] - days[0] >= SEASON_FROM.value:
        turn = 2.0 * np.pi * days / YEAR_DAYS
        columns += [(SEASON, np.cos(turn)), (SEASON, np.sin(turn))]
    names, values = zip(*columns, strict=True)
    return Design(names, np.column_stack(values), ramps(days, backward, days[-1]))


def peak(days: FloatArray, backward: Minutes) -> FloatArray:
    """Return how much of a peak that somebody began at stands on each of some days: (n,)."""
    return np.asarray(np.exp(-np.abs(days - backward.days[0]) / PEAK_DAYS.value), dtype=float)


def reaches_back(forward: Minutes, first: float) -> bool:
    """Whether forward minutes are known from about the first reading on: before the first run they are not 0."""
    return len(forward.days) > 0 and bool(forward.days[0] - first <= RECENT.value)


def ramps(days: FloatArray, backward: Minutes, until: float) -> FloatArray:
    """Return what share of the effect by `until` has come by each day, for each shape of the ramp: (n, shapes)."""
    total = np.concatenate([[0.0], np.cumsum(backward.minutes)])
    so_far = total[np.searchsorted(backward.days, np.append(days, until), side="left")]
    shapes = [1.0 - np.exp(-so_far / shape.value) for shape in (RAMP_SHORT, RAMP_LONG, RAMP_GROWING)]
    return np.column_stack([shape[:-1] / shape[-1] for shape in shapes])


def running_mean(days: FloatArray, minutes: Minutes) -> FloatArray:
    """Return the exponential running mean of minutes a day before each of some days; it begins at the mean of all."""
    first = int(min(days[0], minutes.days[0] if len(minutes.days) else days[0]))
    each = np.zeros(int(days[-1]) - first + 1)
    inside = minutes.days <= days[-1]
    np.add.at(each, (minutes.days[inside] - first).astype(int), minutes.minutes[inside])
    keep = math.exp(-1.0 / FORWARD_MEMORY.value)
    carried, mean = [], float(each[: int(FORWARD_MEMORY.value)].mean())
    for value in each.tolist():  # plain numbers: an array's own are ten times as slow one by one
        carried.append(mean)
        mean = keep * mean + (1.0 - keep) * value
    return np.asarray(np.array(carried)[np.floor(days).astype(int) - first], dtype=float)
