"""Gravity turns as the gyroscope says, or its unit is named; and no real recording is accused."""

from __future__ import annotations

import csv
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.formats._physics import rotation_problem
from backward_running.formats._turning import turning_of, turning_problem

G = 9.80665
DEGREES = 180.0 / np.pi


def turned_by_hand(seed=0, seconds=20.0, rate_hz=100.0, noise=0.02):
    """A sensor that somebody turns about in the hand: force and rate, nothing but gravity."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(int(seconds * rate_hz)) / rate_hz
    rate = np.column_stack([np.sin(2 * np.pi * rng.uniform(0.1, 0.4) * time_s + k) for k in rng.uniform(0, 6, 3)])
    force = np.empty((len(time_s), 3))
    force[0] = (0.0, 0.0, G)
    for now in range(1, len(time_s)):
        omega = 0.5 * (rate[now] + rate[now - 1])
        step = force[now - 1] - np.cross(omega, force[now - 1]) / rate_hz
        force[now] = step * G / np.linalg.norm(step)
    return time_s, force + rng.normal(0, noise, force.shape), rate


@given(st.integers(0, 30), st.sampled_from([50.0, 100.0, 200.0]))
def test_the_slope_is_one_whichever_way_it_turns(seed, rate_hz):
    time_s, force, rate = turned_by_hand(seed, rate_hz=rate_hz)
    seen = turning_of(time_s, force, time_s, rate)
    assert seen.slope == pytest.approx(1.0, abs=0.05)
    assert turning_problem(time_s, force, time_s, rate) is None


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (DEGREES, "0.0175 times as far; the numbers look like degrees per second"),
        (1 / DEGREES, "57.* times as far; the numbers look like rad/s read as degrees"),
        (-1.0, "the other way; its axes and those of the accelerometer differ in sign or order"),
        (0.5, r"2(\.\d+)? times as far; state the unit"),
    ],
)
def test_a_wrong_unit_is_named(factor, words):
    time_s, force, rate = turned_by_hand()
    problem = turning_problem(time_s, force, time_s, factor * rate)
    assert problem is not None
    assert re.search(words, problem), problem


@pytest.mark.parametrize("factor", [0.85, 1.15])
def test_a_cheap_gyroscope_passes(factor):
    time_s, force, rate = turned_by_hand()
    assert turning_problem(time_s, force, time_s, factor * rate) is None


def test_the_clocks_may_differ():
    time_s, force, _ = turned_by_hand(rate_hz=100.0, noise=0.0)
    fast_s, _, rate = turned_by_hand(rate_hz=200.0)
    assert turning_of(time_s, force, fast_s, rate).slope == pytest.approx(1.0, abs=0.05)


def test_what_lies_still_says_nothing():
    time_s, force, rate = turned_by_hand()
    still = np.tile(force[:1], (len(force), 1))
    assert turning_problem(time_s, still, time_s, DEGREES * 0.001 * rate) is None
    assert turning_of(time_s[:20], force[:20], time_s[:20], rate[:20]) is None
    assert turning_of(time_s, force, time_s + 1000.0, rate) is None  # they never ran at one time


def real_recordings(folder):
    """Yield time, force and rate of every real recording with a gyroscope, in its stated units."""
    for path in sorted((folder / "ipol_gait").glob("*.txt")):
        rows = np.loadtxt(path, skiprows=2)
        yield path.name, rows[:, 0] / 100.0, rows[:, 1:4], rows[:, 4:7]
    for path in sorted((folder / "mobgap_lowback").rglob("*.csv")):
        rows = np.loadtxt(path, delimiter=",", skiprows=1)
        yield path.name, np.arange(len(rows)) / 100.0, rows[:, 1:4] * G, np.radians(rows[:, 4:7])
    for name in ("imu_sample", "imu_sample_healthy_stair_up", "imu_sample_healthy_stair_down"):
        yield from _gaitmap(folder / "gaitmap_foot" / f"{name}.csv")
    for path in sorted((folder / "mobifall_pocket").glob("*acc*.txt")):
        acc, gyr = (_mobifall(one) for one in (path, path.with_name(path.name.replace("_acc_", "_gyro_"))))
        rate = np.column_stack([np.interp(acc[:, 0], gyr[:, 0], gyr[:, axis]) for axis in (1, 2, 3)])
        yield path.name, acc[:, 0], acc[:, 1:], rate


def _gaitmap(path):
    with path.open(newline="") as file:
        sensors, axes, *rows = csv.reader(file)
    values = np.array(rows, dtype=float)
    for side in ("left_sensor", "right_sensor"):
        at = {axis: k for k, (sensor, axis) in enumerate(zip(sensors, axes, strict=True)) if sensor == side}
        force, rate = ([at[f"{kind}_{axis}"] for axis in "xyz"] for kind in ("acc", "gyr"))
        yield f"{path.name} {side}", np.arange(len(values)) / 204.8, values[:, force], np.radians(values[:, rate])


def _mobifall(path):
    rows = np.loadtxt(path.read_text().split("@DATA")[1].split("\n"), delimiter=",")
    return rows[np.argsort(rows[:, 0], kind="stable")] * [1e-9, 1, 1, 1]


def test_no_real_recording_is_accused_and_every_wrong_unit_is_named(shared_data):
    seen = 0
    for name, time_s, force, rate in real_recordings(shared_data / "imu"):
        seen += 1
        assert rotation_problem(rate, force) is None, name
        assert turning_problem(time_s, force, time_s, rate) is None, name
        assert "degrees" in rotation_problem(rate * DEGREES, force), name
        assert "rad/s read as degrees" in rotation_problem(rate / DEGREES, force), name
    assert seen == 115
