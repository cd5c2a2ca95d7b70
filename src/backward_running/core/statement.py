"""What the runner says of whole recordings at once: "everything before May was forward". Said is not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue

#: What may be said of recordings. *Unknown* takes back, for its runs, what an earlier statement says.
STATABLE = (Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN)


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What has to be known of a recording to tell whether a statement is about it."""

    activity_id: str
    on: date | None  #: the day it began, where the runner was; None where the file states none
    simulated: bool
    device: Callable[[], str]  #: maker and product, as the file has them; asked only where a statement names one
    #: Whether a backward step was planned for its day, or marked or labelled in it.
    expects_backward: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Runs:
    """A set of recordings on foot: those for which all holds that is given. Of nothing given: all of them.

    Recordings that a simulator made are in it only where they are named one by one.
    """

    since: date | None = None  #: the first day, inclusive
    before: date | None = None  #: the day after the last, exclusive
    device: str | None = None  #: a part of the maker's and product's name: "fenix", "Polar H10"
    activity_ids: tuple[str, ...] = ()
    plain: bool = False  #: only those in which no backward step was planned, marked or labelled

    def __post_init__(self) -> None:
        if self.since is not None and self.before is not None and not self.since < self.before:
            raise BadValue("before", f"lie after {self.since}", self.before, "Pick a later day, or swap the two.")
        if self.device is not None and not self.device.strip():
            raise BadValue("watch", "name a watch", self.device, "Write its name, or a part of it, such as fenix.")

    def hold(self, run: RunFacts) -> bool:
        """Tell whether a recording is one of them.

        >>> day = date(2026, 5, 4)
        >>> run = RunFacts("a-0", day, False, lambda: "garmin fenix 7", lambda: False)
        >>> Runs(before=day).hold(run), Runs(since=day).hold(run), Runs(device="Fenix").hold(run)
        (False, True, True)
        """
        if self.activity_ids:
            if run.activity_id not in self.activity_ids:
                return False
        elif run.simulated:
            return False
        if not self._may_be_on(run.on):
            return False
        if self.device is not None and self.device.strip().casefold() not in run.device().casefold():
            return False
        return not (self.plain and run.expects_backward())

    def _may_be_on(self, day: date | None) -> bool:
        if day is None:
            return self.since is None and self.before is None
        return (self.since is None or day >= self.since) and (self.before is None or day < self.before)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the runner said of a set of recordings, until they take it back.

    It fills in what nothing shows. What a sensor, a lap or the runner's own label says of a stretch stands above it.
    """

    statement_id: str
    about: Runs
    direction: Direction
    stated_at: datetime
    revoked_at: datetime | None = None
    answers: str | None = None  #: the question it answers, where one was asked: a new answer takes its place

    def __post_init__(self) -> None:
        if self.direction not in STATABLE:
            raise BadValue("direction", "be forward, backward or unknown", self.direction.value)
        for name, moment in (("stated_at", self.stated_at), ("revoked_at", self.revoked_at)):
            if moment is not None and moment.tzinfo is None:
                raise BadValue(name, "carry a time zone", moment.isoformat())

    @property
    def holds(self) -> bool:
        """Whether it was not taken back."""
        return self.revoked_at is None


def said_of(statements: tuple[Statement, ...], run: RunFacts) -> Direction | None:
    """Return what the newest statement that is about a recording says; None where none is, or it says *unknown*.

    Parameters
    ----------
    statements : tuple of Statement
        Oldest first.
    run : RunFacts
        The recording.
    """
    for statement in reversed(statements):
        if statement.holds and statement.about.hold(run):
            return None if statement.direction is Direction.UNKNOWN else statement.direction
    return None
