"""Where the chest faces against where the body travels: 180° apart is backward."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.recording import Recording, Stream
from backward_running.evidence import proposed_number
from backward_running.gait.base import Detector, Opinion, State
from backward_running.gait.detectors._direction_angle import (
    BACKWARD_IS,
    direction_densities,
    state_log_likelihood,
)
from backward_running.gait.segment.time_base import cell_angles_deg, cell_means, step_of
from backward_running.signals.window import window_sums, windows

HEADING_SPREAD = proposed_number(
    "heading_spread_deg",
    20.0,
    "deg",
    "Compass error, a twisting trunk and a strap that has slipped together turn the measured heading by about 20°.",
)
COURSE_NOISE = proposed_number(
    "course_noise_m", 1.5, "m", "Two GNSS fixes 6 s apart err against each other by about 1.5 m across the course."
)
COURSE_WINDOW_S = 6.0  #: over which signals.course takes the course
SLOWEST = proposed_number(
    "facing_slowest_mps", 0.5, "m s⁻¹", "Slower than 0.5 m/s the course is too poor to compare anything with."
)
TURNING_RATE = proposed_number(
    "turning_rate_degps",
    60.0,
    "deg s⁻¹",
    "A body that turns faster than about 60° a second for some seconds is turning.",
)
COHERENCE_WINDOW = proposed_number(
    "coherence_window_s",
    61.0,
    "s",
    "Whether heading and course belong together is judged over a minute about each second.",
)
LEAST_COHERENCE = proposed_number(
    "least_coherence_ratio",
    0.5,
    "1",
    "Where the doubled angle between heading and course agrees with itself by less than one half (a spread of more "
    "than 34°), the two are noise to each other and nothing is said.",
)


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Compare heading and course, cell by cell.

    Parameters
    ----------
    recording : Recording
        With ``heading_deg`` in a stream whose mount is known and ``course_deg`` and ``speed_mps`` in any stream.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        None without a heading or a course. A heading from a guessed mount gives an opinion that never speaks.

    Valid for
    ---------
    A heading from a mount that is known, at 0.5 m/s and faster, where heading and course agree with each other over a
    minute. Measured on the pages of validation.

    Notes
    -----
    The wrapped difference is taken as von Mises about 0° (forward), 180° (backward), ±90° (sideways), with a
    concentration from the spread of the heading and, by the speed, of the course; a share of outliers keeps one
    second from deciding alone. Only the difference enters: turning the map changes nothing. Where the two are noise
    to each other nothing is said; so half a minute of spinning, or quick drills half of them sideways, stay unknown.
    """
    headed = [stream for stream in recording.streams if stream.has("heading_deg")]
    travelled = recording.stream_with("course_deg", "speed_mps")
    if not headed or travelled is None:
        return None
    believed = next((stream for stream in headed if stream.mount_known), None)
    log_likelihood = np.zeros((len(time_s), len(State)))
    if believed is None:
        return Opinion(DETECTOR.key, log_likelihood, np.zeros(len(time_s), dtype=bool))
    heading, speed = _angles(believed, "heading_deg", time_s), _speed(travelled, time_s)
    gap_rad = np.radians(heading - _angles(travelled, "course_deg", time_s))
    with np.errstate(invalid="ignore"):
        speaks = np.isfinite(gap_rad) & (speed >= SLOWEST.value)
    speaks &= _is_coherent(gap_rad, speaks, step_of(time_s))
    turned = _yaw_rate_degps(heading, step_of(time_s))
    log_likelihood[speaks] = _log_likelihood(gap_rad[speaks], speed[speaks], turned[speaks])
    return Opinion(DETECTOR.key, log_likelihood, speaks)


def _angles(stream: Stream, name: str, time_s: FloatArray) -> FloatArray:
    return cell_angles_deg(stream.time_s, stream.columns[name], time_s)


def _speed(stream: Stream, time_s: FloatArray) -> FloatArray:
    return cell_means(stream.time_s, stream.columns["speed_mps"], time_s)


def _is_coherent(gap_rad: FloatArray, known: BoolArray, step_s: float) -> BoolArray:
    """Say where the gap agrees with itself. Doubled, 0° and 180° are one: a change of direction is no disagreement."""
    reach = max(round(COHERENCE_WINDOW.value / step_s / 2), 1)
    doubled = np.where(known, 2.0 * gap_rad, 0.0)
    first, last = windows(len(known), reach, reach)
    parts = (np.cos(doubled) * known, np.sin(doubled) * known, np.ones(len(known)) * known)
    east, north, count = (window_sums(part, first, last) for part in parts)
    return np.asarray(np.hypot(east, north) >= LEAST_COHERENCE.value * np.maximum(count, 1.0))


def _yaw_rate_degps(heading_deg: FloatArray, step_s: float) -> FloatArray:
    """Return how fast the body turns, without sign; 0 where that is not known."""
    change = np.abs((np.diff(heading_deg, prepend=heading_deg[:1]) + 180.0) % 360.0 - 180.0)
    return np.nan_to_num(change / step_s, nan=0.0)


def _log_likelihood(gap_rad: FloatArray, speed_mps: FloatArray, turned_degps: FloatArray) -> FloatArray:
    """Return the seven columns; the best moving state of each row stands at zero, and so does standing still."""
    course_spread_rad = COURSE_NOISE.value / (speed_mps * COURSE_WINDOW_S)
    concentration = 1.0 / (np.radians(HEADING_SPREAD.value) ** 2 + course_spread_rad**2)
    forward, backward, sideways = direction_densities(gap_rad, concentration)
    spinning_nat = np.clip((turned_degps - TURNING_RATE.value) / 10.0, -4.0, 4.0)
    return state_log_likelihood(forward, backward, sideways, spinning_nat)


DETECTOR = Detector(
    key="facing_against_course",
    title="facing against course",
    explains="Compares where your chest faces with where you travel. It needs a sensor whose place on you is known.",
    version="2",
    needs=("heading_deg", "course_deg", "speed_mps"),
    uses_mount=True,
    judge=judge,
    evidence=(BACKWARD_IS, HEADING_SPREAD.evidence, COURSE_NOISE.evidence),
)
