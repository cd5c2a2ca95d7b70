from __future__ import annotations

import pytest
import shapely

from backward_running.core.ground import Box, MapObject
from backward_running.places import coast

BOX = Box(0.0, 0.0, 0.1, 0.1)


def line(*places):
    return MapObject("w1", {"natural": "coastline"}, shapely.to_wkb(shapely.LineString(places)))


def water(*lines):
    return shapely.union_all([shapely.from_wkb(part.shape) for part in coast.sea(lines, BOX)])


#: Beyond the border on both sides, to the north: the land is in the west.
NORTHWARD = line((0.05, -0.01), (0.05, 0.11))
#: Against the clock: the land is inside.
ISLAND = line((0.07, 0.02), (0.08, 0.02), (0.08, 0.03), (0.07, 0.03), (0.07, 0.02))
#: With the clock: a lagoon that was mapped as sea.
LAGOON = line((0.02, 0.02), (0.02, 0.03), (0.03, 0.03), (0.03, 0.02), (0.02, 0.02))


def test_the_land_is_on_the_left():
    assert water(NORTHWARD).equals(shapely.box(0.05, 0.0, 0.1, 0.1))
    southward = line((0.05, 0.11), (0.05, -0.01))
    assert water(southward).equals(shapely.box(0.0, 0.0, 0.05, 0.1))


def test_an_island_is_no_water_and_a_lagoon_is():
    sea = water(NORTHWARD, ISLAND, LAGOON)
    assert sea.area == pytest.approx(0.05 * 0.1 - 0.01**2 + 0.01**2)
    assert not sea.contains(shapely.Point(0.075, 0.025))
    assert sea.contains(shapely.Point(0.025, 0.025))


def test_a_coast_that_ends_within_the_map_is_known_between_its_ends():
    sea = water(line((0.04, 0.02), (0.05, 0.05), (0.06, 0.08)))
    assert sea.contains(shapely.Point(0.0595, 0.0205))
    assert not sea.contains(shapely.Point(0.0405, 0.0795))
    # Beyond its northern end nothing is known.
    assert sea.bounds[3] == pytest.approx(0.08, abs=2e-4)


def test_where_a_whole_side_is_sea_it_reaches_on():
    bay = line((0.04, 0.08), (0.05, 0.03), (0.06, 0.08))  # land within, sea all round the point
    sea = water(bay)
    assert sea.contains(shapely.Point(0.05, 0.001))
    assert not sea.contains(shapely.Point(0.05, 0.07))
    assert sea.bounds[1] == 0.0


def test_a_coast_with_a_gap_parts_nothing_and_nothing_is_drawn():
    floating = line((0.03, 0.05), (0.05, 0.05))
    assert water(floating).is_empty


def test_where_no_coast_is_nothing_is_known():
    assert water().is_empty
    assert water(line((1.0, 1.0), (1.0, 2.0))).is_empty


def test_it_lies_in_squares_that_a_small_drawing_reads_one_of():
    parts = list(coast.sea((NORTHWARD,), BOX))
    assert len(parts) == 2
    assert {part.tags["natural"] for part in parts} == {"water"}
