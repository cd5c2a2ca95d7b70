"""Distance since the start: as the device counted it, else along the GNSS fixes, else from the speed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.recording import Span
from backward_running.evidence import proposed_number
from backward_running.signals.clock import longest_step_s
from backward_running.signals.earth import metres_per_degree, unwrapped_longitude_deg

FASTEST_ON_FOOT = proposed_number(
    "fastest_on_foot_mps", 12.5, "m s⁻¹", "A fix that needs more than 12.5 m/s there and back is a jump, not a person."
)
DRIFT = proposed_number(
    "gnss_drift_mps", 0.4, "m s⁻¹", "Fixes that wander by less than 0.4 m/s over 6 s are a person who stands."
)


def filled_distance_m(time_s: FloatArray, distance_m: FloatArray) -> FloatArray:
    """Return the device's own count without holes, never falling.

    Parameters
    ----------
    time_s, distance_m : ndarray, shape (n,)
        NaN where the device said nothing; at least one number.

    Returns
    -------
    ndarray, shape (n,)
        Holes between two numbers are bridged in proportion to time; before the first and after the last the
        count stands.

    Examples
    --------
    >>> filled_distance_m(np.arange(4.0), np.array([0.0, np.nan, 6.0, 5.0])).tolist()
    [0.0, 3.0, 6.0, 6.0]
    """
    known = np.isfinite(distance_m)
    if not known.all():
        distance_m = np.interp(time_s, time_s[known], distance_m[known])
    return np.maximum.accumulate(distance_m)


def distance_along_fixes_m(
    time_s: FloatArray,
    latitude_deg: FloatArray,
    longitude_deg: FloatArray,
    drifts: np.ndarray,
    pauses: Sequence[Span] = (),
    *,
    fastest_mps: float = np.inf,
) -> FloatArray:
    """Return the way along the fixes, on the ellipsoid; what drifts while standing and in pauses does not count.

    Parameters
    ----------
    time_s, latitude_deg, longitude_deg : ndarray, shape (n,)
        Fixes; NaN where there is none (bridged by a straight line).
    drifts : ndarray of bool, shape (n,)
        Where the fixes move so little that the person stands.
    pauses : sequence of Span
        Ways that begin and end in a pause do not count.
    fastest_mps : float
        A fix that would need a higher speed there *and* back is left out; a jump without return adds nothing.

    Returns
    -------
    ndarray, shape (n,)
        Metres since the first sample.
    """
    fixed = np.isfinite(latitude_deg) & np.isfinite(longitude_deg)
    kept = np.flatnonzero(fixed)
    longitude_deg = unwrapped_longitude_deg(longitude_deg)
    way_m = _ways_m(latitude_deg[kept], longitude_deg[kept])
    too_fast = way_m > fastest_mps * np.diff(time_s[kept])
    jump = np.zeros(len(kept), dtype=bool)
    jump[1:-1] = too_fast[:-1] & too_fast[1:]
    if jump.any():
        kept = kept[~jump]
        way_m = _ways_m(latitude_deg[kept], longitude_deg[kept])
    starts_s, ends_s = time_s[kept][:-1], time_s[kept][1:]
    way_m = np.where(way_m > fastest_mps * (ends_s - starts_s), 0.0, way_m)
    way_m = np.where(drifts[kept][:-1] & drifts[kept][1:] & (ends_s - starts_s <= longest_step_s(time_s)), 0.0, way_m)
    for pause in pauses:
        middle_s = (starts_s + ends_s) / 2
        way_m = np.where((middle_s >= pause.start_s) & (middle_s < pause.end_s), 0.0, way_m)
    return np.asarray(np.interp(time_s, time_s[kept], np.concatenate([[0.0], np.cumsum(way_m)])))


def distance_from_speed_m(time_s: FloatArray, speed_mps: FloatArray) -> FloatArray:
    """Integrate the speed by the trapezium rule; a hole in the recording adds nothing.

    >>> distance_from_speed_m(np.arange(3.0), np.array([2.0, 2.0, 4.0])).tolist()
    [0.0, 2.0, 5.0]
    """
    known_mps = np.nan_to_num(speed_mps, nan=0.0)
    steps_s = np.diff(time_s)
    ways_m = np.where(steps_s <= longest_step_s(time_s), (known_mps[1:] + known_mps[:-1]) / 2 * steps_s, 0.0)
    return np.concatenate([[0.0], np.cumsum(ways_m)])


def _ways_m(latitude_deg: FloatArray, longitude_deg: FloatArray) -> FloatArray:
    north_per_deg, east_per_deg = metres_per_degree((latitude_deg[1:] + latitude_deg[:-1]) / 2)
    ways: FloatArray = np.hypot(np.diff(latitude_deg) * north_per_deg, np.diff(longitude_deg) * east_per_deg)
    return ways
