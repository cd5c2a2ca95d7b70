"""Xsens MTw and Movella DOT texts."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running import formats
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.formats import xsens
from backward_running.formats.base import NO_DATE_LOSS

G = 9.80665


def motion(count, rate=100.0):
    time = np.arange(count) / rate
    shaken = (time > 2) * np.sin(12 * time)
    acc = np.outer(shaken, [1.0, 3.0, 6.0]) + [0.01, 0.0, G] + 0.005 * np.cos(np.outer(time, [9, 7, 8]))
    gyr = np.outer(shaken, [2.0, 0.3, 0.5]) + 0.002 * np.cos(np.outer(time, [5, 6, 7]))
    return acc, gyr


def mtw(count=600, first=0, head="Acquisition frequency: 100 Hz\n", factor=1.0):
    acc, gyr = motion(count)
    acc = acc * factor
    rows = ["PacketCounter\tAcc_X\tAcc_Y\tAcc_Z\tGyr_X\tGyr_Y\tGyr_Z\tMag_X\tMag_Y\tMag_Z"]
    for k in range(count):
        values = "\t".join(f"{v:.6f}" for v in (*acc[k], *gyr[k], -0.6, 0.2, -0.1))
        rows.append(f"{(first + k) % 65536}.0\t{values}")
    return (head + "\n".join(rows) + "\n").encode()


def dot(count=600, first_us=0, rate=60.0, head="sep=,\nDeviceTag:,Left foot\nOutputRate:,60Hz\n", degrees=True):
    acc, gyr = motion(count, rate)
    gyr = np.degrees(gyr) if degrees else gyr
    rows = ["PacketCounter,SampleTimeFine,Quat_W,Acc_X,Acc_Y,Acc_Z,Gyr_X,Gyr_Y,Gyr_Z,Status"]
    for k in range(count):
        fine = (first_us + round(k * 1e6 / rate)) % 2**32
        rows.append(f"{k},{fine},1.0," + ",".join(f"{v:.6f}" for v in (*acc[k], *gyr[k])) + ",0")
    return (head + "\n".join(rows) + "\n").encode()


def test_mtw_text_has_its_rate_in_the_first_line():
    (run,) = formats.read(mtw())
    (stream,) = run.streams
    acc, gyr = motion(600)
    assert (run.reader, stream.place, stream.mount_known, stream.frame) == ("xsens", "unknown", False, "sensor")
    assert stream.time_s == pytest.approx(np.arange(600) / 100)
    assert stream.columns["acc_y_mps2"] == pytest.approx(acc[:, 1], abs=1e-5)
    assert stream.columns["gyr_x_radps"] == pytest.approx(gyr[:, 0], abs=1e-5)
    assert run.losses == (NO_DATE_LOSS,)


def test_the_packet_counter_begins_again_at_zero():
    (run,) = xsens.read(mtw(first=65_400))
    assert run.streams[0].time_s == pytest.approx(np.arange(600) / 100)


def test_lost_packets_are_a_hole_in_time():
    lines = mtw().splitlines(keepends=True)
    (run,) = xsens.read(b"".join(lines[:200] + lines[250:]))
    assert np.diff(run.streams[0].time_s).max() == pytest.approx(0.51)


def test_dot_turns_in_degrees_and_its_fine_clock_wraps():
    (run,) = formats.read(dot(first_us=2**32 - 2_000_000))
    (stream,) = run.streams
    _, gyr = motion(600, 60.0)
    assert stream.time_s == pytest.approx(np.arange(600) / 60, abs=1e-5)
    assert stream.columns["gyr_x_radps"] == pytest.approx(gyr[:, 0], abs=1e-5)
    assert (run.device.maker, run.device.serial) == ("Movella", "Left foot")


def test_a_dot_table_in_rad_per_second_is_told_by_physics():
    (run,) = xsens.read(dot(degrees=False))
    _, gyr = motion(600, 60.0)
    assert run.streams[0].columns["gyr_x_radps"] == pytest.approx(gyr[:, 0], abs=1e-5)


def test_a_start_that_the_file_states_is_taken():
    head = "sep=,\nStartTime:,2026-05-01_06:00:00\n"
    (run,) = xsens.read(dot(head=head))
    assert run.started_at == datetime(2026, 5, 1, 6, tzinfo=UTC)
    assert run.wall_clock  # what a clock showed, nobody says where


def test_a_stated_rate_against_the_stamps_is_told():
    (run,) = xsens.read(dot(head="sep=,\nOutputRate:,120Hz\n"))
    assert any("states 120 Hz, its time stamps say 60 Hz" in loss for loss in run.losses)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (mtw(head="\n"), UnreadableFile, "neither a rate nor times"),
        (mtw(count=0), NotAnActivity, "no samples"),
        (
            b"PacketCounter,SampleTimeFine,FreeAcc_X,FreeAcc_Y,FreeAcc_Z\n0,0,1,2,3\n1,9,1,2,3\n",
            UnreadableFile,
            "Acc_X",
        ),
        (mtw(factor=1 / G), UnreadableFile, "expected about 9.8"),
        (b"PacketCounter of nothing", UnreadableFile, "names its columns"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(data, error, words):
    with pytest.raises(error, match=words):
        xsens.read(data)


def test_real_feet_and_low_backs_come_in_whole(shared_data):
    files = sorted((shared_data / "imu" / "ipol_gait").glob("*.txt"))
    assert files
    for file in files:
        (run,) = formats.read(file.read_bytes())
        assert run.losses == (NO_DATE_LOSS,), file.name
        assert len(run.streams[0].columns) == 6
