"""What the runner states of their laps."""

from __future__ import annotations

import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, NotEnoughData
from backward_running.core.recording import Lap, Mark
from backward_running.core.session import Paint
from backward_running.gait import CLEAR, as_strokes, find_bouts, stated_laps, with_stated_laps

LAPS = tuple(Lap(start_s, start_s + 60.0, "manual") for start_s in (0.0, 60.0, 120.0, 180.0))
B, F = Direction.BACKWARD, Direction.FORWARD


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("odd-backward", [B, F, B, F]),
        ("even-backward", [F, B, F, B]),
        ("Odd-Forward", [F, B, F, B]),
        ("2,3-backward", [F, B, B, F]),
        ("all-backward", [B, B, B, B]),
    ],
)
def test_patterns(recording, pattern, expected):
    one = with_stated_laps(recording(240.0, {"speed_mps": 2.0}, laps=LAPS), pattern)
    bouts = find_bouts(one, one.main)
    assert [
        bout.direction for at_s in (30, 90, 150, 210) for bout in bouts if bout.start_s <= at_s < bout.end_s
    ] == expected
    assert {bout.found_by for bout in bouts} == {"planned_and_marked"}


def test_a_statement_takes_the_place_of_labels(recording):
    labelled = (Lap(0.0, 60.0, label="forward"), Lap(60.0, 120.0, label="forward"))
    one = with_stated_laps(recording(120.0, {"speed_mps": 2.0}, laps=labelled), "even-backward")
    assert [bout.direction for bout in find_bouts(one, one.main)] == [F, B]


@pytest.mark.parametrize("pattern", ["", "odd", "backward", "odd backward please", "0-backward", "5-backward"])
def test_what_is_no_pattern_is_refused(recording, pattern):
    with pytest.raises(BadValue, match="laps"):
        with_stated_laps(recording(240.0, {"speed_mps": 2.0}, laps=LAPS), pattern)


def test_without_laps_there_is_no_pattern(recording):
    with pytest.raises(NotEnoughData, match="no laps"):
        with_stated_laps(recording(240.0, {"speed_mps": 2.0}), "odd-backward")


def test_speed_contradicts_a_statement(recording):
    one = with_stated_laps(recording(240.0, {"speed_mps": 5.2}, laps=LAPS), "odd-backward")
    assert [bout.direction for bout in find_bouts(one, one.main)] == [Direction.UNKNOWN, F, Direction.UNKNOWN, F]


def test_a_mark_that_ends_a_stretch_starts_none(recording):
    marks = (Mark(30.0, "backward start"), Mark(90.0, "backward end"), Mark(150.0, "Rückwärts"), Mark(200.0, ""))
    one = recording(240.0, {"speed_mps": 2.0}, marks=marks)
    assert [(bout.start_s, bout.direction) for bout in find_bouts(one, one.main)] == [
        (0.0, Direction.UNKNOWN), (30.0, B), (90.0, Direction.UNKNOWN), (150.0, B), (200.0, Direction.UNKNOWN),
    ]  # fmt: skip


def test_a_statement_becomes_a_stroke_for_each_lap_and_clear_takes_it_back(recording):
    laps = (Lap(0.0, 50.0), Lap(50.0, 90.0), Lap(90.0, 100.0))
    run = recording(100.0, laps=laps)
    by_hand = Paint(10.0, 20.0, Direction.SIDEWAYS)
    stated = Paint(0.0, 100.0, Direction.BACKWARD, Gait.RUN, laps="odd-backward")
    strokes = as_strokes(run, [by_hand, stated])
    assert strokes[0] == by_hand
    assert [(one.start_s, one.end_s, one.direction, one.gait, one.laps) for one in strokes[1:]] == [
        (0.0, 50.0, Direction.BACKWARD, Gait.RUN, None),
        (50.0, 90.0, Direction.FORWARD, Gait.RUN, None),
        (90.0, 100.0, Direction.BACKWARD, Gait.RUN, None),
    ]
    clears = Paint(0.0, 100.0, Direction.UNKNOWN, laps=CLEAR)
    assert as_strokes(run, [stated, by_hand, clears]) == (by_hand,)
    assert len(as_strokes(run, [clears, stated])) == 3
    assert stated_laps([stated, by_hand]) == "odd-backward"
    assert stated_laps([stated, clears]) is None
    assert stated_laps([by_hand]) is None
