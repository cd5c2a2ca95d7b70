"""What the runner states about their laps: "the odd ones were backward"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotEnoughData
from backward_running.core.recording import Lap, Recording
from backward_running.core.session import Paint
from backward_running.gait.labels.planned_steps import is_as_planned, strokes_of_plan

_PATTERN = re.compile(r"(odd|even|all|\d+(?:,\d+)*)-(backward|forward)", re.IGNORECASE)
CLEAR = "clear"  #: takes back what was stated of the laps, and leaves all other strokes
_HOW = "Write odd-backward, even-backward or the numbers of laps, such as 2,4,7-backward."


def with_stated_laps(recording: Recording, pattern: str) -> Recording:
    """Return the recording with its laps labelled as the runner states.

    Parameters
    ----------
    recording : Recording
        With laps; the first is number 1, as watches and this program count them.
    pattern : str
        ``odd-backward``, ``even-backward``, ``all-backward`` or numbers, ``2,4,7-backward``; the other laps went the
        other way. ``-forward`` turns it round.

    Returns
    -------
    Recording
        The statement takes the place of the laps' own labels, and weighs as any lap that names its direction does:
        speed and cadence may still contradict it.

    Raises
    ------
    BadValue
        The pattern cannot be understood, or names a lap that is not there.
    NotEnoughData
        The recording has no laps, or only the one that devices write for the whole.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> laps = (Lap(0.0, 60.0), Lap(60.0, 120.0), Lap(120.0, 180.0))
    >>> run = Recording("0" * 64, datetime(2026, 5, 1, tzinfo=UTC), (), "test", "1", laps=laps)
    >>> [lap.label for lap in with_stated_laps(run, "even-backward").laps]
    ['forward', 'backward', 'forward']
    """
    matched = _PATTERN.fullmatch(pattern.strip().replace(" ", ""))
    if matched is None:
        raise BadValue("laps", "be a pattern such as odd-backward", pattern, _HOW)
    if not recording.laps:
        raise NotEnoughData("This recording has no laps, so no pattern of laps can be stated for it.")
    if len(recording.laps) == 1 and matched.group(1).lower() in ("odd", "even"):
        raise NotEnoughData("This recording has one lap from start to end: every other lap means nothing in it.")
    which, direction = matched.group(1).lower(), Direction(matched.group(2).lower())
    chosen = _numbers(which, len(recording.laps))
    other = Direction.FORWARD if direction is Direction.BACKWARD else Direction.BACKWARD
    return replace(
        recording,
        laps=tuple(
            _labelled(lap, direction if number in chosen else other)
            for number, lap in enumerate(recording.laps, start=1)
        ),
    )


def as_strokes(recording: Recording, paints: Iterable[Paint]) -> tuple[Paint, ...]:
    """Return strokes with every stated pattern turned into a stroke for each lap, or for each step of a plan.

    Parameters
    ----------
    recording : Recording
        With the laps.
    paints : iterable of Paint
        In the order they were made.

    Returns
    -------
    tuple of Paint
        In the same order, none of them a pattern. A stroke that clears takes back the patterns before it.

    Raises
    ------
    BadValue
        A pattern cannot be understood, or names a lap that is not there.
    NotEnoughData
        The recording has no laps.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> laps = (Lap(0.0, 60.0), Lap(60.0, 120.0))
    >>> run = Recording("0" * 64, datetime(2026, 5, 1, tzinfo=UTC), (), "test", "1", laps=laps)
    >>> stated = Paint(0.0, 120.0, Direction.BACKWARD, laps="even-backward")
    >>> [(stroke.start_s, stroke.direction.value) for stroke in as_strokes(run, [stated])]
    [(0.0, 'forward'), (60.0, 'backward')]
    """
    held: list[Paint] = []
    for stroke in paints:
        if stroke.laps == CLEAR:
            held = [kept for kept in held if kept.laps is None or is_as_planned(kept)]
        else:
            held.append(stroke)
    return tuple(part for stroke in held for part in _of_laps(recording, stroke))


def stated_laps(paints: Iterable[Paint]) -> str | None:
    """Return the pattern that holds now; None where none was stated or it was cleared.

    >>> stated_laps([Paint(0.0, 9.0, Direction.BACKWARD, laps="odd-backward")])
    'odd-backward'
    """
    last = None
    for stroke in paints:
        last = (None if is_as_planned(stroke) else stroke.laps) or last
    return None if last == CLEAR else last


def _of_laps(recording: Recording, stroke: Paint) -> tuple[Paint, ...]:
    if stroke.laps is None:
        return (stroke,)
    if is_as_planned(stroke):
        return strokes_of_plan(stroke)
    return tuple(
        Paint(lap.start_s, lap.end_s, Direction(lap.label), stroke.gait, stroke.painted_at)
        for lap in with_stated_laps(recording, stroke.laps).laps
        if lap.end_s > lap.start_s
    )


def _numbers(which: str, count: int) -> frozenset[int]:
    every = range(1, count + 1)
    if which in ("odd", "even", "all"):
        return frozenset(number for number in every if which == "all" or (number % 2 == 1) is (which == "odd"))
    numbers = frozenset(int(number) for number in which.split(","))
    beyond = sorted(numbers - set(every))
    if beyond:
        raise BadValue("laps", f"name laps from 1 to {count}", beyond[0])
    return numbers


def _labelled(lap: Lap, direction: Direction) -> Lap:
    return replace(lap, label=direction.value)
