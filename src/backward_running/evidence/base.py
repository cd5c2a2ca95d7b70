"""The contracts of the room: Study, Evidence, Number, Claim."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from backward_running.core.errors import BadValue
from backward_running.core.standing import Standing, Tag

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
    """What the studies make of a claim."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    SENSIBLE = "sensible advice"
    UNSUPPORTED = "not supported"
    FALSE = "false as written"
    WRONG_TERM = "wrong term"


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
