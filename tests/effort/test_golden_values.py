"""Values that the sources state: the models must return them."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.errors import OutsideValidRange
from backward_running.core.standing import Standing
from backward_running.effort import (
    cost_minetti_2002,
    cost_minetti_2002_walk,
    load_daily,
    load_session_rpe_foster_2001,
    load_trimp_banister_men,
    load_trimp_banister_women,
    oxygen_uptake_acsm_run,
    oxygen_uptake_acsm_walk,
    oxygen_uptake_backward_run_scaled_leger_mercier,
    oxygen_uptake_backward_walk_scaled_looney,
    oxygen_uptake_leger_mercier_1984,
    oxygen_uptake_looney_2019_walk,
    spike_frandsen_2025,
)
from backward_running.effort.energy_oxygen_equivalent import JOULES_PER_ML, energy_j_per_kg

BACKWARD = oxygen_uptake_backward_run_scaled_leger_mercier.MODEL
BACKWARD_WALK = oxygen_uptake_backward_walk_scaled_looney.MODEL
FORWARD = oxygen_uptake_leger_mercier_1984.MODEL
FORWARD_ACSM = oxygen_uptake_acsm_run.MODEL
FORWARD_WALK = oxygen_uptake_looney_2019_walk.MODEL
SPEED = st.floats(1.7, 3.5)
GRADE = st.floats(0.0, 0.25)


@pytest.mark.parametrize(("grade", "cost"), [(0.0, 3.60), (0.1, 5.97), (0.25, 10.73)])
def test_minetti_on_the_published_slopes(grade: float, cost: float) -> None:
    assert float(cost_minetti_2002.cost_j_per_kg_m(grade)) == pytest.approx(cost, abs=0.005)


@pytest.mark.parametrize("grade", [Fraction(one, 100) for one in range(-45, 46, 5)])
def test_minetti_agrees_with_exact_arithmetic(grade: Fraction) -> None:
    """A second derivation: powers summed in fractions, against the program's nested multiplication in floats."""
    for model, coefficients in (
        (cost_minetti_2002, ("155.4", "-30.4", "-43.3", "46.3", "19.5", "3.6")),
        (cost_minetti_2002_walk, ("280.5", "-58.7", "-76.8", "51.9", "19.6", "2.5")),
    ):
        exact = sum(Fraction(one) * grade**power for one, power in zip(coefficients, range(5, -1, -1), strict=True))
        assert float(model.cost_j_per_kg_m(float(grade))) == pytest.approx(float(exact), rel=1e-12)


def test_acsm_running_is_what_the_page_says_and_more_than_was_measured() -> None:
    assert float(FORWARD_ACSM.best(speed_mps=3.0, grade_ratio=0.05)) == pytest.approx(
        3.5 + 0.2 * 180 + 0.9 * 180 * 0.05
    )
    assert float(FORWARD_ACSM.best(speed_mps=8.04 / 3.6)) > 1.1 * 27.15


@pytest.mark.parametrize("where", [{"speed_mps": 1.3}, {"speed_mps": 3.0, "grade_ratio": -0.01}, {"speed_mps": 7.0}])
def test_acsm_running_guards_its_range(where: dict[str, float]) -> None:
    with pytest.raises(OutsideValidRange):
        FORWARD_ACSM.best(**where)


def test_acsm_running_slowly_is_extrapolated() -> None:
    assert FORWARD_ACSM.standing_at(speed_mps=2.0) is Standing.EXTRAPOLATED


@pytest.mark.parametrize("grade", [0.5, -0.5, np.array([0.0, 0.46])])
def test_minetti_refuses_slopes_nobody_measured(grade: float) -> None:
    with pytest.raises(OutsideValidRange, match="Steeper than 45 %"):
        cost_minetti_2002.cost_j_per_kg_m(grade)


def test_leger_mercier_at_8_04_kmh() -> None:
    assert float(FORWARD.best(speed_mps=8.04 / 3.6)) == pytest.approx(27.6, abs=0.05)


def test_leger_mercier_on_the_level_is_the_papers_line() -> None:
    speed_kmh = np.linspace(8, 25, 18)
    assert FORWARD.best(speed_mps=speed_kmh / 3.6) == pytest.approx(2.209 + 3.163 * speed_kmh)


def test_walking_equation_uphill() -> None:
    acsm = oxygen_uptake_acsm_walk.MODEL
    assert float(acsm.best(speed_mps=1.5, grade_ratio=0.1)) == pytest.approx(3.5 + 9.0 + 16.2)


def test_walking_downhill_costs_less_than_level_and_more_than_rest() -> None:
    down = float(FORWARD_WALK.best(speed_mps=1.4, grade_ratio=-0.1))
    assert 3.5 < down < float(FORWARD_WALK.best(speed_mps=1.4, grade_ratio=0.0))


def test_backward_run_contains_what_williford_measured() -> None:
    low, high = (float(take(speed_mps=8.04 / 3.6)) for take in (BACKWARD.low, BACKWARD.high))
    assert low <= 31.33 <= high


def test_backward_walk_contains_what_williford_measured() -> None:
    assert BACKWARD_WALK.low(speed_mps=4.83 / 3.6) <= 15.95 <= BACKWARD_WALK.high(speed_mps=4.83 / 3.6)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"speed_mps": 2.2, "grade_ratio": -0.02}, "downhill"),
        ({"speed_mps": 3.6}, "faster than 3.5"),
        ({"speed_mps": 0.9}, "slower than 1.0"),
        ({"speed_mps": 2.0, "grade_ratio": 0.26}, "25 %"),
    ],
)
def test_backward_running_outside_what_was_measured_is_not_known(where: dict[str, float], words: str) -> None:
    assert BACKWARD.standing_at(**where) is None
    with pytest.raises(OutsideValidRange, match=words):
        BACKWARD.best(**where)


