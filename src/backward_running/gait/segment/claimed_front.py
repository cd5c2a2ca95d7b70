"""Whether a trunk sensor sits as is claimed or the other way round: its own marks do not tell, others do.

Turned by half about the plumb line, a forward walk *is* a backward walk to a trunk: force ahead and force aside change
their signs, and with them every mark of the direction. Marks that are even in time would tell the front of a trunk by
its posture, whichever way it goes; nineteen were looked at in ten people, and none has one sign in all, both ways.

So others are heard: a sensor that tells directions by itself, a plan, a mark. Without any of them one thing is left.
Whoever is told to go backward *throughout* goes backward throughout, or wears the sensor the other way round, and
neither is the rarer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.evidence import proposed_number
from backward_running.gait.base import DirectionHint, Opinion
from backward_running.gait.segment.contradicting import (
    LEAST_TOGETHER,
    OF_ONE_MIND,
    agreement,
    forward_nat,
    is_contradicted,
)
from backward_running.gait.segment.fusion import WATCH_S

NOTHING_ELSE = proposed_number(
    "claimed_front_nothing_else_share", 0.9, "1", "Nine tenths of what a trunk tells is nothing but backward."
)
ASKED = proposed_number(
    "claimed_front_asked_nat", 0.4, "nat", "What is backward throughout, or not, is asked with 3 to 2."
)


def is_backward_throughout(own_nat: FloatArray) -> bool:
    """Say whether a trunk tells of nothing but backward, however short it is: then this may be the sensor.

    A walk of ten metres with the belt back to front reads like ten metres backward.

    Parameters
    ----------
    own_nat : ndarray, shape (n,)
        What it says for forward against backward; 0 where it says nothing.

    Returns
    -------
    bool
    """
    back, told = np.count_nonzero(own_nat < 0.0), np.count_nonzero(own_nat)
    return bool(told and back >= NOTHING_ELSE.value * told)


def borne_out(own: Opinion, others: Sequence[Opinion], step_s: float) -> Opinion:
    """Return what a trunk says after others were heard; nothing where its claimed front is contradicted or in doubt.

    Parameters
    ----------
    own : Opinion
        Of the trunk, as claimed.
    others : sequence of Opinion
        Of all others.
    step_s : float
        Length of a cell.

    Returns
    -------
    Opinion
        It contradicts where sensors do, or where both directions were stated: one that was stated and not done is no
        contradiction. Beside a leg that sits the other way round than is claimed it says nothing unless others bear it
        out. In doubt it asks, and one word answers.
    """
    own_nat = forward_nat(own)
    if not own.speaks.any():
        return own
    sensed, every = np.zeros((2, len(own_nat)))
    for other in others:
        said = forward_nat(other)
        every += said
        if other.evidence_s < WATCH_S:
            sensed += said
    if agreement(own_nat, every, step_s) >= OF_ONE_MIND.value:
        return own
    both_ways = min(np.count_nonzero(every * sign > 0.0) for sign in (1.0, -1.0)) * step_s >= LEAST_TOGETHER.value
    nothing = Opinion(own.detector, np.zeros_like(own.log_likelihood), np.zeros_like(own.speaks), own.evidence_s)
    if is_contradicted(own_nat, every if both_ways else sensed, step_s):
        return nothing
    if any(other.is_turned for other in others):  # whoever claimed that was wrong once
        return nothing
    if not is_backward_throughout(own_nat):
        return own
    asked = np.where(own_nat < 0.0, ASKED.value, np.nan)
    return Opinion(own.detector, nothing.log_likelihood, nothing.speaks, own.evidence_s, DirectionHint(asked))
