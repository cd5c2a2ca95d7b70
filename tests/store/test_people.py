"""Who is in a store: names, who comes first, and that who leaves takes everything along and nothing of others."""

from __future__ import annotations

import pytest
from tests.store.cases import fill
from tests.store.test_two_people import _of_all_others, _rows

from backward_running.core.errors import NotFound
from backward_running.core.glance import at_a_glance
from backward_running.core.person import UNNAMED
from backward_running.store import open_store


def names(store):
    return [who.name for who in store.people()]


def test_who_is_alone_needs_no_name(store):
    (who,) = store.people()
    assert (who.athlete_id, who.name, who.is_named, who.opens_first) == (store.athlete_id, UNNAMED, False, True)


def test_everybody_is_listed_by_name(store):
    zoe, ben = store.add_athlete("Zoé"), store.add_athlete("ben")
    assert names(store) == names(store.of(ben)) == [UNNAMED, "ben", "Zoé"]
    store.name_athlete(store.athlete_id, "Mia")
    assert names(store.of(zoe)) == ["ben", "Mia", "Zoé"]
    with pytest.raises(NotFound):
        store.name_athlete("nobody", "x")


def test_a_page_hears_of_who_came_since_the_last(store):
    """Answers that last from page to page are of before a change of any of the people."""
    other = store.of(store.add_athlete("Ben"))
    with at_a_glance():
        assert names(other) == [UNNAMED, "Ben"]
    store.add_athlete("Carl")
    with at_a_glance():
        assert names(other) == [UNNAMED, "Ben", "Carl"]
    store.name_athlete(store.athlete_id, "Anna")
    with at_a_glance():
        assert names(other) == ["Anna", "Ben", "Carl"]


def test_another_may_come_first(address):
    store = open_store(address)
    ben = store.add_athlete("Ben")
    store.open_first(ben)
    with pytest.raises(NotFound):
        store.open_first("nobody")
    store.close()
    again = open_store(address)
    assert again.athlete_id == ben
    assert [who.opens_first for who in again.people()] == [False, True]
    again.close()


def test_who_leaves_takes_all_of_theirs_and_no_row_of_another(store, samples):
    leaving = store.of(store.add_athlete("Ben"))
    fill(store, "mine", samples)
    fill(leaving, "theirs", samples)
    leaving.put_secret("key_elsewhere", "secret")
    store.put_secret("key_elsewhere", "other")
    mine = _rows(store, mine=True)
    assert _rows(leaving, mine=True)
    store.erase_athlete(leaving.athlete_id)
    assert _rows(leaving, mine=True) == []
    assert leaving.secret("key_elsewhere") is None
    assert _rows(store, mine=True) == mine
    assert store.secret("key_elsewhere") == "other"
    assert _of_all_others(store, None) == []
    assert names(store) == [UNNAMED]


def test_who_comes_first_cannot_leave(store):
    store.add_athlete("Ben")
    with pytest.raises(ValueError, match="opens for"):
        store.erase_athlete(store.athlete_id)
    with pytest.raises(NotFound):
        store.erase_athlete("nobody")
    assert names(store) == [UNNAMED, "Ben"]
