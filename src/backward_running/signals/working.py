"""The main stream with all that can be derived from it."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.recording import ON_FOOT_SPORTS, Recording, Stream
from backward_running.signals.contradictions import put_right_by, speed_contradicts
from backward_running.signals.course import WINDOW, course_deg, displacement_m
from backward_running.signals.distance import (
    DRIFT,
    FASTEST_ON_FOOT,
    distance_along_fixes_m,
    distance_from_speed_m,
    filled_distance_m,
)
from backward_running.signals.grade import grade_ratio
from backward_running.signals.speed import plausible_speed_mps, speed_from_distance_mps

#: What grows with the distance when a runner puts that right.
_OF_LENGTH = ("distance_m", "speed_mps", "step_length_m")
#: The upper end of the dictionary's range; for sports that are not done on foot.
FASTEST_MPS = 60.0


def working_stream(recording: Recording) -> Stream | None:
    """Return the main stream with distance, speed, grade and course added where they can be derived.

    Parameters
    ----------
    recording : Recording
        As a reader gave it.

    Returns
    -------
    Stream or None
        Same ``time_s``; every column of the main stream, plus ``distance_m``, ``speed_mps``, ``grade_ratio`` and
        ``course_deg`` where something is known of them. What the device stated is kept; its holes are filled where
        the fixes or the distance can; a speed that contradicts both is none, and an indoor distance that its runner
        put right is stretched to that (:mod:`backward_running.signals.contradictions`). Indoors there is no course,
        and a grade only where the device states it.
        None where the recording has no stream.

    Notes
    -----
    Nothing here assumes that the person faces where they go: the course is a fact about the ground, not the chest.
    """
    main = recording.main
    if main is None or len(main) == 0:
        return None
    columns = dict(main.columns)
    if speed_contradicts(recording):
        del columns["speed_mps"]
    if (ratio := put_right_by(recording)) is not None:
        columns |= {name: ratio * columns[name] for name in _OF_LENGTH if name in columns}
    # A file that names no sport may have been recorded in a car: then only the impossible is refused.
    fastest_mps = FASTEST_ON_FOOT.value if recording.sport in ON_FOOT_SPORTS else FASTEST_MPS
    if not recording.indoor and _has_fixes(main):
        _add_from_fixes(recording, main, columns, fastest_mps)
    _add_speed_and_distance(main, columns, fastest_mps)
    if "grade_ratio" not in columns and not recording.indoor and main.has("altitude_m") and "distance_m" in columns:
        columns["grade_ratio"] = grade_ratio(columns["distance_m"], main.columns["altitude_m"])
    if recording.indoor:
        columns.pop("course_deg", None)
    return Stream(main.place, main.frame, main.time_s, columns, main.mount_known)


def _has_fixes(main: Stream) -> bool:
    """Say whether latitude and longitude are ever known at the same moment."""
    if not main.has("latitude_deg", "longitude_deg"):
        return False
    return bool(np.isfinite(main.columns["latitude_deg"] + main.columns["longitude_deg"]).any())


def _add_from_fixes(recording: Recording, main: Stream, columns: dict[str, FloatArray], fastest_mps: float) -> None:
    """Add course, and distance where the device counted none."""
    fixes = (main.time_s, main.columns["latitude_deg"], main.columns["longitude_deg"])
    columns["course_deg"] = course_deg(*fixes)
    if not main.has("distance_m"):
        east_m, north_m, span_s = displacement_m(*fixes, window_s=WINDOW.value)
        with np.errstate(invalid="ignore"):
            drifts = np.hypot(east_m, north_m) < DRIFT.value * span_s
        columns["distance_m"] = distance_along_fixes_m(*fixes, drifts, recording.pauses, fastest_mps=fastest_mps)


def _add_speed_and_distance(main: Stream, columns: dict[str, FloatArray], fastest_mps: float) -> None:
    """Complete speed by distance and distance by speed."""
    if "distance_m" in columns and np.isfinite(columns["distance_m"]).any():
        columns["distance_m"] = filled_distance_m(main.time_s, columns["distance_m"])
    has_speed = "speed_mps" in columns and main.has("speed_mps")
    stated = plausible_speed_mps(columns["speed_mps"], fastest_mps=fastest_mps) if has_speed else None
    if "distance_m" in columns and (stated is None or not np.isfinite(stated).all()):
        derived = speed_from_distance_mps(main.time_s, columns["distance_m"])
        derived = plausible_speed_mps(derived, fastest_mps=fastest_mps)
        stated = derived if stated is None else np.where(np.isfinite(stated), stated, derived)
    if stated is not None:
        columns["speed_mps"] = stated
        if "distance_m" not in columns:
            columns["distance_m"] = distance_from_speed_m(main.time_s, stated)
