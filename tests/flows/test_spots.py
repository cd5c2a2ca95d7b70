from __future__ import annotations

from datetime import date

import pytest
from tests.store.regions import park, prepared

from backward_running.core.errors import BadValue, NotFound
from backward_running.core.ground import GroundKind
from backward_running.flows import spots
from backward_running.flows.spots import Ticked
from backward_running.store import open_store
from backward_running.store.region_file import RegionFolder

TODAY = date(2026, 5, 4)
PLACE = (60.1705, 24.9390)


@pytest.fixture
def store(new_home):
    store = open_store(new_home)
    yield store
    store.close()


@pytest.fixture
def regions(tmp_path):
    with prepared(park(tmp_path), tmp_path):
        pass
    folder = RegionFolder(tmp_path)
    yield folder
    folder.close()


def near(store, regions, **asked):
    return spots.near(store, regions, PLACE, today=TODAY, **asked)


def test_spots_are_ranked_and_have_reasons(store, regions):
    found = near(store, regions)
    assert found.spots[0].stretch.kind is GroundKind.PITCH
    scores = [spot.score for spot in found.spots]
    assert scores == sorted(scores, reverse=True) and len(scores) == found.looked_at == 3
    assert all(part.words for spot in found.spots for part in spot.parts)
    assert not found.is_old and found.reaches_out


def test_nearer_is_better_and_beyond_the_radius_is_nothing(store, regions):
    assert spots.near(store, regions, (60.1700, 24.9416), radius_m=100.0, today=TODAY).looked_at == 1
    (first, *_) = near(store, regions).spots
    away = spots.near(store, regions, (60.1695, 24.9440), today=TODAY).spots
    assert next(spot for spot in away if spot.stretch.key == first.stretch.key).score < first.score


@pytest.mark.parametrize("radius_m", [0.0, 99.0, 500_000.0])
def test_a_radius_that_cannot_be_is_refused(store, regions, radius_m):
    with pytest.raises(BadValue, match="between 0.1 and 50 km"):
        near(store, regions, radius_m=radius_m)


@pytest.mark.parametrize("place", [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)])
def test_a_place_that_is_none_is_refused(store, regions, place):
    with pytest.raises(BadValue):
        spots.near(store, regions, place, today=TODAY)


def test_a_place_outside_is_told_what_is_prepared(store, regions, tmp_path):
    with pytest.raises(NotFound, match=r"48.2, 16.4 lies outside .*park holds 60.169 to 60.173 N"):
        spots.near(store, regions, (48.2, 16.4), today=TODAY)
    with pytest.raises(NotFound, match="No map is prepared yet"):
        spots.near(store, RegionFolder(tmp_path / "none"), PLACE, today=TODAY)


def test_a_radius_is_that_of_a_circle(store, regions):
    corner = (60.17058 + 0.00081, 24.93896 + 0.0016)  # 90 m north and 90 m east of the lawn
    lawns = (GroundKind.LAWN,)
    assert spots.near(store, regions, corner, radius_m=100.0, today=TODAY, kinds=lawns).looked_at == 0
    assert spots.near(store, regions, corner, radius_m=150.0, today=TODAY, kinds=lawns).looked_at == 1


def test_an_island_has_no_spots_and_is_no_error(store, regions):
    found = spots.near(store, regions, (60.1728, 24.9448), radius_m=100.0, today=TODAY)
    assert found.spots == () and found.looked_at == 0


def test_an_old_map_is_told(store, regions):
    assert spots.near(store, regions, PLACE, today=date(2036, 5, 4)).is_old


def test_what_is_ticked_is_kept_and_counts(store, regions):
    before = near(store, regions).spots[-1]
    key = before.stretch.key
    spots.tick(store, Ticked(key, "park", known=True, in_plan=True, note=" even ", length_m=42.0))
    assert spots.ticked(store)[key] == Ticked(key, "park", known=True, in_plan=True, note="even", length_m=42.0)
    after = next(spot for spot in near(store, regions).spots if spot.stretch.key == key)
    assert after.score > before.score
    assert spots.find(store, regions, key).ticked.note == "even"
    spots.tick(store, Ticked(key, "park"))
    assert spots.ticked(store) == {}


def test_what_is_not_known_never_enters_a_plan(store):
    spots.tick(store, Ticked("w1.1", "park", known=False, in_plan=True, note="looked at it"))
    assert not spots.ticked(store)["w1.1"].in_plan


@pytest.mark.parametrize("said", [{"note": "x" * 601}, {"length_m": 1.0}, {"length_m": 9000.0}])
def test_what_cannot_be_said_is_refused(store, said):
    with pytest.raises(BadValue):
        spots.tick(store, Ticked("w1.1", "park", known=True, **said))
    assert spots.ticked(store) == {}
