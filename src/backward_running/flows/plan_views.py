"""What the screens of the plan get: a recording matched to its session, planned against done, a proposal."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from backward_running import plans
from backward_running.core.direction import Direction
from backward_running.core.plan import Change, Plan, Reason, Step, Workout
from backward_running.core.ports import ActivityRow


class MatchedBy(enum.Enum):
    """How a recording was matched to its session; the value is said to the runner."""

    STEPS = "workout steps"
    NAME = "workout name"
    TIME = "time"
    HAND = "your own hand"
    WORD = "your word"  #: there is no recording; the runner says that it was done


@dataclass(frozen=True, slots=True)
class Matched:
    """A session of the plan and the recording of it, or the runner's word where there is none."""

    workout_id: str
    activity_id: str
    on: date  #: the day of the recording, where the runner was
    how: MatchedBy
    complete: bool  #: the planned backward time was recorded
    forward_s: float
    backward_s: float
    unknown_s: float
    said_backward_s: float = 0.0  #: of `backward_s`: by the runner's word; the recording does not show it
    said_forward_s: float = 0.0  #: of `forward_s`, likewise
    longest_said_bout_s: float = 0.0  #: the longest backward stretch of a word that fills the recording

    @property
    def unseen_s(self) -> float:
        """Seconds of the recording that show no direction: of them the runner may say that they were backward."""
        return self.unknown_s + self.said_forward_s

    @property
    def is_said(self) -> bool:
        """Whether the runner's word is all there is: no recording."""
        return self.how is MatchedBy.WORD


@dataclass(frozen=True, slots=True)
class LastBackward:
    """The last session that went backward, or was planned to and does not show which way it went."""

    activity_id: str  #: of its recording, or of the runner's word
    title: str
    on: date
    began_at: datetime


@dataclass(frozen=True, slots=True)
class StepDone:
    """One step as planned and as recorded. Missing is None."""

    step: Step
    number: int  #: in the order it is done, from 1
    planned_s: float | None
    start_s: float | None = None  #: in the recording; None where the step is not in it
    end_s: float | None = None
    forward_s: float = 0.0
    backward_s: float = 0.0
    unknown_s: float = 0.0
    speed_mps: float | None = None  #: mean, of what went the planned way
    within_cap: bool | None = None  #: None where there is no cap or no speed
    verdict: str = ""  #: one sentence for the runner

    @property
    def in_planned_direction_s(self) -> float:
        """Seconds that went the way the step says."""
        return self.backward_s if self.step.direction is Direction.BACKWARD else self.forward_s

    @property
    def is_short(self) -> bool:
        """Whether less of it went the planned way than was planned."""
        return self.planned_s is not None and not plans.is_complete(self.in_planned_direction_s, self.planned_s)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A session, planned against done."""

    workout: Workout
    row: ActivityRow
    matched: Matched
    by_laps: bool  #: the steps come from the laps of the watch; otherwise from bouts in their order
    steps: tuple[StepDone, ...]
    planned_backward_s: float
    verdict: str  #: one sentence for the runner
    no_steps: str | None = None  #: why no step can be told apart, said once; None where any can


@dataclass(frozen=True, slots=True)
class Proposal:
    """How the plan would change, before it takes effect; or how it changed at once, until the runner has seen it."""

    proposal_id: str
    plan: Plan  #: as it would be
    changes: tuple[Change, ...]  #: only what really differs
    reasons: tuple[Reason, ...]
    in_force: bool = False  #: it holds already, because it only lowers the plan
    refused: str | None = None  #: why a wish cannot be met: the rule that binds, and the nearest day that would do
