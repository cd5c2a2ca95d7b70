"""What a runner tells of a recording goes to the sensors it can be meant for."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.errors import BadValue
from backward_running.core.recording import Recording, Stream
from backward_running.core.supplied_metadata import PLACES, SuppliedMetadata

TIME_S = np.arange(5.0)


def sensor(place, frame="sensor", *, mount_known=False, name="acc_x_mps2"):
    return Stream(place, frame, TIME_S, {name: TIME_S}, mount_known)


def run(*streams, told=None):
    return Recording("0" * 64, datetime(2026, 5, 1, tzinfo=UTC), streams, "test", "1", told=told)


def worn(recording):
    return [(one.place, one.frame, one.mount_known) for one in recording.worn_as_told().streams]


@pytest.mark.parametrize("place", PLACES)
def test_the_one_sensor_there_is_goes_where_it_is_told(place):
    """Even if the file names a place, for the runner knows better."""
    assert worn(run(sensor("wrist"), told=SuppliedMetadata(place=place))) == [(place, "sensor", False)]


def test_of_several_only_those_without_a_place_are_moved():
    track = Stream("unknown", "earth", TIME_S, {"speed_mps": TIME_S})
    several = (track, sensor("unknown"), sensor("wrist"), sensor("unknown", name="mag_x_ut"))
    told = SuppliedMetadata(place="waist", mount_known=True)
    assert worn(run(*several, told=told)) == [
        ("unknown", "earth", False), ("waist", "body", True), ("wrist", "body", True), ("waist", "body", True),
    ]  # fmt: skip
    once = run(*several, told=told).worn_as_told()
    assert worn(once) == worn(run(*several, told=told))  # a second time changes nothing


def test_a_mounting_can_be_told_unknown():
    assert worn(run(sensor("waist", "body", mount_known=True), told=SuppliedMetadata(mount_known=False))) == [
        ("waist", "sensor", False)
    ]


@pytest.mark.parametrize("told", [None, SuppliedMetadata(), SuppliedMetadata(sport="running", rate_hz=100.0)])
def test_what_says_nothing_of_sensors_leaves_them(told):
    recording = run(sensor("waist"), told=told)
    assert recording.worn_as_told() is recording


def test_a_place_and_a_date_must_be_possible():
    with pytest.raises(BadValue, match="foot_left"):
        SuppliedMetadata(place="nose")
    with pytest.raises(BadValue, match="time zone"):
        SuppliedMetadata(started_at=datetime(2026, 5, 1))  # noqa: DTZ001


def test_said_axes_turn_every_sensor_into_the_body_once():
    names = [f"{kind}_{axis}_{unit}" for kind, unit in (("acc", "mps2"), ("gyr", "radps")) for axis in "xyz"]
    columns = {name: TIME_S + number for number, name in enumerate(names)}
    track = Stream("unknown", "earth", TIME_S, {"speed_mps": TIME_S})
    told = SuppliedMetadata(place="waist", axes=("up", "left", "back"))
    recording = run(track, Stream("unknown", "sensor", TIME_S, columns), told=told)
    once = recording.worn_as_told()
    assert worn(recording) == [("unknown", "earth", False), ("waist", "body", True)]
    turned = once.streams[1].columns
    assert set(turned) == set(names)
    for kind, unit in (("acc", "mps2"), ("gyr", "radps")):
        x, y, z = (columns[f"{kind}_{axis}_{unit}"] for axis in "xyz")
        for axis, expected in (("x", -y), ("y", -z), ("z", x)):
            assert turned[f"{kind}_{axis}_{unit}"] == pytest.approx(expected)
    again = once.worn_as_told().streams[1].columns
    assert all(np.array_equal(again[name], turned[name]) for name in names)


def test_axes_are_right_handed_and_not_unknown():
    with pytest.raises(BadValue, match="right hand"):
        SuppliedMetadata(axes=("right", "forward", "down"))
    with pytest.raises(BadValue, match="say where three axes point"):
        SuppliedMetadata(axes=("right", "up"))
    with pytest.raises(BadValue, match="be unknown, or say where"):
        SuppliedMetadata(axes=("right", "forward", "up"), mount_known=False)
