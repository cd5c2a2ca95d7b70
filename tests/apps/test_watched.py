"""A watched folder: half-written files wait, and renamed, repeated or deleted ones do not come in again."""

from __future__ import annotations

import os

import pytest
from click.testing import CliRunner
from tests.apps.browsing import NOW, track_file

from backward_running.apps.cli import backward
from backward_running.apps.watched import Watched, folder_of
from backward_running.apps.web.errands import Errands
from backward_running.core.errors import BadValue
from backward_running.flows import trash, watching
from backward_running.store import open_store


@pytest.fixture
def store(new_home):
    store = open_store(new_home)
    yield store
    store.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    return made


def look(watched, store):
    return [entry.status for entry in watched.look(store, lambda: NOW)]


def changed(path, data, at):
    """Write a file as of a time: no test may hang on how fine a clock is."""
    path.write_bytes(data)
    os.utime(path, ns=(at, at))


def test_a_file_comes_in_once_it_is_whole(store, folder):
    watched, data = Watched(folder), track_file()
    changed(folder / "run.fit", data[:1000], 1)
    assert look(watched, store) == []
    changed(folder / "run.fit", data[:2000], 2)
    assert look(watched, store) == []
    changed(folder / "run.fit", data, 3)
    assert look(watched, store) == []
    assert look(watched, store) == ["new"]
    assert look(watched, store) == [] and store.counts().activities == 1


def test_a_file_that_stopped_half_way_and_went_on_comes_in_then(store, folder):
    watched, data = Watched(folder), track_file()
    changed(folder / "run.gpx", b"<gpx", 1)
    assert look(watched, store) == [] and look(watched, store) == ["failed"]
    assert look(watched, store) == [], "it is not asked again while it is the same"
    changed(folder / "run.gpx", data, 2)
    look(watched, store)
    assert look(watched, store) == ["new"]


def test_renamed_copied_and_put_there_again_it_is_the_same(store, folder):
    watched = Watched(folder)
    changed(folder / "a.fit", track_file(), 1)
    look(watched, store), look(watched, store)
    (folder / "a.fit").rename(folder / "b.fit")
    (folder / "deep").mkdir()
    changed(folder / "deep" / "c.fit", track_file(), 5)
    for one in (watched, watched, Watched(folder)):
        assert look(one, store) == [] and look(one, store) == []
    assert store.counts().activities == 1 and len(store.import_log()) == 1


def test_what_was_deleted_here_does_not_come_back(store, folder):
    changed(folder / "a.fit", track_file(), 1)
    first = Watched(folder)
    look(first, store), look(first, store)
    (row,) = store.activities()
    trash.delete(store, row.activity_id, now=NOW)
    second = Watched(folder)
    look(second, store), look(second, store)
    assert store.counts().activities == 0


def test_what_programs_keep_for_themselves_is_passed_over(store, folder):
    for name in (".hidden.fit", "run.fit.part", "run.tmp", "x.crdownload"):
        changed(folder / name, track_file(), 1)
    (folder / "empty.fit").touch()
    (folder / "link.fit").symlink_to(folder / ".hidden.fit")
    watched = Watched(folder)
    look(watched, store), look(watched, store)
    assert store.counts().activities == 0 and store.import_log() == []


def test_a_folder_that_is_away_for_a_while_is_no_fault(store, folder):
    watched = Watched(folder / "card")
    assert look(watched, store) == []
    (folder / "card").mkdir()
    changed(folder / "card" / "a.fit", track_file(), 1)
    look(watched, store)
    assert look(watched, store) == ["new"]


def test_in_settings_a_folder_is_watched_while_the_app_is_open(full, folder):
    assert full.submit("/settings/folder", {"folder": str(folder / "nowhere")}).status_code == 422
    assert full.submit("/settings/folder", {"folder": str(folder)}).status_code == 303
    assert watching.folder(full.store) == str(folder.resolve())
    errands, before = Errands(full.store, lambda key: None, lambda: NOW), full.store.counts().activities
    changed(folder / "new.fit", track_file(day=20), 1)
    errands.look(), errands.look()
    assert full.store.counts().activities == before + 1
    full.submit("/settings/folder", {"folder": ""})
    assert watching.folder(full.store) is None
    errands.look()
    with pytest.raises(BadValue):
        folder_of(" ")


def test_in_a_terminal(new_home, folder):
    changed(folder / "a.fit", track_file(), 1)
    said = CliRunner().invoke(backward, ["--home", str(new_home), "watch", str(folder), "--once"])
    assert said.exit_code == 0 and "new: a.fit" in said.output


@pytest.mark.parametrize("typed", ["x" * 3000, "a/" * 3000, "a\0b", "~nobody-here/runs", "\ud800"])
def test_what_can_be_no_name_is_refused_in_words(typed):
    """A name that the disk cannot hold is not there, whatever it says of it."""
    with pytest.raises(BadValue, match="folder"):
        folder_of(typed)
