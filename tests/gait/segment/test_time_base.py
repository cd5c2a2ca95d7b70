"""Samples into cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.gait.segment.time_base import MOST_CELLS, cell_angles_deg, cell_means, step_of, time_base


@given(st.floats(0.001, 1e7))
def test_cells_cover_the_recording_and_no_more(duration_s):
    time_s = time_base(duration_s)
    step_s = step_of(time_s)
    assert time_s[0] == 0.0
    assert time_s[-1] < duration_s
    assert time_s[-1] + step_s >= duration_s * (1 - 1e-9)
    assert len(time_s) <= MOST_CELLS + 1


@pytest.mark.parametrize("step_s", [0.25, 1.0, 2.0, 4.0])
def test_the_rate_does_not_matter(step_s):
    sample_s = np.arange(0.0, 200.0, step_s)
    found = cell_means(sample_s, sample_s * 0.1, time_base(200.0))
    assert np.isfinite(found).all()
    assert np.abs(found - 0.1 * np.arange(200.0)).max() < 0.4


def test_short_silence_is_bridged_long_is_not():
    sample_s = np.concatenate([np.arange(50.0), np.arange(58.0, 100.0), np.arange(150.0, 200.0)])
    found = cell_means(sample_s, np.ones(len(sample_s)), time_base(200.0))
    assert np.isfinite(found[:100]).all()
    assert np.isnan(found[100:150]).all()


def test_missing_samples_are_missing():
    values = np.ones(100)
    values[20:60] = np.nan
    found = cell_means(np.arange(100.0), values, time_base(100.0))
    assert np.isnan(found[20:60]).all()
    assert np.isnan(cell_means(np.arange(100.0), np.full(100, np.nan), time_base(100.0))).all()


def test_angles_go_round():
    sample_s = np.arange(0.0, 20.0, 0.25)
    found = cell_angles_deg(sample_s, (358.0 + np.tile([0.0, 4.0], 40)) % 360, time_base(20.0))
    assert np.all((found < 1.0) | (found > 359.0))
