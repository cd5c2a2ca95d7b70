"""A trunk is believed as claimed unless others contradict it, or it tells of nothing but backward."""

from __future__ import annotations

import numpy as np
import pytest
from tests.gait.segment.saying import opinion, scores

from backward_running.gait.base import State
from backward_running.gait.segment.claimed_front import borne_out, forward_nat

STEP_S = 0.2
CELLS = 500
FORWARD, BACKWARD = {State.FORWARD_WALK: 0.0}, {State.BACKWARD_WALK: 0.0}


def says(*spans, key="trunk_sensor", evidence_s=0.7):
    """Say forward (1) or backward (−1) from second to second, and nothing elsewhere."""
    cells = [(round(first / STEP_S), round(last / STEP_S), sign) for first, last, sign in spans]
    said = scores(CELLS, *((first, last, FORWARD if sign > 0 else BACKWARD) for first, last, sign in cells))
    speaks = np.zeros(CELLS, dtype=bool)
    for first, last, _ in cells:
        speaks[first:last] = True
    return opinion(key, said, speaks=speaks, evidence_s=evidence_s)


BOTH = says((0, 50, 1), (50, 100, -1))
ALL_BACKWARD = says((0, 100, -1))


def stated(*spans):
    return says(*spans, key="planned_and_marked", evidence_s=1.0)


@pytest.mark.parametrize("own", [BOTH, says((0, 100, 1)), says((0, 80, -1), (80, 100, 1))])
def test_alone_it_is_believed(own):
    assert borne_out(own, [], STEP_S) is own


@pytest.mark.parametrize("own", [ALL_BACKWARD, says((0, 29, -1)), says((0, 5, -1))])
def test_nothing_but_backward_is_asked_however_short_it_is(own):
    """A walk of ten metres with the belt back to front is as sure as one of a minute."""
    found = borne_out(own, [], STEP_S)
    assert not found.speaks.any()
    assert (forward_nat(found) == 0.0).all()
    assert found.hint is not None
    odds = found.hint.log_odds_nat[own.speaks]
    assert 0.0 < odds.max() == odds.min() < np.log(0.7 / 0.3)


@pytest.mark.parametrize(
    "other",
    [stated((10, 15, -1)), says((0, 60, -1), key="foot_sensor"), says((0, 6, -1), (6, 7, 1), key="foot_sensor")],
)
def test_others_bear_it_out(other):
    assert borne_out(ALL_BACKWARD, [other], STEP_S) is ALL_BACKWARD


def test_a_word_of_three_seconds_does_not():
    assert not borne_out(ALL_BACKWARD, [stated((10, 13, -1))], STEP_S).speaks.any()


@pytest.mark.parametrize(
    "other", [says((0, 20, -1), key="foot_sensor"), stated((10, 20, -1), (60, 70, 1)), stated((2, 7, -1), (90, 95, 1))]
)
def test_others_contradict_it(other):
    found = borne_out(BOTH, [other], STEP_S)
    assert not found.speaks.any()
    assert found.hint is None


@pytest.mark.parametrize(
    "other", [stated((10, 40, -1)), stated((10, 14, 1), (60, 64, 1)), says((0, 3, -1), key="foot")]
)
def test_a_plan_that_was_not_kept_and_a_divided_word_contradict_nothing(other):
    assert borne_out(BOTH, [other], STEP_S) is BOTH
