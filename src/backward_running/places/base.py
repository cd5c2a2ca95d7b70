"""The contracts of the room: a place rule looks at one side of a stretch and answers with a score and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backward_running.core.errors import BadValue
from backward_running.core.ground import Daylight, Stretch
from backward_running.evidence import Evidence, Number


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of who asks. Missing is None, never 0."""

    distance_m: float | None = None  #: from the place that was asked about
    radius_m: float | None = None  #: how far was looked
    visits: int | None = None  #: on how many days they ran here; None: not looked for
    ticked: bool = False  #: they said that they know it
    daylight: Daylight | None = None  #: how light it is at the hour they usually run; None: they have no usual hour


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says: 0 is the worst, and what is not known is never better than that."""

    score: float
    words: str
    known: bool = True

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise BadValue("score", "lie between 0 and 1", self.score)
        if not self.known and self.score > 0.0:
            raise BadValue("score", "be 0 where nothing is known", self.score)


def unknown(words: str) -> Answer:
    """Return the answer where nothing is known.

    >>> unknown("surface unknown").score
    0.0
    """
    return Answer(0.0, words, known=False)


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """One side of a stretch.

    Adding a hazard must never raise its score, and taking away what is known of a stretch must not either.
    """

    key: str
    title: str
    ask: Callable[[Stretch, Asked], Answer]
    weight: Number
    evidence: tuple[Evidence, ...]
    by_map: bool = True  #: it asks the map: of ground that is not mapped it knows nothing

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)
        if not self.weight.value > 0.0:
            raise BadValue("weight", "be more than 0", self.weight.value)
