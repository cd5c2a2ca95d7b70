from __future__ import annotations

import numpy as np
import pytest
import shapely
from tests.places.drawing import PLACE, area, found, line, metres, path_of, point

from backward_running.core.ground import GroundKind, HazardKind, Heights

PATH = ((0, 0), (200, 0))
WAY = {"highway": "footway"}


def path(**tags):
    return line("w1", *PATH, **WAY, **tags)


def test_a_straight_path_is_found_whole():
    (stretch,) = found(path(surface="asphalt", name="Alley"))
    assert (stretch.kind, stretch.name) == (GroundKind.PATH, "Alley")
    assert stretch.length_m == pytest.approx(200.0, abs=0.5)
    assert stretch.free_m == 15.0 and stretch.hazards == () and stretch.road_m is None


CUTS = {
    "a road": line("w2", (100, -50), (100, 50), highway="residential"),
    "a service road": line("w2", (100, -50), (100, 50), highway="service"),
    "a tram": line("w2", (100, -50), (100, 50), railway="tram"),
    "a stream": line("w2", (100, -50), (100, 50), waterway="stream"),
    "steps": line("w2", (100, -50), (100, 50), highway="steps"),
    "a fence": line("w2", (100, -50), (100, 50), barrier="fence"),
    "a hedge": line("w2", (100, -50), (100, 50), barrier="hedge"),
    "a cliff": line("w2", (100, -50), (100, 50), natural="cliff"),
    "a bollard": point("n2", 100, 0, barrier="bollard"),
    "a gate": point("n2", 100, 0, barrier="gate"),
    "a kerb": point("n2", 100, 0, kerb="raised"),
    "a crossing": point("n2", 100, 0, highway="crossing"),
    "a pond": area("w2", shapely.box(95, -5, 105, 5), natural="water"),
    "a house": area("w2", shapely.box(95, -5, 105, 5), building="yes"),
    "closed ground": area("w2", shapely.box(95, -5, 105, 5), landuse="industrial", access="private"),
    "a barrack": area("w2", shapely.box(95, -5, 105, 5), landuse="military"),
    "a bench in the lane": point("n2", 100, 0.5, amenity="bench"),
}


@pytest.mark.parametrize("thing", CUTS.values(), ids=CUTS)
def test_nothing_that_is_crossed_is_proposed_and_5_m_before_it_are_free(thing):
    stretches = found(path(), thing)
    assert len(stretches) == 2
    there = metres(shapely.from_wkb(thing.shape))
    for stretch in stretches:
        drawn = path_of(stretch)
        assert not shapely.intersects(drawn, there)
        assert shapely.distance(drawn, there) >= 4.99
        assert stretch.length_m > 80


NOT_IN_THE_WAY = {
    "a culvert": line("w2", (100, -50), (100, 50), waterway="stream", tunnel="culvert"),
    "a subway": line("w2", (100, -50), (100, 50), railway="subway", tunnel="yes"),
    "a flush kerb": point("n2", 100, 0, kerb="flush"),
    "another path": line("w2", (100, -50), (100, 50), highway="footway"),
}


@pytest.mark.parametrize("thing", NOT_IN_THE_WAY.values(), ids=NOT_IN_THE_WAY)
def test_what_lies_below_or_is_level_cuts_nothing(thing):
    (stretch,) = found(path(), thing)
    assert stretch.length_m == pytest.approx(200.0, abs=0.5)


def test_another_path_is_counted_as_one_that_joins():
    (stretch,) = found(path(), NOT_IN_THE_WAY["another path"])
    assert [(hazard.kind, round(hazard.along_m)) for hazard in stretch.hazards] == [(HazardKind.JUNCTION, 100)]


def test_what_stands_beside_is_counted_and_what_is_far_is_not():
    beside, far = point("n2", 50, 2.5, natural="tree"), point("n3", 60, 8, natural="tree")
    (stretch,) = found(path(), beside, far)
    assert [hazard.kind for hazard in stretch.hazards] == [HazardKind.OBSTACLE]


