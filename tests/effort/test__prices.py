"""Each sample is priced alone: what bout it stands in does not change its price."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Stream
from backward_running.core.session import Bout
from backward_running.core.standing import Standing
from backward_running.effort._prices import Prices, price, ratio_standing_in
from backward_running.effort._samples import samples_of
from backward_running.effort.personal_factor import Belief, OwnFactor, prior_of


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
        "oxygen_uptake_backward_run_this_project",
        "oxygen_uptake_backward_run_this_project",
        "oxygen_uptake_backward_run_this_project",
        None,
    ]
    assert keys(prices(speed, 0.0, Direction.BACKWARD))[1:4] == [
        "oxygen_uptake_backward_walk_scaled_looney",
        "oxygen_uptake_backward_transition_this_project",
        "oxygen_uptake_backward_run_this_project",
    ]
    assert keys(prices([1.2, 2.0, 3.0], 0.0, Direction.FORWARD)) == [
        "oxygen_uptake_looney_2019_walk",
        "oxygen_uptake_forward_transition_interpolated",
        "oxygen_uptake_leger_mercier_1984",
    ]
    assert keys(prices([0.8], 0.0, Direction.BACKWARD, Gait.RUN)) == ["oxygen_uptake_backward_walk_scaled_looney"]
    assert keys(prices(speed, 0.0, Direction.UNKNOWN)) == [None] * 5


def test_reasons_for_no_price() -> None:
    found = prices([2.0, 3.6, float("nan")], 0.0, Direction.BACKWARD)
    assert [found.reasons[index].split(":")[0] for index in found.reason] == [
        "",
        "Backward faster than 3.5 m/s",
        "No speed was recorded here.",
    ]
    assert found.best[1:].tolist() == [0.0, 0.0]


def test_steeper_than_walking_was_measured_running_is_priced_where_all_run() -> None:
    found = prices([1.84, 1.85, 2.0], 0.15, Direction.BACKWARD)
    assert (found.reason > 0).tolist() == [True, False, False]
    assert prices([1.2], 0.15, Direction.BACKWARD, Gait.RUN).reason[0] == 0
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
    assert found.low[0] <= found.best[0] <= found.high[0]


def test_the_price_does_not_jump_where_running_begins() -> None:
    speed = np.arange(1.3, 2.0, 0.01)
    best = prices(speed.tolist(), 0.0, Direction.BACKWARD).best
    assert np.diff(best).max() < 0.5


@given(st.floats(0.6, 3.5), st.sampled_from([0.0, 0.03, 0.08]))
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
    found = prices(list(np.linspace(0.6, 3.5, 31)), -0.02, Direction.BACKWARD)
    assert (found.reason > 0).all()
    assert {found.reasons[index] for index in found.reason} == {"Backward downhill: nobody has measured what it costs."}


def test_the_best_lies_between_for_all_speeds_forward() -> None:
    found = prices(list(np.linspace(0.5, 6.5, 61)), 0.0, Direction.FORWARD)
    assert found.best == pytest.approx((found.low + found.high) / 2)


@pytest.mark.parametrize("direction", [Direction.FORWARD, Direction.BACKWARD])
@pytest.mark.parametrize("grade", [-0.1, -0.05, 0.0, 0.05, 0.1, 0.15, 0.25, 0.3])
def test_swept_over_speed_nothing_jumps_and_everything_rises(direction: Direction, grade: float) -> None:
    found = prices(np.arange(0.5, 4.0, 0.01).tolist(), grade, direction)
    priced = np.flatnonzero(found.reason == 0)
    if direction is Direction.BACKWARD and (grade < 0.0 or grade > 0.25):
        assert len(priced) == 0
        return
    assert np.all(np.diff(priced) == 1)
    steps = np.diff(found.best[priced])
    assert steps.min() > 0.0
    assert steps.max() < 0.6  # ml/kg/min for 0.01 m/s


def test_swept_over_grade_nothing_jumps_and_everything_rises() -> None:
    for direction, speed in product((Direction.FORWARD, Direction.BACKWARD), (0.7, 1.2, 1.6, 1.9, 2.1, 2.3)):
        grades = np.arange(0.011, 0.25, 0.002)
        best = np.array([prices([speed], float(grade), direction).best[0] for grade in grades])
        steps = np.diff(best[best > 0.0])
        assert steps.min() > 0.0
        assert steps.max() < 0.8  # ml/kg/min for 0.2 % of grade


def test_walking_and_running_backward_cross_where_it_was_measured() -> None:
    speed = np.arange(1.2, 1.9, 0.005)
    walk = prices(speed.tolist(), 0.0, Direction.BACKWARD, Gait.WALK).best
    run = prices(speed.tolist(), 0.0, Direction.BACKWARD, Gait.RUN).best
    cheaper = walk < run
    assert 1.67 < speed[np.argmin(cheaper)] < 2.03
    assert cheaper[0]
    assert np.diff(cheaper.astype(int)).tolist().count(-1) == 1


def test_walking_backward_bends_upward_and_is_known_as_far_as_it_was_measured() -> None:
    best = prices([1.0, 1.3, 1.6, 1.9], 0.0, Direction.BACKWARD, Gait.WALK).best
    assert np.all(np.diff(best, 2) > 0.0)
    found = prices([1.8, 2.2], 0.0, Direction.BACKWARD, Gait.WALK)
    assert found.reason[0] == 0
    assert "no measurement was found" in found.reasons[found.reason[1]]


def test_what_was_printed_of_slopes_and_kept_out_of_the_fit_comes_out() -> None:
    up = prices([1.565], 0.05, Direction.BACKWARD, Gait.WALK)
    assert up.best[0] == pytest.approx(28.0, rel=0.05)
    hooper = prices([1.117], 0.075, Direction.BACKWARD, Gait.WALK)
    assert 1.14 < hooper.best[0] / hooper.like_forward[0] < 1.21


def _priced(athlete: Athlete, own: OwnFactor | None = None, speed: float = 2.6) -> Prices:
    columns = {"speed_mps": np.full(10, speed), "grade_ratio": np.zeros(10)}
    bout = Bout(0.0, 10.0, Direction.BACKWARD, None, None, "paint")
    found = samples_of(Stream("wrist", "earth", np.arange(10.0), columns), [bout], ())
    assert found is not None
    return price(found, athlete, own)


def test_practice_counts_with_the_runners_own_factor_only_where_walking_is_a_part() -> None:
    own = OwnFactor(prior_of(None), Belief(math.log(1.22), 0.06), (None,) * 4)  # type: ignore[arg-type]
    novice, skilled = Athlete(backward_experience_min=0.0), Athlete(backward_experience_min=3000.0)
    assert _priced(novice, own).best[0] == _priced(skilled, own).best[0], "running is priced by the own factor alone"
    assert _priced(novice, own, 1.7).best[0] > _priced(skilled, own, 1.7).best[0]
    assert _priced(novice).best[0] > _priced(skilled).best[0]


def test_what_a_ratio_rests_on() -> None:
    own = OwnFactor(prior_of(None), Belief(math.log(1.22), 0.06), (None,) * 4)  # type: ignore[arg-type]
    found = _priced(Athlete())
    regime = int(found.regime[0])
    model = found.models[regime]
    assert model.of_factor is not None and model.of_factor.standing is not model.standing
    assert ratio_standing_in(regime, found, own) is Standing.MEASURED
    assert ratio_standing_in(regime, found, None) is model.of_factor.standing
    forward = int(prices([3.0], 0.0, Direction.FORWARD).regime[0])
    assert found.models[forward].of_factor is None
    assert ratio_standing_in(forward, found, own) is found.models[forward].standing
