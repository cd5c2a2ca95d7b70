"""A sensor's force and rate in windows of some strides, levelled: what odd marks and the manner of moving come from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.evidence import proposed_number
from backward_running.gait.steps.time_even_features import manner
from backward_running.signals.quaternions import integrated, rotate, shortest_to_up
from backward_running.signals.six_axis import SixAxis, coarser

RATE_HZ = 25.0  #: all that is looked at lies below some 6 Hz
WINDOW = proposed_number(
    "odd_marks_window_s",
    2.0,
    "s",
    "Over 2 s, two strides of a walk, a gyroscope does not drift and the forces add up to gravity.",
)
HOP = proposed_number("odd_marks_hop_s", 1.0, "s", "Windows overlap by half, so that none lies badly on the strides.")
SLOW_SHARE = proposed_number(
    "odd_marks_slow_share",
    0.43,
    "1",
    "More than 0.43 of the swing is slower than some 4 Hz: legs swing once or twice a second; of noise it is a third.",
)
LITTLE = 1e-9


class StrideWindows(NamedTuple):
    """W windows of one sensor, in order of time, in a frame that does not turn and whose third axis is up."""

    middle_s: FloatArray  #: (W,)
    step_s: float  #: from sample to sample
    force: FloatArray  #: (3, samples, W) in m/s²
    rate: FloatArray  #: (3, samples, W) in rad/s, about its mean
    tilt: FloatArray  #: (2, samples, W) the integral of the level rates, about its mean
    pull: FloatArray  #: (samples, W) the size of the force
    is_limb: BoolArray  #: (W,) whether all of it was measured, and swings as slowly as limbs do

    @property
    def unrest_mps2(self) -> FloatArray:
        """Root mean square of how far the size of the force is off gravity, shape (W,)."""
        return rms(self.pull - STANDARD_GRAVITY_MPS2)

    @property
    def manner(self) -> FloatArray:
        """How it moves, whichever way time runs, shape (15, W)."""
        return manner(self.force, self.rate, self.tilt, self.step_s)


def stride_windows(axes: SixAxis) -> StrideWindows | None:
    """Cut a sensor into windows of two seconds and level each.

    Parameters
    ----------
    axes : SixAxis
        Of a sensor anywhere on a body, in any mounting.

    Returns
    -------
    StrideWindows or None
        None where the recording is shorter than half a window; one shorter than a window is one short window.
    """
    axes = coarser(axes, RATE_HZ)
    count = len(axes.known)
    size = min(round(WINDOW.value / axes.step_s), count)
    if size < WINDOW.value / axes.step_s / 2.0:
        return None
    first = np.arange(0, count - size + 1, max(round(HOP.value / axes.step_s), 1))
    index = np.arange(size)[:, None] + first
    force, rate = _levelled(axes.force_mps2[:, index], axes.rate_radps[:, index], axes.step_s)
    rate -= rate.mean(axis=1, keepdims=True)
    return StrideWindows(
        np.asarray(axes.start_s + (first + 0.5 * (size - 1)) * axes.step_s, dtype=np.float64),
        axes.step_s,
        force,
        rate,
        np.stack([detrended_integral(part, axes.step_s) for part in rate[:2]]),
        np.sqrt(force[0] ** 2 + force[1] ** 2 + force[2] ** 2),
        np.asarray(axes.known[index].all(axis=0) & (_slow_share(rate[:2]) >= SLOW_SHARE.value)),
    )


def _slow_share(rate: FloatArray) -> FloatArray:
    """Return the share of the swing that is slower than some 4 Hz."""
    slow = (rate[:, :-2] + rate[:, 1:-1] + rate[:, 2:]) / 3.0
    return np.asarray((slow**2).sum(axis=0).mean(axis=0) / np.maximum((rate**2).sum(axis=0).mean(axis=0), LITTLE))


def _levelled(force: FloatArray, rate: FloatArray, step_s: float) -> tuple[FloatArray, FloatArray]:
    """Turn windows, shape (3, samples, windows), into a frame that does not turn, and whose third axis is up."""
    angles = np.zeros_like(rate)
    angles[:, :-1] = 0.5 * step_s * (rate[:, :-1] + rate[:, 1:])
    inside, _ = integrated(angles)
    force, rate = np.stack(rotate(inside, force)), np.stack(rotate(inside, rate))
    w, x, y, z = (part[None, :] for part in shortest_to_up(list(force.mean(axis=1))))
    return np.stack(rotate((w, x, y, z), force)), np.stack(rotate((w, x, y, z), rate))


def detrended_integral(values: FloatArray, step_s: float) -> FloatArray:
    """Sum up to the middle of each sample, without mean and trend, so that in reverse it is the same but for sign.

    Parameters
    ----------
    values : ndarray, shape (samples, W)
        Of W windows.
    step_s : float
        From sample to sample.

    Returns
    -------
    ndarray, shape (samples, W)
    """
    total = np.cumsum(values, axis=0) - 0.5 * values
    total -= total.mean(axis=0)
    at = (np.arange(len(values)) - 0.5 * (len(values) - 1))[:, None]
    return np.asarray((total - at * ((at * total).sum(axis=0) / (at**2).sum())) * step_s)


def rms(*parts: FloatArray) -> FloatArray:
    """Return the root mean square over the samples of each window, of several rows together."""
    return np.asarray(np.sqrt(sum((part**2).mean(axis=0) for part in parts)) + LITTLE)
