"""What the simulated watch makes of it: positions with the slow wander of GNSS, heights with drift, a compass."""

from __future__ import annotations

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.recording import FloatArray
from backward_running.evidence import Number, own_proposal
from backward_running.simulation._body import correlated_noise
from backward_running.simulation._ground import Course, to_degrees
from backward_running.simulation._script import Piece

PROPOSED = own_proposal(
    "simulation.sensors",
    "Chosen to look like a wrist watch under open sky; not fitted to any device.",
)

GNSS_WANDER = Number("simulated_gnss_wander_m", 2.2, "m", PROPOSED)
GNSS_MEMORY = Number("simulated_gnss_memory_s", 40.0, "s", PROPOSED)
GNSS_JITTER = Number("simulated_gnss_jitter_m", 0.12, "m", PROPOSED)
BAROMETER_DRIFT = Number("simulated_barometer_drift_m", 0.8, "m", PROPOSED)
BAROMETER_JITTER = Number("simulated_barometer_jitter_m", 0.12, "m", PROPOSED)
HEADING_WANDER = Number("simulated_heading_wander_deg", 9.0, "deg", PROPOSED)
HEADING_JITTER = Number("simulated_heading_jitter_deg", 5.0, "deg", PROPOSED)
GLANCE_EVERY = Number("simulated_glance_period_s", 4.0, "s", PROPOSED)


def outdoors(
    course: Course, along_m: FloatArray, speed_mps: FloatArray, rng: np.random.Generator
) -> dict[str, FloatArray]:
    """Return what a watch with GNSS and barometer writes, each of shape (n,)."""
    east_m, north_m, altitude_m = course.at(along_m)
    n = len(along_m)

    def wander() -> FloatArray:
        slow = correlated_noise(n, GNSS_WANDER.value, GNSS_MEMORY.value, rng)
        return slow + rng.normal(0.0, GNSS_JITTER.value, n)

    latitude_deg, longitude_deg = to_degrees(east_m + wander(), north_m + wander())
    drift_m = correlated_noise(n, BAROMETER_DRIFT.value, 900.0, rng)
    return {
        "latitude_deg": latitude_deg,
        "longitude_deg": longitude_deg,
        "altitude_m": altitude_m + drift_m + rng.normal(0.0, BAROMETER_JITTER.value, n),
        "distance_m": np.concatenate([[0.0], np.cumsum(speed_mps[1:])]) * rng.normal(1.0, 0.006),
        "speed_mps": np.clip(speed_mps + rng.normal(0.0, 0.05, n) * (speed_mps > 0), 0.0, None),
    }


def treadmill(speed_mps: FloatArray, rng: np.random.Generator) -> dict[str, FloatArray]:
    """Return what a watch on a treadmill writes: its own guess of speed and distance, no positions, no height."""
    guess = rng.normal(1.0, 0.03)
    return {
        "distance_m": np.concatenate([[0.0], np.cumsum(speed_mps[1:])]) * guess,
        "speed_mps": np.clip(speed_mps * guess, 0.0, None),
    }


def chest_heading(course: Course, along_m: FloatArray, pieces_at: list[Piece], rng: np.random.Generator) -> FloatArray:
    """Return where a sensor on the chest says it faces: along the line, or against it while running backward.

    A backward runner looks over a shoulder every few seconds, which turns the chest a little.
    """
    n = len(along_m)
    back = np.array([piece.direction is Direction.BACKWARD for piece in pieces_at], dtype=float)
    turned_deg = 180.0 * np.convolve(back, np.full(3, 1 / 3), mode="same")
    glance_deg = 14.0 * back * np.sin(2 * np.pi * np.arange(n) / GLANCE_EVERY.value)
    noise_deg = correlated_noise(n, HEADING_WANDER.value, 25.0, rng) + rng.normal(0.0, HEADING_JITTER.value, n)
    heading_deg: FloatArray = (course.course_deg_at(along_m) + turned_deg + glance_deg + noise_deg) % 360.0
    return heading_deg
