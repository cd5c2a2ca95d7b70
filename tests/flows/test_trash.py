"""A deleted run lies aside whole for 30 days, counts nowhere, and comes back as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.apps.browsing import track_file

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.keepsakes import RunNote
from backward_running.core.session import Paint
from backward_running.flows import anew, editing, export, paint, trash
from backward_running.flows.intake import import_file


@pytest.fixture
def run(store, now):
    (entry,) = import_file(store, "hill.fit", track_file(), now=now)
    (activity_id,) = entry.activity_ids
    paint.paint(store, activity_id, Paint(10.0, 60.0, Direction.SIDEWAYS))
    store.put_note(activity_id, RunNote("wet", "s1"))
    store.add_photo(activity_id, "image/png", b"photo")
    return activity_id


def test_it_comes_back_with_all_that_was_with_it(store, run, now):
    before = (store.row(run), store.session(run), store.paints(run), store.note(run), store.photos(run), store.habits())
    original = export.original(store, run)
    trash.delete(store, run, now=now)
    assert store.counts().activities == 0 and store.load_rows() == [] and not store.habits().traits
    with pytest.raises(NotFound):
        store.row(run)
    (lying,) = trash.listed(store, now=now + timedelta(days=29))
    assert lying.activity_id == run and trash.until(lying) == now + timedelta(days=30)
    trash.restore(store, run)
    list(anew.derive_anew(store))
    after = (store.row(run), store.session(run), store.paints(run), store.note(run), store.photos(run), store.habits())
    assert after == before and export.original(store, run) == original
    assert trash.listed(store, now=now) == ()


def test_after_30_days_it_is_gone_with_its_file(store, run, now):
    key = store.row(run).file_key
    trash.delete(store, run, now=now)
    assert store.original(key)
    assert trash.listed(store, now=now + trash.RESTORABLE + timedelta(seconds=1)) == ()
    with pytest.raises(NotFound):
        store.original(key)
    with pytest.raises(NotFound):
        trash.restore(store, run)


def test_what_came_in_again_is_not_restored_over(store, run, now):
    trash.delete(store, run, now=now)
    assert import_file(store, "hill.fit", track_file(), now=now)[0].status == "new"
    with pytest.raises(BadValue, match="came in again"):
        trash.restore(store, run)
    assert store.counts().activities == 1
    trash.delete(store, run, now=now)
    assert len(trash.listed(store, now=now)) == 1


def test_emptied_nothing_is_left(store, run, now):
    trash.delete(store, run, now=now)
    assert trash.empty(store) == 1 and store.counts().files == 0
    assert trash.empty(store) == 0


def test_the_demo_runner_leaves_nothing_in_the_trash(store, session_fit, now):
    (entry,) = import_file(store, "demo.fit", session_fit, now=now)
    editing.trim(store, entry.activity_ids[0], 0.0, 60.0, now=now)
    trash.delete(store, entry.activity_ids[0], now=now)
    store.delete_simulated()
    assert trash.listed(store, now=now) == () and store.edits() == () and store.counts().files == 0
