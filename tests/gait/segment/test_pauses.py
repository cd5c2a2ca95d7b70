"""In a pause of the device nobody goes anywhere, whatever was found."""

from __future__ import annotations

import pytest
from tests.gait.segment.test_bridging import B, F, S, U, bouts_of

from backward_running.core.direction import Direction
from backward_running.core.recording import Span
from backward_running.gait.segment.pauses import lay_pauses


def laid(stretches, *pauses):
    found = lay_pauses(bouts_of(*stretches), [Span(*pause) for pause in pauses], "clock")
    return [(one.start_s, one.end_s, one.direction) for one in found]


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ((), [(0, 60, F), (60, 100, B)]),
        (((10, 20),), [(0, 10, F), (10, 20, S), (20, 60, F), (60, 100, B)]),
        (((0, 20),), [(0, 20, S), (20, 60, F), (60, 100, B)]),
        (((50, 60),), [(0, 50, F), (50, 60, S), (60, 100, B)]),
        (((50, 70),), [(0, 50, F), (50, 70, S), (70, 100, B)]),
        (((90, 100),), [(0, 60, F), (60, 90, B), (90, 100, S)]),
        (((0, 100),), [(0, 100, S)]),
        (((10, 20), (30, 40)), [(0, 10, F), (10, 20, S), (20, 30, F), (30, 40, S), (40, 60, F), (60, 100, B)]),
        (((30, 40), (10, 20)), [(0, 10, F), (10, 20, S), (20, 30, F), (30, 40, S), (40, 60, F), (60, 100, B)]),
        (((10, 30), (15, 20)), [(0, 10, F), (10, 30, S), (30, 60, F), (60, 100, B)]),
        (((10, 20), (20, 30)), [(0, 10, F), (10, 30, S), (30, 60, F), (60, 100, B)]),
        (((10, 11),), [(0, 10, F), (10, 11, S), (11, 60, F), (60, 100, B)]),
        (((10, 10.9),), [(0, 60, F), (60, 100, B)]),
        (((10, 10.9), (20, 30), (70, 80)), [(0, 20, F), (20, 30, S), (30, 60, F), (60, 70, B), (70, 80, S), (80, 100, B)]),
    ],
)  # fmt: skip
def test_a_pause_is_still_to_the_moment(pauses, expected):
    assert laid([(F, 60), (B, 40)], *pauses) == expected


def test_a_pause_is_the_word_of_who_tells_and_nearly_sure():
    (_, pause, rest) = lay_pauses(bouts_of((F, 60)), [Span(10.0, 20.0)], "clock")
    assert (pause.found_by, pause.probability_share, pause.gait, pause.hint) == ("clock", 0.99, None, None)
    (before,) = bouts_of((F, 60))
    assert (rest.found_by, rest.probability_share, rest.gait) == (
        before.found_by,
        before.probability_share,
        before.gait,
    )


def test_what_was_still_is_joined_with_the_pause_and_as_sure_as_the_surer():
    still, unsure = bouts_of((S, 30), (U, 30))
    assert still.probability_share is None
    (one,) = lay_pauses([still, unsure], [Span(20.0, 60.0)], "clock")
    assert (one.start_s, one.end_s, one.direction, one.probability_share) == (0.0, 60.0, Direction.STILL, 0.99)
    (alone,) = lay_pauses([still], [], "clock")
    assert alone == still


def test_two_stills_of_nobody_stay_of_nobody():
    first, second = bouts_of((S, 30), (S, 30))
    (one,) = lay_pauses([first, second], [], "clock")
    assert (one.start_s, one.end_s, one.probability_share, one.found_by) == (0.0, 60.0, None, first.found_by)
