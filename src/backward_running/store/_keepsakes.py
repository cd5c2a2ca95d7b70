"""What is kept beside a run: notes, shoes, photos."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import delete, func, select

from backward_running.core.errors import NotFound
from backward_running.core.glance import once
from backward_running.core.keepsakes import PhotoHead, RunNote, Shoe, ShoeSums
from backward_running.store import _rows, _wire
from backward_running.store._bound import Bound
from backward_running.store.schema import activity, note, photo, shoe


class SqlKeepsakes(Bound):
    """Notes, shoes, photos."""

    @once
    def note(self, activity_id: str) -> RunNote:
        """Return what is written beside an activity."""
        wanted = select(note.c.content).where(self._mine(note), note.c.activity_id == activity_id)
        with self._reading() as connection:
            text = connection.scalar(wanted)
        return RunNote() if text is None else _wire.loads(RunNote, text)

    def put_note(self, activity_id: str, said: RunNote) -> None:
        """Keep what is written beside an activity, in place of what was. Raises NotFound."""
        values = {"activity_id": activity_id, "shoe_id": said.shoe_id, "content": _wire.dumps(said)}
        with self._changing() as connection:
            self._hold(connection, activity_id)
            connection.execute(delete(note).where(self._mine(note), note.c.activity_id == activity_id))
            self._insert(connection, note, [] if said == RunNote() else [values])

    @once
    def shoes(self) -> tuple[Shoe, ...]:
        """Return all shoes."""
        wanted = select(shoe.c.content).where(self._mine(shoe)).order_by(shoe.c.shoe_id)
        with self._reading() as connection:
            return tuple(_wire.loads(Shoe, text) for text in connection.scalars(wanted))

    def put_shoe(self, said: Shoe) -> None:
        """Keep a pair of shoes, in place of what was said of it before."""
        with self._changing() as connection:
            connection.execute(delete(shoe).where(self._mine(shoe), shoe.c.shoe_id == said.shoe_id))
            self._insert(connection, shoe, [{"shoe_id": said.shoe_id, "content": _wire.dumps(said)}])

    @once
    def shoe_sums(self) -> dict[str, ShoeSums]:
        """Return what was run in each pair of shoes, by its id."""
        counted = (func.count(), func.sum(activity.c.distance_m), func.sum(activity.c.backward_m))
        wanted = select(note.c.shoe_id, *counted).join_from(note, activity)
        mine = wanted.where(self._mine(note), note.c.shoe_id.is_not(None)).group_by(note.c.shoe_id)
        with self._reading() as connection:
            return {row[0]: ShoeSums(*row[1:]) for row in connection.execute(mine).all()}

    @once
    def photos(self, activity_id: str) -> tuple[PhotoHead, ...]:
        """Return the photos of an activity, without their bytes."""
        heads = (photo.c[name] for name in ("photo_id", "activity_id", "media_type", "size"))
        wanted = select(*heads).where(self._mine(photo), photo.c.activity_id == activity_id)
        with self._reading() as connection:
            return tuple(PhotoHead(*row) for row in connection.execute(wanted.order_by(photo.c.photo_id)).all())

    def photo(self, activity_id: str, photo_id: str) -> tuple[PhotoHead, bytes]:
        """Return a photo. Raises NotFound."""
        of_it = (self._mine(photo), photo.c.activity_id == activity_id, photo.c.photo_id == photo_id)
        with self._reading() as connection:
            found = connection.execute(select(photo).where(*of_it)).first()
        if found is None:
            raise NotFound("There is no such photo; it was removed.")
        head = PhotoHead(found.photo_id, found.activity_id, found.media_type, found.size)
        return head, bytes(found.content)

    def add_photo(self, activity_id: str, media_type: str, data: bytes) -> str:
        """Keep a photo beside an activity; the same one is kept once. Return its id. Raises NotFound."""
        photo_id = sha256(data).hexdigest()
        keys = {"activity_id": activity_id, "photo_id": photo_id}
        of_it = (self._mine(photo), photo.c.activity_id == activity_id, photo.c.photo_id == photo_id)
        with self._changing() as connection:
            self._hold(connection, activity_id)
            connection.execute(delete(photo).where(*of_it))
            values = {**keys, "media_type": _rows.plain(media_type), "size": len(data), "content": data}
            self._insert(connection, photo, [values])
        return photo_id

    def delete_photo(self, activity_id: str, photo_id: str) -> None:
        """Forget a photo; nothing happens where there is none."""
        of_it = (self._mine(photo), photo.c.activity_id == activity_id, photo.c.photo_id == photo_id)
        with self._changing() as connection:
            connection.execute(delete(photo).where(*of_it))
