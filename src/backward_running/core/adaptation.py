"""What a plan must answer to: what was done, what went wrong, what a clinician allows."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from backward_running.core.errors import BadValue
from backward_running.core.names import NAMES
from backward_running.core.plan import Reason


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What a clinician allows at most. A plan obeys it whatever its programme says; None sets no limit."""

    by: str  #: who set it, in the runner's words: "physiotherapist"
    set_on: date
    until: date | None = None  #: the last day on which it holds; None until it is taken back
    walking_only: bool = False
    sessions_per_week_count: int | None = None
    backward_session_s: float | None = None
    backward_speed_mps: float | None = None
    grade_high_ratio: float | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.set_on:
            raise BadValue("until", f"not lie before {self.set_on}", self.until)
        for name, value in (
            ("sessions_per_week_count", self.sessions_per_week_count),
            ("backward_session_s", self.backward_session_s),
        ):
            if value is not None and value < 0:
                raise BadValue(name, "be 0 or more", value)
        speed, highest = self.backward_speed_mps, NAMES["speed_mps"].highest
        if speed is not None and not 0 < speed <= highest:
            raise BadValue("backward_speed_mps", f"lie between 0 and {highest:g} m/s", speed)

    @property
    def set_by(self) -> str:
        """Say who set it and when: "set on 4 May 2026 by the physiotherapist"."""
        return f"set on {self.set_on.day} {self.set_on:%B %Y} by {self.by}"

    def holds_on(self, day: date) -> bool:
        """Tell whether the ceiling is in force on that day."""
        return self.set_on <= day and (self.until is None or day <= self.until)


class SetbackKind(enum.Enum):
    """Why a plan may not grow for a while."""

    MISS = "a missed session"
    FALL = "a fall"
    PAIN = "pain"
    SORENESS = "sore calves"
    TREND = "pain that rises from week to week"
    BROKEN_OFF = "a session broken off"
    RED_FLAG = "a warning sign that a clinician has looked at"
    ILLNESS = "an illness"


@dataclass(frozen=True, slots=True)
class Setback:
    """Something after which load never goes up at once.

    Its moment is the start of the session it belongs to, or the fall: never the hour when it was told.
    """

    kind: SetbackKind
    on: date  #: the day of its moment, where the runner was
    reason: Reason
    stages_back: int = 0  #: 0 holds the stage, 1 goes one back
    rest_until: date | None = None  #: the first day on which a session may be done again; None asks for no rest
    activity_id: str | None = None  #: the recorded session it belongs to; None where there is none
    rest_until_at: datetime | None = None  #: from which hour of ``rest_until`` on; None where no hour is known
    stood_from: datetime | None = None  #: of a warning sign: since when it stood; what was done before defies nothing


@dataclass(frozen=True, slots=True)
class SaidDone:
    """What its runner says of a session, or of a run without a recording: said, not seen. *Not done* is said, too.

    It counts until it is taken back, or until a recording shows what it says.
    """

    workout_id: str
    title: str  #: of the session, as it was planned
    on: date  #: the day it was done
    said_at: datetime
    backward_s: float
    forward_s: float
    longest_backward_bout_s: float
    simulated: bool = False
    was_done: bool = True  #: False: the session was not done, and nobody need ask again
    distance_m: float | None = None  #: of the whole, where it was said
    place: str | None = None  #: where, in the runner's words
    besides: tuple[str, ...] = ()  #: recordings of its day that were here when it was said: it is another run

    def __post_init__(self) -> None:
        if self.said_at.tzinfo is None:
            raise BadValue("said_at", "carry a time zone", self.said_at.isoformat())
        if self.on > self.said_at.date():
            raise BadValue("on", f"not lie after the day it is said, {self.said_at.date()}", self.on)
        if self.was_done and not (self.backward_s > 0 or self.forward_s > 0 or (self.distance_m or 0.0) > 0):
            raise BadValue("backward_s", "be more than 0", self.backward_s)
        if not self.was_done and (self.backward_s or self.forward_s):
            raise BadValue("backward_s", "be 0 of what was not done", self.backward_s)


@dataclass(frozen=True, slots=True)
class Done:
    """A session that was done, as a plan looks back on it: recorded, or said."""

    on: date
    activity_id: str
    forward_s: float
    backward_s: float
    unknown_s: float = 0.0
    longest_backward_bout_s: float = 0.0
    workout_id: str | None = None  #: the planned session it was matched to
    complete: bool = True  #: at least the planned backward time, steps as planned
    started_at: datetime | None = None  #: on the clock of the place; None where only the day is known
    is_said: bool = False  #: by the runner's word alone: nothing was recorded
    said_backward_s: float = (
        0.0  #: of `backward_s`: by the runner's word, where there is a recording that does not show it
    )
    follows_earlier: bool = False  #: something backward was done before the days that are looked back on
    is_rated: bool = False  #: somebody said how it felt, on a day after it; what nobody said is unknown, never clean

    @property
    def may_be_backward(self) -> bool:
        """Whether it went backward, or was planned to and does not show which way it went: it may be what hurt."""
        return self.backward_s > 0 or (self.workout_id is not None and self.unknown_s > 0)


@dataclass(frozen=True, slots=True)
class Room:
    """On which days of its week a session could be instead, with nothing else in the plan changed."""

    days: tuple[date, ...]
    why_not: str | None = None  #: where there are none, in a sentence or two
