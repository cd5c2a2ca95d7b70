"""Samples into cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.recording import Stream
from backward_running.gait.segment.time_base import (
    FINE_FROM,
    FINE_STEP,
    INERTIAL,
    MOST_CELLS,
    STEP,
    cell_angles_deg,
    cell_means,
    step_for,
    step_of,
    time_base,
)


@given(st.floats(0.001, 1e7))
def test_cells_cover_the_recording_and_no_more(duration_s):
    time_s = time_base(duration_s)
    step_s = step_of(time_s)
    assert time_s[0] == 0.0
    assert time_s[-1] < duration_s
    assert time_s[-1] + step_s >= duration_s * (1 - 1e-9)
    assert len(time_s) <= MOST_CELLS + 1


@pytest.mark.parametrize("step_s", [0.25, 1.0, 2.0, 4.0])
def test_the_rate_does_not_matter(step_s):
    sample_s = np.arange(0.0, 200.0, step_s)
    found = cell_means(sample_s, sample_s * 0.1, time_base(200.0))
    assert np.isfinite(found).all()
    assert np.abs(found - 0.1 * np.arange(200.0)).max() < 0.4


def test_short_silence_is_bridged_long_is_not():
    sample_s = np.concatenate([np.arange(50.0), np.arange(58.0, 100.0), np.arange(150.0, 200.0)])
    found = cell_means(sample_s, np.ones(len(sample_s)), time_base(200.0))
    assert np.isfinite(found[:100]).all()
    assert np.isnan(found[100:150]).all()


def test_missing_samples_are_missing():
    values = np.ones(100)
    values[20:60] = np.nan
    found = cell_means(np.arange(100.0), values, time_base(100.0))
    assert np.isnan(found[20:60]).all()
    assert np.isnan(cell_means(np.arange(100.0), np.full(100, np.nan), time_base(100.0))).all()


def test_angles_go_round():
    sample_s = np.arange(0.0, 20.0, 0.25)
    found = cell_angles_deg(sample_s, (358.0 + np.tile([0.0, 4.0], 40)) % 360, time_base(20.0))
    assert np.all((found < 1.0) | (found > 359.0))


@pytest.mark.parametrize(("hole_s", "bridged"), [(9.0, True), (9.5, True), (10.5, False), (20.0, False)])
@pytest.mark.parametrize("step_s", [0.5, 1.0])
def test_ten_seconds_are_a_short_silence_on_every_clock(hole_s, bridged, step_s):
    time_s = time_base(100.0, step_s)
    values = time_s * 0.1
    values[(time_s > 40.0) & (time_s < 40.0 + hole_s)] = np.nan
    found = cell_means(time_s, values, time_s)
    expected = time_s * 0.1 if bridged else values
    assert np.allclose(found, expected, equal_nan=True)


@pytest.mark.parametrize("edge", ["first", "last"])
@pytest.mark.parametrize(("missing", "held"), [(10, True), (11, False)])
def test_before_the_first_and_after_the_last_a_value_is_held(edge, missing, held):
    """Each cell is held for as long as a hole may last: those near the known one are, those far from it are not."""
    values = np.arange(40.0)
    values[:missing] = np.nan
    found = cell_means(np.arange(40.0), values if edge == "first" else values[::-1].copy(), time_base(40.0))
    found = found if edge == "first" else found[::-1]
    assert (found[missing - 10 : missing] == missing).all()
    assert np.isnan(found[: missing - 10]).all()
    assert held == np.isfinite(found).all()
    assert (found[missing:] == np.arange(missing, 40.0)).all()


@pytest.mark.parametrize("step_s", [0.2, 0.5, 2.0])
def test_a_cell_is_the_mean_of_the_samples_that_fall_into_it(step_s):
    rng = np.random.default_rng(3)
    sample_s = np.sort(rng.uniform(0.0, 60.0, 900))
    values = rng.normal(size=900)
    time_s = time_base(60.0, step_s)
    for first_s, mean in zip(time_s, cell_means(sample_s, values, time_s), strict=True):
        inside = (sample_s >= first_s) & (sample_s < first_s + step_s)
        if inside.any():
            assert mean == pytest.approx(values[inside].mean())


def test_as_many_samples_as_cells_need_not_lie_one_in_each():
    found = cell_means(np.array([0.0, 0.5, 2.0, 3.0]), np.array([1.0, 3.0, 5.0, 7.0]), time_base(4.0))
    assert found.tolist() == [2.0, 3.5, 5.0, 7.0]


def test_what_lies_outside_the_recording_is_left_out():
    found = cell_means(np.array([-1.0, 0.0, 1.0, 2.0, 9.0]), np.array([9.0, 1.0, 2.0, 3.0, 9.0]), time_base(3.0))
    assert found.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("angle_deg", [1.0, 90.0, 181.0, 270.0, 359.0])
def test_an_angle_is_itself(angle_deg):
    assert cell_angles_deg(np.arange(5.0), np.full(5, angle_deg), time_base(5.0)) == pytest.approx(angle_deg)


def test_one_known_cell_at_an_end_is_the_end_of_a_hole():
    values = np.arange(40.0)
    values[1:12] = np.nan
    for found in (
        cell_means(np.arange(40.0), values, time_base(40.0)),
        cell_means(np.arange(40.0), values[::-1].copy(), time_base(40.0))[::-1],
    ):
        assert np.isnan(found[1:12]).all() and np.isfinite(found[[0, 12]]).all()


@pytest.mark.parametrize(("samples", "step_s"), [(1, STEP.value), (2, FINE_STEP.value), (3, FINE_STEP.value)])
def test_two_samples_show_how_fast_a_sensor_writes(samples, step_s):
    columns = {INERTIAL[0]: np.zeros(samples)}
    assert step_for([Stream("waist", "body", np.arange(samples) / 100.0, columns, mount_known=True)]) == step_s


def _sensor(rate_hz: float, samples: int = 400, *, sees_steps: bool = True) -> Stream:
    time_s = np.arange(samples) / rate_hz
    name = next(iter(INERTIAL)) if sees_steps else "speed_mps"
    return Stream("foot_left", "sensor", time_s, {name: np.zeros(samples)})


def test_fine_cells_want_a_sensor_that_shows_steps_often_enough():
    fine, plain = FINE_STEP.value, STEP.value
    assert step_for([_sensor(1.01 * FINE_FROM.value)]) == fine
    assert step_for([_sensor(0.6 * FINE_FROM.value)]) == plain
    assert step_for([_sensor(100.0, sees_steps=False)]) == plain
    assert step_for([_sensor(100.0, samples=1), _sensor(100.0, sees_steps=False), _sensor(100.0)]) == fine
    assert step_for([_sensor(100.0, samples=1)]) == step_for([]) == plain
