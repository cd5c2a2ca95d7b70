import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from tests.apps.browsing import NOW, track_file

from backward_running.apps.cli import FAILED, _shared, main

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


def test_while_something_stops_the_plan_nobody_reads_that_it_stands(run):
    run("log", "--pain", "left knee=10")
    assert "None of the sessions below is to be done until then." in run("plan")[1]
    run("log", "--red-flag", "chest_pain")
    for told in (run("plan", "--changes")[1], run("plan", "--accept", "--yes")[2]):
        assert "stands as it is" not in told
        assert told.startswith("The plan waits.") and "emergency number" in told


def test_what_was_missed_can_be_moved_and_today_names_the_days(run, monkeypatch):
    first = plan_of(run)["weeks"][0]["workouts"][0]
    tomorrow = datetime.combine(date.fromisoformat(first["on"]), time(12), UTC) + timedelta(days=1)
    monkeypatch.setattr(_shared, "machine_clock", lambda: tomorrow)
    assert f"`backward move w01-1 {tomorrow.date()}`" in run("today")[1]
    assert run("move", "w01-1", str(tomorrow.date()), "--yes")[0] == 0
    assert plan_of(run)["weeks"][0]["workouts"][0]["on"] == str(tomorrow.date())


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


# A session done without a recording


def test_a_session_is_said_to_be_done_and_taken_back(run):
    first = plan_of(run)["weeks"][0]["workouts"][0]
    assert first["on"] == TODAY.isoformat()
    code, out, _ = run("done", "--minutes", "2.5")
    assert code == 0 and "Kept by your word" in out and "2.5" in out
    name = f"said:{first['workout_id']}"
    assert name in out
    assert run("log", "--run", name, "--moment", "after", "--exertion", "4", "--pain", "left knee=1")[0] == 0
    assert "By your word" in run("today")[1]
    assert "by your word" in run("calendar", f"{TODAY:%Y-%m}")[1]
    assert run("done", "--take-back")[0] == 0
    assert "By your word" not in run("today")[1] and "`backward done`" in run("today")[1]
    code, out, _ = run("done", first["workout_id"], "--json")
    assert code == 0 and json.loads(out)["workout_id"] == first["workout_id"]


def test_what_cannot_have_been_done_is_refused(run):
    later = plan_of(run)["weeks"][1]["workouts"][0]["workout_id"]
    code, _, err = run("done", later)
    assert code != 0 and "once it was done" in err
    assert run("log", "--run", f"said:{later}", "--exertion", "4")[0] != 0


def test_changes_are_counted_first_and_told_to_the_second(run):
    assert run("check-in", "--calf", "5")[0] == 0
    run("today")
    _, out, _ = run("plan", "--changes")
    summary = next(line for line in out.splitlines() if re.match(r"\d+ sessions? ", line))
    assert summary.endswith(".")
    assert re.search(r"\(\d+:\d\d backward\)", out)


def test_the_last_run_is_named_with_its_year(run, tmp_path):
    file = tmp_path / "run.fit"
    file.write_bytes(track_file())
    assert run("import", str(file))[0] == 0
    assert "17 November 2026" in run("today")[1]


def test_the_zone_of_a_run_is_put_right_by_hand(run, tmp_path):
    file = tmp_path / "run.fit"
    file.write_bytes(track_file())
    run("import", str(file))
    assert "Asia/Tokyo, by your word" in run("zone", "last", "Asia/Tokyo")[1]
    assert "Asia/Tokyo, by your word" in run("zone", "last")[1]
    assert run("zone", "last", "Mars/Phobos")[0] != 0
    assert "by your word" not in run("zone", "last", "--by-itself")[1]
    assert run("zone", "last", "Asia/Tokyo", "--by-itself")[0] != 0
