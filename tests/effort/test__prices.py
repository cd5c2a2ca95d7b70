"""Each sample is priced alone: what bout it stands in does not change its price."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Stream
from backward_running.core.session import Bout
from backward_running.effort._prices import Prices, price
from backward_running.effort._samples import samples_of


def prices(speed: list[float], grade: float, direction: Direction, gait: Gait | None = None) -> Prices:
    count = len(speed)
    columns = {"speed_mps": np.array(speed), "grade_ratio": np.full(count, grade)}
    found = samples_of(
        Stream("wrist", "earth", np.arange(float(count)), columns),
        [Bout(0.0, float(count), direction, gait, None, "paint")],
        (),
    )
    assert found is not None
    return price(found, Athlete())


def keys(found: Prices) -> list[str | None]:
    return [None if regime < 0 else found.models[regime].key for regime in found.regime]


def test_the_model_of_each_sample() -> None:
    speed = [0.1, 1.2, 1.7, 3.0, float("nan")]
    assert keys(prices(speed, 0.0, Direction.BACKWARD, Gait.RUN)) == [
        "oxygen_uptake_standing_acsm",
        "oxygen_uptake_backward_walk_williford_1998",
        "oxygen_uptake_backward_transition_this_project",
        "oxygen_uptake_backward_run_this_project",
        None,
    ]
    assert keys(prices(speed, 0.0, Direction.FORWARD, None))[1:4] == [
        "oxygen_uptake_acsm_walk",
        "oxygen_uptake_acsm_walk",
        "oxygen_uptake_leger_mercier_1984",
    ]
    assert keys(prices(speed, 0.0, Direction.UNKNOWN)) == [None] * 5


def test_reasons_for_no_price() -> None:
    found = prices([2.0, 3.6, float("nan")], 0.0, Direction.BACKWARD)
    assert [found.reasons[index].split(":")[0] for index in found.reason] == [
        "",
        "Backward faster than 3.5 m/s",
        "No speed was recorded here.",
    ]
    assert found.best[1:].tolist() == [0.0, 0.0]


def test_steeper_than_walking_was_measured_running_is_priced_from_1_7() -> None:
    assert keys(prices([1.6, 1.7, 1.8], 0.15, Direction.BACKWARD)) == [
        "oxygen_uptake_backward_walk_williford_1998",
        "oxygen_uptake_backward_run_this_project",
        "oxygen_uptake_backward_run_this_project",
    ]
    steep = prices([1.6], 0.15, Direction.BACKWARD)
    assert steep.reasons[steep.reason[0]].startswith("Backward walking steeper than 10 %")


GRADES = st.floats(0.0, 0.25).map(lambda grade: 0.0 if grade < 0.011 else grade)


@given(st.floats(0.5, 3.5), st.floats(0.5, 3.5), GRADES, GRADES)
def test_backward_cost_rises_with_speed_and_grade_across_walking_and_running(
    slower: float, faster: float, flatter: float, steeper: float
) -> None:
    slower, faster = sorted((slower, faster))
    flatter, steeper = sorted((flatter, steeper))
    little, much = prices([slower], flatter, Direction.BACKWARD), prices([faster], steeper, Direction.BACKWARD)
    if little.reason[0] == 0 == much.reason[0]:
        for way in ("low", "best", "high", "like_forward"):
            assert getattr(little, way)[0] <= getattr(much, way)[0] + 1e-9


@given(st.floats(1.5, 1.85), st.sampled_from([0.0, 0.05, 0.10]))
def test_between_walking_and_running_the_price_lies_between_and_is_wide(speed: float, grade: float) -> None:
    found = prices([speed], grade, Direction.BACKWARD)
    walk, run = prices([1.4999], grade, Direction.BACKWARD), prices([1.85], grade, Direction.BACKWARD)
    assert walk.best[0] <= found.best[0] <= run.best[0]
    assert found.high[0] - found.low[0] >= walk.high[0] - walk.low[0]


def test_the_price_does_not_jump_where_running_begins() -> None:
    speed = np.arange(1.3, 2.0, 0.01)
    best = prices(speed.tolist(), 0.0, Direction.BACKWARD).best
    assert np.diff(best).max() < 0.5


@given(st.floats(0.4, 3.5), st.sampled_from([0.0, 0.03, 0.08]))
def test_backward_costs_more_than_the_same_forward(speed: float, grade: float) -> None:
    found = prices([speed], grade, Direction.BACKWARD)
    assert found.reason[0] == 0
    assert found.low[0] < found.best[0] < found.high[0]
    assert found.like_forward[0] < found.best[0]


@given(st.floats(0.0, 12.0), st.floats(-0.6, 0.6), st.sampled_from([Direction.FORWARD, Direction.BACKWARD]))
def test_every_sample_has_a_price_or_a_reason(speed: float, grade: float, direction: Direction) -> None:
    found = prices([speed], grade, direction)
    if found.reason[0] == 0:
        assert 0 < found.low[0] <= found.best[0] <= 100
    else:
        assert found.reasons[found.reason[0]]
        assert found.best[0] == 0


def test_nothing_backward_is_priced_downhill() -> None:
    found = prices(list(np.linspace(0.5, 3.5, 31)), -0.02, Direction.BACKWARD)
    assert (found.reason > 0).all()
    assert {found.reasons[index] for index in found.reason} == {"Backward downhill: nobody has measured what it costs."}


def test_the_best_lies_between_for_all_speeds_forward() -> None:
    found = prices(list(np.linspace(0.5, 6.5, 61)), 0.0, Direction.FORWARD)
    assert found.best == pytest.approx((found.low + found.high) / 2)
