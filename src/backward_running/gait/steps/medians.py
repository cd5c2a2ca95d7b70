"""The median of what was seen between each two borders, for all stretches at once."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray


def medians(at_s: FloatArray, values: FloatArray, borders_s: FloatArray, least: int) -> FloatArray:
    """Return the median of the known values between each two borders.

    Parameters
    ----------
    at_s : ndarray, shape (k,)
        When each value was seen.
    values : ndarray, shape (k,)
        NaN is not known.
    borders_s : ndarray, shape (n + 1,)
        In order of time; a stretch begins on its border and ends before the next.
    least : int
        How many values a median takes.

    Returns
    -------
    ndarray, shape (n,)
        NaN of fewer values.

    Examples
    --------
    >>> medians(np.array([0.0, 1.0, 2.0, 5.0]), np.array([0.3, 0.2, 0.9, 0.5]), np.array([0.0, 4.0, 9.0]), 3).tolist()
    [0.3, nan]
    """
    known = np.isfinite(values)
    at_s, values = at_s[known], values[known]
    stretch = np.searchsorted(borders_s, at_s, side="right") - 1
    order = np.lexsort((values, stretch))
    values, stretch = values[order], stretch[order]
    numbers = np.arange(len(borders_s) - 1)
    first, after = np.searchsorted(stretch, numbers), np.searchsorted(stretch, numbers, side="right")
    found = np.full(len(numbers), np.nan)
    enough = after - first >= max(least, 1)
    low, high = (first + after - 1)[enough] // 2, (first + after)[enough] // 2
    found[enough] = (values[low] + values[high]) / 2
    return found
