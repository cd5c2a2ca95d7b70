"""The judge's own books: what was recorded, what was said, what was shown. Nothing here is read from the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Place, Repeat, Step, Workout

DAY = timedelta(days=1)
#: A session of the beginner programme at its full size (section 5): backward s, longest bout s, cap in m/s or as a
#: share of the easy forward speed, whether it runs.
BEGINNER: Mapping[int, tuple[float, float, float, bool]] = {
    1: (300, 60, 1.2, False),
    2: (480, 60, 1.5, False),
    3: (440, 60, 1.8, True),
    4: (300, 30, -0.55, True),
    5: (480, 60, -0.60, True),
    6: (720, 120, -0.65, True),
    7: (720, 180, -0.70, True),
    8: (900, 300, -0.75, True),
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a session asks for, counted from its steps."""

    workout_id: str
    on: date
    stage: int
    week: int
    backward_s: float
    run_s: float
    longest_bout_s: float
    bouts_count: int
    cap_mps: float | None  #: the highest cap of a backward step; None where no step has one
    uncapped: bool  #: a backward running step has no cap at all
    grade: tuple[float, float]
    forward_between: bool  #: a forward step between the backward ones
    treadmill: bool
    signature: tuple[object, ...] = ()

    @property
    def walks_only(self) -> bool:
        return self.run_s == 0


@lru_cache(maxsize=1024)
def content(workout: Workout) -> Content:
    """Count a session, once: a door shows the same ones day after day."""
    back, run, longest, bouts, caps, uncapped = 0.0, 0.0, 0.0, 0, [], False
    for step, times in _counted(workout):
        if step.direction is not Direction.BACKWARD:
            continue
        seconds = step.planned_s or 0.0
        back, longest, bouts = back + times * seconds, max(longest, seconds), bouts + times
        run += times * seconds if step.gait is Gait.RUN else 0.0
        if step.speed_high_mps is not None:
            caps.append(step.speed_high_mps)
        else:
            uncapped = uncapped or step.gait is Gait.RUN
    return Content(
        workout.workout_id, workout.on, workout.stage, workout.week, back, run, longest, bouts, max(caps, default=None),
        uncapped, (workout.grade_low_ratio, workout.grade_high_ratio), _forward_between(workout),
        workout.place is Place.TREADMILL,
        tuple((step.direction, step.gait, step.planned_s, step.speed_high_mps, times) for step, times in _counted(workout)),
    )  # fmt: skip


def _counted(workout: Workout) -> Iterator[tuple[Step, int]]:
    for piece in workout.pieces:
        if isinstance(piece, Repeat):
            yield from ((step, piece.times) for step in piece.steps)
        else:
            yield piece, 1


def _forward_between(workout: Workout) -> bool:
    ways: list[Direction] = []
    for piece in workout.pieces:
        steps, times = (piece.steps, piece.times) if isinstance(piece, Repeat) else ((piece,), 1)
        ways += [step.direction for step in steps] * min(times, 2)
    back = [nth for nth, way in enumerate(ways) if way is Direction.BACKWARD]
    return bool(back) and Direction.FORWARD in ways[back[0] : back[-1]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording as the person who made it knows it."""

    activity_id: str
    start: datetime  #: aware, on the clock of the place
    backward_s: float
    longest_bout_s: float
    ran: bool
    followed: Content | None = None  #: the session that the person followed
    near: Content | None = None  #: of an unplanned one: the session it may be taken for
    unknown: bool = False  #: the recording does not show the direction
    planned_share: float = 1.0  #: the part of the followed session that was done

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def load_s(self) -> float:
        """As planned where the length is not known, else as recorded (6.1)."""
        return self.followed.backward_s if self.unknown and self.followed is not None else self.backward_s

    @property
    def stage(self) -> int | None:
        of = self.followed or self.near
        return None if of is None else of.stage


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, and when."""

    at: datetime
    moment: str = "other"
    about: str | None = None  #: a recording
    pain: Mapping[str, float] = field(default_factory=dict)
    soreness: float | None = None
    fell: bool = False
    flags: tuple[str, ...] = ()
    broken_off: bool = False
    held: tuple[Content, ...] = ()  #: the plan as it was shown just before


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which nothing can be done."""

    kind: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a clinician allows at most."""

    set_on: date
    until: date | None = None
    session_s: float | None = None
    per_week: int | None = None
    speed_mps: float | None = None
    walking_only: bool = False

    def holds(self, day: date) -> bool:
        return self.set_on <= day and (self.until is None or day <= self.until)


@dataclass
class Book:
    """All that happened to one person so far."""

    answers: Mapping[str, object]
    recorded: list[Recorded] = field(default_factory=list)  #: by start
    said: list[Said] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    allowed: Allowed | None = None
    plan_starts: list[date] = field(default_factory=list)  #: the first day of the first week of each plan
    cleared: list[tuple[datetime, str]] = field(
        default_factory=list
    )  #: a clinician's word, and on what: "flag", "pain"
    taken_back: list[datetime] = field(default_factory=list)  #: flags that were a mistake
    gave_back: list[datetime] = field(default_factory=list)  #: when something that may lower a plan was taken back
    flagged: bool = False
    version: int = 0  #: counts every fact but those that may only lower a plan

    def record(self, one: Recorded) -> None:
        self.recorded = sorted([*self.recorded, one], key=lambda rec: rec.start)
        self.version += 1

    def delete(self, activity_id: str) -> None:
        self.recorded = [rec for rec in self.recorded if rec.activity_id != activity_id]
        self.version += 1

    def say(self, one: Said) -> None:
        self.said.append(one)
        self.flagged = self.flagged or bool(one.flags)
        self.version += 1

    def clear(self, at: datetime, what: str) -> None:
        """A clinician's word on "flag" or "pain"."""
        self.cleared.append((at, what))
        self.flagged = self.flagged and what != "flag"
        self.version += 1

    def done_ids(self) -> set[str]:
        """Sessions that were followed to the end."""
        return {rec.followed.workout_id for rec in self.recorded if rec.followed and rec.planned_share >= 0.95}

    def weekly_running_s(self) -> float:
        typed = self.answers.get("weekly_run_s") or self.answers.get("weekly_running_s")
        if typed:
            return float(str(typed))
        runs, longest = float(str(self.answers["forward_runs_per_week"])), float(str(self.answers["longest_run_s"]))
        return longest * (1 + 0.5 * (runs - 1)) if runs >= 1 else 0.0

    def week_of(self, moment: datetime) -> date | None:
        """The first day of the plan week in which a moment lies; None before the first plan."""
        starts = [one for one in self.plan_starts if one <= moment.date()]
        if not starts:
            return None
        return moment.date() - timedelta(days=(moment.date() - starts[-1]).days % 7)

    def between(self, first: date, last: date) -> float:
        """Backward seconds of the recordings of these days, both inclusive."""
        return sum(rec.load_s for rec in self.recorded if first <= rec.day <= last)


def end_of(day: date, like: datetime) -> datetime:
    """The last minute of a day, where a moment is."""
    return datetime.combine(day, time(23, 59), like.tzinfo)


def moved_to(one: Content, day: date) -> Content:
    return replace(one, on=day)
