"""Steady running: only where the heart has settled, and only where the direction is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Device, Recording, Span, Stream
from backward_running.core.session import Bout
from backward_running.effort import pulse_of
from backward_running.effort._steady_heart_rate import SETTLED, settled_s
from backward_running.effort.oxygen_uptake_leger_mercier_1984 import net_level_ml_per_kg_min

LENGTH = 1200
FORWARD_MPS, BACKWARD_MPS = 2.8, 2.1
FORWARD = Bout(0.0, 600.0, Direction.FORWARD, Gait.RUN, 1.0, "paint")
BACKWARD = Bout(600.0, 1200.0, Direction.BACKWARD, Gait.RUN, 1.0, "paint")


def stream(**columns: np.ndarray) -> Stream:
    backward = np.arange(LENGTH) >= 600
    given = {
        "speed_mps": np.where(backward, BACKWARD_MPS, FORWARD_MPS),
        "heart_rate_bpm": np.where(backward, 155.0, 145.0),
        "grade_ratio": np.zeros(LENGTH),
    }
    return Stream("wrist", "earth", np.arange(float(LENGTH)), {**given, **columns})


def recording(**given: object) -> Recording:
    return replace(
        Recording(
            key="k" * 64,
            started_at=datetime(2026, 5, 1, tzinfo=UTC),
            utc_offset_s=0,
            duration_s=float(LENGTH),
            streams=(),
            device=Device(),
            sport="running",
            reader="test",
            reader_version="1",
        ),
        **given,
    )


def test_sums_are_those_of_the_settled_seconds() -> None:
    found = pulse_of(recording(), stream(), [FORWARD, BACKWARD])
    assert found is not None
    settled = 600.0 - SETTLED.value
    assert found.forward.seconds_s == found.backward.seconds_s == pytest.approx(settled)
    assert found.forward.heart_rate == pytest.approx(145.0 * settled)
    assert found.backward.heart_rate == pytest.approx(155.0 * settled)
    assert found.backward.demand == pytest.approx(float(net_level_ml_per_kg_min(BACKWARD_MPS)) * settled)


def test_the_order_of_bouts_does_not_matter() -> None:
    assert pulse_of(recording(), stream(), [BACKWARD, FORWARD]) == pulse_of(recording(), stream(), [FORWARD, BACKWARD])


def test_two_bouts_of_one_direction_are_one_stretch() -> None:
    halves = [replace(FORWARD, end_s=300.0), replace(FORWARD, start_s=300.0), BACKWARD]
    assert pulse_of(recording(), stream(), halves) == pulse_of(recording(), stream(), [FORWARD, BACKWARD])


@pytest.mark.parametrize("direction", [Direction.UNKNOWN, Direction.SIDEWAYS, Direction.TURNING])
def test_what_has_no_direction_teaches_nothing(direction: Direction) -> None:
    bouts = [replace(FORWARD, direction=direction), replace(BACKWARD, direction=direction)]
    assert pulse_of(recording(), stream(), bouts) is None


def test_a_doubtful_direction_teaches_nothing() -> None:
    found = pulse_of(recording(), stream(), [FORWARD, replace(BACKWARD, probability_share=0.8)])
    assert found is not None
    assert found.backward.seconds_s == 0.0


@pytest.mark.parametrize(
    ("name", "value"),
    [("speed_mps", 1.5), ("speed_mps", 3.6), ("grade_ratio", 0.05), ("grade_ratio", -0.02), ("heart_rate_bpm", np.nan)],
)
def test_outside_what_was_measured_nothing_is_summed(name: str, value: float) -> None:
    column = stream().columns[name].copy()
    column[600:] = value
    found = pulse_of(recording(), stream(**{name: column}), [FORWARD, BACKWARD])
    assert found is not None
    assert found.backward.seconds_s == 0.0
    assert found.forward.seconds_s > 0.0


def test_without_heart_rate_or_on_wheels_there_is_no_pulse() -> None:
    bare = stream()
    without = Stream("wrist", "earth", bare.time_s, {"speed_mps": bare.columns["speed_mps"]})
    assert pulse_of(recording(), without, [FORWARD, BACKWARD]) is None
    assert pulse_of(recording(), None, [FORWARD, BACKWARD]) is None
    assert pulse_of(recording(sport="cycling"), bare, [FORWARD, BACKWARD]) is None


def test_a_short_hole_does_not_begin_the_running_anew_and_a_long_one_does() -> None:
    way, time_s = np.ones(300, dtype=np.intp), np.arange(300.0)
    way[100:108] = 0
    assert settled_s(way, time_s)[-1] == 299.0
    way[100:130] = 0
    assert settled_s(way, time_s)[-1] == 169.0
    assert settled_s(way, time_s)[110] == 0.0


def test_turning_round_begins_anew_and_so_does_a_gap() -> None:
    way = np.repeat(np.array([1, 2], dtype=np.intp), 100)
    assert settled_s(way, np.arange(200.0))[-1] == 99.0
    gap = np.concatenate([np.arange(100.0), np.arange(400.0, 500.0)])
    assert settled_s(np.ones(200, dtype=np.intp), gap)[-1] == 99.0
    assert len(settled_s(np.zeros(0, dtype=np.intp), np.zeros(0))) == 0


def test_pauses_belong_to_no_second() -> None:
    paused = pulse_of(recording(pauses=(Span(300.0, 305.0),)), stream(), [FORWARD, BACKWARD])
    assert paused is not None
    assert paused.forward.seconds_s == pytest.approx(505.0)
