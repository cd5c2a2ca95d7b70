"""Which of two directions lies on the runner's own forward line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from backward_running.core.direction import Direction
from backward_running.core.habits import Habits, Traits, Trend
from backward_running.core.session import Bout
from backward_running.gait import all_detectors, traits_of
from backward_running.gait.detectors.yaw._own_forward_line import MOST, own_forward_nat
from backward_running.gait.detectors.yaw._same_gait import Pace
from backward_running.gait.person.prior import CADENCE_RATIO, prior_of
from backward_running.gait.person.regression import trend_of
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.signals import working_stream

STEP_S = 0.2
NIGHTS = timedelta(days=1)


def somebody(started_at, *, walks=True):
    """Runs forward with 170 steps a minute at 3 m/s, walks with 115 at 1.4 m/s."""

    def line(speed_mps, cadence_spm):
        speeds = np.linspace(0.9, 1.1, 600) * speed_mps
        return trend_of(speeds, np.log(np.full(600, float(cadence_spm))), np.ones(600, dtype=bool))

    traits = Traits(
        "one",
        started_at,
        forward_run_cadence=line(3.0, 170.0),
        forward_walk_cadence=line(1.4, 115.0) if walks else Trend(),
    )
    return prior_of(Habits((traits,)))


def two_ways(one, other):
    """Half a minute each, in turn; each is a speed and a cadence."""
    first = np.repeat(np.arange(8) % 2 == 0, round(30.0 / STEP_S))
    speed, cadence = (np.where(first, one[k], other[k]).astype(float) for k in (0, 1))
    return first, Pace(speed, cadence, np.full(len(first), np.nan))


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("forward", "backward"),
    [((1.4, 115.0), (2.3, 190.0)), ((3.0, 170.0), (1.1, 135.0)), ((2.4, 165.0), (2.4, 165.0 * CADENCE_RATIO.value))],
    ids=["walks forward, runs backward", "runs forward, walks backward", "runs both ways at one speed"],
)
def test_the_own_line_is_forward(recording, forward, backward, swapped):
    first, pace = two_ways(*((backward, forward) if swapped else (forward, backward)))
    nat = own_forward_nat(first, pace, STEP_S, somebody(recording().started_at))
    assert (nat < -0.6) if swapped else (nat > 0.6)
    assert abs(nat) <= MOST.value


def test_what_was_never_learned_says_nothing():
    first, pace = two_ways((1.4, 115.0), (2.3, 190.0))
    assert own_forward_nat(first, pace, STEP_S, prior_of(None)) == 0.0


def test_paint_on_earlier_recordings_lets_a_later_phone_log_be_answered():
    """One man, virtual sensors, simulated tracks: what gait alone cannot tell, his own forward lines do."""
    labelled, scenes, faults = (
        pytest.importorskip(f"validation.{name}", reason="validation/ is not here")
        for name in ("_labelled", "_scenes", "_faults")
    )
    if not (labelled.data_folder() / "imu" / "virtual_male1").is_dir():
        pytest.skip("no motion capture; name its folder in BACKWARD_DATA")

    def phone_log(seed, pattern):
        run = scenes.outdoors(seed, pattern=pattern)
        worn = faults.turned(labelled.stream("unknown", run.motion.sensors["thigh_right"]), np.random.default_rng(seed))
        one = labelled.labelled(run.motion, "unknown", (run.fixes, worn)).recording
        return run.motion, replace(one, key=f"{seed:064d}"[::-1], started_at=one.started_at + seed * NIGHTS)

    def painted(motion):
        backward = motion.way == 1
        starts = np.flatnonzero(np.diff(backward, prepend=~backward[:1]))
        return tuple(
            Bout(
                first / 100.0,
                last / 100.0,
                Direction.BACKWARD if backward[first] else Direction.FORWARD,
                None,
                0.99,
                "paint",
            )
            for first, last in zip(starts, [*starts[1:], len(backward)], strict=True)
        )

    habits = Habits()
    for seed in (11, 12, 13):
        motion, one = phone_log(seed, "FFB")
        traits = traits_of(one, working_stream(one), painted(motion), habits)
        assert traits is not None, "a phone's own steps are a cadence to learn from"
        habits = habits.with_traits(traits)
    motion, later = phone_log(1, "FB")
    strange, known = (find_bouts_with(all_detectors(), later, working_stream(later), whose) for whose in (None, habits))
    assert not any(bout.direction in (Direction.FORWARD, Direction.BACKWARD) for bout in strange)
    long = [bout for bout in known if bout.duration_s > 10.0]
    assert len(long) > 15
    for bout in long:
        truth = motion.way[round(50.0 * (bout.start_s + bout.end_s))]
        assert bout.direction is (Direction.BACKWARD if truth == 1 else Direction.FORWARD)
