"""The contract of a protocol: answers and facts in, weeks out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from backward_running.core.errors import BadValue
from backward_running.core.plan import Reason, Week
from backward_running.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Answers:
    """The runner's answers, checked. Missing is None."""

    forward_runs_per_week: int
    easy_speed_mps: float
    longest_run_s: float
    backward_experience_min: float
    days: tuple[int, ...]  #: days of the week that are free, 0 is Monday
    has_treadmill: bool
    has_spotter: bool
    has_known_spot: bool
    birth_year: int | None
    starts_on: date
    has_supervisor: bool = False  #: an adult or trained person who stays for the whole session
    walking_only: bool = False  #: set by a gate: no step may be a run
    backward_history: tuple[tuple[date, float], ...] = ()  #: recorded sessions: day, backward seconds


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way to progress. ``weeks`` is pure: same answers, same weeks."""

    key: str
    title: str
    for_whom: str
    version: str
    weeks: Callable[[Answers], tuple[Week, ...]]
    notes: Callable[[Answers], tuple[Reason, ...]]
    gates: tuple[str, ...]  #: keys of the rehab rules that must be open; at least one
    steps: Mapping[str, float]  #: the steps it promises not to exceed: {"sessions_per_week": 3, …}
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.gates:
            raise BadValue("gates", "name at least one rule that must be open", self.gates)
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)
