"""Short silences are bridged: by what is known on both sides, or by the direction beside a stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from backward_running.core.arrays import BoolArray, IntArray
from backward_running.core.direction import Direction
from backward_running.core.session import Bout
from backward_running.evidence import proposed_number
from backward_running.gait.segment.deciding import MOVING

SILENCE = proposed_number(
    "bridged_silence_s", 5.0, "s", "Up to 5 s for which no detector speaks take the direction around them."
)


def bridge(known: BoolArray, longest: int, way: IntArray | None = None) -> BoolArray:
    """Fill holes that have something known on both sides, and no change of direction in them.

    Parameters
    ----------
    known : ndarray of bool, shape (n,)
        Where something is known.
    longest : int
        So many cells are filled at most.
    way : ndarray of int, shape (n,), optional
        Which direction each cell has; below 0 for none. Where both sides of a hole have one, and not the same, the
        change lies somewhere in it and it stays open.

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> bridge(np.array([True, False, True, False, False, True]), 1).tolist()
    [True, True, True, False, False, True]
    >>> bridge(np.array([True, False, True]), 1, np.array([0, 0, 1])).tolist()
    [True, False, True]
    """
    edges = np.flatnonzero(np.diff(known))
    bridged = known.copy()
    for left, right in pairwise(edges):
        changes = way is not None and way[left] != way[right + 1] and min(way[left], way[right + 1]) >= 0
        if known[left] and right - left <= longest and not changes:
            bridged[left + 1 : right + 1] = True
    return bridged


def lend_direction(bouts: Sequence[Bout], longest_s: float) -> tuple[Bout, ...]:
    """Give short unknown bouts the direction of their one moving neighbour.

    A course needs some seconds of movement, so the last steps before a stop and the first after it are silent. They are
    lent the direction beside them only where that is plain: the other neighbour stands still or moves the same way.
    Between forward and backward, and at the ends of the recording, they stay unknown.

    Parameters
    ----------
    bouts : sequence of Bout
        They tile the recording.
    longest_s : float
        What is unknown for longer stays so.

    Returns
    -------
    tuple of Bout
        They tile the same time.
    """
    lent = [
        _lent(bout, bouts[number - 1], bouts[number + 1], longest_s) if 0 < number < len(bouts) - 1 else bout
        for number, bout in enumerate(bouts)
    ]
    joined: list[Bout] = []
    for bout in lent:
        last = joined[-1] if joined else None
        if last is not None and _same(last, bout):
            joined[-1] = replace(last, end_s=bout.end_s)
        else:
            joined.append(bout)
    return tuple(joined)


def _lent(bout: Bout, before: Bout, after: Bout, longest_s: float) -> Bout:
    if bout.direction is not Direction.UNKNOWN or bout.duration_s > longest_s:
        return bout
    moving = [neighbour for neighbour in (before, after) if neighbour.direction in MOVING]
    unsure = Direction.UNKNOWN in (before.direction, after.direction)
    if unsure or len({neighbour.direction for neighbour in moving}) != 1:
        return bout
    return replace(moving[0], start_s=bout.start_s, end_s=bout.end_s)


def _same(bout: Bout, other: Bout) -> bool:
    """Say whether two bouts are one: the same answer down to the probability, as only a lender and its loan have it."""
    alike = bout.direction is other.direction and bout.probability_share == other.probability_share
    return alike and bout.hint == other.hint and replace(bout, start_s=other.start_s, end_s=other.end_s) == other
