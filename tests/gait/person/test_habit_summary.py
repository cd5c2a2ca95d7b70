"""What habits amount to, in a runner's own quantities."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.habits import Habits, Traits
from backward_running.gait import habit_summary
from backward_running.gait.person.regression import trend_of

DAY = datetime(2026, 5, 1, tzinfo=UTC)


def test_nothing_learned_is_nothing_known():
    known = habit_summary(Habits())
    assert (known.recordings, known.forward_cadence, known.usual_speed_mps) == (0, (), None)
    assert known.backward_cadence is None


def test_own_cadence_at_own_speeds_and_own_ratios():
    rng = np.random.default_rng(1)
    speed = rng.normal(3.0, 0.3, 36000)
    cadence = np.log(180.0) + 0.05 * (speed - 3.0)
    trend = trend_of(speed, cadence, np.ones(len(speed), dtype=bool))
    ratios = (math.log(1.06), None, math.log(1.08))
    known = habit_summary(
        Habits(tuple(Traits(str(number), DAY, forward_run_cadence=trend, backward_cadence_nat=ratio)
                     for number, ratio in enumerate(ratios)))
    )  # fmt: skip
    assert known.recordings == 3
    assert known.usual_speed_mps == pytest.approx(3.0, abs=0.02)
    assert [speed for speed, _ in known.forward_cadence] == pytest.approx([2.7, 3.0, 3.3], abs=0.02)
    assert [steps for _, steps in known.forward_cadence] == pytest.approx([177.3, 180.0, 182.7], abs=0.5)
    assert known.backward_cadence.ratio == pytest.approx(1.07, abs=0.001)
    assert known.backward_cadence.recordings == 2