def test_backward_walking_downhill_is_not_known() -> None:
    assert BACKWARD_WALK.standing_at(speed_mps=1.3, grade_ratio=-0.02) is None


@pytest.mark.parametrize(("factor", "uptake"), [(1.10, 30.1), (1.27, 34.2), (1.45, 38.5)])
def test_backward_running_at_a_factor(factor: float, uptake: float) -> None:
    model = oxygen_uptake_backward_run_scaled_leger_mercier
    assert float(model.with_factor_ml_per_kg_min(8.04 / 3.6, 0.0, factor)) == pytest.approx(uptake, abs=0.06)


@pytest.mark.parametrize(("speed", "uptake"), [(1.0, 10.39), (1.341, 12.68), (1.5, 14.25), (1.85, 19.46)])
def test_forward_walking_is_what_its_paper_says(speed: float, uptake: float) -> None:
    assert float(FORWARD_WALK.best(speed_mps=speed)) == pytest.approx(uptake, abs=0.02)


def test_forward_walking_uphill_is_what_its_paper_says() -> None:
    assert float(FORWARD_WALK.best(speed_mps=1.565, grade_ratio=0.05)) == pytest.approx(21.9, abs=0.06)


def test_practice_lowers_walking_by_a_fifth_and_is_weak_in_running() -> None:
    run = oxygen_uptake_backward_run_scaled_leger_mercier.backward_factor
    walk = oxygen_uptake_backward_walk_scaled_looney.walk_factor
    minutes = np.array([0.0, 30.0, 120.0, 180.0, 600.0])
    assert (np.diff(run(minutes)) < 0).all()
    assert math.log(run(180.0) / run(0.0)) == pytest.approx(-0.05, abs=0.002)
    assert math.log(walk(1.5, 0.0) / walk(1.5)) == pytest.approx(0.12)
    assert math.log(walk(1.5, 180.0) / walk(1.5)) == pytest.approx(-0.13, abs=0.003)


def test_the_first_hour_of_walking_backward_may_be_much_dearer() -> None:
    novice, later = (float(BACKWARD_WALK.high(speed_mps=1.5, backward_experience_min=x)) for x in (59.0, 60.0))
    middle = float(oxygen_uptake_backward_walk_scaled_looney.walk_factor(1.5, 59.0))
    assert novice > later
    assert novice - 3.5 == pytest.approx(1.45 * middle * (float(FORWARD_WALK.best(speed_mps=1.5)) - 3.5))


def test_trimp_per_minute_at_three_quarters() -> None:
    men, women = load_trimp_banister_men.MODEL, load_trimp_banister_women.MODEL
    assert float(men.best(heart_rate_reserve_ratio=0.75, duration_s=60.0)) == pytest.approx(2.03, abs=0.005)
    assert float(women.best(heart_rate_reserve_ratio=0.75, duration_s=60.0)) == pytest.approx(2.26, abs=0.005)


def test_session_load_is_exertion_times_minutes() -> None:
    assert load_session_rpe_foster_2001.session_load_au(3.0, 45 * 60.0) == 135.0


def test_smoothing() -> None:
    assert load_daily.smoothing_ratio(7) == 0.25
    assert load_daily.smoothing_ratio(28) == pytest.approx(0.069, abs=0.0005)


def test_a_session_of_12_min_after_a_longest_of_10_is_flagged() -> None:
    assert spike_frandsen_2025.is_spike(12.0, 10.0)
    assert not spike_frandsen_2025.is_spike(11.0, 10.0)


def test_a_litre_of_oxygen_is_5_kcal() -> None:
    assert pytest.approx(20.92) == JOULES_PER_ML.value
    kcal = energy_j_per_kg(40.0, 600.0) * 70.0 / 4184.0
    assert kcal == pytest.approx(40.0 / 1000 * 70 * 10 * 5.0)


@given(SPEED, SPEED, GRADE)
def test_cost_rises_with_speed(slower: float, faster: float, grade: float) -> None:
    slower, faster = sorted((slower, faster))
    for model in (FORWARD, BACKWARD):
        assert model.best(speed_mps=slower, grade_ratio=grade) <= model.best(speed_mps=faster, grade_ratio=grade)


@given(SPEED, GRADE, GRADE)
def test_cost_rises_with_grade(speed: float, flatter: float, steeper: float) -> None:
    flatter, steeper = sorted((flatter, steeper))
    for model in (FORWARD, BACKWARD):
        flat, steep = (float(model.best(speed_mps=speed, grade_ratio=one)) for one in (flatter, steeper))
        assert flat <= steep + 1e-9


@given(st.floats(0.6, 1.91), st.floats(0.0, 0.10))
def test_backward_walking_is_never_cheaper_than_forward(speed: float, grade: float) -> None:
    assert BACKWARD_WALK.best(speed_mps=speed, grade_ratio=grade) > FORWARD_WALK.best(
        speed_mps=speed, grade_ratio=grade
    )


@given(SPEED, GRADE, st.none() | st.floats(0.0, 1e6))
def test_backward_running_is_never_cheaper_than_forward(speed: float, grade: float, practice: float | None) -> None:
    backward = BACKWARD.best(speed_mps=speed, grade_ratio=grade, backward_experience_min=practice)
    assert backward > FORWARD.best(speed_mps=speed, grade_ratio=grade)
    assert (
        BACKWARD.low(speed_mps=speed, grade_ratio=grade) < backward < BACKWARD.high(speed_mps=speed, grade_ratio=grade)
    )
