"""The fastest way over a length, against every window there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.signals.fastest import fastest_over


@given(st.lists(st.sampled_from([0.0, 1.0, 2.5, 4.0]), min_size=2, max_size=60), st.sampled_from([1.0, 3.0, 7.5, 20.0]))
def test_no_window_that_holds_the_length_is_shorter_and_none_is_promised_that_is_not_there(speeds, length_m):
    time_s, metres = np.arange(len(speeds) + 1.0), np.r_[0.0, np.cumsum(speeds)]
    found = fastest_over(time_s, metres, length_m)
    if metres[-1] < length_m:
        assert found is None
        return
    windows = [
        end - start
        for start in range(len(metres))
        for end in range(start + 1, len(metres))
        if metres[end] - metres[start] >= length_m
    ]
    assert found.duration_s <= min(windows) + 1e-9
    run_m = np.interp([found.start_s, found.start_s + found.duration_s], time_s, metres)
    assert run_m[1] - run_m[0] == pytest.approx(length_m, abs=1e-6)


def test_a_fast_lap_within_a_slow_run_is_found():
    speed_mps = np.r_[np.full(600, 2.5), np.full(80, 5.0), np.full(600, 2.5)]
    found = fastest_over(np.arange(1281.0), np.r_[0.0, np.cumsum(speed_mps)], 400.0)
    assert (found.start_s, found.duration_s) == (600.0, 80.0)
