"""Short holes of one axis are filled on their own: where six axes miss in turn, hardly a row would be whole."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.evidence import proposed_number
from backward_running.signals.window import moving_mean

LONGEST_HOLE = proposed_number(
    "six_axis_longest_hole_s", 0.06, "s", "Up to 0.06 s without a sample (one or two at 25 to 50 Hz) is bridged."
)
ONE_MISSING = proposed_number(
    "six_axis_one_missing_ratio", 2.01, "1", "A hole of one sample is two steps long, and a little for an uneven clock."
)
LEAST_HELD = 2
PATCH_WINDOW_S = 1.0  #: over which rows are counted


def longest_hole_s(usual_step_s: float) -> float:
    """Return how long a hole may be for a straight line: 0.06 s, or one sample of a slow sensor."""
    return max(LONGEST_HOLE.value, ONE_MISSING.value * usual_step_s)


def bridged(time_s: FloatArray, values: FloatArray, longest_s: float) -> FloatArray:
    """Fill short holes of one axis in a straight line.

    Parameters
    ----------
    time_s, values : ndarray, shape (n,)
        NaN where missing.
    longest_s : float
        From one measured sample to the next; what is longer stays missing.

    Returns
    -------
    ndarray, shape (n,)
        The same array where nothing is filled.

    Examples
    --------
    >>> bridged(np.arange(5.0), np.array([1.0, np.nan, 3.0, np.nan, np.nan]), 2.0).tolist()
    [1.0, 2.0, 3.0, nan, nan]
    """
    missing = np.isnan(values)
    held = np.flatnonzero(~missing)
    if len(held) == len(values) or len(held) < LEAST_HELD:
        return values
    empty = np.flatnonzero(missing)
    after = np.searchsorted(held, empty)
    inside = (after > 0) & (after < len(held))
    empty, after = empty[inside], after[inside]
    short = time_s[held[after]] - time_s[held[after - 1]] <= longest_s
    filled = values.copy()
    filled[empty[short]] = np.interp(time_s[empty[short]], time_s[held], values[held])
    return filled


def too_patchy(values: FloatArray, known: BoolArray, usual_step_s: float) -> BoolArray:
    """Say where so many rows miss some axes and not others that what is left is chosen by chance.

    Parameters
    ----------
    values : ndarray, shape (k, n)
        The axes; NaN where missing.
    known : ndarray of bool, shape (n,)
        Which rows are whole.
    usual_step_s : float
        From row to row.

    Returns
    -------
    ndarray of bool, shape (n,)
        Rows without any axis do not count: a slow sensor in a fast table is no patchy one.

    Examples
    --------
    >>> rows = np.array([[1.0, np.nan, np.nan, 1.0], [1.0, 2.0, 2.0, 2.0]])
    >>> too_patchy(rows, np.isfinite(rows).all(axis=0), 1.0).tolist()
    [False, True, True, False]
    """
    partly = ~known & np.isfinite(values).any(axis=0)
    width = max(round(PATCH_WINDOW_S / usual_step_s), 1)
    return np.asarray(moving_mean(partly.astype(float), width) > moving_mean(known.astype(float), width) + 1e-9)
