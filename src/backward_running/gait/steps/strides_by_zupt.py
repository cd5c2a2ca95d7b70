"""Strides of one leg by strapdown integration with zero-velocity updates.

A foot that stands has no velocity, whatever direction its owner travels. So the integration begins anew at every
stance (zero-velocity update, ZUPT, [Foxlin2005]_), and stances are found by how little the segment turns and how near
its specific force is to gravity ([Skog2010]_). Between two stances the angular rate gives the attitude (strapdown), and
the specific force turned by it has a mean that is exactly gravity, because the velocity ends as it began: the drift is
taken out stride by stride, as [Mariani2010]_ do. What is left, integrated twice, is the way of the stride. Nothing here
knows forward from backward or needs an impact.

References
----------
.. [Foxlin2005] Foxlin E. 2005. Pedestrian tracking with shoe-mounted inertial sensors. IEEE Computer Graphics and
   Applications 25(6): 38–46. doi:10.1109/MCG.2005.140
.. [Skog2010] Skog I., Händel P., Nilsson J.-O., Rantakokko J. 2010. Zero-velocity detection: an algorithm evaluation.
   IEEE Transactions on Biomedical Engineering 57(11): 2657–2666. doi:10.1109/TBME.2010.2060723
.. [Mariani2010] Mariani B., Hoskovec C., Rochat S., Büla C., Penders J., Aminian K. 2010. 3D gait assessment in young
   and elderly subjects using foot-worn inertial sensors. Journal of Biomechanics 43(15): 2999–3006.
   doi:10.1016/j.jbiomech.2010.07.003
"""

from __future__ import annotations

import threading
import weakref
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, ComplexArray, FloatArray, IntArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.signals.quaternions import products, rotate, small_turns
from backward_running.signals.six_axis import SixAxis
from backward_running.signals.window import moving_mean, moving_minimum

FORCE_WEIGHT = proposed_number(
    "activity_force_weight_s_per_m",
    0.3,
    "s m⁻¹",
    "A specific force that is 1 m/s² off gravity is as much unrest of a foot as a turn of 0.3 rad/s.",
)
ACTIVITY_WINDOW = proposed_number(
    "activity_window_s", 0.15, "s", "Unrest is averaged over 0.15 s: the shortest stance of a fast runner."
)
STANCE_REACH = proposed_number(
    "stance_reach_s", 0.20, "s", "A stance is the calmest moment within 0.2 s on either side: half a fast stride."
)
SHORTEST_STRIDE = proposed_number(
    "stride_shortest_s", 0.40, "s", "A foot does not stand more often than every 0.4 s: 300 steps a minute."
)
LONGEST_STRIDE = proposed_number(
    "stride_longest_s", 2.2, "s", "After 2.2 s between two stances somebody stood, or the integration has drifted."
)
RISE = proposed_number(
    "stance_rise_ratio", 1.3, "1", "Between two stances the unrest is at least 1.3 times that of the worse one."
)
UNEQUAL = proposed_number(
    "stance_unequal_ratio",
    2.2,
    "1",
    "A calm moment with 2.2 times the unrest of a neighbour less than a second away is the middle of a swing.",
)
OFF_GROUND = proposed_number(
    "off_ground_speed_share",
    0.30,
    "1",
    "A foot is off the ground while faster than 0.3 of its fastest moment: on five walkers the contacts then fall "
    "where the data set puts them, on average.",
)
UNEQUAL_WITHIN_S, UNEQUAL_ABOVE_RADPS = 1.0, 1.0
PASSES = 8  #: of dropping false stances; each halves a chain of them
CHUNK = 512  #: strides of like length that are integrated side by side


STREAMS_AT_HAND = 4  #: two feet and two shanks


class Strides(NamedTuple):
    """Ways from stance to stance in the frame of the sensor at the first stance; S strides in order of time."""

    first: IntArray  #: (S,) sample of the stance it begins with
    last: IntArray  #: (S,)
    duration_s: FloatArray
    gravity_mps2: FloatArray  #: (3, S) mean specific force: up, and as long as gravity where all is well
    way_m: FloatArray  #: (3, S)
    turn: FloatArray  #: (4, S) attitude at the end, as a quaternion
    lift_s: FloatArray  #: (S,) from the first stance until the foot leaves the ground
    land_s: FloatArray  #: (S,) from the first stance until the foot is on the ground again

    def __len__(self) -> int:
        return len(self.first)


