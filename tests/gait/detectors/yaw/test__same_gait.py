"""Which of two directions is forward: each gait against itself, and no answer from a walk against a run."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.direction import Direction
from backward_running.gait import all_detectors
from backward_running.gait.detectors.yaw._offset_chains import Chains
from backward_running.gait.detectors.yaw._same_gait import Pace, compared
from backward_running.gait.detectors.yaw._sign_ambiguity import forward_odds_nat
from backward_running.gait.detectors.yaw.yaw_against_course import WEAKEST
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.signals import working_stream

STEP_S = 0.2


def stretches(*parts):
    """Stretches of (is the first direction, seconds, speed, unrest) with 3 s of change of speed at every border."""
    first = np.concatenate([np.full(round(lasts_s / STEP_S), one) for one, lasts_s, *_ in parts])
    speed, unrest = (
        np.concatenate([np.full(round(part[1] / STEP_S), float(part[which])) for part in parts]) for which in (2, 3)
    )
    smooth = np.convolve(np.pad(speed, 15, mode="edge"), np.full(31, 1 / 31), mode="valid")
    nothing = np.full(len(first), np.nan)
    return np.asarray(first, dtype=bool), Pace(smooth, nothing, unrest)


WALK, RUN, SLOW_RUN = (1.4, 2.0), (3.3, 8.5), (2.5, 8.0)


def test_the_faster_of_two_runs_is_forward():
    first, pace = stretches(*[(True, 40.0, *RUN), (False, 40.0, *SLOW_RUN)] * 4)
    assert compared(first, pace, STEP_S).nat > 1.0
    assert compared(~first, pace, STEP_S).nat < -1.0


@pytest.mark.parametrize("turned", [False, True])
def test_a_walk_one_way_and_a_run_the_other_way_compare_nothing(turned):
    first, pace = stretches(*[(True, 30.0, *WALK), (False, 30.0, *RUN)] * 8)
    first = first ^ turned
    found = compared(first, pace, STEP_S)
    assert found.nat == 0.0
    assert found.first_runs is turned
    chains = Chains(np.zeros(len(first), dtype=np.int64), np.where(first, 0.0, np.pi))
    odds = forward_odds_nat(chains, pace, np.zeros(len(first)), STEP_S)
    assert 0.2 < np.abs(odds).max() < WEAKEST.value, "asked, not told"
    stated = np.where(first, 2.0, 0.0)
    assert (forward_odds_nat(chains, pace, stated, STEP_S) > WEAKEST.value).all(), "marks tell it"


def test_a_long_walk_back_does_not_make_a_walk_forward_or_backward():
    """Run backward for long, walk forward in between: the share of time must not decide what only gait tells apart."""
    first, pace = stretches(*[(True, 120.0, *SLOW_RUN), (False, 40.0, *WALK)] * 6)
    chains = Chains(np.zeros(len(first), dtype=np.int64), np.where(first, 0.0, np.pi))
    assert np.abs(forward_odds_nat(chains, pace, np.zeros(len(first)), STEP_S)).max() < WEAKEST.value


def test_a_quick_walk_is_no_slow_run():
    """At 1.9 m/s some walk: what is shaken a third as much as the other direction is another gait."""
    first, pace = stretches(*[(True, 40.0, 1.95, 2.5), (False, 40.0, 2.6, 8.0)] * 6)
    found = compared(first, pace, STEP_S)
    assert found.nat == 0.0
    assert found.first_runs is False


def test_little_of_a_gait_is_not_compared():
    first, pace = stretches(
        *[(True, 60.0, *RUN), (False, 60.0, *WALK)] * 4, (False, 28.0, 2.1, 8.0), (True, 60.0, *RUN)
    )
    assert compared(first, pace, STEP_S).nat == 0.0


@pytest.mark.parametrize("pattern", ["FB", "BF"])
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_walking_one_way_and_running_the_other_is_never_turned_over(pattern, seed):
    labelled, scenes, faults = (
        pytest.importorskip(f"validation.{name}", reason="validation/ is not here")
        for name in ("_labelled", "_scenes", "_faults")
    )
    if not (labelled.data_folder() / "imu" / "virtual_male1").is_dir():
        pytest.skip("no motion capture; name its folder in BACKWARD_DATA")
    run = scenes.outdoors(seed, pattern=pattern)
    worn = labelled.stream("thigh_right", run.motion.sensors["thigh_right"])
    turned = faults.turned(worn, np.random.default_rng(seed))
    one = labelled.labelled(run.motion, "thigh_right", (run.fixes, turned)).recording
    bouts = find_bouts_with(all_detectors(), one, working_stream(one))
    truth = {0: Direction.FORWARD, 1: Direction.BACKWARD}
    asked = told = 0
    for bout in bouts:
        middle = run.motion.way[round(50.0 * (bout.start_s + bout.end_s))]
        if bout.duration_s > 10.0 and middle in truth:
            assert bout.direction in (truth[middle], Direction.UNKNOWN)
            asked += bout.hint is not None and bout.direction is Direction.UNKNOWN
            told += bout.direction is truth[middle]
    assert asked > 10 or told > 10, "what is not told is asked"
