"""GNSS positions → course: where the body travels. It says nothing about where the chest faces."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.evidence import proposed_number
from backward_running.signals.clock import longest_step_s
from backward_running.signals.earth import metres_per_degree, unwrapped_longitude_deg

WINDOW = proposed_number(
    "course_window_s",
    6.0,
    "s",
    "The course is taken over 6 s, three on each side: long enough that a metre of GNSS noise turns a slow walk by "
    "less than a quarter of a right angle, short enough to see a turn-round.",
)
NEARLY_STILL = proposed_number(
    "course_nearly_still_m",
    2.4,
    "m",
    "Over a shorter way than 2.4 m in 6 s (0.4 m/s) the course is noise and is not given.",
)


def displacement_m(
    time_s: FloatArray, latitude_deg: FloatArray, longitude_deg: FloatArray, *, window_s: float = WINDOW.value
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return how far the body came within a window about each moment.

    Parameters
    ----------
    time_s, latitude_deg, longitude_deg : ndarray, shape (n,)
        Fixes; NaN where there is none.
    window_s : float
        Width of the window. At the ends of the recording it is cut to what is there.

    Returns
    -------
    east_m, north_m, span_s : ndarray, shape (n,)
        Displacement and the time it took; NaN where a hole is too near.
    """
    fixed = np.isfinite(latitude_deg) & np.isfinite(longitude_deg)
    nothing = np.full(time_s.shape, np.nan)
    if fixed.sum() < 2:
        return nothing, nothing, nothing
    at_s = time_s[fixed]
    latitude, longitude = latitude_deg[fixed], unwrapped_longitude_deg(longitude_deg)[fixed]
    north_per_deg, east_per_deg = metres_per_degree(latitude)
    reach = window_s / 2 / (at_s[1] - at_s[0])
    if len(at_s) == len(time_s) and reach.is_integer() and (np.diff(at_s) == at_s[1] - at_s[0]).all():
        # As nearly every watch writes: whole steps to both ends of the window, so nothing lies between two fixes.
        span_s, north, east = (_across(values, int(reach)) for values in (at_s, latitude, longitude))
        span_s[span_s < window_s / 4] = np.nan
        east[np.isnan(span_s)] = np.nan
        north[np.isnan(span_s)] = np.nan
        return east * east_per_deg, north * north_per_deg, span_s
    before_s = np.clip(time_s - window_s / 2, at_s[0], at_s[-1])
    after_s = np.clip(time_s + window_s / 2, at_s[0], at_s[-1])
    span_s = after_s - before_s
    north_m = (np.interp(after_s, at_s, latitude) - np.interp(before_s, at_s, latitude)) * np.interp(
        time_s, at_s, north_per_deg
    )
    east_m = (np.interp(after_s, at_s, longitude) - np.interp(before_s, at_s, longitude)) * np.interp(
        time_s, at_s, east_per_deg
    )
    blind = _holes_within(at_s, before_s, after_s) | (span_s < window_s / 4)
    return np.where(blind, np.nan, east_m), np.where(blind, np.nan, north_m), np.where(blind, np.nan, span_s)


def course_deg(
    time_s: FloatArray, latitude_deg: FloatArray, longitude_deg: FloatArray, *, window_s: float = WINDOW.value
) -> FloatArray:
    """Return where the body travels, clockwise from north; NaN when nearly still or without fixes.

    Parameters
    ----------
    time_s, latitude_deg, longitude_deg : ndarray, shape (n,)
        Fixes; NaN where there is none.
    window_s : float
        Width of the window over which the displacement is taken.

    Returns
    -------
    ndarray, shape (n,)
        0 … 360 deg.

    Examples
    --------
    Eastward along the equator at about 3 m/s:

    >>> time_s = np.arange(10.0)
    >>> course_deg(time_s, np.zeros(10), time_s * 3 / 111319.5)[5].item()
    90.0
    """
    east_m, north_m, span_s = displacement_m(time_s, latitude_deg, longitude_deg, window_s=window_s)
    course = np.degrees(np.arctan2(east_m, north_m))
    course[course < 0.0] += 360.0
    slowest_m = NEARLY_STILL.value / WINDOW.value * span_s
    return np.where(east_m * east_m + north_m * north_m >= slowest_m * slowest_m, course, np.nan)


def _across(values: FloatArray, reach: int) -> FloatArray:
    """Return what lies `reach` samples behind each less what lies as many before it, or the last and the first."""
    padded = np.concatenate([np.full(reach, values[0]), values, np.full(reach, values[-1])])
    return np.asarray(padded[2 * reach :] - padded[: len(values)])


def _holes_within(at_s: FloatArray, before_s: FloatArray, after_s: FloatArray) -> np.ndarray:
    """Say for each window whether a hole between two fixes touches it."""
    is_hole = np.diff(at_s) > longest_step_s(at_s)
    if not is_hole.any():
        return np.zeros(before_s.shape, dtype=bool)
    holes_before = np.concatenate([[0], np.cumsum(is_hole)])
    first = np.searchsorted(at_s, before_s, side="right") - 1
    last = np.searchsorted(at_s, after_s, side="left")
    return np.asarray(holes_before[last] > holes_before[first])