_LOCK = threading.Lock()
_AT_HAND: dict[tuple[object, ...], tuple[tuple[weakref.ref[FloatArray], ...], Strides]] = {}


def activity_radps(axes: SixAxis) -> FloatArray:
    """Return the unrest of a segment: near zero where it stands, high where it swings, without need of an impact.

    Parameters
    ----------
    axes : SixAxis
        Of a foot, or of a shank moved to its ankle.

    Returns
    -------
    ndarray, shape (n,)
        The angular rate, and by :data:`FORCE_WEIGHT` how far the size of the force is off gravity, as the mean of
        0.15 s: a statistic for the detection of zero velocity like the SHOE of [Skog2010]_, with sizes in the place of
        squares.

    Valid for
    ---------
    Six axes at 20 Hz and more; what is strapped to a foot, or moved to an ankle.

    References
    ----------
    [Skog2010]_
    """
    rate = np.sqrt(np.einsum("ij,ij->j", axes.rate_radps, axes.rate_radps))
    force = np.sqrt(np.einsum("ij,ij->j", axes.force_mps2, axes.force_mps2))
    unrest = rate + FORCE_WEIGHT.value * np.abs(force - STANDARD_GRAVITY_MPS2)
    return moving_mean(unrest, max(round(ACTIVITY_WINDOW.value / axes.step_s), 1))


def stances(axes: SixAxis, activity: FloatArray) -> IntArray:
    """Return the samples in the middle of stances: the calmest moments, cleared of the calm middle of a swing.

    Parameters
    ----------
    axes : SixAxis
        Of a foot, or of a shank moved to its ankle.
    activity : ndarray, shape (n,)
        Of :func:`activity_radps`.

    Returns
    -------
    ndarray of int

    Valid for
    ---------
    Walking and running, either way, with any part of the foot landing first; no impact is needed. On a thigh, or on a
    foot that never stands (cycling), the moments are no stances: see ``lies_still``.

    References
    ----------
    [Skog2010]_
    """
    reach = max(round(STANCE_REACH.value / axes.step_s), 1)
    at = np.flatnonzero((activity <= moving_minimum(activity, reach)) & axes.known)
    at = at[np.diff(at, prepend=-reach - 1) > reach]
    for _ in range(PASSES):
        false = _false_stances(activity, at, axes.step_s)
        if not false.any():
            break
        at = at[~false]
    return at


def _false_stances(activity: FloatArray, at: IntArray, step_s: float) -> BoolArray:
    """Mark what cannot be a stance beside its better neighbour; of two marked side by side only the worse."""
    false = np.zeros(len(at), dtype=bool)
    if len(at) < 2:
        return false
    level, gap_s = activity[at], np.diff(at) * step_s
    between = np.maximum.reduceat(activity, at)[:-1]
    worse, better = np.maximum(level[1:], level[:-1]), np.minimum(level[1:], level[:-1])
    unequal = (gap_s < UNEQUAL_WITHIN_S) & (worse > UNEQUAL_ABOVE_RADPS) & (worse > UNEQUAL.value * better)
    doubled = (between < RISE.value * worse) | (gap_s < SHORTEST_STRIDE.value) | unequal
    pairs = np.flatnonzero(doubled)
    right_is_worse = level[1:] >= level[:-1]
    false[np.where(right_is_worse[pairs], pairs + 1, pairs)] = True
    both = false[:-1] & false[1:]
    spared = np.concatenate([both & right_is_worse, [False]]) | np.concatenate([[False], both & ~right_is_worse])
    return np.asarray(false & ~spared)


