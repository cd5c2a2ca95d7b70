"""Stretches of a chain → how surely each was gone in its direction, by what the scatter of the fixes can carry.

A receiver that wanders by some metres makes ways that nobody went: over a slow walk it goes as fast as the walker. Over
a whole stretch the way grows with time and the wander with its root, so that its way over the error of such a way tells
how probable it is that it was gone the other way.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from backward_running.core.arrays import FloatArray, IntArray
from backward_running.evidence import proposed_number
from backward_running.gait.detectors.yaw._offset_chains import Chains
from backward_running.signals.fix_scatter import FixError

CHANGED = proposed_number(
    "yaw_changed_nat",
    3.0,
    "nat",
    "A wander of the fixes shows many stretches that nobody went: what bears one out has to outweigh 20 to 1 first.",
)
LEAST_BORNE = proposed_number(
    "yaw_least_borne_nat", 0.62, "nat", "A stretch that its fixes do not carry by 1.86 to 1 (65 %) belongs to no chain."
)
LONGEST_OPEN = proposed_number(
    "yaw_longest_open_s",
    30.0,
    "s",
    "Over half a minute that its fixes do not carry a chain may have slipped by half a turn: then a new one begins.",
)
MOST_DEVIATIONS = 8.0  #: beyond them nothing is more certain


def borne_nat(followed: Chains, settled: Chains, speed_mps: FloatArray, error: FixError, step_s: float) -> FloatArray:
    """Return how surely each stretch of a chain was gone in its direction and not in the other.

    Parameters
    ----------
    followed : Chains
        With the angle between body and course as it was measured.
    settled : Chains
        Odd moments taken out.
    speed_mps : ndarray, shape (n,)
        Of the travel; NaN where not known.
    error : FixError
        Of the fixes.
    step_s : float
        Length of a cell.

    Returns
    -------
    ndarray, shape (n,)
        Log-odds, 0 and more; 0 outside chains.

    Valid for
    ---------
    Fixes whose wander is not smoothed by the receiver: what is smoothed looks like a way.
    """
    along_mps = np.where(np.isfinite(speed_mps), speed_mps, 0.0) * np.cos(followed.gap_rad)
    side = np.where(settled.number >= 0, np.where(settled.first, 1, -1), 0)
    starts = _stretches(settled.number, side)
    lasts = np.diff(starts, append=len(side))
    way_m = np.add.reduceat(side * along_mps, starts) * step_s
    deviations = way_m / error.of_a_way_m(lasts * step_s)
    nat = np.maximum(np.array([_odds_nat(some) for some in deviations.tolist()]) - CHANGED.value, 0.0)
    return np.asarray(np.repeat(np.where(side[starts] == 0, 0.0, nat), lasts))


def carried(settled: Chains, borne: FloatArray, step_s: float) -> Chains:
    """Leave out what its fixes do not carry; where that lasts, which moments share a direction is not known any more.

    Parameters
    ----------
    settled : Chains
        Odd moments taken out.
    borne : ndarray, shape (n,)
        Of :func:`borne_nat`.
    step_s : float
        Length of a cell.

    Returns
    -------
    Chains
    """
    is_carried = borne >= LEAST_BORNE.value
    held = np.flatnonzero((settled.number >= 0) & is_carried)
    number = np.full(len(borne), -1)
    if len(held):
        open_s = np.cumsum((settled.number >= 0) & ~is_carried) * step_s  # without a course nothing slips
        new = (np.diff(open_s[held]) > LONGEST_OPEN.value) | (np.diff(settled.number[held]) != 0)
        number[held] = np.concatenate([[0], np.cumsum(new)])
    return replace(settled, number=number)


def _odds_nat(deviations: float) -> float:
    """Return the log-odds that a normal variable which was measured so many deviations above zero lies above it."""
    size = min(max(deviations, -MOST_DEVIATIONS), MOST_DEVIATIONS) / math.sqrt(2.0)
    return math.log(math.erfc(-size) / math.erfc(size))


def _stretches(number: IntArray, side: IntArray) -> IntArray:
    return np.flatnonzero((np.diff(number, prepend=-2) != 0) | (np.diff(side, prepend=-2) != 0))
