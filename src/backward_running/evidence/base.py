"""The contracts of the room: Study, Evidence, Number, Claim."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import date

from backward_running.core.errors import BadValue
from backward_running.core.standing import Standing, Tag

#: When all studies were last searched for. Put it on when the search was done again, study by study where not at once.
LAST_SEARCH = date(2026, 11, 29)
DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>\]]+[^\s\"<>\].,;)]")


def dois_in(text: str | None) -> set[str]:
    """Return the DOIs printed in a text.

    >>> dois_in("J. Exp. Biol. 204, 1805 (2001). doi:10.1242/jeb.204.10.1805.")
    {'10.1242/jeb.204.10.1805'}
    """
    return set(DOI.findall(text or ""))


@dataclass(frozen=True, slots=True)
class Study:
    """A source: a paper, an official page, the article, or this project itself."""

    key: str  #: "williford1998"
    citation: str  #: as it is shown
    who: str  #: who was measured; "nobody: …" where nobody was
    n: int | None  #: how many; None where that is not known or means nothing
    read: str  #: what of it was read: "abstract", "official page", "memory", "full text", …
    doi: str | None = None
    year: int | None = None
    searched_on: date = LAST_SEARCH  #: when it, and newer work on the same question, was last looked for
    measured: bool = True  #: whether anybody was measured: not in a list, a critique or a piece of history
    would_change: str = ""  #: what would change its row, where that is known more closely

    @property
    def changed_by(self) -> str:
        """Say what would change what stands here: a living review tells what it waits for."""
        if self.would_change:
            return self.would_change
        if not self.measured:
            return "A measurement: nobody was measured for it."
        if self.read == "full text":
            return "A newer or larger study of the same."
        return f"Its full text (read so far: {self.read}), or a newer or larger study of the same."


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a plug may say what it says. No field has a default on purpose."""

    key: str  #: unique: "williford1998.run"
    says: str  #: one sentence: what the source found, with its numbers
    study: Study
    standing: Standing
    tag: Tag


@dataclass(frozen=True, slots=True)
class Number:
    """A number the program uses, with its interval and its source. Declared next to the code that uses it."""

    key: str  #: unit last: "backward_walk_run_transition_mps"
    value: float
    unit: str
    evidence: Evidence
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise BadValue(self.key, "lie between its low and high", (self.low, self.value, self.high))


class Verdict(enum.Enum):
    """What the studies make of a claim or of a condition: one scale, and no other word is used anywhere."""

    SUPPORTED = "supported"  #: a review or several trials of this very thing
    WALKING = "supported for walking, low certainty"  #: trials of backward walking only
    PARTLY = "partly"  #: a part of the sentence holds
    WEAK = "weak"  #: indirect, or one or two small trials
    UNSUPPORTED = "not supported"  #: looked for; nothing, or the evidence points the other way
    FALSE = "false"  #: contradicted by its own source
    UNKNOWN = "unknown"  #: nothing found, or people contradict each other


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the article, audited."""

    key: str
    ordinal: int
    article_says: str
    verdict: Verdict
    verdict_words: str  #: the verdict in a few words, as shown
    studies_say: str
    we_do: str  #: what this program does instead
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ClaimTable:
    """The claims of one article."""

    key: str
    title: str
    claims: tuple[Claim, ...]
