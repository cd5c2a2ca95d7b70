"""A gyroscope that drifts for an hour, with and without a magnetometer, in sound and in disturbed fields."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.names import ACCELERATION, ANGULAR_RATE, MAGNETIC_FIELD
from backward_running.core.recording import Stream
from backward_running.signals.yaw import Yaw, yaw

HZ = 20.0
LEVEL_UT, DOWN_UT = 20.0, 45.0


def carried(
    *,
    seconds: float = 3600.0,
    bias_degps: float = 0.3,
    seed: int = 1,
    holes: tuple[tuple[float, float], ...] = (),
    disturbed=None,
    iron_ut: float = 0.0,
) -> tuple[Stream, Stream, np.ndarray]:
    """A sensor in a random mounting on somebody who runs and turns round every two minutes; and the true yaw."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(0.0, seconds, 1.0 / HZ)
    half_turns = np.floor(time_s / 120.0) + np.clip((time_s % 120.0) - 119.0, 0.0, 1.0)
    yaw_rad = np.pi * half_turns * (-1.0) ** np.floor(seed) + 0.5 * np.sin(time_s / 60.0)
    wander = np.cumsum(rng.normal(0.0, 0.001, len(time_s)))  # the bias itself drifts
    nothing = np.zeros(len(time_s))
    rate = np.array([nothing, nothing, np.gradient(yaw_rad, time_s) + np.radians(bias_degps + wander)])
    force = np.array([nothing, nothing, 9.81 + 8.0 * np.cos(2 * np.pi * 2.6 * time_s)])
    force += rng.normal(0.0, 0.3, force.shape)
    rate += rng.normal(0.0, 0.02, rate.shape)
    north = np.array([LEVEL_UT + nothing, nothing, -DOWN_UT + nothing])
    if disturbed is not None:
        north = disturbed(time_s, north)
    cosine, sine = np.cos(yaw_rad), np.sin(yaw_rad)
    field = np.array([cosine * north[0] + sine * north[1], cosine * north[1] - sine * north[0], north[2]])
    field += rng.normal(0.0, 0.7, field.shape) + np.array([[iron_ut], [0.0], [0.0]])
    mounting = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    mounting *= np.sign(np.linalg.det(mounting))
    seen = np.ones(len(time_s), dtype=bool)
    for start_s, end_s in holes:
        seen &= (time_s < start_s) | (time_s >= end_s)
    rows = [*(mounting @ force), *(mounting @ rate)]
    six = {name: row[seen] for name, row in zip(ACCELERATION + ANGULAR_RATE, rows, strict=True)}
    three = {name: row[seen] for name, row in zip(MAGNETIC_FIELD, mounting @ field, strict=True)}
    return Stream("pocket", "sensor", time_s[seen], six), Stream("pocket", "sensor", time_s[seen], three), yaw_rad[seen]


def wrong_deg(found: Yaw | None, true_rad: np.ndarray) -> float:
    """By how much the yaw goes astray between its best and its worst ten seconds, in degrees."""
    assert found is not None
    error = found.yaw_rad - true_rad[: len(found.yaw_rad)]
    error = np.unwrap(error[np.isfinite(error)])[:: int(HZ * 10)]
    return float(np.degrees(np.quantile(error, 0.98) - np.quantile(error, 0.02)))


@pytest.mark.parametrize("bias_degps", [0.3, -1.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_hour_is_held(bias_degps, seed):
    six, field, true_rad = carried(bias_degps=bias_degps, seed=seed)
    assert wrong_deg(yaw(six), true_rad) > 180.0
    held = yaw(six, field)
    assert wrong_deg(held, true_rad) < 15.0
    assert held is not None
    assert held.held.all()


def test_it_need_not_be_on_the_same_clock():
    six, field, true_rad = carried(seconds=900.0)
    slower = Stream("pocket", "sensor", field.time_s[::4], {name: row[::4] for name, row in field.columns.items()})
    assert wrong_deg(yaw(six, slower), true_rad) < 15.0


def near_a_car(time_s: np.ndarray, north: np.ndarray) -> np.ndarray:
    """For three minutes beside a row of cars, and past a fence every so often."""
    north = north.copy()
    cars = (time_s > 1000.0) & (time_s < 1180.0)
    north[:, cars] += np.array([[-25.0], [30.0], [20.0]])
    fence = (time_s % 400.0) < 25.0
    north[1, fence] += 40.0 * np.sin(time_s[fence])
    return north


def test_a_disturbed_field_is_not_followed():
    six, field, true_rad = carried(disturbed=near_a_car)
    assert wrong_deg(yaw(six, field), true_rad) < 20.0


def along_a_line(time_s: np.ndarray, north: np.ndarray) -> np.ndarray:
    """Inside steel: of any size and direction, all the time."""
    rng = np.random.default_rng(3)
    slow = np.interp(
        time_s,
        np.arange(0.0, time_s[-1] + 20.0, 15.0)[: int(time_s[-1] // 15) + 2],
        rng.normal(0, 30, int(time_s[-1] // 15) + 2),
    )
    return north + np.array([slow, -slow[::-1], slow * 0.5])


@pytest.mark.parametrize("kind", ["steel", "saturated", "dead", "missing", "no unit"])
def test_a_field_that_cannot_be_leaves_the_gyroscope_alone(kind):
    six, field, _ = carried(seconds=900.0, disturbed=along_a_line if kind == "steel" else None)
    columns = dict(field.columns)
    if kind == "saturated":
        columns = {name: np.clip(30.0 * row, -1200.0, 1200.0) for name, row in columns.items()}
    if kind == "dead":
        columns["mag_y_ut"] = np.full(len(field), 12.0)
    if kind == "missing":
        columns = {name: np.full(len(field), np.nan) for name in columns}
    if kind == "no unit":
        columns = {name: row / 50.0 for name, row in columns.items()}
    alone, beside = yaw(six), yaw(six, Stream("pocket", "sensor", field.time_s, columns))
    assert alone is not None
    assert beside is not None
    assert not beside.held.any()
    np.testing.assert_array_equal(alone.yaw_rad, beside.yaw_rad)


def test_iron_in_the_pocket_does_no_more_harm_than_the_drift():
    """A key ring turns with the body: the field is another one on the way back, and is not believed there."""
    six, field, true_rad = carried(seconds=1800.0, iron_ut=15.0)
    found = yaw(six, field)
    assert found is not None
    turns = np.flatnonzero(np.diff(np.floor(found.time_s / 120.0)))
    steps = [found.yaw_rad[at + 40] - found.yaw_rad[at - 40] for at in turns]
    true = [true_rad[at + 40] - true_rad[at - 40] for at in turns]
    np.testing.assert_allclose(np.degrees(steps), np.degrees(true), atol=30.0)


def test_over_a_hole_the_field_tells_what_was_turned():
    six, field, true_rad = carried(seconds=900.0, holes=((300.0, 330.0), (600.0, 650.0)))
    alone, held = yaw(six), yaw(six, field)
    assert alone is not None
    assert held is not None
    assert len(np.unique(alone.piece)) == 3
    assert len(np.unique(held.piece)) == 1
    error = np.angle(np.exp(1j * (held.yaw_rad - true_rad[: len(held.yaw_rad)])))
    assert np.degrees(np.abs(np.angle(np.exp(1j * (error - np.median(error)))))).max() < 25.0
