"""Where and how fast the body travels, cell by cell: from fixes where there are any, else from a written course."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.recording import Recording, Stream
from backward_running.evidence import proposed_number
from backward_running.gait.detectors.yaw._turning_points import Fixes
from backward_running.gait.segment.time_base import cell_means
from backward_running.signals.course import displacement_m
from backward_running.signals.fix_scatter import FixError, fix_error, fix_scatter_m

COURSE_WINDOW = proposed_number(
    "yaw_course_window_s",
    2.0,
    "s",
    "The course is taken over 2 s, one on each side: a reversal of the course must not be smeared over many seconds.",
)
LONGEST_COURSE_WINDOW = proposed_number(
    "yaw_longest_course_window_s", 6.0, "s", "Where the fixes scatter, the course is taken over up to 6 s."
)
LEAST_NOISE = proposed_number(
    "yaw_least_course_noise_m",
    0.6,
    "m",
    "However smooth a track looks, two fixes some seconds apart err against each other by about 0.6 m.",
)
TOLERATED = proposed_number(
    "yaw_tolerated_course_noise_mps",
    0.4,
    "m s⁻¹",
    "The window of the course grows until the scatter of the fixes is 0.4 m per second: a third of a slow walk.",
)
COURSE_WAY = proposed_number(
    "yaw_course_way_m",
    12.0,
    "m",
    "A receiver wanders by some metres within half a minute, smoothly, so that its scatter does not show it: the "
    "course is taken over 12 m of way, and of a slow walk that takes longer than 2 s.",
)
LONGEST_WALKED = proposed_number(
    "yaw_longest_walked_window_s", 14.0, "s", "But over no more than 14 s: people change their direction."
)
COURSE_NOISE_RATIO = 1.5  #: of two fixes, each with its own scatter (√2), and a little for what is correlated
LEAST_FIXES = 4


class Travel(NamedTuple):
    """Where and how fast the body travels in every cell, and how far that may be wrong; NaN where not known."""

    east_mps: FloatArray
    north_mps: FloatArray
    noise_mps: float
    near_mps: tuple[FloatArray, FloatArray]  #: east and north over a shorter window: when exactly the course changed
    fixes: Fixes  #: how well it tells when it changed
    error: FixError  #: how far a way of any length may be wrong


def travel_of(recording: Recording, time_s: FloatArray) -> Travel | None:
    """Return how the body travels, by the fixes where there are any: the course written beside them is often smoothed.

    Parameters
    ----------
    recording : Recording
        With fixes, or ``course_deg`` and ``speed_mps``.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Travel or None
        None without either. **Valid for** the open air: indoors fixes are not looked at.
    """
    fixes = recording.stream_with("latitude_deg", "longitude_deg")
    if fixes is not None and not recording.indoor:
        travel = _travel_by_fixes(fixes, time_s)
        if travel is not None:
            return travel
    written = recording.stream_with("course_deg", "speed_mps")
    if written is None:
        return None
    course_rad, speed = np.radians(written.columns["course_deg"]), written.columns["speed_mps"]
    east = cell_means(written.time_s, speed * np.sin(course_rad), time_s)
    north = cell_means(written.time_s, speed * np.cos(course_rad), time_s)
    error = FixError(LEAST_NOISE.value, 0.0)
    told_by = _fixes(written.time_s, COURSE_WINDOW.value, error)
    return Travel(east, north, LEAST_NOISE.value / COURSE_WINDOW.value, (east, north), told_by, error)


def _travel_by_fixes(fixes: Stream, time_s: FloatArray) -> Travel | None:
    """Take the shortest window over which the scatter of these fixes leaves a course."""
    latitude_deg, longitude_deg = fixes.columns["latitude_deg"], fixes.columns["longitude_deg"]
    found = np.isfinite(latitude_deg) & np.isfinite(longitude_deg)
    if found.sum() < LEAST_FIXES:
        return None
    at_s, place = fixes.time_s[found], (latitude_deg[found], longitude_deg[found])
    noise_m = max(COURSE_NOISE_RATIO * fix_scatter_m(*place), LEAST_NOISE.value)
    window_s = float(np.clip(noise_m / TOLERATED.value, COURSE_WINDOW.value, LONGEST_COURSE_WINDOW.value))
    near_s = max(window_s, 2.0 * float(np.median(np.diff(at_s))))
    window_s = max(near_s, _walked_s(at_s, place))
    near = _velocity(at_s, place, near_s, time_s)
    east, north = near if window_s == near_s else _velocity(at_s, place, window_s, time_s)
    error = fix_error(at_s, *place)
    error = error._replace(scatter_m=max(error.scatter_m, LEAST_NOISE.value))
    noise_m = max(noise_m, float(error.of_a_way_m(window_s)))
    return Travel(east, north, noise_m / window_s, near, _fixes(at_s, window_s, error), error)


def _fixes(at_s: FloatArray, window_s: float, error: FixError) -> Fixes:
    usual_s = float(np.median(np.diff(at_s))) if len(at_s) > 1 else 0.0
    return Fixes(usual_s, float(error.of_a_way_m(COURSE_WINDOW.value)), window_s)


def _velocity(
    at_s: FloatArray, place: tuple[FloatArray, FloatArray], window_s: float, time_s: FloatArray
) -> tuple[FloatArray, FloatArray]:
    east_m, north_m, span_s = displacement_m(at_s, *place, window_s=window_s)
    return cell_means(at_s, east_m / span_s, time_s), cell_means(at_s, north_m / span_s, time_s)


def _walked_s(at_s: FloatArray, place: tuple[FloatArray, FloatArray]) -> float:
    """Return how long the usual speed takes for :data:`COURSE_WAY`."""
    east_m, north_m, span_s = displacement_m(at_s, *place, window_s=LONGEST_WALKED.value)
    with np.errstate(invalid="ignore", divide="ignore"):
        speed_mps = np.hypot(east_m, north_m) / span_s
    going = speed_mps[speed_mps >= TOLERATED.value]
    return min(COURSE_WAY.value / float(np.median(going)), LONGEST_WALKED.value) if len(going) else 0.0
