"""Whatever is edited, deleted, restored and forgotten, in whatever order: no edit stays of which nothing is left."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from tests.apps.browsing import track_file

from backward_running.core.errors import BadValue, NotFound
from backward_running.flows import editing, trash
from backward_running.flows.intake import import_file
from backward_running.store import open_store, schema

ACTS = st.lists(
    st.tuples(st.sampled_from(("trim", "split", "merge", "undo", "delete", "restore", "empty", "import", "forget")), st.integers(0, 3)),
    min_size=3,
    max_size=8,
)  # fmt: skip


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts=ACTS)
@example(acts=[("trim", 0), ("forget", 0)])
@example(acts=[("trim", 0), ("delete", 0), ("import", 0), ("delete", 0), ("import", 0)])
def test_no_edit_stays_of_which_nothing_is_left(tmp_path_factory, now, acts):
    store, at = open_store(tmp_path_factory.mktemp("edited")), now
    import_file(store, "hill.fit", track_file(), now=at)
    for act, number in acts:
        at += timedelta(days=12)
        with suppress(BadValue, NotFound):
            _do(store, act, number, at)
        trash.purge(store, now=at)
        assert _bare(store) == []
    for row in store.activities():
        trash.delete(store, row.activity_id, now=at)
    trash.purge(store, now=at + 2 * trash.RESTORABLE)
    assert (store.edits(), _lying(store), store.counts().files) == ((), set(), 0)
    store.close()


def _do(store, act, number, at):
    ids = [row.activity_id for row in store.activities()]
    if act == "import":
        import_file(store, "hill.fit", track_file(day=17 + number), now=at)
    elif act == "empty":
        trash.empty(store)
    elif act == "restore":
        for lying in store.trash()[number : number + 1]:
            trash.restore(store, lying.activity_id)
    elif act == "merge":
        editing.merge(store, ids[:2], now=at)
    elif ids:
        name = ids[number % len(ids)]
        if act == "trim":
            editing.trim(store, name, 0.0, store.recording(name).duration_s - 20.0, now=at)
        elif act == "split":
            editing.split(store, name, store.recording(name).duration_s / 2, now=at)
        elif act == "undo":
            editing.undo(store, name)
        elif act == "delete":
            trash.delete(store, name, now=at)
        else:
            store.delete_activity(name)


def _lying(store):
    with store._database.reading() as connection:
        return {tuple(row) for row in connection.execute(select(schema.trash.c.activity_id, schema.trash.c.edit_id))}


def _bare(store):
    """Return the edits of which no result is here, deleted, or laid aside by an edit of which that does not hold."""
    standing, bare = {""}, []
    for edit in reversed(store.edits()):
        here = {row.activity_id for row in store.activities()}
        lying = {activity_id for activity_id, edit_id in _lying(store) if edit_id in standing}
        if {*edit.results} & (here | lying):
            standing.add(edit.edit_id)
        else:
            bare.append(edit)
    return bare


def test_what_was_left_bare_before_is_forgotten_at_the_next_look(store, now):
    """A store in which rows of an edit stayed without their run is mended, and who only looks changes nothing."""
    (entry,) = import_file(store, "hill.fit", track_file(), now=now)
    editing.trim(store, entry.activity_ids[0], 0.0, 60.0, now=now)
    with store._changing() as connection:  # as it was done before
        connection.execute(delete(schema.activity).where(store._mine(schema.activity)))
    assert len(store.edits()) == 1 and store.counts().files == 0 and len(_lying(store)) == 1
    assert trash.listed(store, now=now) == ()
    assert (store.edits(), _lying(store)) == ((), set())
    with store._database.reading() as connection:
        assert connection.scalar(select(schema.file.c.key).where(store._mine(schema.file))) is None
    before = store.revision()
    trash.listed(store, now=now)
    assert store.revision() == before
