"""Opinions of all detectors → one sum of log-likelihoods per moment and state, and what a change of state costs.

Detectors are taken as independent: their log-likelihoods add up. Rows of one detector that lie closer together than it
needs for one piece of evidence are not independent, and weigh in proportion.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.standing import Tag
from backward_running.evidence import Number, proposed_number
from backward_running.evidence.proposals import own_proposal
from backward_running.gait.base import Opinion, State

EXPECTED_BOUT = proposed_number(
    "expected_bout_s",
    60.0,
    "s",
    "A direction is expected to last a minute: a change has to earn some 360 to 1, so that odd seconds do not cut.",
)

STANDING_RARER = proposed_number(
    "standing_rarer_nat",
    1.0,
    "nat",
    "In a recorded activity people move: where nothing is known, each second speaks 2.7 to 1 against standing.",
)

STEPS_AGREE = Number(
    "steps_agree_ratio",
    1.4,
    "1",
    own_proposal(
        "gait.steps_agree",
        "A stretch is many steps, and their mean counts as one observation: too few. Over six body sites of one man, "
        "virtual sensors, the truth is most likely at 1.5 in loops of all his clips, where it was chosen from, and at "
        "1.4 in those with an even number alone. No other person was at hand.",
        tag=Tag.DERIVED,
    ),
    low=1.0,
    high=1.75,
)
SENSED_MOVES = proposed_number(
    "sensed_moves_nat",
    3.0,
    "nat",
    "Where an inertial sensor shows the order of steps, somebody moves: each look speaks 20 to 1 against standing.",
)
WATCH_S = 1.0  #: what rests on the samples of a watch takes at least a second for one piece of evidence


def change_cost_nat(step_s: float) -> float:
    """Return what a change of state costs: the logarithm of its odds against staying, per cell of the time base."""
    return math.log(EXPECTED_BOUT.value / step_s * (len(State) - 1))


def summed(opinions: Sequence[Opinion], cells: int, step_s: float | None = None) -> tuple[FloatArray, BoolArray]:
    """Add up what the detectors say, as independent given the state.

    Parameters
    ----------
    opinions : sequence of Opinion
        On one time base.
    cells : int
        Length of the time base.
    step_s : float, optional
        Length of a cell. Where it is given, rows weigh as what they are: a cell shorter than the time a detector
        needs for one piece of evidence counts for its part of it. Without it, each row counts whole, and those of
        inertial sensors by :data:`STEPS_AGREE`: the sum is then what probabilities are made of.

    Returns
    -------
    log_likelihood : ndarray, shape (n, 7)
    speaks : ndarray of bool, shape (n,)
        Where at least one of them speaks about the direction.
    """
    total = np.zeros((cells, len(State)))
    speaks = np.zeros(cells, dtype=bool)
    for opinion in opinions:
        said = opinion.log_likelihood
        said = said if np.isfinite(said).all() else np.nan_to_num(said, nan=0.0, posinf=0.0, neginf=-50.0)
        weight = _observations(opinion) if step_s is None else min(step_s / opinion.evidence_s, 1.0)
        total += said if weight == 1.0 else said * weight
        if opinion.evidence_s < WATCH_S:  # it sees limbs move in some order: so they move, unless it says otherwise
            moves = opinion.speaks & (said[:, State.STILL] == 0.0)
            total[moves, State.STILL] -= SENSED_MOVES.value * weight
        speaks |= opinion.speaks
    total[:, State.STILL] -= STANDING_RARER.value * (1.0 if step_s is None else min(step_s, 1.0))
    # Where nobody speaks the direction is unknown anyway: without walk against run there is far less to decide.
    if speaks.any():
        total[:, State.FORWARD_WALK :] *= speaks[:, None]
    else:
        total[:, State.FORWARD_WALK :] = 0.0
    return total, speaks


def _observations(opinion: Opinion) -> float:
    """Return how many independent observations the mean of a stretch of one opinion is worth."""
    return STEPS_AGREE.value if opinion.evidence_s < WATCH_S else 1.0
