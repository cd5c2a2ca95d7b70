"""Stretches of one state → what can be said of each: direction, gait, probability, and who found it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.direction import Direction, Gait
from backward_running.core.session import Hint
from backward_running.evidence import proposed_number
from backward_running.gait.base import Opinion, State
from backward_running.gait.segment.fusion import WATCH_S

NOTHING = "nothing"  #: what an unknown bout was found by
LEAST_SHARE = proposed_number(
    "answered_least_share", 0.65, "1", "A direction that is less probable than 65 % is called unknown."
)
LEAST_SENSED = proposed_number(
    "answered_least_sensed_share",
    0.70,
    "1",
    "Of what inertial sensors find, less than 70 % is called unknown: their steps agree even where they are wrong.",
)
MOST_SHARE = proposed_number(
    "answered_most_share",
    0.99,
    "1",
    "No recording makes a direction more than 99 % certain: models err in ways they cannot see.",
)
GAIT_LEAST = proposed_number(
    "gait_least_nat",
    0.5,
    "nat",
    "Walk or run is stated when, on average, a second speaks for it by more than 1.6 to 1.",
)
#: The directions of a moving body, and the columns that speak for each.
MOVING = (Direction.FORWARD, Direction.BACKWARD, Direction.SIDEWAYS, Direction.TURNING)
_COLUMNS = tuple([state for state in State if state.direction is direction] for direction in MOVING)
RANK_OF_STATE = np.array([MOVING.index(state.direction) if state.direction in MOVING else -1 for state in State])


@dataclass(slots=True)
class Piece:
    """Cells ``[first, last)`` with one answer."""

    first: int
    last: int
    direction: Direction
    gait: Gait | None
    share: float | None
    found_by: str
    hint: Hint | None = None

    @property
    def answer(self) -> tuple[Direction, Gait | None, str, Hint | None]:
        """What makes two neighbours the same."""
        return self.direction, self.gait, self.found_by, self.hint


def answers(labels: IntArray, total: FloatArray, speaks: BoolArray, opinions: Sequence[Opinion]) -> list[Piece]:
    """Answer every stretch of equal labels.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        A :class:`State`, or 7 where nothing is known.
    total : ndarray, shape (n, 7)
        Summed log-likelihoods.
    speaks : ndarray of bool, shape (n,)
        Where somebody speaks about the direction.
    opinions : sequence of Opinion
        To name who speaks most for what was chosen.

    Returns
    -------
    list of Piece
        In order, without gap. The seconds of one piece err together, so they count as one observation: their mean.
        What no detector speaks for, or less than :data:`LEAST_SHARE` (:data:`LEAST_SENSED`), is unknown.
    """
    firsts = np.flatnonzero(np.diff(labels, prepend=-1))
    chosen = labels[firsts]
    spoken = _means(total, speaks, firsts)
    standing = 1.0 / (1.0 + np.exp(-_lead_of_still(_means(total, np.ones_like(speaks), firsts))))
    rank = np.append(RANK_OF_STATE, -1)[chosen]
    shares = _shares(spoken, rank)
    loudest = _loudest(opinions, firsts, rank)
    sensed = {opinion.detector for opinion in opinions if opinion.evidence_s < WATCH_S}
    pieces = []
    for number, (first, last) in enumerate(zip(firsts.tolist(), [*firsts[1:].tolist(), len(labels)], strict=True)):
        piece = Piece(first, last, Direction.UNKNOWN, None, None, NOTHING)
        if chosen[number] == State.STILL and standing[number] >= LEAST_SHARE.value:
            share = min(float(standing[number]), MOST_SHARE.value)
            piece = Piece(first, last, Direction.STILL, None, share, _quietest(opinions, first, last))
        elif (
            chosen[number] < len(State)
            and shares[number] >= (LEAST_SENSED if loudest[number] in sensed else LEAST_SHARE).value
        ):
            direction = MOVING[rank[number]]
            share = min(float(shares[number]), MOST_SHARE.value)
            piece = Piece(first, last, direction, _gait(direction, spoken[number]), share, loudest[number])
        pieces.append(piece)
    return pieces


def _means(values: FloatArray, mask: BoolArray, firsts: IntArray) -> FloatArray:
    """Return the mean over the masked cells of each stretch; NaN where it has none."""
    if not mask.any():
        return np.full((len(firsts), values.shape[1]), np.nan)
    counts = np.add.reduceat(mask, firsts, dtype=np.int64)
    sums = np.add.reduceat(values if mask.all() else values * mask[:, None], firsts, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums / np.where(counts > 0, counts, np.nan)[:, None])


def _lead_of_still(means: FloatArray) -> FloatArray:
    return np.asarray(means[:, State.STILL] - means[:, State.FORWARD_WALK :].max(axis=1))


def by_direction(values: FloatArray) -> FloatArray:
    """Return four columns, one per direction of a moving body: the better of its gaits."""
    return np.column_stack([values[:, columns].max(axis=1) for columns in _COLUMNS])


def _shares(means: FloatArray, rank: IntArray) -> FloatArray:
    """Return the probability of the chosen among the directions of a moving body; NaN where nobody speaks."""
    scores = by_direction(means)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(weights[np.arange(len(rank)), rank] / weights.sum(axis=1))


def _loudest(opinions: Sequence[Opinion], firsts: IntArray, rank: IntArray) -> list[str]:
    """Name for each stretch the detector that speaks most for the direction that was chosen."""
    keys, leads = [NOTHING], [np.full(len(firsts), -1e300)]
    for opinion in opinions:
        if not opinion.speaks.any():
            continue
        scores = by_direction(_means(opinion.log_likelihood, opinion.speaks, firsts))
        own = scores[np.arange(len(rank)), rank].copy()
        scores[np.arange(len(rank)), rank] = -np.inf
        counts = np.add.reduceat(opinion.speaks, firsts, dtype=np.int64)
        keys.append(opinion.detector)
        leads.append(np.where(counts > 0, (own - scores.max(axis=1)) * counts, -np.inf))
    best = np.argmax(leads, axis=0)
    return [keys[number] for number in best]


def _quietest(opinions: Sequence[Opinion], first: int, last: int) -> str:
    """Name the detector that speaks most for standing."""
    leads = {
        opinion.detector: float(_lead_of_still(opinion.log_likelihood[first:last]).mean())
        for opinion in opinions
        if opinion.hint is None
    }
    return max(leads, key=lambda key: leads[key], default=NOTHING)


def _gait(direction: Direction, mean: FloatArray) -> Gait | None:
    """Return walk or run where the mean tells them apart, else None."""
    columns = _COLUMNS[MOVING.index(direction)]
    if len(columns) != 2:
        return None
    runs_nat = float(mean[columns[1]] - mean[columns[0]])
    if abs(runs_nat) < GAIT_LEAST.value:
        return None
    return Gait.RUN if runs_nat > 0 else Gait.WALK
