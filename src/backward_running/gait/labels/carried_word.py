"""One label carried on: what the runner says of a part tells the rest of what was told apart but not named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.direction import Direction
from backward_running.core.recording import Lap, Recording
from backward_running.core.session import Bout, Paint

BOTH = (Direction.FORWARD, Direction.BACKWARD)
SHORTEST_S = 0.2  #: what is left of a bout and shorter is rounding


def waits_for_a_word(bouts: Sequence[Bout], strokes: Sequence[Paint]) -> bool:
    """Say whether something was told apart and not named, and a label names a direction.

    Parameters
    ----------
    bouts : sequence of Bout
        As found.
    strokes : sequence of Paint
        The runner's labels.

    Returns
    -------
    bool
    """
    named = any(stroke.direction in BOTH for stroke in strokes)
    return named and any(bout.direction is Direction.UNKNOWN and bout.hint is not None for bout in bouts)


def with_words(recording: Recording, strokes: Sequence[Paint]) -> Recording:
    """Return a recording in which labels stand as named laps, so that detectors hear them.

    Parameters
    ----------
    recording : Recording
        As read.
    strokes : sequence of Paint
        In the order they were made.

    Returns
    -------
    Recording
    """
    said = tuple(
        Lap(stroke.start_s, stroke.end_s, "label", label=stroke.direction.value)
        for stroke in strokes
        if stroke.direction in BOTH
    )
    return replace(recording, laps=(*recording.laps, *said))


def carried(found: Sequence[Bout], heard: Sequence[Bout]) -> tuple[Bout, ...]:
    """Fill what was unknown with what was found after the labels were heard; what was found stays.

    Parameters
    ----------
    found : sequence of Bout
        Without the labels.
    heard : sequence of Bout
        With them; they tile the same time.

    Returns
    -------
    tuple of Bout
        They tile the same time.

    Examples
    --------
    >>> found = [Bout(0.0, 60.0, Direction.UNKNOWN, None, None, "nothing")]
    >>> heard = [
    ...     Bout(0.0, 20.0, Direction.UNKNOWN, None, None, "nothing"),
    ...     Bout(20.0, 60.0, Direction.BACKWARD, None, 0.9, "turns"),
    ... ]
    >>> [(bout.start_s, bout.direction.value) for bout in carried(found, heard)]
    [(0.0, 'unknown'), (20.0, 'backward')]
    """
    filled: list[Bout] = []
    for bout in found:
        if bout.direction is not Direction.UNKNOWN:
            filled.append(bout)
            continue
        at_s = bout.start_s
        for earlier in heard:
            start_s, end_s = max(earlier.start_s, bout.start_s), min(earlier.end_s, bout.end_s)
            if earlier.direction not in BOTH or end_s - start_s < SHORTEST_S:
                continue
            if start_s > at_s:
                filled.append(replace(bout, start_s=at_s, end_s=start_s))
            filled.append(replace(earlier, start_s=start_s, end_s=end_s))
            at_s = end_s
        if at_s < bout.end_s:
            filled.append(replace(bout, start_s=at_s))
    return tuple(filled)
