"""Strapdown attitude of a sensor within blocks of a few seconds, all blocks side by side: what yaw and levelling share.

The angular rate is integrated as a rotation ([Titterton2004]_, strapdown) within blocks too short to drift; the mean
specific force of a block, turned by it into one frame, is the plumb line.

References
----------
.. [Titterton2004] Titterton D. H., Weston J. L. 2004. Strapdown Inertial Navigation Technology, second edition. IET.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.names import ACCELERATION, ANGULAR_RATE, COLUMNS
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.signals.bridged import bridged, longest_hole_s, too_patchy
from backward_running.signals.clock import never_changes, usual_step_s
from backward_running.signals.quaternions import Quaternion, integrated, rotate, shortest_to_up
from backward_running.signals.stuck import stuck

BLOCK = proposed_number(
    "yaw_block_s",
    4.0,
    "s",
    "The plumb line is taken anew every 4 s: a few strides, whose accelerations cancel, and too short for a gyroscope "
    "to tilt by more than a few degrees.",
)
HOLE = proposed_number("yaw_hole_s", 0.5, "s", "What turned during a silence of more than half a second is not known.")
RATE_NEEDED = proposed_number(
    "yaw_rate_needed_hz", 50.0, "Hz", "Averaged down to 50 samples a second no swing of a limb is lost."
)
LEAST_RATE = proposed_number(
    "yaw_least_rate_hz", 10.0, "Hz", "With fewer than 10 samples a second the swing of a limb cannot be followed."
)
LEAST_GRAVITY = proposed_number(
    "yaw_least_gravity_mps2", 4.0, "m s⁻²", "Where less than 4 m/s² is left on average, there is no plumb line."
)
MOST_GRAVITY = proposed_number(
    "yaw_most_gravity_mps2", 16.0, "m s⁻²", "An average of more than 16 m/s² is a broken sensor or the wrong unit."
)
UNEVEN, UNEVEN_SHARE = 1.5, 0.1  #: a tenth of the time at a rate that is 1.5 times another is a change of rate


class Samples(NamedTuple):
    """Six axes, thinned to what is needed; `piece` rises at every hole, over which nothing is integrated."""

    time_s: FloatArray
    values: FloatArray  #: (6, n): specific force, then angular rate
    steps_s: FloatArray
    piece: IntArray
    size: int  #: samples in a block


class Blocks(NamedTuple):
    """Blocks side by side, shape (size, blocks): a row is a step in time."""

    force: FloatArray  #: (3, size, blocks), NaN behind the end
    rate: FloatArray  #: (3, size, blocks)
    inside: Quaternion  #: rotation since the start of the block
    at_end: Quaternion  #: (blocks,) rotation from the start of the block to the start of the next
    plumb: Quaternion  #: (blocks,) what then sets the plumb line upright
    upside: BoolArray  #: (blocks,) whether its mean force can be gravity
    axes: FloatArray  #: (3, 3) rows: the axes in which all of it is written, in those of the sensor

    def spread(self, values: FloatArray) -> FloatArray:
        """Give every sample what belongs to its block."""
        return np.repeat(values, self.force.shape[1])


def samples_of(stream: Stream, needed_hz: float = RATE_NEEDED.value) -> Samples | None:
    """Return the six axes of a stream, thinned and without what is no measurement.

    Parameters
    ----------
    stream : Stream
        With three axes of acceleration and of angular rate.
    needed_hz : float
        Faster streams are averaged down to this or a little more.

    Returns
    -------
    Samples or None
        None where an axis is missing or constant, or they come too slowly.
    """
    if not stream.has(*ACCELERATION, *ANGULAR_RATE):
        return None
    if len(stream) < 2:
        return None
    time_s, longest_s = stream.time_s, longest_hole_s(usual_step_s(stream.time_s))
    values = np.array([bridged(time_s, stream.columns[name], longest_s) for name in ACCELERATION + ANGULAR_RATE])
    known = _sound(values)
    if not known.all():
        known &= ~too_patchy(values, known, usual_step_s(time_s))
    if known.sum() < 2:
        return None
    if (broken := stuck(values, usual_step_s(time_s))) is not None:
        known &= ~broken
        if known.sum() < 2:
            return None
    if not known.all():  # a copy of everything costs as much as its integration
        time_s, values = time_s[known], values[:, known]
    if any(never_changes(row) for row in values):
        return None
    time_s, values = _evened(time_s, values)
    rate_hz = 1.0 / usual_step_s(time_s) if len(time_s) > 1 else 0.0
    if rate_hz < LEAST_RATE.value:
        return None
    time_s, values = averaged(time_s, values, int(rate_hz / needed_hz + 0.01))
    if len(time_s) < 2:
        return None
    # Blocks of equal length, none shorter: a mean over half a stride would not be the plumb line.
    fit = max(int(len(time_s) * usual_step_s(time_s) / BLOCK.value), 1)
    steps_s = np.diff(time_s, append=time_s[-1])
    holes = steps_s > HOLE.value
    piece = np.concatenate([[0], np.cumsum(holes)[:-1]])
    steps_s[holes] = 0.0
    return Samples(time_s, values, steps_s, piece, -(-len(time_s) // fit))


def _sound(values: FloatArray) -> BoolArray:
    """Say which samples are neither missing nor impossible."""
    sound = np.ones(values.shape[1], dtype=bool)
    for name, row in zip(ACCELERATION + ANGULAR_RATE, values, strict=True):
        sound &= (row >= COLUMNS[name].lowest) & (row <= COLUMNS[name].highest)
    return sound


def _evened(time_s: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Put a stream whose rate changes on one clock, its faster one; what comes too slowly becomes a hole."""
    steps_s, usual_s = np.diff(time_s), usual_step_s(time_s)
    within = steps_s <= HOLE.value
    uneven = within & ((steps_s > UNEVEN * usual_s) | (steps_s < usual_s / UNEVEN))
    if steps_s[uneven].sum() <= UNEVEN_SHARE * steps_s[within].sum():
        return time_s, values
    step_s = float(np.quantile(steps_s, UNEVEN_SHARE))
    ticks = min(int((time_s[-1] - time_s[0]) / step_s) + 1, 20 * len(time_s))
    even_s = time_s[0] + step_s * np.arange(ticks)
    after = np.clip(np.searchsorted(time_s, even_s), 1, len(time_s) - 1)
    even_s = even_s[steps_s[after - 1] <= 1.01 / LEAST_RATE.value]
    return even_s, np.array([np.interp(even_s, time_s, row) for row in values])


