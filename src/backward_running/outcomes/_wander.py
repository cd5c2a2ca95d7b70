"""What moves by itself: quick and slow wandering and noise, at 25 points of a grid.

Each kind of wandering is a process that forgets exponentially (Ornstein and Uhlenbeck). Taking out of the readings,
and of the columns of a design, what was to be expected from those before makes ordinary least squares generalised
[Aitken1936]_; a Kalman filter does so in a time that grows as the readings do [Kalman1960]_.

References
----------
.. [Aitken1936] A. C. Aitken, On least squares and linear combination of observations, Proc. R. Soc. Edinb. 55:42, 1936.
.. [Kalman1960] R. E. Kalman, A new approach to linear filtering and prediction problems, J. Basic Eng. 82:35, 1960.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.outcomes.choices import QUICK, SLOW


@dataclass(frozen=True, slots=True)
class Kind:
    """A point of the grid: variances in those of the noise, and memories."""

    quick: float
    quick_days: float
    slow: float
    slow_days: float


#: The points of the grid.
KINDS = tuple(
    Kind(near, near_days, far * (1.0 + near), far_days) for (near, near_days), (far, far_days) in product(QUICK, SLOW)
)


@dataclass(frozen=True, slots=True)
class Whitened:
    """Columns without correlation, at each point of the grid."""

    columns: FloatArray  #: (points, n, columns)
    log_det: FloatArray  #: (points,): logarithm of the determinant of the covariance


def covariance(days: FloatArray, kind: Kind) -> FloatArray:
    """Return the covariance of one kind of wandering between days, in variances of the noise: (n, n)."""
    apart = np.abs(days[:, None] - days[None, :])
    near, far = kind.quick * np.exp(-apart / kind.quick_days), kind.slow * np.exp(-apart / kind.slow_days)
    return np.asarray(near + far, dtype=float)


def whiten(days: FloatArray, columns: FloatArray, spread: FloatArray) -> Whitened:
    """Take the correlation out of columns, at every point of the grid.

    Parameters
    ----------
    days : array (n,)
        Days of the readings, rising.
    columns : array (n, columns)
        The readings and the design.
    spread : array (n,)
        Variance of the noise of each reading, over that of an ordinary one.

    Returns
    -------
    Whitened
        Of each point.

    Valid for
    ---------
    Spreads above 0, days that differ.

    References
    ----------
    [Aitken1936]_, [Kalman1960]_
    """
    gains, variances, keep = _gains(days, spread)
    near, far = np.zeros((2, len(KINDS), columns.shape[1]))
    white = np.empty((len(days), *near.shape))
    for place, row in enumerate(columns):
        near *= keep[place, 0]
        far *= keep[place, 1]
        left = row - near - far
        near += gains[place, 0] * left
        far += gains[place, 1] * left
        white[place] = left
    white /= np.sqrt(variances)[:, :, None]
    return Whitened(white.transpose(1, 0, 2), np.log(variances).sum(axis=0))


def _gains(days: FloatArray, spread: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return how much both kinds learn of each reading, how far it strays, and how much of both is kept until it."""
    sizes = np.array([(kind.quick, kind.slow) for kind in KINDS]).T
    memories = np.array([(kind.quick_days, kind.slow_days) for kind in KINDS]).T
    keep = np.exp(-np.diff(days, prepend=days[0])[:, None, None] / memories)
    fresh = sizes * (1.0 - keep**2)
    gains, variances = np.empty((len(days), *sizes.shape)), np.empty((len(days), len(KINDS)))
    own, shared = sizes.copy(), np.zeros(len(KINDS))
    for place, kept in enumerate(keep):
        own = kept * kept * own + fresh[place]
        shared = kept[0] * kept[1] * shared
        along = own + shared
        variance = along[0] + along[1] + spread[place]
        gain = along / variance
        own = own - gain * along
        shared = shared - gain[0] * along[1]
        gains[place], variances[place] = gain, variance
    return gains[..., None], variances, keep[..., None]


def whiten_at(days: FloatArray, columns: FloatArray, spread: FloatArray, kind: Kind) -> FloatArray:
    """Return columns without correlation at one point of the grid: for many columns at once. As :func:`whiten`."""
    root = np.linalg.cholesky(covariance(days, kind) + np.diag(spread))
    return np.asarray(np.linalg.solve(root, columns), dtype=float)
