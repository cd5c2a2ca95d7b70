"""The own factor over time: drift, practice and the newest recordings, and intervals that hold."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from backward_running.core.athlete import Athlete
from backward_running.core.habits import Heartbeats, Pulse
from backward_running.effort.personal_factor import own_factor
from validation import _own_factor_coverage as coverage

RUNNER = Athlete(resting_heart_rate_bpm=60.0)


def pulse(number: int, factor: float, *, forward_at: float = 900.0, backward_at: float = 900.0, drift: float = 0.0):
    sums = []
    for seconds, clock, k in ((1200.0, forward_at, 1.0), (300.0, backward_at, factor)):
        bpm = 60.0 + 3.5 * k * 25.0 + drift * clock
        sums.append(Heartbeats(seconds, seconds * bpm, seconds * 25.0, seconds * clock))
    return Pulse(f"run-{number:02}", datetime(2026, 5, 1, tzinfo=UTC) + timedelta(days=number), False, *sums)


def learned(pulses: list[Pulse]) -> float:
    return own_factor(pulses, RUNNER).posterior.at_ratio(0.0)


def test_a_heart_that_drifts_does_not_make_who_runs_backward_last_dearer() -> None:
    last = {"forward_at": 600.0, "backward_at": 1800.0}
    calm = learned([pulse(number, 1.25) for number in range(10)])
    drifting = learned([pulse(number, 1.25, drift=0.0033, **last) for number in range(10)])
    assert drifting == pytest.approx(calm, rel=0.01)
    told_nothing = [pulse(number, 1.25, forward_at=0.0, backward_at=0.0) for number in range(10)]
    wide, narrow = (
        own_factor(told_nothing, RUNNER).posterior,
        own_factor([pulse(number, 1.25) for number in range(10)], RUNNER).posterior,
    )
    assert wide.spread_nat > narrow.spread_nat


def test_alternating_directions_teach_what_the_heart_drifts() -> None:
    """Where backward comes first on some days and last on others, the drift shows, and is taken out."""
    steep = 0.0067
    pulses = [
        pulse(number, 1.25, drift=steep, forward_at=600.0, backward_at=1800.0)
        if number % 2
        else pulse(number, 1.25, drift=steep, forward_at=1500.0, backward_at=400.0)
        for number in range(16)
    ]
    assert learned(pulses) == pytest.approx(1.25, rel=0.025)


def test_the_newest_recordings_count_most() -> None:
    falling = [1.45, 1.42, 1.38, 1.35, 1.31, 1.28, 1.25, 1.22]
    down = learned([pulse(number, one) for number, one in enumerate(falling)])
    up = learned([pulse(number, one) for number, one in enumerate(reversed(falling))])
    assert down < math.exp(sum(map(math.log, falling)) / len(falling)) < up


@pytest.mark.parametrize("order", coverage.ORDERS)
def test_intervals_hold_where_hearts_drift_and_runners_learn(order: str) -> None:
    found = coverage.cell(5, 6.0, 0.12, order, people=150)
    assert 70.0 <= found.inside_80 <= 90.0  # 150 people: three standard errors are ten
    assert found.inside_95 >= 90.0
