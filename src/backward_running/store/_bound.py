"""One database as one person sees it. Whoever makes a statement asks here whose rows it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, insert, literal_column, select, update
from sqlalchemy.engine import Connection

from backward_running.core.errors import NotFound
from backward_running.core.glance import Answers, look_again
from backward_running.store._at_hand import AtHand
from backward_running.store.database import Database
from backward_running.store.schema import activity, person

#: How many ids go into one question: databases take only so many parameters.
AT_ONCE = 500


class Bound:
    """A database bound to one person; every statement filters on them, and what is kept is kept as theirs."""

    def __init__(self, database: Database, athlete_id: str, at_hand: AtHand | None = None, *, folder: Path) -> None:
        self._database = database
        self._athlete_id = athlete_id
        self._folder = folder
        self._at_hand = AtHand() if at_hand is None else at_hand

    @property
    def seen_as(self) -> tuple[int, str]:
        """Whose answers are alike, to who only looks: those of one person on one database."""
        return id(self._database), self._athlete_id

    @property
    def athlete_id(self) -> str:
        """Whose memory this is."""
        return self._athlete_id

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._database.reading()

    def answers_now(self) -> Answers | None:
        """Return where answers are kept that hold until something of this person changes; None within a transaction.

        What a transaction sees may still be taken back.
        """
        if self._database.in_transaction:
            return None
        wanted = select(person.c.revision, literal_column(self._database.put_back))
        with self._reading() as connection:
            now = connection.execute(wanted.where(person.c.athlete_id == self._athlete_id)).one()
        return self._at_hand.answers(self._athlete_id, tuple(now))

    def revision(self) -> int:
        """Count the changes so far of anything that is kept of this person."""
        with self._reading() as connection:
            wanted = select(person.c.revision).where(person.c.athlete_id == self._athlete_id)
            return int(connection.execute(wanted).scalar_one())

    @contextmanager
    def _together(self) -> Iterator[Connection]:
        """Lend a transaction in which changes are one; it changes nothing itself."""
        try:
            with self._database.writing() as connection:
                look_again()
                yield connection
        finally:
            look_again()  # what was read within, and did not come to pass, either

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """Lend a transaction that changes something of this person. No other way leads to one.

        The count of the person's changes goes up with it: who worked something out meanwhile sees that it did, and
        what is kept at hand of before holds no more. On a server the row is held until the end, so of two that change
        things of one person the second waits.
        """
        with self._together() as connection:
            self.count_change(connection)
            yield connection

    def count_change(self, connection: Connection) -> None:
        """Count that something of this person changes in a transaction."""
        counted = update(person).where(person.c.athlete_id == self._athlete_id)
        connection.execute(counted.values(revision=person.c.revision + 1))

    def _mine(self, table: Table) -> ColumnElement[bool]:
        """Say of a table: the rows of this person."""
        return table.c.athlete_id == self._athlete_id

    def _insert(self, connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        owned = [{"athlete_id": self._athlete_id, **row} for row in rows]
        if owned:  # an empty list would mean: one row of defaults
            connection.execute(insert(table), owned)

    def _is_activity(self, activity_id: str) -> ColumnElement[bool]:
        return self._mine(activity) & (activity.c.activity_id == activity_id)

    def _of_activity(self, table: Table, activity_id: str) -> ColumnElement[bool]:
        """Say of a table beside the activities: the rows of one of them."""
        return self._mine(table) & (table.c.activity_id == activity_id)

    def _hold(self, connection: Connection, activity_id: str) -> None:
        """Make sure an activity is there, and stays as it is until the transaction ends. Raises NotFound."""
        wanted = select(activity.c.activity_id).where(self._is_activity(activity_id)).with_for_update()
        if connection.scalar(wanted) is None:
            raise no_activity(activity_id)

    def _in_parts(self, connection: Connection, wanted: Select[Any], activity_ids: Sequence[str]) -> Iterator[Row[Any]]:
        """Ask something of many activities, some at a time."""
        mine = wanted.where(self._mine(activity))
        for first in range(0, len(activity_ids), AT_ONCE):
            some = activity_ids[first : first + AT_ONCE]
            yield from connection.execute(mine.where(activity.c.activity_id.in_(some)))


def no_activity(activity_id: str) -> NotFound:
    """Say that an activity is not there. Whether somebody else has it, it does not say."""
    return NotFound(f"No activity is kept under {activity_id!r}; the list of runs shows what is there.")
