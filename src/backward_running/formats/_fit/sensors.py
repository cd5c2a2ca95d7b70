"""The motion sensors of a watch: accelerometer, gyroscope and magnetometer messages, many samples in each.

A message carries one time and an array for each axis; ``sample_time_offset`` says when each sample was, in
milliseconds after it. Values come calibrated, or raw with a calibration message that tells how to convert them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.recording import FloatArray
from backward_running.formats._fit import profile
from backward_running.formats._fit.decoder import Bytes, Layout, Walk
from backward_running.formats._fit.fields import SensorCalibration, TimestampCorrelation
from backward_running.formats._fit.values import NO_TIME, Clock, Message, float_table, times
from backward_running.formats._inertial import ACCELERATION, FIELD, ROTATION, Readings, SensorLeftOut
from backward_running.formats._physics import acceleration_problem

_MILLISECONDS, _OFFSETS = 0, 1
#: Of a calibration: 3 × 3 shares of a turn, stored times this.
_MATRIX_SCALE = 65_535.0


class _Kind(NamedTuple):
    """A kind of sensor message; fields of three axes are told by the first."""

    kind: str
    message: int
    sensor_type: int  #: in calibration messages
    factor: float  #: from the unit of calibrated values to SI
    raw: int = 2
    calibrated: int = 5
    compressed: int | None = None  #: calibrated, in thousandths


_KINDS = (
    _Kind(ACCELERATION, profile.ACCELEROMETER_DATA, 0, STANDARD_GRAVITY_MPS2, compressed=8),  # g
    _Kind(ROTATION, profile.GYROSCOPE_DATA, 1, np.pi / 180.0),  # degrees per second
    _Kind(FIELD, profile.MAGNETOMETER_DATA, 2, 100.0),  # gauss
)


class _Calibration(NamedTuple):
    """``calibrated = matrix · (raw − shift − offset) · factor``."""

    factor: float
    shift: float
    offset: FloatArray
    matrix: FloatArray

    def apply(self, raw: FloatArray) -> FloatArray:
        return np.asarray((raw - self.shift - self.offset) @ self.matrix.T * self.factor)


def read_sensors(walk: Walk, raw: Bytes, clock: Clock) -> tuple[list[Readings], list[str]]:
    """Return what the motion sensors of a walk said, in SI units on FIT's clock, and what was left out."""
    kinds = {layout.message for layout in walk.layouts}
    if kinds.isdisjoint(kind.message for kind in _KINDS):
        return [], []
    calibrations = _calibrations(walk, raw)
    found: list[Readings] = []
    losses: list[str] = []
    for kind in _KINDS:
        if kind.message not in kinds:
            continue
        parts = [
            part
            for layout in walk.layouts
            if layout.message == kind.message
            and (part := _samples(layout, raw, clock, kind, calibrations.get(kind.sensor_type))) is not None
        ]
        if not parts:
            losses.append(SensorLeftOut(kind.kind, "its values are raw, and no calibration is beside them"))
            continue
        time_s = np.concatenate([part[0] for part in parts])
        axes = np.concatenate([part[1] for part in parts])
        order = np.argsort(time_s, kind="stable")
        found.append(Readings(kind.kind, time_s[order], _in_si(kind, time_s[order], axes[order])))
    return found, losses


def _in_si(kind: _Kind, time_s: FloatArray, axes: FloatArray) -> FloatArray:
    """Convert to SI. Some apps store thousandths of g in the field for g; gravity tells them apart."""
    values = kind.factor * axes
    if kind.kind == ACCELERATION and len(time_s) and acceleration_problem(time_s, values) is not None:
        thousandths = values / 1000.0
        if acceleration_problem(time_s, thousandths) is None:
            return thousandths
    return values


def _samples(
    layout: Layout, raw: Bytes, clock: Clock, kind: _Kind, calibration: _Calibration | None
) -> tuple[FloatArray, FloatArray] | None:
    """Return times and axes of all samples of one layout, message after message."""
    where = layout.offsets()
    rows = layout.rows(raw, where)
    axes = _axes(layout, rows, kind, calibration)
    if axes is None:
        return None
    seconds = clock.at(where, times(layout, rows))
    start_s = np.where(seconds == NO_TIME, np.nan, seconds)
    milliseconds = _table(layout, rows, _MILLISECONDS)
    if milliseconds is not None:
        start_s = start_s + np.nan_to_num(milliseconds[:, 0]) / 1000.0
    offsets_s = _offsets_s(layout, rows, start_s, axes.shape[1])
    time_s = (start_s[:, None] + offsets_s).ravel()
    flat = axes.reshape(-1, 3)
    told = np.isfinite(time_s) & np.isfinite(flat).any(axis=1)
    return time_s[told], flat[told]


