"""A speed on a slope, asked directly: the same prices as a recording gets, equal effort, expected heart rate."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.habits import Heartbeats, Pulse
from backward_running.core.recording import Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown, sum_facts
from backward_running.core.standing import Standing
from backward_running.effort import add_energy, grade_adjusted, heart_rate_energy, own_factor, session_estimates
from backward_running.effort.at_speed import factors, ratio_at, uptake_at
from backward_running.effort.equal_effort import (
    NO_REST,
    NO_RUNS,
    OVER_MAXIMUM,
    OwnHeart,
    equal_effort_forward_speed_mps,
    equal_effort_speed_mps,
    expected_heart_rate,
    own_heart,
)
from backward_running.effort.heart_rate_reserve import HELD_DOWN, reserve_of, why_no_reserve
from backward_running.effort.load_heart_rate_zones import default_borders_bpm
from backward_running.effort.oxygen_uptake_backward_run_scaled_leger_mercier import FACTOR, FACTOR_HIGH, FACTOR_LOW
from backward_running.effort.oxygen_uptake_leger_mercier_1984 import net_level_ml_per_kg_min
from backward_running.effort.personal_factor import OwnFactor

BACKWARD, FORWARD = Direction.BACKWARD, Direction.FORWARD
RUNNER = Athlete(resting_heart_rate_bpm=60.0, maximal_heart_rate_bpm=190.0)
HEART = OwnHeart(60.0, 190.0, 3.0, 1200.0)


def pulse(number: int, factor: float) -> Pulse:
    demand = 25.0
    sums = [
        Heartbeats(seconds, seconds * (60.0 + 3.0 * demand * one), seconds * demand)
        for seconds, one in ((1200.0, 1.0), (300.0, factor))
    ]
    return Pulse(f"run-{number}", datetime(2026, 5, 1 + number, tzinfo=UTC), False, *sums)


def learned(factor: float, count: int = 6) -> OwnFactor:
    return own_factor([pulse(number, factor) for number in range(count)], RUNNER)


def stream(speed: np.ndarray, grade: float | np.ndarray = 0.0, **more: np.ndarray) -> Stream:
    columns = {"speed_mps": speed, "grade_ratio": np.broadcast_to(grade, speed.shape).astype(float), **more}
    return Stream("wrist", "earth", np.arange(float(len(speed))), columns)


def bout(start: float, end: float, direction: Direction, gait: Gait | None = Gait.RUN) -> BoutFacts:
    return BoutFacts(Bout(start, end, direction, gait, 1.0, "paint"), moving_s=end - start)


@given(st.floats(0.6, 3.5), st.sampled_from([0.0, 0.03, 0.08]), st.sampled_from([FORWARD, BACKWARD]))
def test_an_asked_speed_costs_what_a_recording_of_it_costs(speed: float, grade: float, direction: Direction) -> None:
    asked = uptake_at(speed, grade, direction, Athlete())
    found = add_energy(stream(np.full(60, speed), grade), [bout(0, 60, direction, None)], Athlete(), ())
    energy = found[0].energy_j_per_kg
    assert isinstance(asked, Estimate)
    assert isinstance(energy, Estimate)
    assert [asked.low, asked.value, asked.high] == pytest.approx(
        [one / 20.92 for one in (energy.low, energy.value, energy.high)]
    )
    assert asked.standing is energy.standing


@pytest.mark.parametrize(
    ("speed", "grade", "words"),
    [(2.2, -0.02, "downhill"), (3.6, 0.0, "faster than 3.5"), (2.2, 0.26, "25 %"), (1.4, 0.11, "10 %")],
)
def test_what_nobody_measured_is_not_known(speed: float, grade: float, words: str) -> None:
    for found in (uptake_at(speed, grade, BACKWARD, Athlete()), ratio_at(speed, grade, Athlete())):
        assert isinstance(found, NotKnown)
        assert words in found.why


@given(st.floats(0.6, 3.5), st.sampled_from([0.0, 0.05, 0.1]), st.floats(1.0, 1.6))
def test_backward_is_never_cheaper_and_its_ratio_never_low(speed: float, grade: float, factor: float) -> None:
    for own in (None, learned(factor)):
        found = ratio_at(speed, grade, Athlete(), own)
        if isinstance(found, NotKnown):  # fast, steep and dear at once: no body takes up so much
            assert "more oxygen than any body" in found.why
            continue
        assert 1.0 - 1e-9 <= found.low <= found.value <= found.high


def test_the_own_factor_prices_running_and_not_walking() -> None:
    own = learned(1.2)
    run, walk = (uptake_at(speed, 0.0, BACKWARD, RUNNER, own) for speed in (2.2, 1.34))
    assert isinstance(run, Estimate)
    assert isinstance(walk, Estimate)
    assert run.value == pytest.approx(3.5 + own.best_ratio * float(net_level_ml_per_kg_min(2.2)))
    assert run.standing is Standing.SINGLE_STUDY
    assert any("6 recordings" in one for one in run.caveats)
    assert walk == uptake_at(1.34, 0.0, BACKWARD, RUNNER)
    ratio = ratio_at(2.2, 0.0, RUNNER, own)
    assert isinstance(ratio, Estimate)
    assert ratio.standing is Standing.MEASURED


def test_too_few_recordings_change_nothing() -> None:
    assert uptake_at(2.2, 0.0, BACKWARD, RUNNER, learned(1.1, 2)) == uptake_at(2.2, 0.0, BACKWARD, RUNNER)
    assert factors(learned(1.1, 2)) == (FACTOR_LOW.value, FACTOR.value, FACTOR_HIGH.value)


def test_bouts_and_session_use_the_own_factor_and_say_so() -> None:
    working, facts = stream(np.full(600, 2.2)), [bout(0, 600, BACKWARD)]
    own = learned(1.2)
    energy = add_energy(working, facts, RUNNER, (), own)[0].energy_j_per_kg
    people = add_energy(working, facts, RUNNER, ())[0].energy_j_per_kg
    assert isinstance(energy, Estimate)
    assert isinstance(people, Estimate)
    assert energy.value < people.value
    assert energy.high - energy.low < people.high - people.low
    ratio = session_estimates(working, facts, RUNNER, (), perceived_exertion_cr10=None, own=own)[-1]
    assert isinstance(ratio, Estimate)
    assert ratio.standing is Standing.MEASURED
    assert ratio.value == pytest.approx(energy.value / (20.92 * 10 * (3.5 + float(net_level_ml_per_kg_min(2.2)))))


@given(st.lists(st.integers(5, 595), min_size=1, max_size=6, unique=True), st.integers(0, 2**32 - 1))
def test_a_sum_over_bouts_is_the_whole(cuts: list[int], seed: int) -> None:
    speed = np.random.default_rng(seed).uniform(0.6, 3.4, 600)
    working = stream(speed)
    edges = [0, *sorted(cuts), 600]
    parts = [bout(a, b, BACKWARD) for a, b in pairwise(edges)]
    whole = add_energy(working, [bout(0, 600, BACKWARD)], RUNNER, ())[0].energy_j_per_kg
    total = sum_facts(add_energy(working, parts, RUNNER, ())).energy_j_per_kg
    assert isinstance(whole, Estimate)
    assert isinstance(total, Estimate)
    assert [total.low, total.value, total.high] == pytest.approx([whole.low, whole.value, whole.high])


@given(st.floats(2.3, 4.5), st.floats(1.0, 1.6))
def test_equal_effort_takes_the_same_oxygen(forward: float, factor: float) -> None:
    backward = float(equal_effort_speed_mps(forward, factor))
    assert factor * float(net_level_ml_per_kg_min(backward)) == pytest.approx(float(net_level_ml_per_kg_min(forward)))
    assert float(equal_effort_forward_speed_mps(backward, factor)) == pytest.approx(forward)
    assert backward == pytest.approx(forward / factor, rel=0.06)


def test_equal_effort_is_what_the_literature_says() -> None:
    shares = [float(equal_effort_speed_mps(3.0, one)) / 3.0 for one in (1.35, 1.15)]
    assert shares == pytest.approx([0.74, 0.87], abs=0.02)


def test_the_expected_heart_rate_is_that_of_the_own_line() -> None:
    found = expected_heart_rate(HEART, 3.5 + 27.5, 3.5 + 30.0, 3.5 + 35.0)
    assert found.value == pytest.approx(150.0)
    assert found.low == pytest.approx(150.0 - math.hypot(7.5, 1.2816 * 0.05 * 150.0)), "two spreads, joined"
    assert OVER_MAXIMUM not in found.caveats
    assert OVER_MAXIMUM in expected_heart_rate(HEART, 3.5 + 40.0, 3.5 + 45.0, 3.5 + 50.0).caveats


def test_the_own_line_is_read_off_forward_running_and_says_what_is_missing() -> None:
    heart = own_heart([pulse(1, 1.3)], RUNNER)
    assert isinstance(heart, OwnHeart)
    assert heart.beats == pytest.approx(3.0)
    assert heart.maximal_oxygen_uptake_ml_per_kg_min == pytest.approx(3.5 + 130.0 / 3.0)
    assert own_heart([pulse(1, 1.3)], Athlete()) == NotKnown("heart_rate_bpm", NO_REST)
    assert own_heart([], RUNNER) == NotKnown("heart_rate_bpm", NO_RUNS)


def test_with_a_beta_blocker_nothing_goes_by_the_heart() -> None:
    takes = replace(RUNNER, beta_blocker=True)
    pulses = [pulse(number, 1.3) for number in range(6)]
    assert own_heart(pulses, takes) == NotKnown("heart_rate_bpm", HELD_DOWN)
    factor = own_factor(pulses, takes)
    assert factor.posterior == factor.prior and factor.why_none == HELD_DOWN and not factor.observations
    assert reserve_of(np.array([120.0, 150.0]), takes) is None and why_no_reserve(takes) == HELD_DOWN
    assert default_borders_bpm(takes) == HELD_DOWN
    assert own_factor(pulses, replace(takes, beta_blocker=False)).observations


def test_energy_from_the_heart_needs_no_direction() -> None:
    beats = np.full(600, 150.0)
    working = stream(np.full(600, 2.5), heart_rate_bpm=beats)
    ways = [heart_rate_energy(working, [bout(0, 600, way)], (), way, HEART) for way in (FORWARD, BACKWARD)]
    assert ways[0] == ways[1]
    assert isinstance(ways[0], Estimate)
    assert ways[0].value == pytest.approx((3.5 + 30.0) * 10 * 20.92)


def test_energy_from_the_heart_says_which_field_is_missing() -> None:
    facts = [bout(0, 600, BACKWARD)]
    working = stream(np.full(600, 2.5), heart_rate_bpm=np.full(600, 150.0))
    holed = stream(np.full(600, 2.5), heart_rate_bpm=np.where(np.arange(600) < 200, np.nan, 150.0))
    no_maximum = OwnHeart(60.0, None, 3.0, 1200.0)
    whys = [
        heart_rate_energy(working, facts, (), BACKWARD, NotKnown("heart_rate_bpm", NO_REST)),
        heart_rate_energy(working, facts, (), BACKWARD, no_maximum),
        heart_rate_energy(stream(np.full(600, 2.5)), facts, (), BACKWARD, HEART),
        heart_rate_energy(holed, facts, (), BACKWARD, HEART),
        heart_rate_energy(working, facts, (), FORWARD, HEART),
    ]
    words = [one.why for one in whys if isinstance(one, NotKnown)]
    assert len(words) == 5
    for word, part in zip(words, ("resting", "maximal", "No heart rate", "No heart rate", "Nothing"), strict=True):
        assert part in word


def test_mean_grade_adjusted_speed() -> None:
    working = stream(np.full(600, 2.5), np.where(np.arange(600) < 300, 0.0, 0.1))
    found = grade_adjusted(working, [bout(0, 600, FORWARD)], (), FORWARD)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(2.5 * (1 + 5.9683 / 3.6) / 2, rel=1e-4)
    assert found.low == found.high == found.value


@pytest.mark.parametrize(
    ("grade", "direction", "words"),
    [
        (-0.05, BACKWARD, "Backward downhill"),
        (0.3, BACKWARD, "steeper than 25 %"),
        (0.5, FORWARD, "Steeper than 45 %"),
        (np.nan, FORWARD, "height"),
    ],
)
def test_grade_adjusted_speed_is_not_known_outside_and_says_why(grade: float, direction: Direction, words: str) -> None:
    found = grade_adjusted(stream(np.full(600, 2.5), grade), [bout(0, 600, direction)], (), direction)
    assert isinstance(found, NotKnown)
    assert words in found.why


def test_walking_and_the_other_direction_are_not_running() -> None:
    working = stream(np.full(600, 2.5))
    for facts in ([bout(0, 600, FORWARD, Gait.WALK)], [bout(0, 600, BACKWARD)], []):
        assert isinstance(grade_adjusted(working, facts, (), FORWARD), NotKnown)
    assert isinstance(grade_adjusted(None, [bout(0, 600, FORWARD)], (), FORWARD), NotKnown)


def test_left_out_slopes_are_named() -> None:
    working = stream(np.full(600, 2.5), np.where(np.arange(600) < 60, -0.05, 0.02))
    found = grade_adjusted(working, [bout(0, 600, BACKWARD)], (), BACKWARD)
    assert isinstance(found, Estimate)
    assert found.left_out == ("Backward downhill: nobody has measured what it costs.",)
    assert math.isclose(found.value, 2.5 * (1 + 19.5 * 0.02 / 3.6), rel_tol=0.01)
