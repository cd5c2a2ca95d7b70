"""When exactly a direction changed: where the body, or the way it travels, is half way from the one to the other."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.evidence import proposed_number
from backward_running.gait.detectors.yaw._offset_chains import Chains

REACH = proposed_number(
    "turning_point_reach_s",
    4.0,
    "s",
    "A border that satellite fixes smeared lies within 4 s of the change: they come once a second, the course is taken "
    "over two to six, and half a turn lasts one to two.",
)
LONGEST_BETWEEN = proposed_number(
    "turning_point_longest_s",
    4.0,
    "s",
    "Up to 4 s that belong to neither direction, as a body half turned or a speed near zero, lie within a change.",
)
HALF = float(np.sqrt(0.5))  #: cosine of 45°: nearer to one of the two directions than to the side
PASSES = 2  #: the second with the change in the middle of the window
FORWARD, BACKWARD, ASIDE, NOTHING = 0, 1, 2, 3  #: the first of a chain's two directions, the second, neither, unknown


class Fixes(NamedTuple):
    """How well a course tells when it changed."""

    every_s: float = 0.0  #: between two fixes nobody knows
    error_m: float = 0.0  #: of a way over some seconds
    window_s: float = 0.0  #: over which the courses were taken that the chains were made of: so far they may be smeared


EXACT = Fixes()


class TurningPoints(NamedTuple):
    """Chains whose borders lie where the change is half done."""

    chains: Chains  #: with the cells about each change given to the direction before or after it
    about: BoolArray  #: (n,) those cells
    is_open: BoolArray  #: (n,) those in which a change lies that the course alone tells, nobody knows where


def at_turning_points(
    chains: Chains,
    angle_rad: FloatArray,
    east_mps: FloatArray,
    north_mps: FloatArray,
    step_s: float,
    fixes: Fixes = EXACT,
) -> TurningPoints:
    """Move every border between the two directions of a chain to where the change is half done.

    Parameters
    ----------
    chains : Chains
        Odd moments taken out.
    angle_rad : ndarray, shape (n,)
        Yaw of the body, unwrapped; NaN where not known.
    east_mps, north_mps : ndarray, shape (n,)
        How the body travels; NaN where not known.
    step_s : float
        Length of a cell.
    fixes : Fixes
        What the velocity was made of.

    Returns
    -------
    TurningPoints

    Notes
    -----
    If the body turned by more than a quarter, its yaw tells the moment; else the velocity does, by its part along
    what changed, and no better than the fixes do: half of the time between two, and what a way errs over the change of
    the velocity. Both are smoothed by windows that are even to both sides, and leave the middle of a change where it
    is. The moment is that of the best step: the one that leaves the least on the wrong side of the middle.
    """
    gap, number = chains.gap_rad.copy(), chains.number.copy()
    about, is_open = np.zeros((2, len(gap)), dtype=bool)
    side = _sides(chains)
    starts = np.flatnonzero(np.diff(4 * number + side, prepend=-9))
    ends = np.append(starts[1:], len(side))
    moving = np.flatnonzero(side[starts] <= BACKWARD)
    longest = max(LONGEST_BETWEEN.value, fixes.window_s) / step_s
    reach = max(round(max(REACH.value, 0.5 * fixes.window_s + 1.0) / step_s), 2)
    for before, after in zip(moving[:-1].tolist(), moving[1:].tolist(), strict=True):
        last, first = int(ends[before]), int(starts[after])  # cells [last, first) belong to neither
        same = number[last - 1] == number[first] and side[last - 1] != side[first]
        if not same or first - last > longest:
            continue
        # No border may run over its neighbours: half of each stretch is theirs.
        lowest = last - (last - int(starts[before]) + 1) // 2
        highest = first + (int(ends[after]) - first + 1) // 2
        border = (last + first) // 2
        for _ in range(PASSES):
            low, high = max(lowest, min(border - reach, last)), min(highest, max(border + reach, first))
            border = low + _best_step(_change(angle_rad[low:high], east_mps[low:high], north_mps[low:high]))
        gap[low:border], gap[border:high] = np.pi * side[last - 1], np.pi * side[first]
        number[low:high], about[low:high] = number[first], True
        doubt = round(_doubt_s(angle_rad[low:high], east_mps[low:high], north_mps[low:high], fixes) / step_s)
        is_open[max(border - doubt, low) : min(border + doubt, high)] = True
    return TurningPoints(replace(chains, number=number, gap_rad=gap), about, is_open)


def _sides(chains: Chains) -> IntArray:
    along = np.cos(chains.gap_rad)
    side = np.where(along >= HALF, FORWARD, np.where(along <= -HALF, BACKWARD, ASIDE))
    return np.where(chains.number >= 0, side, NOTHING)


def _change(angle_rad: FloatArray, east_mps: FloatArray, north_mps: FloatArray) -> FloatArray:
    """Return what changed, negative before it and positive after it."""
    before, after = _ends_of(angle_rad)
    if _body_turned(angle_rad):
        return np.asarray((angle_rad - (before + after) / 2) * np.sign(after - before))
    east, north = _ends_of(east_mps), _ends_of(north_mps)
    turned = east[1] - east[0], north[1] - north[0]
    return np.asarray((east_mps - sum(east) / 2) * turned[0] + (north_mps - sum(north) / 2) * turned[1])


def _body_turned(angle_rad: FloatArray) -> bool:
    before, after = _ends_of(angle_rad)
    return abs(after - before) > np.pi / 2


def _doubt_s(angle_rad: FloatArray, east_mps: FloatArray, north_mps: FloatArray, fixes: Fixes) -> float:
    """Return by how much a change may lie before or after its border; 0 where the body turned."""
    if _body_turned(angle_rad):
        return 0.0
    changed_mps = float(np.hypot(*(np.diff(_ends_of(values))[0] for values in (east_mps, north_mps))))
    return 0.5 * fixes.every_s + (fixes.error_m / changed_mps if changed_mps > 0.0 else 0.0)


def _ends_of(values: FloatArray) -> tuple[float, float]:
    """Return the means of the first and of the last quarter; NaN where nothing is known there."""
    width = max(len(values) // 4, 1)
    means = []
    for part in (values[:width], values[-width:]):
        known = part[np.isfinite(part)]
        means.append(float(known.mean()) if len(known) else np.nan)
    return means[0], means[1]


def _best_step(change: FloatArray) -> int:
    """Return the cell at which a step from minus to plus leaves the least on the wrong side."""
    so_far = np.concatenate([[0.0], np.cumsum(np.nan_to_num(change, nan=0.0))])
    least = np.flatnonzero(so_far == so_far.min())
    return int(least[len(least) // 2])
