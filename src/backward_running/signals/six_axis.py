"""Accelerometer and gyroscope on one even clock, with a flag for what was really measured."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.names import ACCELERATION, ANGULAR_RATE, COLUMNS
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.signals.bridged import bridged, longest_hole_s, too_patchy
from backward_running.signals.clock import never_changes, usual_step_s
from backward_running.signals.stuck import stuck

HIGHEST_RATE = proposed_number(
    "six_axis_highest_hz",
    100.0,
    "Hz",
    "Legs move below some 20 Hz: faster streams are averaged to 100 samples a second, slower ones are kept.",
)
LOWEST_RATE = proposed_number(
    "six_axis_lowest_hz", 20.0, "Hz", "With fewer than 20 samples a second a stride cannot be integrated."
)
LEAST_SAMPLES = 25


class SixAxis(NamedTuple):
    """Specific force and angular rate on an even clock; what is not known is bridged and flagged."""

    start_s: float
    step_s: float
    force_mps2: FloatArray  #: (3, n), rows x, y, z
    rate_radps: FloatArray  #: (3, n)
    known: BoolArray  #: (n,)

    @property
    def time_s(self) -> FloatArray:
        """The middle of each sample's cell."""
        return np.asarray(self.start_s + self.step_s * np.arange(len(self.known)))

    def between(self, start_s: float, end_s: float) -> SixAxis:
        """Return the samples of a stretch of time; none where it lies outside."""
        first = min(max(math.ceil((start_s - self.start_s) / self.step_s), 0), len(self.known))
        last = min(max(math.ceil((end_s - self.start_s) / self.step_s), first), len(self.known))
        return SixAxis(
            self.start_s + first * self.step_s,
            self.step_s,
            self.force_mps2[:, first:last],
            self.rate_radps[:, first:last],
            self.known[first:last],
        )


def coarser(axes: SixAxis, rate_hz: float) -> SixAxis:
    """Return the means of blocks of samples, at about `rate_hz`; a block that is not known throughout is not known.

    Parameters
    ----------
    axes : SixAxis
        At a higher rate, or at that rate already: then it is returned as it is.
    rate_hz : float
        The rate that is wanted.

    Returns
    -------
    SixAxis
        Its last incomplete block is left out.
    """
    block = round(1.0 / (rate_hz * axes.step_s))
    if block <= 1 or len(axes.known) < block:
        return axes
    blocks = len(axes.known) // block
    force, rate = (_block_means(rows, blocks, block) for rows in (axes.force_mps2, axes.rate_radps))
    known = np.asarray(axes.known[: blocks * block].reshape(blocks, block).all(axis=1))
    middle_s = axes.start_s + 0.5 * (block - 1) * axes.step_s
    return SixAxis(middle_s, block * axes.step_s, force, rate, known)


def _block_means(rows: FloatArray, blocks: int, block: int) -> FloatArray:
    """Add up the first samples of all blocks, the second, and so on: few of each, so that is far quicker."""
    total = rows[:, : blocks * block : block].copy()
    for place in range(1, block):
        total += rows[:, place : blocks * block : block]
    return np.asarray(total / block)


def six_axis(stream: Stream, highest_hz: float = HIGHEST_RATE.value) -> SixAxis | None:
    """Return the six axes of a stream on an even clock.

    Parameters
    ----------
    stream : Stream
        With acceleration and angular rate in m/s² and rad/s.
    highest_hz : float
        Faster streams are averaged down to this.

    Returns
    -------
    SixAxis or None
        None where an axis is missing or never changes (a dead sensor measures nothing), or the stream is slower than
        :data:`LOWEST_RATE` or shorter than a second.

    Notes
    -----
    An axis that misses up to 0.06 s on its own is bridged. Where after that more rows miss some axes than are whole,
    nothing is known.
    """
    names = ACCELERATION + ANGULAR_RATE
    if len(stream) < LEAST_SAMPLES or not stream.has(*names):
        return None
    usual_s = usual_step_s(stream.time_s)
    if usual_s > 1.0 / LOWEST_RATE.value * 1.01:
        return None
    step_s = max(usual_s, 1.0 / highest_hz)
    longest_s = longest_hole_s(step_s)
    values = np.stack([bridged(stream.time_s, stream.columns[name], longest_s) for name in names])
    sound = np.ones(len(stream), dtype=bool)  # neither missing nor impossible
    for name, row in zip(names, values, strict=True):
        sound &= (row >= COLUMNS[name].lowest) & (row <= COLUMNS[name].highest)
    if not sound.all():
        sound &= ~too_patchy(values, sound, usual_s)
    if (broken := stuck(values, usual_s)) is not None:
        sound &= ~broken
    measured = values if sound.all() else values[:, sound]
    if measured.shape[1] < LEAST_SAMPLES or any(never_changes(row) for row in measured):
        return None
    even, known = _on_even_clock(stream.time_s, values, sound, step_s)
    return SixAxis(float(stream.time_s[0]), step_s, even[:3], even[3:], known)


def _on_even_clock(
    time_s: FloatArray, values: FloatArray, sound: BoolArray, step_s: float
) -> tuple[FloatArray, BoolArray]:
    """Average into cells about each tick; bridge holes in a straight line and flag the long ones."""
    place = (time_s - time_s[0]) / step_s
    cells = int(np.rint(place[-1])) + 1
    if cells == len(time_s) and sound.all() and np.abs(place - np.arange(cells)).max() < 0.25:
        return values, sound
    cells = min(cells, 20 * len(time_s) + 1)
    where = np.minimum(np.rint(place).astype(np.int64), cells)
    counts = np.bincount(where[sound], minlength=cells + 1)[:cells]
    held = np.flatnonzero(counts)
    ticks = np.arange(cells)
    even = np.empty((len(values), cells))
    for row, measured in zip(even, values, strict=True):
        sums = np.bincount(where[sound], measured[sound], minlength=cells + 1)[:cells]
        row[:] = np.interp(ticks, held, sums[held] / counts[held])
    # A hole is as long as the way between the samples around it.
    known = counts > 0
    hole_s = (held[1:] - held[:-1]) * step_s
    short = hole_s <= longest_hole_s(step_s)
    after = np.searchsorted(held, ticks)
    inside = (after > 0) & (after < len(held)) & ~known
    known[inside] = short[after[inside] - 1]
    return even, known
