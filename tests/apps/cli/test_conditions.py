from __future__ import annotations

import json

import pytest

from backward_running.apps.cli import FAILED, MISUSED, main
from backward_running.core.goals import REHAB_CONDITIONS


@pytest.fixture
def run(tmp_path, capfd):
    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


def test_the_list_and_a_page(run) -> None:
    code, out, _ = run("conditions")
    assert code == 0 and all(key in out for key, _ in REHAB_CONDITIONS)
    code, out, _ = run("conditions", "knee_osteoarthritis")
    assert code == 0 and "Alghadir" in out and "never instead of it" in out and "10\u00a0min backward" in out
    code, out, _ = run("conditions", "stroke", "--json")
    assert (
        json.loads(out)["view"]["verdict"] == "supported for walking, low certainty"
        and json.loads(out)["suggested"] == 1
    )


def test_a_stage_is_kept(run) -> None:
    assert run("conditions", "balance", "--stage", "2")[0] == 0
    assert "you are here" in run("conditions", "balance")[1]
    assert run("conditions", "balance", "--stage", "7")[0] == MISUSED
    assert run("conditions", "--stage", "2")[0] == MISUSED
    code, _, err = run("conditions", "hiccups")
    assert code == FAILED and "these are there" in err


def test_pain_that_was_logged_is_in_the_page(run) -> None:
    run("check-in", "--pain", "knee=3")
    assert "another time" in run("conditions", "runners_knee")[1]


def test_ceilings_are_set_shown_and_cleared(run) -> None:
    assert "No limits" in run("ceilings")[1]
    code, out, _ = run("ceilings", "--by", "surgeon", "--running", "no", "--minutes", "10", "--speed", "5.4")
    assert code == 0 and "surgeon" in out and "walking only" in out and "5.4\u00a0km/h" in out
    allowed = json.loads(run("ceilings", "--json")[1])
    assert allowed["backward_speed_mps"] == pytest.approx(1.5) and allowed["backward_session_s"] == 600
    assert "No limits" in run("ceilings", "--clear")[1]


def test_ceilings_that_cannot_be_meant_are_refused(run) -> None:
    code, _, err = run("ceilings", "--minutes", "5")
    assert code == MISUSED and "physiotherapist" in err
    code, _, err = run("ceilings", "--by", "x", "--minutes", "5")
    assert code == MISUSED and "--running no" in err, "whether running is allowed is never guessed"
    assert run("ceilings", "--by", "x", "--until", "2020-01-01")[0] == MISUSED
    assert run("ceilings", "--by", "x", "--clear")[0] == MISUSED
    assert run("ceilings", "--by", "x", "--sessions-per-week", "9")[0] == MISUSED
