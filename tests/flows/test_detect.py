"""Judging a file without keeping it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.flows.test_habits import fit

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.recording import Lap
from backward_running.core.supplied_metadata import PLACES, SuppliedMetadata
from backward_running.flows.detect import detect, rows_csv


def table(rate_hz=100, seconds=5.0, scale=9.80665):
    """A sensor that lies on a table, with a little noise."""
    rng = np.random.default_rng(4)
    rows = [b"t,ax,ay,az,gx,gy,gz"]
    for number in range(int(seconds * rate_hz)):
        x, y, z = rng.normal(0.0, 0.002, 3)
        values = (number / rate_hz, x * scale, y * scale, (1.0 + z) * scale, *rng.normal(0, 0.002, 3))
        rows.append(",".join(f"{value:.5f}" for value in values).encode())
    return b"\n".join(rows)


AXES = {"time": "t", "acc_x": "ax", "acc_y": "ay", "acc_z": "az", "gyr_x": "gx", "gyr_y": "gy", "gyr_z": "gz"}
UNITS = {"acc": "mps2", "gyr": "radps", "time": "s"}


def test_a_session_with_a_plan(session_fit):
    (found,) = detect("session.fit", session_fit)
    assert {one.bout.direction for one in found.bouts} >= {Direction.FORWARD, Direction.BACKWARD}
    rows = list(found.rows())
    assert [row.time_s for row in rows] == [float(second) for second in range(len(rows))]
    assert len(rows) == pytest.approx(found.bouts[-1].bout.end_s, abs=1)
    assert sum(row.state == "backward_run" for row in rows) == pytest.approx(360, abs=20)
    for row in rows[::50]:
        (bout,) = [one.bout for one in found.bouts if one.bout.start_s <= row.time_s + 0.5 < one.bout.end_s]
        assert row.state.startswith(bout.direction.value)
        assert row.probability_share == bout.probability_share
    header, first, *rest = rows_csv([found]).decode().splitlines()
    assert header == "time_s,state,probability_share,found_by,hint,hint_probability_share"
    assert first.startswith("0.0,")
    assert len(rest) == len(rows) - 1


def test_laps_that_the_runner_tells_of():
    laps = (Lap(0.0, 700.0, "manual"), Lap(700.0, 800.0, "manual"), Lap(800.0, 1500.0, "manual"))
    (found,) = detect("run.fit", fit(1, laps=laps), laps="even-backward")
    assert [one.bout.direction for one in found.bouts] == [
        Direction.FORWARD,
        Direction.BACKWARD,
        Direction.FORWARD,
    ]
    assert found.bouts[1].bout.start_s == pytest.approx(700.0)
    (none,) = detect("run.fit", fit(1), laps="even-backward")
    assert none.bouts == ()
    assert "one lap" in none.unknown_because


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (b"", "empty"),
        (b"hello, this is no recording at all", "Backward reads"),
        (b"\x0e\x10\x00\x00\xff\xff\x00\x00.FIT", ""),
    ],
)
def test_what_cannot_be_read_is_unknown_with_a_reason(data, because):
    (found,) = detect("thing.bin", data)
    assert found.bouts == ()
    assert because in found.unknown_because
    assert list(found.rows()) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mount_known", [None, True, False])
def test_a_sensor_on_a_table_goes_nowhere(place, mount_known):
    stated = SuppliedMetadata(place=place, mount_known=mount_known, columns=AXES, units=UNITS, rate_hz=100.0)
    (found,) = detect("log.csv", table(), stated)
    assert {one.bout.direction for one in found.bouts} <= {Direction.UNKNOWN, Direction.STILL}
    assert found.bouts[-1].bout.end_s == pytest.approx(5.0, abs=0.1)


def test_units_are_stated_beside_the_names():
    stated = SuppliedMetadata(place="waist", columns=AXES | {"acc_z_mps2": "az"}, units=UNITS | {"acc": "g"})
    (found,) = detect("log.csv", table(scale=1.0), stated)
    assert found.bouts
    (wrong,) = detect("log.csv", table(scale=1.0), SuppliedMetadata(place="waist", columns=AXES, units=UNITS))
    assert wrong.bouts == ()
    assert "9.8" in wrong.unknown_because


def test_a_short_log_says_that_it_is_short():
    (found,) = detect("log.csv", table(seconds=2.0), SuppliedMetadata(place="chest", columns=AXES, units=UNITS))
    assert all(one.bout.direction in (Direction.UNKNOWN, Direction.STILL) for one in found.bouts)
    assert found.unknown_because is None or "too short" in found.unknown_because


@pytest.mark.parametrize(
    "stated",
    [
        {"place": "nose"},
        {"columns": {"acc_x": "nothing"}, "units": UNITS},
        {"columns": AXES, "units": {"speed": "mph"}},
        {"columns": AXES, "units": {"acc": "furlongs"}},
        {"columns": AXES | {"time": "t"}, "units": {"acc": "g"}},
    ],
)
def test_what_is_stated_must_make_sense(stated):
    with pytest.raises(BadValue):
        detect("log.csv", table(), SuppliedMetadata(**stated))


def test_a_table_that_nobody_explained_shows_its_columns():
    (found,) = detect("log.csv", table())
    assert found.bouts == ()
    assert found.columns == ("t", "ax", "ay", "az", "gx", "gy", "gz")
    assert "the columns t, ax, ay, az, gx, gy, gz; say which column is what" in found.unknown_because


def test_a_run_without_sensors_says_why_it_is_unknown():
    (found,) = detect("run.fit", fit(1))
    assert {one.bout.direction for one in found.bouts} == {Direction.UNKNOWN}
    assert "no motion sensor" in found.unknown_because


@pytest.mark.parametrize("mount_known", [True, False])
def test_a_sensor_at_the_wrist_is_unknown_and_why(mount_known):
    """An arm that swings as in running: it answers nothing, whatever is said of its mounting."""
    time_s = np.arange(0.0, 60.0, 0.01)
    swing = np.sin(2.0 * np.pi * 1.4 * time_s)
    bounce = np.sin(2.0 * np.pi * 2.8 * time_s)
    rows = np.column_stack([3.0 * swing, 2.0 * bounce, 9.81 + 8.0 * bounce, 2.0 * swing, bounce, 0.5 * swing])
    data = "\n".join(["ax,ay,az,gx,gy,gz", *(",".join(f"{value:.4f}" for value in row) for row in rows)]).encode()
    named = {f"acc_{axis}_mps2": f"a{axis}" for axis in "xyz"} | {f"gyr_{axis}_radps": f"g{axis}" for axis in "xyz"}
    (found,) = detect(
        "arm.csv", data, SuppliedMetadata(place="wrist", mount_known=mount_known, columns=named, rate_hz=100.0)
    )
    assert {one.bout.direction for one in found.bouts} <= {Direction.UNKNOWN, Direction.STILL}
    assert "wrist" in found.unknown_because
