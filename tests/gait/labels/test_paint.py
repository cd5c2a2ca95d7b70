"""The algebra of paint."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.session import Bout, Paint
from backward_running.gait import apply_paint

LENGTH_S = 1000.0


@st.composite
def tilings(draw):
    cuts = sorted(draw(st.sets(st.integers(1, 999), max_size=8)))
    moments = [0.0, *map(float, cuts), LENGTH_S]
    return tuple(
        Bout(
            start_s,
            end_s,
            draw(st.sampled_from(Direction)),
            draw(st.sampled_from([None, *Gait])),
            0.9,
            "planned_and_marked",
        )
        for start_s, end_s in pairwise(moments)
    )


@st.composite
def strokes(draw):
    start_s = draw(st.floats(-200, 1100))
    return Paint(
        start_s,
        start_s + draw(st.floats(0.5, 600)),
        draw(st.sampled_from(Direction)),
        draw(st.sampled_from([None, *Gait])),
    )


def at(bouts, moment_s):
    return next(bout for bout in bouts if bout.start_s <= moment_s < bout.end_s)


@given(tilings(), st.lists(strokes(), max_size=6))
def test_paint_keeps_the_tiling(bouts, paints):
    painted = apply_paint(bouts, paints)
    assert painted[0].start_s == 0.0
    assert painted[-1].end_s == LENGTH_S
    assert all(a.end_s == b.start_s for a, b in pairwise(painted))


@given(tilings(), st.lists(strokes(), min_size=1, max_size=6))
def test_the_last_stroke_wins_and_twice_is_once(bouts, paints):
    painted = apply_paint(bouts, paints)
    last = paints[-1]
    middle_s = (max(last.start_s, 0) + min(last.end_s, LENGTH_S)) / 2
    if 0 <= middle_s < LENGTH_S and last.start_s < LENGTH_S and last.end_s > 0:
        assert at(painted, middle_s).direction is last.direction
        assert at(painted, middle_s).found_by == "paint"
    assert apply_paint(painted, [last]) == painted


@given(tilings(), st.lists(strokes(), max_size=4), st.lists(strokes(), max_size=4))
def test_strokes_may_be_laid_in_two_goes(bouts, first, then):
    assert apply_paint(apply_paint(bouts, first), then) == apply_paint(bouts, [*first, *then])


@given(tilings(), strokes(), st.integers(0, 999))
def test_outside_a_stroke_nothing_changes(bouts, stroke, moment):
    if not stroke.start_s <= moment < stroke.end_s:
        before, after = at(bouts, moment), at(apply_paint(bouts, [stroke]), moment)
        assert (before.direction, before.gait, before.found_by) == (after.direction, after.gait, after.found_by)


def test_a_stroke_over_a_pause_is_one_bout_with_the_gait_around_it():
    found = (
        Bout(0.0, 100.0, Direction.UNKNOWN, Gait.RUN, None, "nothing"),
        Bout(100.0, 150.0, Direction.STILL, None, 0.99, "speed_and_cadence"),
        Bout(150.0, 300.0, Direction.UNKNOWN, Gait.RUN, None, "nothing"),
    )
    painted = apply_paint(found, [Paint(50.0, 200.0, Direction.BACKWARD)])
    assert painted[1] == Bout(50.0, 200.0, Direction.BACKWARD, Gait.RUN, 1.0, "paint")
    assert len(painted) == 3


def test_painting_unknown_takes_the_probability_away():
    found = (Bout(0.0, 100.0, Direction.BACKWARD, Gait.RUN, 0.93, "planned_and_marked"),)
    (painted,) = apply_paint(found, [Paint(0.0, 100.0, Direction.UNKNOWN)])
    assert painted == Bout(0.0, 100.0, Direction.UNKNOWN, Gait.RUN, None, "paint")


def test_a_stroke_that_ends_before_it_begins_is_refused():
    found = (Bout(0.0, 100.0, Direction.UNKNOWN, None, None, "nothing"),)
    with pytest.raises(BadValue, match="lie after start_s"):
        apply_paint(found, [Paint(50.0, 40.0, Direction.BACKWARD)])
    assert apply_paint(found, [Paint(500.0, 600.0, Direction.BACKWARD)]) == found
