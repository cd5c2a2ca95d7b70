"""Whether what is taken for a stance is one: a foot that stands does not turn, and feels gravity and nothing else.

Strides are integrated from stance to stance, and what moves to and fro closes as well as a stride does: a pedal that
turns round is calmest somewhere, and seems to go somewhere from there to there. But it is never at rest. While a foot
stands the force on it *is* gravity, in size and in direction, as far as the attitude carried on by the gyroscope knows
it; and it is put down as it was put down before.
"""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.evidence import proposed_number
from backward_running.gait.steps.strides_by_zupt import Strides
from backward_running.signals.quaternions import inverse, rotate
from backward_running.signals.six_axis import SixAxis
from backward_running.signals.window import moving_mean

FELT_OVER = proposed_number(
    "stance_felt_over_s", 0.08, "s", "The force of a stance is a mean over 0.08 s: half of a fast runner's stance."
)
MISSES = proposed_number(
    "stance_misses_gravity_share",
    0.8,
    "1",
    "In a stance the force misses gravity by at most 0.8 of what it varies by in the stride: people walk with 0.01 to "
    "0.2, run on motion capture with 0.1 to 0.75; by mechanics, pedals and what is shaken have 0.9 and more.",
)
UNREST = proposed_number(
    "stance_unrest_share",
    1.0,
    "1",
    "A stance is calmer than its stride is on average: people walk with 0.02 to 0.3 of it, run on motion capture with "
    "0.1 to 0.7, and with up to 0.9 where they start or stop.",
)
TILTED = proposed_number(
    "stance_tilted_rad",
    0.7,
    "rad",
    "A foot is put down as it was put down before, within 0.7 rad (40°); a swing leans over at each of its ends.",
)


def lies_still(axes: SixAxis, activity_radps: FloatArray, some: Strides) -> BoolArray:
    """Say of each stride whether the foot lay still at both of its ends.

    Parameters
    ----------
    axes : SixAxis
        Of the point that stands.
    activity_radps : ndarray, shape (n,)
        Its unrest.
    some : Strides
        S of them.

    Returns
    -------
    ndarray of bool, shape (S,)
    """
    if len(some) == 0:
        return np.zeros(0, dtype=bool)
    width = max(round(FELT_OVER.value / axes.step_s), 1)
    felt = np.stack([moving_mean(row, width) for row in axes.force_mps2])
    up = some.gravity_mps2 / np.maximum(np.sqrt((some.gravity_mps2**2).sum(axis=0)), 1e-9)
    up_after = np.stack(rotate(inverse(tuple(some.turn)), up))
    missed = [
        np.sqrt(((felt[:, at] - STANDARD_GRAVITY_MPS2 * gravity) ** 2).sum(axis=0))
        for at, gravity in ((some.first, up), (some.last, up_after))
    ]
    off = (np.sqrt(np.einsum("ij,ij->j", axes.force_mps2, axes.force_mps2)) - STANDARD_GRAVITY_MPS2) ** 2
    varies, unrest = np.sqrt(_means(off, some)), _means(activity_radps, some)
    restless = np.maximum(activity_radps[some.first], activity_radps[some.last])
    return np.asarray(
        (np.maximum(*missed) <= MISSES.value * varies)
        & (restless <= UNREST.value * unrest)
        & ((up * up_after).sum(axis=0) >= np.cos(TILTED.value))
    )


def _means(values: FloatArray, some: Strides) -> FloatArray:
    total = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray((total[some.last] - total[some.first]) / (some.last - some.first))
