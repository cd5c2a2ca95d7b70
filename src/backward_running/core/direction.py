"""Which way the body travels, and how it moves."""

from __future__ import annotations

import enum


class Direction(enum.Enum):
    """Which way the body travels, seen from its own chest."""

    FORWARD = "forward"
    BACKWARD = "backward"
    SIDEWAYS = "sideways"
    TURNING = "turning"
    STILL = "still"
    UNKNOWN = "unknown"


class Gait(enum.Enum):
    """How the feet meet the ground: with a flight phase (run) or without (walk)."""

    WALK = "walk"
    RUN = "run"
