from __future__ import annotations

import json

import pytest
from tests.apps.browsing import NOW, track_file
from tests.store.regions import park, prepared

from backward_running.apps.cli import main
from backward_running.flows import intake
from backward_running.store import open_store


@pytest.fixture
def run(new_home, capfd):
    """Run `backward spots` on a store of its own."""

    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(new_home), "spots", *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out + said.err

    return call


def test_without_a_map_own_runs_answer_and_say_how_to_get_one(run, new_home):
    code, said = run()
    assert code == 0 and "No straight of 30 m" in said and "backward region prepare" in said
    store = open_store(new_home)
    for day in (16, 17, 18):
        intake.import_file(store, f"{day}.fit", track_file(day=day, length_s=600 + day), now=NOW)
    store.close()
    code, said = run("--near", "42.5,1.5")
    assert code == 0 and "From your own runs, outside your privacy zones:\nown.42" in said
    assert "run on 3 days, 3 times" in said and "walk it forward first" in said
    assert "No straight of 30 m" in run("--near", "60.17,24.94")[1]
    (own,) = json.loads(run("--json")[1])["own"]["straights"]
    assert own["days"] == 3 and own["grade"] is None


def test_beside_a_map_both_are_told(run, new_home):
    (new_home / "regions").mkdir()
    with prepared(park(new_home / "regions"), new_home / "regions"):
        pass
    code, said = run("--near", "60.1705,24.9390")
    assert code == 0 and "Long Alley" in said and "From your own runs" not in said
    told = json.loads(run("--near", "60.1705,24.9390", "--json")[1])
    assert len(told["found"]["spots"]) == 3 and told["own"]["straights"] == []
