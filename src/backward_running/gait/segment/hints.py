"""Unknown stretches that look backward: cut out and given a probability, so that the runner can be asked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.direction import Direction
from backward_running.core.session import Hint
from backward_running.evidence import proposed_number
from backward_running.gait.base import Opinion
from backward_running.gait.segment.deciding import MOST_SHARE, Piece
from backward_running.gait.segment.fusion import EXPECTED_BOUT, WATCH_S
from backward_running.gait.segment.turn_rounds import REACH
from backward_running.gait.segment.viterbi import most_likely_path

MEMORY = proposed_number(
    "hint_memory_s",
    5.0,
    "s",
    "Where a stretch begins and ends is looked for as if only every fifth second of a watch were independent.",
)
ASKED = proposed_number(
    "hint_asked_share", 0.3, "1", "The runner is asked about what was backward with a probability of 30 % and more."
)
LEG_S = (10.0, 900.0)  #: between two dips; what is shorter is a stop, and what is longer is no leg
ASKED_NAT = math.log(ASKED.value / (1.0 - ASKED.value))
AGREES = 0.9  #: of a leg
NOT_KNOWN_NAT = -1.0  #: a second nobody hears (a wait, a gap) cuts a stretch when it goes on


def with_hints(pieces: Sequence[Piece], opinions: Sequence[Opinion], step_s: float) -> list[Piece]:
    """Cut what looks backward out of unknown pieces, and say of every unknown piece how probable it is.

    Parameters
    ----------
    pieces : sequence of Piece
        They tile the time base.
    opinions : sequence of Opinion
        Of those that hint, the one of inertial sensors that knows most is taken where it does; elsewhere the first of a
        watch is.
    step_s : float
        Length of a cell.

    Returns
    -------
    list of Piece
        They tile the same cells; the directions are as they were. The seconds of one stretch err together and count
        as one observation: its log-odds are their mean.
    """
    hints = [(opinion, opinion.hint) for opinion in opinions if opinion.hint is not None]
    sensed = [pair for pair in hints if pair[0].evidence_s < WATCH_S]
    inertial = max(sensed, key=lambda pair: np.count_nonzero(np.isfinite(pair[1].log_odds_nat)), default=None)
    if inertial is not None:
        pieces = [part for piece in pieces for part in _sides(piece, inertial[1].log_odds_nat, inertial[0].detector)]
    watch = next((pair for pair in hints if pair not in sensed), None)
    if watch is None:
        return list(pieces)
    opinion, hint = watch
    sums = _RunningSums(hint.log_odds_nat, opinion.detector)
    looks = _looks_backward(np.where(np.isfinite(hint.log_odds_nat), hint.log_odds_nat, NOT_KNOWN_NAT), step_s)
    turns = np.flatnonzero(hint.change_nat) if hint.change_nat is not None else np.zeros(0, dtype=np.int64)
    change_nat = hint.change_nat[turns] if hint.change_nat is not None else np.zeros(0)
    _take_legs(looks, turns, change_nat, sums, step_s)
    edges = _edges(looks, turns, change_nat, step_s)
    hinted: list[Piece] = []
    for piece in pieces:
        is_open = piece.direction is Direction.UNKNOWN and piece.hint is None
        hinted += _cut(piece, edges, sums) if is_open else [piece]
    return hinted


def _sides(piece: Piece, log_odds_nat: FloatArray, detector: str) -> Iterator[Piece]:
    """Cut an unknown piece where inertial sensors see the direction change, though not which of the two it is."""
    if piece.direction is not Direction.UNKNOWN:
        yield piece
        return
    odds_nat = log_odds_nat[piece.first : piece.last]
    side = np.where(np.isfinite(odds_nat), np.sign(odds_nat), 2.0)
    firsts = np.flatnonzero(np.diff(side, prepend=np.nan) != 0.0)
    for first, last in zip(firsts.tolist(), [*firsts[1:].tolist(), len(side)], strict=True):
        hint = None
        if side[first] != 2.0:
            way = Direction.BACKWARD if side[first] > 0.0 else Direction.FORWARD
            share = 1.0 / (1.0 + math.exp(-abs(float(odds_nat[first:last].mean()))))
            hint = Hint(way, min(share, MOST_SHARE.value), detector)
        yield _part(piece, piece.first + first, piece.first + last, hint)


class _RunningSums:
    """Running sums of what is hinted, so that any stretch is told at once."""

    def __init__(self, odds_nat: FloatArray, detector: str) -> None:
        known = np.isfinite(odds_nat)
        odds = np.where(known, odds_nat, 0.0)
        self.detector = detector
        self._each = np.where(known, odds_nat, -np.inf)
        self._counts = np.concatenate([[0], np.cumsum(known)])
        self._odds = np.concatenate([[0.0], np.cumsum(odds)])
        self._forward = np.concatenate([[0.0], np.cumsum(known / (1.0 + np.exp(odds)))])

    def backward_share(self, first: int, last: int, change_nat: float = 0.0) -> float | None:
        """Return the probability of one stretch, by the mean of its log-odds and what its ends say; None in silence."""
        count = int(self._counts[last] - self._counts[first])
        odds = float(self._odds[last] - self._odds[first]) / count + change_nat if count else None
        return None if odds is None else min(1.0 / (1.0 + math.exp(-odds)), MOST_SHARE.value)

    def agrees(self, first: int, last: int, above_nat: float) -> bool:
        """Say whether nearly all of a stretch is above some log-odds, so that no part of it is taken for the whole."""
        count = int(self._counts[last] - self._counts[first])
        return count > 0 and int(np.count_nonzero(self._each[first:last] > above_nat)) / count >= AGREES

    def forward_share(self, first: int, last: int) -> float | None:
        """Return the mean of the probabilities of forward of its seconds; None where nothing is hinted."""
        count = int(self._counts[last] - self._counts[first])
        return min(float(self._forward[last] - self._forward[first]) / count, MOST_SHARE.value) if count else None


def _looks_backward(odds_nat: FloatArray, step_s: float) -> BoolArray:
    """Return the most likely stretches of what is worth asking about."""
    worth_nat = odds_nat - ASKED_NAT
    weighed = worth_nat * min(step_s / MEMORY.value, 1.0)
    # Of two, the better one is known by a sign: only the sums between its changes are left to be weighed.
    starts = np.flatnonzero(np.diff(weighed > 0.0, prepend=weighed[:1] <= 0.0))
    sums = np.add.reduceat(weighed, starts)
    path = most_likely_path(np.column_stack([np.zeros(len(sums)), sums]), math.log(EXPECTED_BOUT.value / step_s))
    return np.repeat(path == 1, np.diff(starts, append=len(weighed)))


class _Edges(NamedTuple):
    """Where stretches begin and end, and by how much a change of direction is more likely there than elsewhere."""

    cells: IntArray
    change_nat: FloatArray


def _take_legs(looks: BoolArray, turns: IntArray, change_nat: FloatArray, sums: _RunningSums, step_s: float) -> None:
    """Take in the legs between two dips of the speed that are worth asking about as a whole."""
    for number, (first, last) in enumerate(pairwise(turns.tolist())):
        if LEG_S[0] <= (last - first) * step_s <= LEG_S[1]:
            both_nat = float(change_nat[number] + change_nat[number + 1])
            share = sums.backward_share(first, last, both_nat)
            if share is not None and share >= ASKED.value and sums.agrees(first, last, ASKED_NAT - both_nat):
                looks[first:last] = True


def _edges(looks: BoolArray, turns: IntArray, change_nat: FloatArray, step_s: float) -> _Edges:
    """Put what begins or ends near a dip onto the dip."""
    edges = np.flatnonzero(np.diff(looks, prepend=False, append=False))
    if len(edges) == 0 or len(turns) == 0:
        return _Edges(edges, np.zeros(len(edges)))
    after = np.clip(np.searchsorted(turns, edges), 1, max(len(turns) - 1, 1)) if len(turns) > 1 else None
    nearest = np.zeros(len(edges), dtype=np.int64)
    if after is not None:
        nearest = np.where(edges - turns[after - 1] <= turns[after] - edges, after - 1, after)
    is_near = np.abs(turns[nearest] - edges) * step_s <= REACH.value
    moved = np.where(is_near, turns[nearest], edges)
    taken = np.diff(moved, prepend=-1) <= 0  # two edges on one dip: the later one stays where it was
    if taken.any():
        return _Edges(edges, np.zeros(len(edges)))
    return _Edges(moved, np.where(is_near, change_nat[nearest], 0.0))


def _cut(piece: Piece, edges: _Edges, sums: _RunningSums) -> Iterator[Piece]:
    """Yield the piece in parts: those worth asking about, and what lies between them."""
    done_until = piece.first
    at = int(np.searchsorted(edges.cells, piece.first, side="right"))
    end = max(int(np.searchsorted(edges.cells, piece.last)), at)
    inside = [(piece.first, 0.0)] * (at % 2)
    inside += zip(edges.cells[at:end].tolist(), edges.change_nat[at:end].tolist(), strict=True)
    inside += [(piece.last, 0.0)] * (len(inside) % 2)
    for (first, from_nat), (last, until_nat) in zip(inside[::2], inside[1::2], strict=True):
        share = sums.backward_share(first, last, from_nat + until_nat)
        if share is None or share < ASKED.value:
            continue
        if done_until < first:
            yield _rather_forward(piece, done_until, first, sums)
        yield _part(piece, first, last, Hint(Direction.BACKWARD, share, sums.detector))
        done_until = last
    if done_until < piece.last:
        yield _rather_forward(piece, done_until, piece.last, sums)


def _rather_forward(piece: Piece, first: int, last: int, sums: _RunningSums) -> Piece:
    """Return the rest: rather forward."""
    share = sums.forward_share(first, last)
    return _part(piece, first, last, None if share is None else Hint(Direction.FORWARD, share, sums.detector))


def _part(piece: Piece, first: int, last: int, hint: Hint | None) -> Piece:
    # Not `replace`: a long recording has hundreds of parts, and it takes longer than all the rest.
    return Piece(first, last, piece.direction, piece.gait, piece.share, piece.found_by, hint)
