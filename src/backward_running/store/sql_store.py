"""The memory, in SQL that SQLite and PostgreSQL both speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Select, Table, and_, delete, func, insert, or_, select, update

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clearance import Clearance
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.habits import Habits
from backward_running.core.load import Hearts, LoadRow
from backward_running.core.plan import Plan
from backward_running.core.ports import ActivityQuery, ActivityRow, Counts, ImportEntry
from backward_running.core.recording import Recording
from backward_running.core.session import Paint, Session
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.store import _codec, _rows, _statements, _wire
from backward_running.store._machine import machine_zone
from backward_running.store._statements import is_activity
from backward_running.store.database import Database
from backward_running.store.schema import (
    activity,
    athlete,
    check_in,
    clearance,
    clock,
    file,
    import_log,
    load,
    paint,
    plan,
    said_done,
    setting,
    stream,
)

_NEWEST_FIRST = (activity.c.started_at.desc(), activity.c.activity_id)

#: The setting under which habits are kept. They are small and always read whole.
_HABITS = "habits"

#: How many recordings are kept at hand (a run and its neighbours), and without their streams (the sessions of months).
RECENT, HEADS = 3, 500

T = TypeVar("T")
Understood = tuple[Recording, Session, ActivityRow]


class SqlStore:
    """A :class:`backward_running.core.ports.Store` on a database. May be used from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keeping = Lock()
        self._recent: dict[str, tuple[str, Recording]] = {}
        self._heads: dict[str, Recording] = {}  # what is read of them never changes: their id is the hash of their file

    def counts(self) -> Counts:
        """Count what is held."""
        simulated = select(func.count()).select_from(activity).where(activity.c.simulated.is_(True)).scalar_subquery()
        activities = select(func.count()).select_from(activity).scalar_subquery()
        files = select(func.count(activity.c.file_key.distinct())).scalar_subquery()
        with self._database.reading() as connection:
            return Counts(*connection.execute(select(activities, simulated, files)).one())

    # Files

    def has_file(self, key: str) -> bool:
        """Whether an activity came from a file of these bytes."""
        with self._database.reading() as connection:
            return _statements.has_file(connection, key)

    def activity_ids_of(self, key: str) -> tuple[str, ...]:
        """Return the activities that came from a file."""
        with self._database.reading() as connection:
            return _statements.activity_ids_of(connection, key)

    def add_file(self, key: str, name: str, data: bytes, activities: Sequence[Understood], entry: ImportEntry) -> None:
        """Keep a file, what was read from it, what was understood and the log line, in one transaction.

        Where the same bytes came in meanwhile (two windows, one folder), only the log line is kept, saying "same".
        """
        content = {"key": key, "name": _rows.plain(name), "size": len(data), "imported_at": entry.at}
        content["content"] = _codec.pack(data)
        rows = [_statements.activity_values(key, *one) for one in activities]
        streams = [
            _rows.stream_values(recording.activity_id, ordinal, one)
            for recording, _, _ in activities
            for ordinal, one in enumerate(recording.streams)
        ]
        with self._database.writing(key) as connection:
            if _statements.has_file(connection, key):
                entry = _rows.same_entry(entry, _statements.activity_ids_of(connection, key))
            else:
                connection.execute(delete(file).where(file.c.key == key))  # it may have waited
                connection.execute(insert(file), content)
                _statements.insert_all(connection, activity, rows)
                _statements.insert_all(connection, clock, [_rows.clock_values(row) for _, _, row in activities])
                _statements.insert_all(
                    connection, load, [one for _, session, _ in activities if (one := _rows.load_values(session))]
                )
                _statements.insert_all(connection, stream, streams)
            connection.execute(insert(import_log), _rows.entry_values(entry))

    def keep_waiting(self, key: str, name: str, data: bytes, at: datetime, *, most: int) -> None:
        """Keep a file of which nothing could be read yet; of all that wait, the newest `most` stay."""
        content = {"key": key, "name": _rows.plain(name), "size": len(data), "imported_at": at}
        content["content"] = _codec.pack(data)
        waits = ~select(activity.c.activity_id).where(activity.c.file_key == file.c.key).exists()
        with self._database.writing(key) as connection:
            if _statements.has_file(connection, key):
                return
            connection.execute(delete(file).where(file.c.key == key))
            connection.execute(insert(file), content)
            newest = select(file.c.key).where(waits).order_by(file.c.imported_at.desc(), file.c.key).limit(most)
            kept = list(connection.scalars(newest))
            connection.execute(delete(file).where(waits).where(file.c.key.not_in([key, *kept])))

    def original(self, key: str) -> tuple[str, bytes]:
        """Return name and bytes of an imported file, or of one that waits, as they came. Raises NotFound."""
        with self._database.reading() as connection:
            found = connection.execute(select(file.c.name, file.c.content).where(file.c.key == key)).first()
        if found is None:
            raise NotFound(f"No file is kept under {key!r}; the list of runs shows what is there.")
        return found.name, _codec.unpack(bytes(found.content))

    # Activities

    def activities(self, query: ActivityQuery = ActivityQuery()) -> list[ActivityRow]:  # noqa: B008 -- frozen
        """List activities, newest first."""
        wanted = _statements.listed().where(*_rows.conditions(query)).order_by(*_NEWEST_FIRST)
        with self._database.reading() as connection:
            return [_rows.row_of(one) for one in connection.execute(_rows.paged(wanted, query)).mappings()]

    def count_activities(self, query: ActivityQuery = ActivityQuery()) -> int:  # noqa: B008 -- frozen
        """Count what :meth:`activities` would list without its limit."""
        of_both = activity.outerjoin(clock)
        wanted = select(func.count()).select_from(of_both).where(*_rows.conditions(query))
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar_one()

    def load_rows(self, since: datetime | None = None, until: datetime | None = None) -> list[LoadRow]:
        """Return what every activity on foot loaded, oldest first; of those that began between two moments."""
        wanted = select(*_rows.LOADED).join_from(activity, load, isouter=True).where(activity.c.on_foot.is_(True))
        if since is not None:
            wanted = wanted.where(activity.c.started_at >= since)
        if until is not None:
            wanted = wanted.where(activity.c.started_at <= until)
        with self._database.reading() as connection:
            oldest_first = wanted.order_by(activity.c.started_at, activity.c.activity_id)
            return _rows.load_rows_of(connection.execute(oldest_first).all())

    def hearts(self, since: datetime) -> list[Hearts]:
        """Return how the heart beat in the activities on foot since a moment, where that was counted."""
        counted = load.c.hearts.is_not(None)
        of_hearts = select(load.c.hearts).join_from(activity, load)
        wanted = of_hearts.where(activity.c.on_foot.is_(True), activity.c.started_at >= since, counted)
        with self._database.reading() as connection:
            return [_wire.loads(Hearts, text) for text in connection.scalars(wanted.order_by(*_NEWEST_FIRST))]

    def row(self, activity_id: str) -> ActivityRow:
        """Return one row. Raises NotFound."""
        with self._database.reading() as connection:
            found = connection.execute(_statements.listed().where(is_activity(activity_id))).mappings().first()
        if found is None:
            raise _statements.no_activity(activity_id)
        return _rows.row_of(found)

    def neighbours(self, activity_id: str) -> tuple[str | None, str | None]:
        """Return the ids of the activities below and above in the list, newest first; None at its ends."""
        when, name = activity.c.started_at, activity.c.activity_id
        with self._database.reading() as connection:
            at = connection.scalar(select(when).where(is_activity(activity_id)))
            if at is None:
                raise _statements.no_activity(activity_id)
            earlier = or_(when < at, and_(when == at, name > activity_id))
            later = or_(when > at, and_(when == at, name < activity_id))
            before = connection.scalar(select(name).where(earlier).order_by(*_NEWEST_FIRST).limit(1))
            after = connection.scalar(select(name).where(later).order_by(when, name.desc()).limit(1))
        return before, after

    def recording(self, activity_id: str) -> Recording:
        """Return the recording with its streams, worn as the runner told. Raises NotFound.

        A page asks for the same recording several times within a second, and recordings hardly change: the newest few
        are kept at hand. Whether it is still there, and what was told of it, is asked every time.
        """
        with self._database.reading() as connection:
            text = connection.scalar(select(activity.c.recording).where(is_activity(activity_id)))
            if text is None:
                raise _statements.no_activity(activity_id)
            kept = self._recent.get(activity_id)
            if kept is not None and kept[0] == text:
                return kept[1]
            wanted = select(stream).where(stream.c.activity_id == activity_id).order_by(stream.c.ordinal)
            found = connection.execute(wanted).mappings().all()
        recording = _wire.loads(Recording, text, streams=tuple(_rows.stream_of(one) for one in found)).worn_as_told()
        with self._keeping:
            self._recent = dict([*self._recent.items(), (activity_id, (text, recording))][-RECENT:])
        return recording

    def put_told(self, activity_id: str, told: SuppliedMetadata | None) -> None:
        """Keep what the runner tells of a recording, in place of what they told before. Raises NotFound."""
        with self._database.writing() as connection:
            wanted = select(activity.c.recording).where(is_activity(activity_id)).with_for_update()
            text = connection.scalar(wanted)
            if text is None:
                raise _statements.no_activity(activity_id)
            head = replace(_wire.loads(Recording, text, streams=()), told=told)
            values = {"recording": _rows.recording_text(head)}
            connection.execute(update(activity).where(is_activity(activity_id)).values(values))
        with self._keeping:
            self._heads.pop(activity_id, None)

    def recording_heads(self, activity_ids: Sequence[str]) -> tuple[Recording, ...]:
        """Return recordings without their streams (laps, steps, titles), as asked; unknown ids are left out."""
        with self._database.reading() as connection:
            there = set(_statements.in_parts(connection, select(activity.c.activity_id), activity_ids))
            kept = {one: head for one, head in list(self._heads.items()) if one in there}
            new = [one for one in activity_ids if one in there and one not in kept]
            texts = list(_statements.in_parts(connection, select(activity.c.recording), new))
        read = [_wire.loads(Recording, text, streams=()) for text in texts]
        kept |= {head.activity_id: head for head in read}
        with self._keeping:
            self._heads = dict([*self._heads.items(), *((head.activity_id, head) for head in read)][-HEADS:])
        return tuple(kept[one] for one in activity_ids if one in kept)

    def session(self, activity_id: str) -> Session:
        """Return what was understood. Raises NotFound."""
        with self._database.reading() as connection:
            text = connection.scalar(select(activity.c.session).where(is_activity(activity_id)))
        if text is None:
            raise _statements.no_activity(activity_id)
        return _wire.loads(Session, text)

    def put_session(self, session: Session, row: ActivityRow) -> None:
        """Replace what was understood. Raises NotFound."""
        if session.activity_id != row.activity_id:
            raise BadValue("row.activity_id", f"be that of the session ({session.activity_id})", row.activity_id)
        values, loads = _rows.understood_values(session, row), _rows.load_values(session)
        with self._database.writing() as connection:
            if not connection.execute(update(activity).where(is_activity(row.activity_id)).values(values)).rowcount:
                raise _statements.no_activity(row.activity_id)
            connection.execute(delete(load).where(load.c.activity_id == row.activity_id))
            _statements.insert_all(connection, load, [loads] if loads else [])
            connection.execute(delete(clock).where(clock.c.activity_id == row.activity_id))
            connection.execute(insert(clock), _rows.clock_values(row))

    def rename(self, activity_id: str, title: str) -> None:
        """Change the title. Raises NotFound."""
        with self._database.writing() as connection:
            wanted = select(activity.c.file_name, activity.c.sport).where(is_activity(activity_id)).with_for_update()
            found = connection.execute(wanted).first()
            if found is None:
                raise _statements.no_activity(activity_id)
            search = _rows.searched(title, found.file_name, found.sport)
            values = {"title": _rows.plain(title), "search": search}
            connection.execute(update(activity).where(is_activity(activity_id)).values(values))

    def delete_activity(self, activity_id: str) -> None:
        """Forget an activity, its paint and, with the last activity of it, its file. Raises NotFound."""
        with self._database.writing() as connection:
            wanted = select(file.c.key).join(activity).where(is_activity(activity_id))
            key = connection.scalar(wanted.with_for_update(of=file))  # of two that delete the last two, one waits
            if key is None or not connection.execute(delete(activity).where(is_activity(activity_id))).rowcount:
                raise _statements.no_activity(activity_id)
            _statements.delete_files_of(connection, {key})

    def delete_simulated(self) -> int:
        """Forget the demo runner: every simulated activity, check-in, plan and athlete. Return how many activities.

        The lines of the import log that tell of files which are now gone go too.
        """
        with self._database.writing() as connection:
            wanted = delete(activity).where(activity.c.simulated.is_(True)).returning(activity.c.file_key)
            gone = connection.execute(wanted).all()
            deleted = _statements.delete_files_of(connection, {one.file_key for one in gone})
            for table in (check_in, clearance, said_done, plan, athlete):
                connection.execute(delete(table).where(table.c.simulated.is_(True)))
            for key in deleted:
                connection.execute(delete(import_log).where(import_log.c.file_key == key))
        return len(gone)

    # Paint

    def paints(self, activity_id: str) -> tuple[Paint, ...]:
        """Return the runner's paint, oldest first."""
        wanted = select(paint.c.content).where(paint.c.activity_id == activity_id).order_by(paint.c.stroke)
        with self._database.reading() as connection:
            return tuple(_wire.loads(Paint, text) for text in connection.scalars(wanted))

    def add_paint(self, activity_id: str, paint: Paint) -> None:
        """Add a stroke. Raises NotFound."""
        with self._database.writing() as connection:
            _statements.hold(connection, activity_id)
            _statements.insert_stroke(connection, activity_id, paint)

    def undo_paint(self, activity_id: str) -> Paint | None:
        """Take the newest stroke back and return it; None where there is none."""
        newest = select(paint).where(paint.c.activity_id == activity_id).order_by(paint.c.stroke.desc()).limit(1)
        with self._database.writing() as connection:
            _statements.hold(connection, activity_id)
            found = connection.execute(newest).first()
            if found is None:
                return None
            connection.execute(delete(paint).where(paint.c.stroke == found.stroke))
        return _wire.loads(Paint, found.content)

    # Who runs, how they feel, what they plan

    def athlete(self) -> Athlete:
        """Return who runs; an Athlete of Nones where nothing is known."""
        text = self._newest(athlete)
        return Athlete() if text is None else _wire.loads(Athlete, text)

    def put_athlete(self, athlete: Athlete) -> None:
        """Replace who runs. The demo runner only steps in front of the real one, and goes again with the demo."""
        with self._database.writing("athlete") as connection:
            _statements.replace_athlete(connection, athlete)

    def check_ins(self, since: datetime | None = None) -> tuple[CheckIn, ...]:
        """Return check-ins, oldest first."""
        wanted = select(check_in.c.content).order_by(check_in.c.made_at, check_in.c.number)
        if since is not None:
            wanted = wanted.where(check_in.c.made_at >= since)
        return self._all(CheckIn, wanted)

    def add_check_in(self, check_in: CheckIn, *, simulated: bool = False) -> None:
        """Keep a check-in."""
        with self._database.writing() as connection:
            _statements.insert_check_in(connection, check_in, simulated)

    def clearances(self) -> tuple[Clearance, ...]:
        """Return what ended a stop, oldest first."""
        return self._all(Clearance, select(clearance.c.content).order_by(clearance.c.made_at, clearance.c.number))

    def add_clearance(self, clearance: Clearance, *, simulated: bool = False) -> None:
        """Keep what ended a stop."""
        with self._database.writing() as connection:
            _statements.insert_clearance(connection, clearance, simulated)

    def said_done(self) -> tuple[SaidDone, ...]:
        """Return the sessions that were said to be done without a recording, oldest first."""
        return self._all(SaidDone, select(said_done.c.content).order_by(said_done.c.on_day, said_done.c.workout_id))

    def put_said_done(self, said: SaidDone) -> None:
        """Keep that a session was done, in place of what was said of it before."""
        with self._database.writing(said.workout_id) as connection:
            _statements.replace_said_done(connection, said)

    def take_back_said_done(self, workout_id: str) -> None:
        """Forget that a session was said to be done; nothing happens where it was not."""
        with self._database.writing() as connection:
            connection.execute(delete(said_done).where(said_done.c.workout_id == _rows.plain(workout_id)))

    def plan(self) -> Plan | None:
        """Return the current plan."""
        text = self._newest(plan)
        return None if text is None else _wire.loads(Plan, text)

    def plans(self) -> tuple[Plan, ...]:
        """Return every plan and every revision that was kept, oldest first; the last is the current one."""
        return self._all(Plan, select(plan.c.content).order_by(plan.c.version))

    def put_plan(self, plan: Plan, *, simulated: bool = False) -> None:
        """Make this the current plan; older ones are kept."""
        with self._database.writing() as connection:
            _statements.insert_plan(connection, plan, simulated)

    def _all(self, kind: type[T], wanted: Select[Any]) -> tuple[T, ...]:
        with self._database.reading() as connection:
            return tuple(_wire.loads(kind, text) for text in connection.scalars(wanted))

    def _newest(self, table: Table) -> str | None:
        with self._database.reading() as connection:
            text: str | None = connection.scalar(select(table.c.content).order_by(table.c.version.desc()).limit(1))
            return text

    # Settings and the import log

    def setting(self, name: str) -> str | None:
        """Return a setting; None where it was never set."""
        with self._database.reading() as connection:
            value: str | None = connection.scalar(select(setting.c.value).where(setting.c.name == _rows.plain(name)))
            return value

    def put_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self._database.writing("setting") as connection:
            _statements.put_setting(connection, _rows.plain(name), _rows.plain(value))

    def habits(self) -> Habits:
        """Return what was learned of how the runner moves; Habits of nothing at first."""
        text = self.setting(_HABITS)
        return Habits() if text is None else _wire.loads(Habits, text)

    def put_habits(self, habits: Habits) -> None:
        """Keep what was learned."""
        self.put_setting(_HABITS, _wire.dumps(habits))

    def log_import(self, entry: ImportEntry) -> None:
        """Keep a line of the import log that came with no new file."""
        with self._database.writing() as connection:
            connection.execute(insert(import_log), _rows.entry_values(entry))

    def import_log(self, limit: int = 200) -> list[ImportEntry]:
        """Return the import log, newest first."""
        wanted = select(import_log).order_by(import_log.c.at.desc(), import_log.c.line.desc()).limit(max(limit, 0))
        with self._database.reading() as connection:
            return [_rows.entry_of(one) for one in connection.execute(wanted).mappings()]

    def machine_zone(self) -> str:
        """Return the IANA name of the time zone of the machine this runs on."""
        return machine_zone()

    def close(self) -> None:
        """Let go."""
        self._database.close()
