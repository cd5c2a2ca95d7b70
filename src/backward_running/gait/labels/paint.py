"""The runner's own hand over what was found: later strokes win, the result still tiles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.session import Bout, Paint

PAINT = "paint"


def apply_paint(bouts: Sequence[Bout], paints: Sequence[Paint]) -> tuple[Bout, ...]:
    """Lay strokes over bouts, in the order they were made.

    Parameters
    ----------
    bouts : sequence of Bout
        They tile the recording.
    paints : sequence of Paint
        What lies outside the recording is cut off. The direction is the runner's word: probability 1; a stroke that
        says *unknown* has none. A stroke without a gait keeps the gait that was found; where standing was found, that
        of the moving stretch beside it.

    Returns
    -------
    tuple of Bout
        They tile the same time. Painted neighbours that say the same are one bout. Pauses and standing under a stroke
        take its colour, but count no moving time (see ``measure``).

    Raises
    ------
    BadValue
        A stroke that ends before it begins.

    Examples
    --------
    >>> found = [Bout(0.0, 60.0, Direction.UNKNOWN, Gait.RUN, None, "nothing")]
    >>> [(b.start_s, b.end_s, b.direction.value) for b in apply_paint(found, [Paint(20.0, 30.0, Direction.BACKWARD)])]
    [(0.0, 20.0, 'unknown'), (20.0, 30.0, 'backward'), (30.0, 60.0, 'unknown')]
    """
    painted = tuple(bouts)
    for stroke in paints:
        painted = _lay(painted, stroke)
    return painted


def _lay(bouts: tuple[Bout, ...], stroke: Paint) -> tuple[Bout, ...]:
    if not (math.isfinite(stroke.start_s) and math.isfinite(stroke.end_s) and stroke.end_s > stroke.start_s):
        raise BadValue("end_s", f"lie after start_s ({stroke.start_s:g})", stroke.end_s, "Draw the stroke anew.")
    before, under, after = _cut(bouts, stroke)
    if not under:
        return bouts
    return tuple(_joined([*before, *_painted(under, stroke), *after]))


def _cut(bouts: tuple[Bout, ...], stroke: Paint) -> tuple[list[Bout], list[Bout], list[Bout]]:
    """Cut the bouts at both ends of the stroke."""
    before: list[Bout] = []
    under: list[Bout] = []
    after: list[Bout] = []
    for bout in bouts:
        start_s, end_s = max(bout.start_s, stroke.start_s), min(bout.end_s, stroke.end_s)
        if end_s <= start_s:
            (before if bout.end_s <= stroke.start_s else after).append(bout)
            continue
        if bout.start_s < start_s:
            before.append(replace(bout, end_s=start_s))
        under.append(replace(bout, start_s=start_s, end_s=end_s))
        if end_s < bout.end_s:
            after.append(replace(bout, start_s=end_s))
    return before, under, after


def _painted(under: Sequence[Bout], stroke: Paint) -> list[Bout]:
    """Give every piece under the stroke its direction, and a gait."""
    share = None if stroke.direction is Direction.UNKNOWN else 1.0
    has_gait = stroke.direction in (Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN)
    gaits = _gaits(under) if stroke.gait is None else [stroke.gait] * len(under)
    return [
        replace(
            bout,
            direction=stroke.direction,
            gait=gait if has_gait else None,
            probability_share=share,
            found_by=PAINT,
            hint=None,
        )
        for bout, gait in zip(under, gaits, strict=True)
    ]


def _gaits(under: Sequence[Bout]) -> list[Gait | None]:
    """Keep the gaits that were found; standing takes that of the moving piece before it, else of the one after."""
    moving = [None if bout.direction is Direction.STILL else bout for bout in under]
    first = next((bout for bout in moving if bout is not None), None)
    gaits: list[Gait | None] = []
    last = first.gait if first is not None else None
    for bout in moving:
        last = bout.gait if bout is not None else last
        gaits.append(last)
    return gaits


def _joined(bouts: Sequence[Bout]) -> list[Bout]:
    """Join painted neighbours that say the same."""
    joined: list[Bout] = []
    for bout in bouts:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.found_by == PAINT
            and replace(bout, start_s=last.start_s, end_s=last.end_s) == last
        ):
            joined[-1] = replace(last, end_s=bout.end_s)
        else:
            joined.append(bout)
    return joined
