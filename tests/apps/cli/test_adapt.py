import json
from datetime import date, timedelta

import pytest
from tests.apps.browsing import NOW

from backward_running.apps.cli import FAILED, main

TODAY = NOW.date()
ANSWERS = {
    "forward_runs_per_week": 3,
    "easy_speed_mps": 2.8,
    "longest_run_s": 2400.0,
    "backward_experience_min": 0.0,
    "birth_year": 1990,
    "days": ["0", "1", "2", "3", "4", "5", "6"],
    "have": ["spotter"],
    "goal": "try",
    "parq": "all_no",
    "health": ["none"],
}


@pytest.fixture
def run(tmp_path, capfd):
    """Run the whole command on a store of its own that has a plan."""

    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS))
    assert call("start", "--answers", str(answers))[0] == 0
    return call


def plan_of(run):
    return json.loads(run("plan", "--json")[1])


def test_a_plan_that_stands_says_so(run):
    assert "stands as it is" in run("plan", "--changes")[1]
    assert json.loads(run("plan", "--changes", "--json")[1]) is None
    assert "Nothing is proposed" in run("plan", "--accept", "--yes")[2]


def test_leaving_out_shows_the_difference_and_changes_only_with_yes(run):
    before = plan_of(run)
    code, out, err = run("skip", "w02-1", "--json")
    assert code == 0 and "--yes" in err
    shown = json.loads(out)
    gone = [one["workout_id"] for one in shown["changes"] if one["after"] is None]
    assert any(name.endswith("w02-1") for name in gone) and plan_of(run) == before
    code, out, _ = run("skip", "w02-1", "--yes")
    assert code == 0 and "revision 2" in out and "You leave" in out
    after = [one["workout_id"] for week in plan_of(run)["weeks"] for one in week["workouts"]]
    assert not any(name.endswith("w02-1") for name in after)


def test_a_move_that_cannot_be_says_why(run):
    code, _, err = run("move", "w02-1", (TODAY + timedelta(days=60)).isoformat(), "--yes")
    assert code == FAILED and "its own week" in err
    assert run("move", "w99-9", TODAY.isoformat())[0] == FAILED


def test_ill_and_well_again(run):
    first = TODAY.isoformat()
    assert run("ill", "--yes")[0] == 0
    assert not any(week["workouts"] for week in plan_of(run)["weeks"])
    code, out, _ = run("ill", "--from", first, "--to", first, "--yes")
    assert code == 0 and "stage back" in out
    assert any(week["workouts"] for week in plan_of(run)["weeks"])


def test_away_leaves_the_days_empty(run):
    first, last = TODAY + timedelta(days=8), TODAY + timedelta(days=12)
    assert run("away", "--from", first.isoformat(), "--to", last.isoformat(), "--yes")[0] == 0
    days = [date.fromisoformat(one["on"]) for week in plan_of(run)["weeks"] for one in week["workouts"]]
    assert days and not any(first <= day <= last for day in days)


def test_sore_calves_make_the_plan_lighter_and_no_answer_brings_it_back(run):
    before = plan_of(run)["weeks"]
    assert run("check-in", "--calf", "5")[0] == 0
    assert "The plan got lighter" in run("today")[1]
    _, out, _ = run("plan", "--changes")
    assert "5 of 10" in out and "before" in out and "holds already" in out
    assert "The lighter plan stays" in run("plan", "--decline")[1]
    assert plan_of(run)["weeks"] != before
    assert "stands as it is" in run("plan", "--changes")[1]
