from __future__ import annotations

import gzip
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from mapbox_vector_tile import decode
from tests.store.regions import park, prepared

from backward_running.core.errors import BadValue
from backward_running.core.ground import Box, MapObject
from backward_running.core.tiles import FIRST_ZOOM, LAST_ZOOM, Tile, tile_at
from backward_running.flows import tiles
from backward_running.flows.ground import drawn

ALLEY = (60.1700, 24.9398)  #: the middle of the path of the park


def read(packed):
    """What a browser reads of a tile: for each layer its shapes and names; y runs down."""
    told = decode(gzip.decompress(packed), default_options={"y_coord_down": True})
    return {
        name: [(shapely.geometry.shape(part["geometry"]), part["properties"]) for part in layer["features"]]
        for name, layer in told.items()
    }


@pytest.fixture
def region(tmp_path):
    with prepared(park(tmp_path), tmp_path) as opened:
        yield opened


def in_degrees(shape, at):
    return shapely.transform(
        shape, lambda steps: np.array([at.place(east / tiles.EXTENT, south / tiles.EXTENT) for east, south in steps])
    )


@pytest.mark.parametrize("zoom", range(13, LAST_ZOOM + 1))
def test_what_a_browser_reads_lies_where_the_map_has_it(region, zoom):
    at = tile_at(zoom, *ALLEY)
    told = read(tiles.tile(region, at))
    ((path, _),) = told["path"]
    (thing,) = (thing for thing in region.objects(at.box) if thing.osm_id == "w21")
    shown = at.box.grown(at.width_m * tiles.BEYOND)
    whole = shapely.clip_by_rect(
        shapely.from_wkb(thing.shape), shown.west_deg, shown.south_deg, shown.east_deg, shown.north_deg
    )
    step_deg = 360.0 / 2**zoom / tiles.EXTENT
    assert shapely.hausdorff_distance(in_degrees(path, at), whole) < 4 * step_deg


def test_areas_run_with_the_clock_on_the_screen_and_holes_against_it(region):
    told = read(tiles.tile(region, tile_at(15, 60.1704, 24.9385)))
    areas = [part for name, parts in told.items() if name.endswith("_area") for shape, _ in parts
             for part in shapely.get_parts(shape)]  # fmt: skip
    assert areas
    # South is more: with the clock is against it in a plane whose second axis goes up.
    assert all(area.exterior.is_ccw and not any(hole.is_ccw for hole in area.interiors) for area in areas)


def test_names_are_told_where_they_can_be_read(region):
    told = read(tiles.tile(region, tile_at(15, *ALLEY)))
    assert [said["name"] for _, said in told["name"]] == ["Long Alley"]
    assert "name" not in read(tiles.tile(region, tile_at(13, *ALLEY)))


def test_from_afar_only_what_is_seen_from_afar(region):
    told = read(tiles.tile(region, tile_at(FIRST_ZOOM, *ALLEY)))
    assert set(told) <= {"park_area", "wood_area", "water_area", "road", "rail"}


def test_beside_the_map_there_is_nothing(region):
    assert tiles.tile(region, tile_at(15, 10.0, 10.0)) == b""


def test_a_tile_is_made_once_and_the_map_stays_open(region, tmp_path, monkeypatch):
    at = tile_at(15, *ALLEY)
    first = tiles.tile(region, at)
    monkeypatch.setattr(tiles, "made", None)
    assert tiles.tile(region, at) == first
    assert region.kept_tile(Tile(15, 0, 0)) is None


@pytest.mark.parametrize("numbers", [(10, 0, 0), (17, 0, 0), (11, 2048, 0), (11, 0, -1)])
def test_a_tile_that_is_none_is_refused(numbers):
    with pytest.raises(BadValue):
        Tile(*numbers)


@pytest.mark.parametrize("place", [(0.0, 0.0), (60.17, 24.94), (-41.3, 174.8), (70.0, -179.99), (42.5, 1.5)])
@pytest.mark.parametrize("zoom", [FIRST_ZOOM, LAST_ZOOM])
def test_a_place_lies_in_its_tile_and_in_no_neighbour(place, zoom):
    at = tile_at(zoom, *place)
    assert at.box.holds(*place)
    # South is more: the row below begins where this one ends.
    assert Tile(zoom, at.column, at.row + 1).box.north_deg == pytest.approx(at.box.south_deg)


def test_water_on_water_is_drawn_once_more_and_an_island_stays_land():
    """A drawing fills all areas of a layer as one path: what runs the same way adds up, a hole runs the other way."""
    lake = shapely.box(0.0, 0.0, 0.01, 0.01).difference(shapely.box(0.004, 0.004, 0.006, 0.006))
    pond = shapely.box(0.008, 0.008, 0.012, 0.012).reverse()
    things = [MapObject("w1", {"natural": "water"}, shapely.to_wkb(area)) for area in (lake, pond)]
    (water,) = drawn(SimpleNamespace(objects=lambda _box: things), Box(-1.0, -1.0, 1.0, 1.0), metres_per_pixel=1.0)
    assert [shapely.LinearRing(ring).is_ccw for ring in water.rings] == [True, False, True]
