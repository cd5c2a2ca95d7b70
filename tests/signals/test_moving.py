"""Durations of samples, active time, moving or not."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.recording import Span, Stream
from backward_running.signals.moving import active_time_s, moving_mask, sample_durations_s

spans = st.lists(
    st.tuples(st.floats(0, 500), st.floats(0.01, 100)).map(lambda pair: Span(pair[0], pair[0] + pair[1])), max_size=6
)


def stream(time_s, **columns) -> Stream:
    return Stream("wrist", "earth", np.asarray(time_s, dtype=float), columns)


@given(pauses=spans)
def test_durations_are_the_time_outside_pauses(pauses):
    found = sample_durations_s(stream(np.arange(600.0)), pauses)
    fine_s = np.arange(0.0, 600.0, 0.05) + 0.025
    paused = np.zeros(len(fine_s), dtype=bool)
    for pause in pauses:
        paused |= (fine_s >= pause.start_s) & (fine_s < pause.end_s)
    assert abs(found.sum() - 0.05 * (~paused).sum()) < 0.05 * 2 * (len(pauses) + 1)
    assert np.all(found >= 0)
    assert np.all(found <= 1 + 1e-9)


@given(pauses=spans)
def test_active_time_never_runs_faster_or_back(pauses):
    time_s = np.linspace(0, 700, 2801)
    steps = np.diff(active_time_s(time_s, pauses))
    assert np.all(steps >= -1e-9)
    assert np.all(steps <= 0.25 + 1e-9)


def test_a_gap_is_nobodys_time_but_a_sparse_track_keeps_its_own():
    assert sample_durations_s(stream([0, 1, 2, 300, 301])).sum() == 5.0
    assert sample_durations_s(stream([0, 30, 60, 90])).sum() == 120.0
    assert sample_durations_s(stream([])).sum() == 0.0
    assert sample_durations_s(stream([7.0])).tolist() == [1.0]


def test_a_treadmill_that_says_zero_is_not_believed():
    one = stream([0, 1, 2], speed_mps=np.zeros(3), cadence_spm=np.array([150.0, 0.0, np.nan]))
    assert moving_mask(one).tolist() == [False, False, False]
    assert moving_mask(one, indoor=True).tolist() == [True, False, False]


def test_nothing_known_is_not_still():
    assert moving_mask(stream([0, 1, 2])).all()
