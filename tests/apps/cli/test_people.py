"""``backward people`` and ``--person``: whose runs a command is about."""

from __future__ import annotations

import json

import pytest
from tests.apps.browsing import track_file

from backward_running.apps.cli import main


@pytest.fixture
def run(tmp_path, capfd):
    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


def titles(run, *whose):
    return [row["title"] for row in json.loads(run(*whose, "runs", "--json")[1])["activities"]]


def test_a_command_is_about_who_is_named(run, tmp_path):
    code, out, _ = run("people", "add", "Ben")
    assert code == 0 and '--person "Ben" import' in out
    (tmp_path / "a.fit").write_bytes(track_file(title="Mine", day=17))
    (tmp_path / "b.fit").write_bytes(track_file(title="His", day=18))
    assert run("import", str(tmp_path / "a.fit"))[0] == 0
    assert run("--person", "ben", "import", str(tmp_path / "b.fit"))[0] == 0
    assert (titles(run), titles(run, "--person", "Ben")) == (["Mine"], ["His"])
    assert run("--person", "Ben", "about", "--units", "imperial")[0] == 0
    assert json.loads(run("about", "--json")[1])["units"] == "metric"


def test_the_variable_names_somebody_too(run, monkeypatch):
    run("people", "add", "Ben")
    monkeypatch.setenv("BACKWARD_PERSON", "Ben")
    run("about", "--mass-kg", "61")
    assert json.loads(run("about", "--json")[1])["athlete"]["mass_kg"] == 61.0
    monkeypatch.delenv("BACKWARD_PERSON")
    assert json.loads(run("about", "--json")[1])["athlete"]["mass_kg"] is None


def test_who_is_there_is_shown_and_changed(run):
    run("people", "add", "Ben")
    assert "Ben is called Benno now" in run("people", "rename", "Ben", "Benno")[1]
    assert "opens for Benno" in run("people", "first", "Benno")[1]
    found = json.loads(run("people", "--json")[1])
    assert [(who["name"], who["opens_first"]) for who in found] == [("Me", False), ("Benno", True)]
    assert "the store opens for them" in run("people")[1]


def test_a_folder_for_each_is_taken_in_for_each(run, tmp_path):
    for name, title, day in (("Anna", "Hers", 17), ("Ben", "His", 18)):
        (tmp_path / "club" / name).mkdir(parents=True)
        (tmp_path / "club" / name / "run.fit").write_bytes(track_file(title=title, day=day))
    (tmp_path / "club" / ".sync").mkdir()
    run("people", "add", "Anna")
    code, _, err = run("people", "import", str(tmp_path / "club"))
    assert code == 1 and "Nobody is called Ben; nothing was taken in" in err
    assert titles(run, "--person", "Anna") == []
    code, out, _ = run("people", "import", str(tmp_path / "club"), "--add")
    assert code == 0 and "1 new" in out
    assert (titles(run), titles(run, "--person", "Anna"), titles(run, "--person", "Ben")) == ([], ["Hers"], ["His"])
    assert json.loads(run("people", "import", str(tmp_path / "club"), "--json")[1]) == {
        "Anna": {"same": 1}, "Ben": {"same": 1},
    }  # fmt: skip
    (tmp_path / "club" / "Ben" / "broken.fit").write_bytes(b"no recording at all")
    assert run("people", "import", str(tmp_path / "club"))[0] == 3


def test_where_one_folder_is_no_name_nobody_comes_in(run, tmp_path):
    for name in ("Anna", "x" * 41):
        (tmp_path / "club" / name).mkdir(parents=True)
    code, _, err = run("people", "import", str(tmp_path / "club"), "--add")
    assert code == 2 and "1 to 40 letters" in err
    assert [who["name"] for who in json.loads(run("people", "--json")[1])] == ["Me"]


def test_everything_of_somebody_goes_with_their_name_and_nothing_else(run, tmp_path):
    run("people", "add", "Ben")
    (tmp_path / "a.fit").write_bytes(track_file(title="Mine", day=17))
    run("import", str(tmp_path / "a.fit"))
    run("--person", "Ben", "import", str(tmp_path / "a.fit"))
    assert run("people", "erase", "Ben")[0] != 0  # nobody answers
    assert "deleted" in run("people", "erase", "Ben", "--written", "Ben")[1]
    assert run("--person", "Ben", "runs")[0] == 1
    assert titles(run) == ["Mine"]


def test_what_is_exported_is_of_one(run, tmp_path):
    run("people", "add", "Ben")
    (tmp_path / "a.fit").write_bytes(track_file(title="Mine", day=17))
    run("import", str(tmp_path / "a.fit"))
    assert "0 activities" in run("--person", "Ben", "export-all", str(tmp_path / "ben.zip"))[1]
    assert "1 activities" in run("export-all", str(tmp_path / "me.zip"))[1]
    assert run("--person", "Ben", "import-all", str(tmp_path / "me.zip"))[0] == 0
    assert titles(run, "--person", "Ben") == ["Mine"]
