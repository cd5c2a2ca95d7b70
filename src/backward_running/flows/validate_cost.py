"""A laboratory's own measurement against every model: what a metabolic cart measured, what each would have said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from backward_running import effort
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import NotEnoughData
from backward_running.core.recording import FloatArray, Stream
from backward_running.effort.at_speed import gait_at
from backward_running.formats.metabolic_cart import read_cart

OXYGEN, CARBON = "oxygen_uptake_ml_per_kg_min", "carbon_dioxide_output_ml_per_kg_min"
SETTLING_S = 120.0  #: of each stage: oxygen has not settled yet
LEAST_S = 60.0  #: of what is left
NO_STAGE = (
    "This table has no stage of three minutes at one speed: models are compared where oxygen has settled, two minutes "
    "after a speed began. Record stages of five minutes, and state the speed."
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A steady stretch of the measurement."""

    start_s: float
    duration_s: float  #: of what is averaged
    speed_mps: float
    grade_ratio: float
    oxygen_uptake_ml_per_kg_min: float
    exchange_ratio: float | None  #: carbon dioxide over oxygen; above 1 part of it did not come from oxygen


@dataclass(frozen=True, slots=True)
class Compared:
    """One model at one stage."""

    model: str
    asked: bool  #: whether the program prices this with it
    low: float
    best: float
    high: float

    def error_share(self, measured: float) -> float:
        """Return by how much the model is above what was measured."""
        return self.best / measured - 1.0


@dataclass(frozen=True, slots=True)
class StageCompared:
    """One stage, and every model that answers there."""

    stage: Stage
    models: tuple[Compared, ...]


def validate_cost(
    data: bytes,
    direction: Direction,
    *,
    gait: Gait | None = None,
    mass_kg: float | None = None,
    speed_mps: float | None = None,
    grade_ratio: float | None = None,
) -> tuple[StageCompared, ...]:
    """Compare every model of oxygen uptake with a metabolic cart's table.

    Parameters
    ----------
    data : bytes
        The table.
    direction : Direction
        Which way all of it was moved.
    gait : Gait, optional
        How; by default what the speed says.
    mass_kg : float, optional
        Body mass, where the table states neither it nor oxygen per kilogram.
    speed_mps, grade_ratio : float, optional
        Where the table holds none.

    Returns
    -------
    tuple of StageCompared
        In the order of the measurement.

    Raises
    ------
    NotEnoughData
        No stage is long enough.
    """
    stream = read_cart(data, mass_kg).streams[0]
    stages = tuple(_stages(stream, speed_mps, grade_ratio))
    if not stages:
        raise NotEnoughData(NO_STAGE)
    return tuple(StageCompared(stage, tuple(_models(stage, direction, gait))) for stage in stages)


def _stages(stream: Stream, speed_mps: float | None, grade_ratio: float | None) -> Iterator[Stage]:
    """Yield the stretches of one speed and grade; oxygen is averaged by time, so that quick breaths count no more."""
    count = len(stream.time_s)
    speed = stream.columns.get("speed_mps", np.full(count, np.nan if speed_mps is None else speed_mps))
    grade = stream.columns.get("grade_ratio", np.full(count, grade_ratio or 0.0))
    kept = np.isfinite(speed) & np.isfinite(grade) & (speed > 0.0)
    key = np.round(speed, 2) + 1e3 * np.round(grade, 3)
    edges = np.flatnonzero((key[1:] != key[:-1]) | (kept[1:] != kept[:-1])) + 1
    for start, end in zip([0, *edges.tolist()], [*edges.tolist(), count], strict=True):
        if not kept[start]:
            continue
        time_s = stream.time_s[start:end]
        settled = time_s >= time_s[0] + SETTLING_S
        duration_s = float(time_s[-1] - time_s[0] - SETTLING_S)
        oxygen = _mean(time_s[settled], stream.columns[OXYGEN][start:end][settled])
        if duration_s < LEAST_S or oxygen is None:
            continue
        carbon = _mean(time_s[settled], stream.columns[CARBON][start:end][settled]) if stream.has(CARBON) else None
        ratio = None if carbon is None else carbon / oxygen
        yield Stage(float(time_s[0]), duration_s, float(speed[start]), float(grade[start]), oxygen, ratio)


def _mean(time_s: FloatArray, values: FloatArray) -> float | None:
    known = np.isfinite(values)
    if known.sum() < 2:
        return None
    time_s, values = time_s[known], values[known]
    span_s = float(time_s[-1] - time_s[0])
    return float(np.trapezoid(values, time_s)) / span_s if span_s > 0.0 else None


def _models(stage: Stage, direction: Direction, gait: Gait | None) -> Iterator[Compared]:
    how = gait or gait_at(stage.speed_mps, stage.grade_ratio, direction)
    where = {"speed_mps": stage.speed_mps, "grade_ratio": stage.grade_ratio}
    asked = effort.uptake_model_of(direction, how)
    for model in effort.all_models().values():
        fits = model.direction is direction and model.gait in (None, how) if how else model.direction is direction
        if not fits or model.gives != OXYGEN or not model.needs <= where.keys() or bool(model.refused(**where)):
            continue
        low, best, high = (
            float(take(**{name: value for name, value in where.items() if name in model.inputs}))
            for take in (model.low, model.best, model.high)
        )
        yield Compared(model.key, model is asked, low, best, high)
