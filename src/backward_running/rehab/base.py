"""The contract of a rule: facts in, a gate's state out. A red flag always wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.errors import BadValue
from backward_running.core.plan import GateState
from backward_running.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a rule may look at. Missing is None or absent, never 0."""

    today: date
    athlete: Athlete
    answers: Mapping[str, object]
    check_ins: tuple[CheckIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A gate: it is asked before every week and says why it is open or closed."""

    key: str
    title: str
    is_red_flag: bool
    ask: Callable[[Facts], GateState]
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)