def blocks_of(samples: Samples, *, to_usual: bool) -> Blocks:
    """Integrate the rates within each block and find its plumb line.

    Parameters
    ----------
    samples : Samples
        Six axes.
    to_usual : bool
        Whether the axes are first turned so that the usual plumb line is the third: then no posture is far from
        upright, however the sensor sits.

    Returns
    -------
    Blocks
    """
    values, size = samples.values, samples.size
    blocks = -(-values.shape[1] // size)
    # The middle of two samples stands for the rate between them.
    middle = 0.5 * (values[3:] + np.concatenate([values[3:, 1:], values[3:, -1:]], axis=1))
    angles = in_blocks(middle * samples.steps_s, blocks, size, fill=0.0)
    force = in_blocks(values[:3], blocks, size, fill=np.nan)
    axes = np.eye(3)
    if to_usual:
        axes = usual_axes(force)
        angles, force = (np.tensordot(axes, rows, axes=1) for rows in (angles, force))
    inside, at_end = integrated(angles)
    mean = [np.nanmean(part, axis=0) for part in rotate(inside, force)]
    gravity = np.sqrt(sum(part**2 for part in mean))
    sound = (gravity >= LEAST_GRAVITY.value) & (gravity <= MOST_GRAVITY.value)
    return Blocks(force, angles, inside, at_end, shortest_to_up(mean), sound, axes)


def averaged(time_s: FloatArray, values: FloatArray, factor: int) -> tuple[FloatArray, FloatArray]:
    """Return the means of `factor` samples each; the last ones that do not fill a mean are left out."""
    if factor < 2:
        return time_s, values
    count = len(time_s) // factor * factor
    # Summing slices is several times faster than a mean over a short last axis.
    thinned = sum(values[:, first:count:factor] for first in range(factor)) / factor
    return np.asarray(sum(time_s[first:count:factor] for first in range(factor)) / factor), np.asarray(thinned)


def in_blocks(rows: FloatArray, blocks: int, size: int, *, fill: float) -> FloatArray:
    """Return shape (3, size, blocks): a step in time is a row of all blocks."""
    padded = np.full((3, blocks * size), fill)
    padded[:, : rows.shape[1]] = rows
    return np.ascontiguousarray(padded.reshape(3, blocks, size).transpose(0, 2, 1))


def usual_axes(force: FloatArray) -> FloatArray:
    """Return axes of which the third is the sensor's usual plumb line."""
    usual = np.nanmedian(force.reshape(3, -1), axis=1)
    length = float(np.linalg.norm(usual))
    up = usual / length if length > 0.0 else np.array([0.0, 0.0, 1.0])
    aside = np.eye(3)[int(np.abs(up).argmin())]
    first = np.cross(aside, up)
    first /= np.linalg.norm(first)
    return np.array([first, np.cross(up, first), up])


def shift(turn: Quaternion) -> Quaternion:
    """Return what belongs to the following block; the last keeps its own."""
    w, x, y, z = (np.append(part[1:], part[-1:]) for part in turn)
    return w, x, y, z
