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
from backward_running.gait.steps.sensor_lag import sensor_lag
from backward_running.gait.steps.stride_windows import StrideWindows, detrended_integral, rms, stride_windows
from backward_running.signals.six_axis import SixAxis

#: The marks, in the order of the rows of :attr:`OddMarks.values`.
MARKS = ("A", "B", "C", "D", "D′", "E")


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


def odd_marks(axes: SixAxis, *, is_in_step: bool = False) -> OddMarks | None:
    """Measure the marks in windows of two seconds.

    Parameters
    ----------
    axes : SixAxis
        Of a sensor anywhere on a body, in any mounting.
    is_in_step : bool
        Whether its gyroscope was moved onto the clock of its accelerometer: then no lag is looked for.

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
    some = stride_windows(axes)
    if some is None:
        return None
    swings = rms(some.rate[0], some.rate[1])
    return OddMarks(
        some.middle_s,
        values_of(some),
        some.unrest_mps2,
        swings,
        np.asarray(swings / (2.0 * np.pi * rms(*some.tilt))),
        np.zeros(len(some.middle_s)) if is_in_step else sensor_lag(axes, some.middle_s).least_s,
        some.manner,
        some.is_limb,
    )


def values_of(some: StrideWindows) -> FloatArray:
    """Return the marks of windows, shape (6, W), in the order of :data:`MARKS`."""
    force, rate, tilt = some.force, some.rate, some.tilt
    ahead, aside, up = force - force.mean(axis=1, keepdims=True)
    swing = rate[0] ** 2 + rate[1] ** 2
    spin = np.sqrt(swing + rate[2] ** 2)
    # The way out is positive, the way back negative: half the change of the squared tilt.
    out = tilt[0] * rate[0] + tilt[1] * rate[1]
    change = np.gradient(some.pull, some.step_s, axis=0)
    lever = (rate[0] * aside - rate[1] * ahead).mean(axis=0)
    return np.stack(
        [
            lever / (rms(rate[0], rate[1]) * rms(ahead, aside)),
            (out * up).mean(axis=0) / (rms(out) * rms(up)),
            _alike(swing, detrended_integral(up, some.step_s)),
            _alike(swing, change),
            _alike(spin, change),
            _alike(out, some.pull),
        ]
    )


def _alike(left: FloatArray, other: FloatArray) -> FloatArray:
    """Return the correlation of two rows of each window."""
    left, other = left - left.mean(axis=0), other - other.mean(axis=0)
    return np.asarray((left * other).mean(axis=0) / (rms(left) * rms(other)))
