"""GNSS positions → how far they scatter from one fix to the next."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.signals.earth import metres_per_degree, unwrapped_longitude_deg

#: Median of the size of a normal variable over its standard deviation.
MEDIAN_TO_DEVIATION = 0.6745
#: A third difference of independent errors has the variance 1 + 9 + 9 + 1.
THIRD_DIFFERENCE = np.sqrt(20.0)
#: That of a walk of chance, 1, −2 and 1 times its steps, has the variance 1 + 4 + 1.
WALKED_THIRD = 6.0
LEAST_STEP_S = 1.0  #: what a receiver writes more often is no new fix
MOST_THIRDS = 4096  #: and up to twice as many


class FixError(NamedTuple):
    """How fixes err along one axis: what each has for itself, and what grows with time as a walk of chance does."""

    scatter_m: float  #: standard deviation of what a fix does not share with its neighbours
    wander_m2ps: float  #: by how much the variance of a way grows with each second that it takes

    def of_a_way_m(self, lasts_s: FloatArray | float) -> FloatArray:
        """Return the standard deviation of a way between two fixes that lie so far apart in time."""
        return np.asarray(np.sqrt(2.0 * self.scatter_m**2 + self.wander_m2ps * np.asarray(lasts_s)))


def fix_error(time_s: FloatArray, latitude_deg: FloatArray, longitude_deg: FloatArray) -> FixError:
    """Tell what fixes have for themselves from what wanders: the third differences over twice the time show it.

    Parameters
    ----------
    time_s, latitude_deg, longitude_deg : ndarray, shape (n,)
        Fixes without holes; n ≥ 4.

    Returns
    -------
    FixError
        Of errors that each fix has for itself third differences have the variance 20·σ², over whatever time; of a walk
        of chance 6·D·t over steps of t. **Valid for** ways that bend little within three steps of two seconds, or of
        two fixes. What a receiver smooths over many seconds is not seen.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> wander_m = np.cumsum(rng.normal(0.0, 1.5, (2, 3000)), axis=1)
    >>> north_m, east_m = 1.0 * np.arange(3000.0) + wander_m + rng.normal(0.0, 0.5, (2, 3000))
    >>> found = fix_error(np.arange(3000.0), north_m / 110574, east_m / 111320)
    >>> round(found.scatter_m, 1), round(found.wander_m2ps, 1)
    (0.6, 2.1)
    """
    usual_s = float(np.median(np.diff(time_s)))
    apart = max(round(LEAST_STEP_S / usual_s), 1)
    every = max(len(latitude_deg) // MOST_THIRDS, 1)
    near, far = (
        _scatter_m(latitude_deg, longitude_deg, every, apart * times) ** 2 if len(time_s) > 3 * apart * times else 0.0
        for times in (1, 2)
    )
    wander = max(far - near, 0.0) * THIRD_DIFFERENCE**2 / (WALKED_THIRD * apart * usual_s)
    own = max(near - WALKED_THIRD * wander * apart * usual_s / THIRD_DIFFERENCE**2, 0.0)
    return FixError(float(np.sqrt(own)), float(wander))


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
    return _scatter_m(latitude_deg, longitude_deg, max(len(latitude_deg) // MOST_THIRDS, 1), 1)


def _scatter_m(latitude_deg: FloatArray, longitude_deg: FloatArray, every: int, apart: int) -> float:
    north_m, east_m = metres_per_degree(latitude_deg[3 * apart :: every])
    thirds = [
        _third_differences(latitude_deg, every, apart) * north_m,
        _third_differences(unwrapped_longitude_deg(longitude_deg), every, apart) * east_m,
    ]
    return float(np.median(np.abs(thirds)) / MEDIAN_TO_DEVIATION / THIRD_DIFFERENCE)


def _third_differences(values: FloatArray, every: int, apart: int) -> FloatArray:
    first, second, third, fourth = (
        values[at : len(values) - 3 * apart + at : every] for at in range(0, 4 * apart, apart)
    )
    return (fourth - first) - 3.0 * (third - second)
