"""What inertial sensors show for too short a time, or too evenly for both directions, to be called a change."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.direction import Direction
from backward_running.evidence import proposed_number
from backward_running.gait.segment.deciding import NOTHING, RANK_OF_STATE, Piece, by_direction
from backward_running.gait.segment.time_base import STEP
from backward_running.signals.window import moving_mean

SHORTEST_CHANGE = proposed_number(
    "shortest_change_s",
    2.5,
    "s",
    "What inertial sensors see for less than 2.5 s, some four steps, beside a far longer stretch the other way is "
    "rather a stop, a stumble or a turn than a change of direction: it is unknown.",
)
CONTESTED_FOR = proposed_number(
    "contested_for_s",
    6.0,
    "s",
    "Where steps contradict each other for 6 s, some ten of them, they do not take the direction beside them.",
)
CONTESTED_BELOW = proposed_number(
    "contested_below_nat", 0.25, "nat", "Steps that on average speak less than 1.3 to 1 for a direction are a tie."
)
FAR_LONGER = 4  #: times


def contested(path: IntArray, total: FloatArray, speaks: BoolArray, step_s: float) -> BoolArray:
    """Say where, over some seconds, as much speaks against the direction of the path as for it.

    Parameters
    ----------
    path : ndarray of int, shape (n,)
        States.
    total : ndarray, shape (n, 7)
        Summed log-likelihoods.
    speaks : ndarray of bool, shape (n,)
        Where somebody speaks about the direction.
    step_s : float
        Length of a cell.

    Returns
    -------
    ndarray of bool, shape (n,)
        Nowhere on the clock of a watch.
    """
    reach = round(CONTESTED_FOR.value / step_s)
    if step_s >= STEP.value or len(path) < reach:  # the seconds of a watch are one observation, and no steps
        return np.zeros(len(path), dtype=bool)
    scores = by_direction(total)
    rank = RANK_OF_STATE[path]
    every = np.arange(len(path))
    own = scores[every, rank]
    scores[every, rank] = -np.inf
    counts = speaks & (rank >= 0)
    lead = moving_mean(np.where(counts, own - scores.max(axis=1), 0.0), reach)
    return np.asarray(counts & (lead < CONTESTED_BELOW.value * moving_mean(counts.astype(float), reach)))


def without_stumbles(pieces: Sequence[Piece], sensed: Set[str], step_s: float) -> list[Piece]:
    """Call unknown what goes against a far longer piece beside it for a step or three: a stop, a stumble, a turn.

    Parameters
    ----------
    pieces : sequence of Piece
        In order.
    sensed : set of str
        Keys of the detectors of inertial sensors: only what they found is looked at.
    step_s : float
        Length of a cell.

    Returns
    -------
    list of Piece
        They tile the same cells.
    """
    opposite = {Direction.FORWARD: Direction.BACKWARD, Direction.BACKWARD: Direction.FORWARD}
    sure: list[Piece] = []
    for number, piece in enumerate(pieces):
        cells = piece.last - piece.first
        beside = [*pieces[max(number - 1, 0) : number], *pieces[number + 1 : number + 2]]
        stumbles = (
            piece.found_by in sensed
            and cells * step_s < SHORTEST_CHANGE.value
            and any(
                near.direction is opposite.get(piece.direction) and near.last - near.first >= FAR_LONGER * cells
                for near in beside
            )
        )
        sure.append(Piece(piece.first, piece.last, Direction.UNKNOWN, None, None, NOTHING) if stumbles else piece)
    return sure
