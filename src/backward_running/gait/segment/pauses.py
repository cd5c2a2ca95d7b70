"""Pauses of the device, laid over the bouts: nobody goes anywhere in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.direction import Direction
from backward_running.core.recording import Span
from backward_running.core.session import Bout
from backward_running.evidence import proposed_number
from backward_running.gait.segment.deciding import MOST_SHARE

SHORTEST_PAUSE = proposed_number(
    "shortest_pause_s", 1.0, "s", "A pause of less than a second is a hiccup of the device."
)


def lay_pauses(bouts: Sequence[Bout], pauses: Sequence[Span], found_by: str) -> tuple[Bout, ...]:
    """Lay the pauses of the device over the bouts: in one it is still, to the moment, whatever was found.

    Parameters
    ----------
    bouts : sequence of Bout
        They tile the recording.
    pauses : sequence of Span
        In any order; they may touch and overlap. One of less than :data:`SHORTEST_PAUSE` does not count.
    found_by : str
        Whose word a pause is.

    Returns
    -------
    tuple of Bout
        They tile the same time.
    """
    waiting = _united(pauses)
    laid: list[Bout] = []
    for bout in bouts:
        if bout.direction is Direction.STILL:
            laid.append(bout)
            continue
        at_s = bout.start_s
        while waiting and waiting[0].end_s <= at_s:
            waiting.popleft()
        for pause in waiting:
            if pause.start_s >= bout.end_s:
                break
            start_s, end_s = max(at_s, pause.start_s), min(bout.end_s, pause.end_s)
            if start_s > at_s:
                laid.append(replace(bout, start_s=at_s, end_s=start_s))
            laid.append(Bout(start_s, end_s, Direction.STILL, None, MOST_SHARE.value, found_by))
            at_s = end_s
        if at_s < bout.end_s:
            laid.append(bout if at_s == bout.start_s else replace(bout, start_s=at_s))
    return _still_joined(laid)


def _united(pauses: Sequence[Span]) -> deque[Span]:
    """Return the pauses that count, in order, those that touch joined."""
    united: deque[Span] = deque()
    for pause in sorted(pauses, key=lambda pause: pause.start_s):
        if pause.end_s - pause.start_s < SHORTEST_PAUSE.value:
            continue
        if united and pause.start_s <= united[-1].end_s:
            united[-1] = Span(united[-1].start_s, max(united[-1].end_s, pause.end_s))
        else:
            united.append(pause)
    return united


def _still_joined(bouts: Sequence[Bout]) -> tuple[Bout, ...]:
    joined: list[Bout] = []
    for bout in bouts:
        last = joined[-1] if joined else None
        if last is not None and last.direction is Direction.STILL and bout.direction is Direction.STILL:
            shares = [still.probability_share for still in (last, bout) if still.probability_share is not None]
            joined[-1] = replace(last, end_s=bout.end_s, probability_share=max(shares) if shares else None)
        else:
            joined.append(bout)
    return tuple(joined)
