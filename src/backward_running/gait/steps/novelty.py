"""Novelty: whether something moves like anybody known. Outside of that a sensor tells no direction, whatever its marks.

Of many people it is known how they move (:mod:`backward_running.gait.steps.time_even_features`): a mean, and how
people, styles and strides differ from it. The distance from it in standard deviations ([Mahalanobis1936]_) says how
unlike them it is. Far off it is no person on foot (a pedal, a swing, a machine), or one who moves as nobody known does.

References
----------
.. [Mahalanobis1936] Mahalanobis P. C. 1936. On the generalised distance in statistics. Proceedings of the National
   Institute of Sciences of India 2(1): 49–55.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.evidence import Number
from backward_running.signals.window import window_counts, window_sums

POOLED = 5  #: windows that are pooled: one stride may be odd, five are a manner
LEAST = 4  #: of them in which something moves; who starts, turns or stops within some seconds is no manner yet


class People(NamedTuple):
    """How people move, for one part of the body."""

    typical: tuple[Number, ...]
    spread: tuple[Number, ...]  #: the lower triangle of the covariance, row by row
    farthest: Number  #: squared distance beyond which nobody known moves so

    @property
    def mean(self) -> FloatArray:
        """The typical manner, shape (k,)."""
        return np.array([number.value for number in self.typical])

    @property
    def covariance(self) -> FloatArray:
        """How people, styles and strides differ from it, shape (k, k)."""
        size = len(self.typical)
        below = np.zeros((size, size))
        below[np.tril_indices(size)] = [number.value for number in self.spread]
        return np.asarray(below + np.tril(below, -1).T)


def far_squared(rows: FloatArray, moves: BoolArray, people: People) -> FloatArray:
    """Return how far windows lie from everybody, each pooled with its neighbours in which something moves.

    Parameters
    ----------
    rows : ndarray, shape (k, W)
        Of :func:`backward_running.gait.steps.time_even_features.manner`.
    moves : ndarray of bool, shape (W,)
        The windows that count.
    people : People
        Of the part of the body.

    Returns
    -------
    ndarray, shape (W,)
        Squared, in standard deviations; 0 where nothing moves, or too little to tell.

    Valid for
    ---------
    The parts of the body and the manners of going forward that ``time_even_reference`` was fitted to.

    References
    ----------
    [Mahalanobis1936]_
    """
    first = np.clip(np.arange(len(moves)) - POOLED // 2, 0, max(len(moves) - POOLED, 0))
    last = np.minimum(first + POOLED, len(moves))
    counts = window_counts(moves, first, last)
    pooled = np.stack([window_sums(np.where(moves, row, 0.0), first, last) for row in rows]) / np.maximum(counts, 1)
    off = pooled - people.mean[:, None]
    # With covariance L·Lᵀ the squared distance is that of L⁻¹·off.
    whitened = np.linalg.solve(np.linalg.cholesky(people.covariance), off)
    return np.where(moves & (counts >= LEAST), (whitened**2).sum(axis=0), 0.0)
