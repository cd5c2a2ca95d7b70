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
from backward_running.effort._prices import MODELS, REASONS, Prices, price
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
    return [None if one < 0 else MODELS[one].key for one in found.model]


def test_the_model_of_each_sample() -> None:
    speed = [0.1, 1.2, 1.7, 3.0, float("nan")]
    assert keys(prices(speed, 0.0, Direction.BACKWARD, Gait.RUN)) == [
        "oxygen_uptake_standing_acsm",
        "oxygen_uptake_backward_walk_williford_1998",
        "oxygen_uptake_backward_run_this_project",
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
    assert [REASONS[one].split(":")[0] for one in found.reason] == [
        "",
        "Backward faster than 3.5 m/s",
        "No speed was recorded here.",
    ]
    assert found.best[1:].tolist() == [0.0, 0.0]


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
        assert REASONS[found.reason[0]]
        assert found.best[0] == 0


def test_nothing_backward_is_priced_downhill() -> None:
    found = prices(list(np.linspace(0.5, 3.5, 31)), -0.02, Direction.BACKWARD)
    assert (found.reason > 0).all()
    assert {REASONS[one] for one in found.reason} == {"Backward downhill: nobody has measured what it costs."}


def test_the_best_lies_between_for_all_speeds_forward() -> None:
    found = prices(list(np.linspace(0.5, 6.5, 61)), 0.0, Direction.FORWARD)
    assert found.best == pytest.approx((found.low + found.high) / 2)
