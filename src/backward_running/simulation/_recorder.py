"""From what the simulated runner does to the FIT file their watch writes, and the truth beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.recording import FloatArray, Lap, RecordedStep, Span, Stream
from backward_running.core.session import Bout
from backward_running.formats.fit_activity import FitActivity, write_activity
from backward_running.simulation import _body, _sensors
from backward_running.simulation._ground import Course, grass_slope, park_loop, track
from backward_running.simulation._script import Piece

COURSES = {"park_loop": park_loop, "track": track, "grass_slope": grass_slope}


@dataclass(frozen=True, slots=True)
class Outing:
    """One time out of the door."""

    started_at: datetime
    utc_offset_s: int
    pieces: tuple[Piece, ...]
    steps: tuple[RecordedStep, ...]
    course_key: str
    on_treadmill: bool
    with_chest_sensor: bool
    title: str | None
    week: int


def write(outing: Outing, body: _body.Body, rng: np.random.Generator) -> tuple[bytes, tuple[Bout, ...]]:
    """Let it happen, second by second, and return the file and the truth."""
    pieces = _whole_seconds(outing.pieces)
    pieces_at = [piece for piece in pieces for _ in range(int(piece.duration_s))]
    stream = _stream(outing, pieces_at, body, rng)
    recording = np.array([piece.timer_runs for piece in pieces_at])
    time_s = np.flatnonzero(recording).astype(float)
    kept = Stream(
        stream.place, stream.frame, time_s, {name: values[recording] for name, values in stream.columns.items()}, True
    )
    activity = FitActivity(
        started_at=outing.started_at,
        utc_offset_s=outing.utc_offset_s,
        sport="running",
        sub_sport="treadmill" if outing.on_treadmill else None,
        stream=kept,
        laps=_laps(pieces, outing.steps),
        steps=outing.steps,
        pauses=_pauses(pieces),
        title=outing.title,
        simulated=True,
    )
    return write_activity(activity), _truth(pieces)


def _whole_seconds(pieces: Sequence[Piece]) -> list[Piece]:
    return [replace(piece, duration_s=float(max(1, round(piece.duration_s)))) for piece in pieces]


def _stream(outing: Outing, pieces_at: list[Piece], body: _body.Body, rng: np.random.Generator) -> Stream:
    n = len(pieces_at)
    backward = np.array([piece.direction is Direction.BACKWARD for piece in pieces_at])
    changes = np.zeros(n)
    changes[1:] = backward[1:] != backward[:-1]
    changes[:-1] = np.maximum(changes[:-1], changes[1:])
    wanted = np.array([piece.speed_mps for piece in pieces_at])
    moves = np.array([piece.speed_mps > 0 for piece in pieces_at], dtype=float)
    speed_mps = _body.speed_of(wanted, changes, moves, rng)
    along_m = np.concatenate([[0.0], np.cumsum(speed_mps[1:])]) + 60.0
    course = COURSES[outing.course_key]()
    grade_ratio = np.zeros(n) if outing.on_treadmill else course.grade_at(along_m)
    columns = _watch(outing, course, along_m, speed_mps, rng)
    if outing.with_chest_sensor:
        columns["heading_deg"] = _sensors.chest_heading(course, along_m, pieces_at, rng)
    uptake = _body.uptake_of(pieces_at, speed_mps, grade_ratio)
    columns["heart_rate_bpm"] = _body.heart_rate_of(uptake, body, rng)
    columns["cadence_spm"] = _body.cadence_of(pieces_at, speed_mps, rng)
    return Stream("wrist", "earth", np.arange(n, dtype=float), columns, mount_known=True)


def _watch(
    outing: Outing, course: Course, along_m: FloatArray, speed_mps: FloatArray, rng: np.random.Generator
) -> dict[str, FloatArray]:
    if outing.on_treadmill:
        return _sensors.treadmill(speed_mps, rng)
    return _sensors.outdoors(course, along_m, speed_mps, rng)


def _starts(pieces: Sequence[Piece]) -> list[float]:
    return np.concatenate([[0.0], np.cumsum([piece.duration_s for piece in pieces])]).tolist()  # type: ignore[no-any-return]


def _laps(pieces: Sequence[Piece], steps: Sequence[RecordedStep]) -> tuple[Lap, ...]:
    """Make a lap of every executed step, as a watch that follows a workout does; none in a free run."""
    if not steps:
        return ()
    starts = _starts(pieces)
    return tuple(
        Lap(starts[number], starts[number + 1], "workout step", piece.step_index, piece.name)
        for number, piece in enumerate(pieces)
    )


def _pauses(pieces: Sequence[Piece]) -> tuple[Span, ...]:
    starts = _starts(pieces)
    return tuple(
        Span(starts[number], starts[number + 1]) for number, piece in enumerate(pieces) if not piece.timer_runs
    )


def _truth(pieces: Sequence[Piece]) -> tuple[Bout, ...]:
    starts = _starts(pieces)
    bouts: list[Bout] = []
    for number, piece in enumerate(pieces):
        bout = Bout(starts[number], starts[number + 1], piece.direction, piece.gait, 1.0, "simulation")
        before = bouts[-1] if bouts else None
        if before is not None and (before.direction, before.gait) == (bout.direction, bout.gait):
            bouts[-1] = Bout(before.start_s, bout.end_s, bout.direction, bout.gait, 1.0, "simulation")
        else:
            bouts.append(bout)
    return tuple(bouts)
