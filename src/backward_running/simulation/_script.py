"""What the simulated runner sets out to do: a workout or a free run, as pieces with a wanted speed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Repeat, Step, Workout
from backward_running.core.recording import RecordedStep


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one thing: so long, that way, that fast."""

    duration_s: float
    direction: Direction
    gait: Gait | None
    speed_mps: float
    step_index: int | None = None
    name: str | None = None
    timer_runs: bool = True


def pieces_of_workout(
    workout: Workout, easy_speed_mps: float, rng: np.random.Generator
) -> tuple[tuple[Piece, ...], tuple[RecordedStep, ...]]:
    """Unroll a workout as a watch does: every executed step points at the step it was defined by."""
    pieces: list[Piece] = []
    steps: list[RecordedStep] = []
    for piece in workout.pieces:
        inner = piece.steps if isinstance(piece, Repeat) else (piece,)
        times = piece.times if isinstance(piece, Repeat) else 1
        first = len(steps)
        steps.extend(
            RecordedStep(first + offset, step.name, step.cue, step.part.value, step.duration_s, step.distance_m)
            for offset, step in enumerate(inner)
        )
        for _ in range(times):
            pieces.extend(_piece(step, first + offset, easy_speed_mps, rng) for offset, step in enumerate(inner))
    return tuple(pieces), tuple(steps)


def _piece(step: Step, index: int, easy_speed_mps: float, rng: np.random.Generator) -> Piece:
    """Do a step as a careful beginner does: a little under the cap, never over it."""
    if step.speed_high_mps is not None:
        speed_mps = step.speed_high_mps * rng.uniform(0.86, 0.98)
    elif step.gait is Gait.WALK:
        speed_mps = rng.uniform(1.25, 1.45)
    else:
        speed_mps = easy_speed_mps * rng.uniform(0.93, 1.0)
    duration_s = step.duration_s or (step.distance_m or 100.0) / speed_mps
    return Piece(duration_s, step.direction, step.gait, speed_mps, index, step.name)


def free_run(minutes: float, easy_speed_mps: float, rng: np.random.Generator) -> tuple[Piece, ...]:
    """A forward run without a plan: a start, a steady part with a wait at a crossing, a walk home."""
    before_s = 60.0 * minutes * rng.uniform(0.3, 0.6)
    after_s = 60.0 * minutes - before_s
    speed_mps = easy_speed_mps * rng.uniform(0.97, 1.05)
    return (
        Piece(before_s, Direction.FORWARD, Gait.RUN, speed_mps),
        Piece(rng.uniform(25, 70), Direction.STILL, None, 0.0, timer_runs=False),
        Piece(after_s, Direction.FORWARD, Gait.RUN, speed_mps * rng.uniform(0.97, 1.02)),
        Piece(rng.uniform(60, 150), Direction.FORWARD, Gait.WALK, 1.4),
    )


def playful_run(easy_speed_mps: float, backward_speed_mps: float, rng: np.random.Generator) -> tuple[Piece, ...]:
    """A forward run with some unplanned backward minutes in the middle: nobody told the watch."""
    pieces = [Piece(rng.uniform(500, 700), Direction.FORWARD, Gait.RUN, easy_speed_mps)]
    for _ in range(3):
        pieces.append(Piece(rng.uniform(50, 80), Direction.BACKWARD, Gait.RUN, backward_speed_mps))
        pieces.append(Piece(rng.uniform(100, 160), Direction.FORWARD, Gait.RUN, easy_speed_mps * 0.96))
    pieces.append(Piece(rng.uniform(300, 500), Direction.FORWARD, Gait.RUN, easy_speed_mps * 0.98))
    return tuple(pieces)
