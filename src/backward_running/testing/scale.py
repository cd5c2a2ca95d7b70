"""The quality scale for plugs: what bronze, silver and gold ask. Where the lines lie is our own proposal."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T", bound=Callable[..., Any])


class Grade(enum.IntEnum):
    """How far a plug is checked; a higher grade asks all of the lower ones, too."""

    BRONZE = 1
    SILVER = 2
    GOLD = 3

    @property
    def asks(self) -> str:
        """Say in a sentence or two what the grade asks."""
        return _ASKS[self]


_ASKS = {
    Grade.BRONZE: (
        "It is what it says: a key of its own, a title and a version, evidence behind every number, answers of the "
        "right shape in the words and units of the house, and no word that diagnoses or calls anything safe."
    ),
    Grade.SILVER: (
        "It holds when things go wrong: damaged and missing input, gaps, noise, other sampling rates, values outside "
        "what was measured, a guessed mounting, a red flag. It then says less, never something else."
    ),
    Grade.GOLD: (
        "A stranger can check how good it is: a published page names its accuracy, or the person who reviewed it, on "
        "people and recordings that nothing was fitted on, and some of its evidence is more than an opinion."
    ),
}


def asks(grade: Grade) -> Callable[[T], T]:
    """Mark a contract test with the grade that asks it."""

    def marked(test: T) -> T:
        test.grade = grade  # type: ignore[attr-defined]  # functions carry what is put on them
        return test

    return marked


def grade_of(test: object) -> Grade | None:
    """Return the grade that asks a test; None where it is no contract test."""
    return getattr(test, "grade", None)
