"""Plan, laps and marks: a strong prior, not the truth."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Lap, Mark, RecordedStep
from backward_running.gait import find_bouts
from backward_running.gait.detectors.planned_and_marked import DETECTOR, judge

OURS = (
    RecordedStep(0, "WARM UP"),
    RecordedStep(1, "BACK 1/6"),
    RecordedStep(2, "FWD 1/6"),
    RecordedStep(3, "BACK WALK 2/6"),
)


def laps(*indices, seconds=60.0):
    return tuple(
        Lap(number * seconds, (number + 1) * seconds, "workout step", index) for number, index in enumerate(indices)
    )


def told(bouts):
    return [(bout.start_s, bout.end_s, bout.direction, bout.gait) for bout in bouts]


def test_our_own_workout(recording):
    speed = np.repeat([2.6, 2.1, 2.6, 1.1], 60)
    one = recording(240.0, {"speed_mps": speed}, laps=laps(0, 1, 2, 3), steps=OURS)
    bouts = find_bouts(one, one.main)
    assert told(bouts) == [
        (0.0, 60.0, Direction.FORWARD, Gait.RUN),
        (60.0, 120.0, Direction.BACKWARD, Gait.RUN),
        (120.0, 180.0, Direction.FORWARD, Gait.RUN),
        (180.0, 240.0, Direction.BACKWARD, Gait.WALK),
    ]
    assert {bout.found_by for bout in bouts} == {DETECTOR.key}
    assert bouts[0].probability_share == pytest.approx(0.80)
    assert bouts[1].probability_share == pytest.approx(0.93)


def test_borders_lie_on_the_laps_to_the_millisecond(recording):
    own = (Lap(0.0, 61.437, None, 2), Lap(61.437, 118.212, None, 1), Lap(118.212, 240.0, None, 2))
    one = recording(240.0, {"speed_mps": 2.0}, laps=own, steps=OURS)
    assert [bout.end_s for bout in find_bouts(one, one.main)] == [61.437, 118.212, 240.0]


def test_speed_contradicts_a_backward_step(recording):
    one = recording(180.0, {"speed_mps": 5.0}, laps=laps(2, 1, 2), steps=OURS)
    assert [bout.direction for bout in find_bouts(one, one.main)] == [
        Direction.FORWARD,
        Direction.UNKNOWN,
        Direction.FORWARD,
    ]


def test_step_length_contradicts_a_backward_step(recording):
    one = recording(60.0, {"speed_mps": 3.5, "cadence_spm": 120.0}, laps=laps(1), steps=OURS)
    assert [bout.direction for bout in find_bouts(one, one.main)] == [Direction.UNKNOWN]


def test_standing_in_a_backward_step_is_still(recording):
    speed = np.full(120, 1.9)
    speed[70:90] = 0.0
    one = recording(120.0, {"speed_mps": speed}, laps=laps(2, 1), steps=OURS)
    assert Direction.STILL in [bout.direction for bout in find_bouts(one, one.main)]


def test_steps_without_direction_say_nothing_in_a_workout_of_others(recording):
    others = (RecordedStep(0, "Warm up"), RecordedStep(1, "800 m"), RecordedStep(2, "Jog back"))
    one = recording(180.0, {"speed_mps": 3.0}, laps=laps(0, 1, 2), steps=others)
    assert judge(one, np.arange(180.0)) is None
    assert [bout.direction for bout in find_bouts(one, one.main)] == [Direction.UNKNOWN]


def test_a_label_beats_the_step_and_notes_come_last(recording):
    steps = (RecordedStep(0, "Work", notes="Run backwards"), RecordedStep(1, "BACK 1/2"))
    own = (
        Lap(0.0, 60.0, None, 0),
        Lap(60.0, 120.0, None, 1, label="forward after all"),
        Lap(120.0, 180.0, None, 1, label="forward"),
    )
    one = recording(180.0, {"speed_mps": 2.0}, laps=own, steps=steps)
    first, second = find_bouts(one, one.main)
    assert (first.direction, first.end_s) == (Direction.BACKWARD, 60.0)
    assert first.probability_share == pytest.approx(0.85)
    assert second.direction is Direction.FORWARD


def test_marks_hold_until_the_next(recording):
    marks = (Mark(30.0, "backward"), Mark(90.5, "now forward"), Mark(150.0, "bus stop"))
    one = recording(200.0, {"speed_mps": 2.0}, marks=marks)
    assert [(bout.start_s, bout.direction) for bout in find_bouts(one, one.main)] == [
        (0.0, Direction.UNKNOWN), (30.0, Direction.BACKWARD), (90.5, Direction.FORWARD), (150.0, Direction.UNKNOWN),
    ]  # fmt: skip


def test_laps_alone_are_enough(recording):
    one = recording(180.0, laps=laps(2, 1, 2), steps=OURS)
    assert [bout.direction for bout in find_bouts(one, None)] == [
        Direction.FORWARD,
        Direction.BACKWARD,
        Direction.FORWARD,
    ]


def test_two_marks_two_seconds_apart_are_what_the_runner_said(recording):
    marks = (Mark(3.0, "backward"), Mark(5.0, "forward"), Mark(40.0, "backward"), Mark(43.5, "forward"))
    for columns in ({}, {"speed_mps": 2.5, "cadence_spm": 170.0}):
        one = recording(60, columns, marks=marks)
        told = [
            (bout.start_s, bout.end_s, bout.direction) for bout in find_bouts(one, one.streams[0] if columns else None)
        ]
        assert told[1:] == [
            (3.0, 5.0, Direction.BACKWARD),
            (5.0, 40.0, Direction.FORWARD),
            (40.0, 43.5, Direction.BACKWARD),
            (43.5, 60.0, Direction.FORWARD),
        ]


def test_a_short_marked_stretch_is_still_doubted_by_speed(recording):
    marks = (Mark(3.0, "backward"), Mark(6.0, "forward"))
    one = recording(60, {"speed_mps": 6.0, "cadence_spm": 180.0}, marks=marks)
    assert Direction.BACKWARD not in {bout.direction for bout in find_bouts(one, one.main)}
