"""GNSS positions → how far they scatter from one fix to the next."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.signals.earth import metres_per_degree, unwrapped_longitude_deg

#: Median of the size of a normal variable over its standard deviation.
MEDIAN_TO_DEVIATION = 0.6745
#: A third difference of independent errors has the variance 1 + 9 + 9 + 1.
THIRD_DIFFERENCE = np.sqrt(20.0)
MOST_THIRDS = 4096  #: and up to twice as many


def fix_scatter_m(latitude_deg: FloatArray, longitude_deg: FloatArray) -> float:
    """Return the standard deviation of the error that fixes do not share with their neighbours, along one axis.

    Parameters
    ----------
    latitude_deg, longitude_deg : ndarray, shape (n,)
        Evenly spaced fixes, without holes; n ≥ 4.

    Returns
    -------
    float
        Metres. From third differences, which a smooth way does not reach; their median is not moved by the odd
        jump or sharp corner. Errors that drift slowly are not seen, nor do they turn a course. Of more than two hours
        at 1 Hz, some thousand of them are looked at, evenly spread: they tell it to some two percent.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> north_m, east_m = 3.0 * np.arange(2000.0) + rng.normal(0, 0.7, (2, 2000))
    >>> round(fix_scatter_m(north_m / 110574, east_m / 111320), 1)
    0.7
    """
    every = max(len(latitude_deg) // MOST_THIRDS, 1)
    north_m, east_m = metres_per_degree(latitude_deg[3::every])
    thirds = [
        _third_differences(latitude_deg, every) * north_m,
        _third_differences(unwrapped_longitude_deg(longitude_deg), every) * east_m,
    ]
    return float(np.median(np.abs(thirds)) / MEDIAN_TO_DEVIATION / THIRD_DIFFERENCE)


def _third_differences(values: FloatArray, every: int) -> FloatArray:
    first, second, third, fourth = (values[at : len(values) - 3 + at : every] for at in range(4))
    return (fourth - first) - 3.0 * (third - second)
