"""The contract of a direction detector: a Recording in, log-likelihoods per state on one time base out."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.direction import Direction, Gait
from backward_running.core.habits import Habits
from backward_running.core.recording import Recording
from backward_running.evidence import Evidence


class State(enum.IntEnum):
    """What a person may be doing in one moment; the columns of a detector's answer, in this order."""

    STILL = 0
    FORWARD_WALK = 1
    FORWARD_RUN = 2
    BACKWARD_WALK = 3
    BACKWARD_RUN = 4
    SIDEWAYS = 5
    TURNING = 6

    @property
    def direction(self) -> Direction:
        """The direction of this state."""
        return _DIRECTION[self]

    @property
    def gait(self) -> Gait | None:
        """The gait of this state; None where it has none."""
        return _GAIT.get(self)


_DIRECTION = {
    State.STILL: Direction.STILL,
    State.FORWARD_WALK: Direction.FORWARD,
    State.FORWARD_RUN: Direction.FORWARD,
    State.BACKWARD_WALK: Direction.BACKWARD,
    State.BACKWARD_RUN: Direction.BACKWARD,
    State.SIDEWAYS: Direction.SIDEWAYS,
    State.TURNING: Direction.TURNING,
}
_GAIT = {
    State.FORWARD_WALK: Gait.WALK,
    State.FORWARD_RUN: Gait.RUN,
    State.BACKWARD_WALK: Gait.WALK,
    State.BACKWARD_RUN: Gait.RUN,
}


@dataclass(frozen=True, slots=True, eq=False)
class DirectionHint:
    """What asks and does not tell: how probable backward is, moment by moment.

    ``log_odds_nat`` (n,) are the log-odds of backward against forward with everything in them, how rare backward is
    too; NaN where nothing is hinted. ``change_nat`` (n,) says by how much a change of direction is more likely in a
    cell than elsewhere, 0 nearly everywhere; None where nothing is known of changes.
    """

    log_odds_nat: FloatArray
    change_nat: FloatArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """Where what was stated begins and ends.

    ``stretch`` (n,) numbers stretches of which the runner gave both ends, −1 elsewhere: there nobody expects a bout to
    last, and the stretch is answered as a whole, however short. ``borders_s`` are the moments at which anything that
    was stated begins or ends, to the moment and in order.
    """

    stretch: IntArray
    borders_s: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What one detector tells, moment by moment.

    ``log_likelihood`` has shape (n, 7), one column per :class:`State`; a row of equal numbers means "I cannot say".
    ``speaks`` (n, bool) marks the moments at which the detector carries information about the direction. An opinion
    that never speaks may still favour a state: its numbers count where another detector speaks, and answer nothing
    alone.

    ``evidence_s`` is how long a row has to hold to weigh as much as its numbers say: rows of the time base that are
    closer together are not independent and weigh less in proportion. What rests on samples of a watch
    leaves it at one second; a detector of inertial sensors states about the length of a step.

    ``heard`` is for one that tells moments apart and does not know which is which: it is called with the opinions of
    all others and returns what it thinks after hearing them.

    ``is_turned`` says that a sensor of a claimed mounting found by its own marks that it sits the other way round: then
    what else was claimed beside it is not believed either, unless somebody bears it out.
    """

    detector: str
    log_likelihood: FloatArray
    speaks: BoolArray
    evidence_s: float = 1.0
    hint: DirectionHint | None = None
    statement: Statement | None = None
    heard: Callable[[Sequence[Opinion]], Opinion] | None = None
    is_turned: bool = False


class Role(enum.Enum):
    """For what a detector is asked. Nobody asks for a detector by its name."""

    DIRECTION = "direction"  #: tells, or hints at, which way the body went
    MOTION = "motion"  #: tells standing, walking and running apart, whatever the sport; and whose word a pause is
    REST = "rest"  #: tells standing from moving on foot
    STATED = "stated"  #: repeats what the runner, or their plan, stated


@dataclass(frozen=True, slots=True)
class Detector:
    """A way to tell the directions apart.

    ``uses_mount``: the answer rests on knowing how the sensor sits on the body; then a guessed mount must give an
    opinion that never speaks. ``judge`` gets the recording and the time base (seconds, evenly spaced) and returns None
    where the recording does not carry what it needs. ``judge_person`` is asked in its place where the runner's habits
    are known.
    """

    key: str
    title: str  #: as shown to a runner: "facing against course"
    explains: str  #: one sentence for a runner: what it looks at and what it rests on
    version: str
    needs: tuple[str, ...]  #: names of core.names, or "laps", "steps"
    uses_mount: bool
    judge: Callable[[Recording, FloatArray], Opinion | None]
    evidence: tuple[Evidence, ...]
    judge_person: Callable[[Recording, FloatArray, Habits], Opinion | None] | None = None
    role: Role = Role.DIRECTION
