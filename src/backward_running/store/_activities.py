"""The list of activities: what is shown, counted and summed without opening one; renaming and deleting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, delete, func, or_, select, union_all, update

from backward_running.core.derivation import Lesson
from backward_running.core.direction import Direction
from backward_running.core.glance import once
from backward_running.core.load import Hearts, LoadRow
from backward_running.core.ports import ActivityQuery, ActivityRow, BestRun, Counts, PeriodLedger
from backward_running.core.session import BEST_LENGTHS_M, BEST_WAYS, BestEffort
from backward_running.store import _rows, _wire
from backward_running.store._bound import no_activity
from backward_running.store._trash import SqlTrash
from backward_running.store.schema import (
    activity,
    athlete,
    best,
    by_word,
    check_in,
    clearance,
    clock,
    file,
    import_log,
    load,
    load_month,
    measurement,
    plan,
    said_done,
    trash,
)

_SUMMED = tuple(f"{way}_{unit}" for unit in ("s", "m") for way in ("forward", "backward", "unknown"))
_SAID = ("said_forward_s", "said_backward_s")
_of_same = and_(by_word.c.athlete_id == activity.c.athlete_id, by_word.c.activity_id == activity.c.activity_id)
_BESIDE = activity.outerjoin(clock).outerjoin(by_word, _of_same)
_NEWEST_FIRST = (activity.c.started_at.desc(), activity.c.activity_id)


#: Of so many rows that are asked for whatever the day, those that did not change are not made anew after a change.
MANY = 500


def _is_of_always(query: ActivityQuery) -> bool:
    """Whether a list is the same question tomorrow: those of days and words would be held once and not asked again."""
    return query.text is None and query.since is None and query.until is None and query.offset == 0


class SqlActivities(SqlTrash):
    """What there is."""

    @once
    def counts(self) -> Counts:
        """Count what is held."""
        mine = select(func.count()).select_from(activity).where(self._mine(activity))
        simulated = mine.where(activity.c.simulated.is_(True))
        files = select(func.count(activity.c.file_key.distinct())).where(self._mine(activity))
        # Each from an index, and never from rows.
        each = [counted.scalar_subquery() for counted in (mine, simulated, files)]
        with self._reading() as connection:
            return Counts(*connection.execute(select(*each)).one())

    @once
    def activities(self, query: ActivityQuery = ActivityQuery()) -> list[ActivityRow]:  # noqa: B008 -- frozen
        """List activities, newest first."""
        wanted = self._listed().where(*_rows.conditions(query)).order_by(*_NEWEST_FIRST)
        with self._reading() as connection:
            found = connection.execute(_rows.paged(wanted, query)).all()
        if len(found) < MANY or not _is_of_always(query):
            return _rows.rows_of(found)
        return self._at_hand.made(self.athlete_id, f"rows {query}", [tuple(row) for row in found], _rows.rows_of)

    @once
    def count_activities(self, query: ActivityQuery = ActivityQuery()) -> int:  # noqa: B008 -- frozen
        """Count what :meth:`activities` would list without its limit."""
        is_by_day = query.since is not None or query.until is not None  # else the clocks need not be looked at
        counted = select(func.count()).select_from(activity.outerjoin(clock) if is_by_day else activity)
        wanted = counted.where(self._mine(activity), *_rows.conditions(query))
        with self._reading() as connection:
            return connection.execute(wanted).scalar_one()

    @once
    def count_said(self, unknown_from_s: float) -> tuple[int, int]:
        """Count the real activities on foot that stand on their runner's word: forward, and backward."""
        is_backward = by_word.c.said_backward_s > by_word.c.said_forward_s
        of_real = (self._mine(activity), activity.c.on_foot.is_(True), activity.c.simulated.is_(False))
        is_said = (activity.c.unknown_s < unknown_from_s, by_word.c.said_forward_s + by_word.c.said_backward_s > 0)
        counted = select(func.count(), func.sum(case((is_backward, 1), else_=0))).join_from(activity, by_word, _of_same)
        with self._reading() as connection:
            said, backward = connection.execute(counted.where(*of_real, *is_said)).one()
        return said - (backward or 0), backward or 0

    @once
    def sums(self, query: ActivityQuery = ActivityQuery()) -> PeriodLedger:  # noqa: B008 -- frozen
        """Sum what of :meth:`activities` was on foot, without its limit."""
        is_by_day = query.since is not None or query.until is not None
        each = [func.sum(activity.c[name]) for name in _SUMMED]
        each += [func.sum(by_word.c[name]) for name in _SAID]
        of_all = activity.outerjoin(by_word, _of_same)
        summed = select(func.count(), *each).select_from(of_all.outerjoin(clock) if is_by_day else of_all)
        on_foot = (self._mine(activity), activity.c.on_foot.is_(True))
        with self._reading() as connection:
            count, *sums = connection.execute(summed.where(*on_foot, *_rows.conditions(query))).one()
        forward_s, backward_s, unknown_s, forward_m, backward_m, unknown_m, said_forward_s, said_backward_s = sums
        return PeriodLedger(
            count,
            forward_s or 0.0,
            backward_s or 0.0,
            unknown_s or 0.0,
            forward_m,
            backward_m,
            unknown_m,
            said_forward_s or 0.0,
            said_backward_s or 0.0,
        )

    @once
    def days_on_foot(self, since: date, until: date) -> Mapping[date, float]:
        """Return the days on which something on foot began, both ends included, with their backward seconds."""
        summed = select(clock.c.local_day, func.sum(activity.c.backward_s)).join_from(clock, activity)
        of_days = (clock.c.local_day >= since, clock.c.local_day <= until, activity.c.on_foot.is_(True))
        with self._reading() as connection:
            found = connection.execute(summed.where(self._mine(clock), *of_days).group_by(clock.c.local_day)).all()
        return {day: float(backward_s) for day, backward_s in found}

    @once
    def bests(self, *, simulated: bool, without: tuple[str, ...] = ()) -> tuple[BestRun, ...]:
        """Return the best of each kind over all activities but some; of two alike the earlier one."""
        kinds = [
            _rows.best_kind(direction, length_m) for direction in BEST_WAYS for length_m in (None, *BEST_LENGTHS_M)
        ]
        mine = (self._mine(best), best.c.simulated.is_(simulated), best.c.activity_id.not_in(without))
        firsts = [
            select(best.c.activity_id, best.c.content)
            .where(*mine, best.c.kind == kind)
            .order_by(best.c.behind, best.c.started_at, best.c.activity_id)
            .limit(1)
            .subquery()
            for kind in kinds
        ]
        each = union_all(*(select(first_of_kind) for first_of_kind in firsts)).subquery()
        of_run = (activity.c.activity_id, activity.c.title, activity.c.started_at, activity.c.utc_offset_s)
        wanted = select(each.c.content, *of_run).join_from(each, activity, each.c.activity_id == activity.c.activity_id)
        with self._reading() as connection:
            found = connection.execute(wanted.where(self._mine(activity))).all()
        return tuple(BestRun(_wire.loads(BestEffort, content), *of_run) for content, *of_run in found)

    @once
    def longest_stretches(self, direction: Direction, *, simulated: bool) -> tuple[BestRun, ...]:
        """Return the longest stretch of a direction of every activity that has one, the earliest first."""
        of_run = (activity.c.activity_id, activity.c.title, activity.c.started_at, activity.c.utc_offset_s)
        wanted = select(best.c.content, *of_run).join_from(best, activity, best.c.activity_id == activity.c.activity_id)
        kind = (best.c.kind == _rows.best_kind(direction, None), best.c.simulated.is_(simulated))
        with self._reading() as connection:
            found = connection.execute(
                wanted.where(self._mine(best), self._mine(activity), *kind).order_by(*_NEWEST_FIRST)
            ).all()
        return tuple(BestRun(_wire.loads(BestEffort, content), *of_run) for content, *of_run in reversed(found))

    @once
    def load_rows(self, since: datetime | None = None, until: datetime | None = None) -> list[LoadRow]:
        """Return what every activity on foot loaded, oldest first; of those that began between two moments."""
        of_both = select(*_rows.LOADED).join_from(activity, load, isouter=True)
        wanted = of_both.where(self._mine(activity), activity.c.on_foot.is_(True))
        if since is not None:
            wanted = wanted.where(activity.c.started_at >= since)
        if until is not None:
            wanted = wanted.where(activity.c.started_at <= until)
        with self._reading() as connection:
            found = connection.execute(wanted.order_by(activity.c.started_at, activity.c.activity_id)).all()
        if since is not None or until is not None:
            return _rows.load_rows_of(found)
        return self._at_hand.made(self.athlete_id, "loads", [tuple(row) for row in found], _rows.load_rows_of)

    @once
    def hearts(self, since: datetime) -> list[Hearts]:
        """Return how the heart beat in the activities on foot since a moment, where that was counted."""
        counted = (self._mine(activity), activity.c.on_foot.is_(True), load.c.hearts.is_not(None))
        of_hearts = select(load.c.hearts).join_from(activity, load)
        wanted = of_hearts.where(*counted, activity.c.started_at >= since).order_by(*_NEWEST_FIRST)
        with self._reading() as connection:
            return [_wire.loads(Hearts, text) for text in connection.scalars(wanted)]

    @once
    def row(self, activity_id: str) -> ActivityRow:
        """Return one row. Raises NotFound."""
        with self._reading() as connection:
            found = connection.execute(self._listed().where(self._is_activity(activity_id))).mappings().first()
        if found is None:
            raise no_activity(activity_id)
        return _rows.row_of(found)

    @once
    def neighbours(self, activity_id: str) -> tuple[str | None, str | None]:
        """Return the ids of the activities below and above in the list, newest first; None at its ends."""
        when, name = activity.c.started_at, activity.c.activity_id
        with self._reading() as connection:
            at = connection.scalar(select(when).where(self._is_activity(activity_id)))
            if at is None:
                raise no_activity(activity_id)
            other = select(name).where(self._mine(activity)).limit(1)
            earlier = or_(when < at, and_(when == at, name > activity_id))
            later = or_(when > at, and_(when == at, name < activity_id))
            before = connection.scalar(other.where(earlier).order_by(*_NEWEST_FIRST))
            after = connection.scalar(other.where(later).order_by(when, name.desc()))
        return before, after

    def rename(self, activity_id: str, title: str) -> None:
        """Change the title. Raises NotFound."""
        wanted = select(activity.c.file_name, activity.c.sport).where(self._is_activity(activity_id))
        with self._changing() as connection:
            found = connection.execute(wanted.with_for_update()).first()
            if found is None:
                raise no_activity(activity_id)
            search = _rows.searched(title, found.file_name, found.sport)
            values = {"title": _rows.plain(title), "search": search}
            connection.execute(update(activity).where(self._is_activity(activity_id)).values(values))

    def delete_activity(self, activity_id: str) -> None:
        """Forget an activity, its paint and, with the last activity of it, its file. Raises NotFound."""
        wanted = select(file.c.key).join(activity).where(self._is_activity(activity_id))
        gone = delete(activity).where(self._is_activity(activity_id))
        with self._changing() as connection:
            key = connection.scalar(wanted.with_for_update(of=file))  # of two that delete the last two, one waits
            if key is None:
                raise no_activity(activity_id)
            self._put_lesson(connection, activity_id, Lesson())  # what it taught goes, also out of the prices of others
            with self._summing(connection, [activity_id]):
                connection.execute(gone)
            self._delete_files_without_activities(connection, {key} | self._forget_bare_edits(connection))

    def delete_simulated(self) -> int:
        """Forget the demo runner: every simulated activity, check-in, plan and athlete. Return how many activities.

        The lines of the import log that tell of files which are now gone go too.
        """
        simulated = delete(activity).where(self._mine(activity), activity.c.simulated.is_(True))
        trashed = delete(trash).where(self._mine(trash), trash.c.simulated.is_(True))
        with self._changing() as connection:
            gone = connection.execute(simulated.returning(activity.c.file_key)).all()
            aside = connection.execute(trashed.returning(trash.c.file_key)).all()
            keys = {row.file_key for row in (*gone, *aside)} | self._forget_bare_edits(connection)
            deleted = self._delete_files_without_activities(connection, keys)
            for table in (check_in, measurement, clearance, said_done, plan, athlete, load_month):
                connection.execute(delete(table).where(self._mine(table), table.c.simulated.is_(True)))
            for key in deleted:
                connection.execute(delete(import_log).where(self._mine(import_log), import_log.c.file_key == key))
        return len(gone)

    def _listed(self) -> Select[Any]:
        """Select what the list reads of each activity."""
        return (
            select(*_rows.LISTED)
            .select_from(activity.outerjoin(clock).outerjoin(by_word, _of_same))
            .where(self._mine(activity))
        )
