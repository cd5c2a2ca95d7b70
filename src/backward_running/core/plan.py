"""What to do next: weeks, workouts, steps, the reasons for each and the gates before them."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from operator import attrgetter

from backward_running.core.direction import Direction, Gait


class Place(enum.Enum):
    """Where a session is done. None of these is ever called safe."""

    FLAT_CLOSED = "a flat, closed, familiar stretch of 20–50 m"
    TRACK_OR_GRASS = "a running track or closed grass"
    GENTLE_GRASS_UPHILL = "a smooth grass slope, 2–4 % uphill"
    TREADMILL = "a treadmill with rail and safety clip"
    RAIL = "an empty hall or corridor, flat and dry, with a rail or a person to hold"
    EVEN_ROUTE = "a flat, even route that you know"


class Part(enum.Enum):
    """What a step is for; becomes the intensity of a FIT workout step."""

    WARM_UP = "warm-up"
    WORK = "work"
    RECOVERY = "recovery"
    COOL_DOWN = "cool-down"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is, in one sentence, with the evidence to open."""

    text: str
    evidence_key: str | None = None  #: key of an Evidence; None for plain arithmetic
    #: Words of the text that name a speed, and the speed in m/s: a door says them in the runner's units.
    speeds: tuple[tuple[str, float], ...] = ()
    binds_week: int | None = None  #: the week of a programme that it holds back, where it is of one
    key: str | None = None  #: which statement it is, for code that has to know it again: the words are never asked
    names_week: int | None = None  #: the week of the plan that the text names; it moves when the plan does


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of a workout. Exactly one of duration and distance is given."""

    name: str  #: at most 15 characters, ASCII: it must fit a watch ("BACK 1/6")
    part: Part
    direction: Direction
    gait: Gait
    duration_s: float | None = None
    distance_m: float | None = None
    speed_low_mps: float | None = None
    speed_high_mps: float | None = None  #: a cap; None where the step has none
    heart_rate_high_bpm: float | None = None
    cue: str | None = None
    is_sprint: bool = False  #: its cap is a share of a measured backward speed, not of the easy pace
    looks_round: bool = False  #: its cue asks for a look over a shoulder every few steps

    @property
    def planned_s(self) -> float | None:
        """How long it takes at least: its duration, or its distance at its cap; None where neither can be had."""
        if self.duration_s is not None:
            return self.duration_s
        if self.distance_m is None or not self.speed_high_mps:
            return None
        return self.distance_m / self.speed_high_mps


#: Every field of a step but its name, its cue and what the cue asks for. Asked of each step of each session whenever a
#: plan is compared with the one before: an attribute getter costs a tenth of a copy without them.
_unseen_of_step = ("name", "cue", "looks_round")
_seen_of_step = attrgetter(*(each.name for each in fields(Step) if each.name not in _unseen_of_step))


@dataclass(frozen=True, slots=True)
class Repeat:
    """Steps done several times over."""

    times: int
    steps: tuple[Step, ...]

    def numbered(self) -> Iterator[Step]:
        """Walk through the steps one by one, each with its number in the name, for a watch that shows one at a time.

        >>> work = Step("BACK WALK", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=60)
        >>> [step.name for step in Repeat(6, (work,)).numbered()][:2]
        ['BACK WALK 1/6', 'BACK WALK 2/6']
        """
        for nth in range(1, self.times + 1):
            for step in self.steps:
                yield replace(step, name=f"{step.name} {nth}/{self.times}") if step.part is Part.WORK else step


class _WorkedOut:
    """Room for what a session has worked out of itself once. It never changes, so neither do these."""

    __slots__ = ("_lengths", "_noticed")

    _lengths: dict[Direction | None, float]
    _noticed: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Workout(_WorkedOut):
    """One session of the plan."""

    workout_id: str  #: stable: same plan, same id
    week: int  #: of the calendar; 1 is the first of the plan
    ordinal: int  #: 1 is the first of its week
    title: str
    on: date
    place: Place
    with_whom: str  #: "a friend as spotter", …
    pieces: tuple[Step | Repeat, ...]
    summary: str  #: one line: "5 × (1 min backward walk / 1 min forward walk)"
    grade_low_ratio: float = 0.0
    grade_high_ratio: float = 0.0
    reasons: tuple[Reason, ...] = ()
    advice: tuple[str, ...] = ()  #: warm-up, cool-down, look over the shoulder, the ordinary running advice
    stage: int = 0  #: row of the programme it comes from; weeks and stages part where a stage is repeated

    def as_noticed(self) -> tuple[object, ...]:
        """Return what a runner would notice of it: not its reasons, its advice or its stage."""
        try:
            return self._noticed
        except AttributeError:
            object.__setattr__(self, "_noticed", self._as_noticed())
            return self._noticed

    def _as_noticed(self) -> tuple[object, ...]:
        steps = tuple(map(_seen_of_step, self.steps()))
        return (self.on, self.title, self.place, self.with_whom, steps, self.grade_low_ratio, self.grade_high_ratio)

    def __hash__(self) -> int:
        """Hash its name, day and line: what is equal has these in common, and its steps need not be walked through."""
        return hash((self.workout_id, self.on, self.summary))

    def steps(self) -> Iterator[Step]:
        """Walk through the steps in the order they are done, repeats unrolled."""
        for piece in self.pieces:
            if isinstance(piece, Repeat):
                for _ in range(piece.times):
                    yield from piece.steps
            else:
                yield piece

    def each_step(self) -> Iterator[Step]:
        """Walk through the steps as they are defined, each once however often it is done."""
        for piece in self.pieces:
            if isinstance(piece, Repeat):
                yield from piece.steps
            else:
                yield piece

    def duration_s(self, direction: Direction | None = None) -> float:
        """Sum the planned time of the steps of one direction (None: of all)."""
        try:
            return self._lengths[direction]
        except AttributeError:
            object.__setattr__(self, "_lengths", {})
        except KeyError:
            pass
        self._lengths[direction] = self._duration_s(direction)
        return self._lengths[direction]

    def _duration_s(self, direction: Direction | None) -> float:
        seconds = 0.0
        for piece in self.pieces:
            times, steps = (piece.times, piece.steps) if isinstance(piece, Repeat) else (1, (piece,))
            seconds += times * sum(step.planned_s or 0.0 for step in steps if direction in (None, step.direction))
        return seconds


@dataclass(frozen=True, slots=True)
class GateState:
    """A rule, asked: open or closed, and why. A red flag closes everything."""

    key: str
    title: str
    open: bool
    reason: Reason
    what_to_do: str | None = None
    is_red_flag: bool = False
    walking_only: bool = False  #: closed for running backward; walking with a trained person beside may go on
    holding: bool = False  #: what it leaves is walked with a hand on a rail or on a person
    no_running: bool = False  #: closed for running forward too, until somebody who knows the runner says more
    stops: bool = False  #: closed for everything, walking too, until somebody has looked or answered
    come_back: str | None = None  #: when it is worth asking again; None where ``what_to_do`` says it

    @property
    def stops_all(self) -> bool:
        """Whether no session to come is offered, and none leaves the program, because of this gate."""
        return not self.open and (self.is_red_flag or self.stops)


class WishKind(enum.Enum):
    """What a runner can ask of a plan."""

    MOVE = "move a session"
    SKIP = "leave a session out"
    ILL = "ill"
    HOLIDAY = "away"
    EXPERIMENT = "without, for an experiment"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the runner asked of the plan: move or skip a session, or days on which nothing can be done."""

    kind: WishKind
    made_at: datetime
    workout_id: str | None = None  #: of MOVE and SKIP
    to: date | None = None  #: of MOVE
    first_on: date | None = None  #: of ILL, HOLIDAY and EXPERIMENT, inclusive
    last_on: date | None = None  #: of the same, inclusive; None while an illness lasts


