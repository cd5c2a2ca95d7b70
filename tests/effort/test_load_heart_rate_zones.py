"""Zones: five by heart-rate reserve, or the runner's own; what cannot be borders is refused in one sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete
from backward_running.core.errors import BadValue
from backward_running.core.load import HeartSeconds
from backward_running.effort.heart_rate_reserve import CROSSED
from backward_running.effort.load_heart_rate_zones import default_borders_bpm, read_borders_bpm, seconds_in_zones

HEARTS = st.builds(HeartSeconds, st.integers(0, 200), st.lists(st.floats(0, 100), min_size=1, max_size=60).map(tuple))
BORDERS = st.sets(st.integers(30, 240), min_size=2, max_size=7).map(sorted).map(tuple)


@given(hearts=st.lists(st.none() | HEARTS, max_size=5), borders=BORDERS)
def test_zones_add_up_to_the_known_seconds(hearts, borders):
    seconds = seconds_in_zones(hearts, borders)
    assert len(seconds) == len(borders) + 1
    assert sum(seconds) == pytest.approx(sum(one.known_s for one in hearts if one))


@given(borders=BORDERS)
def test_borders_come_back_as_they_were_written(borders):
    assert read_borders_bpm(" ".join(map(str, borders))) == borders


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("150 140 160", "rise"), ("150 150", "rise"), ("150", "2 to 7"), ("", "2 to 7"), ("fast", "whole numbers"),
        ("-5 100", "whole numbers"), ("20 100", "30 and 240"), ("100 999", "30 and 240"), ("120.5 130", "whole numbers"),
        ("1 2 3 4 5 6 7 8", "2 to 7"), ("١٢٠ ١٣٠", "whole numbers"),
    ],
)  # fmt: skip
def test_what_cannot_be_borders_is_refused(typed, words):
    with pytest.raises(BadValue, match=words):
        read_borders_bpm(typed)


@pytest.mark.parametrize(
    ("athlete", "words"),
    [
        (Athlete(), "resting heart rate, maximal heart rate"),
        (Athlete(resting_heart_rate_bpm=50.0), "maximal heart rate"),
        (Athlete(resting_heart_rate_bpm=110.0, maximal_heart_rate_bpm=105.0), CROSSED),
    ],
)
def test_without_a_reserve_the_missing_field_is_named(athlete, words):
    found = default_borders_bpm(athlete)
    assert isinstance(found, str)
    assert words in found


def test_a_beat_on_a_border_belongs_to_the_zone_that_begins_there():
    assert seconds_in_zones([HeartSeconds(120, (5.0,))], (120, 140)) == (0.0, 5.0, 0.0)
