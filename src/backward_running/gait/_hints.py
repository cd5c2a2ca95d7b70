"""Unknown stretches that look backward: cut out and given a probability, so that the runner can be asked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.recording import FloatArray
from backward_running.core.session import Hint
from backward_running.gait._answers import MOST_SHARE, Piece
from backward_running.gait._fuse import EXPECTED_BOUT, Mask, most_likely_path
from backward_running.gait._proposal import proposal
from backward_running.gait.base import Opinion

MEMORY = proposal(
    "hint_memory_s",
    5.0,
    "s",
    "Where a stretch begins and ends is looked for as if every fifth second of a watch were an independent witness.",
)
ASKED = proposal(
    "hint_asked_share", 0.3, "1", "The runner is asked about what was backward with a probability of 30 % and more."
)
NOT_HEARD_NAT = -1.0  #: a second nobody hears (a wait, a gap) cuts a stretch when it goes on


def with_hints(pieces: Sequence[Piece], opinions: Sequence[Opinion], step_s: float) -> list[Piece]:
    """Cut what looks backward out of unknown pieces, and say of every unknown piece how probable it is.

    Parameters
    ----------
    pieces : sequence of Piece
        They tile the time base.
    opinions : sequence of Opinion
        Of those that only ask (``hint_nat``), the first is heard.
    step_s : float
        Length of a cell.

    Returns
    -------
    list of Piece
        They tile the same cells; the directions are as they were. The seconds of one stretch err together and count
        as one witness: its log-odds are their mean.
    """
    asking = next((one for one in opinions if one.hint_nat is not None), None)
    if asking is None or asking.hint_nat is None:
        return list(pieces)
    odds_nat = asking.hint_nat
    heard = np.isfinite(odds_nat)
    looks = _looks_backward(np.where(heard, odds_nat, NOT_HEARD_NAT), step_s)
    hinted: list[Piece] = []
    for piece in pieces:
        if piece.direction is not Direction.UNKNOWN:
            hinted.append(piece)
            continue
        hinted += _cut(piece, looks, odds_nat, heard, asking.detector)
    return hinted


def _looks_backward(odds_nat: FloatArray, step_s: float) -> Mask:
    """Return the most likely stretches of what is worth asking about."""
    worth_nat = odds_nat - math.log(ASKED.value / (1.0 - ASKED.value))
    weighed = worth_nat * min(step_s / MEMORY.value, 1.0)
    path = most_likely_path(np.column_stack([np.zeros(len(weighed)), weighed]), math.log(EXPECTED_BOUT.value / step_s))
    return np.asarray(path == 1)


def _cut(piece: Piece, looks: Mask, odds_nat: FloatArray, heard: Mask, detector: str) -> Iterator[Piece]:
    """Yield the piece in parts: those worth asking about, and what lies between them."""
    begun = piece.first
    for first, last in _stretches(looks[piece.first : piece.last], piece.first):
        share = _share(odds_nat[first:last], heard[first:last])
        if share is None or share < ASKED.value:
            continue
        if begun < first:
            yield _told(piece, begun, first, odds_nat, heard, detector)
        yield replace(piece, first=first, last=last, hint=Hint(Direction.BACKWARD, share, detector))
        begun = last
    if begun < piece.last:
        yield _told(piece, begun, piece.last, odds_nat, heard, detector)


def _told(piece: Piece, first: int, last: int, odds_nat: FloatArray, heard: Mask, detector: str) -> Piece:
    """Return the rest: rather forward, by the mean of the probabilities of its seconds."""
    known = heard[first:last]
    if not known.any():
        return replace(piece, first=first, last=last)
    share = float((1.0 / (1.0 + np.exp(odds_nat[first:last][known]))).mean())
    share = min(share, MOST_SHARE.value)
    return replace(piece, first=first, last=last, hint=Hint(Direction.FORWARD, share, detector))


def _stretches(looks: Mask, offset: int) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], looks, [False]]).astype(np.int8))) + offset
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _share(odds_nat: FloatArray, heard: Mask) -> float | None:
    """Return the probability of backward of one stretch; None where nothing is heard in it."""
    if not heard.any():
        return None
    return min(float(1.0 / (1.0 + math.exp(-float(odds_nat[heard].mean())))), MOST_SHARE.value)
