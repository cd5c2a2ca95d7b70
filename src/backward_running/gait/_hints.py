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
from backward_running.gait._fuse import EXPECTED_BOUT, Mask, Path, most_likely_path
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
    heard = _Heard(asking.hint_nat, asking.detector)
    looks = _looks_backward(np.where(np.isfinite(asking.hint_nat), asking.hint_nat, NOT_HEARD_NAT), step_s)
    edges = np.flatnonzero(np.diff(looks, prepend=False, append=False))
    hinted: list[Piece] = []
    for piece in pieces:
        hinted += _cut(piece, edges, heard) if piece.direction is Direction.UNKNOWN else [piece]
    return hinted


class _Heard:
    """Running sums of what is hinted, so that any stretch is told at once."""

    def __init__(self, odds_nat: FloatArray, detector: str) -> None:
        known = np.isfinite(odds_nat)
        odds = np.where(known, odds_nat, 0.0)
        self.detector = detector
        self._counts = np.concatenate([[0], np.cumsum(known)])
        self._odds = np.concatenate([[0.0], np.cumsum(odds)])
        self._forward = np.concatenate([[0.0], np.cumsum(known / (1.0 + np.exp(odds)))])

    def backward_share(self, first: int, last: int) -> float | None:
        """Return the probability of one stretch, by the mean of its log-odds; None where nothing is heard in it."""
        count = int(self._counts[last] - self._counts[first])
        mean = float(self._odds[last] - self._odds[first]) / count if count else None
        return None if mean is None else min(1.0 / (1.0 + math.exp(-mean)), MOST_SHARE.value)

    def forward_share(self, first: int, last: int) -> float | None:
        """Return the mean of the probabilities of forward of its seconds; None where nothing is heard."""
        count = int(self._counts[last] - self._counts[first])
        return min(float(self._forward[last] - self._forward[first]) / count, MOST_SHARE.value) if count else None


def _looks_backward(odds_nat: FloatArray, step_s: float) -> Mask:
    """Return the most likely stretches of what is worth asking about."""
    worth_nat = odds_nat - math.log(ASKED.value / (1.0 - ASKED.value))
    weighed = worth_nat * min(step_s / MEMORY.value, 1.0)
    path = most_likely_path(np.column_stack([np.zeros(len(weighed)), weighed]), math.log(EXPECTED_BOUT.value / step_s))
    return np.asarray(path == 1)


def _cut(piece: Piece, edges: Path, heard: _Heard) -> Iterator[Piece]:
    """Yield the piece in parts: those worth asking about, and what lies between them."""
    begun = piece.first
    at = int(np.searchsorted(edges, piece.first, side="right"))
    inside = [piece.first] * (at % 2) + edges[at : int(np.searchsorted(edges, piece.last))].tolist()
    inside += [piece.last] * (len(inside) % 2)
    for first, last in zip(inside[::2], inside[1::2], strict=True):
        share = heard.backward_share(first, last)
        if share is None or share < ASKED.value:
            continue
        if begun < first:
            yield _told(piece, begun, first, heard)
        yield replace(piece, first=first, last=last, hint=Hint(Direction.BACKWARD, share, heard.detector))
        begun = last
    if begun < piece.last:
        yield _told(piece, begun, piece.last, heard)


def _told(piece: Piece, first: int, last: int, heard: _Heard) -> Piece:
    """Return the rest: rather forward."""
    share = heard.forward_share(first, last)
    hint = None if share is None else Hint(Direction.FORWARD, share, heard.detector)
    return replace(piece, first=first, last=last, hint=hint)
