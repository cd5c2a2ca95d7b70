"""Motion sensors in FIT files: many samples in a message, calibrated, compressed or raw."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from backward_running.core.errors import BackwardRunningError
from backward_running.formats import read
from backward_running.formats._fit import profile
from backward_running.formats._fit.encode import Told, Writer

START = 1_146_549_600
G = 9.80665
MS, OFFSETS = 0, 1


def array(number, type_byte, letter, values):
    return Told(number, type_byte, struct.pack(f"<{len(values)}{letter}", *values))


def floats(first, axes):
    return [array(first + k, profile.FLOAT32, "f", axes[:, k]) for k in range(3)]


def unsigned(first, axes):
    return [array(first + k, profile.UINT16, "H", [round(v) for v in axes[:, k]]) for k in range(3)]


def header(writer):
    writer.message(profile.FILE_ID, [Told(0, profile.ENUM, 4), Told(4, profile.UINT32, START)])


def session(writer, seconds):
    writer.message(
        profile.SESSION,
        [Told(253, profile.UINT32, START + seconds), Told(2, profile.UINT32, START), Told(5, profile.ENUM, 1),
         Told(7, profile.UINT32, seconds * 1000)],
    )  # fmt: skip


def motion(k):
    """Five seconds at rest, then shaken; acceleration in g, rate in degrees per second."""
    time = k / 100
    shaken = (time >= 5) * np.sin(2 * np.pi * 2 * time)
    acc = np.column_stack([0.3 * shaken + 0.001 * (k % 3), 0.01 * np.cos(k), 1 + 0.5 * shaken])
    gyr = np.column_stack([200 * shaken + 0.1 * (k % 5), 0.3 * np.cos(k), 50 * shaken])
    return acc, gyr


def watch_file(seconds=10, per_message=25, *, acc_fields=None, extra=None, offsets=True, records=True):
    """A watch that writes a record each second and its sensors at 100 Hz, 25 samples in a message."""
    writer = Writer()
    header(writer)
    if extra:
        extra(writer)
    for second in range(seconds):
        if records:
            writer.message(
                profile.RECORD, [Told(253, profile.UINT32, START + second), Told(3, profile.UINT8, 120 + second)]
            )
        for first in range(0, 100, per_message):
            k = second * 100 + first + np.arange(per_message)
            acc, gyr = motion(k)
            front = [Told(253, profile.UINT32, START + second), Told(MS, profile.UINT16, first * 10)]
            if offsets:
                front.append(array(OFFSETS, profile.UINT16, "H", [10 * j for j in range(per_message)]))
            fields = floats(5, acc) if acc_fields is None else acc_fields(acc)
            writer.message(profile.ACCELEROMETER_DATA, [*front, *fields])
            writer.message(profile.GYROSCOPE_DATA, [*front, *floats(5, gyr)])
            field = np.full((per_message, 3), 0.2) + 0.01 * (k % 4)[:, None]
            writer.message(profile.MAGNETOMETER_DATA, [*front, *floats(5, field)])
    session(writer, seconds)
    return writer.file()


def test_calibrated_samples_come_in_si_units_on_one_clock_behind_the_watch():
    (run,) = read(watch_file())
    main, sensor = run.streams
    assert main.columns["heart_rate_bpm"].tolist() == [120.0 + s for s in range(10)]
    assert (sensor.place, sensor.frame, sensor.mount_known) == ("unknown", "sensor", False)
    assert sensor.time_s == pytest.approx(np.arange(1000) / 100, abs=1e-6)
    acc, gyr = motion(np.arange(1000))
    for index, axis in enumerate("xyz"):
        assert sensor.columns[f"acc_{axis}_mps2"] == pytest.approx(acc[:, index] * G, abs=1e-4)
        assert sensor.columns[f"gyr_{axis}_radps"] == pytest.approx(np.radians(gyr[:, index]), abs=1e-4)
        assert sensor.columns[f"mag_{axis}_ut"][:2] == pytest.approx([20.0, 21.0], abs=1e-4)
    assert run.losses == ()
    assert run.duration_s == 10.0


def test_compressed_samples_are_thousandths_of_g():
    def compressed(acc):
        return [array(8 + k, 0x83, "h", [round(v * 1000) for v in acc[:, k]]) for k in range(3)]

    (run,) = read(watch_file(acc_fields=compressed))
    assert run.streams[1].columns["acc_z_mps2"][:100] == pytest.approx(np.full(100, G), abs=0.01)


def test_raw_samples_are_converted_by_their_calibration():
    turn = np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]])
    offset, shift, factor, divisor = np.array([12, -7, 5]), 32768, 2, 4096

    def calibrate(writer):
        writer.message(
            profile.SENSOR_CALIBRATION,
            [
                Told(253, profile.UINT32, START), Told(0, profile.ENUM, 0), Told(1, profile.UINT32, factor),
                Told(2, profile.UINT32, divisor), Told(3, profile.UINT32, shift),
                array(4, profile.SINT32, "i", offset),
                array(5, profile.SINT32, "i", (turn * 65535).astype(int).ravel()),
            ],
        )  # fmt: skip

    def stored(acc):
        return unsigned(2, acc @ turn * divisor / factor + offset + shift)

    (run,) = read(watch_file(acc_fields=stored, extra=calibrate))
    acc, _ = motion(np.arange(1000))
    for index, axis in enumerate("xyz"):
        assert run.streams[1].columns[f"acc_{axis}_mps2"] == pytest.approx(acc[:, index] * G, abs=0.01)


def test_raw_samples_without_a_calibration_are_left_out_and_told():
    (run,) = read(watch_file(acc_fields=lambda acc: unsigned(2, acc * 1000 + 32768)))
    assert "acc_x_mps2" not in run.streams[1].columns
    assert run.streams[1].has("gyr_x_radps")
    assert any("accelerometer was left out: its values are raw" in loss for loss in run.losses)


def test_thousandths_in_the_field_for_g_are_told_by_gravity():
    (run,) = read(watch_file(acc_fields=lambda acc: floats(5, acc * 1000)))
    assert float(np.median(run.streams[1].columns["acc_z_mps2"][:400])) == pytest.approx(G, abs=0.05)


def test_a_unit_that_cannot_be_costs_only_that_sensor():
    (run,) = read(watch_file(acc_fields=lambda acc: floats(5, acc * 30)))
    assert run.main.has("heart_rate_bpm")
    assert any(loss.startswith("The accelerometer was left out: expected about 9.8") for loss in run.losses)


def test_without_offsets_the_samples_share_the_time_to_the_next_message():
    (run,) = read(watch_file(offsets=False))
    assert run.streams[1].time_s == pytest.approx(np.arange(1000) / 100, abs=1e-6)


def test_sensors_alone_are_a_recording():
    (run,) = read(watch_file(records=False))
    assert [len(stream) for stream in run.streams] == [1000]
    assert run.sport == "running"


def test_short_arrays_filled_with_nothing_are_no_samples():
    def half_filled(acc):
        values = acc.copy()
        values[15:] = np.nan
        return floats(5, values)

    (run,) = read(watch_file(seconds=6, acc_fields=half_filled))
    assert np.isfinite(run.streams[1].columns["acc_x_mps2"]).sum() <= 6 * 4 * 16


def test_samples_counted_from_switching_on_are_tied_to_the_date():
    writer = Writer()
    header(writer)
    writer.message(profile.TIMESTAMP_CORRELATION, [Told(253, profile.UINT32, START), Told(1, profile.UINT32, 5000)])
    for second in range(6):
        for first in range(0, 100, 25):
            acc, _ = motion(second * 100 + first + np.arange(25))
            writer.message(
                profile.ACCELEROMETER_DATA,
                [Told(253, profile.UINT32, 5000 + second), Told(MS, profile.UINT16, first * 10),
                 array(OFFSETS, profile.UINT16, "H", [10 * j for j in range(25)]), *floats(5, acc)],
            )  # fmt: skip
    session(writer, 6)
    (run,) = read(writer.file())
    assert run.started_at.timestamp() == START + profile.EPOCH_S
    assert run.streams[0].time_s[[0, -1]] == pytest.approx([0.0, 5.99])


def test_damaged_sensor_messages_stay_in_the_family():
    data = bytearray(watch_file(seconds=3))
    rng = np.random.default_rng(0)
    for _ in range(150):
        broken = bytearray(data)
        for at in rng.integers(14, len(data), 4):
            broken[at] ^= 1 << int(rng.integers(8))
        try:
            runs = read(bytes(broken))
        except BackwardRunningError as refusal:
            assert "\n" not in str(refusal)
        else:
            assert all(np.all(np.diff(stream.time_s) > 0) for run in runs for stream in run.streams)
