"""What each stride of a strapped leg tells of the direction, and when the leg swings or rests."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.evidence import proposed_number
from backward_running.gait.detectors.leg._leg_opinion import SegmentOdds, StrideOdds
from backward_running.gait.segment.time_base import cell_means
from backward_running.gait.steps.leg import SLOWEST, SWINGS_ABOVE, Leg
from backward_running.gait.steps.stance_at_rest import lies_still
from backward_running.gait.steps.strides_by_zupt import Strides
from backward_running.gait.steps.swing import Swing
from backward_running.gait.steps.time_odd_log_odds import MarkOdds, silent
from backward_running.gait.steps.toe_axis import which_end
from backward_running.gait.steps.walk_or_run import backward_run_nat, forward_run_nat
from backward_running.signals.quaternions import rotate
from backward_running.signals.window import moving_minimum

DOUBT = proposed_number(
    "stride_doubt_share",
    0.7,
    "1",
    "Seven tenths of the velocity by which the mean force of a stride misses gravity is taken as the error of its own.",
)
COMPANY = proposed_number(
    "stride_company_share",
    0.5,
    "1",
    "A stride is doubted half as much as the worse of its neighbours: samples get lost and straps slip for a while.",
)
NAT_PER_DOUBT = proposed_number("stride_nat", 2.5, "nat", "A stride that is as fast as its own doubt speaks 12 to 1.")
SIDE = proposed_number(
    "stride_side_ratio", 1.5, "1", "A stride that goes 1.5 times as far to the side as along the toes is sideways."
)
ASLANT = proposed_number(
    "stride_aslant_ratio",
    0.7,
    "1",
    "From 35° off the toes on a stride goes aslant: it is neither ahead nor aside. Feet that point outward and a "
    "sensor a little askew stay below.",
)
CALM = proposed_number(
    "stride_calm_radps",
    7.0,
    "rad s⁻¹",
    "Walkers stand with an unrest of 0.1 to 1.6 rad/s, runners on motion capture without impacts with 4 to 10; what "
    "was the middle of a swing had 7 to 17: from 7 on a stride counts only if the odd marks agree.",
)
BELIEVED_FOR = proposed_number(
    "stride_believed_for_s",
    2.0,
    "s",
    "In an unknown mounting a stride counts for itself up to 2 s from where odd marks last said which end is ahead.",
)
LEAST_AGREEMENT = 0.5  #: of the toe axes at both ends; less is a turn of more than 120° within one stride
SWINGS_WITHIN_S = 0.8
RESTS_BELOW = proposed_number(
    "leg_rests_below_radps", 0.7, "rad s⁻¹", "A leg whose unrest stays below 0.7 rad/s for 1.5 s stands still."
)
RESTS_FOR_S = 1.5
ROUGHEST = proposed_number(
    "stride_roughest_ratio",
    0.8,
    "1",
    "From one sample to the next the rate of a leg changes by a small part of itself; noise by more than it is.",
)
UNCLOSED = proposed_number(
    "stride_unclosed_s",
    1.5,
    "s",
    "Within 1.5 s of the start, the end or a hole a stride may be there that could not be closed.",
)


def stride_odds(leg: Leg, toe_axis: FloatArray) -> StrideOdds:
    """Tell from each stride which way it went, by the sign of its horizontal way along the toes.

    Parameters
    ----------
    leg : Leg
        Its strides.
    toe_axis : ndarray, shape (3,)
        Where the toes point, in the frame of the sensor.

    Returns
    -------
    StrideOdds
        Of the strides that outweigh their own doubt: what their mean force misses of gravity, times their duration, is
        a velocity that does not close.
    """
    some = leg.strides
    force = np.sqrt(np.einsum("ij,ij->j", some.gravity_mps2, some.gravity_mps2))
    up = some.gravity_mps2 / np.maximum(force, 1e-9)
    along_mps, across_mps, agreement = _horizontal_mps(some, up, toe_axis)
    doubt = SLOWEST.value + DOUBT.value * _misfit_mps(some, force)
    is_sideways = np.abs(across_mps) > SIDE.value * np.abs(along_mps)
    is_aslant = ~is_sideways & (np.abs(across_mps) > ASLANT.value * np.abs(along_mps))
    leads = np.where(is_sideways, np.abs(across_mps), along_mps) / doubt
    is_calm = lies_still(leg.axes, leg.activity_radps, some)
    unrest = np.maximum(leg.activity_radps[some.first], leg.activity_radps[some.last])
    speaks = (np.abs(leads) >= 1.0) & (agreement > LEAST_AGREEMENT) & (_roughness(leg) < ROUGHEST.value)
    time_s = leg.axes.time_s
    speed_mps = np.hypot(along_mps, across_mps)[speaks]
    return StrideOdds(
        time_s[some.first[speaks]],
        time_s[some.last[speaks]],
        NAT_PER_DOUBT.value * leads[speaks],
        is_sideways[speaks],
        forward_run_nat(speed_mps),
        backward_run_nat(speed_mps),
        (is_calm & (unrest < CALM.value))[speaks],
        is_aslant[speaks],
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
    toes = (begin + np.stack(rotate(some.turn, begin))) / 2
    toes -= up * (toes * up).sum(axis=0)
    agreement = np.sqrt((toes * toes).sum(axis=0))
    toes /= np.maximum(agreement, 1e-9)
    right = np.cross(toes, up, axis=0)
    way_mps = some.way_m / some.duration_s
    return (way_mps * toes).sum(axis=0), (way_mps * right).sum(axis=0), agreement


def near_an_end(leg: Leg, time_s: FloatArray) -> BoolArray:
    """Say which cells lie so near to the start, the end or a hole that a stride there could not be closed.

    Parameters
    ----------
    leg : Leg
        Its clock and what was measured.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    reach = max(round(UNCLOSED.value / leg.axes.step_s), 1)
    known = np.concatenate([np.zeros(reach), leg.axes.known, np.zeros(reach)])
    is_near = (moving_minimum(known, reach)[reach:-reach] == 0.0).astype(float)
    return np.asarray(np.nan_to_num(cell_means(leg.axes.time_s, is_near, time_s), nan=0.0) > 0.5)


