"""Opening, and everything that can be wrong with what is opened."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.store.earlier import FILLED, unpacked

import backward_running
from backward_running.core.errors import NotFound, StoreBusy, StoreError, StoreFull, StoreTooNew
from backward_running.core.ports import ActivityQuery, Counts, Store
from backward_running.store import default_home, open_store, postgresql, sqlite
from backward_running.store._version import SCHEMA_VERSION


def content(path: Path) -> bytes:
    """Everything in the database, as text: what must not change."""
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump()).encode()


def names_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@pytest.fixture
def path(tmp_path: Path, samples) -> Path:
    """The file of a closed store with one run in it."""
    store = open_store(tmp_path)
    samples.file().into(store)
    store.close()
    return tmp_path / "backward.db"


# Where


def test_home_is_chosen_by_the_environment_else_by_the_platform(monkeypatch, tmp_path):
    monkeypatch.setenv("BACKWARD_HOME", str(tmp_path / "mine"))
    assert default_home() == tmp_path / "mine"
    monkeypatch.delenv("BACKWARD_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_home().name == "backward-running"


@pytest.mark.parametrize("make", [str, Path, lambda place: f"sqlite:///{place}"])
@pytest.mark.parametrize(
    ("place", "file"),
    [("", "backward.db"), ("a/b", "a/b/backward.db"), ("mine.db", "mine.db"), ("x.y/z.sqlite3", "x.y/z.sqlite3")],
)
def test_a_place_is_a_folder_or_a_file(tmp_path, make, place, file):
    open_store(make(tmp_path / place)).close()
    assert (tmp_path / file).is_file()


def test_odd_letters_in_a_path_are_only_letters(tmp_path):
    open_store(tmp_path / "50% ?x=1#läufe&mode=ro").close()
    assert (tmp_path / "50% ?x=1#läufe&mode=ro" / "backward.db").is_file()


def test_an_existing_file_is_opened_whatever_its_ending(path, tmp_path):
    other = path.rename(tmp_path / "copy.bak")
    store = open_store(other)
    assert store.counts() == Counts(1, 0, 1)
    store.close()


@pytest.mark.parametrize("size", [0, 1, 15, 16, 50, 95, 96, 100, 4096, 8192, 20_000])
def test_what_is_left_of_a_store_is_not_a_new_one(path, size):
    with path.open("rb+") as file:
        file.truncate(size)
    with pytest.raises(StoreError, match=r"what is left of a store|is damaged") as raised:
        open_store(path)
    assert "nothing was changed" in str(raised.value) and path.stat().st_size == size
    assert names_in(path.parent) == ["backward.db"]


def test_an_unknown_address_is_said():
    with pytest.raises(StoreError, match=r"begins with mysql://"):
        open_store("mysql://host/db")


def test_the_folder_is_private(tmp_path):
    before = os.umask(0)
    try:
        store = open_store(tmp_path / "a" / "home")
        store.put_setting("units", "metric")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
    assert (tmp_path / "a" / "home").stat().st_mode & 0o777 == 0o700
    modes = {one.name: one.stat().st_mode & 0o777 for one in (tmp_path / "a" / "home").iterdir()}
    assert modes == dict.fromkeys(["backward.db", "backward.db-wal", "backward.db-shm"], 0o600)
    store.close()


def test_a_store_that_others_could_read_is_closed_to_them(path):
    path.chmod(0o664)
    open_store(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


# How


def in_new_process(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_nothing_heavy_is_imported_before_a_store_is_opened():
    code = "import sys, backward_running.store; print({'sqlalchemy', 'alembic', 'sqlite3'} & set(sys.modules))"
    assert in_new_process(code) == "set()"


def test_alembic_is_not_imported_for_a_store_of_this_version(path):
    code = (
        "import sys; from backward_running.store import open_store; "
        f"print(open_store({str(path)!r}).counts().activities, {{'alembic', 'pydantic'}} & set(sys.modules))"
    )
    assert in_new_process(code) == "1 set()"


def test_the_file_is_kept_as_a_log_ahead_and_its_keys_are_checked(path):
    store = open_store(path)
    with store._database.reading() as connection:
        ask = connection.exec_driver_sql
        assert ask("PRAGMA journal_mode").scalar() == "wal"
        assert ask("PRAGMA foreign_keys").scalar() == 1
        assert ask("PRAGMA synchronous").scalar() == 2  # what was acknowledged is on the disk
        assert ask("PRAGMA integrity_check").scalar() == "ok"
    store.close()


def test_listing_uses_the_index_of_a_person(path):
    from sqlalchemy import event

    store, asked = open_store(path), []
    engine = store._database.engine
    event.listen(engine, "before_cursor_execute", lambda *sent: asked.append(sent[2:4]))
    store.activities()
    listing, values = asked[-1]
    with store._database.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {listing}", values).all()
    store.close()
    assert plan[0][3] == "SEARCH activity USING INDEX ix_activity_athlete_id_started_at_activity_id (athlete_id=?)"
    assert not any("USE TEMP B-TREE FOR ORDER BY" in step[3] for step in plan)


def test_two_programs_may_make_the_same_store_at_once(tmp_path):
    code = f"from backward_running.store import open_store; print(open_store({str(tmp_path)!r}).counts().activities)"
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [one.communicate()[0].strip() for one in both] == ["0"] * 3


# What is wrong: not ours, damaged, too new


def test_a_file_of_something_else_is_left_alone(tmp_path):
    photo = tmp_path / "backward.db"
    photo.write_bytes(os.urandom(20_000))
    before = photo.read_bytes()
    with pytest.raises(StoreError, match=f"{photo} is not a store or is damaged"):
        open_store(tmp_path)
    assert photo.read_bytes() == before


def test_a_database_of_another_program_is_left_alone(tmp_path):
    other = tmp_path / "backward.db"
    execute(other, "CREATE TABLE cookies (name)")
    before = other.read_bytes()
    with pytest.raises(StoreError, match="of another program"):
        open_store(tmp_path)
    assert other.read_bytes() == before
    assert names_in(tmp_path) == ["backward.db"]


def test_a_damaged_store_says_so_and_names_itself(path):
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    with pytest.raises(StoreError, match="backward.db"):
        list(open_store(path).activities())


def test_a_damaged_stream_says_so_and_leaves_the_rest(path, samples):
    execute(path, "UPDATE stream SET content = zeroblob(500) WHERE ordinal = 0")
    store = open_store(path)
    activity_id = store.activities()[0].activity_id
    with pytest.raises(StoreError, match="stored stream is damaged"):
        store.recording(activity_id)
    assert store.original(store.row(activity_id).file_key)[1] == b"bytes"
    store.close()


def test_a_newer_store_is_left_alone_and_both_versions_are_named(path):
    execute(path, "UPDATE alembic_version SET version_num = '0999'")
    execute(path, "UPDATE meta SET value = '9.8.7' WHERE name = 'written_by'")
    before = content(path)
    with pytest.raises(StoreTooNew) as raised:
        open_store(path)
    for part in (str(path), "9.8.7", "0999", backward_running.__version__, SCHEMA_VERSION, "nothing was changed"):
        assert part in str(raised.value)
    assert content(path) == before


def test_a_newer_store_that_does_not_say_its_program_is_still_too_new(path):
    execute(path, "UPDATE alembic_version SET version_num = '0999'")
    execute(path, "DROP TABLE meta")
    with pytest.raises(StoreTooNew, match="a newer version of the program"):
        open_store(path)


# What is wrong: held, full, closed to us


@contextmanager
def held(path: Path, how: str) -> Iterator[None]:
    """Let another program hold the store."""
    code = (
        f"import sqlite3, sys; c = sqlite3.connect({str(path)!r}, isolation_level=None); "
        f"c.execute('PRAGMA locking_mode = {'EXCLUSIVE' if how == 'EXCLUSIVE' else 'NORMAL'}'); "
        f"c.execute('BEGIN {how}'); print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    try:
        yield
    finally:
        other.communicate("")


def test_while_another_program_writes_we_read_and_wait(path):
    store = open_store(path, busy_timeout_s=0.2)
    with held(path, "IMMEDIATE"):
        assert store.counts().activities == 1
        begun = time.monotonic()
        with pytest.raises(StoreBusy, match=r"Another program holds the store .*backward\.db; nothing was changed"):
            store.put_setting("units", "metric")
        assert time.monotonic() - begun >= 0.2
    store.put_setting("units", "metric")
    assert store.setting("units") == "metric"
    store.close()


def test_a_store_that_another_program_holds_alone_cannot_be_opened(path):
    execute(path, "PRAGMA journal_mode = DELETE")
    with held(path, "EXCLUSIVE"), pytest.raises(StoreBusy, match="backward.db"):
        open_store(path, busy_timeout_s=0.1)


def limit_pages(store: Store, pages: int) -> None:
    """Let the file grow no further, as on a full disk."""
    from sqlalchemy import event

    engine = store._database.engine
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count = {pages}"))


def test_on_a_full_disk_nothing_is_changed(path, samples):
    store = open_store(path)
    before = content(path)
    limit_pages(store, 1)
    big = samples.file(os.urandom(3_000_000))
    with pytest.raises(StoreFull, match="disk is full.*nothing was changed"):
        big.into(store)
    assert not store.has_file(big.key)
    assert len(store.import_log()) == 1
    with pytest.raises(NotFound):
        store.row(big.entry.activity_ids[0])
    store.close()
    assert content(path) == before
    with_room = open_store(path)
    big.into(with_room)
    assert with_room.original(big.key)[1] == big.data
    with_room.close()


@pytest.fixture
def tiny_disk(tmp_path: Path, root_only) -> Iterator[Path]:
    """A disk of 2 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount a small disk: {done.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_on_a_disk_that_is_really_full_nothing_is_changed(tiny_disk, samples):
    store = open_store(tiny_disk)
    kept = samples.file()
    kept.into(store)
    before = content(tiny_disk / "backward.db")
    big = samples.file(os.urandom(3_000_000))
    with pytest.raises(StoreFull, match="nothing was changed"):
        big.into(store)
    assert store.counts() == Counts(1, 0, 1)
    assert store.original(kept.key)[1] == kept.data
    store.close()
    assert content(tiny_disk / "backward.db") == before


def test_a_store_that_finds_no_room_leaves_nothing_behind(tiny_disk):
    with (tiny_disk / "filler").open("wb", buffering=0) as filler, pytest.raises(OSError, match="space"):
        while True:
            filler.write(bytes(4096))
    with pytest.raises(StoreFull):
        open_store(tiny_disk)
    assert names_in(tiny_disk) == ["filler"]


def test_a_step_that_finds_no_room_leaves_the_store_of_before(tiny_disk, tmp_path):
    old = unpacked(FILLED[-1], tmp_path)
    execute(old, "UPDATE file SET content = randomblob(400000)")
    before = content(old)
    shutil.copy(old, tiny_disk / "backward.db")
    with pytest.raises(StoreFull, match="nothing was changed"):
        open_store(tiny_disk)
    assert content(tiny_disk / "backward.db") == before
    store = open_store(old)
    assert store.counts().activities == 4
    store.close()


@pytest.fixture
def as_nobody(root_only) -> Iterator[None]:
    """Be somebody who may write nowhere."""
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    if os.geteuid() == 0:
        shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_is_said(open_folder, as_nobody):
    for place in (open_folder, open_folder / "new" / "home"):
        with pytest.raises(StoreError, match=str(open_folder)):
            open_store(place)
    os.seteuid(0)
    assert names_in(open_folder) == []


def test_a_file_that_cannot_be_written_is_said(open_folder, root_only):
    open_store(open_folder).close()
    (open_folder / "backward.db").chmod(0o644)
    execute(open_folder / "backward.db", "PRAGMA journal_mode = DELETE")
    os.seteuid(65534)
    try:
        store = open_store(open_folder)
        assert store.counts() == Counts(0, 0, 0)
        with pytest.raises(StoreError, match="cannot be written"):
            store.put_setting("units", "metric")
        store.close()
    finally:
        os.seteuid(0)


def test_a_folder_below_a_file_is_said(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(StoreError, match="No store can be kept at"):
        open_store(tmp_path / "file" / "home")


# PostgreSQL


def test_a_server_that_does_not_answer_is_said_without_the_password():
    with pytest.raises(StoreError, match="runs on 127.0.0.1 cannot be reached") as raised:
        open_store("postgresql://me:secret@127.0.0.1:1/runs?connect_timeout=1")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("state", "kind"),
    [("53100", StoreFull), ("55P03", StoreBusy), ("40P01", StoreBusy), ("08006", StoreError), ("42501", StoreError)],
)
def test_what_a_server_says_is_told_apart(state, kind):
    said = postgresql.explain("runs on host", SimpleNamespace(sqlstate=state))
    assert type(said) is kind
    assert "runs on host" in str(said)


def test_what_sqlite_says_is_told_apart(tmp_path, monkeypatch):
    error = SimpleNamespace(sqlite_errorname="SQLITE_IOERR_WRITE")
    assert type(sqlite.explain(tmp_path / "x", error)) is StoreError
    monkeypatch.setattr(sqlite, "_NEARLY_FULL_BYTES", 1 << 62)
    assert type(sqlite.explain(tmp_path / "x", error)) is StoreFull


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
class TestPostgres:
    """What only a real server can show."""

    @pytest.fixture
    def admin(self, postgres_url):
        import psycopg

        with psycopg.connect(postgres_url) as connection:
            yield connection

    def test_a_newer_store_is_left_alone(self, postgres_url, admin):
        open_store(postgres_url).close()
        admin.execute("UPDATE alembic_version SET version_num = '0999'")
        admin.execute("UPDATE meta SET value = '9.8.7' WHERE name = 'written_by'")
        admin.commit()
        with pytest.raises(StoreTooNew, match=r"9\.8\.7"):
            open_store(postgres_url)

    def test_a_held_table_is_waited_for_and_then_said(self, postgres_url, admin):
        store = open_store(postgres_url, busy_timeout_s=0.2)
        admin.execute("LOCK TABLE setting IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreBusy, match="nothing was changed"):
            store.put_setting("units", "metric")
        admin.rollback()
        store.put_setting("units", "metric")
        assert store.setting("units") == "metric"
        store.close()

    def test_a_database_that_is_not_there_is_said(self, postgres_url):
        with pytest.raises(StoreError, match="nowhere on .* cannot be reached"):
            open_store(
                postgres_url.replace("@/store", "@/nowhere?x=").split("?x=")[0] + "?" + postgres_url.split("?")[1]
            )

    def test_a_server_that_dropped_its_connections_is_reached_again(self, postgres_url, admin, monkeypatch):
        """One that rested is asked whether it is there; of one that was just used the first question fails, in words."""
        store = open_store(postgres_url)
        for rests_s, fails in ((0.0, False), (3600.0, True)):
            monkeypatch.setattr(postgresql, "RESTS_S", rests_s)
            assert store.activities(ActivityQuery()) == []
            others = "pid <> pg_backend_pid() AND datname = current_database()"
            admin.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
            admin.commit()
            with pytest.raises(StoreError, match="cannot be reached") if fails else nullcontext():
                store.activities(ActivityQuery())
            assert store.activities(ActivityQuery()) == []
        store.close()
