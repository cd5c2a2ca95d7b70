"""Recordings of any length for the benchmarks, from the project's simulator."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import RecordedStep
from backward_running.simulation._recorder import Outing, write
from backward_running.simulation._script import Piece
from backward_running.simulation.runner import BODY


@cache
def simulated_fit(hours: float, seed: int = 1) -> bytes:
    """Return a simulated FIT file: six minutes forward, two backward, over and over."""
    steps = (RecordedStep(0, "FWD"), RecordedStep(1, "BACK"))
    pieces = (
        Piece(360.0, Direction.FORWARD, Gait.RUN, 3.0, 0, "FWD"),
        Piece(120.0, Direction.BACKWARD, Gait.RUN, 2.1, 1, "BACK"),
    )
    rounds = max(1, round(hours * 3600 / 480))
    outing = Outing(
        datetime(2026, 3, 1, 7, 0, tzinfo=UTC), 0, pieces * rounds, steps, "park_loop", False, True, "Benchmark", 1
    )
    data, _ = write(outing, BODY, np.random.default_rng(seed))
    return data
