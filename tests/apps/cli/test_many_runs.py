"""Of many runs at once, and a run by hand, in a terminal."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.apps.browsing import unplanned_file

from backward_running.apps.cli import backward
from backward_running.store import open_store


@pytest.fixture
def run(new_home):
    def call(*arguments):
        result = CliRunner().invoke(backward, ["--home", str(new_home), *arguments], standalone_mode=False)
        return result.output if result.exception is None else str(result.exception)

    call.home = new_home
    return call


@pytest.fixture
def with_runs(run, tmp_path):
    for days, length_s in enumerate((900, 1200)):
        file = tmp_path / f"{length_s}.fit"
        file.write_bytes(unplanned_file(length_s=length_s, backward=(0, 0), days_before=days))
        run("import", str(file))
    return run


def test_before_a_day_all_and_a_watch_and_back(with_runs):
    run = with_runs
    assert "2 runs · 2 forward as you said · 0 ask" in run("label", "--before", "2026-11-20", "forward")
    assert "before 2026-11-20" in run("label", "--said")
    assert "Taken back" in run("undo", "--said")
    told = json.loads(run("label", "--all", "backward", "--json"))
    assert (told["backward_as_said"], told["ask"]) == (2, [])
    assert len(json.loads(run("label", "--watch", "no such watch", "forward", "--json"))["ask"]) == 0
    run("undo", "--said")
    run("undo", "--said")
    assert "Nothing was said" in run("undo", "--said")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--all",), "which way"),
        (("--all", "sideways"), "which way"),
        (("--all", "forward", "0:00"), "only the direction"),
        ((), "Name a run"),
        (("--before", "2030-01-01", "forward"), "future"),
    ],
)
def test_what_is_not_clear_is_refused_and_nothing_is_kept(run, arguments, says):
    assert says in run("label", *arguments)
    store = open_store(run.home)
    assert store.statements() == ()
    store.close()


def test_undo_wants_one_of_the_two(run):
    assert "take back" in run("undo")
    assert "take back" in run("undo", "last", "--said")


def test_a_run_is_written_down(run):
    told = run(
        "log", "--on", "2026-11-20", "--backward", "5:00", "--time", "40", "--distance", "6.5", "--exertion", "3"
    )
    assert "Friday 20 November 2026" in told
    store = open_store(run.home)
    (said,) = store.said_done()
    assert (said.backward_s, said.forward_s, said.distance_m) == (300.0, 2100.0, 6500.0)
    assert [one.perceived_exertion_cr10 for one in store.check_ins()] == [3.0]
    store.close()
    assert "5:00 or more" in run("log", "--backward", "5:00", "--time", "4:00")
