"""Something else that was done, how it felt without a recording, and a slip that is taken back: in a terminal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from tests.apps.browsing import NOW

from backward_running.apps.cli import _shared, backward
from backward_running.store import open_store


@pytest.fixture
def run(tmp_path):
    def call(*arguments):
        result = CliRunner().invoke(backward, ["--home", str(tmp_path / "home"), *arguments], standalone_mode=False)
        return result.output if result.exception is None else str(result.exception)

    call.home = tmp_path / "home"
    return call


def kept(run, what):
    store = open_store(run.home)
    found = getattr(store, what)()
    store.close()
    return found


def test_something_else_is_kept_named_felt_and_taken_back(run):
    assert "needs --minutes" in run("done", "--else")
    assert "goes with --else" in run("done", "--minutes", "5", "--forward", "3")
    told = run("done", "--else", "--minutes", "6", "--forward", "10")
    (said,) = kept(run, "said_done")
    assert (said.backward_s, said.forward_s) == (360.0, 600.0) and said.workout_id in told
    run("log", "--run", "last", "--calf", "1")
    run("log", "--run", f"said:{said.workout_id[-12:]}", "--pain", "left knee=1")
    assert {one.activity_id for one in kept(run, "check_ins")} == {f"said:{said.workout_id}"}
    assert "Nothing was said" in run("log", "--run", "said:w09-9", "--calf", "1")
    assert "Taken back" in run("done", said.workout_id, "--take-back")
    assert kept(run, "said_done") == ()


def test_a_day_is_enough_to_say_how_it_felt(run):
    run("log", "--on", "2026-05-04", "--calf", "2")
    (check_in,) = kept(run, "check_ins")
    assert check_in.on.isoformat() == "2026-05-04" and check_in.activity_id is None
    assert "Call the emergency number" in run("log", "--on", "2026-05-04", "--red-flag", "chest_pain")
    assert "not both" in run("log", "--on", "2026-05-04", "--run", "last", "--calf", "2")


def test_a_fall_told_by_mistake_is_shown_with_its_key_and_taken_back(run):
    run("log", "--fell", "--concussion", "none")
    told = run("clearing", "show")
    key = next(word for word in told.split() if word.startswith("fall:"))
    assert "Taken back" in run("clearing", "mistake", key, "--reason", "wrong line")
    assert "fall:" not in run("clearing", "show").partition("a fall, told on")[0]
    (word,) = kept(run, "clearances")
    assert word.of == (key,) and kept(run, "check_ins")[0].fell


def test_its_kind_is_enough_where_only_one_was_told(run):
    run("log", "--fell", "--concussion", "none")
    assert "Taken back" in run("clearing", "mistake", "fall", "--reason", "wrong line")
    (word,) = kept(run, "clearances")
    assert word.of[0].startswith("fall:")


def test_of_two_of_a_kind_it_is_asked_which(run, monkeypatch):
    run("log", "--calf", "5")
    monkeypatch.setattr(_shared, "machine_clock", lambda: NOW + timedelta(days=1))
    run("log", "--calf", "4")
    said = run("clearing", "mistake", "soreness", "--reason", "wrong line")
    assert "More than one was told" in said and said.count("soreness:") == 2
    assert kept(run, "clearances") == ()


def test_who_stayed_beside_a_session_is_kept_with_it(run):
    assert "stayed with you" in run("done", "--else", "--minutes", "4", "--beside", " Ada  Low ")
    (said,) = kept(run, "said_done")
    (check_in,) = kept(run, "check_ins")
    assert (check_in.activity_id, check_in.supervised_by) == (f"said:{said.workout_id}", "Ada Low")
    assert "Write a name" in run("done", "--else", "--minutes", "4", "--beside", "  ")
