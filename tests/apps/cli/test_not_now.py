"""Somebody whose answers keep a plan away is told what comes first at every door, and is sold nothing."""

from __future__ import annotations

import json

import pytest
from tests.apps.cli.test_done import run  # noqa: F401 -- a fixture
from tests.flows.test_adapt import ANSWERS

KEPT_AWAY = ANSWERS | {"health": ["anticoagulation"], "goal": "try"}


@pytest.fixture
def kept_away(run, tmp_path):  # noqa: F811 -- the fixture
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(KEPT_AWAY, default=str))
    assert "Not now." in run("start", "--answers", str(file))
    return run


def test_today_says_what_comes_first_and_offers_no_demo(kept_away):
    told = kept_away("today")
    assert "Not now." in told and "You ticked: " in told and "takes your answers up again" in told
    assert "demo" not in told and "No plan yet" not in told


def test_without_answers_it_says_how_a_plan_begins(run):  # noqa: F811
    assert "No plan yet: `backward start`" in run("today")
