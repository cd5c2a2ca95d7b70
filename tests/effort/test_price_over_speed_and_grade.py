"""The price over 0.5 to 4 m/s and −10 to +30 %: it rises with both, nothing jumps, backward is never cheaper."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.apps.words.printed import energy_per_distance, energy_per_minute, pace
from backward_running.apps.words.units import Units
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.session import Estimate
from backward_running.effort.at_speed import prices_at, ratio_at, uptake_at
from backward_running.effort.personal_factor import Belief, OwnFactor, prior_of
from backward_running.flows.cost import cost_of
from backward_running.flows.cost_views import Asked

FORWARD, BACKWARD = Direction.FORWARD, Direction.BACKWARD
SPEEDS = np.round(np.arange(0.5, 4.0001, 0.01), 3)
GRADES = np.round(np.arange(-0.10, 0.3001, 0.005), 4)
LEARNED = OwnFactor(prior_of(None), Belief(math.log(1.22), 0.06), (None,) * 4)  # type: ignore[arg-type]
RUNNERS = [
    pytest.param(Athlete(), None, id="practice unknown"),
    pytest.param(Athlete(backward_experience_min=0.0), None, id="new to it"),
    pytest.param(Athlete(backward_experience_min=2000.0), None, id="practised"),
    pytest.param(Athlete(), LEARNED, id="own factor"),
    pytest.param(Athlete(backward_experience_min=20.0), LEARNED, id="own factor, new to it"),
    pytest.param(Athlete(backward_experience_min=2000.0), LEARNED, id="own factor, practised"),
]


def grid(direction: Direction, athlete: Athlete, own: OwnFactor | None) -> dict[str, np.ndarray]:
    """Return (speeds, grades) of each bound, NaN where there is no price."""
    speed, grade = np.meshgrid(SPEEDS, GRADES, indexing="ij")
    found = prices_at(speed.ravel(), grade.ravel(), direction, athlete, own)
    known = found.reason == 0
    return {
        bound: np.where(known, getattr(found, bound), np.nan).reshape(speed.shape) for bound in ("low", "best", "high")
    }


@pytest.mark.parametrize(("athlete", "own"), RUNNERS)
@pytest.mark.parametrize("direction", [FORWARD, BACKWARD])
def test_it_rises_with_speed_and_with_grade_and_nothing_jumps(direction, athlete, own) -> None:
    for bound, uptake in grid(direction, athlete, own).items():
        over_speed, over_grade = np.diff(uptake, axis=0), np.diff(uptake, axis=1)
        if bound != "best":
            # Between the gaits an end passes from walkers' spread to runners', which may be half as wide.
            walk, run = (1.96, 2.2) if direction is FORWARD else (1.5, 1.85)
            over_speed = over_speed[(SPEEDS[1:] <= walk) | (SPEEDS[:-1] >= run)]
            over_grade = over_grade[:, GRADES[:-1] >= 0.0]  # the equation is less sure on a slope, downhill too
        assert np.nanmin(over_speed) > 0.0, (bound, "falls with speed")
        assert np.nanmin(over_grade) > 0.0, (bound, "falls with grade")
        # A hundredth of a metre a second is worth at most what the steepest price has there; half a percent likewise.
        assert np.nanmax(over_speed) < 0.02 * np.nanmax(uptake), (bound, "jumps over speed")
        assert np.nanmax(over_grade) < 0.05 * np.nanmax(uptake), (bound, "jumps over grade")


@pytest.mark.parametrize(("athlete", "own"), RUNNERS)
def test_backward_is_never_cheaper_at_equal_speed(athlete, own) -> None:
    ahead, back = grid(FORWARD, athlete, own), grid(BACKWARD, athlete, own)
    for bound in ahead:
        assert np.nanmin(back[bound] - ahead[bound]) >= -1e-9, bound


def test_where_nobody_measured_there_is_no_price_and_elsewhere_no_hole() -> None:
    back = np.isfinite(grid(BACKWARD, Athlete(), None)["best"])
    level = back[:, GRADES.tolist().index(0.0)]
    assert SPEEDS[level].tolist() == SPEEDS[(SPEEDS >= 0.6) & (SPEEDS <= 3.5)].tolist()
    assert not back[:, GRADES < 0.0].any()
    assert not back[:, GRADES > 0.25].any()
    ahead = np.isfinite(grid(FORWARD, Athlete(), None)["best"])
    assert ahead[:, GRADES <= 0.10].all()


@settings(max_examples=15)
@given(st.floats(0.6, 3.5), st.floats(0.0, 0.1), st.floats(30.0, 150.0))
def test_units_survive(speed: float, grade: float, mass_kg: float) -> None:
    """What is printed per mile, per kilometre and per minute is one energy, and the pace one speed."""
    way = cost_of(Asked(speed, grade, BACKWARD, mass_kg), Athlete())
    assert isinstance(way.cost, Estimate)
    assert isinstance(way.power, Estimate)
    assert way.cost.value * speed == pytest.approx(way.power.value)
    km, mile = (float(energy_per_distance(way.cost, mass_kg, units).value) for units in (Units("metric"), MILES))
    assert mile / km == pytest.approx(1.609344, abs=1.5 / min(km, mile) + 0.01)
    minute = float(energy_per_minute(way.power, mass_kg).value)
    assert minute == pytest.approx(way.power.value * mass_kg * 60.0 / 4184.0, abs=0.06)
    uptake = uptake_at(speed, grade, BACKWARD, Athlete())
    assert isinstance(uptake, Estimate)
    assert way.power.value == pytest.approx(uptake.value * 20.92 / 60.0)
    for bound in ("low", "high"):
        assert getattr(way.power, bound) / getattr(uptake, bound) == pytest.approx(way.power.value / uptake.value)
    shown = pace(Estimate("grade_adjusted_speed_mps", speed, speed, speed, "m", way.cost.standing), Units("metric"))
    minutes, seconds = shown.value.split(":")
    assert 1000.0 / (60 * int(minutes) + int(seconds)) == pytest.approx(speed, rel=0.006)


MILES = Units("imperial")


@settings(max_examples=15)
@given(st.floats(2.25, 3.5), st.floats(0.0, 0.25))
def test_the_ratio_is_that_of_the_two_prices(speed: float, grade: float) -> None:
    back, ahead = (uptake_at(speed, grade, way, Athlete()) for way in (BACKWARD, FORWARD))
    ratio = ratio_at(speed, grade, Athlete())
    if isinstance(back, Estimate) and isinstance(ahead, Estimate) and isinstance(ratio, Estimate):
        assert ratio.value == pytest.approx(back.value / ahead.value)
