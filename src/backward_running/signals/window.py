"""Sums, means and minima over windows of evenly spaced samples, at linear cost."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from backward_running.core.arrays import BoolArray, ComplexArray, FloatArray, IntArray

Summed = TypeVar("Summed", FloatArray, ComplexArray)


def windows(count: int, back: int, ahead: int, at: IntArray | None = None) -> tuple[IntArray, IntArray]:
    """Return where the windows about the samples `at` (all, without it) begin and end; shorter at both ends.

    >>> [edge.tolist() for edge in windows(4, 1, 2)]
    [[0, 0, 1, 2], [3, 4, 4, 4]]
    """
    about = np.arange(count) if at is None else at
    return np.maximum(about - back, 0), np.minimum(about + ahead + 1, count)


def window_sums(values: Summed, first: IntArray, last: IntArray) -> Summed:
    """Return the sums of the samples ``[first, last)`` of each window.

    >>> window_sums(np.array([1.0, 2.0, 3.0]), np.array([0, 1]), np.array([2, 3])).tolist()
    [3.0, 5.0]
    """
    sums = np.concatenate([np.zeros(1, dtype=values.dtype), np.cumsum(values)])
    return np.asarray(sums[last] - sums[first])


def window_counts(mask: BoolArray, first: IntArray, last: IntArray) -> IntArray:
    """Return how many samples of each window are true."""
    counts = np.concatenate([[0], np.cumsum(mask)])
    return np.asarray(counts[last] - counts[first])


def window_means(values: FloatArray, first: IntArray, last: IntArray) -> FloatArray:
    """Return the means of the known samples of each window.

    Parameters
    ----------
    values : ndarray, shape (n,)
        NaN where not known.
    first, last : ndarray of int, shape (k,)
        The windows hold the samples ``[first, last)``.

    Returns
    -------
    ndarray, shape (k,)
        NaN where a window holds no known sample.

    Examples
    --------
    >>> window_means(np.array([1.0, np.nan, 4.0]), np.array([0, 1, 1]), np.array([2, 2, 3])).tolist()
    [1.0, nan, 4.0]
    """
    known = np.isfinite(values)
    if known.all():
        return np.asarray(window_sums(values, first, last) / (last - first))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(window_sums(np.where(known, values, 0.0), first, last) / window_counts(known, first, last))


def whole_window_means(values: FloatArray, width: int) -> FloatArray:
    """Return the mean over `width` samples about each, with the edge held; NaN where one of them is not known.

    >>> whole_window_means(np.array([1.0, 2.0, 3.0, np.nan, 5.0]), 3).round(9).tolist()
    [1.333333333, 2.0, nan, nan, nan]
    """
    width = min(width, len(values))
    held = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    first = np.arange(len(values))
    known = np.isfinite(held)
    total = window_sums(np.where(known, held, 0.0), first, first + width)
    return np.where(window_counts(known, first, first + width) == width, total / width, np.nan)


def moving_mean(values: FloatArray, width: int) -> FloatArray:
    """Return the mean over `width` samples about each; at the ends the edge is held.

    Parameters
    ----------
    values : ndarray, shape (..., n)
        Known throughout. The mean is taken along the last axis.
    width : int
        Samples of the window; an even one reaches one further back.

    Returns
    -------
    ndarray, shape (..., n)

    Examples
    --------
    >>> moving_mean(np.array([0.0, 3.0, 6.0, 3.0]), 3).tolist()
    [1.0, 3.0, 4.0, 4.0]
    """
    if width <= 1 or values.shape[-1] == 0:
        return values
    before, after = width // 2, width - 1 - width // 2
    edges = [(0, 0)] * (values.ndim - 1)
    total = np.cumsum(np.pad(values, [*edges, (before + 1, after)], mode="edge"), axis=-1)
    return np.asarray((total[..., width:] - total[..., :-width]) / width)


def moving_minimum(values: FloatArray, reach: int) -> FloatArray:
    """Return the least value within `reach` samples on either side.

    Examples
    --------
    >>> moving_minimum(np.array([5.0, 1.0, 4.0, 6.0, 7.0]), 1).tolist()
    [1.0, 1.0, 1.0, 4.0, 6.0]
    """
    width = 2 * reach + 1
    least = np.pad(values, (reach, reach), constant_values=np.inf)
    held = 1
    while 2 * held <= width:  # windows double until two of them, overlapping, cover the whole
        least = np.minimum(least[:-held], least[held:])
        held *= 2
    rest = width - held
    return np.minimum(least[: len(least) - rest], least[rest:]) if rest else least
