from __future__ import annotations

import numpy as np
import pytest
from tests.apps.browsing import NOW, track_file

from backward_running.core.errors import NotFound
from backward_running.core.ground import Grade, GroundKind, Stretch
from backward_running.core.own_ground import GRADE
from backward_running.core.privacy import PrivacyZone, distance_m
from backward_running.flows import intake, own_ground, privacy, spots
from backward_running.store import open_store

#: The track of the tests goes straight north from 42.5, 1.5, for some 1,490 m.
NORTH = 1 / 111_320
START = (42.5, 1.5)


@pytest.fixture
def store(new_home):
    store = open_store(new_home)
    yield store
    store.close()


def near(store, *where):
    return own_ground.most_run(own_ground.passes(store, *where))


def runs(store, days):
    for day in days:
        intake.import_file(store, f"{day}.fit", track_file(day=day, length_s=600 + day), now=NOW)


def test_a_straight_of_three_days_is_found_once_each_run_was_looked_through(store):
    runs(store, (16, 17))
    assert near(store).left == 2 and near(store).runs == 0
    assert own_ground.look_through(store) == 2 and own_ground.look_through(store) == 0
    assert near(store).straights == ()
    runs(store, (18,))
    assert own_ground.look_through(store, most=5) == 1
    (first,) = near(store).straights
    assert (first.days, first.passes, near(store).runs) == (3, 3, 3)
    assert near(store, (0.0, 0.0), 1000.0).straights == ()


def test_nothing_within_a_zone_is_given_out_and_a_straight_ends_at_it(store):
    runs(store, (16, 17, 18))
    own_ground.look_through(store)
    (zone,) = privacy.zones(store).zones
    (shown,) = near(store).straights
    for longitude, latitude in shown.line:
        (away,) = distance_m(np.array([latitude]), np.array([longitude]), *zone.middle_deg(privacy._seed(store)))
        assert away >= zone.radius_m - 1.0
    privacy.remove(store, zone.name)
    (whole,) = near(store).straights
    assert whole.length_m > shown.length_m + 90.0
    privacy.add(store, PrivacyZone("all", 42.5065, 1.5, 3000.0))
    assert near(store).straights == ()
    assert own_ground.find(store, own_ground.key_of(whole))[1] is None  # what was known of it is hidden, too


def test_a_run_that_is_deleted_teaches_nothing_and_one_that_comes_back_does(store):
    runs(store, (16, 17, 18))
    own_ground.look_through(store)
    gone = store.activities()[0].activity_id
    store.trash_activity(gone, NOW)
    assert near(store).straights == () and near(store).runs == 2
    store.restore_activity(gone)
    assert near(store).straights[0].days == 3 and near(store).left == 0
    store.put_recording(store.recording(gone))
    assert near(store).left == 1


def test_a_straight_is_a_spot_of_which_no_map_says_anything(store):
    runs(store, (16, 17, 18))
    own_ground.look_through(store)
    (own,) = near(store).straights
    key = own_ground.key_of(own)
    found = spots.find(store, None, key)
    assert found.head is None and found.own.days == 3 and found.spot.stretch.kind is GroundKind.OWN
    parts = {part.key: part for part in found.spot.parts}
    assert not any(parts[name].known for name in ("clear_lane", "beyond_the_end", "traffic", "surface", "access"))
    assert parts["run_out"].known and parts["familiar"].known
    spots.tick(store, spots.Ticked(key, "", known=True, in_plan=True))
    assert spots.find(store, None, key).spot.score > found.spot.score
    for wrong in (
        "own.1_2",
        "own.x_1_2_3",
        "own.1_2_3_4_5",
        "own.9100000_0_9100000_9",
        "own.0_0_0_0",
        "own.0_0_900000_0",
    ):
        with pytest.raises(NotFound):
            spots.find(store, None, wrong)


def test_own_heights_go_before_a_tile_and_turn_with_the_stretch(store):
    runs(store, (16, 17, 18))
    own_ground.look_through(store)
    known = own_ground.passes(store)
    known.cells[:, GRADE] = 0.03
    ((low, high),) = (own.line for own in near(store).straights)
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)

    def graded(grade, line=(low, middle)):
        return own_ground.measured(known, Stretch("w1.1", GroundKind.PATH, line, 400.0, {}, grade=grade)).grade

    tile = Grade(0.0, -0.05, 0.05, "tile")
    up, down = graded(tile), graded(tile, (middle, low))
    assert {round(abs(up.ratio), 3), round(abs(down.ratio), 3)} == {0.03} and up.ratio == -down.ratio
    assert graded(None) == up and up.found_by == "recordings"
    typed = Grade(0.01, 0.0, 0.02, "tag")
    assert graded(typed) == typed
    far = ((low[0] + 0.01, low[1]), (middle[0] + 0.01, middle[1]))
    assert graded(tile, far) == tile
