"""The corners of the FIT protocol, each in a file made by hand, byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from fastcrc.crc16 import arc
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Recording, Span
from backward_running.formats._fit.container import MOST_CHAINED_FILES
from backward_running.formats._fit.decoder import MOST_LAYOUTS, walk
from backward_running.formats.fit import FORMAT, read

T0 = 1_000_000_000  # FIT seconds: 2021-09-08T01:46:40Z
T0_DATE = datetime(2021, 9, 8, 1, 46, 40, tzinfo=UTC)

U1, I1, U2, I4, U4, TEXT, F4 = 0x02, 0x01, 0x84, 0x85, 0x86, 0x07, 0x88
ENUM = 0x00
RECORD, SESSION, LAP, EVENT, ACTIVITY = 20, 18, 19, 21, 34


FieldTable = Sequence[tuple[int, int, int]]


def define(local: int, message: int, fields: FieldTable, *, big: bool = False, developer: FieldTable = ()) -> bytes:
    out = bytes((0x40 | (0x20 if developer else 0) | local, 0, big)) + struct.pack(">H" if big else "<H", message)
    out += bytes((len(fields),)) + b"".join(bytes(one) for one in fields)
    return out + (bytes((len(developer),)) + b"".join(bytes(one) for one in developer) if developer else b"")


def file(
    body: bytes,
    *,
    header: int = 14,
    size: int | None = None,
    header_crc: int | None = None,
    crc: int | None = None,
) -> bytes:
    head = struct.pack("<BBHI4s", header, 0x20, 2100, len(body) if size is None else size, b".FIT")
    if header == 14:
        head += struct.pack("<H", arc(head) if header_crc is None else header_crc)
    return head + body + struct.pack("<H", arc(head + body) if crc is None else crc)


def file_id(kind: int = 4, created: int = T0) -> bytes:
    fields = [(0, 1, ENUM), (1, 2, U2), (2, 2, U2), (4, 4, U4)]
    return define(0, 0, fields) + struct.pack("<BBHHI", 0, kind, 1, 2697, created)


PLAIN_RECORD = [(253, 4, U4), (3, 1, U1), (5, 4, U4)]


def record(seconds: int, heart: int = 120, distance: int = 0, local: int = 1) -> bytes:
    return struct.pack("<BIBI", local, seconds, heart, distance)


def samples(count: int, first: int = T0) -> bytes:
    return define(1, RECORD, PLAIN_RECORD) + b"".join(record(first + k, 100 + k % 50, 250 * k) for k in range(count))


def only(data: bytes) -> Recording:
    (found,) = read(data)
    return found


def column(recording: Recording, name: str) -> list[float]:
    assert recording.main is not None
    return recording.main.columns[name].tolist()


def session(start: int, elapsed_s: float, sport: int = 1, local: int = 2) -> bytes:
    fields = [(253, 4, U4), (2, 4, U4), (5, 1, ENUM), (7, 4, U4)]
    body = struct.pack("<BIIBI", local, int(start + elapsed_s), start, sport, round(elapsed_s * 1000))
    return define(local, SESSION, fields) + body


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 10, 75, 1000])
def test_runs_of_any_length_are_read_whole(count: int) -> None:
    found = only(file(file_id() + samples(count)))
    assert found.started_at == T0_DATE
    assert found.main is not None
    assert found.main.time_s.tolist() == list(range(count))
    assert column(found, "distance_m") == [2.5 * k for k in range(count)]
    assert found.losses == ()
    assert (found.reader, found.reader_version) == (FORMAT.key, FORMAT.version)


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=200))
@settings(max_examples=60, deadline=None)
def test_interleaved_layouts_keep_file_order(order: list[int]) -> None:
    """Two layouts of records and one unknown message, in any order: the samples come in the order they were written."""
    body = file_id() + define(1, RECORD, PLAIN_RECORD) + define(2, RECORD, [(253, 4, U4), (3, 1, U1)])
    body += define(3, 0xFF77, [(0, 3, 13)])
    hearts = []
    for second, local in enumerate(order):
        heart = 60 + second % 100
        if local == 1:
            body += record(T0 + second, heart, 100 * second)
        elif local == 2:
            body += struct.pack("<BIB", 2, T0 + second, heart)
        else:
            body += b"\x03abc"
            continue
        hearts.append(float(heart))
    data = file(body)
    if not hearts:
        with pytest.raises(NotAnActivity):
            read(data)
        return
    assert column(only(data), "heart_rate_bpm") == hearts


def test_a_big_endian_file_reads_like_a_little_endian_one() -> None:
    body = define(0, 0, [(0, 1, ENUM), (1, 2, U2)], big=True) + struct.pack(">BBH", 0, 4, 32)
    body += define(1, RECORD, [*PLAIN_RECORD, (0, 4, I4), (1, 4, I4)], big=True)
    quarter = 2**29  # 45°
    for k in range(20):
        body += struct.pack(">BIBIii", 1, T0 + k, 150, 100 * k, quarter, -quarter)
    found = only(file(body))
    assert found.device.maker == "Wahoo"
    assert column(found, "distance_m")[-1] == 19.0
    assert column(found, "latitude_deg")[0] == 45.0
    assert column(found, "longitude_deg")[0] == -45.0


@pytest.mark.parametrize("header", [12, 14])
def test_both_header_lengths(header: int) -> None:
    assert only(file(file_id() + samples(3), header=header)).losses == ()


def test_a_header_checksum_of_zero_is_allowed_and_a_wrong_one_is_told() -> None:
    body = file_id() + samples(3)
    assert only(file(body, header_crc=0)).losses == ()
    assert "header" in only(file(body, header_crc=7)).losses[0]


def test_a_wrong_checksum_is_told_and_the_samples_come_in() -> None:
    found = only(file(file_id() + samples(30), crc=1))
    assert "checksum does not match" in found.losses[0]
    assert len(column(found, "distance_m")) == 30


@pytest.mark.parametrize("size", [0, 20, 10**6, 2**32 - 1])
def test_a_wrong_length_in_the_header_loses_no_sample(size: int) -> None:
    found = only(file(file_id() + samples(30), size=size))
    assert len(column(found, "distance_m")) == 30
    assert found.losses


def test_foreign_bytes_behind_the_file_are_left_out_and_told() -> None:
    found = only(file(file_id() + samples(3)) + b"<xml>not fit</xml>")
    assert "not FIT" in found.losses[0]


def test_chained_files_are_parts() -> None:
    first, second = file(file_id() + samples(3)), file(file_id() + samples(5, T0 + 1000))
    parts = read(first + second)
    assert [one.part for one in parts] == [0, 1]
    assert [one.main and len(one.main) for one in parts] == [3, 5]
    assert len({one.key for one in parts}) == 1
    assert len({one.activity_id for one in parts}) == 2


def test_a_chained_file_without_an_identity_belongs_to_the_one_before() -> None:
    found = only(file(file_id() + samples(3)) + file(samples(2, T0 + 3)))
    assert found.main is not None and len(found.main) == 5


def test_a_chain_without_end_stops() -> None:
    data = file(file_id() + samples(2)) + file(b"") * (2 * MOST_CHAINED_FILES)
    assert len(read(data)) == 1


def test_times_folded_into_five_bits() -> None:
    """A full time, then headers that carry its last five bits; 40 s later they have rolled over once."""
    body = file_id() + samples(1) + define(2, RECORD, [(3, 1, U1)])
    offsets = [5, 9, 31, 33, 40, 64]
    for offset in offsets:
        body += bytes((0x80 | 2 << 5 | ((T0 + offset) & 31), 100 + offset))
    found = only(file(body))
    assert found.main is not None
    assert found.main.time_s.tolist() == [0, *offsets]
    assert column(found, "heart_rate_bpm") == [100, *(100 + k for k in offsets)]


def test_a_folded_time_before_any_full_one_is_left_out_and_told() -> None:
    body = file_id() + define(2, RECORD, [(3, 1, U1)]) + bytes((0x80 | 2 << 5 | 3, 99)) + samples(4)
    found = only(file(body))
    assert found.main is not None and len(found.main) == 4
    assert "Without a time" in found.losses[0]


def developer_field(number: int, kind: int, name: bytes, units: bytes, native: tuple[int, int] | None = None) -> bytes:
    fields = [(0, 1, U1), (1, 1, U1), (2, 1, U1), (3, 20, TEXT), (8, 12, TEXT)]
    body = bytes((3, 0, number, kind)) + name.ljust(20, b"\0") + units.ljust(12, b"\0")
    if native is not None:
        fields += [(14, 2, U2), (15, 1, U1)]
        body += struct.pack("<HB", *native)
    return define(3, 206, fields) + body


def app(identity: bytes) -> bytes:
    return define(4, 207, [(1, 16, 13), (3, 1, U1)]) + b"\x04" + identity.ljust(16, b"\0") + b"\x00"


@pytest.mark.parametrize(
    ("identity", "name", "known"),
    [
        (b"backward-running", b"heading", True),
        (b"someone else", b"heading", False),
        (b"someone else", b"Compass", False),
    ],
)
def test_heading_comes_from_developer_fields_and_only_ours_knows_the_mount(
    identity: bytes, name: bytes, known: bool
) -> None:
    body = file_id() + app(identity) + developer_field(7, F4, name, b"degrees")
    body += define(1, RECORD, [(253, 4, U4)], developer=[(7, 4, 0)])
    for k, heading in enumerate([10.0, 370.0, float("nan"), -90.0]):
        body += struct.pack("<BIf", 1, T0 + k, heading)
    found = only(file(body))
    np.testing.assert_allclose(column(found, "heading_deg"), [10.0, 10.0, np.nan, 270.0])
    assert found.main is not None and found.main.mount_known is known


def test_a_developer_field_fills_what_the_watch_does_not_say_in_the_right_unit() -> None:
    body = file_id() + app(b"pod") + developer_field(0, F4, b"Ground Time", b"Milliseconds", (RECORD, 41))
    body += developer_field(1, U1, b"Heart Rate", b"bpm", (RECORD, 3)) + developer_field(
        2, F4, b"Power", b"horses", (RECORD, 7)
    )
    body += define(1, RECORD, PLAIN_RECORD, developer=[(0, 4, 0), (1, 1, 0), (2, 4, 0)])
    body += record(T0, 100) + struct.pack("<fBf", 250.0, 150, 3.0)
    body += record(T0 + 1, 101) + struct.pack("<fBf", 260.0, 255, 3.0)
    found = only(file(body))
    assert column(found, "contact_time_s") == [0.25, 0.26]
    assert column(found, "heart_rate_bpm") == [100.0, 101.0]  # what the watch measured itself stays
    assert found.main is not None and "power_w" not in found.main.columns  # a unit nobody knows is not guessed


def test_a_developer_field_nobody_described_is_skipped() -> None:
    body = (
        file_id()
        + define(1, RECORD, PLAIN_RECORD, developer=[(9, 3, 5)])
        + record(T0, 90)
        + b"xyz"
        + record(T0 + 1)
        + b"xyz"
    )
    assert column(only(file(body)), "heart_rate_bpm") == [90.0, 120.0]


def test_fields_whose_size_does_not_fit_their_type_are_missing() -> None:
    body = file_id() + define(1, RECORD, [(253, 4, U4), (5, 3, U4), (3, 1, U1)])
    body += struct.pack("<BI3sB", 1, T0, b"abc", 99)
    found = only(file(body))
    assert found.main is not None and set(found.main.columns) == {"heart_rate_bpm"}


def test_arrays_give_their_first_number() -> None:
    body = file_id() + define(1, RECORD, [(253, 4, U4), (6, 4, U2)]) + struct.pack("<BIHH", 1, T0, 2500, 9999)
    assert column(only(file(body)), "speed_mps") == [2.5]


def test_missing_values_are_nan_and_a_heart_rate_of_zero_is_missing() -> None:
    body = (
        file_id()
        + define(1, RECORD, PLAIN_RECORD)
        + record(T0, 255)
        + record(T0 + 1, 0)
        + record(T0 + 2, 80, 2**32 - 1)
    )
    found = only(file(body))
    np.testing.assert_array_equal(column(found, "heart_rate_bpm"), [np.nan, np.nan, 80])
    np.testing.assert_array_equal(column(found, "distance_m"), [0, 0, np.nan])
    assert found.losses == ()


def test_enhanced_fields_win_where_they_are_there() -> None:
    body = file_id() + define(1, RECORD, [(253, 4, U4), (2, 2, U2), (78, 4, U4), (73, 4, U4)])
    body += struct.pack("<BIHII", 1, T0, 2600, 2700, 3000) + struct.pack("<BIHII", 1, T0 + 1, 2600, 2**32 - 1, 3100)
    found = only(file(body))
    assert column(found, "altitude_m") == [40.0, 20.0]
    assert column(found, "speed_mps") == [3.0, 3.1]


@pytest.mark.parametrize(("sport", "expected"), [(1, 161.5), (11, 161.5), (2, 80.75)])
def test_cadence_counts_both_feet_on_foot_and_turns_on_a_bicycle(sport: int, expected: float) -> None:
    body = file_id() + define(1, RECORD, [(253, 4, U4), (4, 1, U1), (53, 1, U1)]) + struct.pack("<BIBB", 1, T0, 80, 96)
    assert column(only(file(body + session(T0, 1, sport))), "cadence_spm") == [expected]


def test_an_app_that_already_counts_both_feet_is_not_doubled() -> None:
    body = file_id() + define(1, RECORD, [(253, 4, U4), (4, 1, U1)])
    body += b"".join(struct.pack("<BIB", 1, T0 + k, 170) for k in range(9))
    assert set(column(only(file(body)), "cadence_spm")) == {170.0}


def test_packed_speed_and_distance() -> None:
    """Twelve bits of 1/100 m/s, twelve bits of 1/16 m that roll over every 256 m."""
    body = file_id() + define(1, RECORD, [(253, 4, U4), (8, 3, 13)])
    for k, sixteenths in enumerate([100, 2000, 4000, 300]):
        packed = 250 | sixteenths << 12
        body += struct.pack("<BI", 1, T0 + k) + packed.to_bytes(3, "little")
    body += struct.pack("<BI", 1, T0 + 9) + b"\xff\xff\xff"
    found = only(file(body))
    np.testing.assert_array_equal(column(found, "speed_mps"), [2.5, 2.5, 2.5, 2.5, np.nan])
    np.testing.assert_array_equal(column(found, "distance_m"), [6.25, 125.0, 250.0, 274.75, np.nan])


def test_samples_out_of_order_are_sorted_and_equal_seconds_merged() -> None:
    seconds = [0, 1, 1, 3, 2, 4]
    body = file_id() + define(1, RECORD, PLAIN_RECORD)
    body += b"".join(record(T0 + s, 100 + k) for k, s in enumerate(seconds))
    found = only(file(body))
    assert found.main is not None and found.main.time_s.tolist() == [0, 1, 2, 3, 4]
    assert column(found, "heart_rate_bpm") == [100, 102, 104, 103, 105]
    assert "jumps back once" in found.losses[0]
    assert "1 sample;" in found.losses[1]


def test_two_records_of_one_second_that_say_different_things_are_one_sample_and_no_loss() -> None:
    body = file_id() + define(1, RECORD, [(253, 4, U4), (3, 1, U1)]) + define(2, RECORD, [(253, 4, U4), (5, 4, U4)])
    for k in range(3):
        body += struct.pack("<BIB", 1, T0 + k, 90 + k) + struct.pack("<BII", 2, T0 + k, 100 * k)
    found = only(file(body))
    assert column(found, "heart_rate_bpm") == [90, 91, 92]
    assert column(found, "distance_m") == [0, 1, 2]
    assert found.losses == ()


def test_a_sample_with_a_broken_clock_does_not_stretch_the_recording() -> None:
    body = file_id() + samples(20) + record(T0 + 20 * 365 * 86400)
    found = only(file(body))
    assert found.duration_s == 19.0
    assert "1 sample" in found.losses[0]


def test_times_since_power_up_are_dated_by_the_file() -> None:
    found = only(file(file_id(created=T0) + samples(5, 1000)))
    assert found.started_at == T0_DATE
    assert "did not know the date" in found.losses[0]


def test_a_device_that_learns_the_date_on_the_way_keeps_its_first_samples() -> None:
    body = file_id() + define(1, RECORD, PLAIN_RECORD)
    body += b"".join(record(s) for s in [1000, 1001, 1002, T0, T0 + 1])
    found = only(file(body))
    assert found.main is not None and found.main.time_s.tolist() == [0, 1, 2, 3, 4]
    assert "dated back" in found.losses[0]


def test_impossible_values_are_left_out_and_told() -> None:
    body = file_id() + define(1, RECORD, [*PLAIN_RECORD, (0, 4, I4), (1, 4, I4)])
    body += record(T0, 3) + struct.pack("<ii", 2**30 + 2**29, 5) + record(T0 + 1, 90) + struct.pack("<ii", 0, 0)
    found = only(file(body))
    assert found.main is not None and "latitude_deg" not in found.main.columns  # 135° north, then 0° 0°
    assert any("heart rate" in loss for loss in found.losses)


def test_a_distance_counter_that_starts_again_is_joined() -> None:
    body = file_id() + define(1, RECORD, PLAIN_RECORD)
    body += b"".join(record(T0 + k, distance=d) for k, d in enumerate([0, 50_000, 100_000, 0, 50_000]))
    found = only(file(body))
    assert column(found, "distance_m") == [0, 500, 1000, 1000, 1500]
    assert "starts again" in found.losses[0]


def test_sessions_become_parts_with_their_own_samples_laps_and_clock() -> None:
    lap = define(5, LAP, [(253, 4, U4), (2, 4, U4), (7, 4, U4), (24, 1, ENUM)])
    lap += struct.pack("<BIIIB", 5, T0 + 10, T0, 10_000, 0) + struct.pack("<BIIIB", 5, T0 + 30, T0 + 10, 20_000, 7)
    body = file_id() + samples(31) + lap + session(T0, 10, 1) + session(T0 + 10, 20, 2)
    run, ride = read(file(body))
    assert (run.sport, run.part, run.duration_s) == ("running", 0, 10.0)
    assert (ride.sport, ride.part, ride.duration_s) == ("cycling", 1, 20.0)
    assert run.main is not None and len(run.main) == 10
    assert ride.main is not None and ride.main.time_s.tolist() == list(range(21))
    assert [(one.start_s, one.end_s, one.trigger) for one in run.laps] == [(0, 10, "manual")]
    assert [(one.start_s, one.end_s, one.trigger) for one in ride.laps] == [(0, 20, "session end")]


def test_timer_stops_are_pauses() -> None:
    body = file_id() + define(6, EVENT, [(253, 4, U4), (0, 1, ENUM), (1, 1, ENUM)])
    for second, kind in [(0, 0), (10, 4), (12, 1), (25, 0), (30, 0), (40, 4)]:
        body += struct.pack("<BIBB", 6, T0 + second, 0, kind)
    body += samples(41)
    assert only(file(body)).pauses == (Span(10, 25),)


def test_steps_and_laps_know_each_other() -> None:
    step = define(7, 27, [(254, 2, U2), (0, 16, TEXT), (1, 1, ENUM), (2, 4, U4), (7, 1, ENUM), (8, 20, TEXT)])
    step += struct.pack("<BH16sBIB20s", 7, 0, b"WARM UP", 0, 600_000, 2, b"easy")
    step += struct.pack("<BH16sBIB20s", 7, 1, b"BACK 1/6 with no", 1, 40_000, 0, b"")
    lap = define(5, LAP, [(253, 4, U4), (2, 4, U4), (7, 4, U4), (9, 4, U4), (71, 2, U2)])
    lap += struct.pack("<BIIIIH", 5, T0 + 9, T0, 9_000, 2_250, 1)
    found = only(file(file_id() + step + samples(10) + lap))
    warm, back = found.steps
    assert (warm.name, warm.notes, warm.intensity, warm.duration_s) == ("WARM UP", "easy", "warmup", 600.0)
    assert (back.name, back.notes, back.distance_m, back.duration_s) == ("BACK 1/6 with no", None, 400.0, None)
    assert found.laps[0].label == back.name  # the text had no zero byte at its end
    assert (found.laps[0].step_index, found.laps[0].distance_m) == (1, 22.5)


def test_local_time_gives_the_offset_to_the_quarter_hour() -> None:
    activity = define(8, ACTIVITY, [(253, 4, U4), (5, 4, U4)]) + struct.pack("<BII", 8, T0 + 9, T0 + 9 + 20_701)
    assert only(file(file_id() + samples(10) + activity)).utc_offset_s == 20_700  # Nepal


@pytest.mark.parametrize(
    ("active", "seconds", "quarters", "offset"),
    [
        (0, 19_800, 0, 19_800),
        (0, 2**32 - 12_600, 0, -12_600),  # of signed seconds in an unsigned field
        (0, 0, -14, -12_600),
        (0, 0, 0, None),  # what a watch writes that keeps its zone elsewhere
        (1, 3600, 4, None),  # another zone was active; only the first is read
        (0, 16 * 3600, 0, None),  # no zone is so far off
    ],
)
def test_a_watch_that_states_no_local_time_says_how_it_was_set(active, seconds, quarters, offset) -> None:
    settings = define(9, 2, [(0, 1, U1), (2, 4, U4), (5, 1, I1)])
    settings += struct.pack("<BBIb", 9, active, seconds, quarters)
    assert only(file(file_id() + settings + samples(10))).utc_offset_s == offset
    activity = define(8, ACTIVITY, [(253, 4, U4), (5, 4, U4)]) + struct.pack("<BII", 8, T0 + 9, T0 + 9 + 7200)
    assert only(file(file_id() + settings + samples(10) + activity)).utc_offset_s == 7200


def test_a_correlation_of_clocks_gives_the_offset() -> None:
    both = define(9, 162, [(253, 4, U4), (3, 4, U4)]) + struct.pack("<BII", 9, T0, T0 + 34_200)
    assert only(file(file_id() + both + samples(10))).utc_offset_s == 34_200


def test_a_session_without_samples_comes_in_with_its_totals() -> None:
    found = only(file(file_id() + session(T0, 1800)))
    assert (found.streams, found.duration_s, found.sport) == ((), 1800.0, "running")
    assert found.stated["duration_s"] == 1800.0


@pytest.mark.parametrize(
    ("kind", "words"),
    [(2, "settings"), (5, "a workout"), (6, "a course"), (32, "all-day monitoring"), (77, "file type 77")],
)
def test_other_files_are_no_activity(kind: int, words: str) -> None:
    with pytest.raises(NotAnActivity, match=words):
        read(file(file_id(kind) + samples(5)))


@pytest.mark.parametrize(
    "data", [b"", b".FIT", b"\x0e" + b"x" * 30, file(b"")[:12], file(b"\xff" * 40), file(file_id() + samples(3))[:20]]
)
def test_nothing_readable_is_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert caught.value.args[0].count("\n") == 0


def test_messages_of_no_size_do_not_hang_or_grow() -> None:
    body = file_id() + samples(2) + define(3, 0xFF00, []) + b"\x03" * 500_000
    assert only(file(body)).losses == ()


def test_more_layouts_than_any_device_has_stop_the_walk() -> None:
    body = b"".join(define(k % 16, k, []) for k in range(MOST_LAYOUTS + 5))
    found = walk(body, 0, len(body))
    assert found.problem is not None and "layout" in found.problem
    assert found.layouts == ()


def test_an_undefined_message_stops_the_walk_and_what_came_before_is_kept() -> None:
    body = file_id() + samples(20)
    found = only(file(body + b"\x0b" + b"x" * 30))
    assert found.main is not None and len(found.main) == 20
    assert f"byte {14 + len(body):,}" in found.losses[0]


def test_the_walk_goes_on_behind_a_damaged_stretch() -> None:
    """A byte lost in the middle (as a text-mode copy does) costs a few samples, not the rest of the file."""
    body = file_id() + samples(400)
    lost = len(body) - 10 * 200 - 3  # inside the 200th record from the end
    found = only(file(body[:lost] + body[lost + 1 :]))
    assert found.main is not None and len(found.main) >= 390
    assert found.main.time_s[-1] == 399
    assert any("damaged once" in loss for loss in found.losses)


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_behind_a_header_give_the_error_family_or_a_recording(tail: bytes) -> None:
    for data in (file(tail), file(file_id() + samples(2) + tail), file(file_id() + samples(9), size=5) + tail):
        try:
            assert read(data)
        except UnreadableFile as problem:
            assert str(problem)


def test_looks_like_judges_by_the_bytes() -> None:
    assert FORMAT.looks_like(file(b""))
    assert not FORMAT.looks_like(b"<gpx/>")
    assert not FORMAT.looks_like(b"")
