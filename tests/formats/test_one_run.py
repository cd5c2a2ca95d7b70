"""Files of one run put together: one clock, one recording, the files as they were."""

from __future__ import annotations

import zipfile
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.test_one_sensor import text
from tests.formats.test_phone_logs import G, logger_table, moves

from backward_running import formats
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.formats.base import NO_DATE_LOSS
from backward_running.formats.one_run import FORMAT, MOST_FILES, Part, write


def walk(at_s):
    """Force and rate of a shank at any moments."""
    at_s = np.asarray(at_s)
    acc = np.column_stack([np.sin(6 * at_s), 4 * np.cos(5 * at_s), G + 3 * np.sin(11 * at_s)])
    gyr = np.column_stack([3 * np.sin(5 * at_s), 0.4 * np.cos(6 * at_s), 0.5 * np.sin(4 * at_s)])
    return acc, gyr


def sensor(name, kind, *, begins_s, rate_hz, seconds=20.0, place=None):
    at_s = begins_s + np.arange(int(seconds * rate_hz)) / rate_hz
    axes = walk(at_s)[kind == "gyr"]
    unit = "rad/s" if kind == "gyr" else "m/s^2"
    return Part(name, text(axes, unit, begins_s=begins_s, rate_hz=rate_hz), place)


@given(
    acc_hz=st.sampled_from([50.0, 98.0, 100.0]),
    gyr_hz=st.sampled_from([52.0, 100.0]),
    later_s=st.floats(-3.0, 3.0),
    swapped=st.booleans(),
)
def test_a_phones_two_files_lie_on_one_clock(acc_hz, gyr_hz, later_s, swapped):
    parts = [
        sensor("acc.txt", "acc", begins_s=2000.0, rate_hz=acc_hz),
        sensor("gyr.txt", "gyr", begins_s=2000.0 + later_s, rate_hz=gyr_hz),
    ]
    (run,) = formats.read(write(parts[::-1] if swapped else parts))
    (stream,) = run.streams
    at_s = stream.time_s + run.clock_s
    acc, gyr = walk(at_s)
    inside = (at_s > 2000.0 + later_s) & (at_s < 2000.0 + later_s + 20.0 - 2.0 / gyr_hz)  # at its ends it is held
    assert len(stream) == pytest.approx(20.0 * acc_hz, abs=1)
    for index, axis in enumerate("xyz"):
        assert stream.columns[f"acc_{axis}_mps2"] == pytest.approx(acc[:, index], abs=1e-3)
        known = np.isfinite(stream.columns[f"gyr_{axis}_radps"])
        assert stream.columns[f"gyr_{axis}_radps"][known & inside] == pytest.approx(
            gyr[known & inside, index], abs=0.02
        )
        assert known.mean() > 0.8 - 0.01  # what the other file does not cover is not made up
    assert run.losses == (NO_DATE_LOSS,)


def test_the_files_stay_as_they_were_and_the_same_files_are_the_same_run():
    parts = [sensor(f"{kind}.txt", kind, begins_s=5.0, rate_hz=100.0) for kind in ("acc", "gyr")]
    data = write(parts)
    assert data == write(parts)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert [archive.read(f"{n}_{part.name}") for n, part in enumerate(parts, 1)] == [one.data for one in parts]
    assert formats.read(data)[0].activity_id == formats.read(data)[0].activity_id


def test_sensors_elsewhere_keep_their_places():
    parts = [
        sensor("l.txt", "acc", begins_s=5.0, rate_hz=100.0, place="foot_left"),
        sensor("lg.txt", "gyr", begins_s=5.1, rate_hz=100.0, place="foot_left"),
        sensor("w.txt", "acc", begins_s=4.0, rate_hz=50.0, place="waist"),
    ]
    (run,) = formats.read(write(parts))
    assert [(one.place, one.has("gyr_x_radps")) for one in run.streams] == [("foot_left", True), ("waist", False)]
    assert run.streams[0].time_s[0] == pytest.approx(1.0)


def test_what_was_not_recorded_at_one_time_is_refused():
    parts = [sensor("a.txt", "acc", begins_s=0.0, rate_hz=100.0), sensor("g.txt", "gyr", begins_s=900.0, rate_hz=100.0)]
    with pytest.raises(UnreadableFile, match="“a.txt” and “g.txt” were not recorded at one time: 880 s lie between"):
        formats.read(write(parts))


def test_a_dated_file_and_an_undated_one_share_no_clock():
    time, user, gravity = moves(400)
    parts = [
        Part("logger.csv", logger_table(time, user + gravity).encode()),
        sensor("g.txt", "gyr", begins_s=0.0, rate_hz=100.0),
    ]
    with pytest.raises(UnreadableFile, match="“logger.csv” says at what time it was recorded and “g.txt” does not"):
        formats.read(write(parts))


def test_loose_tables_of_an_app_become_its_zip():
    time, user, gravity = moves(800)
    parts = [
        Part("Gyroscope.csv", logger_table(time, user * 0.4).encode()),
        Part("TotalAcceleration.csv", logger_table(time, user + gravity).encode()),
    ]
    (run,) = formats.read(write(parts))
    assert run.reader == "sensor_logger"
    assert run.streams[0].has("acc_x_mps2", "gyr_x_radps")


def test_another_unit_is_seen_once_both_lie_together():
    slow = sensor("g.txt", "gyr", begins_s=0.0, rate_hz=100.0)
    degrees = Part("g.txt", slow.data.replace(b"rad/s", b"deg/s"))
    with pytest.raises(UnreadableFile, match="rad/s read as degrees"):
        formats.read(write([sensor("a.txt", "acc", begins_s=0.0, rate_hz=100.0), degrees]))


@pytest.mark.parametrize("count", [0, 1, MOST_FILES + 1])
def test_one_file_alone_is_no_run_put_together(count):
    with pytest.raises(BadValue, match="be 2 to"):
        write([sensor("a.txt", "acc", begins_s=0.0, rate_hz=10.0)] * count)


def test_a_run_inside_a_run_is_refused():
    parts = [sensor(f"{kind}.txt", kind, begins_s=5.0, rate_hz=100.0) for kind in ("acc", "gyr")]
    inner = Part("inner.zip", write(parts))
    with pytest.raises(UnreadableFile, match="inside another"):
        FORMAT.read(write([inner, parts[0]]))


def test_real_phones_give_six_axes(shared_data):
    folder = shared_data / "imu" / "mobifall_pocket"
    seen = 0
    for acc in sorted(folder.glob("*_acc_*.txt")):
        gyr = acc.with_name(acc.name.replace("_acc_", "_gyro_"))
        (run,) = formats.read(write([Part(one.name, one.read_bytes()) for one in (acc, gyr)]))
        (stream,) = run.streams
        assert stream.has("acc_x_mps2", "gyr_z_radps"), acc.name
        known = np.isfinite(stream.columns["gyr_x_radps"])
        assert known.mean() > 0.9, acc.name
        seen += 1
    assert seen == 16
