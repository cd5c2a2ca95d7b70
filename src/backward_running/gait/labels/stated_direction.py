"""What the runner says of a whole recording: it fills what nothing shows, and overrules nothing that something does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.direction import Direction
from backward_running.core.session import SAID, Bout
from backward_running.evidence import proposed_number
from backward_running.gait.labels.paint import PAINT

LIKELY = proposed_number(
    "asked_likely_share",
    0.7,
    "1",
    "Whether a stretch was backward is asked, and held against what the runner says, only where that is at least as "
    "likely as seven to three.",
)


def apply_statement(bouts: Sequence[Bout], said: Direction | None) -> tuple[Bout, ...]:
    """Give what is unknown the direction that the runner says of the whole recording.

    Parameters
    ----------
    bouts : sequence of Bout
        As found; they tile the recording.
    said : Direction or None
        Forward or backward; None says nothing.

    Returns
    -------
    tuple of Bout
        They tile the same time. What is filled in has no probability: nobody measured it. A hint that is likely and
        contradicts stays on it, so that it can be asked about; neighbours that say the same are one.

    Examples
    --------
    >>> from backward_running.core.direction import Gait
    >>> found = [
    ...     Bout(0.0, 60.0, Direction.UNKNOWN, Gait.RUN, None, "nothing"),
    ...     Bout(60.0, 90.0, Direction.BACKWARD, Gait.RUN, 0.95, "leg"),
    ... ]
    >>> [(bout.direction.value, bout.found_by) for bout in apply_statement(found, Direction.FORWARD)]
    [('forward', 'said'), ('backward', 'leg')]
    """
    if said is None:
        return tuple(bouts)
    filled: list[Bout] = []
    for bout in bouts:
        stated = _filled(bout, said) if bout.direction is Direction.UNKNOWN else bout
        last = filled[-1] if filled else None
        if (
            last is not None
            and stated.found_by == SAID
            and replace(stated, start_s=last.start_s, end_s=last.end_s) == last
        ):
            filled[-1] = replace(last, end_s=stated.end_s)
        else:
            filled.append(stated)
    return tuple(filled)


def contradicting(bouts: Sequence[Bout], said: Direction | None) -> tuple[Bout, ...]:
    """Return the bouts in which something that was recorded shows the other way than the runner says.

    Parameters
    ----------
    bouts : sequence of Bout
        As they stand. The runner's own labels contradict nothing: they are the later, and closer, word.
    said : Direction or None
        Of the whole recording.

    Returns
    -------
    tuple of Bout
        In order of time; empty where nothing was said.
    """
    if said is None:
        return ()
    other = Direction.FORWARD if said is Direction.BACKWARD else Direction.BACKWARD
    return tuple(bout for bout in bouts if bout.direction is other and bout.found_by not in (PAINT, SAID))


def _filled(bout: Bout, said: Direction) -> Bout:
    hint = bout.hint
    if hint is not None and (hint.direction is said or hint.probability_share < LIKELY.value):
        hint = None
    return replace(bout, direction=said, probability_share=None, found_by=SAID, hint=hint)