def strides_at_hand(stream: Stream, lever_m: float, axes: SixAxis, at: IntArray) -> Strides:
    """Return the strides of a stream; those of the last few streams are kept, because bouts are measured by them too.

    Parameters
    ----------
    stream : Stream
        Told apart by its very arrays, which nobody writes to; they are not kept alive.
    lever_m : float
        How far below the sensor `axes` lie.
    axes : SixAxis
        Made of the stream.
    at : ndarray of int
        The stances, found in `axes`.

    Returns
    -------
    Strides
        As :func:`strides` gives them.

    Valid for
    ---------
    As :func:`strides`.

    References
    ----------
    As :func:`strides`.
    """
    arrays = (stream.time_s, *(stream.columns[name] for name in ACCELERATION + ANGULAR_RATE))
    key = (*map(id, arrays), lever_m)
    with _LOCK:
        held = _AT_HAND.get(key)
    if held is not None and all(reference() is array for reference, array in zip(held[0], arrays, strict=True)):
        return held[1]
    found = strides(axes, at)
    with _LOCK:
        _AT_HAND[key] = tuple(map(weakref.ref, arrays)), found
        while len(_AT_HAND) > STREAMS_AT_HAND:
            del _AT_HAND[next(iter(_AT_HAND))]
    return found


def strides(axes: SixAxis, at: IntArray) -> Strides:
    """Integrate from each stance to the next; what is too short, too long or has a hole is left out.

    Parameters
    ----------
    axes : SixAxis
        Of a point that stands at the stances.
    at : ndarray of int
        The stances.

    Returns
    -------
    Strides

    Valid for
    ---------
    A point that stands at both ends of a stride. Where it did not, ``gravity_mps2`` misses gravity, and its reader has
    to ask by how much.

    References
    ----------
    [Foxlin2005]_, [Mariani2010]_
    """
    first, last = at[:-1], at[1:]
    holes = np.cumsum(np.pad(~axes.known, (1, 0)))
    lasts_s = (last - first) * axes.step_s
    sound = (lasts_s >= SHORTEST_STRIDE.value) & (lasts_s <= LONGEST_STRIDE.value) & (holes[last] == holes[first])
    first, last = first[sound], last[sound]
    gravity, way, turn = np.empty((3, len(first))), np.empty((3, len(first))), np.empty((4, len(first)))
    lift, land = np.empty(len(first)), np.empty(len(first))
    half = 0.25 * axes.step_s * (axes.rate_radps[:, :-1] + axes.rate_radps[:, 1:])
    turns = small_turns(half if len(first) else half[:, :0])  # what never stands has no stride, and it takes long
    by_length = np.argsort(last - first, kind="stable")
    for begin in range(0, len(first), CHUNK):
        some = by_length[begin : begin + CHUNK]
        gravity[:, some], way[:, some], turn[:, some], lift[some], land[some] = _integrated(
            axes, turns, first[some], (last - first)[some]
        )
    return Strides(
        first, last, (last - first) * axes.step_s, gravity, way, turn, lift * axes.step_s, land * axes.step_s
    )


def _integrated(
    axes: SixAxis, turns: tuple[ComplexArray, ComplexArray], first: IntArray, length: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray, IntArray, IntArray]:
    """Integrate strides side by side: axes (component, sample, stride)."""
    longest = int(length.max())
    steps = np.arange(longest)[:, None]
    inside = steps < length
    index = np.minimum(first + steps, first + length)
    attitude = products(turns[0][index], turns[1][index])  # beyond the end of a stride they mean nothing
    force = np.stack(rotate(attitude[:, :-1], axes.force_mps2[:, index]))
    force *= inside
    gravity = force.sum(axis=1) / length
    force -= gravity[:, None]
    force *= inside
    velocity = np.cumsum(force, axis=1, out=force)
    velocity *= axes.step_s
    lift, land = _off_the_ground(velocity)
    return gravity, velocity.sum(axis=1) * axes.step_s, attitude[:, length, np.arange(len(first))], lift, land


def _off_the_ground(velocity: FloatArray) -> tuple[IntArray, IntArray]:
    """Return the first and the last sample of each stride at which the foot is fast."""
    speed = np.sqrt(np.einsum("ijk,ijk->jk", velocity, velocity))
    fast = speed > OFF_GROUND.value * speed.max(axis=0)
    return fast.argmax(axis=0), len(fast) - fast[::-1].argmax(axis=0)
