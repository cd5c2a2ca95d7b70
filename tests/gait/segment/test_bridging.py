from itertools import pairwise

import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.session import Bout
from backward_running.gait.segment.bridging import lend_direction

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
