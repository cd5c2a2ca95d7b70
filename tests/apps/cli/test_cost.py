"""`backward cost`: both ways, JSON, refusals."""

from __future__ import annotations

import json

import pytest
from tests.flows.test_cost import RUNNER, taken_in

from backward_running.apps.cli import MISUSED, main
from backward_running.store import open_store


@pytest.fixture
def run(tmp_path, capfd):
    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


def test_both_ways_with_interval_and_standing(run) -> None:
    code, out, _ = run("cost", "--pace", "7:30", "--grade", "3", "--backward", "--mass", "70")
    assert code == 0
    for part in ("kcal/km", "kcal/min", "single study", "as hard, running forward", "heart rate to expect"):
        assert part in out


def test_json_is_si(run) -> None:
    code, out, _ = run("cost", "--pace", "6:00", "--forward", "--json")
    assert code == 0
    said = json.loads(out)
    assert said["asked"]["speed_mps"] == pytest.approx(1000 / 360)
    assert said["asked"]["mass_kg"] is None
    assert said["backward"]["cost"]["name"] == "cost_j_per_kg_m"
    assert said["forward"]["cost"]["value"] < said["backward"]["cost"]["value"]


def test_downhill_backward_is_not_known_and_says_why_once_per_direction(run) -> None:
    code, out, _ = run("cost", "--pace", "7:30", "--grade", "-2")
    assert code == 0
    assert "backward: Backward downhill: nobody has measured what it costs." in out
    assert out.count("backward: Backward downhill") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--pace", "1:30"), "from 2:34 to 33:20 per km"),
        (("--pace", "7:30", "--grade", "50"), "from −45 to +45 %"),
        (("--pace", "7:30", "--mass", "900"), "from 25 to 300 kg"),
    ],
)
def test_what_cannot_be_is_refused_with_the_range(run, arguments, words) -> None:
    code, out, err = run("cost", *arguments)
    assert code == MISUSED
    assert out == ""
    assert words in err


def test_a_pace_is_asked_for(run) -> None:
    code, _, err = run("cost")
    assert code == MISUSED
    assert "--pace 7:30" in err


def test_your_own_factor(run, tmp_path, now) -> None:
    store = open_store(tmp_path / "home")
    store.put_athlete(RUNNER)
    for number in range(3):
        taken_in(store, now, number)
    store.close()
    code, out, _ = run("cost", "--you")
    assert code == 0
    assert "both together" in out
    assert "own factor, from 3 recordings" in run("cost", "--pace", "7:30")[1]
    assert json.loads(run("cost", "--you", "--json")[1])["enough"] is True


@pytest.fixture
def now():
    from datetime import UTC, datetime

    return datetime(2026, 11, 22, 12, tzinfo=UTC)
