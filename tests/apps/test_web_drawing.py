from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.apps.web import drawing
from backward_running.core.direction import Direction, Gait
from backward_running.core.ports import RibbonPiece
from backward_running.core.session import Bout, BoutFacts
from backward_running.flows.views import ChartData


def bouts_of(*directions, each_s=100.0):
    return tuple(
        BoutFacts(Bout(at * each_s, (at + 1) * each_s, direction, Gait.RUN, 0.9, "test"), each_s)
        for at, direction in enumerate(directions)
    )


def straight_north(length, bouts):
    time_s = [float(second) for second in range(length)]
    return ChartData(time_s, {}, [(1.5, 42.5 + second * 2e-5) for second in range(length)], bouts)


@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=40))
def test_a_ribbon_fills_its_width(shares):
    pieces = [RibbonPiece(share / sum(shares), Direction.FORWARD) for share in shares]
    laid = drawing.ribbon(pieces)
    assert laid[0].x == 0
    assert laid[-1].x + laid[-1].width == pytest.approx(100, abs=0.05)
    for before, after in pairwise(laid):
        assert before.x + before.width == pytest.approx(after.x, abs=0.01)


def test_chevrons_point_against_the_travel():
    bouts = bouts_of(Direction.FORWARD, Direction.BACKWARD, Direction.FORWARD)
    drawn = drawing.track(straight_north(300, bouts))
    assert [path.letter for path in drawn.paths] == ["f", "b", "f"]
    assert drawn.paths[0].chevrons == ""
    marks = re.findall(r"M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)L", drawn.paths[1].chevrons)
    assert marks
    for arm_x, arm_y, tip_x, tip_y in marks:
        # Travel is north, up the screen: a chest that faces south puts the tip below the arms.
        assert float(tip_y) > float(arm_y)
        assert float(tip_x) != float(arm_x)


def test_a_long_track_is_thinned_and_gaps_are_not_bridged():
    data = straight_north(36_000, bouts_of(Direction.FORWARD, each_s=36_000.0))
    track = list(data.track)
    track[10_000:12_000] = [None] * 2000
    drawn = drawing.track(ChartData(data.time_s, {}, track, data.bouts))
    line = drawn.paths[0].line
    assert line.count("M") == 2
    assert line.count("L") <= drawing.TRACK_POINTS
    inside = [float(number) for number in re.findall(r"[\d.]+", line)]
    assert min(inside) >= 0
    assert max(inside) <= drawing.TRACK_WIDTH


def test_nothing_to_draw_is_none():
    assert drawing.track(ChartData([], {}, [], ())) is None
    assert drawing.track(ChartData([0.0, 1.0], {}, [None, None], bouts_of(Direction.FORWARD))) is None
    assert drawing.chart_line([0.0, 1.0], [None, None]) is None


@settings(max_examples=40)
@given(st.lists(st.one_of(st.none(), st.floats(-1e4, 1e4)), min_size=2, max_size=2000))
def test_a_chart_stays_inside_its_frame(values):
    line = drawing.chart_line([float(at) for at in range(len(values))], values)
    if line is None:
        return
    heights = [float(height) for height in re.findall(r",(-?[\d.]+)", line.path)]
    assert all(-10 <= height <= drawing.CHART_HEIGHT + 10 for height in heights)
    assert line.path.count("L") <= drawing.CHART_POINTS


def test_bins_keep_the_mean_and_leave_what_is_missing_missing():
    time_s = np.arange(100.0)
    values = np.where(time_s < 50, 1.0, np.nan)
    _, means = drawing.binned(time_s, values, 10)
    assert np.allclose(means[:5], 1.0)
    assert np.isnan(means[5:]).all()
