"""What is shown for too short a time, or for both directions alike, is no change of direction."""

from __future__ import annotations

import numpy as np
import pytest
from tests.gait.segment.saying import scores

from backward_running.core.direction import Direction, Gait
from backward_running.gait.base import State
from backward_running.gait.segment.deciding import NOTHING, Piece
from backward_running.gait.segment.short_changes import contested, without_stumbles

F, B, U, T = Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN, Direction.TURNING


def pieces_of(*parts, starts=0, found_by="steps"):
    made, at = [], starts
    for direction, cells in parts:
        made.append(Piece(at, at + cells, direction, Gait.RUN, 0.9, found_by))
        at += cells
    return made


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(F, 100), (B, 12), (U, 5)], [F, U, U]),  # beside the one before
        ([(U, 5), (B, 12), (F, 100)], [U, U, F]),  # beside the one behind
        ([(F, 100), (B, 12)], [F, U]),  # at the end
        ([(B, 12), (F, 100)], [U, F]),  # at the beginning
        ([(B, 12), (F, 100), (U, 5)], [U, F, U]),
        ([(B, 100), (F, 12), (B, 100)], [B, U, B]),
        ([(F, 100), (U, 5), (B, 12), (U, 5), (F, 100)], [F, U, B, U, F]),  # only what is beside it counts
        ([(F, 48), (B, 12), (U, 5)], [F, U, U]),  # four times as long is far longer
        ([(F, 47), (B, 12), (U, 5)], [F, B, U]),
        ([(F, 200), (B, 13), (F, 200)], [F, B, F]),  # 2.6 s are some steps
        ([(F, 100), (F, 12), (T, 100)], [F, F, T]),  # nothing goes against it
        ([(F, 100), (T, 5), (F, 100)], [F, T, F]),  # a turn is no change of direction
    ],
)
@pytest.mark.parametrize("starts", [0, 1000])
def test_a_step_or_three_against_far_more_are_unknown(parts, expected, starts):
    pieces = pieces_of(*parts, starts=starts)
    found = without_stumbles(pieces, {"steps"}, 0.2)
    assert [one.direction for one in found] == expected
    assert [(one.first, one.last) for one in found] == [(one.first, one.last) for one in pieces]
    for one, before in zip(found, pieces, strict=True):
        if one.direction is before.direction:
            assert one is before
        else:
            assert one == Piece(before.first, before.last, U, None, None, NOTHING)


def test_two_and_a_half_seconds_are_long_enough():
    assert [one.direction for one in without_stumbles(pieces_of((F, 100), (B, 10)), {"steps"}, 0.25)] == [F, B]
    assert [one.direction for one in without_stumbles(pieces_of((F, 100), (B, 9)), {"steps"}, 0.25)] == [F, U]


def test_what_no_inertial_sensor_found_stays():
    pieces = pieces_of((F, 100), (B, 3), (F, 100), found_by="plan")
    assert without_stumbles(pieces, {"steps"}, 0.2) == pieces


CELLS = 120


def leading(*leads):
    """Backward by so many nats, cell after cell and over again."""
    said = scores(CELLS, (0, CELLS, {}))
    lead = np.resize(leads, CELLS)
    said[:, State.BACKWARD_RUN], said[:, State.FORWARD_RUN] = lead, 0.0
    return said


def told(said, *, speaks=True, step_s=0.2, cells=CELLS):
    path = np.full(cells, int(State.BACKWARD_RUN))
    return contested(path, said[:cells], np.broadcast_to(speaks, cells), step_s)


@pytest.mark.parametrize(
    ("leads", "is_contested"),
    [((1.0,), False), ((0.3,), False), ((0.2,), True), ((-1.0,), True), ((2.0, -2.0), True), ((2.0, -1.0), False)],
)
def test_steps_that_contradict_each_other_take_no_direction(leads, is_contested):
    assert (told(leading(*leads))[30:-30] == is_contested).all()


def test_where_nobody_speaks_nothing_is_contested_and_nothing_is_added():
    half = np.arange(CELLS) % 2 == 0
    weak, strong = told(leading(0.2), speaks=half), told(leading(0.3), speaks=half)
    assert not weak[~half].any() and not strong.any()
    assert weak[half][15:-15].all()


def test_standing_is_not_contested():
    path = np.full(CELLS, int(State.STILL))
    assert not contested(path, leading(-1.0), np.ones(CELLS, dtype=bool), 0.2).any()


def test_the_clock_of_a_watch_shows_no_steps_and_less_than_six_seconds_are_none():
    assert not told(leading(-1.0), step_s=1.0).any()
    assert not told(leading(-1.0), cells=29).any()
    assert told(leading(-1.0), cells=30).all()


def test_what_came_in_is_not_changed():
    said = leading(-1.0)
    before = said.copy()
    told(said)
    assert (said == before).all()
