"""Whether everything is still as it was kept, and how a part is put back."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Select, delete, select, update

from backward_running.core.errors import BadValue, StoreError
from backward_running.core.ports import Damage, Damaged
from backward_running.core.recording import Recording
from backward_running.core.session import Session
from backward_running.store import _codec, _rows, _wire
from backward_running.store._bound import Bound, no_activity
from backward_running.store.schema import activity, file, straight, stream


class SqlIntegrity(Bound):
    """What is looked at by `backward check`."""

    def damages(self) -> Iterator[Damage]:
        """Look at the database, at every original, recording and session, one by one; yield what is not as it was."""
        yield from (Damage(Damaged.DATABASE, "", "", said) for said in self._damages_of_database())
        yield from self._damages_of_originals()
        yield from self._damages_of_activities()

    def put_original(self, key: str, data: bytes) -> None:
        """Put the bytes of a file back under their key, which is their SHA-256. Raises BadValue, NotFound."""
        if sha256(data).hexdigest() != key:
            raise BadValue("data", "have the key as its SHA-256", key)
        values = {"content": _codec.pack(data), "size": len(data)}
        with self._together() as connection:  # the same bytes as ever: nothing at hand is of before
            connection.execute(update(file).where(self._mine(file), file.c.key == key).values(values))

    def put_recording(self, recording: Recording) -> None:
        """Put what was read from a file in place of what is kept of it. Raises NotFound."""
        activity_id = recording.activity_id
        of_it = self._mine(stream) & (stream.c.activity_id == activity_id)
        values = {"recording": _rows.recording_text(recording)}
        with self._changing() as connection:
            if not connection.execute(update(activity).where(self._is_activity(activity_id)).values(values)).rowcount:
                raise no_activity(activity_id)
            connection.execute(delete(stream).where(of_it))
            connection.execute(delete(straight).where(self._of_activity(straight, activity_id)))
            streams = enumerate(recording.streams)
            rows = [_rows.stream_values(activity_id, number, samples) for number, samples in streams]
            self._insert(connection, stream, rows)

    def _damages_of_database(self) -> list[str]:
        """Ask SQLite about its pages, indices and keys. PostgreSQL has programs of its own for that."""
        if self._database.engine.dialect.name != "sqlite":
            return []
        with self._reading() as connection:
            pages = [str(row) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()]
            keys = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        said = [page for page in pages if page != "ok"]
        return [*said, *(f"a row of {key[0]} belongs to a row of {key[2]} that is not there" for key in keys)]

    def _damages_of_originals(self) -> Iterator[Damage]:
        for key in self._texts(select(file.c.key).where(self._mine(file)).order_by(file.c.key)):
            wanted = select(file.c.name, file.c.content).where(self._mine(file), file.c.key == key)
            with self._reading() as connection:
                found = connection.execute(wanted).first()
            if found is not None and not _is_as_it_came(key, bytes(found.content)):
                yield Damage(Damaged.ORIGINAL, key, found.name, "its bytes are not those that came")

    def _damages_of_activities(self) -> Iterator[Damage]:
        listed = (activity.c.started_at, activity.c.activity_id)
        for activity_id in self._texts(select(activity.c.activity_id).where(self._mine(activity)).order_by(*listed)):
            yield from self._look_at(activity_id)

    def _look_at(self, activity_id: str) -> Iterator[Damage]:
        wanted = select(activity.c.title, activity.c.recording, activity.c.session)
        samples = select(stream).where(self._mine(stream), stream.c.activity_id == activity_id)
        with self._reading() as connection:
            found = connection.execute(wanted.where(self._is_activity(activity_id))).first()
            streams = connection.execute(samples.order_by(stream.c.ordinal)).mappings().all()
        if found is None:
            return  # it was deleted meanwhile
        try:
            read = tuple(_rows.stream_of(row) for row in streams)
            _wire.loads(Recording, found.recording, streams=read)
        except (StoreError, ValueError) as problem:
            yield Damage(Damaged.RECORDING, activity_id, found.title, str(problem))
        try:
            _wire.loads(Session, found.session)
        except (StoreError, ValueError) as problem:
            yield Damage(Damaged.SESSION, activity_id, found.title, str(problem))

    def _texts(self, wanted: Select[tuple[str]]) -> list[str]:
        with self._reading() as connection:
            return list(connection.scalars(wanted))


def _is_as_it_came(key: str, content: bytes) -> bool:
    try:
        return sha256(_codec.unpack(content)).hexdigest() == key
    except StoreError:
        return False
