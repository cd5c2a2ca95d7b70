"""The text of one phone sensor: which sensor and clock it is says its line of names."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running import formats
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.formats import one_sensor

G = 9.80665
REMARKS = "#Datetime: 05/08/2013 12:56:02\n#######\n#Activity: 3 - JOG - Jogging - 30s\n#Gender: Male\n\n\n@DATA\n"


def text(axes, unit="m/s^2", clock="ns", begins_s=2167.3, rate_hz=98.0, remarks=REMARKS):
    per_s = {"ns": 1e9, "us": 1e6, "ms": 1e3, "s": 1.0}[clock]
    stamps = (begins_s + np.arange(len(axes)) / rate_hz) * per_s
    rows = "".join(
        f"{stamp:.{0 if clock == 'ns' else 6}f}, " + ", ".join(f"{v:.7f}" for v in row) + "\n"
        for stamp, row in zip(stamps, axes, strict=True)
    )
    return f"#What it is.\n#timestamp({clock}),x,y,z({unit})\n{remarks}{rows}".encode()


def force(count=300):
    time = np.arange(count) / 98.0
    return np.column_stack([np.sin(9 * time), 0.3 * np.cos(7 * time), G + 2 * np.sin(11 * time)])


@pytest.mark.parametrize("clock", ["ns", "us", "ms", "s"])
@pytest.mark.parametrize(
    ("unit", "factor", "column"),
    [("m/s^2", 1.0, "acc_z_mps2"), ("g", G, "acc_z_mps2"), ("rad/s", 1.0, "gyr_z_radps"),
     ("deg/s", np.pi / 180, "gyr_z_radps"), ("uT", 1.0, "mag_z_ut")],
)  # fmt: skip
def test_unit_and_clock_are_those_of_the_line_of_names(clock, unit, factor, column):
    (run,) = formats.read(text(force() / factor, unit, clock))
    (stream,) = run.streams
    assert stream.columns[column] == pytest.approx(force()[:, 2], abs=1e-4)
    assert (run.reader, run.dated, stream.place, stream.frame) == ("one_sensor", False, "unknown", "sensor")
    assert run.clock_s == pytest.approx(2167.3, abs=1e-3)
    assert np.diff(stream.time_s) == pytest.approx(1 / 98.0, abs=1e-4)


def test_stamps_out_of_order_are_sorted():
    lines = text(force()).decode().splitlines()
    lines[20], lines[21] = lines[21], lines[20]
    (run,) = formats.read("\n".join([*lines, ""]).encode())
    assert run.streams[0].columns["acc_z_mps2"] == pytest.approx(force()[:, 2], abs=1e-6)


def test_remarks_alone_and_other_units_are_refused():
    with pytest.raises(NotAnActivity):
        one_sensor.read(text(force(0)))
    assert not one_sensor.looks_like(text(force(), "furlongs"))
    with pytest.raises(UnreadableFile, match=r"#timestamp\(ns\),x,y,z"):
        one_sensor.read(text(force(), "furlongs"))


def test_real_files_come_in(shared_data):
    files = sorted((shared_data / "imu" / "mobifall_pocket").glob("*.txt"))
    assert len(files) == 32
    for path in files:
        (run,) = formats.read(path.read_bytes())
        kind = "acc" if "_acc_" in path.name else "gyr"
        assert all(name.startswith(kind) for name in run.streams[0].columns), path.name
        assert run.duration_s > 25, path.name
