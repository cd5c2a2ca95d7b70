"""The contract of a rule: facts in, a gate's state out. A red flag always wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from backward_running.core.adaptation import Done, Setback
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
    done: tuple[Done, ...] = ()  #: recorded sessions: two clean ones end a setback


def _never(facts: Facts) -> Iterable[Setback]:  # noqa: ARG001 -- the shape every setback finder has
    return ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A gate: it is asked before every week and says why it is open or closed.

    A rule may also find setbacks in the check-ins: days after which a plan must not grow for a while. A rule that only
    holds (``can_close`` is False) never closes its gate: sessions go on, the plan stays where it is.
    """

    key: str
    title: str
    is_red_flag: bool
    ask: Callable[[Facts], GateState]
    evidence: tuple[Evidence, ...]
    setbacks: Callable[[Facts], Iterable[Setback]] = _never  #: every setback in the facts, settled ones included
    can_close: bool = True

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)
        if not self.can_close and self.setbacks is _never:
            raise BadValue("setbacks", "be given for a rule that cannot close", self.setbacks)
