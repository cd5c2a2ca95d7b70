"""The contract of a protocol: answers and facts in, weeks out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from backward_running.core.adaptation import Ceilings
from backward_running.core.errors import BadValue
from backward_running.core.plan import Reason, Week, Workout
from backward_running.evidence import Evidence

#: A field that only reasons have, and one that only steps have → fields that came after the first ids were made.
_CAME_LATER = {"evidence_key": frozenset({"key", "names_week"}), "cue": frozenset({"looks_round"})}


@dataclass(frozen=True, slots=True)
class Span:
    """Seven days that may hold only so much backward time."""

    backward_s: float  #: at most, done and planned together
    reason: Reason
    first_on: date | None = None  #: None: they begin with the next session
    key: str = ""  #: of the setback, for the plan's memory of what it held
    held: tuple[tuple[date, float], ...] | None = None  #: what the plan held when it first answered; None: not yet


@dataclass(frozen=True, slots=True)
class Rise:
    """The way back up after a setback: a session grows from what was done since, not from what was done before."""

    since: date  #: the moment of the setback
    hurt_s: float  #: backward seconds of the session that hurt; nobody is bound below them, or below five minutes
    reason: Reason
    done: tuple[tuple[date, float], ...] = ()  #: day, backward seconds that count, of what was done since


@dataclass(frozen=True, slots=True)
class Limits:
    """What history leaves of the sessions to come, as :mod:`plans.allowance` finds it. Nothing here ever raises."""

    spans: tuple[Span, ...] = ()
    rises: tuple[Rise, ...] = ()  #: after the setbacks of the last 30 days, in force or behind
    speed_mps: float | None = None  #: not faster than the session that hurt
    planned: tuple[tuple[date, float], ...] = ()  #: what the plan held before: day, backward seconds
    recorded: tuple[tuple[date, float], ...] = ()  #: day, backward seconds in full, also where they count for less
    over: tuple[date, ...] = ()  #: days of sessions over the 110 % rule: 48 hours to the next one
    of_session: tuple[tuple[str, float], ...] = ()  #: ending of a workout id → backward seconds at most
    of_week: tuple[tuple[int, float], ...] = ()  #: number of a week → backward seconds of its new sessions at most
    stage_of_week: tuple[tuple[int, int], ...] = ()  #: number of a week → the highest stage the plan had there
    sprints_held_until: date | None = None  #: before that day no sprint is faster than the steps before the last


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the house knows of a runner from history, gates and a clinician. Nobody typed it as an answer."""

    walking_only: bool = False  #: set by a gate: no backward step may be a run
    holds: bool = False  #: set by a gate: a rail or a person is held from the first step to the last
    no_running: bool = False  #: set by a gate: what goes forward is walked too
    backward_history: tuple[tuple[date, float], ...] = ()  #: recorded sessions: day, backward seconds
    bout_history: tuple[tuple[date, float], ...] = ()  #: day, longest backward bout, seconds
    ceilings: Ceilings | None = None  #: what a clinician allows at most
    limits: Limits = Limits()  #: what history leaves of the sessions to come


@dataclass(frozen=True, slots=True)
class Restart:
    """Where a plan that is made anew takes up. A plan that is made for the first time has none of it."""

    first_week: int = 1  #: number of the calendar week that starts on ``Answers.starts_on``
    first_stage: int = 1  #: row of the programme to begin with
    not_before: date | None = None  #: no session before that day
    kept: tuple[Workout, ...] = ()  #: sessions of the first week that stand: done, or in the past
    stood: tuple[tuple[date, int], ...] = ()  #: day and stage of sessions that stand in a week before the first one
    away: tuple[tuple[date, date], ...] = ()  #: days on which nothing can be done, both ends inclusive
    moved: tuple[tuple[str, date], ...] = ()  #: ending of a workout id ("w03-2") → the day the runner wants
    skipped: tuple[str, ...] = ()  #: endings of workout ids
    hold_backward_s: float | None = None  #: no session of the first week has more, because of a setback
    most_weeks: int | None = None  #: only so many weeks with a session are asked for; the same as without, but fewer

    @property
    def begun(self) -> bool:
        """Whether a part of the plan lies behind: it then goes on, also for somebody whom it would not begin with."""
        return self.first_week > 1 or self.first_stage > 1 or bool(self.kept)


@dataclass(frozen=True, slots=True)
class Answers:
    """The runner's answers, checked, and beside them what is known and where a plan takes up. Missing is None."""

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
    supervisor_name: str | None = None  #: of the person who stays
    has_harness: bool = False  #: a harness over the treadmill that holds a runner who falls
    conditions: tuple[str, ...] = ()  #: what was told and not taken back: of the question "health", or "rehab:…"
    goal: str = "try"  #: value of the question "goal"
    hard_days: tuple[int, ...] = ()  #: days of the week with a hard or long forward run, 0 is Monday
    race_on: date | None = None
    race_distance_m: float | None = None
    weekly_running_s: float | None = None  #: all forward runs of a usual week; None: guessed, and said to be
    backward_20_m_s: float | None = None  #: fastest 20 m backward, rolling start, timed; None: not timed
    backward_walk_test_s: float | None = None  #: for 3 m backward, as fast as is comfortable; None: not walked
    stage_zero: bool = False  #: frail, 65 or older, or a fall in 12 months: the first bouts are very short
    facts: PlanFacts = PlanFacts()
    restart: Restart = Restart()

    def as_flat(self) -> dict[str, object]:
        """Return all fields side by side, the nested records opened: what the id of a plan is made of.

        Ids were first made of one flat record; they stay the same for the same runner. So what came later is left out
        where there is nothing of it.
        """
        typed = {key: value for key, value in asdict(self).items() if key not in ("facts", "restart")}
        flat: dict[str, object] = typed | _told(self.facts) | _told(self.restart)
        del flat["most_weeks"]  # how many weeks are asked for says nothing of the plan
        if self.backward_walk_test_s is None:
            del flat["backward_walk_test_s"]
        if not self.facts.limits.rises:
            flat["limits"] = {key: value for key, value in _told(self.facts.limits).items() if key != "rises"}
        return flat


def _told(record: PlanFacts | Restart | Limits) -> dict[str, object]:
    """Return a record as the ids of plans always read it: by what reasons and steps say, not by how code knows them."""

    def pairs_of_old(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = {name for name, _ in pairs}
        later = next((fields for known, fields in _CAME_LATER.items() if known in names), frozenset())
        return {name: value for name, value in pairs if name not in later}

    return asdict(record, dict_factory=pairs_of_old)


def _fits_everybody(answers: Answers) -> Reason | None:  # noqa: ARG001 -- the shape every misfit has
    return None


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
    goals: tuple[str, ...] = ()  #: values of the question "goal" that it serves
    misfit: Callable[[Answers], Reason | None] = _fits_everybody  #: why it is not for this runner; None where it is
    length: str = ""  #: as it is written: "twelve weeks"; a plan has the weeks that came of it. Empty: none is named

    def __post_init__(self) -> None:
        if not self.gates:
            raise BadValue("gates", "name at least one rule that must be open", self.gates)
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)

    @property
    def full_title(self) -> str:
        """Its title with the length as written: what a runner chooses from."""
        return f"{self.title}, {self.length}" if self.length else self.title
