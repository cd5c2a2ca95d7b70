"""A watch asks: against the person's own lines, with calibrated probabilities, and never as a verdict."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backward_running.core.direction import Direction
from backward_running.core.habits import Habits
from backward_running.core.recording import Lap, RecordedStep
from backward_running.core.session import Paint
from backward_running.gait import apply_paint, find_bouts, traits_of
from backward_running.gait.base import State
from backward_running.gait.detectors.watch.watch_at_1_hz import DETECTOR, MOST_LOG_ODDS, MOST_OF_A_STRANGER, judge
from backward_running.gait.person.learning import BORDER
from backward_running.gait.person.prior import BASE_RATE, prior_of

SECONDS = 1800
BACK = (900, 1000)


def run_columns(cadence_ratio=1.095, speed_ratio=0.7, back=BACK, seed=3, level=168.0):
    """Half an hour at 3.1 m/s, of which some seconds are backward by the ratios."""
    rng = np.random.default_rng(seed)
    backward = np.zeros(SECONDS, dtype=bool)
    backward[slice(*back)] = True
    speed = 3.1 + np.repeat(rng.normal(0.0, 0.15, SECONDS // 30), 30) + rng.normal(0.0, 0.05, SECONDS)
    speed = np.where(backward, speed * speed_ratio, speed)
    cadence = level * np.exp(0.045 * (speed - 3.0)) * np.where(backward, cadence_ratio, 1.0)
    return {"speed_mps": speed, "cadence_spm": cadence + rng.normal(0.0, 1.5, SECONDS)}


def hints(bouts):
    return [
        (bout.start_s, bout.end_s)
        for bout in bouts
        if bout.hint is not None and bout.hint.direction is Direction.BACKWARD
    ]


def test_what_looks_backward_stays_unknown_and_is_asked_about(recording):
    one = recording(SECONDS, run_columns())
    bouts = find_bouts(one, one.main, known(recording))
    assert {bout.direction for bout in bouts} == {Direction.UNKNOWN}
    ((start_s, end_s),) = hints(bouts)
    assert start_s == pytest.approx(BACK[0], abs=8)
    assert end_s == pytest.approx(BACK[1], abs=8)
    asked = next(bout for bout in bouts if bout.start_s == start_s)
    assert asked.probability_share is None
    assert asked.found_by == "nothing"
    assert asked.hint.found_by == DETECTOR.key
    assert asked.hint.probability_share > 0.7
    assert bouts[0].hint.direction is Direction.FORWARD
    assert bouts[0].hint.probability_share > 0.95


def known(recording, count=3):
    """Habits of who ran forward on so many days before."""
    habits = Habits()
    for number in range(count):
        before = day(recording, 100 + number, back=(0, 0))
        habits = habits.with_traits(traits_of(before, before.main, find_bouts(before, before.main), habits))
    return habits


def most_backward(bouts):
    backward = [one.hint for one in bouts if one.hint is not None and one.hint.direction is Direction.BACKWARD]
    return max((one.probability_share for one in backward), default=0.0)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_before_three_runs_are_known_it_is_never_likely(recording, count):
    one, habits = recording(SECONDS, run_columns()), known(recording, count)
    assert 0.5 < most_backward(find_bouts(one, one.main, habits)) <= MOST_OF_A_STRANGER.value + 1e-6
    assert most_backward(find_bouts(one, one.main, known(recording))) > 0.9


def test_two_minutes_of_a_day_are_no_run_that_is_known(recording):
    one, short = recording(SECONDS, run_columns()), Habits()
    for number in range(5):
        columns = {name: values[:200] for name, values in run_columns(back=(0, 0), seed=number).items()}
        before = replace(recording(200, columns), key=f"{number:016x}" * 4)
        short = short.with_traits(traits_of(before, before.main, find_bouts(before, before.main), short))
    assert len(short.traits) == 5
    assert most_backward(find_bouts(one, one.main, short)) <= MOST_OF_A_STRANGER.value + 1e-6


@given(
    level=st.floats(130.0, 220.0),
    ratio=st.floats(0.8, 1.25),
    speed=st.floats(0.4, 1.3),
    start=st.integers(0, 1500),
    lasts=st.integers(0, 1800),
    dips=st.booleans(),
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whoever_a_stranger_is_no_more_than_that_is_said(recording, level, ratio, speed, start, lasts, dips):
    """Nor by dips of the speed at both ends, which say where and not whether."""
    end = min(start + lasts, SECONDS)
    columns = run_columns(ratio, speed, back=(start, end), level=level)
    if dips:
        for moment in (start, end):
            columns["speed_mps"][max(moment - 2, 0) : moment + 3] = 0.9
    one = recording(SECONDS, columns)
    assert most_backward(find_bouts(one, one.main)) <= MOST_OF_A_STRANGER.value + 1e-6


@pytest.mark.parametrize("level", [0.05, 0.085, -0.05, 0.0])
def test_a_cadence_off_the_line_of_people_is_hardly_a_sign(recording, level):
    """Forty-four minutes forward, 5 % more steps than most: it was 0.99 once."""
    columns = {name: np.tile(values, 2)[:2640] for name, values in run_columns(back=(0, 0)).items()}
    columns["cadence_spm"] = columns["cadence_spm"] * np.exp(level)
    one = recording(2640, columns)
    assert most_backward(find_bouts(one, one.main)) < 0.3


def test_a_forward_run_is_not_asked_about_and_slowing_down_is_not_backward(recording):
    for columns in (run_columns(back=(0, 0)), run_columns(cadence_ratio=0.99, speed_ratio=0.8)):
        one = recording(SECONDS, columns)
        assert hints(find_bouts(one, one.main)) == []


def test_it_never_speaks_and_leans_little(recording):
    opinion = judge(recording(SECONDS, run_columns()), np.arange(float(SECONDS)))
    assert not opinion.speaks.any()
    lean = opinion.log_likelihood[:, State.BACKWARD_RUN] - opinion.log_likelihood[:, State.FORWARD_RUN]
    assert np.abs(lean).max() <= MOST_LOG_ODDS.value + 1e-9
    assert lean[930:990].mean() > 1.5
    assert lean[:800].mean() < -1.5


@pytest.mark.parametrize("missing", ["speed_mps", "cadence_spm"])
def test_without_speed_or_cadence_it_has_no_opinion(recording, missing):
    columns = run_columns()
    del columns[missing]
    assert judge(recording(SECONDS, columns), np.arange(float(SECONDS))) is None


def test_two_minutes_are_too_little_to_know_anybody(recording):
    one = recording(120, {name: values[880:1000] for name, values in run_columns().items()})
    opinion = judge(one, np.arange(120.0))
    assert not np.isfinite(opinion.hint.log_odds_nat).any()
    assert not opinion.log_likelihood.any()


def test_speed_and_cadence_of_every_day_cast_doubt_on_a_backward_step(recording):
    plan = (RecordedStep(0, "FWD"), RecordedStep(1, "BACK 1/1"))
    laps = (Lap(0.0, 900.0, None, 0), Lap(900.0, 1000.0, None, 1), Lap(1000.0, 1800.0, None, 0))
    ignored = recording(SECONDS, run_columns(back=(0, 0)), laps=laps, steps=plan)
    assert Direction.BACKWARD not in {bout.direction for bout in find_bouts(ignored, ignored.main)}
    obeyed = recording(SECONDS, run_columns(), laps=laps, steps=plan)
    backward = [bout for bout in find_bouts(obeyed, obeyed.main) if bout.direction is Direction.BACKWARD]
    assert [(bout.start_s, bout.end_s) for bout in backward] == [(900.0, 1000.0)]
    assert backward[0].probability_share > 0.96  # the plan alone says 0.93


def painted(one, habits, *strokes):
    bouts = apply_paint(find_bouts(one, one.main, habits), [Paint(*ends, Direction.BACKWARD) for ends in strokes])
    return traits_of(one, one.main, bouts, habits)


def day(recording, number, **ratios):
    one = recording(SECONDS, run_columns(seed=number, **ratios))
    return replace(one, key=f"{number:016x}" * 4)


def test_two_painted_recordings_make_the_third_better_judged(recording):
    """A person whose backward steps come hardly faster than their forward ones, and not much slower."""
    shy = {"cadence_ratio": 1.055, "speed_ratio": 0.8}
    habits = Habits()
    for number in (1, 2):
        habits = habits.with_traits(painted(day(recording, number, **shy), habits, BACK))
    third = day(recording, 3, **shy)
    assert hints(find_bouts(third, third.main)) == []
    ((start_s, end_s),) = hints(find_bouts(third, third.main, habits))
    assert start_s == pytest.approx(BACK[0], abs=10)
    assert end_s == pytest.approx(BACK[1], abs=10)


def test_habits_know_a_recording_that_is_backward_throughout(recording):
    mostly = (60, 1740)
    stranger = day(recording, 7, back=mostly)
    assert sum(end_s - start_s for start_s, end_s in hints(find_bouts(stranger, stranger.main))) < 900
    habits = Habits()
    for number in (1, 2, 3):
        forward = day(recording, number, back=(0, 0))
        habits = habits.with_traits(traits_of(forward, forward.main, find_bouts(forward, forward.main), habits))
    known = hints(find_bouts(stranger, stranger.main, habits))
    assert sum(end_s - start_s for start_s, end_s in known) > 1500


def test_paint_that_says_forward_quietens(recording):
    odd = {"cadence_ratio": 1.075, "speed_ratio": 0.75}
    habits = Habits()
    for number in (1, 2, 3):
        one = day(recording, number, **odd)
        bouts = apply_paint(find_bouts(one, one.main, habits), [Paint(0.0, SECONDS, Direction.FORWARD)])
        habits = habits.with_traits(traits_of(one, one.main, bouts, habits))
    fourth = day(recording, 4, **odd)
    before = max(bout.hint.probability_share for bout in find_bouts(fourth, fourth.main) if bout.end_s > 950)
    assert hints(find_bouts(fourth, fourth.main)) != [], before
    assert hints(find_bouts(fourth, fourth.main, habits)) == []
    assert prior_of(habits).backward_share < BASE_RATE.value


def test_traits_hold_what_was_told(recording):
    one = day(recording, 5, cadence_ratio=1.10, speed_ratio=0.7)
    traits = painted(one, Habits(), BACK)
    assert traits.backward_cadence_nat == pytest.approx(np.log(1.10), abs=0.012)
    assert traits.backward_speed_nat == pytest.approx(np.log(0.7), abs=0.06)
    assert traits.told_backward_s == pytest.approx(100 - 2 * BORDER.value, abs=1)
    assert traits.told_forward_s > 1600
    assert traits.forward_run_cadence.seconds_s == pytest.approx(1700, abs=60)
    untold = traits_of(one, one.main, find_bouts(one, one.main))
    assert untold.backward_cadence_nat is None
    assert untold.told_backward_s == untold.told_forward_s == 0.0


def test_a_bicycle_teaches_nothing(recording):
    one = recording(SECONDS, run_columns(), sport="cycling")
    assert traits_of(one, one.main, find_bouts(one, one.main)) is None


def test_a_dip_at_both_ends_makes_a_change_more_likely_and_places_it(recording):
    """A stretch that alone is hardly worth a question, begun and ended by a turn-round on one lane."""
    weak = {"cadence_ratio": 1.05, "speed_ratio": 0.92}
    columns = run_columns(**weak)
    alone = recording(SECONDS, columns)
    dipped = {name: values.copy() for name, values in columns.items()}
    for moment in BACK:
        dipped["speed_mps"][moment - 2 : moment + 3] = 0.9
    turned = recording(SECONDS, dipped)
    habits = known(recording)
    shares = [
        max((bout.hint.probability_share for bout in find_bouts(one, one.main, habits) if bout.hint is not None
             and bout.hint.direction is Direction.BACKWARD), default=0.0)
        for one in (alone, turned)
    ]  # fmt: skip
    assert shares[1] > shares[0] + 0.1
    assert {bout.direction for bout in find_bouts(turned, turned.main)} == {Direction.UNKNOWN}


def test_dips_alone_are_no_reason_to_ask(recording):
    columns = run_columns(back=(0, 0))
    for moment in (300, 400, 900, 1000):
        columns["speed_mps"][moment : moment + 5] = 0.9
    one = recording(SECONDS, columns)
    assert hints(find_bouts(one, one.main)) == []


def test_step_length_stands_in_for_the_cadence(recording):
    columns = run_columns()
    columns["step_length_m"] = columns["speed_mps"] * 60.0 / columns["cadence_spm"]
    both = judge(recording(SECONDS, columns), np.arange(float(SECONDS)))
    del columns["cadence_spm"]
    alone = judge(recording(SECONDS, columns), np.arange(float(SECONDS)))
    np.testing.assert_allclose(alone.hint.log_odds_nat, both.hint.log_odds_nat, atol=1e-6)


def test_a_lower_bounce_speaks_for_backward_and_never_much(recording):
    backward = (np.arange(SECONDS) >= BACK[0]) & (np.arange(SECONDS) < BACK[1])
    weak = run_columns(cadence_ratio=1.06, speed_ratio=0.85)
    inside = slice(BACK[0] + 10, BACK[1] - 10)
    odds = {
        ratio: judge(
            recording(SECONDS, weak | {"vertical_oscillation_m": 0.09 * np.where(backward, ratio, 1.0)}),
            np.arange(float(SECONDS)),
        ).hint.log_odds_nat[inside]
        for ratio in (0.88, 1.05)
    }
    assert (odds[0.88].mean() - odds[1.05].mean()) > 0.3


@pytest.mark.parametrize("share", [0.4, 0.6])
def test_a_stranger_who_runs_much_of_it_backward_is_seen(recording, share):
    """Two clouds of steps tell which of them is backward, even where it is the larger one."""
    back = (100, round(100 + share * SECONDS))
    one = recording(SECONDS, run_columns(back=back))
    asked = hints(find_bouts(one, one.main))
    assert sum(end_s - start_s for start_s, end_s in asked) == pytest.approx(back[1] - back[0], rel=0.1)


def test_a_stranger_who_goes_one_way_only_is_not_taken_for_sure(recording):
    """Twelve minutes backward throughout: nothing in it says so, but it is not stated as surely forward either."""
    whole = {name: values[:720] for name, values in run_columns(back=(0, SECONDS)).items()}
    one = recording(720, whole)
    (bout,) = find_bouts(one, one.main)
    assert bout.direction is Direction.UNKNOWN
    forward = (
        1.0 - bout.hint.probability_share if bout.hint.direction is Direction.BACKWARD else bout.hint.probability_share
    )
    assert forward < 0.97
