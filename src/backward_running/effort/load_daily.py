"""Daily load over weeks: exponentially weighted means, monotony, strain. A day of rest is 0; it is not missing."""

from __future__ import annotations

import numpy as np

from backward_running.core.errors import BadValue, NotEnoughData
from backward_running.core.recording import FloatArray

BLOCK = 64
SAME = 64 * np.finfo(np.float64).eps  #: a spread below this share of the largest day is rounding, not variation


def decay_ratio(days: float) -> float:
    """Weight of the newest day in a mean that forgets with a time constant of `days`: λ = 1 − e^(−1/N).

    As the other programs that show fitness and fatigue take it: after N days of the same load 63 % of it is reached.

    Examples
    --------
    >>> round(decay_ratio(42), 5), round(decay_ratio(7), 4)
    (0.02353, 0.1331)
    """
    if not days >= 1:
        raise BadValue("days", "be at least 1", days)
    return -float(np.expm1(-1.0 / days))


def smoothing_ratio(days: float) -> float:
    """Weight of the newest day in the averages of the acute:chronic ratio (Williams 2017), and of nothing else.

    λ = 2/(N + 1): with 42 and 7 days it would mean about 21 and 3.5.

    Examples
    --------
    >>> smoothing_ratio(7), round(smoothing_ratio(28), 3)
    (0.25, 0.069)
    """
    if not days >= 1:
        raise BadValue("days", "be at least 1", days)
    return 2 / (days + 1)


def weighted_mean_au(daily_load_au: FloatArray, newest_ratio: float, *, start_au: float | None = None) -> FloatArray:
    """Exponentially weighted mean of a load that is known for every day.

    Parameters
    ----------
    daily_load_au : ndarray, shape (n,) or (n, k)
        Load of consecutive days, oldest first; k of them side by side.
    newest_ratio : float
        Weight of the newest day, from :func:`decay_ratio` or :func:`smoothing_ratio`.
    start_au : float, optional
        The mean before the first day; without it that is the first day's load.

    Returns
    -------
    ndarray, shape (n,) or (n, k)
        The mean after each day.

    Notes
    -----
    mean ← mean + λ·(load − mean), λ the weight of the newest day.

    Examples
    --------
    >>> weighted_mean_au(np.array([0.0, 100.0, 0.0]), 0.25).tolist()
    [0.0, 25.0, 18.75]
    >>> weighted_mean_au(np.array([100.0, 0.0]), 0.25, start_au=0.0).tolist()
    [25.0, 18.75]
    """
    loads = np.asarray(daily_load_au, dtype=np.float64)
    share, keep = newest_ratio, 1.0 - newest_ratio
    if not loads.size:
        return np.empty(loads.shape)
    flat = loads.reshape(len(loads), -1)
    # In blocks of 64 days each day is one row of a triangle of powers; only the blocks follow one another.
    blocks = -(-len(flat) // BLOCK)
    padded = np.zeros((blocks * BLOCK, flat.shape[1]))
    padded[: len(flat)] = flat
    ages = np.subtract.outer(np.arange(BLOCK), np.arange(BLOCK))
    triangle = np.where(ages >= 0, share * keep ** np.maximum(ages, 0), 0.0)
    means = triangle @ padded.reshape(blocks, BLOCK, -1)
    fading = keep ** np.arange(1, BLOCK + 1)[:, None]
    before = flat[0] if start_au is None else np.full(flat.shape[1], start_au)
    for block in range(blocks):
        means[block] += fading * before
        before = means[block, -1]
    return np.ascontiguousarray(means.reshape(blocks * BLOCK, -1)[: len(flat)].reshape(loads.shape))


def monotony_of_weeks(weeks_load_au: FloatArray) -> FloatArray:
    """Mean over standard deviation of the daily loads of each week; NaN where every day is the same.

    Parameters
    ----------
    weeks_load_au : ndarray, shape (weeks, 7)
        Load of each day; a day of rest is 0.

    Returns
    -------
    ndarray, shape (weeks,)
        Monotony, with the standard deviation of the seven days themselves (divided by 7).

    References
    ----------
    Foster 1998, Med Sci Sports Exerc 30:1164; from memory

    Examples
    --------
    >>> monotony_of_weeks(np.array([[100.0, 0, 100, 0, 100, 0, 0], [50.0] * 7])).round(2).tolist()
    [0.87, nan]
    """
    spread = weeks_load_au.std(axis=1)
    varies = spread > SAME * np.maximum(np.abs(weeks_load_au).max(axis=1, initial=0.0), 1.0)
    monotony = np.full(len(spread), np.nan)
    np.divide(weeks_load_au.mean(axis=1), spread, out=monotony, where=varies)
    return monotony


def monotony_ratio(week_load_au: FloatArray) -> float | None:
    """Mean over standard deviation of a week's daily loads; None where every day is the same.

    Raises
    ------
    NotEnoughData
        The week does not have seven days.

    Examples
    --------
    >>> round(monotony_ratio(np.array([100.0, 0, 100, 0, 100, 0, 0])), 2)
    0.87
    """
    if len(week_load_au) != 7:
        raise NotEnoughData(f"Monotony needs the load of 7 days, days of rest included; got {len(week_load_au)}.")
    monotony = float(monotony_of_weeks(np.asarray(week_load_au, dtype=np.float64)[None, :])[0])
    return monotony if np.isfinite(monotony) else None


def strain_au(week_load_au: FloatArray) -> float | None:
    """Load of a week times its monotony; None where the monotony is not known.

    Examples
    --------
    >>> round(strain_au(np.array([100.0, 0, 100, 0, 100, 0, 0])))
    260
    """
    monotony = monotony_ratio(week_load_au)
    return None if monotony is None else float(np.sum(week_load_au)) * monotony
