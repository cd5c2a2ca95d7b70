"""Heading against course."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.direction import Direction
from backward_running.gait import find_bouts
from backward_running.gait.detectors.facing_against_course import DETECTOR, judge


def facing(recording, gap_deg, *, seconds=240, speed=2.0, spread=15.0, mount_known=True, seed=2):
    rng = np.random.default_rng(seed)
    course = rng.normal(70.0, 8.0, seconds) % 360
    heading = (course + gap_deg + rng.normal(0, spread, seconds)) % 360
    return recording(
        seconds, {"course_deg": course, "heading_deg": heading, "speed_mps": speed}, mount_known=mount_known
    )


@pytest.mark.parametrize(
    ("gap", "direction"),
    [(0.0, Direction.FORWARD), (180.0, Direction.BACKWARD), (90.0, Direction.SIDEWAYS), (-90.0, Direction.SIDEWAYS)],
)
def test_four_ways(recording, gap, direction):
    one = facing(recording, gap)
    (bout,) = find_bouts(one, one.main)
    assert bout.direction is direction
    assert bout.found_by == DETECTOR.key
    assert 0.75 < bout.probability_share <= 0.99


def test_a_change_is_found_to_the_second(recording):
    one = facing(recording, np.repeat([0.0, 180.0, 0.0], 80))
    bouts = find_bouts(one, one.main)
    assert [bout.direction for bout in bouts] == [Direction.FORWARD, Direction.BACKWARD, Direction.FORWARD]
    assert np.allclose([bout.end_s for bout in bouts], [80, 160, 240], atol=2)


def test_a_guessed_mount_never_speaks(recording):
    one = facing(recording, 180.0, mount_known=False)
    assert not judge(one, np.arange(240.0)).speaks.any()
    assert [bout.direction for bout in find_bouts(one, one.main)] == [Direction.UNKNOWN]


def test_too_slow_is_not_judged(recording):
    assert not judge(facing(recording, 180.0, speed=0.45), np.arange(240.0)).speaks.any()


def test_slow_is_judged_with_less_confidence(recording):
    slow, fast = (
        judge(facing(recording, 150.0, speed=v, spread=0.0), np.arange(240.0)).log_likelihood for v in (0.6, 3.0)
    )
    lead = [rows[:, 4].mean() - np.delete(rows, [0, 3, 4], axis=1).max(axis=1).mean() for rows in (slow, fast)]
    assert 0 < lead[0] < lead[1]


def test_spinning_is_turning(recording):
    course = np.full(240, 70.0)
    heading = course.copy()
    heading[100:115] = (70.0 + 130.0 * np.arange(15)) % 360
    one = recording(240, {"course_deg": course, "heading_deg": heading, "speed_mps": 1.0}, mount_known=True)
    assert Direction.TURNING in [bout.direction for bout in find_bouts(one, one.main)]


def test_without_heading_or_course_there_is_no_opinion(recording):
    assert judge(recording(60, {"speed_mps": 2.0, "course_deg": 10.0}), np.arange(60.0)) is None
    assert judge(recording(60, {"speed_mps": 2.0, "heading_deg": 10.0}, mount_known=True), np.arange(60.0)) is None
