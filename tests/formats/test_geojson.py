"""GeoJSON: one feature per bout, lines that touch, gaps that show."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Stream
from backward_running.core.session import Bout, BoutFacts
from backward_running.formats.geojson import write_track


def stream(time_s, latitude=None, longitude=None):
    time_s = np.asarray(time_s, dtype=float)
    latitude = 60 + time_s * 1e-5 if latitude is None else np.asarray(latitude, dtype=float)
    longitude = np.full(len(time_s), 24.912345678) if longitude is None else np.asarray(longitude, dtype=float)
    return Stream("wrist", "earth", time_s, {"latitude_deg": latitude, "longitude_deg": longitude})


def bouts(*borders, direction=Direction.BACKWARD):
    return [
        BoutFacts(Bout(start, end, direction, Gait.RUN, 0.91, "laps"), moving_s=end - start, distance_m=12.5)
        for start, end in pairwise(borders)
    ]


def features(track, facts):
    return json.loads(write_track(track, facts))["features"]


def test_a_bout_is_a_line_with_its_facts():
    (feature,) = features(stream(range(4)), bouts(0, 3))
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] == "LineString"
    assert feature["geometry"]["coordinates"] == [[24.9123457, round(60 + s * 1e-5, 7)] for s in range(4)]
    assert feature["properties"] == {
        "direction": "backward", "gait": "run", "probability_share": 0.91, "found_by": "laps", "start_s": 0.0,
        "end_s": 3.0, "distance_m": 12.5,
    }  # fmt: skip


def test_neighbours_share_the_point_at_the_border():
    first, second, third = features(stream(range(11)), bouts(0, 4, 7, 10))
    lines = [feature["geometry"]["coordinates"] for feature in (first, second, third)]
    assert [len(line) for line in lines] == [4, 4, 5]
    assert lines[0][-1] == lines[1][0]
    assert lines[1][-1] == lines[2][0]
    assert lines[2][-1] == [24.9123457, 60.0001]


def test_a_long_gap_splits_the_line_and_a_short_one_does_not():
    (feature,) = features(stream([0, 1, 31, 62, 63]), bouts(0, 63))
    assert feature["geometry"]["type"] == "MultiLineString"
    assert [len(line) for line in feature["geometry"]["coordinates"]] == [3, 2]


def test_a_gap_at_a_border_is_not_drawn_over():
    first, second = features(stream([0, 1, 100, 101]), bouts(0, 100, 101))
    assert len(first["geometry"]["coordinates"]) == 2
    assert [point[1] for point in second["geometry"]["coordinates"]] == [60.001, 60.00101]


def test_missing_positions_split_the_line_and_never_become_numbers():
    latitude = [60.0, 60.1, np.nan, 60.3, 60.4, np.nan]
    (feature,) = features(stream(range(6), latitude), bouts(0, 5))
    assert [[point[1] for point in line] for line in feature["geometry"]["coordinates"]] == [[60.0, 60.1], [60.3, 60.4]]
    assert b"NaN" not in write_track(stream(range(6), latitude), bouts(0, 5))


def test_no_line_crosses_the_seam_of_the_map():
    (feature,) = features(stream(range(4), longitude=[179.8, 179.9, -179.9, -179.8]), bouts(0, 3))
    assert [[point[0] for point in line] for line in feature["geometry"]["coordinates"]] == [
        [179.8, 179.9],
        [-179.9, -179.8],
    ]


def test_without_positions_the_geometry_is_null_and_the_facts_stay():
    time_s = np.arange(3.0)
    (feature,) = features(Stream("wrist", "earth", time_s, {}), bouts(0, 2))
    assert feature["geometry"] is None
    assert feature["properties"]["direction"] == "backward"


def test_unknown_is_null():
    facts = [BoutFacts(Bout(0, 2, Direction.UNKNOWN, None, None, "nothing"), moving_s=2)]
    (feature,) = features(stream(range(3)), facts)
    assert [feature["properties"][name] for name in ("gait", "probability_share", "distance_m")] == [None, None, None]


def test_no_bouts_give_an_empty_collection():
    assert json.loads(write_track(stream(range(3)), [])) == {"type": "FeatureCollection", "features": []}
