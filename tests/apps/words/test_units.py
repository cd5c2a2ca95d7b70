from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.apps.words.units import (
    DASH,
    GAP,
    Units,
    clock,
    minutes,
    percent_change,
    read_clock,
    read_number,
    whole,
)
from backward_running.core.errors import BadValue
from backward_running.core.plan import Reason

METRIC, IMPERIAL, MIXED = Units("metric"), Units("imperial"), Units("mixed")


def test_a_number_and_its_unit_stay_together():
    assert str(METRIC.distance(4210)) == f"4.21{GAP}km"
    assert str(IMPERIAL.distance(1609.344)) == f"1.00{GAP}mi"
    assert str(METRIC.pace(1000 / 344)) == f"5:44{GAP}/km"
    assert str(IMPERIAL.altitude(100)) == f"328{GAP}ft"
    assert str(IMPERIAL.mass(70)) == f"154.3{GAP}lb"
    assert str(METRIC.height(1.78)) == f"178{GAP}cm"
    assert str(METRIC.short_distance(40)) == f"40{GAP}m"


def test_miles_on_the_road_go_with_metres_on_the_track():
    assert str(MIXED.short_distance(400)) == f"400{GAP}m"
    assert str(IMPERIAL.short_distance(400)) == f"437{GAP}yd"
    assert str(MIXED.short_distance(3218.688)) == f"2.00{GAP}mi"
    assert str(MIXED.pace(1609.344 / 480)) == f"8:00{GAP}/mi" and MIXED.read_pace("8:00") == pytest.approx(3.3528)
    assert (str(MIXED.mass(70)), str(MIXED.altitude(100))) == (f"70.0{GAP}kg", f"100{GAP}m")


@pytest.mark.parametrize("missing", [None, math.nan, math.inf])
def test_missing_is_a_dash_and_never_0(missing):
    for units in (METRIC, IMPERIAL, MIXED):
        for show in (units.distance, units.pace, units.mass, units.height, units.altitude, units.short_distance):
            assert str(show(missing)) == DASH
    assert clock(missing) == DASH
    assert str(minutes(missing)) == str(whole(missing)) == str(percent_change(missing)) == DASH


def test_standing_still_has_no_pace():
    assert METRIC.pace(0.0).value == DASH
    assert METRIC.pace(0.1).value == DASH


@given(st.floats(95, 3500), st.sampled_from([METRIC, IMPERIAL, MIXED]))
def test_a_pace_that_is_shown_can_be_typed(seconds_per_km, units):
    speed_mps = 1000 / seconds_per_km
    again_mps = units.read_pace(units.pace(speed_mps).value)
    assert units.long_m / again_mps == pytest.approx(units.long_m / speed_mps, abs=0.51)


@given(st.floats(30, 250), st.sampled_from([METRIC, IMPERIAL, MIXED]))
def test_a_mass_that_is_shown_can_be_typed(mass_kg, units):
    shown = units.mass(mass_kg)
    assert units.read_mass(str(shown)) == pytest.approx(mass_kg, abs=0.06)
    if 45 <= mass_kg <= 139:
        assert units.read_mass(shown.value) == pytest.approx(mass_kg, abs=0.06)


@pytest.mark.parametrize(("units", "typed", "other"), [(METRIC, "165", "165 lb"), (IMPERIAL, "72", "72 kg")])
def test_a_mass_in_the_other_unit_is_asked_about(units, typed, other):
    with pytest.raises(BadValue) as problem:
        units.read_mass(typed)
    assert f"write {other}" in problem.value.hint
    assert f"write {typed} {units.mass_unit}" in problem.value.hint
    assert 70 < units.read_mass(other) < 76
    assert units.read_mass(f"{typed} {units.mass_unit}") == pytest.approx(165 if units is METRIC else 32.66, abs=0.01)


@pytest.mark.parametrize(("typed", "metres"), [("5'11", 1.8034), ("5' 11\"", 1.8034), ("6ft", 1.8288), ("71", 1.8034)])
def test_heights_in_feet_and_inches(typed, metres):
    assert IMPERIAL.read_height(typed) == pytest.approx(metres)


@pytest.mark.parametrize("typed", ["1,78", "178", "1.78"])
def test_heights_in_metres_and_centimetres(typed):
    assert METRIC.read_height(typed) == pytest.approx(1.78)


@pytest.mark.parametrize("typed", ["", "fast", "5.99", "5:99", "0:10", "99:99"])
def test_a_pace_that_is_none_is_refused_with_a_hint(typed):
    with pytest.raises(BadValue, match="6:30"):
        METRIC.read_pace(typed)


@pytest.mark.parametrize("typed", ["", "much", "nan", "inf"])
def test_a_number_that_is_none_is_refused(typed):
    with pytest.raises(BadValue):
        read_number(typed, name="body mass")


@given(st.integers(0, 99 * 3600))
def test_a_time_that_is_shown_can_be_typed(seconds):
    assert read_clock(clock(seconds)) == seconds


def test_a_reason_speaks_the_units_of_the_runner():
    words = "1.63 m/s (5.9 km/h)"
    reason = Reason(f"The cap is below {words}.", "x", ((words, 1.63),))
    assert METRIC.say(reason) == f"The cap is below 5.9{GAP}km/h (10:13{GAP}/km)."
    assert IMPERIAL.say(reason) == f"The cap is below 3.6{GAP}mph (16:27{GAP}/mi)."
    assert METRIC.say(Reason("Flat.")) == "Flat."


def test_unknown_units_are_refused():
    with pytest.raises(BadValue):
        Units("nautical")
