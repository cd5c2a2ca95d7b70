"""The memory, in SQL that SQLite and PostgreSQL both speak."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from backward_running.core.errors import NotFound, StoreError
from backward_running.store._activities import SqlActivities
from backward_running.store._integrity import SqlIntegrity
from backward_running.store._keepsakes import SqlKeepsakes
from backward_running.store._people import OPENED_FOR, SqlPeople
from backward_running.store._person import SqlPerson
from backward_running.store._phones import SqlPhones
from backward_running.store._secrets import SqlSecrets
from backward_running.store._settings import SqlSettings
from backward_running.store._straights import SqlStraights
from backward_running.store._understood import SqlUnderstood
from backward_running.store.database import Database
from backward_running.store.schema import meta, person


class SqlStore(
    SqlActivities,
    SqlUnderstood,
    SqlPerson,
    SqlPeople,
    SqlStraights,
    SqlKeepsakes,
    SqlPhones,
    SqlSettings,
    SqlSecrets,
    SqlIntegrity,
):
    """A :class:`backward_running.core.ports.Store` on a database. May be used from many threads."""

    def of(self, athlete_id: str) -> SqlStore:
        """Return the memory of another person in the same store. Raises NotFound."""
        with self._reading() as connection:
            found = connection.scalar(select(person.c.athlete_id).where(person.c.athlete_id == athlete_id))
        if found is None:
            raise NotFound(f"Nobody is known here under {athlete_id!r}.")
        return SqlStore(self._database, athlete_id, self._at_hand, folder=self._folder)

    def close(self) -> None:
        """Let go, for everybody."""
        self._database.close()


def opened(database: Database, folder: Path) -> SqlStore:
    """Bind a database to the person whose memory it is; let go of it where that cannot be read. Raises StoreError.

    In `folder`, of this user alone, lie their secrets: none is in the database.
    """
    try:
        with database.reading() as connection:
            athlete_id = connection.scalar(select(meta.c.value).where(meta.c.name == OPENED_FOR))
        if athlete_id is None:
            raise StoreError(f"The store {database.name} does not say whose it is; put back a copy of it.")
    except StoreError:
        database.close()
        raise
    return SqlStore(database, athlete_id, folder=folder)
