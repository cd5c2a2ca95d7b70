"""Dips of the speed: found where somebody nearly stops and goes on, told apart by the course, rare or worth little."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.gait.segment.time_base import time_base
from backward_running.gait.segment.turn_rounds import CORNER, MOST_CHANGE, turn_rounds_of

SECONDS = 1800


def dipped(*at_s, lasts_s=5):
    speed = np.full(SECONDS, 2.8)
    for moment in at_s:
        speed[moment : moment + lasts_s] = 0.9
    return speed


def found(recording, columns):
    return turn_rounds_of(recording(SECONDS, columns), time_base(SECONDS))


def test_a_dip_is_found_and_a_stop_or_a_change_of_pace_is_not(recording):
    speed = dipped(300, 900)
    speed[1200:1400] = 1.4  # walks for some minutes
    speed[1600:1700] = 0.0  # and rests
    turns = found(recording, {"speed_mps": speed})
    assert turns.cells.tolist() == pytest.approx([302, 902], abs=4)
    assert (turns.change_nat > 0.0).all()


@pytest.mark.parametrize(("behind", "weight"), [(0.0, 1.0), (180.0, 1.0), (90.0, CORNER.value)])
def test_the_course_behind_it_says_whether_it_was_a_corner(recording, behind, weight):
    course = np.where(np.arange(SECONDS) < 302, 350.0, (350.0 + behind) % 360.0)
    turns = found(recording, {"speed_mps": dipped(300), "course_deg": course})
    assert turns.change_nat.tolist() == pytest.approx([MOST_CHANGE.value * weight])


def test_many_dips_say_little(recording):
    turns = found(recording, {"speed_mps": dipped(*range(60, SECONDS - 60, 30))})
    assert len(turns.cells) > 40
    assert turns.change_nat.max() < 0.2


@pytest.mark.parametrize("columns", [{}, {"cadence_spm": 170.0}, {"speed_mps": np.nan}, {"speed_mps": 3.0}])
def test_without_a_dip_there_is_none(recording, columns):
    assert len(found(recording, columns).cells) == 0


def test_a_recording_of_seconds_has_none(recording):
    assert len(turn_rounds_of(recording(9, {"speed_mps": 2.0}), time_base(9.0)).cells) == 0
