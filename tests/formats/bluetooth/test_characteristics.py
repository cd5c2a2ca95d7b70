"""Golden bytes, laid out by hand after the order of fields that the Bluetooth SIG publishes; no device gave them."""

from __future__ import annotations

import pytest

from backward_running.core.errors import UnreadableFile
from backward_running.formats.bluetooth.heart_rate import read_heart_rate
from backward_running.formats.bluetooth.running_speed_cadence import FootPod, read_running_speed_cadence
from backward_running.formats.bluetooth.treadmill_data import TreadmillData, read_treadmill_data

#: Every field at once: flags, 8.50 km/h, mean 8.00, 1,234 m, 2.5 % and 1.4°, rise and fall, two paces, energy, 151/min,
#: a metabolic equivalent, elapsed, remaining, force and power.
ALL = "fe1f 5203 2003 d20400 1900 0e00 0a00 0500 46 40 6400 5802 0a 97 55 5802 2c01 6400 c800"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("0000 0000", TreadmillData(speed_mps=0.0)),
        ("0000 f401", TreadmillData(speed_mps=5.0 / 3.6)),
        ("0800 f401 ecff ff7f", TreadmillData(speed_mps=5.0 / 3.6, grade_ratio=-0.02)),
        ("0800 f401 ff7f ff7f", TreadmillData(speed_mps=5.0 / 3.6)),
        ("0501 e80300 8c", TreadmillData(distance_m=1000.0, heart_rate_bpm=140.0)),
        ("0001 f401 00", TreadmillData(speed_mps=5.0 / 3.6)),
        (ALL, TreadmillData(8.5 / 3.6, 0.025, 1234.0, 151.0)),
        # A walking pad as its owner published it: a reserved flag, and bytes of its maker's at the end.
        ("8424 9001 0a0000 0100 ffff ff 3c00 1400 00", TreadmillData(speed_mps=4.0 / 3.6, distance_m=10.0)),
        # A pace of two bytes, as later papers have it: what stands behind it is not believed.
        ("2001 f401 4600 8c", TreadmillData(speed_mps=5.0 / 3.6)),
    ],
)
def test_a_treadmill(data, told):
    read = read_treadmill_data(bytes.fromhex(data))
    for name in ("speed_mps", "grade_ratio", "distance_m", "heart_rate_bpm"):
        expected = getattr(told, name)
        assert getattr(read, name) == (None if expected is None else pytest.approx(expected)), name


@pytest.mark.parametrize(
    ("data", "bpm"),
    [
        ("00 8e", 142.0), ("01 8e00", 142.0), ("06 8e", 142.0), ("04 8e", None), ("00 00", None),
        ("16 8e 0004 0004", 142.0), ("1f 2c01 1000 0004", 300.0),
    ],
)  # fmt: skip
def test_a_strap(data, bpm):
    assert read_heart_rate(bytes.fromhex(data)) == bpm


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("04 0003 a8", FootPod(3.0, 168.0)),
        ("07 0003 a8 d600 10270000", FootPod(3.0, 168.0)),
        ("04 0003 54", FootPod(3.0, 168.0)),  # of one foot
        ("00 6601 37", FootPod(358 / 256, 110.0)),  # of one foot, walking
        ("00 6601 6e", FootPod(358 / 256, 110.0)),
        ("00 0000 00", FootPod(0.0, None)),
    ],
)
def test_a_foot_pod(data, told):
    assert read_running_speed_cadence(bytes.fromhex(data)) == told


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        (read_treadmill_data, ALL),
        (read_heart_rate, "01 8e00"),
        (read_running_speed_cadence, "07 0003 a8 d600 10270000"),
    ],
)
def test_a_message_that_was_cut_off_is_refused_in_a_sentence_at_every_byte(read, whole):
    data = bytes.fromhex(whole)
    read(data)
    for end in range(len(data)):
        with pytest.raises(UnreadableFile, match="was cut off and is left out"):
            read(data[:end])
