"""What is copied out of sessions, so that dense pages open none: loads, words, bests, what each month loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from sqlalchemy import delete, func, select
from sqlalchemy.engine import Connection

from backward_running.core.clock import day_at
from backward_running.core.glance import once
from backward_running.core.load import PARTS, LoadRow
from backward_running.core.load_month import COLUMNS, RECIPE, LoadMonth, first_of, last_of, month_of, months_of
from backward_running.core.ports import ActivityRow
from backward_running.core.session import Session
from backward_running.store import _codec, _rows
from backward_running.store._bound import AT_ONCE
from backward_running.store._derived import SqlDerived
from backward_running.store.schema import activity, best, by_word, clock, load, load_month

#: Of whom, and the first day of the month.
Month = tuple[bool, date]
#: A day on any clock lies within one day of that of UTC.
A_DAY = timedelta(days=1)
_NUMBERS = np.dtype("<f8")


class SqlCopied(SqlDerived):
    """Rows that follow from sessions. They are written with them, in the same transaction."""

    def load_months(self) -> tuple[LoadMonth, ...]:
        """Return what every month loaded, oldest first; a month without an activity is left out.

        Where the months that are kept do not hold every activity, all are summed from the loads of the activities.
        """
        months = self._kept_months()
        return self._summed_months() if months is None else months

    def sum_load_months(self, *, anyway: bool = False) -> bool:
        """Sum the months anew where those kept do not hold every activity, or anyway; say whether it was done."""
        held = select(func.sum(load_month.c.activities)).where(self._mine(load_month), load_month.c.recipe == RECIPE)
        counted = select(func.count()).select_from(activity).where(self._mine(activity))
        with self._reading() as connection:
            there, summed = connection.execute(select(counted.scalar_subquery(), held.scalar_subquery())).one()
        if there == (summed or 0) and not anyway:
            return False
        wanted = select(activity.c.simulated, activity.c.started_at, activity.c.utc_offset_s)
        with self._changing() as connection:
            connection.execute(delete(load_month).where(self._mine(load_month)))
            self._sum(connection, _months(connection.execute(wanted.where(self._mine(activity))).all()))
        return True

    @once
    def _kept_months(self) -> tuple[LoadMonth, ...] | None:
        """Return the months that are kept; None where an activity is missing in them."""
        counted = select(func.count()).select_from(activity).where(self._mine(activity))
        wanted = select(*_OF_MONTH).where(self._mine(load_month), load_month.c.recipe == RECIPE)
        with self._reading() as connection:
            count = connection.execute(counted).scalar_one()
            found = [tuple(row) for row in connection.execute(wanted.order_by(*_OF_MONTH[:2])).all()]
        months = self._at_hand.made(self.athlete_id, "months", found, _made)
        return tuple(months) if sum(month.activities for month in months) == count else None

    @once
    def _summed_months(self) -> tuple[LoadMonth, ...]:
        wanted = select(*_rows.LOADED).join_from(activity, load, isouter=True)
        on_foot = wanted.where(self._mine(activity), activity.c.on_foot.is_(True))
        with self._reading() as connection:
            found = connection.execute(on_foot.order_by(activity.c.started_at, activity.c.activity_id)).all()
        rows = _rows.load_rows_of(found)
        of_each = (months_of([row for row in rows if row.simulated is own], simulated=own) for own in (False, True))
        return tuple(sorted((month for months in of_each for month in months), key=lambda month: month.first))

    def _put_copies(self, connection: Connection, session: Session, row: ActivityRow) -> None:
        """Write what is copied out of a session, in place of what was copied out of the one before."""
        for table in (load, clock, by_word, best):
            connection.execute(delete(table).where(self._of_activity(table, row.activity_id)))
        self._insert_copies(connection, [(session, row)])

    def _insert_copies(self, connection: Connection, understood: Sequence[tuple[Session, ActivityRow]]) -> None:
        """Write what is copied out of sessions of which nothing was copied yet."""
        loads = (_rows.load_values(session) for session, _ in understood)
        self._insert(connection, load, [values for values in loads if values is not None])
        self._insert(connection, clock, [_rows.clock_values(row) for _, row in understood])
        words = (_rows.word_values(row) for _, row in understood)
        self._insert(connection, by_word, [values for values in words if values is not None])
        self._insert(connection, best, [each for parts in understood for each in _rows.best_values(*parts)])

    def _sum_months_of(self, connection: Connection, activity_ids: Sequence[str]) -> None:
        """Sum the months anew in which activities began that are new."""
        self._sum(connection, self._months_of(connection, activity_ids))

    @contextmanager
    def _summing(self, connection: Connection, activity_ids: Sequence[str]) -> Iterator[None]:
        """Sum the months anew in which activities lie, before what is changed within and after it."""
        before = self._months_of(connection, activity_ids)
        yield
        self._sum(connection, before | self._months_of(connection, activity_ids))

    def _months_of(self, connection: Connection, activity_ids: Sequence[str]) -> set[Month]:
        columns = (activity.c.simulated, activity.c.started_at, activity.c.utc_offset_s)
        wanted = select(*columns).where(self._mine(activity))
        found: list[Any] = []
        for first in range(0, len(activity_ids), AT_ONCE):
            some = activity.c.activity_id.in_(activity_ids[first : first + AT_ONCE])
            found += connection.execute(wanted.where(some)).all()
        return _months(found)

    def _sum(self, connection: Connection, months: set[Month]) -> None:
        for simulated, first in sorted(months):
            kept = (load_month.c.simulated.is_(simulated), load_month.c.month == first)
            connection.execute(delete(load_month).where(self._mine(load_month), *kept))
            rows, count = self._rows_of_month(connection, simulated, first)
            if count:
                summed = month_of(first, rows, simulated=simulated, activities=count)
                self._insert(connection, load_month, [_values(summed)])

    def _rows_of_month(self, connection: Connection, simulated: bool, first: date) -> tuple[list[LoadRow], int]:
        """Return what on foot began in a month on its own clock, oldest first, and how many began in all."""
        begins = datetime.combine(first, time(), UTC) - A_DAY
        ends = datetime.combine(last_of(first), time(), UTC) + 2 * A_DAY
        near = (activity.c.started_at >= begins, activity.c.started_at < ends)
        wanted = select(activity.c.on_foot, *_rows.LOADED).join_from(activity, load, isouter=True)
        mine = wanted.where(self._mine(activity), activity.c.simulated.is_(simulated), *near)
        found = connection.execute(mine.order_by(activity.c.started_at, activity.c.activity_id)).all()
        within = [row for row in found if first_of(day_at(row.started_at, row.utc_offset_s)) == first]
        return _rows.load_rows_of([row[1:] for row in within if row.on_foot]), len(within)


_OF_MONTH = tuple(
    load_month.c[name] for name in ("month", "simulated", "activities", "sessions", "uncounted", "first_on", "content")
)


def _months(found: Sequence[Any]) -> set[Month]:
    return {(row.simulated, first_of(day_at(row.started_at, row.utc_offset_s))) for row in found}


def _values(month: LoadMonth) -> dict[str, Any]:
    return {
        "month": month.first,
        "simulated": month.simulated,
        "recipe": RECIPE,
        "activities": month.activities,
        "sessions": month.sessions,
        "uncounted": month.uncounted,
        "first_on": month.first_on,
        "content": _codec.pack(month.cells.astype(_NUMBERS).tobytes()),
    }


def _made(found: Sequence[Any]) -> list[LoadMonth]:
    names = [column.name for column in _OF_MONTH]
    months = [dict(zip(names, columns, strict=True)) for columns in found]
    return [LoadMonth(first=month.pop("month"), cells=_cells(bytes(month.pop("content"))), **month) for month in months]


def _cells(content: bytes) -> Any:
    return np.frombuffer(_codec.unpack(content), dtype=_NUMBERS).reshape(len(PARTS), -1, COLUMNS)
