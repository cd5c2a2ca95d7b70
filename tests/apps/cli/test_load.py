"""``backward load``: ledgers in the terminal, filling, zones, the ratio."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.apps.browsing import track_file

from backward_running.apps.cli import MISUSED, main
from backward_running.store import open_store


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def run(home, capfd):
    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(home), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


def test_the_ledgers_are_printed_apart(run, home, tmp_path):
    assert "No run is here yet" in run("load")[1]
    path = tmp_path / "one.fit"
    path.write_bytes(track_file())
    run("import", str(path))
    code, out, _ = run("load", "--by", "minutes", "--ratio", "on", "--zones", "120 140 160")
    assert code == 0
    assert "Nothing here adds forward and backward" in out
    assert "criticised as an artefact" in out
    found = json.loads(run("load", "--json", "--by", "minutes")[1])
    assert found["zones"]["borders_bpm"] == [120, 140, 160]
    assert found["ratio_on"] is True
    assert found["forward"]["direction"] == "forward"
    store = open_store(home)
    (row,) = store.load_rows()
    store.put_session(replace(store.session(row.activity_id), loads=None, hearts=None), store.row(row.activity_id))
    store.close()
    assert "Runs without a load yet: 1; it is not known, and not 0." in run("load")[1]
    assert "1 of 1  Hill path" in run("load", "--fill")[1]
    assert "nothing to fill" in run("load", "--fill")[1]
    assert json.loads(run("load", "--fill", "--json")[1]) == []


@pytest.mark.parametrize(("arguments", "words"), [(("--zones", "9"), "2 to 7"), (("--by", "miles"), "be one of")])
def test_what_cannot_be_is_refused_in_one_sentence(run, arguments, words):
    code, out, problem = run("load", *arguments)
    assert (code, out) == (MISUSED, "")
    assert words in problem
    assert problem.count("\n") == 1
