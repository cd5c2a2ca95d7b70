"""A workout as text for the workout builder of intervals.icu, and back.

One line is one step: ``- name, duration or distance, pace``. A group done several times stands under a line such as
``5x`` with an empty line before and behind; groups inside groups do not exist there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.core.names import NAMES
from backward_running.core.plan import Part, Repeat, Step, Workout

#: A pace needs two ends. Where a step only has a cap, the slow end is so slow that nobody is told to hurry.
_SLOWEST_S_PER_KM = 59 * 60 + 59

#: What the names of steps begin with that go nowhere: a rest on a belt, and what is done beside it.
_ON_THE_SPOT = ("STAND", "OFFBELT")

_AMOUNT = r"(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m(?!tr))?(?:(?P<seconds>\d+)s)?|(?P<metres>\d+(?:\.\d+)?)mtr"
_STEP = re.compile(
    r"- (?P<name>.*?) ?(?P<amount>(?:\d+h)?(?:\d+m(?!tr))?(?:\d+s)?|\d+(?:\.\d+)?mtr)"
    r"(?: (?P<slow>\d+:\d\d)-(?P<fast>\d+:\d\d)/km Pace)?"
)
_TIMES = re.compile(r"(\d+)x")


def write_workout_text(workout: Workout) -> str:
    """Write a workout as text that the builder of intervals.icu reads.

    Parameters
    ----------
    workout : Workout
        Names keep letters, digits, spaces and ``/``: what else stands before a duration could be read as one.

    Returns
    -------
    str
        Lines ending in a line feed. Paces are rounded to whole seconds per kilometre, to the slower side, so that no
        cap is lifted.

    Raises
    ------
    BadValue
        A step has neither a duration nor a distance, or a distance that is not told in whole metres.
    """
    lines: list[str] = []
    for piece in workout.pieces:
        if isinstance(piece, Repeat) and piece.times > 1:
            lines += ["", f"{piece.times}x", *map(_line, piece.steps), ""]
        else:
            lines += map(_line, piece.steps if isinstance(piece, Repeat) else (piece,))
    text = "\n".join(lines).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def read_workout_text(text: str) -> tuple[Step | Repeat, ...]:
    """Read steps back from such a text.

    Parameters
    ----------
    text : str
        What :func:`write_workout_text` wrote. Lines that are no steps are headings and are passed over.

    Returns
    -------
    tuple of Step or Repeat
        A step is backward where its name begins with ``BACK``, goes nowhere where it begins with ``STAND`` or
        ``OFFBELT``, and is walked where the name says so: the text has no other place for any of them.

    Raises
    ------
    UnreadableFile
        A line begins like a step and is none.
    """
    pieces: list[Step | Repeat] = []
    for times, lines in _groups(text):
        steps = tuple(_step(number, line) for number, line in lines)
        pieces += [Repeat(times, steps)] if times > 1 and steps else steps
    return tuple(pieces)


def _line(step: Step) -> str:
    name = re.sub(r"[^A-Za-z0-9/ ]+", " ", step.name).strip()
    return " ".join(part for part in ("-", name, _amount(step), _pace(step)) if part)


def _amount(step: Step) -> str:
    if step.distance_m is not None and step.duration_s is None:
        if step.distance_m != round(step.distance_m):
            raise BadValue(step.name, "have a distance in whole metres", step.distance_m)
        return f"{step.distance_m:.0f}mtr"
    if step.duration_s is None or step.distance_m is not None:
        raise BadValue(step.name, "end after a duration or a distance", (step.duration_s, step.distance_m))
    minutes, seconds = divmod(round(step.duration_s), 60)
    return (f"{minutes}m" if minutes else "") + (f"{seconds}s" if seconds or not minutes else "")


def _pace(step: Step) -> str:
    """Return the range of paces; empty where a step has no cap: an aim would only beep."""
    if step.speed_high_mps is None:
        return ""
    if not 0 < step.speed_high_mps <= NAMES["speed_mps"].highest:
        raise BadValue(step.name, "have a cap above 0 m/s", step.speed_high_mps)
    fast_s = math.ceil(1000.0 / step.speed_high_mps - 1e-6)
    slow_s = _SLOWEST_S_PER_KM if not step.speed_low_mps else math.ceil(1000.0 / step.speed_low_mps - 1e-6)
    return f"{_clock(max(slow_s, fast_s))}-{_clock(fast_s)}/km Pace"


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


def _groups(text: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Yield how often, and the numbered step lines of each group. An empty line or a heading ends a group."""
    times, lines = 1, list[tuple[int, str]]()
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("-"):
            lines.append((number, line))
            continue
        if lines:
            yield times, lines
        found = _TIMES.fullmatch(line)
        times, lines = int(found.group(1)) if found else 1, []
    if lines:
        yield times, lines


def _step(number: int, line: str) -> Step:
    found = _STEP.fullmatch(line)
    amount = re.fullmatch(_AMOUNT, found["amount"]) if found and found["amount"] else None
    if found is None or amount is None:
        raise UnreadableFile(
            f"Line {number} begins like a step, but no duration or distance was found in it: {line!r}."
        )
    name = found["name"].strip()
    backward, still = name.startswith("BACK"), name.startswith(_ON_THE_SPOT)
    metres = amount["metres"]
    seconds = sum(
        factor * int(amount[unit] or 0) for unit, factor in (("hours", 3600), ("minutes", 60), ("seconds", 1))
    )
    slow = _seconds(found["slow"])
    return Step(
        name,
        Part.WORK if backward else Part.RECOVERY,
        Direction.BACKWARD if backward else Direction.STILL if still else Direction.FORWARD,
        Gait.WALK if still or "WALK" in name else Gait.RUN,
        duration_s=None if metres else float(seconds),
        distance_m=float(metres) if metres else None,
        speed_low_mps=None if slow is None or slow == _SLOWEST_S_PER_KM else 1000.0 / slow,
        speed_high_mps=1000.0 / fast if (fast := _seconds(found["fast"])) else None,
    )


def _seconds(clock: str | None) -> int | None:
    if clock is None:
        return None
    minutes, seconds = clock.split(":")
    return 60 * int(minutes) + int(seconds)
