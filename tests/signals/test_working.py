"""The working stream: what is derived, what is kept, what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.work import lines_run

from backward_running.core.names import COLUMNS
from backward_running.core.recording import Recording, Stream
from backward_running.signals import working_stream


def recording(columns, *, seconds=600, sport="running", sub_sport=None, step_s=1.0) -> Recording:
    time_s = np.arange(0.0, seconds, step_s)
    streams = (Stream("wrist", "earth", time_s, {name: values.copy() for name, values in columns.items()}),)
    return Recording(
        "0" * 64,
        datetime(2026, 5, 1, tzinfo=UTC),
        streams,
        "test",
        "1",
        duration_s=float(seconds),
        sport=sport,
        sub_sport=sub_sport,
    )


def track(seconds=600, speed=2.5):
    time_s = np.arange(float(seconds))
    way_m = speed * time_s
    return {
        "latitude_deg": 48.0 + way_m / 111_200.0,
        "longitude_deg": np.full(seconds, 11.0),
        "altitude_m": 500 + 0.04 * way_m,
    }


def test_fixes_alone_give_course_distance_speed_and_grade():
    working = working_stream(recording(track()))
    assert np.allclose(working.columns["course_deg"] % 360, 0.0)
    assert working.columns["distance_m"][-1] == pytest.approx(2.5 * 599, rel=2e-3)
    assert np.allclose(working.columns["speed_mps"], 2.5, rtol=5e-3)
    assert np.nanmedian(working.columns["grade_ratio"]) == pytest.approx(0.04, rel=0.02)


def test_what_the_device_says_is_kept_and_its_holes_are_filled():
    columns = track() | {"speed_mps": np.full(600, 2.6), "distance_m": 2.6 * np.arange(600.0)}
    columns["speed_mps"][100:110] = np.nan
    columns["distance_m"][300:310] = np.nan
    working = working_stream(recording(columns))
    assert working.columns["speed_mps"][0] == 2.6
    assert np.allclose(working.columns["speed_mps"], 2.6)
    assert np.allclose(working.columns["distance_m"], 2.6 * np.arange(600.0))


def test_indoors_there_is_no_course_and_no_grade_unless_stated():
    columns = track() | {"speed_mps": np.full(600, 2.5)}
    working = working_stream(recording(columns, sub_sport="treadmill"))
    assert "course_deg" not in working.columns
    assert "grade_ratio" not in working.columns
    assert working.columns["distance_m"][-1] == pytest.approx(2.5 * 599)
    stated = working_stream(recording(columns | {"grade_ratio": np.full(600, 0.02)}, sub_sport="treadmill"))
    assert np.all(stated.columns["grade_ratio"] == 0.02)


def test_clock_and_mount_are_those_of_the_main_stream_and_nothing_is_writable():
    one = recording(track())
    working = working_stream(one)
    assert working.time_s is one.main.time_s
    assert working.mount_known is one.main.mount_known
    assert not any(values.flags.writeable for values in working.columns.values())


def test_no_stream_gives_none():
    one = Recording("0" * 64, datetime(2026, 5, 1, tzinfo=UTC), (), "test", "1", duration_s=10.0)
    assert working_stream(one) is None


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_holes_anywhere_never_break_it_and_values_stay_in_range(data):
    seconds = data.draw(st.integers(1, 80))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    names = data.draw(
        st.sets(
            st.sampled_from(
                [
                    "latitude_deg",
                    "longitude_deg",
                    "altitude_m",
                    "distance_m",
                    "speed_mps",
                    "cadence_spm",
                    "heart_rate_bpm",
                ]
            )
        )
    )
    columns = {}
    for name in sorted(names):
        values = rng.uniform(0.0, 50.0, seconds)
        values[rng.random(seconds) < data.draw(st.floats(0, 1))] = np.nan
        columns[name] = values
    working = working_stream(recording(columns, seconds=seconds))
    for name in ("course_deg", "grade_ratio", "speed_mps"):
        values = working.columns.get(name, np.zeros(0))
        values = values[np.isfinite(values)]
        assert np.all((values >= COLUMNS[name].lowest) & (values <= COLUMNS[name].highest))
    if "distance_m" in working.columns:
        assert (
            np.all(np.diff(working.columns["distance_m"]) >= 0) or not np.isfinite(working.columns["distance_m"]).any()
        )


def test_ten_hours_take_no_more_steps_than_one():
    def hours(count):
        one = recording(track(3_600 * count), seconds=3_600 * count)
        return lines_run(lambda: working_stream(one))

    hours(1)  # what is read once and kept
    assert hours(10) < 3 * hours(1)  # a loop over samples would be ten times
