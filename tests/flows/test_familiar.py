from __future__ import annotations

import numpy as np
import pytest
from tests.apps.browsing import NOW, track_file

from backward_running.core.ground import GroundKind, Stretch
from backward_running.core.privacy import PrivacyZone
from backward_running.flows import familiar, intake, privacy
from backward_running.store import open_store

#: The track of the tests goes straight north from 42.5, 1.5, for some 1,490 m.
NORTH = 1 / 111_320


def stretch(key, south_m, north_m, east_m=0.0):
    east = 1.5 + east_m / (111_320 * np.cos(np.radians(42.5)))
    line = ((east, 42.5 + south_m * NORTH), (east, 42.5 + north_m * NORTH))
    return Stretch(key, GroundKind.PATH, line, north_m - south_m, {})


ON_IT = stretch("on", 1000, 1100)
HALF = stretch("half", 1450, 1600)
BESIDE = stretch("beside", 1000, 1100, east_m=70)
HOME = stretch("home", 20, 120)
ALL = (ON_IT, HALF, BESIDE, HOME)


@pytest.fixture
def store(new_home):
    store = open_store(new_home)
    yield store
    store.close()


def test_days_are_counted_and_two_runs_of_a_day_are_one(store):
    assert familiar.visits(store, ALL) == {}
    for name, day, length_s in (("a", 17, 600), ("b", 18, 600), ("c", 18, 590)):
        intake.import_file(store, f"{name}.fit", track_file(day=day, length_s=length_s), now=NOW)
    assert familiar.visits(store, ALL)["on"] == 2
    assert familiar.visits(store, ()) == {}


def test_only_who_went_all_along_was_there_and_home_stays_private(store):
    intake.import_file(store, "a.fit", track_file(), now=NOW)
    assert [zone.name for zone in privacy.zones(store).zones] == ["home"]
    assert familiar.visits(store, ALL) == {"on": 1}
    for zone in privacy.zones(store).zones:
        privacy.remove(store, zone.name)
    assert familiar.visits(store, ALL) == {"on": 1, "home": 1}
    privacy.add(store, PrivacyZone("track", *ON_IT.middle_deg, 400.0))
    assert familiar.visits(store, ALL) == {"home": 1}
