"""What the runner states of a whole session, "I did it as planned": one stroke that stands for every step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.session import Paint

#: Begins the pattern of such a stroke; after it, each stretch as its length, direction and gait: "planned:300fw,60bw".
PLANNED = "planned:"
_LETTERS = {"f": Direction.FORWARD, "b": Direction.BACKWARD}
_GAITS = {"w": Gait.WALK, "r": Gait.RUN}
_STRETCH = re.compile(r"(\d+(?:\.\d+)?)([fb])([wr])")


def planned_pattern(steps: Iterable[tuple[float, Direction, Gait]]) -> str:
    """Write the steps of a session as the pattern of one stroke; steps that say the same are one stretch.

    Parameters
    ----------
    steps : iterable of (float, Direction, Gait)
        Length in s, forward or backward, walked or run, in the order they are done.

    Returns
    -------
    str
        What :func:`strokes_of_plan` reads.

    Raises
    ------
    BadValue
        A step is neither forward nor backward.

    Examples
    --------
    >>> forward, backward = Direction.FORWARD, Direction.BACKWARD
    >>> planned_pattern([(240.0, forward, Gait.WALK), (60.0, forward, Gait.WALK), (60.0, backward, Gait.RUN)])
    'planned:300fw,60br'
    """
    directions, gaits = ({value: key for key, value in each.items()} for each in (_LETTERS, _GAITS))
    told: list[tuple[float, str]] = []
    for seconds, direction, gait in steps:
        if direction not in directions:
            raise BadValue("direction", "be forward or backward", direction.value, "Label its stretches by hand.")
        what = directions[direction] + gaits[gait]
        if told and told[-1][1] == what:
            told[-1] = (told[-1][0] + seconds, what)
        else:
            told.append((seconds, what))
    return PLANNED + ",".join(f"{seconds:g}{what}" for seconds, what in told)


def is_as_planned(stroke: Paint) -> bool:
    """Tell whether a stroke stands for the steps of a plan."""
    return stroke.laps is not None and stroke.laps.startswith(PLANNED)


def strokes_of_plan(stroke: Paint) -> tuple[Paint, ...]:
    """Return a stroke for each stretch, one after the other, drawn out so that the last ends where the whole does.

    Parameters
    ----------
    stroke : Paint
        With such a pattern.

    Returns
    -------
    tuple of Paint
        They tile the stroke.

    Raises
    ------
    BadValue
        The pattern is none.

    Examples
    --------
    >>> whole = Paint(0.0, 396.0, Direction.BACKWARD, laps="planned:300fw,60br")
    >>> [(part.start_s, part.end_s, part.direction.value) for part in strokes_of_plan(whole)]
    [(0.0, 330.0, 'forward'), (330.0, 396.0, 'backward')]
    """
    stretches = _read((stroke.laps or "").removeprefix(PLANNED))
    share = (stroke.end_s - stroke.start_s) / sum(seconds for seconds, _, _ in stretches)
    strokes, start_s = list[Paint](), stroke.start_s
    for seconds, direction, gait in stretches:
        end_s = start_s + share * seconds
        strokes.append(Paint(start_s, end_s, direction, gait, stroke.painted_at))
        start_s = end_s
    return tuple(strokes)


def _read(text: str) -> Sequence[tuple[float, Direction, Gait]]:
    found = [_STRETCH.fullmatch(part) for part in text.split(",")]
    read = [(float(each[1]), _LETTERS[each[2]], _GAITS[each[3]]) for each in found if each is not None]
    if len(read) < len(found) or not all(seconds > 0 for seconds, _, _ in read):
        raise BadValue("steps", "be lengths with their direction and gait, such as 300fw,60bw", text)
    return read
