"""A walking thigh or trouser pocket, while it happens: the odd marks of the last seconds, whichever way it sits."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.gait.live.attitude import Axes
from backward_running.gait.steps.novelty import LEAST, POOLED
from backward_running.gait.steps.stride_windows import HOP, RATE_HZ, WINDOW, rms, stride_windows
from backward_running.gait.steps.time_odd_features import MARKS, values_of
from backward_running.gait.steps.time_odd_log_odds import (
    FARTHEST,
    FULL_ALONG,
    LEAST_ALONG,
    LEAST_HEARD,
    STRONGEST,
    compared,
)
from backward_running.gait.steps.time_odd_reference import THIGH_WALKING
from backward_running.signals.six_axis import SixAxis

BRIDGED = 5  #: cells of 0.04 s: what is longer than a fifth of a second is a hole
SIZE, EVERY = round(WINDOW.value * RATE_HZ), round(HOP.value * RATE_HZ)
_ASKED = [MARKS.index(name) for name in THIGH_WALKING.marks]


class Pocket:
    """Pools the marks of the windows of two seconds that ended in the last eleven.

    Notes
    -----
    The same marks, people and limits as in :mod:`backward_running.gait.steps.time_odd_log_odds`, but of what is past
    only, so a change is told some six seconds late; and accelerometer and gyroscope are taken to be on one clock, as in
    a phone. A window that by itself says the contrary of what is pooled silences it, as there. That stretches to either
    side do so is not asked: where the newest are of one mind, the change lies behind them.
    """

    def __init__(self) -> None:
        self.forward_nat = 0.0  #: log-odds of forward over backward; 0 where it says nothing
        self._cell: int | None = None
        self._sum, self._count = np.zeros(6), 0
        self._rows: list[tuple[int, FloatArray]] = []
        self._windows: list[tuple[bool, FloatArray, FloatArray]] = []  #: goes on foot, marks, manner

    def take(self, at_s: float, force_mps2: Axes, rate_radps: Axes) -> None:
        """Take a sample; parameters as of :meth:`.turning.Turning.take`."""
        cell = int(np.floor(at_s * RATE_HZ))
        if self._cell is not None and cell != self._cell:
            self._close(self._cell, self._sum / self._count)
            self._sum, self._count = np.zeros(6), 0
        self._cell = cell
        self._sum = self._sum + np.array([*force_mps2, *rate_radps])
        self._count += 1

    def _close(self, cell: int, row: FloatArray) -> None:
        if self._rows and (cell <= self._rows[-1][0] or cell - self._rows[-1][0] > BRIDGED):
            self._rows.clear()
            self._windows.clear()
            self.forward_nat = 0.0
        first = self._rows[-1] if self._rows else (cell - 1, row)
        for missing in range(first[0] + 1, cell + 1):
            share = (missing - first[0]) / (cell - first[0])
            self._rows.append((missing, first[1] + share * (row - first[1])))
            if missing % EVERY == 0 and len(self._rows) >= SIZE:
                self._look()
        del self._rows[: -SIZE - BRIDGED]

    def _look(self) -> None:
        """Measure the window that has just ended, and pool it with those before."""
        rows = np.array([row for _, row in self._rows[-SIZE:]]).T
        some = stride_windows(SixAxis(0.0, 1.0 / RATE_HZ, rows[:3], rows[3:], np.ones(SIZE, dtype=bool)))
        if some is None:
            return
        swings = float(rms(some.rate[0], some.rate[1])[0])
        hurries = float(some.unrest_mps2[0]) * swings / (2.0 * np.pi * float(rms(*some.tilt)[0]))
        goes = (
            bool(some.is_limb[0])
            and some.unrest_mps2[0] >= THIGH_WALKING.calm_mps2.value
            and swings >= THIGH_WALKING.still_radps.value
            and hurries <= THIGH_WALKING.hurried_mps3.value
        )
        self._windows.append((bool(goes), values_of(some)[_ASKED, 0], some.manner[:, 0]))
        most = round(THIGH_WALKING.pooled_s.value / HOP.value)
        del self._windows[:-most]
        self.forward_nat = self._pooled_nat(most)

    def _pooled_nat(self, most: int) -> float:
        going = [marks for goes, marks, _ in self._windows if goes]
        if not self._windows[-1][0] or len(going) < LEAST_HEARD * most or self._is_unlike_anybody():
            return 0.0
        along, distance = compared(np.mean(going, axis=0)[:, None], THIGH_WALKING)
        own, _ = compared(self._windows[-1][1][:, None], THIGH_WALKING)
        if distance[0] > FARTHEST.value or abs(along[0]) < LEAST_ALONG.value or own[0] * along[0] <= 0.0:
            return 0.0
        return STRONGEST.value * float(np.clip(along[0] / FULL_ALONG.value, -1.0, 1.0))

    def _is_unlike_anybody(self) -> bool:
        people = THIGH_WALKING.people
        lately = [manner for goes, _, manner in self._windows[-POOLED:] if goes]
        if len(lately) < LEAST:
            return False
        off = np.mean(lately, axis=0) - people.mean
        return float(off @ np.linalg.solve(people.covariance, off)) > people.farthest.value
