"""An experiment on oneself, written down before it begins: what is asked, how it is drawn, when it is answered.

What is frozen is canonical JSON with its SHA-256: an analysis reads nothing else, and a changed letter changes the
hash. The coin is a seed that is kept beside the question, so that everybody can draw again what was drawn.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from backward_running.core.errors import BadValue, StoreError
from backward_running.evidence import Evidence, proposed_number
from backward_running.outcomes.base import Reading

REGISTERED_P = proposed_number(
    "experiment_p_share", 0.05, "1", "A registered experiment says that it works where chance alone does so in 1 of 20."
)


@dataclass(frozen=True, slots=True)
class Registered:
    """What was frozen."""

    design: str
    outcome: str
    better: int
    important: float
    registered_on: date
    begins_on: date
    units: int  #: days among which the start is drawn, or pairs of weeks
    seed: int
    after_days: int  #: how long is measured after the last possible start; 0 where weeks alternate
    version: int = 1

    def text(self) -> str:
        """Return it as canonical JSON: names in order, no space, days as ISO 8601."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), default=str)

    @property
    def sha256(self) -> str:
        """Return the hash of its text."""
        return hashlib.sha256(self.text().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Phase:
    """Days on which one thing is done."""

    begins_on: date
    ends_on: date  #: inclusive
    backward: bool  #: as the plan gives it, never more; False: without backward sessions


@dataclass(frozen=True, slots=True)
class Found:
    """What an experiment found."""

    p: float  #: how often chance alone goes as far towards the better or the worse
    effect: float  #: with backward running minus without, in the unit of the outcome
    low: float | None  #: 95 % interval; None: there is none with so few
    high: float | None
    used: int  #: days or pairs that could be used
    works: bool  #: better, p at most 0.05, and the interval excludes no change


@dataclass(frozen=True, slots=True)
class Design:
    """A way to draw and to answer. Nothing of it asks for a session that the plan would not give."""

    key: str
    title: str
    says: str
    for_outcomes: tuple[str, ...]
    least_units: int
    phases: Callable[[Registered], tuple[Phase, ...]]
    analyse: Callable[[Registered, Sequence[Reading]], Found | None]
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name what the design rests on", self.evidence)


def read(text: str, sha256: str) -> Registered:
    """Return what was frozen.

    Parameters
    ----------
    text : str
        Canonical JSON.
    sha256 : str
        The hash that was kept with it.

    Returns
    -------
    Registered
        As it was written down.

    Raises
    ------
    StoreError
        The text is not the one that was frozen.
    """
    if hashlib.sha256(text.encode()).hexdigest() != sha256:
        raise StoreError("An experiment is not as it was frozen, so it is not analysed: put back a copy of the store.")
    content = json.loads(text)
    for name in ("registered_on", "begins_on"):
        content[name] = date.fromisoformat(content[name])
    return Registered(**content)


def ends_on(phases: Sequence[Phase]) -> date:
    """Return the day on which it is answered: the one after its last phase."""
    return max(phase.ends_on for phase in phases) + timedelta(days=1)
