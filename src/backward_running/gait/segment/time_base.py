"""One clock for all detectors: cells of equal length that tile the recording, and the way of samples into cells."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.signals.clock import longest_step_s

STEP = proposed_number(
    "time_base_step_s", 1.0, "s", "Directions are told second by second: what a watch writes and a runner can mark."
)
FINE_STEP = proposed_number(
    "time_base_fine_step_s",
    0.2,
    "s",
    "Where an inertial sensor was worn, directions are told in fifths of a second: about half a running step.",
)
FINE_FROM = proposed_number(
    "time_base_fine_from_hz", 20.0, "Hz", "An inertial sensor that writes more slowly than 20 Hz does not show steps."
)
INERTIAL = ACCELERATION + ANGULAR_RATE
MOST_CELLS = 400_000  #: some four and a half days at 1 s; a longer recording gets longer cells, not more memory


def time_base(duration_s: float, step_s: float = STEP.value) -> FloatArray:
    """Return the starts of cells of equal length that cover ``[0, duration_s)``.

    Parameters
    ----------
    duration_s : float
        Of the recording.
    step_s : float
        Wanted length of a cell; longer where there would be more than :data:`MOST_CELLS`.

    Returns
    -------
    ndarray, shape (n,)
        At least one.

    Examples
    --------
    >>> time_base(2.5).tolist()
    [0.0, 1.0, 2.0]
    """
    step_s = max(step_s, duration_s / MOST_CELLS)
    starts_s = np.arange(max(math.ceil(duration_s / step_s), 1)) * step_s
    return np.asarray(starts_s[: max(int(np.searchsorted(starts_s, duration_s)), 1)])


def step_for(streams: Sequence[Stream]) -> float:
    """Return the cell length that suits the sensors: a second, or a fifth of it where steps can be seen."""
    for stream in streams:
        if len(stream) < 2 or not any(name in stream.columns for name in INERTIAL):
            continue
        if float(np.median(np.diff(stream.time_s))) <= 1.0 / FINE_FROM.value:
            return FINE_STEP.value
    return STEP.value


def step_of(time_s: FloatArray) -> float:
    """Return the length of one cell of a time base."""
    return float(time_s[1] - time_s[0]) if len(time_s) > 1 else STEP.value


def cell_means(sample_time_s: FloatArray, values: FloatArray, time_s: FloatArray) -> FloatArray:
    """Return the mean of the known samples in each cell; short silences are bridged, long ones are NaN.

    Parameters
    ----------
    sample_time_s, values : ndarray, shape (m,)
        Samples at any rate; NaN where missing.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    ndarray, shape (n,)

    Examples
    --------
    >>> cell_means(np.array([0.0, 0.5, 2.0]), np.array([1.0, 3.0, 6.0]), time_base(3.0)).tolist()
    [2.0, 4.0, 6.0]
    """
    step_s = step_of(time_s)
    filled = _binned(sample_time_s, values, time_s)
    missing = np.isnan(filled)
    if not missing.any():
        return filled
    held = np.flatnonzero(~missing)
    if len(held) == 0:
        return filled
    means = filled[held]
    empty = np.flatnonzero(missing)
    after = np.searchsorted(held, empty)
    # Before the first and after the last known cell, that one is held for as long as a hole may last.
    before_at = np.where(after > 0, held[after - 1], empty)
    after_at = np.where(after < len(held), held[np.minimum(after, len(held) - 1)], empty)
    short = (after_at - before_at) * step_s <= longest_step_s(sample_time_s)
    filled[empty[short]] = np.interp(empty[short], held, means)
    return filled


def _binned(sample_time_s: FloatArray, values: FloatArray, time_s: FloatArray) -> FloatArray:
    """Return the mean of the known samples in each cell, NaN where it holds none."""
    if np.array_equal(sample_time_s, time_s):
        return values.copy()  # one sample at the start of every cell: what nearly every watch writes
    cells = len(time_s)
    where = np.floor(sample_time_s / step_of(time_s)).astype(np.int64)
    if len(where) == cells and np.array_equal(where, np.arange(cells)):
        return values.copy()
    known = np.isfinite(values) & (where >= 0) & (where < cells)
    counts = np.bincount(where[known], minlength=cells)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.bincount(where[known], values[known], minlength=cells) / counts)


def cell_angles_deg(sample_time_s: FloatArray, angle_deg: FloatArray, time_s: FloatArray) -> FloatArray:
    """Return the mean direction in each cell, 0 … 360 deg: 359° and 1° give 0°, not 180°.

    Parameters
    ----------
    sample_time_s, angle_deg : ndarray, shape (m,)
        Samples.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    ndarray, shape (n,)
        NaN where a cell has no sample.

    Examples
    --------
    >>> cell_angles_deg(np.array([0.0, 0.5]), np.array([359.0, 2.0]), time_base(1.0)).round(1).tolist()
    [0.5]
    """
    angle_rad = np.radians(angle_deg)
    east = cell_means(sample_time_s, np.sin(angle_rad), time_s)
    north = cell_means(sample_time_s, np.cos(angle_rad), time_s)
    return np.degrees(np.arctan2(east, north)) % 360.0