def towards(odds: StrideOdds, says: MarkOdds, time_s: FloatArray) -> StrideOdds | None:
    """Return strides along a line of unknown sign with the sign that odd marks give it.

    Parameters
    ----------
    odds : StrideOdds
        As if the line pointed ahead.
    says : MarkOdds
        Odd marks of the same segment.
    time_s : ndarray, shape (n,)
        The time base of the marks.

    Returns
    -------
    StrideOdds or None
        None where the sign stays open.
    """
    middle_s, marks_nat = _marks_of(odds, says, time_s)
    sign = which_end(odds.forward_nat, marks_nat)
    if sign == 0.0:
        return None
    # Where they have not agreed for long, a strap may have slipped: a stride is believed again when they agree.
    heard_s = middle_s[sign * odds.forward_nat * marks_nat > 0.0]
    after = np.searchsorted(heard_s, middle_s)
    gap_s = np.minimum(
        np.abs(middle_s - heard_s[np.clip(after, 0, len(heard_s) - 1)]), np.abs(middle_s - heard_s[after - 1])
    )
    return odds._replace(
        forward_nat=np.where(odds.is_sideways, odds.forward_nat, sign * odds.forward_nat),
        is_calm=odds.is_calm & (gap_s <= BELIEVED_FOR.value),
    )


def is_contradicted(odds: StrideOdds, says: MarkOdds, time_s: FloatArray) -> bool:
    """Say whether strides go the other way than odd marks tell: then the segment sits the other way round.

    Parameters
    ----------
    odds : StrideOdds
        Of strides along the toes as they are claimed to point.
    says : MarkOdds
        Odd marks of the same segment.
    time_s : ndarray, shape (n,)
        The time base of the marks.

    Returns
    -------
    bool
        False where they say too little to tell.
    """
    return which_end(odds.forward_nat, _marks_of(odds, says, time_s)[1]) < 0.0


def _marks_of(odds: StrideOdds, says: MarkOdds, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the middle of each stride and what odd marks say there; 0 where it goes aside or aslant."""
    middle_s = 0.5 * (odds.start_s + odds.end_s)
    at = np.clip(np.searchsorted(time_s, middle_s, side="right") - 1, 0, len(time_s) - 1)
    return middle_s, np.where(odds.is_sideways | odds.is_aslant, 0.0, says.forward_nat[at])


def contradicted(leg: Leg, time_s: FloatArray) -> SegmentOdds:
    """Return a segment that sits the other way round than is claimed: it is there, and says nothing.

    Parameters
    ----------
    leg : Leg
        The segment.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    SegmentOdds
    """
    return silenced(leg, time_s)._replace(is_contradicted=True)


def silenced(leg: Leg, time_s: FloatArray) -> SegmentOdds:
    """Return a segment that is there, and says nothing.

    Parameters
    ----------
    leg : Leg
        The segment.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    SegmentOdds
    """
    return segment_odds(leg, None, None, time_s, silent(len(time_s)))


def segment_odds(
    leg: Leg, odds: StrideOdds | None, swing: Swing | None, time_s: FloatArray, says: MarkOdds
) -> SegmentOdds:
    """Return what is known of one strapped segment, cell by cell of a time base.

    Parameters
    ----------
    leg : Leg
        The segment, with its unrest.
    odds : StrideOdds or None
        Of its strides; None where they tell nothing of directions.
    swing : Swing or None
        Of its swing; None where the mount is not known.
    time_s : ndarray, shape (n,)
        A time base.
    says : MarkOdds
        Its odd marks.

    Returns
    -------
    SegmentOdds
    """
    flags = []
    for within_s, threshold, above in ((SWINGS_WITHIN_S, SWINGS_ABOVE, True), (RESTS_FOR_S, RESTS_BELOW, False)):
        reach = max(round(within_s / 2 / leg.axes.step_s), 1)
        highest = -moving_minimum(-leg.activity_radps, reach)
        is_so = ((highest > threshold.value) == above).astype(float)
        share = cell_means(leg.axes.time_s, np.where(leg.axes.known, is_so, np.nan), time_s)
        flags.append(np.nan_to_num(share, nan=0.0) > 0.5)
    return SegmentOdds(odds, swing, flags[0], flags[1], says)


def without_strides(swing: Swing | None, says: MarkOdds) -> SegmentOdds:
    """Return what is known of a segment that never stands: when it swings or rests is not asked.

    Parameters
    ----------
    swing : Swing or None
        Of its swing; None where the mount is not known.
    says : MarkOdds
        Its odd marks.

    Returns
    -------
    SegmentOdds
    """
    never = np.zeros(len(says.forward_nat), dtype=bool)
    return SegmentOdds(None, swing, never, never, says)
