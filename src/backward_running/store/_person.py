"""Who runs, how they feel, what they plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, delete, select

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clearance import Clearance
from backward_running.core.clock import in_zone
from backward_running.core.glance import once
from backward_running.core.measurement import Measurement
from backward_running.core.plan import Plan
from backward_running.core.statement import Statement
from backward_running.store import _rows, _wire, schema
from backward_running.store._bound import Bound

T = TypeVar("T")


class SqlPerson(Bound):
    """What is no recording."""

    @once
    def athlete(self) -> Athlete:
        """Return who runs; an Athlete of Nones where nothing is known."""
        text = self._newest(schema.athlete)
        return Athlete() if text is None else _wire.loads(Athlete, text)

    def put_athlete(self, athlete: Athlete) -> None:
        """Replace who runs. The demo runner only steps in front of the real one, and goes again with the demo."""
        table = schema.athlete
        with self._changing() as connection:
            connection.execute(delete(table).where(self._mine(table), table.c.simulated.is_(athlete.simulated)))
            self._insert(connection, table, [{"simulated": athlete.simulated, "content": _wire.dumps(athlete)}])

    @once
    def check_ins(self, since: datetime | None = None, *, most: int | None = None) -> tuple[CheckIn, ...]:
        """Return check-ins since a moment, oldest first; of all that are there the newest `most`."""
        table = schema.check_in
        wanted = [] if since is None else [table.c.made_at >= since]
        if most is None:
            return self._all_made(CheckIn, table, *wanted)
        newest = select(table.c.content).where(self._mine(table), *wanted)
        with self._reading() as connection:
            ordered = newest.order_by(table.c.made_at.desc(), table.c.number.desc())
            texts = connection.scalars(ordered.limit(max(most, 0))).all()
        return tuple(_made(CheckIn, texts[::-1]))

    @once
    def telling_check_ins(self, zone: str) -> tuple[CheckIn, ...]:
        """Return the check-ins that tell what a rule reads, on a clock, oldest first."""
        table = schema.check_in
        wanted = select(table.c.content).where(self._mine(table), table.c.telling.is_(True))
        with self._reading() as connection:
            texts = connection.scalars(wanted.order_by(table.c.made_at, table.c.number)).all()

        def on_clock(new: Sequence[str]) -> list[CheckIn]:
            return [replace(told, made_at=in_zone(told.made_at, zone)) for told in _made(CheckIn, new)]

        return tuple(self._at_hand.made(self.athlete_id, f"telling {zone}", texts, on_clock))

    @once
    def told_at(self, since: datetime) -> tuple[datetime, ...]:
        """Return the moments of all check-ins since one, oldest first."""
        made_at = schema.check_in.c.made_at
        wanted = select(made_at).where(self._mine(schema.check_in), made_at >= since).order_by(made_at)
        with self._reading() as connection:
            return tuple(connection.scalars(wanted))

    @once
    def check_ins_of(self, activity_id: str) -> tuple[CheckIn, ...]:
        """Return the check-ins that speak of one activity, oldest first."""
        table = schema.check_in
        wanted = select(table.c.made_at, table.c.number, table.c.content).where(self._mine(table))
        with self._reading() as connection:
            found = connection.execute(wanted.where(table.c.activity_id == activity_id)).all()
        # Put in order here: asked for an order, SQLite would look for the few through all, oldest first.
        return tuple(_made(CheckIn, [row.content for row in sorted(found, key=lambda row: row[:2])]))

    def add_check_in(self, check_in: CheckIn, *, simulated: bool = False) -> None:
        """Keep a check-in."""
        values = {
            "made_at": check_in.made_at,
            "activity_id": check_in.activity_id,
            "simulated": simulated,
            "content": _wire.dumps(check_in),
            "telling": check_in.is_telling,
        }
        with self._changing() as connection:
            self._insert(connection, schema.check_in, [values])

    @once
    def measurements(self) -> tuple[Measurement, ...]:
        """Return everything that was measured and typed, oldest first."""
        table = schema.measurement
        return self._all(Measurement, table, table.c.measured_at, table.c.measurement_id)

    def put_measurement(self, measurement: Measurement, *, simulated: bool = False) -> None:
        """Keep a measurement, in place of the one of the same id."""
        name = _rows.plain(measurement.measurement_id)
        values = {
            "measurement_id": name,
            "kind": measurement.kind,
            "measured_at": measurement.measured_at,
            "simulated": simulated,
            "content": _wire.dumps(measurement),
        }
        with self._changing() as connection:
            connection.execute(delete(schema.measurement).where(self._is_measurement(name)))
            self._insert(connection, schema.measurement, [values])

    def take_back_measurement(self, measurement_id: str) -> None:
        """Forget a measurement; nothing happens where there is none of that id."""
        with self._changing() as connection:
            connection.execute(delete(schema.measurement).where(self._is_measurement(_rows.plain(measurement_id))))

    @once
    def clearances(self) -> tuple[Clearance, ...]:
        """Return what ended a stop, oldest first."""
        return self._all_made(Clearance, schema.clearance)

    def add_clearance(self, clearance: Clearance, *, simulated: bool = False) -> None:
        """Keep what ended a stop."""
        self._add(schema.clearance, clearance, made_at=clearance.made_at, simulated=simulated)

    @once
    def said_done(self) -> tuple[SaidDone, ...]:
        """Return the sessions that were said to be done without a recording, oldest first."""
        return self._all(SaidDone, schema.said_done, schema.said_done.c.on_day, schema.said_done.c.workout_id)

    def put_said_done(self, said: SaidDone) -> None:
        """Keep that a session was done, in place of what was said of it before."""
        name = _rows.plain(said.workout_id)
        values = {"workout_id": name, "on_day": said.on, "simulated": said.simulated, "content": _wire.dumps(said)}
        with self._changing() as connection:
            connection.execute(delete(schema.said_done).where(self._is_said_done(name)))
            self._insert(connection, schema.said_done, [values])

    def take_back_said_done(self, workout_id: str) -> None:
        """Forget that a session was said to be done; nothing happens where it was not."""
        with self._changing() as connection:
            connection.execute(delete(schema.said_done).where(self._is_said_done(_rows.plain(workout_id))))

    @once
    def statements(self) -> tuple[Statement, ...]:
        """Return what was said of whole recordings, oldest first, with what was taken back."""
        return self._all(Statement, schema.statement, schema.statement.c.stated_at, schema.statement.c.statement_id)

    def put_statement(self, statement: Statement) -> None:
        """Keep what is said of whole recordings, in place of the statement of the same id."""
        table, name = schema.statement, _rows.plain(statement.statement_id)
        values = {"statement_id": name, "stated_at": statement.stated_at, "content": _wire.dumps(statement)}
        with self._changing() as connection:
            connection.execute(delete(table).where(self._mine(table), table.c.statement_id == name))
            self._insert(connection, table, [values])

    @once
    def plan(self) -> Plan | None:
        """Return the current plan."""
        text = self._newest(schema.plan)
        if text is None:
            return None
        (plan,) = self._at_hand.made(self.athlete_id, "current plan", [text], lambda new: _made(Plan, new))
        return plan

    @once
    def plans(self) -> tuple[Plan, ...]:
        """Return every plan and every revision that was kept, oldest first; the last is the current one."""
        return self._all(Plan, schema.plan, schema.plan.c.version)

    def put_plan(self, plan: Plan, *, simulated: bool = False) -> None:
        """Make this the current plan; older ones are kept."""
        self._add(schema.plan, plan, plan_id=_rows.plain(plan.plan_id), simulated=simulated)

    def _is_measurement(self, measurement_id: str) -> ColumnElement[bool]:
        return self._mine(schema.measurement) & (schema.measurement.c.measurement_id == measurement_id)

    def _is_said_done(self, workout_id: str) -> ColumnElement[bool]:
        return self._mine(schema.said_done) & (schema.said_done.c.workout_id == workout_id)

    def _add(self, table: Table, noun: object, **columns: object) -> None:
        with self._changing() as connection:
            self._insert(connection, table, [{**columns, "content": _wire.dumps(noun)}])

    def _all_made(self, kind: type[T], table: Table, *wanted: ColumnElement[bool]) -> tuple[T, ...]:
        """Return what was made at moments, oldest first."""
        return self._all(kind, table, table.c.made_at, table.c.number, wanted=wanted)

    def _all(
        self,
        kind: type[T],
        table: Table,
        *oldest_first: ColumnElement[Any],
        wanted: tuple[ColumnElement[bool], ...] = (),
    ) -> tuple[T, ...]:
        found = select(table.c.content).where(self._mine(table), *wanted).order_by(*oldest_first)
        with self._reading() as connection:
            texts = connection.scalars(found).all()
        if wanted:
            return tuple(_made(kind, texts))
        return tuple(self._at_hand.made(self.athlete_id, table.name, texts, lambda new: _made(kind, new)))

    def _newest(self, table: Table) -> str | None:
        wanted = select(table.c.content).where(self._mine(table)).order_by(table.c.version.desc()).limit(1)
        with self._reading() as connection:
            text: str | None = connection.scalar(wanted)
            return text


def _made(kind: type[T], texts: Sequence[str]) -> list[T]:
    return [_wire.loads(kind, text) for text in texts]
