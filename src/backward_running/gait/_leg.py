"""A strapped foot or shank, understood: its strides, when it swings, and what each stride tells of the direction."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backward_running.core.recording import FloatArray, Stream
from backward_running.gait._proposal import proposal
from backward_running.gait._strides import (
    STANDARD_GRAVITY_MPS2,
    Strides,
    activity_radps,
    rotated,
    stances,
    strides,
    strides_at_hand,
)
from backward_running.gait._swing import Swing
from backward_running.gait._time_base import cell_means
from backward_running.gait._told import Told, Voice, runs_nat_of_speed
from backward_running.signals.six_axis import SixAxis, six_axis
from backward_running.signals.window import moving_mean, moving_minimum

SLOWEST = proposal(
    "stride_slowest_mps", 0.2, "m s⁻¹", "A foot that goes less than 0.2 m in a second steps on the spot."
)
DOUBT = proposal(
    "stride_doubt_share",
    0.7,
    "1",
    "Seven tenths of the velocity by which the mean force of a stride misses gravity is taken as the error of its own.",
)
COMPANY = proposal(
    "stride_company_share",
    0.5,
    "1",
    "A stride is doubted half as much as the worse of its neighbours: samples get lost and straps slip for a while.",
)
NAT_PER_DOUBT = proposal("stride_nat", 2.5, "nat", "A stride that is as fast as its own doubt speaks 12 to 1.")
SIDE = proposal(
    "stride_side_ratio", 1.5, "1", "A stride that goes 1.5 times as far to the side as along the toes is sideways."
)
LEAST_AGREEMENT = 0.5  #: of the toe axes at both ends; less is a turn of more than 120° within one stride
SWINGS_ABOVE = proposal("leg_swings_above_radps", 2.0, "rad s⁻¹", "A leg with an unrest above 2 rad/s swings.")
SWINGS_WITHIN_S = 0.8
RESTS_BELOW = proposal(
    "leg_rests_below_radps", 0.7, "rad s⁻¹", "A leg whose unrest stays below 0.7 rad/s for 1.5 s stands still."
)
RESTS_FOR_S = 1.5
PITCHES = proposal(
    "leg_pitch_least_share",
    0.2,
    "1",
    "Even side-stepping a leg pitches: with pitch below 0.2 of pitch and roll, the mount is not the stated one.",
)
ROUGHEST = proposal(
    "stride_roughest_ratio",
    0.8,
    "1",
    "From one sample to the next the rate of a leg changes by a small part of itself; noise by more than it is.",
)
UNCLOSED = proposal(
    "stride_unclosed_s",
    1.5,
    "s",
    "Within 1.5 s of the start, the end or a hole a stride may be there that could not be closed.",
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
    """Return the specific force at a point of the same rigid segment that lies `lever_m` below, (3, n)."""
    rate = moving_mean(axes.rate_radps, max(round(0.05 / axes.step_s), 1))
    x, y, z = rate
    spin_x, spin_y = np.gradient(x, axes.step_s), np.gradient(y, axes.step_s)
    # With r = (0, 0, -l): α×r = l·(-α_y, α_x, 0) and ω×(ω×r) = l·(-ω_x·ω_z, -ω_y·ω_z, ω_x²+ω_y²).
    return np.asarray(axes.force_mps2 + lever_m * np.stack([-spin_y - x * z, spin_x - y * z, x * x + y * y]))


def is_as_stated(stream: Stream, leg: Leg) -> bool:
    """Say whether the mount is known and the segment pitches, as every leg does that goes anywhere."""
    if stream.frame != "body" or not stream.mount_known:
        return False
    rates = leg.axes.rate_radps[:2, leg.activity_radps > SWINGS_ABOVE.value]
    pitch, roll = np.einsum("ij,ij->i", rates, rates)
    return bool(pitch >= PITCHES.value * (pitch + roll))


def tell(leg: Leg, toe_axis: FloatArray) -> Told:
    """Tell from each stride which way it went, by the sign of its horizontal way along the toes.

    Parameters
    ----------
    leg : Leg
        Its strides.
    toe_axis : ndarray, shape (3,)
        Where the toes point, in the frame of the sensor.

    Returns
    -------
    Told
        Of the strides that outweigh their own doubt: what their mean force misses of gravity, times their duration, is
        a velocity that does not close.
    """
    some = leg.strides
    force = np.sqrt(np.einsum("ij,ij->j", some.gravity_mps2, some.gravity_mps2))
    up = some.gravity_mps2 / np.maximum(force, 1e-9)
    along_mps, across_mps, agreement = _horizontal_mps(some, up, toe_axis)
    doubt = SLOWEST.value + DOUBT.value * _misfit_mps(some, force)
    is_sideways = np.abs(across_mps) > SIDE.value * np.abs(along_mps)
    leads = np.where(is_sideways, np.abs(across_mps), along_mps) / doubt
    speaks = (np.abs(leads) >= 1.0) & (agreement > LEAST_AGREEMENT) & (_roughness(leg) < ROUGHEST.value)
    time_s = leg.axes.time_s
    forward_runs, backward_runs = runs_nat_of_speed(np.hypot(along_mps, across_mps)[speaks])
    return Told(
        time_s[some.first[speaks]],
        time_s[some.last[speaks]],
        NAT_PER_DOUBT.value * leads[speaks],
        is_sideways[speaks],
        forward_runs,
        backward_runs,
    )


def _roughness(leg: Leg) -> FloatArray:
    """Return of each stride how much of its turning changes from sample to sample: near 0 for a leg, 2 for noise."""
    rate = leg.worn.rate_radps
    change = np.diff(rate, append=rate[:, -1:])
    sums = [np.concatenate([[0.0], np.cumsum(np.einsum("ij,ij->j", rows, rows))]) for rows in (change, rate)]
    changed, turned = (total[leg.strides.last] - total[leg.strides.first] for total in sums)
    return np.asarray(changed / np.maximum(turned, 1e-9))


def _misfit_mps(some: Strides, force: FloatArray) -> FloatArray:
    """Return the velocity that does not close in each stride, or half of its worse neighbour's."""
    if len(some) == 0:
        return force
    own = np.abs(force - STANDARD_GRAVITY_MPS2) * some.duration_s
    joined = some.first[1:] == some.last[:-1]
    misfit = own.copy()
    misfit[1:] = np.maximum(misfit[1:], COMPANY.value * np.where(joined, own[:-1], 0.0))
    misfit[:-1] = np.maximum(misfit[:-1], COMPANY.value * np.where(joined, own[1:], 0.0))
    return np.asarray(misfit)


