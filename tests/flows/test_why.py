"""Every way of not knowing has its own reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from tests.flows.foot_logs import COLUMNS, UNITS, as_table, foot_rows

from backward_running.core.direction import Direction
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.flows.detect import detect
from backward_running.flows.why import why_unknown

NAMES = (*ACCELERATION, *ANGULAR_RATE)


def why(rows, place="foot_left", *, mount_known=True, leave=(), rate_hz=100.0, refused=None):
    """Ask of a recording that is unknown throughout."""
    time_s = np.arange(len(rows)) / rate_hz
    columns = {name: rows[:, number].copy() for number, name in enumerate(NAMES) if name not in leave}
    stream = Stream(place, "body" if mount_known else "sensor", time_s, columns, mount_known)
    started_at = datetime(2026, 5, 1, tzinfo=UTC)
    run = Recording("0" * 64, started_at, (stream,), "test", "1", duration_s=len(rows) / rate_hz, refused=refused or {})
    return why_unknown(run, [Bout(0.0, run.duration_s, Direction.UNKNOWN, None, None, "nothing")])


def test_a_missing_gyroscope():
    said = why(foot_rows(), "waist", leave=ANGULAR_RATE)
    assert said == "A sensor at the waist needs a gyroscope too; this recording has only an accelerometer."


def test_a_missing_accelerometer_and_a_refused_one():
    assert "needs an accelerometer too" in why(foot_rows(), "waist", leave=ACCELERATION)
    refused = {"acc": "expected about 9.8 m/s² in quiet stretches, got 0.02"}
    assert why(foot_rows(), "waist", leave=ACCELERATION, refused=refused) == (
        "The accelerometer cannot be used: expected about 9.8 m/s² in quiet stretches, got 0.02."
    )


def test_a_missing_axis():
    assert "The gyroscope has no living y axis" in why(foot_rows(), leave=("gyr_y_radps",))
    assert "x and z axes" in why(foot_rows(), leave=("acc_x_mps2", "acc_z_mps2"))


@pytest.mark.parametrize(("column", "end", "sensor"), [(1, 19.6, "accelerometer"), (3, 4.36, "gyroscope")])
def test_a_clipped_sensor(column, end, sensor):
    rows = foot_rows()
    rows[:, column] = np.clip(2.5 * rows[:, column], -end, end)
    said = why(rows)
    assert f"The {sensor} of the sensor on the left foot runs into its end at {end:.3g}" in said
    assert "runs into its end" not in why(foot_rows())


def test_a_hard_landing_or_two_is_no_end_of_a_sensor():
    rows = foot_rows()
    rows[[500, 900, 1700, 2600, 3300], 2] = 120.0
    assert "runs into its end" not in why(rows)


def test_a_phone_on_a_table():
    still = np.random.default_rng(1).normal((0, 0, 9.81, 0, 0, 0), 0.004, (4000, 6))
    assert "as still there as on a table" in why(still, "waist", mount_known=False)
    half = np.concatenate([foot_rows(), still])
    assert why(half, "waist", mount_known=False).startswith("How the sensor sat on the body is not known")
    assert "For 49% of that time the sensor lay as still as on a table" in why(half, "waist", mount_known=False)


def test_a_slow_sensor():
    assert "wrote 10 samples a second; a sensor on the left foot needs 20" in why(foot_rows()[::10], rate_hz=10.0)


@pytest.mark.parametrize(
    ("place", "known", "words"),
    [
        ("unknown", True, "state its place"),
        ("wrist", True, "arm swings"),
        ("waist", False, "How the sensor sat on the body"),
        ("foot_left", False, "as that of nobody known does"),  # a foot made of geometry
        ("waist", True, "differs from person to person"),  # it runs
    ],
)
def test_place_and_mounting(place, known, words):
    assert words in why(foot_rows(), place, mount_known=known)


def test_a_sensor_that_stopped_writing():
    time_s = np.arange(4000) / 100
    stream = Stream("waist", "body", time_s, {name: foot_rows()[:, k].copy() for k, name in enumerate(NAMES)}, True)
    run = Recording("0" * 64, datetime(2026, 5, 1, tzinfo=UTC), (stream,), "test", "1", duration_s=500.0)
    bouts = [Bout(0.0, 40.0, Direction.FORWARD, None, 0.9, "x"), Bout(40.0, 500.0, Direction.UNKNOWN, None, None, "x")]
    assert why_unknown(run, bouts) == "The sensor at the waist wrote nothing there."
    assert why_unknown(run, bouts[:1]) is None
    assert "cycling" in why_unknown(replace(run, sport="cycling"), bouts)


def test_two_sensors_have_two_reasons():
    first = Stream(
        "wrist", "sensor", np.arange(400) / 100, {n: foot_rows()[:400, k].copy() for k, n in enumerate(NAMES)}
    )
    columns = {name: foot_rows()[:400, k].copy() for k, name in enumerate(ACCELERATION)}
    second = Stream("waist", "sensor", np.arange(400) / 100, columns)
    run = Recording("0" * 64, datetime(2026, 5, 1, tzinfo=UTC), (first, second), "test", "1", duration_s=4.0)
    said = why_unknown(run, [Bout(0.0, 4.0, Direction.UNKNOWN, None, None, "nothing")])
    assert "arm swings" in said
    assert "needs a gyroscope too" in said


def test_a_whole_file_says_it_in_detect():
    only = {name: theirs for name, theirs in COLUMNS.items() if name.startswith("acc")}
    told = SuppliedMetadata(place="waist", mount_known=True, columns=only, units={"acc": "mps2"}, rate_hz=100.0)
    (found,) = detect("log.csv", as_table(foot_rows()), told)
    assert found.unknown_because == (
        "A sensor at the waist needs a gyroscope too; this recording has only an accelerometer."
    )
    constant = np.tile([0.0, 0.0, 9.81, 0.0, 0.0, 0.0], (500, 1))
    told = SuppliedMetadata(place="waist", columns=COLUMNS, units=UNITS, rate_hz=100.0)
    (dead,) = detect("log.csv", as_table(constant), told)
    assert dead.bouts == ()
    assert "The axes x, y and z always read 0, 0, 9.81: they are dead" in dead.unknown_because


def test_a_known_leg_that_turns_about_another_axis_says_so():
    rows = foot_rows(place="shank_left")
    turned = rows[:, [1, 0, 2, 4, 3, 5]] * [1, -1, 1, 1, -1, 1]  # a quarter turn about the plumb line
    assert "The sensor on the left shank hardly turns about the axis" in why(turned, "shank_left")
    assert "hardly turns" not in why(rows, "shank_left")
    assert "hardly turns" not in why(turned, "shank_left", mount_known=False)


def test_a_known_sensor_that_gravity_contradicts_says_so():
    rows = foot_rows(place="shank_left")
    lying = rows[:, [0, 2, 1, 3, 5, 4]] * [1, -1, 1, 1, -1, 1]
    said = why(lying, "shank_left")
    assert "The sensor on the left shank cannot have sat as stated: by gravity its upward axis lies" in said
    assert "degrees from up" in said
