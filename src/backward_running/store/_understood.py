"""What is opened with one activity: its recording, what was understood of it, and the runner's paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, select, update

from backward_running.core.derivation import Derivation, Lesson
from backward_running.core.errors import BadValue
from backward_running.core.glance import once
from backward_running.core.ports import ActivityRow
from backward_running.core.recording import Recording
from backward_running.core.session import Paint, Session
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.store import _rows, _wire, schema
from backward_running.store._bound import no_activity
from backward_running.store._copied import SqlCopied
from backward_running.store.schema import activity, paint, stream


class SqlUnderstood(SqlCopied):
    """What lies behind a row of the list."""

    def recording(self, activity_id: str) -> Recording:
        """Return the recording with its streams, worn as the runner told. Raises NotFound.

        The newest few are kept at hand. Whether it is still there, and what was told of it, is asked every time.
        """
        key = (self.athlete_id, activity_id)
        with self._reading() as connection:
            text = connection.scalar(select(activity.c.recording).where(self._is_activity(activity_id)))
            if text is None:
                raise no_activity(activity_id)
            kept = self._at_hand.recording(key, text)
            if kept is not None:
                return kept
            wanted = select(stream).where(self._of_activity(stream, activity_id)).order_by(stream.c.ordinal)
            found = connection.execute(wanted).mappings().all()
        recording = _wire.loads(Recording, text, streams=tuple(_rows.stream_of(row) for row in found)).worn_as_told()
        self._at_hand.keep_recording(key, text, recording)
        return recording

    def put_told(self, activity_id: str, told: SuppliedMetadata | None) -> None:
        """Keep what the runner tells of a recording, in place of what they told before. Raises NotFound."""
        wanted = select(activity.c.recording).where(self._is_activity(activity_id)).with_for_update()
        with self._changing() as connection:
            text = connection.scalar(wanted)
            if text is None:
                raise no_activity(activity_id)
            head = replace(_wire.loads(Recording, text, streams=()), told=told)
            values = {"recording": _rows.recording_text(head)}
            connection.execute(update(activity).where(self._is_activity(activity_id)).values(values))

    def recording_heads(self, activity_ids: Sequence[str]) -> tuple[Recording, ...]:
        """Return recordings without their streams (laps, steps, titles), as asked; unknown ids are left out."""
        return self._recording_heads(tuple(activity_ids))

    @once
    def _recording_heads(self, activity_ids: tuple[str, ...]) -> tuple[Recording, ...]:
        """Read them; one of which the store still says what it said is not made anew."""
        found, new = {}, []
        with self._reading() as connection:
            rows = list(self._in_parts(connection, select(activity.c.activity_id, activity.c.recording), activity_ids))
        for row in rows:
            activity_id, text = row.activity_id, row.recording
            head = self._at_hand.head((self.athlete_id, activity_id), text)
            if head is None:
                head = _wire.loads(Recording, text, streams=())
                new.append((text, head))
            found[activity_id] = head
        self._at_hand.keep_heads(self.athlete_id, new)
        return tuple(found[activity_id] for activity_id in activity_ids if activity_id in found)

    @once
    def session(self, activity_id: str) -> Session:
        """Return what was understood. Raises NotFound."""
        with self._reading() as connection:
            text = connection.scalar(select(activity.c.session).where(self._is_activity(activity_id)))
        if text is None:
            raise no_activity(activity_id)
        return _wire.loads(Session, text)

    def put_session(
        self,
        session: Session,
        row: ActivityRow,
        derivation: Derivation | None = None,
        lesson: Lesson | None = None,
    ) -> None:
        """Replace what was understood, and from what, and what it teaches; None leaves these. Raises NotFound."""
        if session.activity_id != row.activity_id:
            raise BadValue("row.activity_id", f"be that of the session ({session.activity_id})", row.activity_id)
        changed = update(activity).where(self._is_activity(row.activity_id))
        with self._changing() as connection, self._summing(connection, [row.activity_id]):
            if not connection.execute(changed.values(_rows.understood_values(session, row))).rowcount:
                raise no_activity(row.activity_id)
            self._put_copies(connection, session, row)
            if lesson is not None:
                self._put_lesson(connection, row.activity_id, lesson)
            if derivation is not None:
                self.put_derivation(row.activity_id, derivation)

    @once
    def paints(self, activity_id: str) -> tuple[Paint, ...]:
        """Return the runner's paint, oldest first."""
        wanted = select(paint.c.content).where(self._of_activity(paint, activity_id)).order_by(paint.c.stroke)
        with self._reading() as connection:
            return tuple(_wire.loads(Paint, text) for text in connection.scalars(wanted))

    def add_paint(self, activity_id: str, paint: Paint) -> None:
        """Add a stroke. Raises NotFound."""
        with self._changing() as connection:
            self._hold(connection, activity_id)
            self._insert(connection, schema.paint, [{"activity_id": activity_id, "content": _wire.dumps(paint)}])

    def undo_paint(self, activity_id: str) -> Paint | None:
        """Take the newest stroke back and return it; None where there is none."""
        newest = select(paint).where(self._of_activity(paint, activity_id)).order_by(paint.c.stroke.desc()).limit(1)
        with self._changing() as connection:
            self._hold(connection, activity_id)
            found = connection.execute(newest).first()
            if found is None:
                return None
            connection.execute(delete(paint).where(self._mine(paint), paint.c.stroke == found.stroke))
        return _wire.loads(Paint, found.content)
