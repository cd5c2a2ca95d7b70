"""The contracts of the room: a rule (facts in, a gate's state out) and a condition. A red flag always wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from backward_running.core.adaptation import Done, Setback
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clearance import Clearance
from backward_running.core.errors import BadValue
from backward_running.core.plan import GateState
from backward_running.evidence import Evidence, Number, Verdict
from backward_running.rehab._mistakes import corrected


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a rule may look at. Missing is None or absent, never 0."""

    today: date
    athlete: Athlete
    answers: Mapping[str, object]
    #: Put in order when made: oldest first, of one moment the worst last, without what was taken back as a mistake.
    check_ins: tuple[CheckIn, ...] = ()
    done: tuple[Done, ...] = ()  #: recorded sessions: two clean ones end a setback
    clearances: tuple[Clearance, ...] = ()  #: what was taken back as a mistake, and what clinicians said
    gone: frozenset[str] = frozenset()  #: names of sessions that were said to be done, and taken back
    clocks: tuple[object, ...] = field(init=False, repr=False)  #: moments are equal on any clock, their days are not

    def __post_init__(self) -> None:
        told = corrected(self.check_ins, self.clearances)
        object.__setattr__(self, "check_ins", tuple(sorted(told, key=_when_and_how_bad)))
        object.__setattr__(self, "answers", dict(self.answers))  # who typed them may go on typing
        told_at = (
            *(check_in.made_at for check_in in self.check_ins),
            *(clearance.made_at for clearance in self.clearances),
        )
        hours = (*told_at, *(done.started_at for done in self.done))
        clocks = tuple(None if hour is None else hour.utcoffset() for hour in hours)
        object.__setattr__(self, "clocks", clocks)

    @property
    def of_pain(self) -> tuple[CheckIn, ...]:
        """Those of the check-ins that speak of pain: of ten years of mornings they are few."""
        return tuple(check_in for check_in in self.check_ins if check_in.pain_nrs)

    def __hash__(self) -> int:
        """Hash what differs most often; whether all is the same is told by comparing it."""
        return hash((self.today, len(self.check_ins), len(self.done)))


def _when_and_how_bad(check_in: CheckIn) -> tuple[datetime, float, float, list[tuple[str, float]], str]:
    pain = sorted(check_in.pain_nrs.items())
    worst = max((nrs for _, nrs in pain), default=-1.0)
    sore = -1.0 if check_in.calf_soreness_nrs is None else check_in.calf_soreness_nrs
    return (check_in.made_at, sore, worst, pain, check_in.moment.value)


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

    @property
    def finds_setbacks(self) -> bool:
        """Whether it looks for setbacks in the check-ins."""
        return self.setbacks is not _never

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)
        if not self.can_close and self.setbacks is _never:
            raise BadValue("setbacks", "be given for a rule that cannot close", self.setbacks)


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a stage, as numbers with their sources. None where no study says and nothing is proposed."""

    session_s: Number | None = None  #: backward time of a session
    sessions_per_week: Number | None = None
    weeks: Number | None = None
    speed_high_mps: Number | None = None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that are given."""
        return tuple(
            limit
            for limit in (self.session_s, self.sessions_per_week, self.weeks, self.speed_high_mps)
            if limit is not None
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the way back. Criteria are questions a person and their clinician answer, not the program."""

    title: str
    what: str  #: what is done, in a sentence or two
    enter: tuple[str, ...]  #: what must hold to begin it
    leave: tuple[str, ...]  #: what must hold to go on to the next
    evidence: Evidence  #: THIS_PROJECT where no study gives the stage
    dose: Dose | None = None  #: None where nothing backward is done
    clean_sessions: Number | None = None  #: of that many the program can count; None where it counts none
    running: bool = False  #: some of it is run backward

    def __post_init__(self) -> None:
        if not self.enter or not self.leave:
            raise BadValue("stage", "say what must hold to begin it and to leave it", self.title)


@dataclass(frozen=True, slots=True)
class Condition:
    """What the article recommends running backward for, and how it would go beside a clinician's plan."""

    key: str  #: of core.goals.REHAB_CONDITIONS
    title: str
    article_says: str
    verdict: Verdict
    verdict_words: str  #: one sentence
    carries: tuple[str, ...]  #: what the evidence carries
    does_not: tuple[str, ...]  #: what it does not
    modality: str  #: what is done: walking where only walking was studied
    walking_only: bool
    beside: str  #: who must be there
    stages: tuple[Stage, ...]
    tissue: str
    sites: tuple[str, ...]  #: of check-ins, without their side
    limit: Number  #: pain during and after, 0–10
    red_flags: tuple[str, ...]  #: keys of core.screening, those that matter most here
    clinician_decides: tuple[str, ...]
    protocols: tuple[str, ...]  #: keys of protocols that serve it; empty: no plan is offered
    evidence: tuple[Evidence, ...]
    instead: str | None = None  #: what to do where nothing speaks for going backward

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)
        if not self.stages:
            raise BadValue("stages", "name at least one", self.stages)
        if self.walking_only and any(stage.running for stage in self.stages):
            raise BadValue("stages", "be walked: only walking was studied", self.key)
        if not self.protocols and self.instead is None:
            raise BadValue("instead", "say what to do, where no plan is offered", self.key)
