"""Rates stand for the part of the way that has a price; net is larger than gross; nothing is made of nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown
from backward_running.core.standing import Standing
from backward_running.effort import add_energy
from backward_running.effort._rates import (
    NO_CAPACITY,
    NO_DISTANCE,
    OVER_CAPACITY,
    PricedPart,
    capacity_share,
    cost_j_per_kg_m,
    net_ratio,
    power_w_per_kg,
    priced_part_by_direction,
    stated_capacity,
)

PRACTISED = Athlete(backward_experience_min=60.0)


def stream(speed_mps: np.ndarray) -> Stream:
    return Stream(
        "wrist",
        "earth",
        np.arange(float(len(speed_mps))),
        {"speed_mps": np.asarray(speed_mps, dtype=float), "grade_ratio": np.zeros(len(speed_mps))},
    )


def bout(direction: Direction, start: float, end: float, distance_m: float | None = None) -> BoutFacts:
    return BoutFacts(Bout(start, end, direction, Gait.RUN, None, "paint"), end - start, distance_m)


def priced(working: Stream, *bouts: BoutFacts):
    facts = add_energy(working, bouts, PRACTISED, ())
    return facts, priced_part_by_direction(working, facts, PRACTISED, ())


def test_ten_minutes_each_way_are_all_there() -> None:
    facts, ground = priced(
        stream(np.full(1200, 2.5)), bout(Direction.FORWARD, 0, 600, 1512.0), bout(Direction.BACKWARD, 600, 1200)
    )
    forward, backward = ground[Direction.FORWARD], ground[Direction.BACKWARD]
    assert forward.duration_s == backward.duration_s == 600.0
    assert forward.distance_m == 1512.0, "the way as it is shown, where all of it has a price"
    assert backward.distance_m == pytest.approx(1500.0)
    said = facts[0].energy_j_per_kg
    assert forward.forward_j_per_kg == pytest.approx(said.value)
    assert backward.forward_j_per_kg == pytest.approx(said.value)
    assert power_w_per_kg(said, forward.duration_s).value * 600.0 == pytest.approx(said.value)


def test_what_has_no_price_makes_no_kilometre_cheaper() -> None:
    whole_facts, whole = priced(stream(np.full(600, 2.5)), bout(Direction.BACKWARD, 0, 600, 1500.0))
    speed = np.full(600, 2.5)
    speed[500:] = np.nan
    facts, ground = priced(stream(speed), bout(Direction.BACKWARD, 0, 600, 1500.0))
    assert ground[Direction.BACKWARD].duration_s == 500.0
    costs = [
        cost_j_per_kg_m(said[0].energy_j_per_kg, where[Direction.BACKWARD].distance_m)
        for said, where in ((facts, ground), (whole_facts, whole))
    ]
    assert costs[0].value == pytest.approx(costs[1].value)
    assert costs[0].left_out


def test_a_bout_without_an_energy_stands_for_nothing() -> None:
    facts, ground = priced(stream(np.full(600, 5.0)), bout(Direction.BACKWARD, 0, 600))
    assert isinstance(facts[0].energy_j_per_kg, NotKnown)
    assert ground[Direction.BACKWARD] == PricedPart(0.0, 0.0, 0.0)
    assert priced_part_by_direction(None, facts, PRACTISED, ())[Direction.FORWARD].duration_s == 0.0


@given(speed=st.floats(1.9, 3.4), standing_s=st.integers(0, 60))
def test_net_is_larger_than_gross_and_standing_falls_out(speed: float, standing_s: int) -> None:
    speeds = np.full(600, speed)
    facts, ground = priced(stream(speeds), bout(Direction.BACKWARD, 0, 600))
    energy, here = facts[0].energy_j_per_kg, ground[Direction.BACKWARD]
    net = net_ratio(energy, here)
    assert net.low <= net.value <= net.high
    assert net.value > energy.value / here.forward_j_per_kg > 1.0
    speeds = np.where(np.arange(600) < standing_s, 0.0, speed)
    again, less = priced(stream(speeds), bout(Direction.BACKWARD, 0, 600))
    assert net_ratio(again[0].energy_j_per_kg, less[Direction.BACKWARD]).value == pytest.approx(net.value)


def test_the_share_of_a_stated_capacity() -> None:
    energy = Estimate("energy_j_per_kg", 35.0 * 20.92 * 10, 30.0 * 20.92 * 10, 40.0 * 20.92 * 10, "m", Standing.OPINION)
    power = power_w_per_kg(energy, 600.0)
    said = capacity_share(power, stated_capacity(replace(PRACTISED, maximal_oxygen_uptake_ml_per_kg_min=50.0)))
    assert (said.low, said.value, said.high) == pytest.approx((0.6, 0.7, 0.8))
    assert said.standing is Standing.OPINION
    over = capacity_share(power, stated_capacity(replace(PRACTISED, maximal_oxygen_uptake_ml_per_kg_min=30.0)))
    assert over.value > 1.0
    assert OVER_CAPACITY in over.caveats
    assert OVER_CAPACITY not in said.caveats


def test_what_is_missing_is_said() -> None:
    why = NotKnown("energy_j_per_kg", "No speed was recorded here.")
    energy = Estimate("energy_j_per_kg", 1.0, 1.0, 1.0, "m", Standing.OPINION)
    assert cost_j_per_kg_m(why, 10.0) == NotKnown("cost_j_per_kg_m", why.why)
    assert cost_j_per_kg_m(energy, 0.0) == NotKnown("cost_j_per_kg_m", NO_DISTANCE)
    assert isinstance(power_w_per_kg(energy, 0.0), NotKnown)
    assert capacity_share(energy, stated_capacity(Athlete())).why == NO_CAPACITY
    assert isinstance(net_ratio(why, PricedPart(1.0, 1.0, 9.0)), NotKnown)
    assert isinstance(net_ratio(energy, PricedPart(600.0, 0.0, 1.0)), NotKnown)
