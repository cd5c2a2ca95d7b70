"""The link that brings sessions to the phone: what it holds, and that both ends read the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

from tests.conftest import ROOT

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Repeat, Step, Workout
from backward_running.formats.phone_link import MARK, read_fragment, write_fragment

VECTORS = ROOT / "tests" / "vectors" / "phone_link.json"
WALK = Step("WALK", Part.RECOVERY, Direction.FORWARD, Gait.WALK, duration_s=60.0)
BACK = Step(
    "BACK WALK",
    Part.WORK,
    Direction.BACKWARD,
    Gait.WALK,
    duration_s=90.0,
    speed_high_mps=1.23456,
    cue="Look. “Gerade”.",
    looks_round=True,
)
SPRINT = Step("BACK RUN", Part.WORK, Direction.BACKWARD, Gait.RUN, distance_m=20.0, is_sprint=True)
STAND = Step("STAND", Part.RECOVERY, Direction.STILL, Gait.WALK, duration_s=30.0)
DAY = date(2026, 11, 30)
WORKOUT = Workout(
    "w1-1", 1, 1, "First steps backward", DAY, Place.FLAT_CLOSED, "a friend as spotter",
    (replace(WALK, part=Part.WARM_UP, duration_s=300.0), Repeat(2, (BACK, WALK)), SPRINT), "2 × 1:30",
)  # fmt: skip
BELT = replace(WORKOUT, workout_id="w1-2", place=Place.TREADMILL, pieces=(Repeat(3, (BACK, STAND)),))
LINKS = {"one session": (WORKOUT,), "a session on a belt beside it": (WORKOUT, BELT)}


def written(workouts):
    return write_fragment(workouts, made_on=DAY, last_on=date(2026, 12, 6), unit="mi")


def as_walked(workouts):
    """Return name, direction, seconds, metres and looks of each step as the phone walks through it."""
    found = []
    for workout in workouts:
        for piece in workout.pieces:
            for step in piece.numbered() if isinstance(piece, Repeat) else (piece,):
                found.append([step.name, step.direction.value, step.duration_s, step.distance_m, step.looks_round])
    return found


def test_the_phone_is_tested_with_the_links_that_are_written_here():
    """After a change of what a link holds: write the file anew with what this test computes, and raise its version."""
    kept = json.loads(VECTORS.read_text())
    assert set(kept) == set(LINKS)
    for name, workouts in LINKS.items():
        assert read_fragment(kept[name]["fragment"]) == read_fragment(written(workouts))
        assert kept[name]["steps"] == as_walked(workouts)


def test_a_link_holds_what_is_needed_and_nothing_else():
    told = read_fragment(written((WORKOUT,)))
    assert set(told) == {"v", "made", "until", "unit", "sessions", "words"}
    assert (told["made"], told["until"], told["unit"]) == ("2026-11-30", "2026-12-06", "mi")
    (session,) = told["sessions"]
    assert set(session) == {"id", "on", "title", "where", "with", "indoor", "pieces"}
    assert session["pieces"][1] == [2, [
        ["BACK WALK", "w", "b", "w", 90.0, None, 1.235, None, 0, 1],
        ["WALK", "r", "f", "w", 60.0, None, None, None, None, 0],
    ]]  # fmt: skip
    assert session["pieces"][2][4:6] == [None, 20.0]
    assert told["words"] == ["Look. “Gerade”."]


def test_a_place_that_was_ticked_goes_along_with_its_session_alone():
    lanes = {"another": "Elsewhere", WORKOUT.workout_id: "Long Alley, 25 m"}
    told = read_fragment(write_fragment((WORKOUT,), made_on=DAY, last_on=DAY, lanes=lanes))
    assert told["sessions"][0]["lane"] == "Long Alley, 25 m" and "Elsewhere" not in str(told)


def test_a_word_that_many_steps_say_stands_once():
    many = tuple(replace(BACK, name=f"BACK {number}") for number in range(40))
    told = read_fragment(written((replace(WORKOUT, pieces=many),)))
    assert len(told["words"]) == 1


def test_it_can_stand_in_an_address():
    assert re.fullmatch(re.escape(MARK) + r"[A-Za-z0-9_-]+", written((WORKOUT, BELT)))
