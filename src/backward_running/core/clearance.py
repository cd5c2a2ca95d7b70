"""A sign that stopped the plan, answered: ticked by mistake, or looked at by a clinician who said what is allowed."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from backward_running.core.errors import BadValue

#: What is cleared where pain stopped the plan. Red flags are named by their own keys.
PAIN = "pain"
#: Before the key of a condition that stops until a clinician has agreed: "condition:neuropathy".
CONDITION = "condition:"
#: Before the key of a condition that was told and is over: "told:neuropathy", "told:rehab:groin".
TOLD = "told:"


class ClearanceKind(enum.Enum):
    """By what a sign no longer stands."""

    MISTAKE = "ticked by mistake"
    CLINICIAN = "a clinician’s word"
    OVER = "over, in the runner’s words"


@dataclass(frozen=True, slots=True)
class Clearance:
    """What ended a stop, who said so and when. It is kept for good, its reason with it."""

    kind: ClearanceKind
    made_at: datetime  #: when it was told
    #: Keys of red flags, "pain", "condition:" and the key of a condition, or "fall:" and the moment it was told.
    of: tuple[str, ...]
    by: str  #: who, in the runner's words: "Dr. Moss, sports doctor"
    on: date  #: the day of their word; of a mistake, the day on which it was taken back
    allows: str | None = None  #: what a clinician allows, in their words
    running: bool | None = None  #: whether a clinician allows running; None: not asked (earlier versions, a mistake)
    reason: str | None = None  #: why it was a mistake

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise BadValue("made_at", "carry a time zone", self.made_at.isoformat())
        if not self.of:
            raise BadValue("of", "name what is cleared", self.of)
        if not self.by.strip():
            raise BadValue("by", "say who says so", self.by)
        if self.on > self.made_at.date():
            raise BadValue("on", f"not lie after the day it is told, {self.made_at.date()}", self.on)
        if self.kind is not ClearanceKind.CLINICIAN and not (self.reason or "").strip():
            raise BadValue("reason", "say in words why", self.reason)

    @property
    def quoted(self) -> str:
        """Say what a clinician allows in their own words, with who and when."""
        return f"{self.by} on {self.on.day} {self.on:%B %Y}: “{self.allows}”"
