"""On the treadmill, in a terminal."""

from __future__ import annotations

import itertools
import json
import threading
from functools import partial

import pytest
from click.testing import CliRunner
from tests.apps.live.radios import BELT, ToldRadio

from backward_running.apps.cli import backward
from backward_running.apps.live.treadmill_desk import TreadmillDesk
from backward_running.store import open_store


@pytest.fixture
def run(tmp_path, monkeypatch):
    seen, many = itertools.count(1), threading.Event()

    def rising():
        at_s = next(seen)  # each look at the clock is a second later
        if at_s >= 10:
            many.set()
        return float(at_s)

    def read(typed):
        for key in run.keys:
            typed.put(key)
        assert many.wait(60)
        typed.put("q")

    monkeypatch.setattr("backward_running.apps.cli.live._read", read)
    monkeypatch.setattr("backward_running.apps.live.treadmill_desk.TICKS_EVERY_S", 0.001)
    desk = partial(TreadmillDesk, make_radio=ToldRadio, rising=rising)
    monkeypatch.setattr("backward_running.apps.live.treadmill_desk.TreadmillDesk", desk)
    home = tmp_path / "home"

    def run(*arguments):
        return CliRunner().invoke(backward, ["--home", str(home), "live", *arguments])

    run.home, run.keys = home, ()
    return run


def test_the_devices_that_are_near_are_listed(run):
    assert "F1  Belt 3: treadmill" in run("--find").output
    told = json.loads(run("--find", "--json").stdout)
    assert told[1] == {"address": "F2", "name": "Strap", "kinds": ["heart rate strap"]}


def test_a_session_is_gone_through_and_saved(run):
    run.keys = ("b", "s", "x", "p", "p")
    reply = run()
    assert reply.exit_code == 0, reply.output
    assert "pull the safety clip" in reply.output and "Enter: next step" in reply.output and "BACK" in reply.output
    store = open_store(run.home)
    (activity,) = store.activities()
    recording = store.recording(activity.activity_id)
    assert recording.indoor and recording.steps[1].name == "Backward"
    store.close()


def test_two_of_a_kind_are_asked_about_and_none_is_said(run, monkeypatch):
    monkeypatch.setattr(ToldRadio, "found", (BELT, BELT.__class__("F9", "Belt 4", BELT.kinds, None)))
    assert "be named where two are near" in str(run().exception)
    monkeypatch.setattr(ToldRadio, "found", ())
    assert "Nothing that speaks was found" in str(run().exception)
    assert not open_store(run.home).activities()