def _table(layout: Layout, rows: Bytes, number: int) -> FloatArray | None:
    wanted = layout.fields().get(number)
    return None if wanted is None else float_table(rows, wanted, wanted.type_byte, big_endian=layout.big_endian)


def _axes(layout: Layout, rows: Bytes, kind: _Kind, calibration: _Calibration | None) -> FloatArray | None:
    """Return three axes, shape (messages, samples, 3): calibrated ones where they are."""
    calibrated = _three(layout, rows, kind.calibrated)
    if calibrated is not None and np.isfinite(calibrated).any():
        return calibrated
    compressed = None if kind.compressed is None else _three(layout, rows, kind.compressed)
    if compressed is not None and np.isfinite(compressed).any():
        return compressed / 1000.0
    stored = _three(layout, rows, kind.raw)
    return None if stored is None or calibration is None else calibration.apply(stored)


def _three(layout: Layout, rows: Bytes, first: int) -> FloatArray | None:
    tables = [_table(layout, rows, first + axis) for axis in range(3)]
    sound = [table for table in tables if table is not None]
    if len(sound) < 3 or len({table.shape for table in sound}) > 1:
        return None
    return np.stack(sound, axis=2)


def _offsets_s(layout: Layout, rows: Bytes, start_s: FloatArray, samples: int) -> FloatArray:
    """Return when each sample was after its message's time; without offsets they share the time to the next."""
    stated = _table(layout, rows, _OFFSETS)
    if stated is not None and stated.shape[1] >= samples:
        return stated[:, :samples] / 1000.0
    steps_s = np.diff(start_s[np.isfinite(start_s)])
    steps_s = steps_s[steps_s > 0]
    usual_s = float(np.median(steps_s)) if len(steps_s) else 1.0
    return np.broadcast_to(np.arange(samples) * usual_s / samples, (len(start_s), samples))


def _calibrations(walk: Walk, raw: Bytes) -> dict[int, _Calibration]:
    """Return the first sound calibration of each type of sensor."""
    found: dict[int, _Calibration] = {}
    for layout in walk.layouts:
        if layout.message != profile.SENSOR_CALIBRATION:
            continue
        rows = layout.rows(raw, layout.offsets())
        fields = [_table(layout, rows, number) for number in SensorCalibration]
        kind, factor, divisor, shift, offset, matrix = fields
        if kind is None or factor is None or divisor is None:
            continue
        for k in range(len(rows)):
            if not (np.isfinite(kind[k, 0]) and factor[k, 0] > 0 and divisor[k, 0] > 0):
                continue
            turn = np.eye(3)
            if matrix is not None and matrix.shape[1] == 9 and np.isfinite(matrix[k]).all():
                turn = matrix[k].reshape(3, 3) / _MATRIX_SCALE
            told = offset is not None and offset.shape[1] == 3 and np.isfinite(offset[k]).all()
            found.setdefault(
                int(kind[k, 0]),
                _Calibration(
                    float(factor[k, 0] / divisor[k, 0]),
                    0.0 if shift is None else float(np.nan_to_num(shift[k, 0])),
                    offset[k] if told and offset is not None else np.zeros(3),
                    turn,
                ),
            )
    return found


def joined(readings: Sequence[Readings]) -> list[Readings]:
    """Put readings of one kind, from chained files, one after the other."""
    found: dict[str, Readings] = {}
    for given in readings:
        before = found.get(given.kind)
        found[given.kind] = given if before is None else Readings(
            given.kind, np.concatenate([before.time_s, given.time_s]), np.concatenate([before.axes, given.axes])
        )  # fmt: skip
    return list(found.values())


def correlate(readings: Sequence[Readings], correlations: Sequence[Message]) -> list[Readings]:
    """Move samples that count from switching the device on to the date, where a message ties the two."""
    for correlation in correlations:
        since_start = correlation.seconds(TimestampCorrelation.SYSTEM_TIMESTAMP)
        if correlation.time and since_start is not None:
            return moved_by(readings, correlation.time - since_start, before=profile.FIRST_DATE)
    return list(readings)


def moved_by(readings: Sequence[Readings], shift: int, *, before: int) -> list[Readings]:
    """Move the samples that do not know the date yet: those `before` a moment."""
    return [
        replace(given, time_s=np.where(given.time_s < before, given.time_s + shift, given.time_s)) for given in readings
    ]


def inside_of(readings: Sequence[Readings], start: int, until: float) -> list[Readings]:
    """Return the samples of ``[start, until)``, in seconds since `start`."""
    found = []
    for given in readings:
        inside = (given.time_s >= start) & (given.time_s < until)
        if inside.any():
            found.append(replace(given, time_s=given.time_s[inside] - start, axes=given.axes[inside]))
    return found
