"""One convention for every interval: 80 % of people, how they differ forward included where it is of an uptake."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.session import Estimate
from backward_running.effort import all_models
from backward_running.effort.at_speed import prices_at, ratio_at, uptake_at
from backward_running.effort.fitted_backward_cost import RUN_HIGH, RUN_LOW, RUN_RATIO
from backward_running.effort.interval_of_people import DEVIATIONS, RUN_FORWARD, factor_of_people, reach
from backward_running.effort.personal_factor import Belief, Observation, OwnFactor, prior_of

REST, Z = 3.5, 1.2816
MANY = norm.ppf((np.arange(400) + 0.5) / 400)  #: people, evenly drawn: no luck
RUN = 8.04 / 3.6


@pytest.mark.parametrize(
    ("key", "spread"),
    [
        ("oxygen_uptake_leger_mercier_1984", 2.51 / 27.15),
        ("oxygen_uptake_acsm_run", 2.51 / 27.15),
        ("oxygen_uptake_acsm_walk", 2.29 / 12.42),
        ("oxygen_uptake_backward_walk_williford_1998", 2.45 / 15.95),
        ("cost_minetti_2002_walk", 2.29 / 12.42),
    ],
)
def test_what_people_differ_by_is_shown_as_eighty_percent_of_them(key: str, spread: float) -> None:
    model = all_models()[key]
    where = {"grade_ratio": 0.0} | (
        {"speed_mps": RUN if "run" in key or "leger" in key else 1.34} if key[0] == "o" else {}
    )
    low, best, high = (float(take(**where)) for take in (model.low, model.best, model.high))
    assert (high - best) / best == pytest.approx((best - low) / best) == pytest.approx(Z * spread, rel=0.01)


def test_forward_walking_holds_the_error_of_its_equation_as_well() -> None:
    model = all_models()["oxygen_uptake_looney_2019_walk"]
    level, slope = (
        float(model.high(speed_mps=1.3, grade_ratio=grade) - model.best(speed_mps=1.3, grade_ratio=grade))
        for grade in (0.0, 0.10)
    )
    watts = 60.0 / 20.9
    assert level == pytest.approx(Z * math.hypot(0.184 * float(model.best(speed_mps=1.3)), 0.20 * watts), rel=1e-3)
    steep = 0.184 * float(model.best(speed_mps=1.3, grade_ratio=0.10))
    assert slope == pytest.approx(Z * math.hypot(steep, 0.42 * watts), rel=1e-3)


def test_eight_of_ten_simulated_people_lie_within_the_uptake_that_is_shown() -> None:
    """Drawn as the studies spread them: how thrifty one is forward has nothing to do with the factor."""
    belief = prior_of(None)
    factor = np.exp(belief.mean_nat + belief.spread_nat * MANY)
    forward = np.exp(RUN_FORWARD.value * MANY)
    net = 2.209 + 3.163 * 8.04 - REST
    people = REST + np.outer(factor, forward) * net
    shown = uptake_at(RUN, 0.0, Direction.BACKWARD, Athlete())
    assert isinstance(shown, Estimate)
    assert 0.78 < np.mean((people >= shown.low) & (people <= shown.high)) < 0.82
    of_factor = [REST + end.value * net for end in (RUN_LOW, RUN_HIGH)]
    assert np.mean((people >= of_factor[0]) & (people <= of_factor[1])) < 0.75, "the factor alone would hold fewer"


def test_a_ratio_holds_the_factor_alone() -> None:
    ratio, uptake = ratio_at(RUN, 0.0, Athlete()), uptake_at(RUN, 0.0, Direction.BACKWARD, Athlete())
    assert isinstance(ratio, Estimate)
    assert isinstance(uptake, Estimate)
    net = 2.209 + 3.163 * 8.04 - REST
    like = net + REST
    assert ratio.low == pytest.approx((REST + RUN_LOW.value * net) / like)
    assert ratio.high == pytest.approx((REST + RUN_HIGH.value * net) / like)
    assert uptake.low / like < ratio.low < ratio.high < uptake.high / like


def test_with_the_own_factor_how_thrifty_one_runs_forward_stays_in_the_uptake() -> None:
    belief = Belief(math.log(1.3), 0.06)
    seen = tuple(Observation(f"r{n}", None, 900.0, 300.0, 1.3, 1.3, 0.08) for n in range(4))  # type: ignore[arg-type]
    own = OwnFactor(prior_of(None), belief, seen)
    shown = uptake_at(RUN, 0.0, Direction.BACKWARD, Athlete(), own)
    ratio = ratio_at(RUN, 0.0, Athlete(), own)
    assert isinstance(shown, Estimate)
    assert isinstance(ratio, Estimate)
    net = math.log((shown.high - REST) / (shown.value - REST))
    assert net == pytest.approx(Z * math.hypot(0.06, RUN_FORWARD.value), rel=1e-3)
    gross = (ratio.high * (3.163 * 8.04 + 2.209) - REST) / (ratio.value * (3.163 * 8.04 + 2.209) - REST)
    assert math.log(gross) == pytest.approx(Z * 0.06, rel=1e-3)


@given(
    speed=st.floats(0.6, 3.5),
    grade=st.floats(0.0, 0.25),
)
def test_ends_lie_around_the_middle_and_backward_is_never_cheaper_at_any_of_them(speed: float, grade: float) -> None:
    back = prices_at(speed, grade, Direction.BACKWARD, Athlete())
    ahead = prices_at(speed, grade, Direction.FORWARD, Athlete())
    if back.reason[0] or ahead.reason[0]:
        return
    assert back.low[0] <= back.factor_low[0] + 1e-9 <= back.best[0] + 2e-9
    assert back.best[0] <= back.factor_high[0] + 1e-9 <= back.high[0] + 2e-9
    for end in ("low", "best", "high"):
        assert getattr(back, end)[0] >= getattr(ahead, end)[0] - 1e-9


def test_two_spreads_are_joined_and_never_narrower_than_one() -> None:
    assert reach(0.3, 0.4) == pytest.approx(DEVIATIONS.value * 0.5)
    best = RUN_RATIO.value
    assert factor_of_people(best, RUN_HIGH.value, 0.0001, 1) == pytest.approx(RUN_HIGH.value, rel=1e-4)
    assert factor_of_people(best, best, 0.1, -1) == pytest.approx(best * math.exp(-Z * 0.1))
