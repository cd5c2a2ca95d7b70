"""The runner's own forward steps, read off their habits."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.direction import Gait
from backward_running.core.habits import Habits, Traits
from backward_running.core.tissue import KnownFrom
from backward_running.gait import forward_steps
from backward_running.gait.person.regression import trend_of


def habits(cadence_spm=180.0, speed_mps=3.0, seconds=3600):
    speed = speed_mps + 0.3 * np.sin(np.arange(seconds) / 50)
    nat = np.log(cadence_spm) + 0.04 * (speed - speed_mps)
    trend = trend_of(speed, nat, np.ones(seconds, dtype=bool))
    return Habits((Traits("a", datetime(2026, 11, 1, tzinfo=UTC), forward_run_cadence=trend),))


def test_without_recordings_nothing_is_known():
    assert forward_steps(Habits(), Gait.RUN) is None
    assert forward_steps(habits(), Gait.WALK) is None


def test_the_usual_pace_and_cadence_come_back():
    own = forward_steps(habits(), Gait.RUN).at()
    assert own.known_from is KnownFrom.OTHER_RUNS
    assert own.speed_mps == pytest.approx(3.0, abs=0.02)
    assert own.cadence_spm == pytest.approx(180.0, rel=0.01)
    assert own.cadence_low_spm < own.cadence_spm < own.cadence_high_spm
    assert own.cadence_high_spm / own.cadence_low_spm < 1.1


def test_a_speed_that_was_never_run_is_less_sure():
    near, far = (forward_steps(habits(), Gait.RUN).at(speed) for speed in (3.0, 1.8))
    assert far.speed_mps == 1.8
    assert far.cadence_spm < near.cadence_spm
    assert far.cadence_high_spm / far.cadence_low_spm > near.cadence_high_spm / near.cadence_low_spm