def test_behind_the_end_is_looked_15_m_and_5_are_free():
    wall = line("w2", (208, -20), (208, 20), barrier="wall")
    (stretch,) = found(path(), wall)
    assert path_of(stretch).length == pytest.approx(200.0, abs=0.5)
    # It is run to the end with more room.
    assert stretch.free_m == 15.0
    nearer = line("w2", (203, -20), (203, 20), barrier="wall")
    other_side = line("w3", (-9, -20), (-9, 20), barrier="wall")
    (stretch,) = found(path(), nearer, other_side)
    ends = np.array(path_of(stretch).coords)[:, 0]
    assert ends.max() <= 203 - 0.5 - 5 + 0.01
    assert stretch.free_m == pytest.approx(8.5, abs=0.2)
    assert stretch.hazards[-1].kind is HazardKind.BARRIER


def test_a_road_beside_is_told_and_a_wall_beside_does_not_end_it():
    road, wall = line("w2", (-50, 20), (250, 20), highway="residential"), line("w3", (-50, 3), (250, 3), barrier="wall")
    (stretch,) = found(path(), road, wall)
    assert stretch.road_m == pytest.approx(20.0, abs=0.2) and stretch.length_m > 199


def test_a_way_that_bends_is_cut_where_it_bends():
    bent = line("w1", (0, 0), (100, 0), (100, 60), **WAY)
    assert sorted(round(stretch.length_m) for stretch in found(bent)) == [60, 100]
    slightly = line("w1", (0, 0), (100, 0), (200, 5), **WAY)
    assert len(found(slightly)) == 1


@pytest.mark.parametrize(("radius_m", "longest_m"), [(130, 47), (80, 0), (400, 141)])
def test_a_slow_bend_is_straight_only_as_far_as_it_leaves_its_heading_little(radius_m, longest_m):
    angles = np.linspace(0, np.pi, 400)
    ring = line("w1", *zip(radius_m * np.cos(angles), radius_m * np.sin(angles), strict=True), **WAY)
    lengths = [stretch.length_m for stretch in found(ring)]
    assert max(lengths, default=0.0) == pytest.approx(longest_m, abs=3)


def test_ways_that_go_on_as_the_same_are_one_and_a_bridge_is_none():
    first, second = line("w1", (0, 0), (60, 0), **WAY), line("w3", (60, 0), (130, 0), **WAY)
    (stretch,) = found(first, second, wanted=("w1", "w3"))
    assert stretch.length_m == pytest.approx(130.0, abs=0.5) and stretch.key == "w1.1"
    assert found(line("w1", (0, 0), (60, 0), bridge="yes", **WAY)) == ()


RECTANGLE = shapely.box(0, 0, 90, 45)


@pytest.mark.parametrize("turned", range(0, 180, 15))
def test_a_lawn_gives_its_longest_line_however_it_is_turned(turned):
    lawn = area("w1", shapely.affinity.rotate(RECTANGLE, turned), landuse="grass")
    (stretch,) = found(lawn)
    longest = np.hypot(90 - 4, 45 - 4)
    assert 0.97 * longest <= stretch.length_m <= longest + 0.5
    assert stretch.kind is GroundKind.LAWN and stretch.width_m == 4.0


def test_a_pond_and_a_path_in_a_lawn_cut_it():
    lawn = area("w1", shapely.box(0, 0, 120, 30), landuse="grass")
    pond = area("w2", shapely.box(50, 0, 60, 30), natural="water")
    across = line("w3", (100, -5), (100, 40), highway="footway")
    for stretch in found(lawn, pond, across):
        drawn = path_of(stretch)
        assert (
            drawn.distance(shapely.box(50, 0, 60, 30)) >= 5
            and drawn.distance(shapely.linestrings([(100, -5), (100, 40)])) > 1
        )


def test_a_small_pitch_and_a_table_for_tennis_are_none():
    assert found(area("w1", shapely.box(0, 0, 15, 9), leisure="pitch")) == ()
    assert found(area("w1", shapely.box(0, 0, 60, 30), leisure="pitch", sport="table_tennis")) == ()
    assert len(found(area("w1", shapely.box(0, 0, 60, 30), leisure="pitch", sport="soccer"))) == 1


def track_ring():
    angle = np.linspace(-np.pi / 2, np.pi / 2, 40)
    right = np.column_stack([42.2 + 36.5 * np.cos(angle), 36.5 * np.sin(angle)])
    return np.vstack([right, -right, right[:1]])


