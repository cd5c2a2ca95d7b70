"""Degrees on the WGS 84 ellipsoid → metres on the ground, for the short ways between two fixes."""

from __future__ import annotations

import math

import numpy as np

from backward_running.core.arrays import FloatArray

#: WGS 84, National Geospatial-Intelligence Agency standard: defining constants, not findings.
SEMI_MAJOR_AXIS_M = 6_378_137.0
FLATTENING = 1.0 / 298.257223563
RAD_PER_DEG = math.pi / 180.0


def unwrapped_longitude_deg(longitude_deg: FloatArray) -> FloatArray:
    """Return longitudes without the jump of 360° at the antimeridian; NaN stays NaN.

    >>> unwrapped_longitude_deg(np.array([179.9, np.nan, -179.9])).tolist()
    [179.9, nan, 180.1]
    """
    known = np.isfinite(longitude_deg)
    values = longitude_deg[known]
    if len(values) < 2 or np.ptp(values) < 180.0:
        return longitude_deg
    unwrapped = longitude_deg.copy()
    unwrapped[known] = np.unwrap(values, period=360.0)
    return unwrapped


def metres_per_degree(latitude_deg: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return how many metres one degree of latitude and one degree of longitude span on the ellipsoid.

    Parameters
    ----------
    latitude_deg : ndarray, shape (n,)
        WGS 84 latitude.

    Returns
    -------
    north_m, east_m : ndarray, shape (n,)
        From the meridional and the prime-vertical radius of curvature. **Valid for** ways up to some kilometres,
        away from the poles.

    Examples
    --------
    >>> north_m, east_m = metres_per_degree(np.array([0.0, 60.0]))
    >>> north_m.round().tolist(), east_m.round().tolist()
    ([110574.0, 111412.0], [111319.0, 55800.0])
    """
    squared_eccentricity = FLATTENING * (2.0 - FLATTENING)
    squared_sine = np.square(np.sin(latitude_deg * RAD_PER_DEG))
    bulge = 1.0 - squared_eccentricity * squared_sine
    prime_vertical_m_per_deg = SEMI_MAJOR_AXIS_M * RAD_PER_DEG / np.sqrt(bulge)
    meridional_m_per_deg = prime_vertical_m_per_deg * ((1.0 - squared_eccentricity) / bulge)
    # The cosine of a latitude is never negative: a root is ten times as quick as a second function of the angle.
    return meridional_m_per_deg, prime_vertical_m_per_deg * np.sqrt(1.0 - squared_sine)
