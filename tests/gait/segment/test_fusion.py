"""The path against a plain Viterbi."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gait.segment.saying import opinion, scores

from backward_running.gait.base import Opinion, State
from backward_running.gait.segment.fusion import (
    SENSED_MOVES,
    STANDING_RARER,
    STEPS_AGREE,
    change_cost_nat,
    summed,
)
from backward_running.gait.segment.viterbi import _potts_path, most_likely_path


def plain_viterbi(scores, change):
    value, back = scores[0].copy(), []
    for row in scores[1:]:
        top = int(value.argmax())
        stays = value >= value[top] - change
        back.append(np.where(stays, np.arange(len(row)), top))
        value = np.where(stays, value, value[top] - change) + row
    path = [int(value.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return np.array(path[::-1])


def worth(scores, path, change):
    return scores[np.arange(len(path)), path].sum() - change * np.count_nonzero(np.diff(path))


@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, 300), change=st.floats(0.0, 12.0))
@settings(max_examples=60, deadline=None)
def test_side_by_side_blocks_find_the_exact_optimum(seed, count, change):
    scores = np.random.default_rng(seed).normal(0, 2, (count, 7))
    found = _potts_path(scores, change)
    assert len(found) == count
    assert np.isclose(worth(scores, found, change), worth(scores, plain_viterbi(scores, change), change))


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_joining_moments_loses_less_than_one_change(seed):
    rng = np.random.default_rng(seed)
    truth = np.repeat(rng.integers(0, 7, 20), rng.integers(5, 60, 20))
    scores = np.where(np.arange(7) == truth[:, None], 0.0, -3.0) + rng.normal(0, 1, (len(truth), 7))
    change = change_cost_nat(1.0)
    best = worth(scores, plain_viterbi(scores, change), change)
    assert worth(scores, most_likely_path(scores, change), change) >= best - change


def test_single_odd_seconds_do_not_cut_but_a_stretch_does():
    scores = np.zeros((100, 7))
    scores[:, State.BACKWARD_RUN] = -3.0
    scores[40, [State.FORWARD_RUN, State.BACKWARD_RUN]] = -3.0, 3.0
    scores[:, [0, 1, 3, 5, 6]] = -5.0
    assert (most_likely_path(scores, change_cost_nat(1.0)) == State.FORWARD_RUN).all()
    scores[60:, [State.FORWARD_RUN, State.BACKWARD_RUN]] = -3.0, 0.0
    path = most_likely_path(scores, change_cost_nat(1.0))
    assert (path[:60] == State.FORWARD_RUN).all()
    assert (path[60:] == State.BACKWARD_RUN).all()


def test_nan_of_one_detector_harms_nobody():
    broken = Opinion("broken", np.full((5, 7), np.nan), np.ones(5, dtype=bool))
    total, speaks = summed([broken], 5)
    assert np.isfinite(total).all()
    assert speaks.all()


RUN = State.FORWARD_RUN


def of(*opinions, step_s=None, cells=10):
    total, speaks = summed(opinions, cells, step_s)
    return total, speaks


@pytest.mark.parametrize(
    ("evidence_s", "step_s", "weight"),
    [
        (1.0, None, 1.0),
        (1.0, 1.0, 1.0),
        (1.0, 0.2, 0.2),
        (0.5, 0.2, 0.4),
        (0.5, 1.0, 1.0),
        (0.5, None, STEPS_AGREE.value),
    ],
)
def test_rows_weigh_what_they_are(evidence_s, step_s, weight):
    """Closer together than the time of one piece of evidence they are parts of it; whole, those of steps agree."""
    total, _ = of(opinion("one", scores(10, (0, 10, {RUN: 2.0}), other=-1.0), evidence_s=evidence_s), step_s=step_s)
    assert total[:, RUN] == pytest.approx(2.0 * weight)
    assert total[:, State.BACKWARD_RUN] == pytest.approx(-weight)


@pytest.mark.parametrize(("step_s", "weight"), [(None, 1.0), (1.0, 1.0), (0.2, 0.2), (3.0, 1.0)])
def test_where_nothing_is_known_standing_is_the_rarer(step_s, weight):
    total, speaks = of(opinion("silent", scores(10, (0, 10, {RUN: 5.0})), speaks=False), step_s=step_s)
    assert total[:, State.STILL] == pytest.approx(-(6.0 + STANDING_RARER.value) * weight)
    assert (total[:, State.FORWARD_WALK :] == 0.0).all(), "nobody speaks of a direction"
    assert not speaks.any()


@pytest.mark.parametrize(("step_s", "weight"), [(None, STEPS_AGREE.value), (0.2, 0.4)])
def test_whose_limbs_move_in_some_order_does_not_stand(step_s, weight):
    said = scores(10)
    said[5:, State.STILL] = -0.5  # it says of standing what it knows itself
    limbs = opinion("limbs", said, speaks=np.arange(10) % 2 == 0, evidence_s=0.5)
    rarer = STANDING_RARER.value * (1.0 if step_s is None else step_s)
    still = of(limbs, step_s=step_s)[0][:, State.STILL]
    assert still[[0, 2, 4]] == pytest.approx(-SENSED_MOVES.value * weight - rarer)
    assert still[[1, 3]] == pytest.approx(-rarer)
    assert still[5:] == pytest.approx(-0.5 * weight - rarer)
    watch = opinion("watch", said, evidence_s=1.0)
    assert of(watch)[0][:5, State.STILL] == pytest.approx(-STANDING_RARER.value)


def test_what_is_impossible_counts_against_and_what_is_not_a_number_not_at_all():
    said = scores(10)
    said[:, RUN], said[:, State.BACKWARD_RUN], said[:, State.TURNING] = -np.inf, np.nan, np.inf
    total, _ = of(opinion("one", said))
    assert (total[:, RUN] < -40.0).all()
    assert (total[:, [State.BACKWARD_RUN, State.TURNING]] == 0.0).all()


def test_a_change_costs_the_odds_of_one_in_a_minute_to_any_other_state():
    assert change_cost_nat(1.0) == pytest.approx(np.log(60.0 * (len(State) - 1)))
    assert change_cost_nat(0.2) == pytest.approx(np.log(300.0 * (len(State) - 1)))


def test_what_is_not_finite_says_nothing_or_speaks_clearly_against():
    said = scores(3)
    said[0, State.FORWARD_RUN], said[1, State.FORWARD_RUN], said[2, State.FORWARD_RUN] = np.nan, np.inf, -np.inf
    total, _ = summed([opinion("odd", said)], 3)
    plain, _ = summed([opinion("plain", scores(3))], 3)
    assert (total - plain)[:, State.FORWARD_RUN].tolist() == [0.0, 0.0, -50.0]
