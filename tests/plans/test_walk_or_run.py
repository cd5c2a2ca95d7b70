from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.direction import Gait
from backward_running.plans.walk_or_run import about_the_pace, article_range_mps, honest_gait, why_either, why_walk


def test_a_ten_km_per_hour_runner_at_half_the_pace_walks() -> None:
    assert honest_gait(0.5 * 10 / 3.6, Gait.RUN) is Gait.WALK


def test_at_half_the_pace_only_who_runs_11_7_km_per_hour_runs() -> None:
    assert honest_gait(article_range_mps(11.7 / 3.6)[1], Gait.RUN) is Gait.WALK
    assert honest_gait(article_range_mps(11.75 / 3.6)[1], Gait.RUN) is Gait.RUN


@given(st.floats(0.1, 6.0))
def test_below_the_transition_nothing_is_a_run(cap_mps: float) -> None:
    assert (honest_gait(cap_mps, Gait.RUN) is Gait.RUN) == (cap_mps >= 1.63)
    assert honest_gait(cap_mps, Gait.WALK) is Gait.WALK


@pytest.mark.parametrize(("cap_mps", "either"), [(1.4, False), (1.55, True), (1.8, True), (1.9, False)])
def test_between_the_bounds_both_fit(cap_mps: float, either: bool) -> None:
    assert (why_either(cap_mps) is not None) == either


def test_the_reason_has_both_numbers_and_its_source() -> None:
    reason = why_walk(1.39)
    assert "1.39 m/s (5.0 km/h)" in reason.text and "1.63 m/s (5.9 km/h)" in reason.text
    assert reason.evidence_key == "hreljac2005.transition"


@pytest.mark.parametrize(("km_per_h", "word"), [(10, "you walk"), (13, "you walk"), (20, "you run")])
def test_the_cut_is_told_for_every_pace(km_per_h: float, word: str) -> None:
    assert word in about_the_pace(km_per_h / 3.6).text


def test_a_reason_that_names_speeds_carries_them() -> None:
    reason = about_the_pace(10 / 3.6)
    assert all(words in reason.text for words, _ in reason.speeds)
    assert dict(reason.speeds)["1.63 m/s (5.9 km/h)"] == 1.63


def test_both_gaits_fit_is_said_once_where_a_cap_lies_between_them() -> None:
    from tests.plans.test_beginner import BEGINNER, RUNNER, all_of

    for one in all_of(BEGINNER.weeks(RUNNER)):
        assert sum("both fit" in reason.text for reason in one.reasons) <= 1
