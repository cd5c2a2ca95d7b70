"""The check-in and the questions before a plan, in a terminal."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from backward_running.apps.cli import MISUSED, backward, main
from backward_running.store import open_store

TEN = ["3", "5:44", "45", "0", "1988", "1", "1 3 5", "1 3", "1", "1"]


@pytest.fixture
def run(tmp_path, capfd):
    """Run the whole command, exit code and all, on a store of its own."""

    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


@pytest.fixture
def typing(tmp_path):
    """Run a command with what a runner types, one line per question."""

    def call(*arguments, lines):
        return CliRunner().invoke(
            backward, ["--home", str(tmp_path / "home"), *arguments], input="\n".join(lines) + "\n"
        )

    return call


@pytest.fixture
def kept(tmp_path):
    def last():
        store = open_store(tmp_path / "home")
        found = store.check_ins()
        store.close()
        return found

    return last


def test_log_keeps_sites_mass_and_sleep_in_the_runners_units(run, kept):
    run("about", "--units", "imperial")
    code, out, _ = run("log", "--pain", "left knee=2", "--pain", "Right_Calf=0", "--mass", "160", "--sleep", "7:30")
    assert (code, "Kept." in out) == (0, True)
    (check_in,) = kept()
    assert check_in.pain_nrs == {"left knee": 2.0, "right calf": 0.0}
    assert check_in.mass_kg == pytest.approx(72.57, abs=0.01)
    assert check_in.sleep_s == 27_000.0
    assert check_in.fell is None


def test_check_in_is_another_name_of_it(run, kept):
    assert run("check-in", "--calf", "1")[0] == 0
    assert kept()[0].calf_soreness_nrs == 1.0


def test_the_sites_of_the_body_map_are_listed(run):
    _, out, _ = run("log", "--sites")
    assert "left achilles" in out
    assert "Front of the knee, right" in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--pain", "left elbow=2"], MISUSED, "--sites"),
        (["--pain", "knee"], MISUSED, "left knee=2"),
        (["--mass", "900"], MISUSED, "300"),
        (["--sleep", "30"], MISUSED, "24 hours"),
        (["--red-flag", "hiccups"], MISUSED, "--red-flags"),
        (["--calf", "12"], MISUSED, "10"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(run, kept, arguments, code, says):
    got, _, err = run("log", *arguments)
    assert (got, says in err) == (code, True)
    assert kept() == ()


def test_a_blow_to_the_head_is_a_fall_and_a_red_flag(run, kept):
    run("log", "--hit-head")
    run("log", "--fell", "--concussion", "yes")
    for check_in in kept():
        assert (check_in.fell, check_in.concussion_signs, check_in.red_flags) == (True, True, ("head_strike",))


def test_a_fall_is_asked_about_until_it_is_answered(run, kept):
    run("log", "--fell", "--broke-off")
    assert kept()[0].broke_off is True and kept()[0].concussion_signs is None
    run("log", "--concussion", "none")
    assert (kept()[1].fell, kept()[1].concussion_signs, kept()[1].red_flags) == (None, False, ())


def test_without_an_option_each_question_is_asked_and_a_wrong_answer_asked_again(typing, kept):
    lines = ["11", "4", "1", "left elbow=3", "left shin=3", "", "yes", "no", "no", "8", "", "99", "", "slow day"]
    result = typing("log", lines=lines)
    assert result.exit_code == 0, result.output
    (check_in,) = kept()
    assert (check_in.perceived_exertion_cr10, check_in.calf_soreness_nrs) == (4.0, 1.0)
    assert check_in.pain_nrs == {"left shin": 3.0}
    assert (check_in.fell, check_in.red_flags, check_in.sleep_s) == (True, (), 28_800.0)
    assert (check_in.concussion_signs, check_in.broke_off) == (False, False)
    assert (check_in.mass_kg, check_in.note) == (None, "slow day")
    assert "Write a number from 0 to 10." in result.output


def test_saying_nothing_keeps_nothing(typing, kept):
    result = typing("log", lines=[""] * 10)
    assert "nothing was kept" in result.output
    assert kept() == ()


def test_ten_questions_make_a_plan_and_say_which_programme(typing):
    result = typing("start", lines=TEN)
    assert result.exit_code == 0, result.output
    assert "Programme: First steps backward" in result.output
    assert "Week 1" in result.output
    assert "How long did you take to walk 3 metres" not in result.output


def test_a_gate_that_needs_one_thing_more_asks_for_it(typing, run):
    older = [*TEN[:4], "1950", *TEN[5:7], "1 4", *TEN[8:], "3.1"]
    result = typing("start", lines=older)
    assert result.exit_code == 0, result.output
    assert "How long did you take to walk 3 metres" in result.output
    assert json.loads(run("plan", "--json")[1])["answers"]["backward_walk_test_s"] == 3.1


def test_a_wrong_answer_is_asked_again_and_the_others_are_kept(typing):
    result = typing("start", lines=[*TEN[:4], "1850", *TEN[5:], "1988"])
    assert result.exit_code == 0, result.output
    assert "four digits" in result.output
    assert "Week 1" in result.output


def test_a_race_asks_for_its_day_and_distance_only_where_it_is_the_goal(typing):
    assert "day is the race" not in typing("start", lines=TEN).output
    racing = [*TEN[:3], "600", TEN[4], "4", *TEN[6:], "", "5"]
    assert "On which day is the race?" in typing("start", lines=racing).output


def test_a_red_flag_stops_and_shows_no_session(typing):
    flags = typing("start", lines=[*TEN[:9], "15"]).output
    assert "Coaching stops" in flags
    assert "Week 1" not in flags
