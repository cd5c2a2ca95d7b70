"""Where the body may have turned: short dips of the speed, with the course reversed behind them or unchanged.

Who changes direction slows down for some seconds. With an unchanged course the body turned, or a light was red; with a
reversed course on one lane the body turned with it, or it did not and the way back is backward. So a dip says where a
change is to be looked for, and never that there was one; the more dips a recording has, the less each of them says.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray, IntArray
from backward_running.core.recording import Recording
from backward_running.evidence import proposed_number
from backward_running.gait.segment.time_base import cell_means, step_of

NEAR_S, FAR_S = 4.0, 20.0  #: before and after a dip, the speed is taken between so many seconds from it
DEEP = proposed_number("turn_dip_ratio", 0.65, "1", "A dip is a speed under 0.65 of the speeds before and after it.")
GOING = proposed_number("turn_going_mps", 0.8, "m s⁻¹", "Before and after a dip the person goes at 0.8 m/s and more.")
REACH = proposed_number(
    "turn_reach_s", 8.0, "s", "A change of direction lies within 8 s of its dip: watches lag by seconds."
)
SLOWS_DOWN = proposed_number(
    "turn_slows_down_share", 0.6, "1", "Six in ten changes of direction show as a dip in what a watch writes."
)
MOST_CHANGE = proposed_number(
    "turn_most_nat", 1.2, "nat", "A dip makes a change of direction at most 3.3 times as likely."
)
CORNER = proposed_number(
    "turn_corner_weight_ratio",
    0.3,
    "1",
    "Where the course neither stays within 45° nor reverses within 45°, a dip is rather a corner, and says a third.",
)
WITHIN_DEG = 45.0


class TurnRounds(NamedTuple):
    """Dips, in order."""

    cells: IntArray  #: the slowest cell of each
    change_nat: FloatArray  #: by how much a change of direction is more likely there than elsewhere


def turn_rounds_of(recording: Recording, time_s: FloatArray) -> TurnRounds:
    """Find the dips of a recording with a speed; none without one.

    Parameters
    ----------
    recording : Recording
        ``course_deg`` in any stream says what the course did.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    TurnRounds
        In order of time.
    """
    stream = recording.stream_with("speed_mps")
    if stream is None:
        return TurnRounds(np.zeros(0, dtype=np.int64), np.zeros(0))
    step_s = step_of(time_s)
    speed = cell_means(stream.time_s, stream.columns["speed_mps"], time_s)
    dips = _dips(speed, step_s)
    if len(dips) == 0:
        return TurnRounds(dips, np.zeros(0))
    near_share = min(len(dips) * 2.0 * REACH.value / (len(time_s) * step_s), 1.0)
    change_nat = float(np.clip(math.log(SLOWS_DOWN.value / near_share), 0.0, MOST_CHANGE.value))
    return TurnRounds(dips, change_nat * _by_course(recording, time_s, dips))


def _dips(speed: FloatArray, step_s: float) -> IntArray:
    near, far = max(round(NEAR_S / step_s), 1), max(round(FAR_S / step_s), 2)
    if len(speed) <= 2 * far:
        return np.zeros(0, dtype=np.int64)
    inner = len(speed) - 2 * far  # sums of slices, not of indices: four times as quick
    sums = np.zeros(len(speed) + 1)
    np.cumsum(np.where(np.isfinite(speed), speed, 0.0), out=sums[1:])
    before = sums[far - near + 1 : far - near + 1 + inner] - sums[:inner]
    after = sums[2 * far + 1 : 2 * far + 1 + inner] - sums[far + near : far + near + inner]
    level = np.minimum(before, after) / (far - near + 1)
    with np.errstate(invalid="ignore"):
        deep = (level >= GOING.value) & (speed[far : far + inner] < DEEP.value * level)
    edges = np.flatnonzero(np.diff(deep, prepend=False, append=False))
    spans = (edges + far).reshape(-1, 2).tolist()
    return np.array([first + int(np.argmin(speed[first:last])) for first, last in spans], dtype=np.int64)


def _by_course(recording: Recording, time_s: FloatArray, dips: IntArray) -> FloatArray:
    """Return 1 where the course stays or reverses, or is not known, and less at corners."""
    stream = recording.stream_with("course_deg")
    if stream is None:
        return np.ones(len(dips))
    away_s = (NEAR_S + FAR_S) / 2.0
    before, after = (
        stream.columns["course_deg"][np.clip(np.searchsorted(stream.time_s, moments_s), 0, len(stream) - 1)]
        for moments_s in (time_s[dips] - away_s, time_s[dips] + away_s)
    )
    turned = np.abs((after - before + 180.0) % 360.0 - 180.0)
    plain = ~((turned > WITHIN_DEG) & (turned < 180.0 - WITHIN_DEG))
    return np.where(plain, 1.0, CORNER.value)
