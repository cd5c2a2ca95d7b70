"""What may be written down of an error: its kind, and where in our own code. Its text may hold a place or a name."""

from __future__ import annotations

import traceback
from pathlib import Path

import backward_running

_ROOT = Path(backward_running.__file__).parent
#: How many of our frames are named, innermost last.
_FRAMES = 4


def told_of(error: BaseException) -> str:
    """Name the kind of an error and where it came from: fit for a log, whatever its text says.

    >>> try:
    ...     raise ValueError("Home to Anna.fit")
    ... except ValueError as problem:
    ...     told_of(problem)
    'ValueError at outside of the program'
    """
    return f"{type(error).__name__} at {where(error)}"


def where(error: BaseException) -> str:
    """Name where an error came from: our own frames, innermost last."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _ROOT in Path(frame.filename).parents]
    named = [f"{Path(frame.filename).relative_to(_ROOT).as_posix()}:{frame.lineno}" for frame in frames[-_FRAMES:]]
    return " > ".join(named) or "outside of the program"
