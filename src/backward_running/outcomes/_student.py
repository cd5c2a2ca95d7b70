"""Student's t with whole degrees of freedom, and mixtures of it, in numpy alone."""

from __future__ import annotations

import functools
import math

import numpy as np

from backward_running.core.arrays import FloatArray

#: With more degrees than this a t is told from a normal distribution by nobody; the sum below stays short.
MOST_DEGREES = 200
#: Between these quantiles lie 95 % and 90 %; of a normal distribution 95 % lie within so many standard errors.
INSIDE_95, INSIDE_90 = (0.025, 0.975), (0.05, 0.95)
NORMAL_95 = 1.959964
#: Halvings of a bracket of so many scales; and over how much of the smallest scale the last slope is taken.
HALVINGS, WIDE, STEP = 28, 1000.0, 0.05
#: The table of a t reaches to sinh of so much, at so many points.
DENSE, POINTS = 8.0, 4001


def cdf(t: FloatArray, degrees: int) -> FloatArray:
    """Return the chance that a Student t is at most `t`.

    The finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4: exact for whole degrees of freedom.

    Parameters
    ----------
    t : array of float
        Standardised values.
    degrees : int
        Degrees of freedom, at least 1; more than :data:`MOST_DEGREES` are taken as that many.

    Returns
    -------
    array of float
        Chances, 0 to 1.

    Examples
    --------
    >>> bool(abs(cdf(np.array([2.228]), 10)[0] - 0.975) < 1e-4)
    True
    """
    degrees = min(degrees, MOST_DEGREES)
    angle = np.arctan(np.asarray(t, dtype=float) / math.sqrt(degrees))
    cos, sin = np.cos(angle), np.sin(angle)
    is_odd = degrees % 2 == 1
    term = cos if is_odd else np.ones_like(cos)
    total = term.copy() if degrees > 1 else np.zeros_like(cos)
    for k in range(3 if is_odd else 2, degrees - 1, 2):
        term = term * cos**2 * ((k - 1) / k)
        total = total + term
    inside = 2.0 / math.pi * (angle + sin * total) if is_odd else sin * total
    return np.asarray(0.5 + 0.5 * np.clip(inside, -1.0, 1.0), dtype=float)


def mixture_cdf(at: float, centres: FloatArray, scales: FloatArray, weights: FloatArray, degrees: int) -> float:
    """Return the chance that a mixture of Student t is at most `at`.

    Parameters
    ----------
    at : float
        Where it is asked, in the unit of the centres.
    centres, scales, weights : array of float, one shape
        The parts; the weights add up to 1, the scales are positive.
    degrees : int
        Degrees of freedom of every part.

    Returns
    -------
    float
        A chance, 0 to 1.
    """
    return float(np.sum(weights * cdf((at - centres) / scales, degrees)))


def mixture_quantiles(
    chances: tuple[float, ...], centres: FloatArray, scales: FloatArray, weights: FloatArray, degrees: int
) -> tuple[float, ...]:
    """Return the values below which a mixture of Student t lies with some chances, by halving all brackets at once.

    Halved is with chances between those of a table; one step of Newton's then makes them exact.

    Parameters
    ----------
    chances : tuple of float
        Each above 0 and below 1.
    centres, scales, weights : array of float, one shape
        The parts, as in :func:`mixture_cdf`.
    degrees : int
        Degrees of freedom of every part.

    Returns
    -------
    tuple of float
        In the unit of the centres, one for each chance.
    """
    wanted = np.array(chances)
    at, below = _table(min(degrees, MOST_DEGREES))

    def chance(of: FloatArray) -> FloatArray:
        return np.asarray(np.interp((of[:, None] - centres) / scales, at, below) @ weights, dtype=float)

    wide = WIDE * float(np.max(scales))
    low = np.full(len(wanted), float(np.min(centres)) - wide)
    high = np.full(len(wanted), float(np.max(centres)) + wide)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        is_below = chance(middle) < wanted
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    middle = 0.5 * (low + high)
    exact = cdf((middle[:, None] - centres) / scales, degrees) @ weights
    step = STEP * float(np.min(scales))
    slope = (chance(middle + step) - chance(middle - step)) / (2.0 * step)
    return tuple((middle + (wanted - exact) / slope).tolist())


@functools.lru_cache(maxsize=32)
def _table(degrees: int) -> tuple[FloatArray, FloatArray]:
    """Return values, dense where a t lies and sparse far out, and the chance of each."""
    at = np.sinh(np.linspace(-DENSE, DENSE, POINTS))
    return at, cdf(at, degrees)
