"""Magnetometer → how far the yaw of a gyroscope has drifted, where the field is that of the place and not of a car."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.names import MAGNETIC_FIELD
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.signals.clock import never_changes, usual_step_s
from backward_running.signals.quaternions import product, rotate
from backward_running.signals.strapdown import Blocks, Samples, in_blocks
from backward_running.signals.window import moving_mean

LEAST_FIELD = proposed_number(
    "field_least_ut", 20.0, "µT", "Nowhere on the ground is the field of the Earth below 20 µT."
)
MOST_FIELD = proposed_number(
    "field_most_ut", 75.0, "µT", "Nowhere on the ground is the field of the Earth above 75 µT."
)
LEAST_LEVEL = proposed_number(
    "field_least_level_ut",
    8.0,
    "µT",
    "With less than 8 µT along the ground a needle follows whatever is in the pocket.",
)
SIZE_WITHIN = proposed_number(
    "field_size_within_ratio",
    0.15,
    "1",
    "A field that is 15 % off what it mostly is in this recording is disturbed: a car, a fence, a bridge.",
)
DIP_WITHIN = proposed_number(
    "field_dip_within_deg", 8.0, "deg", "A field whose angle to the plumb line is 8° off its usual one is disturbed."
)
ALIKE = proposed_number(
    "field_alike_share",
    0.9,
    "1",
    "Turned by the gyroscope, the samples of 4 s agree: their mean keeps 0.9 of its size.",
)
SMOOTH = proposed_number(
    "field_smooth_s", 60.0, "s", "The drift is averaged over a minute: a gyroscope is better in the short run."
)
LEAST_SHARE = proposed_number(
    "field_least_share", 0.3, "1", "Where less than three tenths of a stretch agree with the usual field, none counts."
)
MOST_SCATTER = proposed_number(
    "field_most_scatter_deg", 20.0, "deg", "Where it scatters about its own mean by more than 20°, it is not believed."
)
LEAST_BLOCKS = 4  #: of 4 s each, before a stretch is held by its field


class Held(NamedTuple):
    """How far the yaw has drifted from one direction for the whole recording, piece by piece."""

    drift_rad: FloatArray  #: (n,) to be taken off the yaw; 0 where the piece is not held
    pieces: BoolArray  #: for each piece whether it is held: those share one direction


def drift_of(samples: Samples, blocks: Blocks, start_rad: FloatArray, field: Stream) -> Held | None:
    """Compare the field with the attitude that the gyroscope holds.

    Parameters
    ----------
    samples, blocks : Samples, Blocks
        Of the six axes.
    start_rad : ndarray, shape (blocks,)
        Yaw of the level frame of each block.
    field : Stream
        With :data:`MAGNETIC_FIELD` in the frame of the sensor; its own clock.

    Returns
    -------
    Held or None
        None where the field is not the Earth's, or hardly ever.

    Notes
    -----
    Seen from an attitude without drift the field stands still. Only how it turns there is used, slowly: neither the
    declination nor where north is matters. A block of 4 s is believed where size and dip are what they mostly are in
    this recording and its samples agree with each other. Iron that is carried along turns with the body and changes
    the dip with it, so that it is not believed in most courses.
    """
    vector_ut, known = _in_level(samples, blocks, field)
    size_ut = np.sqrt((vector_ut**2).sum(axis=0))
    if not known.any():
        return None
    believed = known & _is_usual(vector_ut, size_ut, known)
    usual_ut = float(np.median(size_ut[known]))
    if not LEAST_FIELD.value <= usual_ut <= MOST_FIELD.value or not believed.any():
        return None
    angle_rad = np.arctan2(vector_ut[1], vector_ut[0]) + start_rad
    first = np.arange(len(angle_rad)) * samples.size
    last = np.minimum(first + samples.size, len(samples.time_s)) - 1
    believed &= samples.piece[first] == samples.piece[last]
    middle_s = (samples.time_s[first] + samples.time_s[last]) / 2.0
    pieces = np.zeros(int(samples.piece[-1]) + 1, dtype=bool)
    drift_rad = np.zeros(len(samples.time_s))
    edges = np.searchsorted(samples.piece, np.arange(len(pieces) + 1))
    for number in np.unique(samples.piece[first[believed]]).tolist():
        inside = samples.piece[first] == number
        held = np.flatnonzero(inside & believed)
        if len(held) < max(LEAST_BLOCKS, LEAST_SHARE.value * np.count_nonzero(inside)):
            continue
        run = slice(int(edges[number]), int(edges[number + 1]))
        drift = _drift_rad(middle_s[held], angle_rad[held], samples.time_s[run])
        if drift is not None:
            drift_rad[run], pieces[number] = drift, True
    return Held(drift_rad, pieces) if pieces.any() else None


def _in_level(samples: Samples, blocks: Blocks, field: Stream) -> tuple[FloatArray, BoolArray]:
    """Return the mean field of each block in its level frame, and where it is known and agrees with itself."""
    rows = np.array([field.columns[name] for name in MAGNETIC_FIELD])
    sound = np.isfinite(rows).all(axis=0)
    count = blocks.force.shape[2]
    nothing = np.zeros((3, count)), np.zeros(count, dtype=bool)
    if sound.sum() < 2 or any(never_changes(row[sound]) for row in rows):
        return nothing
    at_s = field.time_s[sound]
    near = np.clip(np.searchsorted(at_s, samples.time_s), 1, len(at_s) - 1)
    away_s = np.minimum(np.abs(samples.time_s - at_s[near - 1]), np.abs(at_s[near] - samples.time_s))
    seen = np.array([np.interp(samples.time_s, at_s, row[sound]) for row in rows])
    seen[:, away_s > 2.0 * usual_step_s(at_s) + 0.1] = np.nan
    field_ut = np.tensordot(blocks.axes, in_blocks(seen, count, samples.size, fill=np.nan), axes=1)
    held = np.isfinite(field_ut[0])
    share = held.sum(axis=0) / np.isfinite(blocks.force[0]).sum(axis=0)
    known = (share > 0.5) & blocks.upside
    field_ut[:, ~held] = 0.0
    samples_held = np.maximum(held.sum(axis=0), 1)
    level = rotate(product(blocks.plumb, blocks.inside), field_ut)
    mean = np.array([part.sum(axis=0) for part in level]) / samples_held
    size = np.sqrt((field_ut**2).sum(axis=0)).sum(axis=0) / samples_held
    return mean, known & (np.sqrt((mean**2).sum(axis=0)) >= ALIKE.value * size)


def _is_usual(vector_ut: FloatArray, size_ut: FloatArray, known: BoolArray) -> BoolArray:
    """Say which blocks have the size and the dip that the field mostly has."""
    level_ut = np.hypot(vector_ut[0], vector_ut[1])
    dip_deg = np.degrees(np.arctan2(vector_ut[2], level_ut))
    usual_ut, usual_deg = float(np.median(size_ut[known])), float(np.median(dip_deg[known]))
    return np.asarray(
        (np.abs(size_ut - usual_ut) <= SIZE_WITHIN.value * usual_ut)
        & (np.abs(dip_deg - usual_deg) <= DIP_WITHIN.value)
        & (level_ut >= LEAST_LEVEL.value)
    )


def _drift_rad(at_s: FloatArray, angle_rad: FloatArray, time_s: FloatArray) -> FloatArray | None:
    """Return the slow part of how the field turns, at every sample; None where it scatters."""
    steps_s = np.diff(at_s)
    turned = (np.diff(angle_rad) + np.pi) % (2.0 * np.pi) - np.pi
    near = steps_s <= 2.0 * float(np.median(steps_s))
    slope = float(np.median(turned[near] / steps_s[near]))
    steady = angle_rad - slope * (at_s - at_s[0])
    width = max(round(SMOOTH.value / float(np.median(steps_s))), 1)
    mean = moving_mean(np.array([np.cos(steady), np.sin(steady)]), min(width, len(steady)))
    smooth = np.unwrap(np.arctan2(mean[1], mean[0]))
    scatter_deg = float(np.degrees(np.sqrt(np.mean(np.angle(np.exp(1j * (steady - smooth))) ** 2))))
    if scatter_deg > MOST_SCATTER.value:
        return None
    return np.asarray(np.interp(time_s, at_s, smooth) + slope * (time_s - at_s[0]))
