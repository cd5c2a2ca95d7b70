"""Trash, edits, notes, shoes, zones and the card in a terminal."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from backward_running.apps.cli import backward


@pytest.fixture
def say(full, tmp_path):
    def said(*arguments, **more):
        done = CliRunner().invoke(backward, ["--home", str(tmp_path), *map(str, arguments)], **more)
        return done.output if done.exception is None else f"{done.output}{done.exception}"

    said.ids, said.store = full.ids, full.store
    return said


def test_forgotten_and_restored(say):
    run = say.ids[0]
    assert "trash restore" in say("forget", run, "--yes")
    assert run[:8] in say("trash") and json.loads(say("trash", "--json"))[0]["title"] == "Hill path"
    assert "is back" in say("trash", "restore", run[:8])
    assert "lists what is" in say("trash", "restore", run[:8])
    say("forget", run, "--yes")
    assert "Deleted for good: 1 run." in say("trash", "empty", "--yes")
    assert "empty" in say("trash")


def test_trimmed_split_merged_and_taken_back(say):
    run = say.ids[0]
    assert "was trimmed" in say("edit", run, "--trim", "1:00", "5:00")
    assert "is as before" in say("edit", run, "--undo")
    second = json.loads(say("edit", run, "--split", "5:00", "--json"))["results"][1]
    assert "joined into one" in say("edit", run, "--merge", second)
    assert "are as before" in say("edit", run, "--undo") and "is as before" in say("edit", run, "--undo")
    assert "as it came in" in say("edit", run, "--undo")
    assert "Say one of" in say("edit", run)
    assert say.store.edits() == () and say.store.counts().activities == 2


def test_notes_and_shoes(say, tmp_path):
    assert "Road" in say("shoes", "--add", "Road", "--start-km", "10")
    assert "Shoes: Road" in say("note", say.ids[0], "windy", "--shoes", "Road")
    assert "windy" in say("note", say.ids[0])
    assert json.loads(say("shoes", "--json"))[0]["distance_m"] > 11_000
    assert "retired" in say("shoes", "--retire", "Road")
    assert "no shoes called" in say("note", say.ids[0], "--shoes", "none of these")
    assert "not said" in say("note", say.ids[0], "", "--shoes", "none")
    (tmp_path / "x.jpg").write_bytes(b"no photo")
    assert "JPEG" in say("note", say.ids[0], "--photo", tmp_path / "x.jpg")


def test_zones(say):
    assert "home" in say("privacy")
    assert "work: 400 m" in say("privacy", "--add", "work", "--at", "48.2,16.3", "--radius", "400")
    assert "work" not in say("privacy", "--remove", "work")
    assert "two numbers" in say("privacy", "--add", "x", "--at", "here")
    assert "go together" in say("privacy", "--add", "x")
    assert "Found by itself" in say("privacy", "--home")


def test_the_card(say, tmp_path):
    for ending, begins in (("png", b"\x89PNG"), ("svg", b"<?xml")):
        path = tmp_path / f"card.{ending}"
        say("export", "card", say.ids[0], "--as", ending, "--to", path)
        assert path.read_bytes().startswith(begins)
    assert "png, svg" in say("export", "card", say.ids[0], "--as", "zwo", "--to", "-")
