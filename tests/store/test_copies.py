"""A store saved, put back, checked and repaired: bit for bit, while it is in use, and never half."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from tests.store.earlier import FILLED, unpacked
from tests.store.test_open import content, execute

from backward_running.core.athlete import CheckIn
from backward_running.core.errors import StoreError, StoreTooNew
from backward_running.core.glance import at_a_glance
from backward_running.core.ports import ActivityQuery, Damaged
from backward_running.flows import checking, coach
from backward_running.store import copies, open_store

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, samples):
    """A folder with a store in which something of everything is."""
    folder = tmp_path / "home"
    store = open_store(folder)
    for data in (b"first", os.urandom(300_000)):
        samples.file(data, title=f"of {len(data)}").into(store)
    store.put_plan(samples.plan())
    store.add_check_in(samples.check_in())
    store.close()
    return folder


def test_a_copy_put_back_is_the_same_bit_for_bit(home, tmp_path):
    before = content(home / "backward.db")
    saved = copies.backup(home, tmp_path / "saved.db", now=NOW)
    assert saved.stat().st_mode & 0o777 == 0o600
    assert content(saved) == before
    execute(home / "backward.db", "DELETE FROM check_in")
    execute(home / "backward.db", "UPDATE file SET content = zeroblob(10)")
    changed = content(home / "backward.db")
    kept = copies.restore(home, saved, now=NOW)
    assert content(home / "backward.db") == before
    assert content(kept) == changed, "what was there is kept"
    again = copies.backup(home, tmp_path / "again.db", now=NOW)
    # SQLite counts the changes of a file in its first page (offsets 24 to 27, 40 to 43 and 92 to 99), and whoever has the
    # store open knows by a number there that it was put back (60 to 63); all else is the same.
    one, other = saved.read_bytes(), again.read_bytes()
    assert [
        at
        for at in range(len(one))
        if one[at] != other[at] and not any(at in range(*some) for some in ((24, 28), (40, 44), (60, 64), (92, 100)))
    ] == []
    assert len(one) == len(other)
    store = open_store(home)
    for row in store.activities(ActivityQuery()):
        assert sha256(store.original(row.file_key)[1]).hexdigest() == row.file_key
    store.close()


def test_a_count_of_changes_that_comes_twice_shows_nothing_of_before_a_copy_was_put_back(home, tmp_path):
    store = open_store(home)
    saved = copies.backup(home, tmp_path / "saved.db", now=NOW)
    store.put_setting("units", "imperial")
    with at_a_glance():
        assert store.setting("units") == "imperial"
    count = store.revision()
    copies.restore(home, saved, now=NOW)
    store.put_setting("theme", "dark")
    assert store.revision() == count, "as many changes, and other ones"
    with at_a_glance():
        assert (store.setting("units"), store.setting("theme")) == (None, "dark")
    store.close()


def test_it_is_copied_and_put_back_while_it_is_in_use(home, tmp_path, samples):
    store, ended = open_store(home), threading.Event()

    def write():
        number = 0
        while not ended.is_set():
            number += 1
            store.put_setting("draft_answers", "x" * number)
            store.add_check_in(samples.check_in(NOW + timedelta(seconds=number)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [copies.backup(home, tmp_path / f"{number}.db", now=NOW) for number in range(5)]
    finally:
        ended.set()
        writer.join()
    for one in made:
        with closing(sqlite3.connect(one)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    copies.restore(home, made[0], now=NOW)
    with closing(sqlite3.connect(made[0])) as copy:
        (told,) = copy.execute("SELECT count(*) FROM check_in").fetchone()
    assert len(store.check_ins()) == told, "who has it open sees it"
    store.put_setting("units", "imperial")
    store.close()


@pytest.mark.parametrize("wrong", ["nothing", "a photo", "of another program", "empty", "cut off", "too new"])
def test_what_is_no_sound_copy_is_not_put_back(home, tmp_path, wrong):
    before, bad = content(home / "backward.db"), tmp_path / "bad.db"
    if wrong in ("cut off", "too new"):
        copies.backup(home, bad, now=NOW)
    if wrong == "cut off":
        with bad.open("rb+") as file:
            file.truncate(bad.stat().st_size // 2)
    elif wrong == "too new":
        execute(bad, "UPDATE alembic_version SET version_num = '0999'")
    elif wrong == "a photo":
        bad.write_bytes(os.urandom(20_000))
    elif wrong == "empty":
        bad.touch()
    elif wrong == "of another program":
        execute(bad, "CREATE TABLE cookies (name)")
    with pytest.raises(StoreTooNew if wrong == "too new" else StoreError):
        copies.restore(home, bad, now=NOW)
    assert content(home / "backward.db") == before
    assert [one.name for one in home.iterdir()] == ["backward.db"], "nothing is left behind"


def test_a_copy_of_an_older_version_is_put_back_in_the_tables_of_today(home, tmp_path):
    old = unpacked(FILLED[0], tmp_path)
    before = content(old)
    copies.restore(home, old, now=NOW)
    store = open_store(home)
    assert store.counts().activities == 4
    store.close()
    assert content(old) == before
    assert sorted(one.name for one in home.iterdir()) == ["backward.copies", "backward.db"]


def test_a_copy_takes_the_place_of_a_damaged_store_and_of_none(home, tmp_path):
    saved = copies.backup(home, tmp_path / "saved.db", now=NOW)
    whole = content(saved)
    for wreck in (lambda file: file.truncate(0), lambda file: file.write(os.urandom(30_000))):
        with (home / "backward.db").open("rb+") as file:
            wreck(file)
        kept = copies.restore(home, saved, now=NOW)
        assert content(home / "backward.db") == whole
        assert kept.suffix == ".damaged" and kept.stat().st_mode & 0o777 == 0o600
    assert copies.restore(tmp_path / "new", saved, now=NOW) is None
    assert content(tmp_path / "new" / "backward.db") == whole


def test_nothing_is_written_over_and_no_copy_is_made_of_nothing(home, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        copies.backup(home, tmp_path / "mine.txt", now=NOW)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert copies.backup(home, tmp_path, now=NOW).name == "backward-2026-11-22-120000.db"
    with pytest.raises(StoreError, match="no store at"):
        copies.backup(tmp_path / "nowhere", tmp_path / "x.db", now=NOW)


def test_of_daily_copies_the_last_seven_stay(home):
    for day in range(10):
        at = NOW + timedelta(days=day)
        assert copies.keep_daily(home, now=at) is not None
        assert copies.keep_daily(home, now=at + timedelta(hours=1)) is None
    names = [one.name for one in copies.copies_of(home)]
    assert names == [f"daily-{NOW + timedelta(days=day):%Y-%m-%d}.db" for day in range(9, 2, -1)]


# Checked, and repaired


def flip(home, table, column, where="1", bit=0, at=0.5):
    """Flip one bit of what is kept."""
    with closing(sqlite3.connect(home / "backward.db")) as connection, connection:
        rowid, kept = connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {where} LIMIT 1").fetchone()
        changed = bytearray(kept if isinstance(kept, bytes) else kept.encode())
        changed[int(at * len(changed))] ^= 1 << bit
        value = bytes(changed) if isinstance(kept, bytes) else changed.decode("latin-1")
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, rowid))


def test_what_is_sound_has_no_damage(home):
    store = open_store(home)
    assert list(store.damages()) == []
    store.close()


def test_not_one_flipped_bit_comes_out_as_the_original(home):
    """Every bit of a small original, and of the head and end of a large one, as it is packed in the store."""
    path, keys = home / "backward.db", [sha256(b"first").hexdigest()]
    with closing(sqlite3.connect(path)) as connection:
        keys += [key for (key,) in connection.execute("SELECT key FROM file WHERE size > 1000")]
    store = open_store(home)
    tried = 0
    for key in keys:
        data = store.original(key)[1]
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            (packed,) = connection.execute("SELECT content FROM file WHERE key = ?", (key,)).fetchone()
            places = range(len(packed)) if len(packed) < 100 else (*range(12), len(packed) // 2, len(packed) - 1)
            for at in places:
                for bit in range(8):
                    broken = bytearray(packed)
                    broken[at] ^= 1 << bit
                    connection.execute("UPDATE file SET content = ? WHERE key = ?", (bytes(broken), key))
                    try:
                        assert store.original(key)[1] == data
                    except StoreError as said:
                        assert "damaged" in str(said)
                    tried += 1
            connection.execute("UPDATE file SET content = ? WHERE key = ?", (packed, key))
    assert tried > 200
    store.close()


def test_a_damaged_original_comes_back_from_a_copy(home):
    copies.keep(home / "backward.db", "daily-2026-11-22")
    before = content(home / "backward.db")
    flip(home, "file", "content", "size > 1000")
    store = open_store(home)
    damages = tuple(checking.check(store))
    assert [one.kind for one in damages] == [Damaged.ORIGINAL]
    nowhere = dict(checking.repair(store, damages, lambda key: None))
    assert "import the file again" in nowhere[damages[0]]
    mended = dict(checking.repair(store, damages, lambda key: copies.original_in_copies(home, key)))
    assert mended == {damages[0]: None}
    assert list(store.damages()) == []
    store.close()
    assert content(home / "backward.db") == before


def test_a_recording_and_a_session_come_back_from_the_original(new_home):
    from tests.apps.browsing import track_file

    from backward_running.flows import intake

    store = open_store(new_home)
    (entry,) = intake.import_file(store, "hill.fit", track_file(), now=NOW)
    (activity_id,) = entry.activity_ids
    coach.add_check_in(store, CheckIn(NOW, note="well"))
    recording, session = store.recording(activity_id), store.session(activity_id)
    store.close()
    flip(new_home, "stream", "content")
    execute(new_home / "backward.db", "UPDATE activity SET session = '{'")
    store = open_store(new_home)
    damages = tuple(checking.check(store))
    assert [one.kind for one in damages] == [Damaged.RECORDING, Damaged.SESSION]
    assert set(dict(checking.repair(store, damages, lambda key: None)).values()) == {None}
    assert list(checking.check(store)) == []
    assert store.recording(activity_id).streams[0].time_s.tolist() == recording.streams[0].time_s.tolist()
    assert store.session(activity_id).bouts == session.bouts
    store.close()


def test_a_damaged_page_of_the_database_is_found(home):
    with closing(sqlite3.connect(home / "backward.db")) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_activity_athlete_id_simulated'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with (home / "backward.db").open("rb+") as file:
        file.seek((page - 1) * size + 3)
        file.write(b"\0\0")  # no cell is on the page any more
    store = open_store(home)
    found = list(checking.check(store))
    assert found and {one.kind for one in found} == {Damaged.DATABASE}
    (why,) = set(dict(checking.repair(store, tuple(found), lambda key: None)).values())
    assert "backward restore" in why
    store.close()
    with pytest.raises(StoreError, match="damaged"):
        copies.backup(home, home / "x.db", now=NOW)
    assert not (home / "x.db").exists()


def test_what_does_not_follow_from_what_is_stored_is_found_and_worked_out_anew(new_home):
    from tests.apps.browsing import track_file

    from backward_running.flows import intake

    store = open_store(new_home)
    intake.import_file(store, "hill.fit", track_file(), now=NOW)
    assert list(checking.check(store)) == []
    store.close()
    execute(new_home / "backward.db", "UPDATE derived SET inputs = 'x'")
    store = open_store(new_home)
    damages = tuple(checking.check(store))
    assert [one.kind for one in damages] == [Damaged.DERIVED]
    assert dict(checking.repair(store, damages, lambda key: None)) == {damages[0]: None}
    assert list(checking.check(store)) == []
    store.close()


def test_what_a_month_loaded_is_held_against_its_runs_and_summed_anew(new_home):
    from tests.apps.browsing import track_file

    from backward_running.flows import intake

    store = open_store(new_home)
    for day in (17, 18):
        intake.import_file(store, f"{day}.fit", track_file(day=day), now=NOW)
    before = [month.cells.tolist() for month in store.load_months()]
    store.close()
    # Every activity is still counted: only by their loads can it be told.
    first = "(SELECT min(activity_id) FROM load)"
    execute(new_home / "backward.db", f"UPDATE load SET loads = '[null,null,null,null]' WHERE activity_id = {first}")
    store = open_store(new_home)
    (damage,) = checking.check(store)
    assert (damage.kind, damage.thing) == (Damaged.LOADS, "2026-11-01")
    assert dict(checking.repair(store, (damage,), lambda key: None)) == {damage: None}
    assert list(checking.check(store)) == []
    assert [month.cells.tolist() for month in store.load_months()] != before
    store.close()
