from __future__ import annotations

import numpy as np
import pytest

from backward_running.gait.detectors.yaw._offset_chains import Chains
from backward_running.gait.detectors.yaw._turning_points import REACH, Fixes, at_turning_points

STEP_S = 0.2
CELLS = 300
TIME_S = np.arange(CELLS) * STEP_S
TRUE_S = 30.0


def chains(border_s: float, *, hole_s: float = 0.0, numbers: tuple[int, int] = (0, 0)) -> Chains:
    """One direction until a border, the other from there on; about it a hole."""
    later = border_s <= TIME_S
    number = np.where(later, numbers[1], numbers[0])
    number[np.abs(TIME_S - border_s) < hole_s / 2.0] = -1
    return Chains(number, np.where(later, np.pi, 0.0))


def ramp(lasts_s: float) -> np.ndarray:
    return np.clip((TIME_S - TRUE_S) / lasts_s + 0.5, 0.0, 1.0)


def border_of(found: Chains) -> float:
    assert (found.number >= 0).all()
    (border,) = np.flatnonzero(np.diff(found.first)) + 1
    return float(TIME_S[border])


@pytest.mark.parametrize("smeared_s", [-2.4, -1.0, 0.0, 1.4, 2.4])
@pytest.mark.parametrize("hole_s", [0.0, 1.6])
@pytest.mark.parametrize("lasts_s", [0.4, 1.5, 3.0])
@pytest.mark.parametrize("turn", [np.pi, -np.pi])
def test_half_a_turn_of_the_body_is_a_border_in_its_middle(smeared_s, hole_s, lasts_s, turn):
    rng = np.random.default_rng(1)
    angle = turn * ramp(lasts_s) + rng.normal(0.0, 0.1, CELLS)
    speed = 2.5 + rng.normal(0.0, 0.1, CELLS)
    found, about, _ = at_turning_points(chains(TRUE_S + smeared_s, hole_s=hole_s), angle, speed, speed, STEP_S)
    assert border_of(found) == pytest.approx(TRUE_S, abs=0.21)
    assert about[np.abs(TIME_S - TRUE_S) < 1.0].all()
    assert not about[np.abs(TIME_S - TRUE_S) > REACH.value + 3.0].any()


@pytest.mark.parametrize("smeared_s", [-2.4, 0.0, 2.4])
@pytest.mark.parametrize(("before_mps", "after_mps"), [(3.0, -3.0), (4.0, -1.0), (-1.0, 4.0)])
def test_there_and_back_is_a_border_half_way_between_the_two_velocities(smeared_s, before_mps, after_mps):
    """The course is smeared over two seconds: its zero lies aside where the speeds differ, its middle does not."""
    rng = np.random.default_rng(2)
    along = before_mps + (after_mps - before_mps) * ramp(2.0) + rng.normal(0.0, 0.05, CELLS)
    nothing = rng.normal(0.0, 0.05, CELLS)
    found, *_ = at_turning_points(chains(TRUE_S + smeared_s), rng.normal(0.0, 0.1, CELLS), along, nothing, STEP_S)
    assert border_of(found) == pytest.approx(TRUE_S, abs=0.21)


def test_no_border_is_moved_between_two_chains_or_over_a_long_silence():
    angle, speed = np.pi * ramp(1.0), np.full(CELLS, 2.0)
    for one in (chains(TRUE_S + 1.0, numbers=(0, 1)), chains(TRUE_S + 1.0, hole_s=9.0)):
        found, about, _ = at_turning_points(one, angle, speed, speed, STEP_S)
        assert not about.any()
        np.testing.assert_array_equal(found.gap_rad, one.gap_rad)
        np.testing.assert_array_equal(found.number, one.number)


def test_short_stretches_keep_a_border_each():
    """Forward, backward, forward, three seconds each: no border may run over its neighbour."""
    second = (TIME_S >= 30.0) & (TIME_S < 33.0)
    angle = np.pi * np.clip(TIME_S - 29.5, 0.0, 1.0) - np.pi * np.clip(TIME_S - 32.5, 0.0, 1.0)
    speed = np.full(CELLS, 2.0)
    one = Chains(np.zeros(CELLS, dtype=np.int64), np.where(second, np.pi, 0.0))
    found, *_ = at_turning_points(one, angle, speed, speed, STEP_S)
    borders_s = TIME_S[np.flatnonzero(np.diff(found.first)) + 1]
    np.testing.assert_allclose(borders_s, [30.0, 33.0], atol=0.41)


@pytest.mark.parametrize("lost", ["angle", "course", "all"])
def test_what_is_not_known_is_no_error(lost):
    angle, speed = np.pi * ramp(1.0), np.full(CELLS, 2.0)
    if lost in ("angle", "all"):
        angle = np.full(CELLS, np.nan)
    if lost in ("course", "all"):
        speed = np.full(CELLS, np.nan)
    found, *_ = at_turning_points(chains(TRUE_S), angle, speed, speed, STEP_S)
    assert border_of(found) == pytest.approx(TRUE_S, abs=REACH.value)
    empty = Chains(np.zeros(0, dtype=np.int64), np.zeros(0))
    assert len(at_turning_points(empty, np.zeros(0), np.zeros(0), np.zeros(0), STEP_S)[1]) == 0


@pytest.mark.parametrize(("fixes", "doubt_s"), [(Fixes(), 0.0), (Fixes(5.0), 2.5), (Fixes(1.0, 6.0), 1.5)])
def test_a_change_that_the_course_tells_is_known_no_better_than_the_fixes_are(fixes, doubt_s):
    """Half of the time between two fixes, and 6 m of error over a change of 6 m/s; of a body that turned, to a cell."""
    along, nothing = 3.0 - 6.0 * ramp(1.0), np.zeros(CELLS)
    is_open = at_turning_points(chains(TRUE_S), nothing, along, nothing, STEP_S, fixes).is_open
    assert is_open.sum() * STEP_S == pytest.approx(2.0 * doubt_s, abs=0.5)
    assert not is_open[np.abs(TIME_S - TRUE_S) > doubt_s + 0.3].any()
    speed = np.full(CELLS, 3.0)
    assert not at_turning_points(chains(TRUE_S), np.pi * ramp(1.0), speed, speed, STEP_S, fixes).is_open.any()
