"""What the runner gave both ends of is answered as a whole."""

from __future__ import annotations

import numpy as np
from tests.gait.segment.saying import opinion, scores, stretches

from backward_running.gait.base import State
from backward_running.gait.segment.stated_stretches import as_stated

FORWARD, BACKWARD, STILL = State.FORWARD_RUN, State.BACKWARD_RUN, State.STILL


def test_each_stretch_takes_the_state_that_is_likeliest_for_all_of_it():
    """Cell by cell it would be one thing and another; the whole weighs every cell, and its neighbours none."""
    said = scores(
        10,
        (0, 2, {STILL: 0.0}),
        (2, 3, {BACKWARD: 0.0}),  # one sure cell against two that are nearly even
        (3, 5, {BACKWARD: -1.0, FORWARD: 0.0}),
        (5, 7, {FORWARD: 0.0}),
        (7, 10, {STILL: 0.0}),
    )
    path = np.full(10, int(STILL))
    nothing = opinion("nothing", said)
    marks = opinion("marks", said, statement=stretches(10, (2, 5), (5, 7)))
    found = as_stated(path, said, [nothing, marks, nothing])
    assert found.tolist() == [STILL] * 2 + [BACKWARD] * 3 + [FORWARD] * 2 + [STILL] * 3
    assert (path == STILL).all(), "what came in is as it was"


def test_without_a_statement_the_path_stays():
    said = scores(4, (0, 4, {BACKWARD: 0.0}))
    path = np.array([1, 2, 3, 4])
    assert as_stated(path, said, [opinion("one", said)]).tolist() == [1, 2, 3, 4]
    assert as_stated(path, said, [opinion("one", said, statement=stretches(4))]).tolist() == [1, 2, 3, 4]
    assert as_stated(path, said, []).tolist() == [1, 2, 3, 4]