def test_a_running_track_gives_both_straights_and_its_lap():
    ring = line("w1", *track_ring(), leisure="track", sport="running", lanes="6")
    stretches = found(ring)
    assert [stretch.kind for stretch in stretches[:2]] == [GroundKind.TRACK] * 2
    assert all(80 < stretch.length_m < 112 for stretch in stretches[:2])
    assert stretches[0].lap_m == pytest.approx(398, abs=2) and stretches[0].width_m == pytest.approx(7.32)
    assert found(line("w1", *track_ring(), leisure="track", sport="cycling")) == ()


@pytest.mark.parametrize(
    "tags", [{"access": "private"}, {"access": "no"}, {"foot": "no"}, {"access": "customers"}, {"tunnel": "yes"}]
)
def test_what_may_not_be_entered_or_is_out_of_sight_is_never_proposed(tags):
    assert found(path(**tags)) == ()


def test_feet_count_before_all_others():
    assert len(found(path(access="private", foot="yes"))) == 1


@pytest.mark.parametrize("tags", [{}, {"sac_scale": "hiking", "surface": "ground"}, {"tracktype": "grade3"}])
def test_a_trail_is_none(tags):
    assert found(line("w1", *PATH, highway="path", **tags)) == ()
    assert len(found(line("w1", *PATH, highway="path", surface="compacted"))) == 1


def test_a_stretch_is_run_uphill():
    for incline, rises_east in (("4%", True), ("-4 %", False)):
        (stretch,) = found(path(incline=incline))
        assert stretch.grade.ratio == pytest.approx(0.04) and stretch.grade.low < 0.04 < stretch.grade.high
        assert (stretch.line[-1][0] > stretch.line[0][0]) is rises_east
    assert found(path(incline="up"))[0].grade is None


def test_what_is_surely_steeper_than_ten_per_cent_is_never_proposed():
    assert found(path(incline="15%")) == ()
    assert len(found(path(incline="9%"))) == 1
    assert found(path(), heights=hill(0.2)) == ()


def test_a_pitch_with_a_net_across_is_none():
    assert found(area("w1", shapely.box(0, 0, 37, 18), leisure="pitch", sport="tennis")) == ()
    assert len(found(area("w1", shapely.box(0, 0, 37, 18), leisure="pitch", sport="basketball"))) == 1


def hill(slope_per_m):
    """Heights that rise to the east."""
    step = 1 / 1200
    columns = np.arange(200) * step * 111_320 * np.cos(np.radians(PLACE[0]))
    return Heights(60.25, 24.90, step, np.tile(columns * slope_per_m, (200, 1)))


def test_grass_on_a_gentle_slope_is_told_from_a_lawn_where_the_tile_can_tell():
    (stretch,) = found(area("w1", shapely.box(0, 0, 220, 40), landuse="grass"), heights=hill(0.05))
    assert stretch.kind is GroundKind.SLOPE and stretch.grade.ratio == pytest.approx(0.05, abs=0.003)
    assert stretch.line[-1][0] > stretch.line[0][0]
    (short,) = found(area("w1", shapely.box(0, 0, 40, 20), landuse="grass"), heights=hill(0.05))
    assert short.kind is GroundKind.LAWN and short.grade.high - short.grade.low > 0.1


def test_a_pitch_is_level_as_it_is_built_whatever_a_tile_says():
    (stretch,) = found(area("w1", shapely.box(0, 0, 100, 60), leisure="pitch"), heights=hill(0.05))
    assert stretch.grade.ratio == 0.0


def test_a_void_in_the_tile_is_not_a_height_of_0():
    holed = hill(0.05)
    holed.altitude_m[:] = np.nan
    (stretch,) = found(path(), heights=holed)
    assert stretch.grade is None


def test_nothing_is_proposed_where_the_map_ends():
    from backward_running.core.ground import Box

    (stretch,) = found(path(), within=Box(24.90, 60.15, 24.942, 60.19))
    assert stretch.length_m < 120
    assert found(path(), within=Box(24.90, 60.15, 24.9395, 60.19)) == ()
