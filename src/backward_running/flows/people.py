"""Several people in one store: who is there, whom a command or a page is about, and how somebody leaves.

A family or a coach who is sent files keeps one store. Everything of a person is theirs alone: no total, record, habit
or export of another holds any of it. Here is only who there is; whose rows a statement is about says the store.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from backward_running.core.errors import BadValue, NotFound
from backward_running.core.person import UNNAMED, Person
from backward_running.core.ports import People, Store

#: Our own limits: a name is written into a switch at the top of every page, and a switch of more people is a list.
LONGEST_NAME, MOST_PEOPLE = 40, 200


def everybody(store: People) -> Iterator[Store]:
    """Yield the memory of each person of the store. One who is gone meanwhile is left out."""
    for who in store.people():
        try:
            yield store.of(who.athlete_id)
        except NotFound:
            continue


def find(store: People, name: str) -> Person:
    """Return the person of a name, large or small letters alike. Raises NotFound, which names those who are there."""
    wanted = _plain(name).casefold()
    for who in store.people():
        if wanted in (who.name.casefold(), who.athlete_id):
            return who
    there = ", ".join(who.name for who in store.people())
    raise NotFound(f"Nobody called {name!r} is in this store; there is: {there}. `backward people add` adds somebody.")


def with_id(store: People, athlete_id: str) -> Person:
    """Return the person of an id. Raises NotFound."""
    for who in store.people():
        if who.athlete_id == athlete_id:
            return who
    raise NotFound("This person is not in the store any more.")


def add(store: People, name: str) -> Person:
    """Make room for one more person. Raises BadValue."""
    there = store.people()
    if len(there) >= MOST_PEOPLE:
        raise BadValue("name", f"be one of at most {MOST_PEOPLE} people of one store", len(there) + 1)
    return with_id(store, store.add_athlete(_free(name, there)))


def rename(store: People, athlete_id: str, name: str) -> Person:
    """Give somebody a name. Raises BadValue, NotFound."""
    who = with_id(store, athlete_id)
    store.name_athlete(athlete_id, _free(name, [other for other in store.people() if other != who]))
    return with_id(store, athlete_id)


def open_first(store: People, athlete_id: str) -> None:
    """Open the store for somebody where nobody is named. Raises NotFound."""
    store.open_first(with_id(store, athlete_id).athlete_id)


def erase(store: People, athlete_id: str, *, typed: str) -> Person:
    """Forget somebody and all that is theirs, for good. `typed` is their name, written out so that no slip does it.

    Raises
    ------
    BadValue
        The name is not theirs, or the store opens for them.
    NotFound
        They are not here.
    """
    who = with_id(store, athlete_id)
    if _plain(typed).casefold() != who.name.casefold():
        raise BadValue("name", f"be {who.name!r}, written out, for all of theirs to be deleted", typed)
    if who.opens_first:
        raise BadValue(
            "name", "be of somebody whom the store does not open for", typed, "Let it open for another first."
        )
    store.erase_athlete(athlete_id)
    return who


def _free(name: str, others: Iterable[Person]) -> str:
    good = _plain(name)
    if not good or len(good) > LONGEST_NAME:
        raise BadValue("name", f"have 1 to {LONGEST_NAME} letters", name)
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in good):
        raise BadValue("name", "hold letters that can be seen", name)
    if good.casefold() == UNNAMED.casefold() or any(good.casefold() == other.name.casefold() for other in others):
        raise BadValue("name", "be nobody else’s in this store", name, "Add a letter or a surname.")
    return good


def _plain(name: str) -> str:
    """Write a name in one way: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())