@dataclass(frozen=True, slots=True)
class Change:
    """One session, before and after the plan was adapted, and why."""

    workout_id: str
    before: Workout | None  #: None where it is new
    after: Workout | None  #: None where it is gone
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a plan."""

    number: int
    starts_on: date
    workouts: tuple[Workout, ...]
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Weeks, as a protocol made them from the runner's answers. Same answers, same plan."""

    plan_id: str
    protocol: str
    title: str
    made_at: datetime  #: the day it was made; a revision does not move it
    answers: Mapping[str, object] = field(default_factory=dict)
    weeks: tuple[Week, ...] = ()
    gates: tuple[GateState, ...] = ()
    notes: tuple[Reason, ...] = ()  #: what the runner should know before they begin (walk–run honesty, …)
    simulated: bool = False  #: the plan of the simulated demo runner
    revision: int = 1  #: counts up each time the plan is adapted; its id stays
    wishes: tuple[Wish, ...] = ()  #: what the runner asked for, oldest first
    changes: tuple[Change, ...] = ()  #: what the last revision changed
    changed_at: datetime | None = None  #: when that was; None where the plan is as it was made

    @property
    def stopped(self) -> bool:
        """Whether a red flag stops all coaching."""
        return any(gate.is_red_flag and not gate.open for gate in self.gates)

    def workouts(self) -> Iterator[Workout]:
        """All workouts, in order."""
        for week in self.weeks:
            yield from week.workouts
