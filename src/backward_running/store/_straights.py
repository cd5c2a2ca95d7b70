"""The straights of runs, found once in each recording; they follow from its positions and a recipe alone."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from sqlalchemy import ColumnElement, and_, delete, func, select

from backward_running.core.arrays import FloatArray
from backward_running.core.own_ground import COLUMNS, RECIPE, RunStraights
from backward_running.store import _codec
from backward_running.store._bound import AT_ONCE, Bound
from backward_running.store.schema import activity, straight

_NUMBERS = "<f8"
_OF_SAME = and_(
    straight.c.athlete_id == activity.c.athlete_id,
    straight.c.activity_id == activity.c.activity_id,
    straight.c.recipe == RECIPE,
)
#: What somebody ran: only that teaches where they run.
_REAL = (activity.c.on_foot.is_(True), activity.c.simulated.is_(False))


class SqlStraights(Bound):
    """What was found in recordings, and which were not looked through yet."""

    def straights(self) -> tuple[RunStraights, ...]:
        """Return the straights of every real run on foot that was looked through, oldest first."""
        of_run = (activity.c.activity_id, activity.c.started_at, activity.c.utc_offset_s, straight.c.content)
        wanted = select(*of_run).join_from(activity, straight, _OF_SAME).where(self._mine(activity), *_REAL)
        with self._reading() as connection:
            found = connection.execute(wanted.order_by(activity.c.started_at, activity.c.activity_id)).all()
        return tuple(RunStraights(row[0], row[1], row[2], _cells(bytes(row[3]))) for row in found)

    def without_straights(self, *, most: int) -> tuple[str, ...]:
        """Return real runs on foot that were not looked through, newest first."""
        wanted = select(activity.c.activity_id).where(*self._not_looked_through())
        order = (activity.c.started_at.desc(), activity.c.activity_id)
        with self._reading() as connection:
            return tuple(connection.scalars(wanted.order_by(*order).limit(most)))

    def count_without_straights(self) -> int:
        """Count the real runs on foot that were not looked through."""
        with self._reading() as connection:
            counted = select(func.count()).select_from(activity).where(*self._not_looked_through())
            return connection.execute(counted).scalar_one()

    def put_straights(self, found: Mapping[str, FloatArray]) -> None:
        """Keep what was found in runs, by their ids; of runs that are gone meanwhile nothing is kept."""
        with self._together() as connection:  # it follows from what is there: nothing that was read before is stale
            for first in range(0, len(found), AT_ONCE):
                some = tuple(found)[first : first + AT_ONCE]
                held = select(activity.c.activity_id).where(self._mine(activity), activity.c.activity_id.in_(some))
                there = sorted(connection.scalars(held.with_for_update()))
                kept = self._mine(straight), straight.c.activity_id.in_(there)
                connection.execute(delete(straight).where(*kept))
                rows = [{"activity_id": name, "recipe": RECIPE, "content": _packed(found[name])} for name in there]
                self._insert(connection, straight, rows)

    def _not_looked_through(self) -> tuple[ColumnElement[bool], ...]:
        looked = select(straight.c.activity_id).where(_OF_SAME).exists()
        return (self._mine(activity), *_REAL, ~looked)


def _packed(cells: FloatArray) -> bytes:
    return _codec.pack(np.ascontiguousarray(cells, dtype=_NUMBERS).tobytes())


def _cells(content: bytes) -> FloatArray:
    return np.frombuffer(_codec.unpack(content), dtype=_NUMBERS).reshape(-1, len(COLUMNS))
