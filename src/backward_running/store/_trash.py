"""Runs that were deleted or edited: all their rows lie packed in one, out of every list, and come back whole."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, LargeBinary, Table, delete, select
from sqlalchemy.engine import Connection

from backward_running.core.derivation import Derivation, Lesson
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.glance import once
from backward_running.core.keepsakes import RecordingEdit, Trashed
from backward_running.core.ports import ActivityRow
from backward_running.core.recording import Recording
from backward_running.core.session import Session
from backward_running.store import _codec, _rows, _wire
from backward_running.store._bound import AT_ONCE, no_activity
from backward_running.store._files import SqlFiles, activity_values
from backward_running.store._utc_moment import UtcMoment
from backward_running.store.schema import activity, edit, file, metadata, stream, trash

#: By which hand a run lies here that was simply deleted.
DELETED = ""


def _tables() -> list[Table]:
    """Return the table of activities and those whose rows go with one, parents first."""
    return [
        table
        for table in metadata.sorted_tables
        if table is activity or any(key.referred_table is activity for key in table.foreign_key_constraints)
    ]


class SqlTrash(SqlFiles):
    """What was taken out, and how it comes back."""

    def trash_activity(self, activity_id: str, at: datetime) -> None:
        """Put an activity into the trash with all that goes with it. Raises NotFound."""
        with self._changing() as connection:
            self._set_aside(connection, activity_id, DELETED, at)

    @once
    def trash(self) -> tuple[Trashed, ...]:
        """Return what was deleted and can be restored, newest first."""
        columns = (trash.c[name] for name in ("activity_id", "title", "started_at", "deleted_at", "file_key"))
        wanted = select(*columns).where(self._mine(trash), trash.c.edit_id == DELETED)
        with self._reading() as connection:
            found = connection.execute(wanted.order_by(trash.c.deleted_at.desc(), trash.c.activity_id)).mappings()
            return tuple(Trashed(**row) for row in found)

    def restore_activity(self, activity_id: str) -> None:
        """Put a deleted activity back as it was. Raises NotFound, BadValue where it came in again meanwhile."""
        with self._changing() as connection:
            self._put_back(connection, activity_id, DELETED)

    def empty_trash(self, before: datetime | None = None) -> int:
        """Forget for good what was deleted before a moment, or all of it, and edits of which nothing is left.

        Returns how many were deleted. Where there is nothing to forget, nothing is changed.
        """
        old = [self._mine(trash), trash.c.edit_id == DELETED]
        if before is not None:
            old.append(trash.c.deleted_at < before)
        lies = any(before is None or row.deleted_at < before for row in self.trash())
        if not lies and not self._bare():
            return 0
        with self._changing() as connection:
            gone = connection.execute(delete(trash).where(*old).returning(trash.c.file_key)).all()
            keys = {row.file_key for row in gone}
            self._delete_files_without_activities(connection, keys | self._forget_bare_edits(connection))
        return len(gone)

    @once
    def edits(self) -> tuple[RecordingEdit, ...]:
        """Return the edits that stand, oldest first."""
        wanted = select(edit.c.content).where(self._mine(edit)).order_by(edit.c.number)
        with self._reading() as connection:
            return tuple(_wire.loads(RecordingEdit, text) for text in connection.scalars(wanted))

    def begin_edit(self, made: RecordingEdit) -> None:
        """Keep that recordings are edited, and lay them aside. Raises NotFound."""
        values = {"edit_id": made.edit_id, "content": _wire.dumps(made)}
        with self._changing() as connection:
            for activity_id in made.sources:
                self._set_aside(connection, activity_id, made.edit_id, made.made_at)
            self._insert(connection, edit, [values])

    def undo_edit(self, edit_id: str) -> RecordingEdit:
        """Put back what an edit laid aside, in place of what it made. Raises NotFound."""
        found = select(edit.c.content).where(self._mine(edit), edit.c.edit_id == edit_id)
        with self._changing() as connection:
            text = connection.scalar(found)
            if text is None:
                raise NotFound("There is no such edit; it was undone already.")
            made = _wire.loads(RecordingEdit, text)
            with self._summing(connection, made.results):
                for activity_id in made.results:
                    self._put_lesson(connection, activity_id, Lesson())
                    connection.execute(delete(activity).where(self._is_activity(activity_id)))
            connection.execute(delete(edit).where(self._mine(edit), edit.c.edit_id == edit_id))
            for activity_id in made.sources:
                self._put_back(connection, activity_id, edit_id)
        return made

    def put_activity(
        self, recording: Recording, session: Session, row: ActivityRow, derivation: Derivation, lesson: Lesson
    ) -> None:
        """Keep one more activity of a file that is here, as an edit made it.

        Raises BadValue where its id is taken, NotFound where the file is not here.
        """
        activity_id = recording.activity_id
        with self._changing() as connection:
            self._refuse_taken(connection, activity_id)
            if connection.scalar(select(file.c.key).where(self._mine(file), file.c.key == row.file_key)) is None:
                raise NotFound(f"No file is kept under {row.file_key!r}; the list of runs shows what is there.")
            self._insert(connection, activity, [activity_values(row.file_key, recording, session, row)])
            self._insert_derived(connection, [(recording, derivation, lesson)])
            self._insert_copies(connection, [(session, row)])
            self._sum_months_of(connection, [activity_id])
            streams = enumerate(recording.streams)
            self._insert(connection, stream, [_rows.stream_values(activity_id, at, samples) for at, samples in streams])

    def _forget_bare_edits(self, connection: Connection) -> set[str]:
        """Forget edits of which no result is left, not even in the trash; return the files of what they laid aside."""
        keys: set[str] = set()
        bare = self._bare_edits(connection)
        for first in range(0, len(bare), AT_ONCE):
            some = bare[first : first + AT_ONCE]
            aside = delete(trash).where(self._mine(trash), trash.c.edit_id.in_(some))
            keys |= {row.file_key for row in connection.execute(aside.returning(trash.c.file_key))}
            connection.execute(delete(edit).where(self._mine(edit), edit.c.edit_id.in_(some)))
        return keys

    @once
    def _bare(self) -> tuple[str, ...]:
        with self._reading() as connection:
            return tuple(self._bare_edits(connection))

    def _bare_edits(self, connection: Connection) -> list[str]:
        """Return the edits of which no result is left, neither here, in the trash nor beneath an edit that stands."""
        wanted = select(edit.c.content).where(self._mine(edit)).order_by(edit.c.number.desc())
        # The newest first: it may hold what an earlier one made.
        made = [_wire.loads(RecordingEdit, text) for text in connection.scalars(wanted)]
        if not made:
            return []
        results = sorted({activity_id for changed in made for activity_id in changed.results})
        here = {row.activity_id for row in self._in_parts(connection, select(activity.c.activity_id), results)}
        lying: dict[str, set[str]] = {}
        for row in connection.execute(select(trash.c.activity_id, trash.c.edit_id).where(self._mine(trash))):
            lying.setdefault(row.activity_id, set()).add(row.edit_id)
        standing, bare = {DELETED}, []
        for changed in made:
            if any(name in here or lying.get(name, set()) & standing for name in changed.results):
                standing.add(changed.edit_id)
            else:
                bare.append(changed.edit_id)
        return bare

    def _set_aside(self, connection: Connection, activity_id: str, edit_id: str, at: datetime) -> None:
        wanted = select(activity.c.title, activity.c.started_at, activity.c.file_key, activity.c.simulated)
        found = connection.execute(wanted.where(self._is_activity(activity_id)).with_for_update()).mappings().first()
        if found is None:
            raise no_activity(activity_id)
        content = _codec.pack(json.dumps(dict(self._rows_of(connection, activity_id))).encode())
        keys = {"activity_id": activity_id, "edit_id": edit_id}
        connection.execute(
            delete(trash).where(self._mine(trash), *(trash.c[name] == key for name, key in keys.items()))
        )
        self._insert(connection, trash, [{**keys, **found, "deleted_at": at, "content": content}])
        self._put_lesson(connection, activity_id, Lesson())  # what it taught goes, also out of the prices of others
        with self._summing(connection, [activity_id]):
            connection.execute(delete(activity).where(self._is_activity(activity_id)))

    def _rows_of(self, connection: Connection, activity_id: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Yield the rows of an activity by table, as JSON."""
        for table in _tables():
            counters = {column.name for column in table.primary_key if column.autoincrement is True}
            columns = [column for column in table.c if column.name not in {"athlete_id", *counters}]
            wanted = select(*columns).where(self._mine(table), table.c.activity_id == activity_id)
            rows = connection.execute(wanted.order_by(*table.primary_key)).mappings()
            yield table.name, [{name: _plain(value) for name, value in row.items()} for row in rows]

    def _put_back(self, connection: Connection, activity_id: str, edit_id: str) -> None:
        here = (self._mine(trash), trash.c.activity_id == activity_id, trash.c.edit_id == edit_id)
        content = connection.scalar(select(trash.c.content).where(*here))
        if content is None:
            raise NotFound("This run is not in the trash any more.")
        self._refuse_taken(connection, activity_id)
        rows = json.loads(_codec.unpack(bytes(content)))
        with self._summing(connection, [activity_id]):
            for table in _tables():
                self._insert(connection, table, [_row(table, row) for row in rows.get(table.name, ())])
        # What it is priced by may be another now, and what it teaches counts again for those after it.
        self._doubt_prices(connection, activity_id)
        connection.execute(delete(trash).where(*here))

    def _refuse_taken(self, connection: Connection, activity_id: str) -> None:
        if connection.scalar(select(activity.c.activity_id).where(self._is_activity(activity_id))) is not None:
            raise BadValue(
                "run", "not be here already", activity_id, "This run is in the list: it came in again meanwhile."
            )


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return value.isoformat() if isinstance(value, date) else value


def _row(table: Table, said: dict[str, Any]) -> dict[str, Any]:
    """Turn a row back; a column that is no more is passed over."""
    return {name: _value(table, name, value) for name, value in said.items() if name in table.c}


def _value(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return b64decode(value)
    if isinstance(kind, UtcMoment | DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
