"""What can be said of a stretch: the mean of its seconds, no surer than a recording can be, and by whom."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.gait.segment.saying import opinion, scores

from backward_running.core.direction import Direction, Gait
from backward_running.gait.base import DirectionHint, State
from backward_running.gait.segment.deciding import NOTHING, answers

CELLS = 20
F_WALK, F_RUN, B_WALK, B_RUN = State.FORWARD_WALK, State.FORWARD_RUN, State.BACKWARD_WALK, State.BACKWARD_RUN


def answered(label, said, *, speaks=True, opinions=None):
    one = opinion("one", said, speaks=speaks)
    opinions = [one] if opinions is None else opinions
    (found,) = answers(np.full(len(said), int(label)), said, one.speaks, opinions)
    return found


def sure_by(share):
    """The nats by which one of two directions leads that has this probability."""
    return math.log(share / (1.0 - share))


@pytest.mark.parametrize(
    ("share", "direction"), [(0.649, Direction.UNKNOWN), (0.651, Direction.BACKWARD), (0.9, Direction.BACKWARD)]
)
def test_a_direction_is_told_from_two_in_three_on(share, direction):
    found = answered(B_RUN, scores(CELLS, (0, CELLS, {B_RUN: sure_by(share), F_RUN: 0.0}), other=-90.0))
    assert (found.first, found.last, found.direction) == (0, CELLS, direction)
    if direction is Direction.UNKNOWN:
        assert (found.gait, found.share, found.found_by) == (None, None, NOTHING)
    else:
        assert (found.gait, found.found_by) == (Gait.RUN, "one")
        assert found.share == pytest.approx(share)


@pytest.mark.parametrize(("share", "is_told"), [(0.699, False), (0.701, True)])
def test_of_limbs_more_is_asked(share, is_told):
    said = scores(CELLS, (0, CELLS, {B_RUN: sure_by(share), F_RUN: 0.0}), other=-90.0)
    found = answered(B_RUN, said, opinions=[opinion("limbs", said, evidence_s=0.5)])
    assert (found.direction is Direction.BACKWARD) == is_told


def test_nothing_is_surer_than_99_in_100():
    assert answered(F_RUN, scores(CELLS, (0, CELLS, {F_RUN: 0.0}), other=-50.0)).share == 0.99
    assert answered(State.STILL, scores(CELLS, (0, CELLS, {State.STILL: 0.0}), other=-50.0)).share == 0.99


def test_the_seconds_of_a_stretch_are_one_observation():
    """Twice as many seconds that say the same make nothing surer."""
    once, twice = (
        answered(B_RUN, scores(cells, (0, cells, {B_RUN: 1.0, F_RUN: 0.0}), other=-90.0)).share for cells in (20, 40)
    )
    assert once == pytest.approx(twice) == pytest.approx(1 / (1 + math.exp(-1.0)))


def test_only_the_seconds_that_speak_are_counted():
    said = scores(CELLS, (0, 10, {B_RUN: 1.0, F_RUN: 0.0}), (10, 20, {F_RUN: 9.0}), other=-90.0)
    assert answered(B_RUN, said, speaks=np.arange(CELLS) < 10).share == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert answered(B_RUN, said, speaks=False).direction is Direction.UNKNOWN


@pytest.mark.parametrize(("lead", "gait"), [(0.6, Gait.RUN), (0.4, None), (-0.4, None), (-0.6, Gait.WALK)])
@pytest.mark.parametrize(("walk", "run"), [(F_WALK, F_RUN), (B_WALK, B_RUN)])
def test_walk_or_run_is_told_where_it_is_plain(lead, gait, walk, run):
    said = scores(CELLS, (0, CELLS, {walk: 0.0, run: lead}), other=-50.0)
    assert answered(walk, said).gait is gait


def test_sideways_and_turning_have_no_gait():
    for state in (State.SIDEWAYS, State.TURNING):
        found = answered(state, scores(CELLS, (0, CELLS, {state: 0.0}), other=-50.0))
        assert (found.direction, found.gait) == (state.direction, None)


@pytest.mark.parametrize(("share", "is_told"), [(0.64, False), (0.66, True)])
def test_standing_is_told_against_the_best_of_all_that_moves(share, is_told):
    said = scores(CELLS, (0, CELLS, {State.STILL: sure_by(share), State.TURNING: 0.0}), other=-9.0)
    found = answered(State.STILL, said)
    assert (found.direction is Direction.STILL) == is_told
    assert not is_told or (found.share == pytest.approx(share) and found.gait is None)


def test_a_stretch_is_named_by_who_speaks_most_for_it_over_its_seconds():
    long = opinion("long", scores(CELLS, (0, CELLS, {B_RUN: 0.0}), other=-1.0))
    short = opinion("short", scores(CELLS, (0, CELLS, {B_RUN: 0.0}), other=-3.0), speaks=np.arange(CELLS) < 5)
    against = opinion("against", scores(CELLS, (0, CELLS, {F_RUN: 0.0}), other=-0.5))
    silent = opinion("silent", scores(CELLS, (0, CELLS, {B_RUN: 0.0}), other=-9.0), speaks=False)
    every = [against, silent, short, long]
    assert answered(B_RUN, scores(CELLS, (0, CELLS, {B_RUN: 0.0})), opinions=every).found_by == "long"
    longer = opinion("short", short.log_likelihood, speaks=np.arange(CELLS) < 8)
    assert answered(B_RUN, scores(CELLS, (0, CELLS, {B_RUN: 0.0})), opinions=[long, longer]).found_by == "short"


def test_standing_is_named_by_who_speaks_most_for_it_and_asks_nothing():
    said = scores(CELLS, (0, CELLS, {State.STILL: 0.0}), other=-3.0)
    weak = opinion("weak", scores(CELLS, (0, CELLS, {State.STILL: 0.0}), other=-1.0), speaks=False)
    strong = opinion("strong", said, speaks=False)
    asks = opinion(
        "asks", scores(CELLS, (0, CELLS, {State.STILL: 0.0}), other=-9.0), hint=DirectionHint(np.zeros(CELLS))
    )
    assert answered(State.STILL, said, opinions=[weak, strong, asks]).found_by == "strong"
    assert answered(State.STILL, said, opinions=[asks]).found_by == NOTHING


def test_each_stretch_has_its_own_answer_and_they_tile():
    labels = np.repeat([int(F_RUN), len(State), int(B_RUN), int(State.STILL)], 5)
    said = scores(
        CELLS, (0, 5, {F_RUN: 0.0}), (5, 10, {F_RUN: 0.0}), (10, 15, {B_RUN: 0.0}), (15, 20, {State.STILL: 0.0})
    )
    found = answers(labels, said, np.ones(CELLS, dtype=bool), [opinion("one", said)])
    assert [(one.first, one.last, one.direction) for one in found] == [
        (0, 5, Direction.FORWARD),
        (5, 10, Direction.UNKNOWN),
        (10, 15, Direction.BACKWARD),
        (15, 20, Direction.STILL),
    ]


def test_only_differences_count():
    """However unlikely all of it is: what is told is how much likelier one is than the others."""
    found = answered(B_RUN, scores(CELLS, (0, CELLS, {B_RUN: -2.0, F_RUN: -4.0}), other=-90.0))
    assert found.share == pytest.approx(1 / (1 + math.exp(-2.0)))
    still = answered(State.STILL, scores(CELLS, (0, CELLS, {State.STILL: -1.0, F_RUN: -4.0}), other=-9.0))
    assert still.share == pytest.approx(1 / (1 + math.exp(-3.0)))


def test_one_second_that_speaks_is_enough_to_be_answered():
    said = scores(CELLS, (0, CELLS, {B_RUN: 1.0, F_RUN: 0.0}), other=-90.0)
    assert answered(B_RUN, said, speaks=np.arange(CELLS) == 7).direction is Direction.BACKWARD


def test_of_two_stretches_each_is_weighed_and_named_by_its_own_seconds():
    labels = np.repeat([int(State.STILL), int(F_RUN), int(State.STILL)], [5, 10, 5])
    first = opinion(
        "first", scores(CELLS, (0, 5, {State.STILL: 0.0}), (15, 20, {State.STILL: 0.0}), other=-1.0), speaks=False
    )
    second = opinion(
        "second", scores(CELLS, (0, 5, {State.STILL: 0.0}), (15, 20, {State.STILL: 0.0}), other=-2.0), speaks=False
    )
    second.log_likelihood[:5, 1:] = -0.5
    total = first.log_likelihood + second.log_likelihood
    total[5:15] = scores(10, (0, 10, {F_RUN: 3.0}))
    found = answers(labels, total, np.ones(CELLS, dtype=bool), [first, second])
    assert [(one.direction, one.found_by) for one in found] == [
        (Direction.STILL, "first"),
        (Direction.FORWARD, NOTHING),
        (Direction.STILL, "second"),
    ]
    assert [one.share for one in (found[0], found[2])] == pytest.approx(
        [1 / (1 + math.exp(-lead)) for lead in (1.5, 3.0)]
    )


def test_what_was_left_open_stays_open_whatever_would_be_likeliest_there():
    """Where steps contradict each other for seconds the path is not believed, nor is anything else."""
    for state in (State.FORWARD_RUN, State.SIDEWAYS, State.TURNING):
        found = answered(len(State), scores(CELLS, (0, CELLS, {state: 0.0}), other=-50.0))
        assert (found.direction, found.share, found.found_by) == (Direction.UNKNOWN, None, NOTHING)


def test_who_speaks_for_a_single_second_of_a_stretch_can_be_the_one_who_found_it():
    said = scores(CELLS, (0, 10, {F_RUN: 0.0}), (10, CELLS, {B_RUN: 0.0}), other=-5.0)
    first = opinion("first", said, speaks=np.arange(CELLS) < 10)
    second = opinion("second", said, speaks=np.arange(CELLS) == 14)
    for every in ([first, second], [second, first]):
        labels = np.repeat([int(F_RUN), int(B_RUN)], 10)
        found = answers(labels, said, np.ones(CELLS, dtype=bool), every)
        assert [one.found_by for one in found] == ["first", "second"]


def test_each_stretch_is_weighed_against_its_own_rivals():
    """A rival of one stretch says nothing of another."""
    calm = scores(CELLS, (0, 10, {F_RUN: 0.0}), (10, CELLS, {B_RUN: 0.0}), other=-2.0)
    torn = scores(CELLS, (0, 10, {F_RUN: 0.0, B_RUN: 0.0}), (10, CELLS, {B_RUN: 0.0}), other=-3.0)
    labels = np.repeat([int(F_RUN), int(B_RUN)], 10)
    found = answers(labels, calm, np.ones(CELLS, dtype=bool), [opinion("calm", calm), opinion("torn", torn)])
    assert [one.found_by for one in found] == ["calm", "torn"]


def test_standing_is_named_by_its_own_seconds():
    early = opinion("early", scores(CELLS, (0, 10, {State.STILL: 0.0}), other=-90.0), speaks=False)
    late = opinion("late", scores(CELLS, (10, CELLS, {State.STILL: 0.0}), other=-3.0), speaks=False)
    said = scores(CELLS, (0, 10, {F_RUN: 0.0}), (10, CELLS, {State.STILL: 0.0}), other=-9.0)
    labels = np.repeat([int(F_RUN), int(State.STILL)], 10)
    found = answers(labels, said, np.ones(CELLS, dtype=bool), [early, late])
    assert found[1].found_by == "late"
