"""What a store remembers of the runner themselves: who they are, how they felt, what they said and what they plan."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clearance import Clearance
from backward_running.core.measurement import Measurement
from backward_running.core.plan import Plan
from backward_running.core.statement import Statement


class Profile(Protocol):
    """Who runs."""

    def athlete(self) -> Athlete:
        """Return who runs; an Athlete of Nones where nothing is known."""
        ...

    def put_athlete(self, athlete: Athlete) -> None:
        """Replace who runs."""
        ...


class CheckIns(Protocol):
    """How they feel."""

    def check_ins(self, since: datetime | None = None, *, most: int | None = None) -> tuple[CheckIn, ...]:
        """Return check-ins since a moment, oldest first; of all that are there the newest `most`."""
        ...

    def telling_check_ins(self, zone: str) -> tuple[CheckIn, ...]:
        """Return the check-ins that tell what a rule reads (:attr:`CheckIn.is_telling`), on a clock, oldest first."""
        ...

    def told_at(self, since: datetime) -> tuple[datetime, ...]:
        """Return the moments of all check-ins since one, oldest first."""
        ...

    def add_check_in(self, check_in: CheckIn, *, simulated: bool = False) -> None:
        """Keep a check-in."""
        ...


class Measurements(Protocol):
    """What they measured of themselves."""

    def measurements(self) -> tuple[Measurement, ...]:
        """Return everything that was measured and typed, oldest first."""
        ...

    def put_measurement(self, measurement: Measurement, *, simulated: bool = False) -> None:
        """Keep a measurement, in place of the one of the same id."""
        ...

    def take_back_measurement(self, measurement_id: str) -> None:
        """Forget a measurement; nothing happens where there is none of that id."""
        ...


class RunCheckIns(Protocol):
    """What was said of single runs."""

    def check_ins_of(self, activity_id: str) -> tuple[CheckIn, ...]:
        """Return the check-ins that speak of one activity, oldest first."""
        ...


class Clearances(Protocol):
    """What ended stops."""

    def clearances(self) -> tuple[Clearance, ...]:
        """Return what ended a stop (a mistake taken back, a clinician's word), oldest first."""
        ...

    def add_clearance(self, clearance: Clearance, *, simulated: bool = False) -> None:
        """Keep what ended a stop."""
        ...


class SessionsSaidDone(Protocol):
    """Sessions of which only the runner says that they were done."""

    def said_done(self) -> tuple[SaidDone, ...]:
        """Return the sessions that were said to be done without a recording, oldest first."""
        ...

    def put_said_done(self, said: SaidDone) -> None:
        """Keep that a session was done, in place of what was said of it before."""
        ...

    def take_back_said_done(self, workout_id: str) -> None:
        """Forget that a session was said to be done; nothing happens where it was not."""
        ...


class Plans(Protocol):
    """The plan, and every one before it."""

    def plan(self) -> Plan | None:
        """Return the current plan."""
        ...

    def plans(self) -> tuple[Plan, ...]:
        """Return every plan and every revision that was kept, oldest first; the last is the current one."""
        ...

    def put_plan(self, plan: Plan, *, simulated: bool = False) -> None:
        """Make this the current plan; older ones are kept."""
        ...


class Statements(Protocol):
    """What the runner says of whole recordings."""

    def statements(self) -> tuple[Statement, ...]:
        """Return what was said of whole recordings, oldest first, with what was taken back."""
        ...

    def put_statement(self, statement: Statement) -> None:
        """Keep what is said of whole recordings, in place of the statement of the same id."""
        ...
