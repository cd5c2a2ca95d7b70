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
from backward_running.core.standing import Tag
from backward_running.evidence import Evidence, proposed_number
from backward_running.outcomes.base import Reading

REGISTERED_P = proposed_number(
    "experiment_p_share", 0.05, "1", "A registered experiment says that it works where chance alone does so in 1 of 20."
)
FIRST_P = proposed_number(
    "experiment_first_look_p_share",
    0.0052,
    "1",
    "Half way an experiment says that it works only where chance does so in 1 of 190: two looks after O'Brien and "
    "Fleming, worked out for two normal values of which one is half of the other.",
    tag=Tag.DERIVED,
)
SECOND_P = proposed_number(
    "experiment_second_look_p_share",
    0.048,
    "1",
    "After a look half way chance may do so at the end in 48 of 1,000, so that both looks together keep to 1 of 20.",
    tag=Tag.DERIVED,
)


@dataclass(frozen=True, slots=True)
class Look:
    """How much of an experiment is looked at, and how rare chance has to be for it to work."""

    units: int  #: pairs that are looked at, or all possible days of a start
    p: float


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
    looks: int = 1  #: 2: also half way

    @property
    def last_look(self) -> Look:
        """Return the look at its end."""
        return Look(self.units, REGISTERED_P.value if self.looks == 1 else SECOND_P.value)

    @property
    def first_look(self) -> Look | None:
        """Return the look half way, where there is one."""
        return None if self.looks == 1 else Look(self.units // 2, FIRST_P.value)

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
    works: bool  #: better, p rare enough for its look, and the interval excludes no change


@dataclass(frozen=True, slots=True)
class Needed:
    """How long an experiment has to be to find an effect four times of five."""

    units: int
    after_days: int


@dataclass(frozen=True, slots=True)
class Design:
    """A way to draw and to answer. Nothing of it asks for a session that the plan would not give."""

    key: str
    title: str
    says: str
    for_outcomes: tuple[str, ...]
    least_units: int
    most_units: int  #: what fits into a year
    looks_twice_from: int | None  #: units from which a first look could say something; None: it never could
    unit_words: tuple[str, str]  #: what a unit is: "pair of weeks", "pairs of weeks"
    unit_days: int
    baseline_days: int  #: before the first unit
    after_days: int  #: after the last unit, at least; 0 where weeks alternate
    needed: Callable[[float, float], Needed | None]  #: by the spread between weeks and the effect that is to be found
    phases: Callable[[Registered], tuple[Phase, ...]]
    analyse: Callable[[Registered, Sequence[Reading], Look], Found | None]
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name what the design rests on", self.evidence)

    def weeks(self, needed: Needed) -> int:
        """Return how many weeks so long an experiment takes, rounded up."""
        return -(-(self.baseline_days + needed.units * self.unit_days + needed.after_days) // 7)


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


def looked_at_on(design: Design, registered: Registered) -> date | None:
    """Return the day on which it is answered half way; None where it is not."""
    look = registered.first_look
    if look is None:
        return None
    phases = design.phases(registered)
    return ends_on(phases[: len(phases) * look.units // registered.units])


def ends_on(phases: Sequence[Phase]) -> date:
    """Return the day on which it is answered: the one after its last phase."""
    return max(phase.ends_on for phase in phases) + timedelta(days=1)
