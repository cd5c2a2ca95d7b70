"""Dips of the speed: found where somebody nearly stops and goes on, told apart by the course, rare or worth little."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.gait.segment.time_base import time_base
from backward_running.gait.segment.turn_rounds import (
    CORNER,
    MOST_CHANGE,
    REACH,
    SLOWS_DOWN,
    _dips,
    turn_rounds_of,
)

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
    turns = found(recording, columns)
    assert turns.cells.shape == turns.change_nat.shape == (0,)
    assert turns.cells.dtype.kind == "i", "they are asked for cells"


def test_a_recording_of_seconds_has_none(recording):
    cells = turn_rounds_of(recording(9, {"speed_mps": 2.0}), time_base(9.0)).cells
    assert cells.shape == (0,) and cells.dtype.kind == "i"


def test_a_dip_is_told_by_its_slowest_cell(recording):
    speed = np.full(SECONDS, 2.8)
    speed[300:305] = [1.2, 1.0, 0.6, 0.7, 1.3]
    assert found(recording, {"speed_mps": speed}).cells.tolist() == [302]


@pytest.mark.parametrize("step_s", [0.2, 0.5, 2.0])
def test_what_is_a_dip_does_not_hang_on_the_clock(recording, step_s):
    speed = dipped(*range(100, SECONDS - 100, 60), lasts_s=6)
    time_s = time_base(SECONDS, step_s)
    turns = turn_rounds_of(recording(SECONDS, {"speed_mps": speed}), time_s)
    seconds = found(recording, {"speed_mps": speed})
    assert len(turns.cells) == len(seconds.cells) == 27
    assert np.abs(time_s[turns.cells] - seconds.cells).max() <= 6.0
    assert turns.change_nat == pytest.approx(seconds.change_nat)


@pytest.mark.parametrize("many", [20, 24, 28])
def test_what_a_dip_says_is_how_much_oftener_changes_show_there(recording, many):
    """Six in ten changes show as one of the dips, whose surroundings are so much of the recording."""
    turns = found(recording, {"speed_mps": dipped(*range(60, 60 + many * 60, 60))})
    near_share = many * 2 * REACH.value / SECONDS
    assert turns.change_nat == pytest.approx(np.full(many, min(np.log(SLOWS_DOWN.value / near_share), 1.2)))


def test_where_everywhere_is_a_dip_none_says_less_than_nothing(recording):
    turns = found(recording, {"speed_mps": dipped(*range(40, SECONDS - 40, 24), lasts_s=3)})
    assert len(turns.cells) > 60
    assert (turns.change_nat == 0.0).all()


@pytest.mark.parametrize("step_s", [0.2, 1.0])
@pytest.mark.parametrize(("share", "dips"), [(0.64, 1), (0.66, 0)])
def test_how_deep_a_dip_is(recording, share, dips, step_s):
    """By what lies 4 to 20 s from it: the dip itself is not among what it is held against."""
    speed = np.full(SECONDS, 2.8)
    speed[300:305] *= share
    turns = turn_rounds_of(recording(SECONDS, {"speed_mps": speed}), time_base(SECONDS, step_s))
    assert len(turns.cells) == dips


@pytest.mark.parametrize(("going_mps", "dips"), [(0.82, 1), (0.78, 0)])
def test_who_creeps_does_not_turn(recording, going_mps, dips):
    speed = np.full(SECONDS, going_mps)
    speed[300:303] = 0.2
    assert len(found(recording, {"speed_mps": speed}).cells) == dips


@pytest.mark.parametrize("unknown", [slice(260, 300), slice(303, 343)])
def test_a_speed_that_is_not_known_is_no_going_on(recording, unknown):
    speed = np.full(SECONDS, 2.8)
    speed[300:303] = 0.5
    speed[unknown] = np.nan
    assert len(found(recording, {"speed_mps": speed}).cells) == 0


def test_the_ends_of_a_recording_are_too_near(recording):
    """Twenty seconds have to lie before it and after it."""
    for at, dips in ((12, 0), (25, 1), (38, 0)):
        speed = np.full(50, 2.8)
        speed[at : at + 2] = 0.9
        assert len(turn_rounds_of(recording(50, {"speed_mps": speed}), time_base(50.0)).cells) == dips, at


@pytest.mark.parametrize(
    ("turned", "weight"),
    [(44.4, 1.0), (45.0, 1.0), (45.6, 0.3), (134.4, 0.3), (135.0, 1.0), (135.6, 1.0), (180.0, 1.0)],
)
@pytest.mark.parametrize("sign", [-1.0, 1.0])
@pytest.mark.parametrize("before", [10.0, 100.0, 350.0])
def test_between_staying_and_reversing_lies_a_corner(recording, turned, sign, before, weight):
    course = np.where(np.arange(SECONDS) < 302, before, (before + sign * turned) % 360.0)
    turns = found(recording, {"speed_mps": dipped(300), "course_deg": course})
    assert turns.change_nat.tolist() == pytest.approx([MOST_CHANGE.value * weight])


@pytest.mark.parametrize(("after_s", "weight"), [(10, CORNER.value), (14, 1.0), (-10, CORNER.value), (-14, 1.0)])
def test_the_course_is_asked_twelve_seconds_away(recording, after_s, weight):
    speed = np.full(SECONDS, 2.8)
    speed[300:303] = [0.9, 0.8, 0.9]
    course = np.where(np.arange(SECONDS) < 301 + after_s, 350.0, 80.0)
    turns = found(recording, {"speed_mps": speed, "course_deg": course})
    assert turns.change_nat.tolist() == pytest.approx([MOST_CHANGE.value * weight])


def test_the_course_is_compared_the_short_way_round_and_within_the_recording(recording):
    """350° and 10° are 20° apart, and a dip near the start or the end looks no further than there."""
    for behind, weight in (((350.0, 10.0), 1.0), ((10.0, 350.0), 1.0), ((350.0, 80.0), CORNER.value)):
        course = np.where(np.arange(SECONDS) < 900, behind[0], behind[1])
        found_change = found(recording, {"speed_mps": dipped(898), "course_deg": course}).change_nat[0]
        alone = found(recording, {"speed_mps": dipped(898)}).change_nat[0]
        assert found_change == pytest.approx(weight * alone)
    course = np.full(SECONDS, 90.0)
    course[0] = course[-1] = 0.0
    ends = found(recording, {"speed_mps": dipped(30, SECONDS - 35), "course_deg": course}).change_nat
    assert (ends == found(recording, {"speed_mps": dipped(30, SECONDS - 35)}).change_nat).all()


def test_a_dip_at_the_first_moment_that_can_be_looked_at_is_one():
    """Twenty seconds lie before it: deep from its first cell on, it has a beginning all the same."""
    speed = np.full(200, 2.8)
    speed[20:25] = (0.9, 0.8, 0.9, 0.9, 0.9)
    assert _dips(speed, 1.0).tolist() == [21]
    speed = np.full(200, 2.8)
    speed[175:180] = (0.9, 0.9, 0.9, 0.8, 0.9)
    assert _dips(speed, 1.0).tolist() == [178], "and to its last cell"


@pytest.mark.parametrize(("cells", "dips"), [(5, [2]), (4, [])])
def test_cells_of_ten_seconds_look_two_to_each_side(cells, dips):
    """The speed beside a dip is that of the two cells beside it; with fewer there is nothing to compare."""
    speed = np.full(cells, 2.8)
    speed[2] = 0.9
    assert _dips(speed, 10.0).tolist() == dips


def test_cells_of_four_seconds_begin_with_the_next_one():
    """It is 4 s away: with it the speed beside the dip is 1.96 m/s on average, without it 1.2."""
    speed = np.full(40, 1.2)
    speed[[19, 21]], speed[20] = 5.0, 0.9
    assert _dips(speed, 4.0).tolist() == [20]


@pytest.mark.parametrize("cells", [0, 1, 3, 30, 40])
def test_what_is_too_short_to_have_both_sides_has_no_dip(cells):
    assert _dips(np.full(cells, 2.8), 1.0).tolist() == []
