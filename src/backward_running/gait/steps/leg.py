"""A strapped foot, shank or thigh: its strides, and how much it moves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.gait.steps.strides_by_zupt import (
    Strides,
    activity_radps,
    stances,
    strides,
    strides_at_hand,
)
from backward_running.signals.six_axis import SixAxis, six_axis
from backward_running.signals.window import moving_mean

SLOWEST = proposed_number(
    "stride_slowest_mps", 0.2, "m s⁻¹", "A foot that goes less than 0.2 m in a second steps on the spot."
)
SWINGS_ABOVE = proposed_number("leg_swings_above_radps", 2.0, "rad s⁻¹", "A leg with an unrest above 2 rad/s swings.")
PITCHES = proposed_number(
    "leg_pitch_least_share",
    0.2,
    "1",
    "Even side-stepping a leg pitches: with pitch below 0.2 of pitch and roll, the mount is not the stated one.",
)


class Leg(NamedTuple):
    """A strapped segment on its own clock."""

    worn: SixAxis  #: of the sensor where it is worn
    axes: SixAxis  #: of the point that stands in a stance
    activity_radps: FloatArray
    strides: Strides


def leg_of(stream: Stream, lever_m: float = 0.0, *, stands: bool = True) -> Leg | None:
    """Return the strides of a strapped segment.

    Parameters
    ----------
    stream : Stream
        Six axes at 20 Hz and more.
    lever_m : float
        How far below the sensor, along its z axis, the point lies that stands in a stance; 0 for a foot.
    stands : bool
        Whether there is such a point; a thigh has none, and no strides.

    Returns
    -------
    Leg or None
        None where the stream does not carry six living axes.
    """
    worn = six_axis(stream)
    if worn is None:
        return None
    axes = worn._replace(force_mps2=force_below_mps2(worn, lever_m)) if lever_m else worn
    activity = activity_radps(axes)
    if not stands:
        return Leg(worn, axes, activity, strides(axes, np.zeros(0, dtype=np.int64)))
    return Leg(worn, axes, activity, strides_at_hand(stream, lever_m, axes, stances(axes, activity)))


def force_below_mps2(axes: SixAxis, lever_m: float) -> FloatArray:
    """Return the specific force at a point of the same rigid segment.

    Parameters
    ----------
    axes : SixAxis
        Of the sensor, z up along the segment.
    lever_m : float
        How far below it the point lies.

    Returns
    -------
    ndarray, shape (3, n)
        The Euler and the centripetal acceleration are added; the first needs the change of the rate, smoothed over
        0.05 s.
    """
    rate = moving_mean(axes.rate_radps, max(round(0.05 / axes.step_s), 1))
    x, y, z = rate
    spin_x, spin_y = np.gradient(x, axes.step_s), np.gradient(y, axes.step_s)
    # With r = (0, 0, -l): α×r = l·(-α_y, α_x, 0) and ω×(ω×r) = l·(-ω_x·ω_z, -ω_y·ω_z, ω_x²+ω_y²).
    return np.asarray(axes.force_mps2 + lever_m * np.stack([-spin_y - x * z, spin_x - y * z, x * x + y * y]))


def is_as_stated(stream: Stream, leg: Leg) -> bool:
    """Say whether the mount is known and the segment pitches, as every leg does that goes anywhere.

    Parameters
    ----------
    stream : Stream
        What states the mount.
    leg : Leg
        Made of it.

    Returns
    -------
    bool
    """
    if stream.frame != "body" or not stream.mount_known:
        return False
    rates = leg.axes.rate_radps[:2, leg.activity_radps > SWINGS_ABOVE.value]
    pitch, roll = np.einsum("ij,ij->i", rates, rates)
    return bool(pitch >= PITCHES.value * (pitch + roll))
