from __future__ import annotations

from datetime import date

import pytest
from tests.store.regions import park, prepared

from backward_running.core.direction import Direction, Gait
from backward_running.core.ground import GroundKind
from backward_running.core.plan import Part, Place, Repeat, Step, Workout
from backward_running.flows import spots, where
from backward_running.flows.spots import Ticked
from backward_running.store import open_store
from backward_running.store.region_file import RegionFolder

TODAY = date(2026, 5, 4)


def workout(*steps, place=Place.TRACK_OR_GRASS, low=0.0, high=0.0):
    return Workout("w1-1", 1, 1, "x", TODAY, place, "nobody", (Repeat(4, steps),), "x", low, high)


def backward(**said):
    return Step("BACK", Part.WORK, Direction.BACKWARD, Gait.WALK, **said)


FORWARD = Step("WALK", Part.RECOVERY, Direction.FORWARD, Gait.WALK, duration_s=60)


def test_a_session_asks_for_as_much_ground_as_its_longest_stretch_takes():
    need = where.need_of(workout(backward(duration_s=60, speed_high_mps=1.2), FORWARD))
    assert need.bout_m == need.length_m == pytest.approx(72.0)
    assert where.need_of(workout(backward(duration_s=300, speed_high_mps=2.0))).length_m == 100.0
    assert where.need_of(workout(backward(duration_s=60, speed_high_mps=1.2), place=Place.FLAT_CLOSED)).length_m == 20.0
    assert where.need_of(workout(backward(distance_m=20, is_sprint=True))).length_m == 40.0


def test_without_a_speed_nobody_says_how_far_it_goes():
    need = where.need_of(workout(backward(duration_s=60)))
    assert need.bout_m is None and need.length_m == 20.0


@pytest.mark.parametrize("place", [Place.TREADMILL, Place.RAIL])
def test_indoors_asks_for_no_ground(place):
    assert where.need_of(workout(backward(duration_s=60), place=place)) is None
    assert where.need_of(workout(FORWARD)) is None


@pytest.fixture
def ticked(new_home, tmp_path):
    with prepared(park(tmp_path), tmp_path) as region:
        keys = {stretch.kind: stretch.key for stretch in region.stretches(region.head().box)}
    store, regions = open_store(new_home), RegionFolder(tmp_path)
    yield store, regions, keys
    regions.close()
    store.close()


def test_only_what_is_known_and_in_the_plan_is_named(ticked):
    store, regions, keys = ticked
    session = workout(backward(duration_s=60, speed_high_mps=1.2))
    assert where.best_for(store, regions, session) == ()
    spots.tick(store, Ticked(keys[GroundKind.PITCH], "park", known=True))
    spots.tick(store, Ticked("w999.1", "park", known=True, in_plan=True))  # gone from the map
    assert where.best_for(store, regions, session) == ()
    spots.tick(store, Ticked(keys[GroundKind.PITCH], "park", known=True, in_plan=True))
    (fit,) = where.best_for(store, regions, session)
    assert fit.lacks == () and fit.found.spot.stretch.kind is GroundKind.PITCH


def test_a_stretch_is_told_in_lengths_of_the_lane_as_it_was_measured(ticked):
    store, regions, keys = ticked
    spots.tick(store, Ticked(keys[GroundKind.PITCH], "park", known=True, in_plan=True, length_m=25.0))
    (fit,) = where.best_for(store, regions, workout(backward(duration_s=90, speed_high_mps=1.2)))
    assert (fit.length_m, fit.lengths) == (25.0, 4)
    assert fit.lacks == ("shorter than the 100 m this session asks for",)


def test_what_a_place_lacks_is_said_and_ranks_it_lower(ticked):
    store, regions, keys = ticked
    for kind in (GroundKind.PATH, GroundKind.PITCH, GroundKind.LAWN):
        spots.tick(store, Ticked(keys[kind], "park", known=True, in_plan=True))
    fits = where.best_for(store, regions, workout(backward(duration_s=60, speed_high_mps=1.2)))
    assert len(fits) == 2 and fits[0].found.spot.stretch.kind is GroundKind.PITCH
    assert len(fits[0].lacks) < len(fits[1].lacks)
    uphill = workout(backward(duration_s=30, speed_high_mps=1.2), place=Place.GENTLE_GRASS_UPHILL, low=0.02, high=0.04)
    lacks = {fit.found.spot.stretch.kind: fit.lacks for fit in where.best_for(store, regions, uphill)}
    assert any("grade" in words for words in lacks[GroundKind.LAWN])


def test_in_winter_an_evening_runner_is_told_that_it_is_dark(ticked):
    from dataclasses import replace

    from tests.flows.test_daylight import runs

    store, regions, keys = ticked
    runs(store, (18.0, 18.0, 18.25, 18.5, 18.0))
    spots.tick(store, Ticked(keys[GroundKind.PITCH], "park", known=True, in_plan=True))
    session = workout(backward(duration_s=10, speed_high_mps=1.0))

    def lacks(on):
        (fit,) = where.best_for(store, regions, replace(session, on=on))
        return " ".join(fit.lacks)

    assert "dark at the hour you usually run, and" in lacks(date(2026, 12, 21))
    assert "in twilight at the hour" in lacks(date(2026, 10, 22)) and "the hour" not in lacks(date(2026, 6, 21))
