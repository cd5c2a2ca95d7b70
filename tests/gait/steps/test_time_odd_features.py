"""Odd in time, blind to the mounting: in reverse every mark changes its sign, turned or mirrored none changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gait.legs import Leg, any_turn

from backward_running.gait.steps.time_odd_features import MARKS, odd_marks
from backward_running.gait.steps.time_odd_log_odds import STRONGEST, compared, mark_odds, silent
from backward_running.gait.steps.time_odd_reference import LOWER_LEG, THIGH_IN_STEP, THIGH_WALKING
from backward_running.signals.six_axis import SixAxis

HZ = 25.0


def axes(rows: np.ndarray) -> SixAxis:
    return SixAxis(0.0, 1.0 / HZ, rows[:3].copy(), rows[3:].copy(), np.ones(rows.shape[1], dtype=bool))


def moves(place: str = "shank", *, backward: bool = False, seconds: float = 2.0, seed: int = 1) -> np.ndarray:
    time_s = np.arange(0.0, seconds, 1.0 / HZ)
    rng = np.random.default_rng(seed)
    rows = Leg.walks(backward=backward).sensor(place, time_s)
    rows += rng.normal(0.0, 1.0, rows.shape) * np.array([[0.3]] * 3 + [[0.1]] * 3)
    return rows + np.array([[0.5], [0.2], [0.0], [0.0], [0.3], [0.1]]) * np.sin(2.0 * np.pi * 0.9 * time_s + seed)


@settings(max_examples=40, deadline=None)
@given(place=st.sampled_from(["foot", "shank", "thigh"]), backward=st.booleans(), seed=st.integers(0, 999))
def test_played_in_reverse_every_mark_changes_its_sign(place, backward, seed):
    rows = moves(place, backward=backward, seed=seed)
    reverse = rows[:, ::-1] * np.array([[1.0]] * 3 + [[-1.0]] * 3)
    found, mirrored = odd_marks(axes(rows)), odd_marks(axes(reverse))
    assert found.values.shape == (len(MARKS), 1)
    np.testing.assert_allclose(mirrored.values, -found.values, atol=0.02)
    np.testing.assert_allclose(mirrored.unrest_mps2, found.unrest_mps2, rtol=1e-6)
    np.testing.assert_allclose(mirrored.swing_radps, found.swing_radps, rtol=0.02)


@settings(max_examples=40, deadline=None)
@given(turn=st.integers(0, 10_000), seed=st.integers(0, 999))
def test_no_mounting_changes_a_mark(turn, seed):
    rows, matrix = moves(seconds=8.0, seed=seed), any_turn(turn)
    turned = np.concatenate([matrix @ rows[:3], matrix @ rows[3:]])
    np.testing.assert_allclose(odd_marks(axes(turned)).values, odd_marks(axes(rows)).values, atol=1e-6)


@pytest.mark.parametrize("place", ["foot", "shank", "thigh"])
def test_left_and_right_are_alike(place):
    rows = moves(place, seconds=8.0)
    other = rows * np.array([[-1.0], [1.0], [1.0], [1.0], [-1.0], [-1.0]])
    np.testing.assert_allclose(odd_marks(axes(other)).values, odd_marks(axes(rows)).values, atol=1e-9)


def test_there_is_no_constant_and_no_side_of_its_own():
    marks = np.random.default_rng(2).normal(0.0, 0.5, (3, 50))
    along, distance = compared(marks, LOWER_LEG)
    against, same = compared(-marks, LOWER_LEG)
    np.testing.assert_allclose(against, -along)
    np.testing.assert_allclose(same, distance)
    assert compared(LOWER_LEG.mean[:, None], LOWER_LEG)[0] == pytest.approx(1.0)
    for known in (LOWER_LEG, THIGH_WALKING):
        assert np.linalg.eigvalsh(known.covariance).min() > 0.0


def test_noise_and_what_swings_like_a_pendulum_say_nothing():
    """A robot whose every move is the same in reverse has no odd mark at all."""
    time_s = np.arange(0.0, 60.0, 1.0 / HZ)
    tilt = 0.5 * np.sin(2.0 * np.pi * time_s)
    rate = 0.5 * 2.0 * np.pi * np.cos(2.0 * np.pi * time_s)
    nothing = np.zeros(len(time_s))
    pendulum = np.stack(
        [nothing, 9.81 * np.sin(tilt), 9.81 * np.cos(tilt) + 3.0 * np.cos(4.0 * np.pi * time_s), rate, nothing, nothing]
    )
    noise = np.random.default_rng(5).normal(0.0, 3.0, (6, len(time_s))) + np.array(
        [[0.0], [0.0], [9.81], [0], [0], [0]]
    )
    cells_s = np.arange(0.0, 60.0, 0.2)
    for rows in (pendulum, noise):
        says = mark_odds(odd_marks(axes(rows)), LOWER_LEG, cells_s)
        assert (says.forward_nat == 0.0).all()


def test_who_is_like_nobody_known_gets_no_verdict():
    """The foot of a leg of geometry alone: its marks have the right sign and lie far from everybody."""
    cells_s = np.arange(0.0, 30.0, 0.2)
    says = mark_odds(odd_marks(axes(moves("foot", seconds=30.0))), LOWER_LEG, cells_s)
    assert says.is_strange.mean() > 0.8
    assert (says.forward_nat == 0.0).all()


def test_however_long_a_stretch_is_one_witness():
    cells_s = np.arange(0.0, 300.0, 0.2)
    found = odd_marks(axes(moves("shank", seconds=300.0)))
    in_step = found._replace(apart_s=np.zeros(len(found.middle_s)))  # geometry alone has no jolt to tell it by
    anybody = LOWER_LEG.people._replace(farthest=replace(LOWER_LEG.people.farthest, value=np.inf))  # nor is it somebody
    says = mark_odds(in_step, LOWER_LEG._replace(people=anybody), cells_s)
    assert 0.8 * STRONGEST.value < says.forward_nat.max() <= STRONGEST.value
    assert (says.forward_nat >= 0.0).all()


@pytest.mark.parametrize("seconds", [0.1, 0.5, 0.9])
def test_less_than_half_a_window_is_no_mark(seconds):
    assert odd_marks(axes(moves(seconds=seconds))) is None
    assert not silent(3).forward_nat.any()
    assert not mark_odds(None, LOWER_LEG, np.arange(3.0)).may_answer.any()


def test_a_hole_silences_its_windows():
    rows = moves(seconds=20.0)
    known = np.ones(rows.shape[1], dtype=bool)
    known[100:110] = False
    found = odd_marks(axes(rows)._replace(known=known))
    assert np.flatnonzero(~found.is_limb).tolist() == [3, 4]


def test_about_a_change_a_stretch_that_holds_both_ways_says_nothing_false():
    """Four windows before the change are not heard, so that the stretch about the last one is mostly of what follows."""
    rows = moves("thigh", seconds=42.0)
    found = odd_marks(axes(rows))
    ahead = np.arange(len(found.middle_s)) < 20
    values = np.zeros_like(found.values)
    values[[MARKS.index(name) for name in THIGH_IN_STEP.marks]] = (
        np.where(ahead, 1.0, -1.0) * THIGH_IN_STEP.mean[:, None]
    )
    heard = np.ones(len(ahead), dtype=bool)
    heard[14:19] = False
    anybody = THIGH_IN_STEP.people._replace(farthest=replace(THIGH_IN_STEP.people.farthest, value=np.inf))
    each = np.ones(len(ahead))
    of_both = found._replace(
        values=values, is_limb=heard, apart_s=0.0 * each, unrest_mps2=2.0 * each, swing_radps=2.0 * each, swing_hz=each
    )
    says = mark_odds(of_both, THIGH_IN_STEP._replace(people=anybody), found.middle_s - 0.5).forward_nat
    assert (says[:14] > 0.0).sum() > 10
    assert (says[~ahead] < 0.0).sum() > 15
    assert (says[ahead] >= 0.0).all()
    assert (says[~ahead] <= 0.0).all()
