"""Still, walk, run; never a direction."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Lap, RecordedStep, Span
from backward_running.gait import find_bouts
from backward_running.gait.detectors.speed_and_cadence import judge
from backward_running.gait.steps.walk_or_run import BACKWARD_TRANSITION


def test_it_never_speaks_of_a_direction(recording):
    opinion = judge(recording(60.0, {"speed_mps": 3.0, "cadence_spm": 170.0}), np.arange(60.0))
    assert not opinion.speaks.any()
    moving = opinion.log_likelihood[:, 1:5].reshape(-1, 2, 2).max(axis=2)
    assert np.allclose(moving[:, 0], moving[:, 1])


def test_a_traffic_light_is_still_and_a_second_is_not(recording):
    speed = np.full(300, 2.8)
    speed[100:130] = 0.0
    speed[200:202] = 0.0
    one = recording(300.0, {"speed_mps": speed})
    assert [(bout.start_s, bout.end_s, bout.direction) for bout in find_bouts(one, one.main)] == [
        (0.0, 100.0, Direction.UNKNOWN),
        (100.0, 130.0, Direction.STILL),
        (130.0, 300.0, Direction.UNKNOWN),
    ]


def test_pauses_are_still_to_the_moment(recording):
    one = recording(300.0, {"speed_mps": 2.8}, pauses=(Span(100.25, 160.75), Span(150.0, 170.0), Span(200.0, 200.5)))
    assert [(bout.start_s, bout.end_s, bout.direction) for bout in find_bouts(one, one.main)] == [
        (0.0, 100.25, Direction.UNKNOWN),
        (100.25, 170.0, Direction.STILL),
        (170.0, 300.0, Direction.UNKNOWN),
    ]


@pytest.mark.parametrize(("speed", "gait"), [(1.2, Gait.WALK), (1.6, None), (1.75, None), (2.2, Gait.RUN)])
def test_backward_gait_by_speed(recording, speed, gait):
    lap = (Lap(0.0, 120.0, None, 0),)
    one = recording(120.0, {"speed_mps": speed}, laps=lap, steps=(RecordedStep(0, "BACK"),))
    (bout,) = find_bouts(one, one.main)
    assert (bout.direction, bout.gait) == (Direction.BACKWARD, gait)


@pytest.mark.parametrize(
    ("columns", "gait"),
    [
        ({"speed_mps": 1.4}, Gait.WALK),
        ({"speed_mps": 2.8}, Gait.RUN),
        ({"speed_mps": 2.0}, None),
        ({"speed_mps": 2.0, "cadence_spm": 165.0}, Gait.RUN),
        ({"cadence_spm": 112.0}, Gait.WALK),
        ({"heart_rate_bpm": 120.0}, None),
    ],
)
def test_unknown_carries_a_gait_where_speed_says_so(recording, columns, gait):
    one = recording(120.0, columns)
    (bout,) = find_bouts(one, one.main)
    assert (bout.direction, bout.gait, bout.probability_share, bout.found_by) == (
        Direction.UNKNOWN,
        gait,
        None,
        "nothing",
    )


def test_mixed_gait_does_not_cut_the_unknown(recording):
    one = recording(400.0, {"speed_mps": np.tile(np.repeat([1.3, 3.0], 50), 4)})
    (bout,) = find_bouts(one, one.main)
    assert bout.gait is None


def test_what_is_not_done_on_foot_has_no_direction_and_no_gait(recording):
    one = recording(
        120.0, {"speed_mps": 7.0}, sport="cycling", laps=(Lap(0.0, 120.0, None, 0),), steps=(RecordedStep(0, "BACK"),)
    )
    (bout,) = find_bouts(one, one.main)
    assert (bout.direction, bout.gait) == (Direction.UNKNOWN, None)


def test_golden_transition():
    assert (BACKWARD_TRANSITION.value, BACKWARD_TRANSITION.low, BACKWARD_TRANSITION.high) == (1.63, 1.52, 1.74)
