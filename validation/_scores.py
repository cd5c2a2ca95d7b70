"""How good an answer is: per-second confusion, coverage, delay, calibration, false alarms.

Everything here works on whole seconds and on plain arrays, so that the hand-made examples of the tests can be checked
with a pencil. What was answered and what was true are numbers of :class:`Way`.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray, IntArray
from backward_running.core.direction import Direction
from backward_running.core.recording import FloatArray
from backward_running.core.session import Bout

Ways = IntArray


class Way(enum.IntEnum):
    """A direction as a number: row and column of a confusion matrix."""

    FORWARD = 0
    BACKWARD = 1
    SIDEWAYS = 2
    TURNING = 3
    STILL = 4
    UNKNOWN = 5


WAY_OF = {direction: Way[direction.name] for direction in Direction}
TOLD_APART = (Way.FORWARD, Way.BACKWARD)


def answered_ways(bouts: Sequence[Bout], at_s: FloatArray) -> tuple[Ways, FloatArray]:
    """Return what bouts answer at given moments.

    Parameters
    ----------
    bouts : sequence of Bout
        They tile the recording.
    at_s : ndarray, shape (n,)
        Moments, usually the middles of seconds.

    Returns
    -------
    ways : ndarray of int, shape (n,)
        A :class:`Way`; unknown where there is no bout.
    share : ndarray, shape (n,)
        The stated probability; NaN where none is stated.
    """
    ways = np.full(len(at_s), int(Way.UNKNOWN))
    share = np.full(len(at_s), np.nan)
    if not bouts:
        return ways, share
    starts = np.array([bout.start_s for bout in bouts])
    which = np.searchsorted(starts, at_s, side="right") - 1
    inside = (which >= 0) & (at_s < bouts[-1].end_s)
    of_bout = np.array([int(WAY_OF[bout.direction]) for bout in bouts])
    shares = np.array([np.nan if bout.probability_share is None else bout.probability_share for bout in bouts])
    ways[inside], share[inside] = of_bout[which[inside]], shares[which[inside]]
    return ways, share


def majority(truth: Ways, sample_s: FloatArray, second_s: FloatArray) -> Ways:
    """Return the most frequent way among the samples of each second; unknown where a second holds none.

    >>> majority(np.array([0, 0, 1, 1, 1]), np.array([0.0, 0.3, 0.6, 1.0, 1.5]), np.array([0.0, 1.0, 2.0])).tolist()
    [0, 1, 5]
    """
    cell = np.searchsorted(second_s, sample_s, side="right") - 1
    votes = np.zeros((len(second_s), len(Way)))
    np.add.at(votes, (cell, truth), 1.0)
    return np.where(votes.any(axis=1), votes.argmax(axis=1), int(Way.UNKNOWN))


def confusion(truth: Ways, answer: Ways) -> IntArray:
    """Return the confusion matrix, truth down and answer across, shape (6, 6).

    >>> int(confusion(np.array([0, 0, 1]), np.array([0, 5, 0]))[Way.BACKWARD, Way.FORWARD])
    1
    """
    matrix = np.zeros((len(Way), len(Way)), dtype=np.int64)
    np.add.at(matrix, (truth, answer), 1)
    return matrix


def balanced_accuracy(matrix: IntArray) -> float:
    """Return the mean of the shares of forward and of backward seconds answered right, among those answered.

    "Unknown" is no answer; "still" while moving is one, and a wrong one. NaN where forward or backward was never
    answered at all: one class alone proves nothing.
    """
    shares = []
    for way in TOLD_APART:
        answered = matrix[way].sum() - matrix[way, Way.UNKNOWN]
        shares.append(matrix[way, way] / answered if answered else math.nan)
    return float(np.mean(shares))


def coverage(matrix: IntArray) -> float:
    """Return the share of forward and backward seconds that were answered at all; NaN where there are none."""
    moving = matrix[list(TOLD_APART)]
    return float(1.0 - moving[:, Way.UNKNOWN].sum() / moving.sum()) if moving.sum() else math.nan


def delays_s(truth_changes: Sequence[tuple[float, Way]], bouts: Sequence[Bout], reach_s: float = 5.0) -> list[float]:
    """Return for each true change the distance to the border of the bout that answers it.

    Parameters
    ----------
    truth_changes : sequence of (moment, new way)
        When the person began to go another way.
    bouts : sequence of Bout
        As found.
    reach_s : float
        Farther away than this a border belongs to something else.

    Returns
    -------
    list of float
        Seconds without sign: too early is as wrong as too late. Infinite where no bout of the new way begins nearby.
    """
    delays = []
    for moment_s, way in truth_changes:
        begins = [
            abs(after.start_s - moment_s)
            for before, after in zip([None, *bouts], bouts, strict=False)
            if WAY_OF[after.direction] is way and (before is None or WAY_OF[before.direction] is not way)
        ]
        nearest = min(begins, default=math.inf)
        delays.append(nearest if nearest <= reach_s else math.inf)
    return delays


@dataclass(frozen=True, slots=True)
class Reliability:
    """One bin of a reliability curve."""

    low: float
    high: float
    seconds: int
    stated: float  #: mean of the stated probabilities
    came_true: float  #: share that was right


def reliability(stated: FloatArray, right: BoolArray, bins: int = 10) -> tuple[Reliability, ...]:
    """Return the reliability curve: bins of equal width with their mean statement and the share that came true.

    Empty bins are left out; seconds without a statement (NaN) are not counted.

    >>> curve = reliability(np.array([0.9, 0.9, 0.7, np.nan]), np.array([True, False, True, True]))
    >>> [(one.seconds, one.came_true) for one in curve]
    [(1, 1.0), (2, 0.5)]
    """
    known = np.isfinite(stated)
    stated, right = stated[known], right[known]
    which = np.minimum((stated * bins + 1e-9).astype(np.int64), bins - 1)
    return tuple(
        Reliability(
            number / bins,
            (number + 1) / bins,
            int((which == number).sum()),
            float(stated[which == number].mean()),
            float(right[which == number].mean()),
        )
        for number in range(bins)
        if (which == number).any()
    )


def expected_calibration_error(curve: Sequence[Reliability]) -> float:
    """Return the mean gap between what was stated and what came true, weighted by seconds; NaN for no seconds."""
    total = sum(step.seconds for step in curve)
    if not total:
        return math.nan
    return sum(step.seconds * abs(step.stated - step.came_true) for step in curve) / total


def worst_calibrated(groups: Mapping[str, Sequence[Reliability]], least_s: int = 30) -> tuple[str, float, int] | None:
    """Return which group states its probabilities worst: its name, its calibration error and its seconds.

    A pooled error hides a bad place behind the good ones, so it is named beside. Groups of fewer seconds are chance and
    left out; None where all are.

    >>> good = reliability(np.full(100, 1.0), np.full(100, True))
    >>> bad = reliability(np.full(40, 0.9), np.arange(40) % 2 == 0)
    >>> name, error, seconds = worst_calibrated({"foot, walk": good, "waist, run": bad})
    >>> name, round(error, 2), seconds
    ('waist, run', 0.4, 40)
    """
    errors = [
        (expected_calibration_error(curve), name, sum(step.seconds for step in curve)) for name, curve in groups.items()
    ]
    known = [error for error in errors if error[2] >= least_s]
    if not known:
        return None
    error, name, seconds = max(known, key=lambda error: (error[0], error[2]))
    return name, error, seconds


def brier(stated: FloatArray, happened: BoolArray) -> float:
    """Return the mean squared error of a probability; 0 is perfect. NaN statements are refused, not skipped.

    >>> brier(np.array([1.0, 0.5]), np.array([True, False]))
    0.125
    """
    if not np.isfinite(stated).all():
        raise ValueError("A Brier score needs a probability for every second; some are not finite.")
    return float(np.mean((stated - happened) ** 2)) if len(stated) else math.nan


def cadence_error_ratio(found_spm: float | None, true_spm: float) -> float:
    """Return the relative error of a cadence, without sign; NaN where none was found.

    >>> round(cadence_error_ratio(165.0, 160.0), 4)
    0.0312
    """
    return math.nan if found_spm is None or not math.isfinite(found_spm) else abs(found_spm / true_spm - 1.0)


def false_backward_s(bouts: Sequence[Bout]) -> float:
    """Return the seconds called backward in a recording that holds none."""
    return sum(bout.duration_s for bout in bouts if bout.direction is Direction.BACKWARD)


def per_hour(seconds: float, of_s: float) -> float:
    """Return seconds per hour of recording; NaN for no recording.

    >>> per_hour(3.0, 1800.0)
    6.0
    """
    return seconds * 3600.0 / of_s if of_s > 0 else math.nan
