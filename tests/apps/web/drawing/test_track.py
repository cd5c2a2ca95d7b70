from __future__ import annotations

import re

from backward_running.apps.web.drawing.track import TRACK_POINTS, TRACK_WIDTH, track
from backward_running.core.direction import Direction, Gait
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


def test_chevrons_point_against_the_travel():
    bouts = bouts_of(Direction.FORWARD, Direction.BACKWARD, Direction.FORWARD)
    drawn = track(straight_north(300, bouts))
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
    places = list(data.track)
    places[10_000:12_000] = [None] * 2000
    drawn = track(ChartData(data.time_s, {}, places, data.bouts))
    line = drawn.paths[0].line
    assert line.count("M") == 2
    assert line.count("L") <= TRACK_POINTS
    inside = [float(number) for number in re.findall(r"[\d.]+", line)]
    assert min(inside) >= 0
    assert max(inside) <= TRACK_WIDTH


def test_no_track_is_none():
    assert track(ChartData([], {}, [], ())) is None
    assert track(ChartData([0.0, 1.0], {}, [None, None], bouts_of(Direction.FORWARD))) is None
