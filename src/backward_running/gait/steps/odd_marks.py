"""Odd marks: means of a stride that change their sign when time runs backward, whatever the mounting of the sensor.

Going backward is close to going forward played in reverse ([Mehdizadeh2015]_). Played in reverse, attitudes and forces
stay as they are, rates and velocities change their sign. So a mean of products that hold an odd number of rates or
velocities changes its sign with the direction, and one that holds an even number does not: that is posture.

What is asked here is besides the same after any turn about the plumb line and for the left and the right of a body. So
it needs no mounting, only the plumb line, and that is the mean force of a window.

References
----------
.. [Mehdizadeh2015] Mehdizadeh S., Arshi A. R., Davids K. 2015. Quantifying coordination and coordination variability in
   backward versus forward running. Gait & Posture 42(2): 172–177. doi:10.1016/j.gaitpost.2015.05.006
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.evidence import proposed_number
from backward_running.gait.steps.manner import manner
from backward_running.gait.steps.sensor_lag import sensor_lag
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
#: The marks, in the order of the rows of :attr:`OddMarks.values`.
MARKS = ("A", "B", "C", "D", "D′", "E")
LITTLE = 1e-9


class OddMarks(NamedTuple):
    """Windows of one sensor, W of them in order of time."""

    middle_s: FloatArray  #: (W,)
    values: FloatArray  #: (6, W) in the order of :data:`MARKS`, each a correlation
    unrest_mps2: FloatArray  #: (W,) root mean square of how far the size of the force is off gravity
    swing_radps: FloatArray  #: (W,) root mean square of the level part of the angular rate
    swing_hz: FloatArray  #: (W,) how often it swings, by the ratio of rate and tilt
    apart_s: FloatArray  #: (W,) by how much accelerometer and gyroscope are apart at least; NaN where none shows
    manner: FloatArray  #: (15, W) how it moves, whichever way time runs; of :func:`.manner.manner`
    is_limb: BoolArray  #: (W,) whether all of it was measured, and swings as slowly as limbs do


def odd_marks(axes: SixAxis) -> OddMarks | None:
    """Measure the marks in windows of two seconds.

    Parameters
    ----------
    axes : SixAxis
        Of a sensor anywhere on a body, in any mounting.

    Returns
    -------
    OddMarks or None
        None where the recording is shorter than half a window; one shorter than a window is one short window.

    Valid for
    ---------
    Windows of two seconds in which a limb swings, its two sensors on one clock: a lag turns the marks (``sensor_lag``).

    References
    ----------
    [Mehdizadeh2015]_

    Notes
    -----
    With f the force and ω the rate, levelled, ω_h and θ the level parts of rate and tilt, v_z the upward velocity:

    - *A* = ω × f about the plumb line: which way the force points while the segment swings;
    - *B* = d|θ|²/dt · f_z, *E* = d|θ|²/dt · |f|: whether it is loaded while it swings out or while it comes back;
    - *C* = |ω_h|² · v_z: whether it swings while it rises or while it sinks;
    - *D* = |ω_h|² · d|f|/dt, *D′* = |ω| · d|f|/dt: whether it swings while it is being loaded or unloaded.

    Each is divided by the root mean squares of its factors.
    """
    finer = axes
    axes = coarser(axes, RATE_HZ)
    count = len(axes.known)
    size = min(round(WINDOW.value / axes.step_s), count)
    if size < WINDOW.value / axes.step_s / 2.0:
        return None
    first = np.arange(0, count - size + 1, max(round(HOP.value / axes.step_s), 1))
    index = np.arange(size)[:, None] + first
    force, rate = _levelled(axes.force_mps2[:, index], axes.rate_radps[:, index], axes.step_s)
    middle_s = axes.start_s + (first + 0.5 * (size - 1)) * axes.step_s
    pull = np.sqrt((force**2).sum(axis=0))
    rate -= rate.mean(axis=1, keepdims=True)
    tilt = np.stack([_integral(part, axes.step_s) for part in rate[:2]])
    return OddMarks(
        np.asarray(middle_s, dtype=np.float64),
        _values(force, rate, tilt, pull, axes.step_s),
        _rms(pull - STANDARD_GRAVITY_MPS2),
        _rms(rate[0], rate[1]),
        np.asarray(_rms(rate[0], rate[1]) / (2.0 * np.pi * _rms(*tilt))),
        sensor_lag(finer, np.asarray(middle_s, dtype=np.float64)).least_s,
        manner(force, rate, tilt, axes.step_s),
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


def _values(force: FloatArray, rate: FloatArray, tilt: FloatArray, pull: FloatArray, step_s: float) -> FloatArray:
    ahead, aside, up = force - force.mean(axis=1, keepdims=True)
    swing = rate[0] ** 2 + rate[1] ** 2
    spin = np.sqrt(swing + rate[2] ** 2)
    # The way out is positive, the way back negative: half the change of the squared tilt.
    out = tilt[0] * rate[0] + tilt[1] * rate[1]
    change = np.gradient(pull, step_s, axis=0)
    lever = (rate[0] * aside - rate[1] * ahead).mean(axis=0)
    return np.stack(
        [
            lever / (_rms(rate[0], rate[1]) * _rms(ahead, aside)),
            (out * up).mean(axis=0) / (_rms(out) * _rms(up)),
            _alike(swing, _integral(up, step_s)),
            _alike(swing, change),
            _alike(spin, change),
            _alike(out, pull),
        ]
    )


def _integral(values: FloatArray, step_s: float) -> FloatArray:
    """Sum up to the middle of each sample, without mean and trend, so that in reverse it is the same but for sign."""
    total = np.cumsum(values, axis=0) - 0.5 * values
    total -= total.mean(axis=0)
    at = (np.arange(len(values)) - 0.5 * (len(values) - 1))[:, None]
    return np.asarray((total - at * ((at * total).sum(axis=0) / (at**2).sum())) * step_s)


def _rms(*parts: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(sum((part**2).mean(axis=0) for part in parts)) + LITTLE)


def _alike(left: FloatArray, other: FloatArray) -> FloatArray:
    """Return the correlation of two rows of each window."""
    left, other = left - left.mean(axis=0), other - other.mean(axis=0)
    return np.asarray((left * other).mean(axis=0) / (_rms(left) * _rms(other)))
