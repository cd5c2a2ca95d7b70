"""A question to the runner, as a form or a terminal can ask it."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Kind(enum.Enum):
    """How a question is answered."""

    NUMBER = "number"
    PACE = "pace"  #: minutes and seconds per kilometre or mile; inside it is m/s
    DURATION = "duration"  #: minutes at the door; inside it is s
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes or no"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, in the runner's words."""

    key: str
    text: str
    help: str
    kind: Kind
    choices: tuple[tuple[str, str], ...] = ()  #: (value, words)
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()  #: headings, and the values that stand under each
    unit: str | None = None
    lowest: float | None = None
    highest: float | None = None
    optional: bool = False
    link: str | None = None  #: an official page to read first, shown as a plain link and never fetched
