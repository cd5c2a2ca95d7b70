"""The runner's own factor: a belief that moves as it should, and never further."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete
from backward_running.core.habits import Heartbeats, Pulse
from backward_running.effort.oxygen_uptake_backward_run_scaled_leger_mercier import FACTOR_HIGH, FACTOR_LOW
from backward_running.effort.personal_factor import (
    ENOUGH,
    NO_REST,
    ODD,
    TRANSLATION,
    own_factor,
    prior_of,
)

REST_BPM = 60.0
RUNNER = Athlete(resting_heart_rate_bpm=REST_BPM)
FACTORS = st.lists(st.floats(1.0, 1.7), min_size=1, max_size=12)


def pulse(number: int, factor: float, *, backward_s: float = 240.0, beats: float = 3.5) -> Pulse:
    """One recording of a runner whose heart beats `beats` times above rest for each unit of demand."""
    forward_s, demand = 1200.0, 25.0

    def sums(seconds: float, factor: float) -> Heartbeats:
        return Heartbeats(seconds, seconds * (REST_BPM + beats * demand * factor), seconds * demand)

    started_at = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(days=number)
    return Pulse(f"run-{number}", started_at, False, sums(forward_s, 1.0), sums(backward_s, factor))


def test_without_recordings_the_belief_is_the_population() -> None:
    found = own_factor([], RUNNER)
    assert found.posterior == found.prior == prior_of(None)
    assert not found.enough
    assert math.exp(2 * 1.2816 * found.prior.spread_nat) == pytest.approx(FACTOR_HIGH.value / FACTOR_LOW.value)


def test_practice_moves_the_prior_along_its_curve() -> None:
    novice, skilled = (prior_of(minutes).at_ratio(0.0) for minutes in (0.0, 180.0))
    assert math.log(skilled / novice) == pytest.approx(-0.05, abs=0.002)


def test_without_a_resting_heart_rate_nothing_is_learned_and_it_says_which_field() -> None:
    found = own_factor([pulse(1, 1.2)] * 5, Athlete())
    assert found.why_none == NO_REST
    assert "resting heart rate" in found.why_none
    assert found.posterior == found.prior
    assert not found.enough


def test_the_factor_of_a_recording_is_that_of_the_heartbeats_above_rest() -> None:
    (shown,) = own_factor([pulse(1, 1.22)], RUNNER).observations
    assert shown.factor_ratio == pytest.approx(1.22)
    assert shown.counted_ratio == pytest.approx(1.22)


@given(st.floats(1.5, 6.0), st.floats(1.05, 1.6))
def test_the_size_of_a_heart_falls_out(beats: float, factor: float) -> None:
    (shown,) = own_factor([pulse(1, factor, beats=beats)], RUNNER).observations
    assert shown.factor_ratio == pytest.approx(factor)


@given(FACTORS)
def test_the_posterior_lies_between_prior_and_data(factors: list[float]) -> None:
    found = own_factor([pulse(number, one) for number, one in enumerate(factors)], RUNNER)
    counted = [math.log(one.counted_ratio) for one in found.observations]
    lowest, highest = min([found.prior.mean_nat, *counted]), max([found.prior.mean_nat, *counted])
    assert lowest - 1e-9 <= found.posterior.mean_nat <= highest + 1e-9


@given(FACTORS)
def test_the_posterior_is_never_wider_than_the_prior_nor_narrower_than_the_translation(factors: list[float]) -> None:
    found = own_factor([pulse(number, one) for number, one in enumerate(factors)], RUNNER)
    least = 1 / math.hypot(1 / TRANSLATION.value, 1 / found.prior.spread_nat)
    assert least < found.posterior.spread_nat < found.prior.spread_nat


@given(st.floats(1.05, 1.5), st.integers(1, 18))
def test_it_narrows_with_every_recording_that_agrees(factor: float, count: int) -> None:
    pulses = [pulse(number, factor) for number in range(count + 1)]
    assert own_factor(pulses, RUNNER).posterior.spread_nat < own_factor(pulses[:-1], RUNNER).posterior.spread_nat


@given(FACTORS, st.randoms())
def test_order_does_not_matter(factors: list[float], chance) -> None:
    pulses = [pulse(number, one) for number, one in enumerate(factors)]
    mixed = pulses.copy()
    chance.shuffle(mixed)
    assert own_factor(mixed, RUNNER) == own_factor(pulses, RUNNER)


def test_recordings_that_disagree_narrow_it_less() -> None:
    agree = own_factor([pulse(number, 1.25) for number in range(6)], RUNNER)
    disagree = own_factor([pulse(number, one) for number, one in enumerate([1.0, 1.56] * 3)], RUNNER)
    assert disagree.posterior.spread_nat > agree.posterior.spread_nat


@pytest.mark.parametrize("wild", [0.3, 4.0, 40.0])
def test_a_wild_recording_counts_only_up_to_a_limit(wild: float) -> None:
    calm = [pulse(number, 1.25) for number in range(4)]
    found = own_factor([*calm, pulse(9, wild)], RUNNER)
    odd = found.observations[-1]
    assert odd.factor_ratio == pytest.approx(wild)
    reach = ODD.value * math.hypot(found.prior.spread_nat, TRANSLATION.value, odd.spread_nat)
    assert abs(math.log(odd.counted_ratio) - found.prior.mean_nat) == pytest.approx(reach)
    assert abs(found.posterior.mean_nat - own_factor(calm, RUNNER).posterior.mean_nat) < 0.09


def test_three_recordings_are_enough_and_two_are_not() -> None:
    pulses = [pulse(number, 1.25) for number in range(round(ENOUGH.value))]
    assert own_factor(pulses, RUNNER).enough
    assert not own_factor(pulses[:-1], RUNNER).enough


def test_too_little_of_a_direction_teaches_nothing() -> None:
    short = pulse(1, 1.3, backward_s=59.0)
    lonely = replace(pulse(2, 1.3), forward=Heartbeats())
    assert own_factor([short, lonely], RUNNER).observations == ()


def test_a_heart_below_rest_teaches_nothing() -> None:
    assert own_factor([pulse(1, 1.3)], Athlete(resting_heart_rate_bpm=115.0)).observations[0].factor_ratio > 1.3
    asleep = replace(pulse(1, 1.3), backward=Heartbeats(240.0, 240.0 * 50.0, 240.0 * 25.0))
    assert own_factor([asleep], RUNNER).observations == ()


def test_only_the_newest_twenty_count_and_older_ones_are_practice() -> None:
    dear, cheap, new = ([pulse(at + n, ratio) for n in range(20)] for at, ratio in ((0, 1.6), (0, 1.3), (100, 1.2)))
    assert own_factor([*new, *dear], RUNNER) == own_factor([*new, *cheap], RUNNER)
    assert own_factor([*new, *dear], RUNNER) != own_factor(new, RUNNER)


def test_backward_is_never_cheaper_than_forward_whatever_the_heart_says() -> None:
    found = own_factor([pulse(number, 0.8) for number in range(20)], RUNNER)
    assert found.low_ratio == 1.0
    assert found.low_ratio <= found.best_ratio <= found.high_ratio
