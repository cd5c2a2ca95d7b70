from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.own_ground import BEGINS, ENDS, GRADE, OFF, STOPS
from backward_running.places import find_straights, most_run, run_over
from backward_running.places._plane import Plane

PLACE = (60.17, 24.94)
PLANE = Plane(*PLACE)
#: 200 m east, then 150 m north, then round a ring of 30 m: two straights and no more.
TURN = [(200.0 - 30.0 + 30.0 * np.cos(angle), 150.0 + 30.0 * np.sin(angle)) for angle in np.linspace(0.0, 5.5, 60)]
ROUTE = np.array([(x, 0.0) for x in range(0, 200, 3)] + [(200.0, y) for y in range(0, 150, 3)] + TURN)


def run(metres=ROUTE, *, seed=0, off_m=0.0, rise=0.03, pace_s=1.0):
    drawn = np.random.default_rng(seed)
    wander = np.cumsum(drawn.normal(0.0, 0.1, metres.shape), axis=0) * 0.5 + drawn.normal(0.0, off_m or 1e-9, 2)
    time_s = np.arange(len(metres)) * pace_s
    altitude_m = 12.0 + rise * metres[:, 0] + drawn.normal(0.0, 0.2, len(metres))
    return time_s, PLANE.to_degrees(metres + wander), altitude_m


def lengths(cells):
    ends = PLANE.to_metres(cells[:, ENDS].reshape(-1, 2)).reshape(-1, 2, 2)
    return np.hypot(*(ends[:, 1] - ends[:, 0]).T)


def many(count, **knobs):
    cells = [find_straights(*run(seed=seed, **knobs)) for seed in range(count)]
    of = np.repeat(np.arange(count), [len(some) for some in cells])
    return np.concatenate(cells), of


def test_a_run_has_its_straights_and_a_ring_has_none():
    cells = find_straights(*run())
    assert lengths(cells) == pytest.approx([200.0, 150.0], abs=14.0)
    assert cells[0, GRADE] == pytest.approx(0.03, abs=0.005) and cells[1, GRADE] == pytest.approx(0.0, abs=0.01)
    assert (
        (cells[:, OFF] < 2.5).all() and (cells[:, STOPS] == 0.0).all() and cells[1, BEGINS] == pytest.approx(66, abs=4)
    )
    ring = np.array([(36.5 * np.cos(angle), 36.5 * np.sin(angle)) for angle in np.linspace(0.0, 12.0, 150)])
    assert len(find_straights(*run(ring))) == 0


def test_backward_and_forward_is_the_same_straight_and_a_turn_back_is_none():
    there = np.array([(x, 0.0) for x in range(0, 90, 3)])
    cells = find_straights(*run(np.concatenate([there, there[::-1]])))
    assert len(cells) == 2 and lengths(cells) == pytest.approx([87.0, 87.0], abs=9.0)


def test_a_stop_is_counted_and_a_hole_is_not_crossed():
    time_s, places_deg, altitude_m = run()
    stopped = time_s + np.where(np.arange(len(time_s)) > 30, 40.0, 0.0)
    assert find_straights(stopped, places_deg, altitude_m)[0, STOPS] == 1.0
    hole = np.r_[0:20, 50 : len(time_s)]
    torn = find_straights(time_s[hole], places_deg[hole], altitude_m[hole])
    assert lengths(torn).max() < 165.0 and len(torn) == 3


def test_what_is_missing_is_unknown_and_nothing_is_made_of_nothing():
    time_s, places_deg, altitude_m = run()
    assert np.isnan(find_straights(time_s, places_deg, np.full_like(altitude_m, np.nan))[:, GRADE]).all()
    assert len(find_straights(time_s, np.full_like(places_deg, np.nan), altitude_m)) == 0
    places_deg[5:9] = np.nan
    assert len(find_straights(time_s, places_deg, altitude_m)) == 2
    still = np.repeat(places_deg[:1], 50, axis=0)
    assert len(find_straights(np.arange(50.0), still, np.zeros(50))) == 0


def test_straights_of_many_days_are_one_place_that_rises_from_its_start():
    cells, of = many(12, off_m=2.0, rise=-0.03)  # downhill as it is run: the place is told uphill
    found = most_run(cells, of // 2 + 739_000, np.where(of % 2, 18, 7), PLACE, most=5)
    first = found[0]
    assert (first.days, first.passes) == (6, 12) and first.length_m == pytest.approx(195.0, abs=12.0)
    assert first.grade.found_by == "recordings" and first.grade.low < 0.03 < first.grade.high
    (start, _), (end, _) = (PLANE.to_metres(np.array([place]))[0] for place in first.line)
    assert start == pytest.approx(200.0, abs=12.0) and end == pytest.approx(0.0, abs=12.0)
    assert first.hours == (7, 18) and first.stopped_share == 0.0 and first.last_on.toordinal() == 739_005


def test_on_two_days_nothing_is_familiar():
    cells, of = many(12)
    assert most_run(cells, of % 2 + 739_000, of * 0, PLACE, most=5) == ()
    assert len(most_run(cells, of % 3 + 739_000, of * 0, PLACE, most=5)) == 2
    assert most_run(cells[:0], of[:0], of[:0], PLACE, most=5) == ()


def test_two_paths_side_by_side_are_two():
    cells, of = many(6, off_m=0.5)
    beside, _ = many(6, off_m=0.5)
    beside[:, ENDS] += np.tile(PLANE.to_degrees(np.array([[0.0, 30.0]]))[0] - (PLACE[1], PLACE[0]), 2)
    found = most_run(np.concatenate([cells, beside]), np.tile(of, 2) + 739_000, np.tile(of, 2) * 0, PLACE, most=9)
    assert sum(190.0 < stretch.length_m < 205.0 for stretch in found) == 2


def test_passes_over_a_line_are_told_as_it_runs():
    cells, of = many(6, off_m=1.0)
    days = of + 739_000

    def over(*metres):
        return run_over(cells, days, of * 0, PLANE.to_degrees(np.array(metres)))

    there, back = over((20.0, 0.0), (120.0, 0.0)), over((120.0, 0.0), (20.0, 0.0))
    assert there.days == back.days == 6 and there.grade.ratio == -back.grade.ratio == pytest.approx(0.03, abs=0.01)
    assert over((20.0, 40.0), (120.0, 40.0)) is None and over((100.0, -50.0), (100.0, 50.0)) is None
    assert over((150.0, 0.0), (400.0, 0.0)) is None  # they turned off
