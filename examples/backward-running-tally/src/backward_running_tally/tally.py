"""The format: one line for each change, in text that a person can read."""

from __future__ import annotations

import hashlib
from datetime import datetime

import numpy as np

from backward_running.core.errors import UnreadableFile
from backward_running.core.recording import Mark, Recording, Stream
from backward_running.formats import Format

MAGIC = b"tally 1 "
VERSION = "1"
CUT = "The tally ends in the middle: what came after its last whole line is lost."
#: A tally is tapped by hand: one that is longer than a week was not.
LONGEST_S = 604_800.0

Line = tuple[float, float, str]


def looks_like(data: bytes) -> bool:
    """Say whether the bytes begin as a tally does."""
    return data.startswith(MAGIC)


def read(data: bytes) -> tuple[Recording, ...]:
    """Read a tally; one that was cut gives the part that is whole, and says so.

    Raises
    ------
    UnreadableFile
        The bytes are no tally, or nothing of it can be read.
    """
    if not looks_like(data):
        raise UnreadableFile("A tally begins with “tally 1” and the time of its start; choose another file.", offset=0)
    head, *rest = data.decode("utf-8", errors="replace").split("\n")
    started_at = _start(head.removeprefix(MAGIC.decode()))
    lines, whole = _lines(rest)
    if len(lines) < 2:
        raise UnreadableFile("A tally needs at least one stretch and its end; choose another file.", offset=len(head))
    time_s = np.arange(0.0, lines[-1][0] + 0.5)
    starts_s = np.array([at_s for at_s, _, _ in lines[:-1]])
    row = np.clip(np.searchsorted(starts_s, time_s, side="right") - 1, 0, None)
    speed = np.array([speed_mps for _, speed_mps, _ in lines[:-1]])[row]
    speed[time_s < starts_s[0]] = np.nan  # before the first tap nobody said anything: missing is not 0
    recording = Recording(
        key=hashlib.sha256(data).hexdigest(),
        started_at=started_at,
        streams=(Stream("unknown", "earth", time_s, {"speed_mps": speed}),),
        reader=FORMAT.key,
        reader_version=FORMAT.version,
        duration_s=max(lines[-1][0], float(time_s[-1])),
        sport="running",
        marks=tuple(Mark(at_s, words) for at_s, _, words in lines[:-1]),
        losses=() if whole else (CUT,),
    )
    return (recording,)


def _start(text: str) -> datetime:
    try:
        started_at = datetime.fromisoformat(text.strip())
    except ValueError as problem:
        raise UnreadableFile("The start of a tally is a time such as 2026-05-01T06:00:00+00:00.") from problem
    if started_at.tzinfo is None:
        raise UnreadableFile("The start of a tally carries its time zone, such as 2026-05-01T06:00:00+00:00.")
    return started_at


def _lines(rest: list[str]) -> tuple[list[Line], bool]:
    """Return the lines that can be read, in order of time, and whether the end is there."""
    found: list[Line] = []
    for text in rest:
        parts = text.split(" ", 2)
        numbers = [number for part in parts[:2] if (number := _number(part)) is not None]
        if len(parts) == 1 and len(numbers) == 1 and found and numbers[0] > found[-1][0]:
            return [*found, (numbers[0], 0.0, "")], True
        if len(parts) < 3 or len(numbers) < 2 or (found and numbers[0] <= found[-1][0]):
            break
        found.append((numbers[0], numbers[1], parts[2].strip()))
    return found, False


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0.0 <= number <= LONGEST_S else None


FORMAT = Format("tally", "Tally (a companion's)", (".tally",), VERSION, looks_like, read)
