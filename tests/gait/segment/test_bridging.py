from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.session import Bout, Hint
from backward_running.gait.segment.bridging import bridge, lend_direction

F, B, U, S = Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN, Direction.STILL


def bouts_of(*stretches):
    made, at = [], 0.0
    for direction, seconds in stretches:
        known = direction in (F, B)
        made.append(
            Bout(
                at,
                at + seconds,
                direction,
                Gait.RUN if known else None,
                0.9 if known else None,
                "x" if known else "nothing",
            )
        )
        at += seconds
    return made


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([(F, 60), (U, 3), (S, 40)], [F, S]),
        ([(S, 40), (U, 3), (B, 60)], [S, B]),
        ([(F, 60), (U, 3), (F, 60)], [F]),
        ([(U, 3), (B, 60)], [U, B]),
        ([(F, 60), (U, 3), (B, 60)], [F, U, B]),
        ([(S, 40), (U, 3), (S, 40)], [S, U, S]),
        ([(F, 60), (U, 6), (S, 40)], [F, U, S]),
        ([(F, 60), (U, 5), (S, 40)], [F, S]),
        ([(F, 60), (U, 3), (U, 8), (S, 40)], [F, U, S]),
        ([(F, 60), (U, 3), (U, 3), (B, 60)], [F, U, B]),
    ],
)
def test_silences_are_lent_a_direction_only_where_it_is_plain(stretches, expected):
    bouts = bouts_of(*stretches)
    lent = lend_direction(bouts, 5.0)
    assert [bout.direction for bout in lent] == expected
    assert (lent[0].start_s, lent[-1].end_s) == (bouts[0].start_s, bouts[-1].end_s)
    assert all(one.end_s == other.start_s for one, other in pairwise(lent))


def test_what_is_lent_keeps_who_found_it():
    (bout, _) = lend_direction(bouts_of((F, 60), (U, 3), (S, 40)), 5.0)
    assert (bout.end_s, bout.found_by, bout.probability_share, bout.gait) == (63.0, "x", 0.9, Gait.RUN)


@pytest.mark.parametrize(
    "other",
    [{"probability_share": 0.8}, {"gait": Gait.WALK}, {"found_by": "y"}, {"hint": Hint(B, 0.4, "z")}],
)
def test_neighbours_that_differ_in_anything_stay_two(other):
    first, second = bouts_of((F, 60), (F, 60))
    assert len(lend_direction([first, second], 5.0)) == 1
    assert lend_direction([first, replace(second, **other)], 5.0) == (first, replace(second, **other))


@pytest.mark.parametrize("longest", [0, 1, 2, 3])
def test_holes_with_something_on_both_sides_are_filled_up_to_a_length(longest):
    known = np.array([c == "x" for c in "..x.x..x...xx...."])
    filled = "".join("x" if one else "." for one in bridge(known, longest))
    assert (
        filled
        == {0: "..x.x..x...xx....", 1: "..xxx..x...xx....", 2: "..xxxxxx...xx....", 3: "..xxxxxxxxxxx...."}[longest]
    )
    assert known.tolist() == [c == "x" for c in "..x.x..x...xx...."], "what came in is as it was"


def test_a_hole_with_a_change_of_direction_in_it_stays_open():
    known = np.array([c == "x" for c in "x.x.x.x"])
    way = np.array([0, 0, 0, 0, 1, 1, -1])
    filled = "".join("x" if cell else "." for cell in bridge(known, 3, way))
    assert filled == "xxx.xxx", "from a direction to none, as at a stop, there is no other direction"


def test_a_silence_beside_another_one_is_lent_nothing():
    """Two that are asked about in different ways stay two; a direction is not handed on from one to the other."""
    first, asked, silent, last = bouts_of((S, 40), (U, 30), (U, 3), (B, 60))
    asked = replace(asked, hint=Hint(F, 0.7, "x"))
    assert lend_direction([first, asked, silent, last], 5.0) == (first, asked, silent, last)
