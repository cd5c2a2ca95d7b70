"""Save, put back, check, take out whole and in again, on the command line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from tests.apps.browsing import track_file

from backward_running.apps.cli import MISUSED, PARTLY, STORE, main
from backward_running.apps.cli._printable import guard_streams


@pytest.fixture
def run(tmp_path, capfd):
    def call(*arguments, home="home"):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / home), *map(str, arguments)])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


@pytest.fixture
def hill(tmp_path, run):
    (tmp_path / "hill.fit").write_bytes(track_file())
    assert run("import", tmp_path / "hill.fit")[0] == 0
    return tmp_path / "hill.fit"


def spoil(tmp_path, statement):
    with closing(sqlite3.connect(tmp_path / "home" / "backward.db")) as connection, connection:
        connection.execute(statement)


def test_saved_put_back_and_checked(run, hill, tmp_path):
    code, out, _ = run("backup", tmp_path / "saved.db")
    assert code == 0 and "not encrypted" in out
    assert run("rename", "last", "Another title")[0] == 0
    assert run("restore", tmp_path / "saved.db", "--yes")[0] == 0
    assert "Hill path" in run("runs")[1]
    code, out, _ = run("check")
    assert code == 0 and out == "Everything is as it was kept: 1 activities, 1 originals.\n"
    code, out, _ = run("restore")
    assert code == 0 and "before-restore-" in out
    assert run("backup", tmp_path / "saved.db")[0] == STORE
    assert run("backup")[0] == MISUSED


def test_what_is_damaged_is_said_and_mended(run, hill, tmp_path):
    assert run("backup", "--daily", "on")[0] == 0
    spoil(tmp_path, "UPDATE file SET content = zeroblob(10)")
    code, out, err = run("check")
    assert code == PARTLY and "original hill.fit" in out and "--repair" in out and "backward.copies" in err
    code, _, err = run("export", "original", "last", "--to", tmp_path / "out.fit")
    assert code == STORE and "damaged" in err and not (tmp_path / "out.fit").exists()
    code, out, _ = run("check", "--repair", "--json")
    assert code == 0 and [one["mended"] for one in json.loads(out)["damages"]] == [True]
    assert run("export", "original", "last", "--to", tmp_path / "out.fit")[0] == 0
    assert (tmp_path / "out.fit").read_bytes() == hill.read_bytes()


def test_of_what_is_left_of_a_store_the_copies_are_named(run, hill, tmp_path):
    assert run("backup", "--daily", "on")[0] == 0
    (tmp_path / "home" / "backward.db").write_bytes(b"")
    code, _, err = run("check")
    assert code == STORE and "what is left of a store" in err and "daily-" in err


def test_everything_goes_out_and_in_again(run, hill, tmp_path):
    assert run("export-all", tmp_path / "all.zip")[0] == 0
    code, out, _ = run("import-all", tmp_path / "all.zip", home="other")
    assert code == 0 and out == "Taken in: 1 activities, 1 originals.\n"
    assert run("show", "last", "--json", home="other")[1] == run("show", "last", "--json")[1]
    assert run("import-all", tmp_path / "all.zip")[0] == STORE


def test_a_server_is_told_how_it_is_saved(capfd):
    for arguments, program in ((("backup", "x"), "pg_dump"), (("restore", "x"), "pg_restore")):
        with pytest.raises(SystemExit) as stop:
            main(["--home", "postgresql://runner@nowhere/runs", *arguments])
        assert stop.value.code == STORE and program in capfd.readouterr().err


def test_a_store_on_media_that_cannot_be_written_is_read(run, hill, tmp_path):
    import os
    import shutil

    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("needs to become somebody else")
    import tempfile
    from pathlib import Path

    folder = Path(tempfile.mkdtemp())
    shutil.copy(tmp_path / "home" / "backward.db", folder / "backward.db")
    (folder / "backward.db").chmod(0o444)
    folder.chmod(0o555)
    before = (folder / "backward.db").read_bytes()
    os.seteuid(65534)
    try:
        code, out, err = run("runs", home=str(folder))
        assert (code, err) == (0, "") and "Hill path" in out
        code, _, err = run("rename", "last", "x", home=str(folder))
        assert code == STORE and "cannot be written" in err
    finally:
        os.seteuid(0)
    assert (folder / "backward.db").read_bytes() == before and len(list(folder.iterdir())) == 1
    shutil.rmtree(folder)


def test_names_give_a_terminal_no_orders(run, hill, tmp_path):
    assert run("rename", "last", "wipe\x1b[2J\x1b]0;owned\x07\x9b31m\u202eback")[0] == 0
    for arguments in (("runs",), ("show", "last"), ("runs", "--json")):
        out = run(*arguments)[1]
        assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e"}, arguments
        assert "wipe" in out


def test_the_filter_is_put_before_a_stream_once(monkeypatch):
    import io
    import sys

    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    guard_streams()
    guard_streams()
    print("a\rb\x1b[1mc\td")
    assert stream.getvalue() == "a\ufffdb\x1b[1mc\td\n"


@pytest.mark.parametrize(
    "wrong",
    [("--birth-year", "2999"), ("--resting-heart-rate", "190", "--maximal-heart-rate", "180"), ("--zone", "Mars")],
)
def test_of_several_things_said_at_once_all_are_kept_or_none(run, wrong):
    before = run("about", "--json")[1]
    said = {"--zone": "Europe/Helsinki", "--units": "imperial", "--mass-kg": "60"} | dict(
        zip(wrong[::2], wrong[1::2], strict=True)
    )
    assert run("about", *[part for one in said.items() for part in one])[0] == MISUSED
    assert run("about", "--json")[1] == before
