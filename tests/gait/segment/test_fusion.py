"""The path against a plain Viterbi."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.gait.base import Opinion, State
from backward_running.gait.segment.fusion import change_cost_nat, summed
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
