"""What one session loaded, direction by direction. Missing is None, never 0."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue

#: The parts of a session, in the order of the screen; standing, turning and sideways are the rest.
PARTS = (Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN, None)


class Measure(enum.Enum):
    """In what a load is counted. Two measures are never added: they have different units."""

    EXERTION = "exertion"  #: session RPE: how hard it felt, times minutes
    HEART_RATE = "heart-rate"  #: training impulse (TRIMP)
    MINUTES = "minutes"  #: time alone: says nothing of how hard it was


@dataclass(frozen=True, slots=True)
class HeartSeconds:
    """How long the heart beat how fast: from these, seconds in any zones can be had later."""

    first_bpm: int
    seconds_s: tuple[float, ...]  #: of first_bpm, first_bpm + 1, …

    def __post_init__(self) -> None:
        if self.first_bpm < 0 or any(seconds < 0 for seconds in self.seconds_s):
            raise BadValue("seconds_s", "hold no negative number", (self.first_bpm, self.seconds_s))

    @property
    def known_s(self) -> float:
        """Seconds with a known heart rate."""
        return sum(self.seconds_s)


@dataclass(frozen=True, slots=True)
class PartLoad:
    """What one direction of a session loaded."""

    duration_s: float  #: time, pauses left out
    session_load_au: float | None
    trimp_au: float | None  #: of the seconds with a heart rate
    heart_rate_lacks_s: float = 0.0  #: seconds that are therefore not in it

    def of(self, measure: Measure) -> float | None:
        """Return the load in one measure."""
        if measure is Measure.EXERTION:
            return self.session_load_au
        return self.trimp_au if measure is Measure.HEART_RATE else self.duration_s / 60.0

    def lacks_min(self, measure: Measure) -> float:
        """Return the minutes that one measure does not know: they are in no sum, and are no rest."""
        if self.of(measure) is None:
            return self.duration_s / 60.0
        return min(self.heart_rate_lacks_s, self.duration_s) / 60.0 if measure is Measure.HEART_RATE else 0.0


@dataclass(frozen=True, slots=True)
class Loads:
    """The loads of one session. A direction that did not occur is None: it is a rest, and its load is 0.

    The four parts add up to the session. They are kept apart: nothing here sums forward and backward but ``whole``,
    which is the load of the session itself.
    """

    forward: PartLoad | None = None
    backward: PartLoad | None = None
    unknown: PartLoad | None = None
    rest: PartLoad | None = None  #: standing, turning, sideways

    def part(self, direction: Direction | None) -> PartLoad | None:
        """Return one part; None asks for the rest."""
        if direction is Direction.FORWARD:
            return self.forward
        if direction is Direction.BACKWARD:
            return self.backward
        return self.unknown if direction is Direction.UNKNOWN else self.rest

    def whole(self, measure: Measure) -> float | None:
        """Return the load of the session; None where any part of it is not known."""
        return sum_known(part.of(measure) for part in self.parts if part is not None)

    @property
    def parts(self) -> tuple[PartLoad | None, ...]:
        """Return the four parts, in the order of PARTS."""
        return self.forward, self.backward, self.unknown, self.rest


@dataclass(frozen=True, slots=True)
class Hearts:
    """How the heart beat in one session, direction by direction; None where the direction has no heart rate."""

    forward: HeartSeconds | None = None
    backward: HeartSeconds | None = None
    unknown: HeartSeconds | None = None
    rest: HeartSeconds | None = None  #: standing, turning, sideways

    def part(self, direction: Direction | None) -> HeartSeconds | None:
        """Return one part; None asks for the rest."""
        if direction is Direction.FORWARD:
            return self.forward
        if direction is Direction.BACKWARD:
            return self.backward
        return self.unknown if direction is Direction.UNKNOWN else self.rest


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One activity as the page of loads needs it: no streams, no bouts. ``loads`` is None where never counted."""

    activity_id: str
    started_at: datetime
    utc_offset_s: int | None
    title: str
    simulated: bool
    forward_s: float  #: moving
    backward_s: float
    unknown_s: float
    forward_m: float | None
    backward_m: float | None
    unknown_m: float | None
    loads: Loads | None

    def moving_s(self, direction: Direction) -> float:
        """Return the moving time of one direction; 0 for those that have none of their own."""
        if direction is Direction.FORWARD:
            return self.forward_s
        if direction is Direction.BACKWARD:
            return self.backward_s
        return self.unknown_s if direction is Direction.UNKNOWN else 0.0

    def distance_m(self, direction: Direction) -> float | None:
        """Return the distance of one direction; None where it is not known."""
        if direction is Direction.FORWARD:
            return self.forward_m
        if direction is Direction.BACKWARD:
            return self.backward_m
        return self.unknown_m if direction is Direction.UNKNOWN else None


def sum_known(values: Iterable[float | None]) -> float | None:
    """Add numbers; one that is not known makes the sum not known, and so does none at all.

    >>> sum_known([1.0, 2.0]), sum_known([1.0, None]), sum_known([])
    (3.0, None, None)
    """
    total, count = 0.0, 0
    for value in values:
        if value is None:
            return None
        total, count = total + value, count + 1
    return total if count else None
