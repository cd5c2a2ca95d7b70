"""A workout for treadmill apps (ZWO): free steps with text on the screen.

The belt is never driven, and nobody turns on it: the runner faces one way from the first step to the last, stands in
the rests, and does what goes forward off the belt. Who is to be beside the belt stands first.

In such a file speed is a share of a runner's best forward pace, which says nothing of running backward, and a belt that
speeds up by itself under somebody who faces away from its console is the last thing wanted. So each step is free, and
its text says what to set by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.plan import Part, Place, Repeat, Step, Workout

if TYPE_CHECKING:
    from lxml.etree import _Element

_AUTHOR: Final = "backward-running"
#: Texts come before the change, so that there is time to slow or stop the belt.
_WARN_BEFORE_S: Final = 10


def write_zwo(workout: Workout) -> bytes:
    """Write a workout as a ZWO file with text events.

    Parameters
    ----------
    workout : Workout
        Repeats are written out: a text then can say "2 of 6".

    Returns
    -------
    bytes
        XML, UTF-8.

    Raises
    ------
    BadValue
        A step has neither a duration nor a distance with a cap: the file counts in seconds.
    """
    from lxml import etree

    root = etree.Element("workout_file")
    for tag, text in (
        ("author", _AUTHOR),
        ("name", workout.title),
        ("description", _description(workout)),
        ("sportType", "run"),
        ("durationType", "time"),
    ):
        etree.SubElement(root, tag).text = _printable(text)
    body = etree.SubElement(root, "workout")
    told = list(_told(workout))
    backward = any(step.direction is Direction.BACKWARD for step, _ in told)
    said = [_words(step, count, on_belt=backward) for step, count in told]
    for at, (step, _) in enumerate(told):
        duration_s = step.planned_s
        if duration_s is None:
            raise BadValue(step.name, "have a duration, or a distance and a cap", step.distance_m)
        element = etree.SubElement(body, "FreeRide", Duration=str(max(round(duration_s), 1)), FlatRoad="1")
        _say(element, 0, said[at])
        if at + 1 < len(told) and duration_s > 2 * _WARN_BEFORE_S:
            _say(element, round(duration_s) - _WARN_BEFORE_S, f"Next: {said[at + 1]}")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _told(workout: Workout) -> list[tuple[Step, str]]:
    """Return the steps in the order they are done, with "2 of 6" for those of a repeat."""
    told: list[tuple[Step, str]] = []
    for piece in workout.pieces:
        if isinstance(piece, Repeat):
            told += [
                (step, f"{n} of {piece.times}" if piece.times > 1 else "")
                for n in range(1, piece.times + 1)
                for step in piece.steps
            ]
        else:
            told.append((piece, ""))
    return told


def _words(step: Step, count: str, *, on_belt: bool) -> str:
    """Say a step so that it can be read from a few metres away. `on_belt`: the session goes backward on the belt."""
    if on_belt and step.direction is not Direction.BACKWARD:
        return _off_or_standing(step)
    if step.is_sprint:
        return "Stop the belt, step off: sprints belong on a track"
    speed = "" if step.speed_high_mps is None else f", up to {step.speed_high_mps * KMH_PER_MPS:.1f} km/h"
    begin = "start the belt slowly, " if on_belt else ""
    words = f"{begin}{step.gait.value} {step.direction.value}{speed}" + (f" ({count})" if count else "")
    return words[0].upper() + words[1:]


def _off_or_standing(step: Step) -> str:
    """Say what is no backward step: off the belt before and after, standing on it in between."""
    if step.part is Part.RECOVERY:
        return "Stop the belt and stand, hands on the rail"
    if step.part is Part.WARM_UP:
        return "Off the belt: warm up, step on while it stands"
    if step.part is Part.COOL_DOWN:
        return "Stop the belt, step off: cool down beside it"
    return "Stop the belt, step off: run this part outdoors"


def _say(element: _Element, offset_s: int, message: str) -> None:
    from lxml import etree

    etree.SubElement(element, "textevent", timeoffset=str(offset_s), message=_printable(message))


def _description(workout: Workout) -> str:
    """Return the title, who is beside the belt, how it is used, and the advice that was written for a belt."""
    belt = "Set the belt by hand; clip on; stand in the rests, face one way all session."
    advice = workout.advice if workout.place is Place.TREADMILL else ()
    return " ".join((f"{workout.title}.", f"With: {workout.with_whom}.", belt, *advice))


def _printable(text: str) -> str:
    """Leave out control characters: XML 1.0 has no way to write them."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
