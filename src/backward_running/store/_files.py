"""Files as they came, what came out of them, and the log of what came in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, union
from sqlalchemy.engine import Connection

from backward_running.core.derivation import Derivation, Lesson
from backward_running.core.errors import BadValue, NotFound, StoreError
from backward_running.core.glance import once
from backward_running.core.ports import ActivityRow, ImportEntry, NewFile, Packed
from backward_running.core.recording import Recording
from backward_running.core.session import Session
from backward_running.store import _codec, _rows
from backward_running.store._copied import SqlCopied
from backward_running.store._derived import NOTHING
from backward_running.store._packed import packed
from backward_running.store.schema import activity, file, import_log, stream, trash


class SqlFiles(SqlCopied):
    """What came in."""

    def has_file(self, key: str) -> bool:
        """Whether an activity came from a file of these bytes, as it is or as it was before an edit."""
        with self._reading() as connection:
            return self._has_file(connection, key)

    def activity_ids_of(self, key: str) -> tuple[str, ...]:
        """Return the activities that came from a file."""
        with self._reading() as connection:
            return self._activity_ids_of(connection, key)

    @property
    def packing(self) -> Callable[[bytes, Sequence[Recording]], Packed]:
        """What packs a file and its recordings for this memory."""
        return packed

    def add_files(self, files: Sequence[NewFile]) -> tuple[ImportEntry, ...]:
        """Keep files, what was read from them, what was understood and their log lines, in one transaction.

        Where the same bytes came in meanwhile (two windows, one folder), only the log line is kept, saying "same".
        Return the lines.
        """
        contents = {new.key: _content(new) for new in files}
        activities = {new.key: [activity_values(new.key, *parts) for parts in new.activities] for new in files}
        with self._changing() as connection:
            here = self._keys_here(connection, list(contents))
            added = [new for new in files if new.key not in here]
            self._delete_waiting(connection, [new.key for new in added])
            self._insert(connection, file, [contents[new.key] for new in added])
            self._insert(connection, activity, [values for new in added for values in activities[new.key]])
            self._insert_derived(connection, [parts for new in added for parts in _lessons(new)])
            understood = [(session, row) for new in added for _, session, row in new.activities]
            self._insert_copies(connection, understood)
            self._sum_months_of(connection, [row.activity_id for _, row in understood])
            self._insert(connection, stream, [values for new in added for values in _stream_values(new)])
            entries = tuple(self._entry(connection, new, is_here=new.key in here) for new in files)
            self._insert(connection, import_log, [_rows.entry_values(entry) for entry in entries])
        return entries

    def _entry(self, connection: Connection, new: NewFile, *, is_here: bool) -> ImportEntry:
        return _rows.same_entry(new.entry, self._activity_ids_of(connection, new.key)) if is_here else new.entry

    def keep_waiting(self, key: str, name: str, data: bytes, at: datetime, *, most: int) -> None:
        """Keep a file of which nothing could be read yet; of all that wait, the newest `most` stay."""
        content = _file_values(key, name, data, at, _codec.pack(data))
        waits = self._mine(file) & ~_is_needed()
        with self._changing() as connection:
            if self._has_file(connection, key):
                return
            self._delete_waiting(connection, [key])
            self._insert(connection, file, [content])
            newest = select(file.c.key).where(waits).order_by(file.c.imported_at.desc(), file.c.key).limit(most)
            kept = list(connection.scalars(newest))
            connection.execute(delete(file).where(waits, file.c.key.not_in([key, *kept])))

    def original(self, key: str) -> tuple[str, bytes]:
        """Return name and bytes of an imported file, or of one that waits, as they came. Raises NotFound."""
        wanted = select(file.c.name, file.c.content).where(self._mine(file), file.c.key == key)
        with self._reading() as connection:
            found = connection.execute(wanted).first()
        if found is None:
            raise NotFound(f"No file is kept under {key!r}; the list of runs shows what is there.")
        return found.name, _as_it_came(key, found.name, bytes(found.content))

    def log_import(self, entry: ImportEntry) -> None:
        """Keep a line of the import log that came with no new file."""
        with self._changing() as connection:
            self._insert(connection, import_log, [_rows.entry_values(entry)])

    @once
    def import_log(self, limit: int = 200) -> list[ImportEntry]:
        """Return the import log, newest first."""
        newest_first = (import_log.c.at.desc(), import_log.c.line.desc())
        wanted = select(*_rows.LOGGED).where(self._mine(import_log)).order_by(*newest_first).limit(max(limit, 0))
        with self._reading() as connection:
            return [_rows.entry_of(row) for row in connection.execute(wanted).mappings()]

    def _has_file(self, connection: Connection, key: str) -> bool:
        return bool(self._keys_here(connection, [key]))

    def _keys_here(self, connection: Connection, keys: Sequence[str]) -> set[str]:
        """Return those of some files from which an activity came, as it is or as it was before an edit."""
        came = select(activity.c.file_key).where(self._mine(activity), activity.c.file_key.in_(keys))
        edited = select(trash.c.file_key).where(self._mine(trash), trash.c.file_key.in_(keys), trash.c.edit_id != "")
        return set(connection.scalars(union(came, edited)))

    def _activity_ids_of(self, connection: Connection, key: str) -> tuple[str, ...]:
        wanted = select(activity.c.activity_id).where(self._mine(activity), activity.c.file_key == key)
        return tuple(connection.scalars(wanted.order_by(activity.c.started_at, activity.c.activity_id)))

    def _delete_waiting(self, connection: Connection, keys: Sequence[str]) -> None:
        """Delete files that waited, for they come in now."""
        connection.execute(delete(file).where(self._mine(file), file.c.key.in_(keys)))

    def _delete_files_without_activities(self, connection: Connection, keys: set[str]) -> list[str]:
        """Delete those of the files that have no activity any more, not even in the trash, and say which."""
        bare = delete(file).where(self._mine(file), ~_is_needed())
        return [key for key in keys if connection.execute(bare.where(file.c.key == key)).rowcount]


def _as_it_came(key: str, name: str, content: bytes) -> bytes:
    """Unpack a file. Raises StoreError where these are not the bytes that came: its key is their SHA-256."""
    data = _codec.unpack(content)
    if sha256(data).hexdigest() != key:
        raise StoreError(
            f"The original of {name!r} is damaged in the store, so it was not given out: `backward check --repair` "
            "looks for a sound one in the copies."
        )
    return data


def _is_needed() -> ColumnElement[bool]:
    """Say of a file: an activity of the same person came from it, one in the trash counted."""
    each = (
        select(table.c.activity_id).where(table.c.athlete_id == file.c.athlete_id, table.c.file_key == file.c.key)
        for table in (activity, trash)
    )
    return or_(*(wanted.exists() for wanted in each))


def _content(new: NewFile) -> dict[str, Any]:
    content = _codec.pack(new.data) if new.packed is None else new.packed.content
    return _file_values(new.key, new.name, new.data, new.entry.at, content)


def _file_values(key: str, name: str, data: bytes, at: datetime, content: bytes) -> dict[str, Any]:
    return {"key": key, "name": _rows.plain(name), "size": len(data), "imported_at": at, "content": content}


def activity_values(key: str, recording: Recording, session: Session, row: ActivityRow) -> dict[str, Any]:
    if not recording.activity_id == session.activity_id == row.activity_id or row.file_key != key:
        raise BadValue("activities", "belong to the file and to each other", (key, row.activity_id))
    return {**_rows.understood_values(session, row), "recording": _rows.recording_text(recording)}


def _lessons(new: NewFile) -> Iterator[tuple[Recording, Derivation, Lesson]]:
    for recording, _, _ in new.activities:
        yield recording, *new.derived.get(recording.activity_id, (NOTHING, Lesson()))


def _stream_values(new: NewFile) -> Iterator[dict[str, Any]]:
    for recording, _, _ in new.activities:
        contents = None if new.packed is None else new.packed.streams.get(recording.activity_id)
        for ordinal, samples in enumerate(recording.streams):
            content = None if contents is None else contents[ordinal]
            yield _rows.stream_values(recording.activity_id, ordinal, samples, content)
