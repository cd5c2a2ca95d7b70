"""What the writer writes, our reader and two independent decoders read back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import fitdecode
import numpy as np
import pyfitparsernative
import pytest
from fastcrc.crc16 import arc
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.work import lines_run

from backward_running.core.errors import BadValue
from backward_running.core.recording import Device, FloatArray, Lap, RecordedStep, Recording, Span, Stream
from backward_running.formats._cadence import STRIDES_BELOW_RUNNING
from backward_running.formats._fit.encode import Column, Told, Writer, fit_seconds
from backward_running.formats.fit import read
from backward_running.formats.fit_activity import FitActivity, write_activity

START = datetime(2026, 3, 1, 8, tzinfo=UTC)

#: Column → the smallest step that FIT can say.
STEPS = {
    "latitude_deg": 180 / 2**31,
    "longitude_deg": 180 / 2**31,
    "altitude_m": 0.2,
    "distance_m": 0.01,
    "speed_mps": 0.001,
    "heart_rate_bpm": 1.0,
    "cadence_spm": 2 / 128,
    "power_w": 1.0,
    "temperature_degc": 1.0,
    "vertical_oscillation_m": 1e-4,
    "contact_time_s": 1e-4,
    "step_length_m": 1e-4,
    "heading_deg": 1e-4,
}

RANGES = {
    "latitude_deg": (-89.0, 89.0),
    "longitude_deg": (1.0, 179.0),
    "altitude_m": (-400.0, 8800.0),
    "speed_mps": (0.0, 50.0),
    "heart_rate_bpm": (30.0, 220.0),
    # From twice the border on, a reader cannot know whether a file counts one leg or both: that is asked elsewhere.
    "cadence_spm": (0.0, 2.0 * STRIDES_BELOW_RUNNING.value - 1.0),
    "power_w": (0.0, 2500.0),
    "temperature_degc": (-50.0, 70.0),
    "vertical_oscillation_m": (0.0, 0.3),
    "contact_time_s": (0.06, 1.5),
    "step_length_m": (0.0, 3.0),
    "heading_deg": (0.0, 359.9),
}


def hour(count: int = 3600) -> Stream:
    t = np.arange(count, dtype=np.float64)
    columns: dict[str, FloatArray] = {
        "latitude_deg": 48 + t * 1e-6,
        "longitude_deg": 11 - t * 1e-6,
        "altitude_m": 500 + np.round(np.sin(t / 100) * 5) / 5,
        "distance_m": t * 2.5,
        "speed_mps": np.full(count, 2.5),
        "heart_rate_bpm": np.where(t % 50 == 7, np.nan, np.round(140 + 5 * np.sin(t / 60))),
        "cadence_spm": 160 + np.mod(t, 8) / 64,
        "heading_deg": np.mod(t, 360.0),
    }
    return Stream("chest", "earth", t, columns)


def activity(count: int = 3600) -> FitActivity:
    return FitActivity(
        START,
        hour(count),
        utc_offset_s=3600,
        sport="running",
        sub_sport="track",
        laps=(Lap(0, 600, "manual"), Lap(600, count - 1, "distance", step_index=1)),
        steps=(
            RecordedStep(0, "WARM UP", "easy", "warmup", 600.0),
            RecordedStep(1, "BACK 1/6", "Look over your shoulder", "active", None, 400.0),
            RecordedStep(2, "HOME", None, "cooldown"),
        ),
        pauses=(Span(100, 160), Span(700, 760)),
        title="Track, both ways",
        device=Device(product="treadmill pod", serial="77"),
    )


def back(made: FitActivity) -> Recording:
    (found,) = read(write_activity(made))
    return found


def test_everything_said_is_read_back() -> None:
    made = activity()
    found = back(made)
    assert found.started_at == START
    assert found.utc_offset_s == 3600
    assert (found.sport, found.sub_sport, found.title) == ("running", "track", "Track, both ways")
    assert found.device == Device("development", "treadmill pod", "77")
    assert found.pauses == made.pauses
    assert found.steps == made.steps
    assert [(lap.start_s, lap.end_s, lap.trigger, lap.step_index, lap.label) for lap in found.laps] == [
        (0, 600, "manual", None, None),
        (600, 3599, "distance", 1, "BACK 1/6"),
    ]
    assert [lap.distance_m for lap in found.laps] == [1500.0, 7497.5]
    assert found.duration_s == 3599.0
    assert found.stated["distance_m"] == 8997.5
    assert found.losses == ()
    assert found.main is not None and found.main.mount_known
    assert not found.simulated
    assert set(found.main.columns) == set(made.stream.columns)
    for name, values in made.stream.columns.items():
        np.testing.assert_allclose(found.main.columns[name], values, atol=STEPS[name] / 2 + 1e-9, err_msg=name)


def test_without_steps_the_title_comes_back_too() -> None:
    assert back(replace(activity(), steps=())).title == "Track, both ways"


def test_simulated_is_said_first_and_last() -> None:
    made = replace(activity(), simulated=True)
    data = write_activity(made)
    found = read(data)[0]
    assert found.simulated
    assert found.device.product == "Backward simulator"
    assert read(data[:5000])[0].simulated  # the session at the end is gone: the product's name says it
    renamed = data.replace(b"Backward simulator", b"Something else\0\0\0\0")
    assert read(renamed)[0].simulated  # the name is gone: the session says it


def test_same_activity_same_bytes() -> None:
    assert write_activity(activity()) == write_activity(activity())


def test_a_time_zone_does_not_change_the_moment() -> None:
    elsewhere = START.astimezone(timezone(timedelta(hours=9)))
    assert back(replace(activity(), started_at=elsewhere)).started_at == START


def test_one_lap_is_made_where_none_is_given() -> None:
    (lap,) = back(replace(activity(), laps=())).laps
    assert (lap.start_s, lap.end_s) == (0, 3599)


def test_a_treadmill_run_without_positions() -> None:
    stream = Stream("unknown", "earth", np.arange(60.0), {"heart_rate_bpm": np.full(60, 120.0)})
    found = back(FitActivity(START, stream, sub_sport="treadmill"))
    assert found.indoor
    assert found.main is not None and set(found.main.columns) == {"heart_rate_bpm"}
    assert "distance_m" not in found.stated
    assert found.utc_offset_s is None


def test_a_naive_start_and_an_unknown_sport_are_refused() -> None:
    with pytest.raises(BadValue, match="time zone"):
        FitActivity(datetime(2026, 3, 1), hour(5))  # noqa: DTZ001
    with pytest.raises(BadValue, match="running"):
        FitActivity(START, hour(5), sport="quidditch")
    with pytest.raises(BadValue, match="laps"):
        FitActivity(START, hour(5), laps=(Lap(3, 3),))


@st.composite
def streams(draw: st.DrawFn) -> Stream:
    seconds = np.array(sorted(draw(st.sets(st.integers(0, 5000), min_size=1, max_size=60))), dtype=np.float64)
    chosen = draw(st.sets(st.sampled_from(sorted(RANGES)), min_size=1))
    if {"latitude_deg", "longitude_deg"} & chosen:  # a position needs both
        chosen |= {"latitude_deg", "longitude_deg"}
    columns: dict[str, FloatArray] = {}
    for name in sorted(chosen):
        low, high = RANGES[name]
        value = st.floats(low, high)
        if name not in ("latitude_deg", "longitude_deg"):
            value = st.one_of(value, st.just(float("nan")))
        columns[name] = np.array(draw(st.lists(value, min_size=len(seconds), max_size=len(seconds))))
    return Stream("unknown", "earth", seconds, columns)


@given(streams())
@settings(max_examples=80, deadline=None)
def test_any_stream_survives_to_the_resolution_of_fit(stream: Stream) -> None:
    found = back(FitActivity(START, stream))
    assert found.main is not None
    np.testing.assert_array_equal(found.main.time_s, stream.time_s)
    for name, values in stream.columns.items():
        if np.isnan(values).all():
            assert name not in found.main.columns
            continue
        np.testing.assert_allclose(found.main.columns[name], values, atol=STEPS[name] / 2 + 1e-6, err_msg=name)


THEIRS = {
    "distance": ("distance_m", 1.0),
    "heart_rate": ("heart_rate_bpm", 1.0),
    "position_lat": ("latitude_deg", 2**31 / 180),
    "position_long": ("longitude_deg", 2**31 / 180),
    "enhanced_altitude": ("altitude_m", 1.0),
    "enhanced_speed": ("speed_mps", 1.0),
}


def assert_same_records(rows: list[dict[str, object]], heading: str) -> None:
    made = activity()
    assert len(rows) == len(made.stream)
    for name, (column, factor) in THEIRS.items():
        theirs = np.array([np.nan if row.get(name) is None else float(str(row[name])) for row in rows])
        expected = made.stream.columns[column] * factor
        tolerance = 0.51 if name.startswith("position") else 1e-6
        np.testing.assert_allclose(theirs, expected, rtol=0, atol=tolerance, err_msg=name)
    np.testing.assert_array_equal([row[heading] for row in rows], made.stream.columns["heading_deg"])


def test_fitdecode_reads_the_same() -> None:
    reader = fitdecode.FitReader(
        io.BytesIO(write_activity(activity())),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    )
    frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert_same_records(
        [{one.name: one.value for one in frame.fields} for frame in frames if frame.name == "record"], "heading"
    )
    assert frames[0].name == "file_id"
    assert frames[-1].name == "activity"
    (session,) = [frame for frame in frames if frame.name == "session"]
    assert session.get_value("sport") == "running"
    assert session.get_value("sub_sport") == "track"
    assert session.get_value("total_elapsed_time") == 3599.0
    assert session.get_value("total_timer_time") == 3479.0
    events = [(f.get_value("event"), f.get_value("event_type")) for f in frames if f.name == "event"]
    assert events == [("timer", kind) for kind in ["start", "stop_all", "start", "stop_all", "start", "stop_all"]]
    names = [frame.get_value("wkt_step_name", fallback=None) for frame in frames if frame.name == "workout_step"]
    assert names == ["WARM UP", "BACK 1/6", "HOME"]


def test_the_native_decoder_reads_the_same() -> None:
    messages = pyfitparsernative.parse_fit_bytes(write_activity(activity()))
    assert_same_records([one for one in messages if one["message_type"] == "record"], "developer_field_0")
    (session,) = [one for one in messages if one["message_type"] == "session"]
    assert (session["sport"], session["total_distance"], session["num_laps"]) == ("running", 8997.5, 2)


def test_the_file_has_the_published_structure() -> None:
    data = write_activity(FitActivity(START, hour(30)))
    assert data[0] == 14
    assert data[8:12] == b".FIT"
    assert int.from_bytes(data[4:8], "little") == len(data) - 16
    assert int.from_bytes(data[12:14], "little") == arc(data[:12])
    assert int.from_bytes(data[-2:], "little") == arc(data[:-2])
    assert data[14] & 0xC0 == 0x40  # the first message is a definition …
    assert data[17:19] == b"\0\0"  # … of a file_id


def test_definitions_are_not_repeated_and_local_numbers_are_reused_with_care() -> None:
    writer = Writer()
    for kind in [*range(20), 0, 0, 19]:
        writer.message(kind + 300, [Told(0, 0x02, kind)])
    # twenty definitions of nine bytes; kind 0 lost its local number to kind 16 and is defined again; 19 is still known
    assert len(writer.file()) == 16 + 21 * 9 + 23 * 2


def test_values_beyond_a_field_are_missing_in_columns_and_refused_alone() -> None:
    writer = Writer()
    writer.records(20, np.array([1, 2, 3]), [Column(3, 0x02, np.array([300.0, -4.0, 90.0]))])
    assert writer.file()[-2 - 3 * 6 :][5:-2:6] == b"\xff\xff\x5a"
    with pytest.raises(BadValue, match="fit into 1 bytes"):
        writer.message(20, [Told(3, 0x02, 300)])


def test_fit_counts_from_the_end_of_1989() -> None:
    assert fit_seconds(datetime(1990, 1, 1, tzinfo=UTC)) == 86400


def test_ten_hours_are_written_and_read_in_as_many_steps_as_one() -> None:
    def hours(count: int) -> tuple[int, int]:
        made, data = activity(3600 * count), []
        written = lines_run(lambda: data.append(write_activity(made)))
        return written, lines_run(lambda: read(data[0]))

    hours(1)  # what is read once and kept
    for ten, one in zip(hours(10), hours(1), strict=True):
        assert ten < 3 * one  # a loop over samples would be ten times