def _horizontal_mps(some: Strides, up: FloatArray, toe_axis: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the mean velocity along the toes and to the right, and how well the toes at both ends agree (0 to 1)."""
    begin = np.repeat(toe_axis[:, None], len(some), axis=1)
    # In a turn a stride follows the mean of where the toes point at its two stances.
    toes = (begin + rotated(some.turn, begin)) / 2
    toes -= up * (toes * up).sum(axis=0)
    agreement = np.sqrt((toes * toes).sum(axis=0))
    toes /= np.maximum(agreement, 1e-9)
    right = np.cross(toes, up, axis=0)
    way_mps = some.way_m / some.duration_s
    return (way_mps * toes).sum(axis=0), (way_mps * right).sum(axis=0), agreement


def near_an_end(leg: Leg, time_s: FloatArray) -> npt.NDArray[np.bool_]:
    """Say which cells lie so near to the start, the end or a hole that a stride there could not be closed."""
    reach = max(round(UNCLOSED.value / leg.axes.step_s), 1)
    known = np.concatenate([np.zeros(reach), leg.axes.known, np.zeros(reach)])
    is_near = (moving_minimum(known, reach)[reach:-reach] == 0.0).astype(float)
    return np.asarray(np.nan_to_num(cell_means(leg.axes.time_s, is_near, time_s), nan=0.0) > 0.5)


def voice_of(leg: Leg, told: Told | None, swing: Swing | None, time_s: FloatArray) -> Voice:
    """Return what one strapped segment has to say, cell by cell of a time base."""
    flags = []
    for within_s, threshold, above in ((SWINGS_WITHIN_S, SWINGS_ABOVE, True), (RESTS_FOR_S, RESTS_BELOW, False)):
        reach = max(round(within_s / 2 / leg.axes.step_s), 1)
        highest = -moving_minimum(-leg.activity_radps, reach)
        is_so = ((highest > threshold.value) == above).astype(float)
        share = cell_means(leg.axes.time_s, np.where(leg.axes.known, is_so, np.nan), time_s)
        flags.append(np.nan_to_num(share, nan=0.0) > 0.5)
    return Voice(told, swing, *flags)
