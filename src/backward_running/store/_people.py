"""Who is in the store."""

from __future__ import annotations

import secrets
from contextlib import suppress

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.engine import Connection

from backward_running.core.errors import NotFound, StoreError
from backward_running.core.glance import once
from backward_running.core.person import NAME_SETTING, UNNAMED, Person
from backward_running.store._bound import Bound
from backward_running.store._settings import put_meta
from backward_running.store.schema import meta, person, setting

#: Where the store says whose memory is opened when nobody is named.
OPENED_FOR = "opened_for"

_NAMED = and_(setting.c.athlete_id == person.c.athlete_id, setting.c.name == NAME_SETTING)
#: Everybody, of each only the name, and whether the store opens for them.
_FIRST = select(meta.c.value).where(meta.c.name == OPENED_FOR).scalar_subquery()
_EVERYBODY = select(person.c.athlete_id, setting.c.value, _FIRST).select_from(person.outerjoin(setting, _NAMED))


class SqlPeople(Bound):
    """Who is there besides the person a handle is bound to. The one place that reads rows of everybody: names."""

    @once
    def people(self) -> tuple[Person, ...]:
        """Return everybody, by name; who has none comes first."""
        with self._reading() as connection:
            rows = [tuple(row) for row in connection.execute(_EVERYBODY)]
        found = [Person(key, name or UNNAMED, bool(name), opens_first=key == first) for key, name, first in rows]
        return tuple(sorted(found, key=lambda who: (who.is_named, who.name.casefold(), who.athlete_id)))

    def add_athlete(self, name: str | None = None) -> str:
        """Make room for one more person, and return their id."""
        athlete_id = new_athlete_id()
        with self._database.writing() as connection:
            _count_for_all(connection)
            connection.execute(insert(person), {"athlete_id": athlete_id})
            if name is not None:
                connection.execute(insert(setting), {"athlete_id": athlete_id, "name": NAME_SETTING, "value": name})
        return athlete_id

    def name_athlete(self, athlete_id: str, name: str) -> None:
        """Give somebody a name. Raises NotFound."""
        theirs = (setting.c.athlete_id == athlete_id, setting.c.name == NAME_SETTING)
        with self._database.writing() as connection:
            _held(connection, athlete_id)
            connection.execute(delete(setting).where(*theirs))
            connection.execute(insert(setting), {"athlete_id": athlete_id, "name": NAME_SETTING, "value": name})
            _count_for_all(connection)

    def open_first(self, athlete_id: str) -> None:
        """Open the store for this person where nobody is named. Raises NotFound."""
        with self._database.writing("meta") as connection:
            _held(connection, athlete_id)
            put_meta(connection, OPENED_FOR, athlete_id)
            _count_for_all(connection)

    def erase_athlete(self, athlete_id: str) -> None:
        """Forget a person with all rows and secrets of theirs. Raises NotFound, ValueError where they open first."""
        with self._database.writing() as connection:
            _held(connection, athlete_id)
            if connection.scalar(select(meta.c.value).where(meta.c.name == OPENED_FOR)) == athlete_id:
                raise ValueError("The store opens for this person; another has to be first before they can go.")
            connection.execute(delete(person).where(person.c.athlete_id == athlete_id))
            _count_for_all(connection)
        try:
            for path in self._folder.glob(f"backward.{athlete_id}.*.secret"):
                with suppress(FileNotFoundError):
                    path.unlink()
        except OSError as problem:
            raise StoreError(
                f"All rows are gone, but {problem.filename} cannot be deleted ({problem.strerror}); delete it by hand."
            ) from problem


def new_athlete_id() -> str:
    """Make an id that says nothing of its person, and that no other store has."""
    return secrets.token_hex(8)


def _held(connection: Connection, athlete_id: str) -> None:
    """Make sure that somebody is there, and stays until the transaction ends. Raises NotFound."""
    wanted = select(person.c.athlete_id).where(person.c.athlete_id == athlete_id).with_for_update()
    if connection.scalar(wanted) is None:
        raise NotFound(f"Nobody is known here under {athlete_id!r}.")


def _count_for_all(connection: Connection) -> None:
    """Who is there is part of what everybody's pages answer: what is kept at hand of before holds no more."""
    connection.execute(update(person).values(revision=person.c.revision + 1))
