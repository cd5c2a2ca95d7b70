from __future__ import annotations

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.apps.web.drawing.chart import CHART_HEIGHT, CHART_POINTS, binned, chart_line


def test_nothing_known_is_no_line():
    assert chart_line([0.0, 1.0], [None, None]) is None


@settings(max_examples=40)
@given(st.lists(st.one_of(st.none(), st.floats(-1e4, 1e4)), min_size=2, max_size=2000))
def test_a_chart_stays_inside_its_frame(values):
    line = chart_line([float(at) for at in range(len(values))], values)
    if line is None:
        return
    heights = [float(height) for height in re.findall(r",(-?[\d.]+)", line.path)]
    assert all(-10 <= height <= CHART_HEIGHT + 10 for height in heights)
    assert line.path.count("L") <= CHART_POINTS


def test_bins_keep_the_mean_and_leave_what_is_missing_missing():
    time_s = np.arange(100.0)
    values = np.where(time_s < 50, 1.0, np.nan)
    _, means = binned(time_s, values, 10)
    assert np.allclose(means[:5], 1.0)
    assert np.isnan(means[5:]).all()
