"""``backward habits``: in plain words, on older recordings, and forgotten."""

from __future__ import annotations

import json

import pytest
from benchmarks._data import simulated_fit

from backward_running.apps.cli import MISUSED, main


@pytest.fixture
def run(tmp_path, capfd):
    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


def test_habits_are_shown_used_and_forgotten(run, tmp_path):
    code, out, _ = run("habits")
    assert (code, "Nothing is learned yet" in out) == (0, True)
    path = tmp_path / "session.fit"
    path.write_bytes(simulated_fit(0.4))
    run("import", str(path))
    code, out, _ = run("habits")
    assert code == 0
    assert "Learned from 1 recording," in out
    assert "Simulated" in out
    assert "Your steps a minute, forward: " in out
    assert "--judge-again" in out
    known = json.loads(run("habits", "--json")[1])["known"]
    assert known["recordings"] == 1
    assert known["forward_cadence"][0][1] > 140.0
    code, out, _ = run("habits", "--judge-again")
    assert (code, "1 of 1" in out) == (0, True)
    assert json.loads(run("habits", "--judge-again", "--json")[1])[0]["changed"] is False
    assert "what 1 recording had taught" in run("habits", "--forget")[1]
    assert "Nothing had been learned" in run("habits", "--forget")[1]
    assert run("habits", "--forget", "--judge-again")[0] == MISUSED
