"""Daily load over weeks: exponentially weighted means, monotony, strain. A day of rest is 0; it is not missing."""

from __future__ import annotations

import numpy as np

from backward_running.core.errors import BadValue, NotEnoughData
from backward_running.core.recording import FloatArray


def smoothing_ratio(days: float) -> float:
    """Weight of the newest day in an exponentially weighted mean over `days`: λ = 2/(N + 1).

    Examples
    --------
    >>> smoothing_ratio(7), round(smoothing_ratio(28), 3)
    (0.25, 0.069)
    """
    if not days >= 1:
        raise BadValue("days", "be at least 1", days)
    return 2 / (days + 1)


def weighted_mean_au(daily_load_au: FloatArray, days: float) -> FloatArray:
    """Exponentially weighted mean of a load that is known for every day.

    Parameters
    ----------
    daily_load_au : ndarray, shape (n,)
        Load of consecutive days, oldest first.
    days : float
        Its time constant: 42 for fitness, 7 for fatigue.

    Returns
    -------
    ndarray, shape (n,)
        The mean after each day, starting from the first day's load.

    Examples
    --------
    >>> weighted_mean_au(np.array([0.0, 100.0, 0.0]), 7).tolist()
    [0.0, 25.0, 18.75]
    """
    share = smoothing_ratio(days)
    means = np.empty(len(daily_load_au))
    mean = daily_load_au[0] if len(daily_load_au) else 0
    for index, load in enumerate(daily_load_au):
        mean = mean + share * (load - mean)
        means[index] = mean
    return means


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
    spread = float(np.std(week_load_au))
    return float(np.mean(week_load_au)) / spread if spread > 0 else None


def strain_au(week_load_au: FloatArray) -> float | None:
    """Load of a week times its monotony; None where the monotony is not known.

    Examples
    --------
    >>> round(strain_au(np.array([100.0, 0, 100, 0, 100, 0, 0])))
    260
    """
    monotony = monotony_ratio(week_load_au)
    return None if monotony is None else float(np.sum(week_load_au)) * monotony
