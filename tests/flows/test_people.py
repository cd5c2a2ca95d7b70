"""People of one store by name: found, added, renamed, and erased only by who writes the name out."""

from __future__ import annotations

import pytest
from tests.lives.memory_store import MemoryStore

from backward_running.core.errors import BadValue, NotFound
from backward_running.flows import people


@pytest.fixture
def store():
    return MemoryStore()


def test_a_name_is_found_however_it_is_written(store):
    added = people.add(store, "  José   Luis ")
    assert added.name == "José Luis"
    for typed in ("josé luis", "JOSE\u0301 LUIS", "josé  luis", added.athlete_id):
        assert people.find(store, typed) == added
    assert people.find(store, "me").athlete_id == store.athlete_id


def test_who_is_not_there_is_told_who_is(store):
    people.add(store, "Ben")
    with pytest.raises(NotFound, match=r"'Bne'.*Me, Ben.*people add"):
        people.find(store, "Bne")


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "ben", "BEN ", "me", "a\x00b", "a\u202eb", "a\x1b[31m"])
def test_a_name_that_cannot_be_is_refused_and_nobody_comes(store, name):
    people.add(store, "Ben")
    before = store.people()
    with pytest.raises(BadValue, match="name"):
        people.add(store, name)
    with pytest.raises(BadValue, match="name"):
        people.rename(store, store.athlete_id, name)
    assert store.people() == before


def test_a_store_holds_only_so_many(store):
    for number in range(people.MOST_PEOPLE - 1):
        people.add(store, f"Runner {number}")
    with pytest.raises(BadValue, match="200 people"):
        people.add(store, "one more")


def test_somebody_may_keep_their_own_name(store):
    ben = people.add(store, "ben")
    assert people.rename(store, ben.athlete_id, "Ben").name == "Ben"


def test_everything_goes_only_with_the_name_written_out(store):
    ben = people.add(store, "Ben")
    with pytest.raises(BadValue, match="written out"):
        people.erase(store, ben.athlete_id, typed="yes")
    assert people.erase(store, ben.athlete_id, typed="ben") == ben
    with pytest.raises(NotFound, match="not in the store any more"):
        people.erase(store, ben.athlete_id, typed="Ben")


def test_who_the_store_opens_for_stays_until_another_does(store):
    ben = people.add(store, "Ben")
    with pytest.raises(BadValue, match="Let it open for another"):
        people.erase(store, store.athlete_id, typed="me")
    people.open_first(store, ben.athlete_id)
    people.erase(store, store.athlete_id, typed="Me")
    assert store.people() == (people.with_id(store, ben.athlete_id),)


def test_everybody_is_gone_through_but_who_left_meanwhile(store):
    ben, carl = people.add(store, "Ben"), people.add(store, "Carl")
    seen = []
    for memory in people.everybody(store):
        seen.append(memory.athlete_id)
        if len(seen) == 1:
            people.erase(store, ben.athlete_id, typed="Ben")
    assert seen == [store.athlete_id, carl.athlete_id]
