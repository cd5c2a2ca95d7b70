"""Every real FIT file either comes in or is refused in a sentence; independent decoders agree on what was read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import fitdecode
import numpy as np
import pyfitparsernative
import pytest
from fitdecode.types import DevFieldDefinition

from backward_running import formats
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.names import COLUMNS
from backward_running.formats._fit import profile
from backward_running.formats._fit.container import segments_of
from backward_running.formats._fit.decoder import walk
from backward_running.formats._fit.records import Records, join, read_records
from backward_running.formats._fit.values import Clock
from backward_running.formats.fit import FORMAT, read

NOT_ACTIVITIES = {
    "fit__Settings.fit": "settings",
    "fittrackee__example.fit": "a course",
    "pythonfitpar__DeveloperData.fit": "carry no time",
    "pythonfitpar__MonitoringFile.fit": "all-day monitoring",
    "pythonfitpar__Settings.fit": "settings",
    "pythonfitpar__Settings2.fit": "settings",
    "pythonfitpar__WeightScaleMultiUser.fit": "body weights",
    "pythonfitpar__WeightScaleSingleUser.fit": "body weights",
    "pythonfitpar__WorkoutCustomTargetValues.fit": "a workout",
    "pythonfitpar__WorkoutIndividualSteps.fit": "a workout",
    "pythonfitpar__WorkoutRepeatGreaterThanStep.fit": "a workout",
    "pythonfitpar__WorkoutRepeatSteps.fit": "a workout",
}

#: Column → what the independent decoders call it, and what turns their number into ours.
THEIR_NAMES = {
    "latitude_deg": ("position_lat", 180.0 / 2**31),
    "longitude_deg": ("position_long", 180.0 / 2**31),
    "heart_rate_bpm": ("heart_rate", 1.0),
    "distance_m": ("distance", 1.0),
    "cadence_spm": ("cadence", 1.0),
    "altitude_m": ("enhanced_altitude", 1.0),
    "speed_mps": ("enhanced_speed", 1.0),
    "power_w": ("power", 1.0),
}


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((folder / "activities" / "fit").iterdir()):
        for _, data in formats.unwrap(path.name, path.read_bytes()):
            yield path.name, data


def natively_decoded(data: bytes) -> Records:
    """Our records in file order, developer fields left aside."""
    raw = np.frombuffer(data, np.uint8)
    parts = []
    for segment in segments_of(data):
        found = walk(data, segment.start, segment.end)
        parts.append(read_records(found, raw, Clock(found, raw), {}))
    return join([part for part in parts if len(part)]) if any(len(part) for part in parts) else Records()


def test_every_file_comes_in_or_is_refused_in_one_sentence(shared_data: Path) -> None:
    seen = 0
    for name, data in files(shared_data):
        seen += 1
        assert FORMAT.looks_like(data), name
        if name in NOT_ACTIVITIES:
            with pytest.raises(NotAnActivity, match=NOT_ACTIVITIES[name]) as caught:
                read(data)
            assert str(caught.value).endswith("."), name
            continue
        recordings = read(data)
        assert recordings, name
        for part, recording in enumerate(recordings):
            assert recording.part == part, name
            assert all(loss.endswith(".") and "\n" not in loss for loss in recording.losses), name
            assert recording.streams or recording.laps or recording.stated, name
            assert recording.duration_s > 0, name
            for stream in recording.streams:
                assert set(stream.columns) <= set(COLUMNS), name
                assert (np.diff(stream.time_s) > 0).all(), name
                assert stream.time_s[-1] <= recording.duration_s, name
    assert seen == 83


#: What is known of single files: (sports in order, samples in order).
KNOWN = {
    "pythonfitpar__sample_mulitple_header.fit": (
        ["swimming", "transition", "cycling", "transition", "running"],
        [349, 38, 854, 14, 518],
    ),
    "pythonfitpar__activity-activity-filecrc.fit": (["running", "running"], [14, 14]),
    "pythonfitpar__activity-settings.fit": (["running"], [14]),
    "pythonfitpar__activity-settings-corruptheader.fit": (["running"], [14]),
    "pythonfitpar__compressed-speed-distance.fit": (["running"], [755]),
    "pythonfitpar__garmin-fenix-5-walk.fit": (["walking"], [17]),
    "goldencheeta__2012_02_05_09_03_59.fit": (["cycling"], [0]),
    "goldencheeta__Fr955v19.28andStryd.fit.zip": (["running"], [3118]),
}


def test_sports_and_samples_of_known_files(shared_data: Path) -> None:
    found = {
        name: ([one.sport for one in read(data)], [0 if one.main is None else len(one.main) for one in read(data)])
        for name, data in files(shared_data)
        if name in KNOWN
    }
    assert found == KNOWN


def test_damaged_files_say_what_is_lost(shared_data: Path) -> None:
    losses = {name: " ".join(read(data)[0].losses) for name, data in files(shared_data) if name not in NOT_ACTIVITIES}
    assert "checksum does not match" in losses["pythonfitpar__activity-filecrc.fit"]
    assert "breaks off at byte 768" in losses["pythonfitpar__activity-unexpected-eof.fit"]
    assert "not FIT" in losses["pythonfitpar__activity-settings-corruptheader.fit"]
    assert "chest strap" not in losses["pythonfitpar__event_timestamp.fit"]
    assert "did not know the date" in losses["pythonfitpar__antfs-dump.63.fit"]
    assert losses["pythonfitpar__garmin-fenix-5-run.fit"] == ""


def test_a_run_of_a_watch_in_detail(shared_data: Path) -> None:
    data = (shared_data / "activities/fit/pythonfitpar__garmin-fenix-5-run.fit").read_bytes()
    (run,) = read(data)
    assert run.started_at == datetime(2017, 6, 11, 14, 34, 9, tzinfo=UTC)
    assert (run.device.maker, run.device.product) == ("Garmin", "fēnix 5")
    assert run.utc_offset_s == -7 * 3600
    assert run.title == "Run"
    assert run.stated["steps_count"] == 156
    assert run.main is not None
    cadence = run.main.columns["cadence_spm"]
    assert 100 < np.nanmax(cadence) < 220  # steps of both feet, not strides
    assert 0.1 < np.nanmedian(run.main.columns["contact_time_s"]) < 0.5
    assert 0.02 < np.nanmedian(run.main.columns["vertical_oscillation_m"]) < 0.15


def same(ours: np.ndarray, theirs: np.ndarray) -> bool:
    return bool(
        np.array_equal(np.isnan(ours), np.isnan(theirs)) and np.allclose(ours, theirs, 1e-6, 1e-6, equal_nan=True)
    )


def disagreements(ours: Records, theirs: list[dict[str, object]], times: list[int | None]) -> list[str]:
    """Name what an independent decoder reads differently."""
    if len(ours) != len(theirs):
        return [f"{len(ours)} records, theirs {len(theirs)}"]
    found = []
    told = [(mine, their) for mine, their in zip(ours.seconds.tolist(), times, strict=True) if their is not None]
    if any(mine != their for mine, their in told):
        found.append("timestamp")
    for column, (name, factor) in THEIR_NAMES.items():
        # The plain field first: the native decoder loses the last digit where it copies it to the enhanced one.
        plain = name.removeprefix("enhanced_")
        numbers = [one.get(name) if one.get(plain) is None else one.get(plain) for one in theirs]
        their_column = np.array([float(n) if isinstance(n, int | float) else np.nan for n in numbers]) * factor
        our_column = ours.columns.get(column, np.full(len(ours), np.nan))
        if column == "cadence_spm":
            parts = [one.get("fractional_cadence") for one in theirs]
            their_column = their_column + np.array([float(n) if isinstance(n, int | float) else 0.0 for n in parts])
        if not same(our_column, their_column):
            found.append(column)
    return found


def fit_second(moment: object) -> int | None:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return int(moment.timestamp()) - profile.EPOCH_S if isinstance(moment, datetime) else None


#: What the native decoder does not read: speed and distance packed into three bytes.
NATIVE_DIFFERS = {"pythonfitpar__compressed-speed-distance.fit": ["distance_m", "speed_mps"]}


def test_records_agree_with_the_native_decoder(shared_data: Path) -> None:
    agreed, differ = 0, {}
    for name, data in files(shared_data):
        try:
            messages = pyfitparsernative.parse_fit_bytes(data)
        except ValueError:
            continue  # it refuses damaged files
        theirs = [one for one in messages if one.get("message_type") == "record"]
        found = disagreements(natively_decoded(data), theirs, [fit_second(one.get("timestamp")) for one in theirs])
        if found:
            differ[name] = found
        agreed += not found
    assert differ == NATIVE_DIFFERS
    assert agreed >= 50


def fitdecode_records(data: bytes) -> tuple[list[dict[str, object]], list[int | None]]:
    rows, times = [], []
    reader = fitdecode.FitReader(
        io.BytesIO(data), check_crc=fitdecode.CrcCheck.DISABLED, error_handling=fitdecode.ErrorHandling.IGNORE
    )
    for frame in reader:
        if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record":
            native = [one for one in frame.fields if not isinstance(one.field_def, DevFieldDefinition)]
            rows.append({one.name: one.value for one in reversed(native) if one.value is not None})
            times.append(fit_second(rows[-1].get("timestamp")))
    return rows, times


def agree_with_fitdecode(folder: Path, *, smaller_than: int) -> tuple[int, dict[str, list[str]]]:
    agreed, differ = 0, {}
    for name, data in files(folder):
        if len(data) >= smaller_than:
            continue
        try:
            theirs, times = fitdecode_records(data)
        except fitdecode.FitError:
            continue
        found = disagreements(natively_decoded(data), theirs, times)
        if found:
            differ[name] = found
        agreed += not found
    return agreed, differ


def test_records_of_small_files_agree_with_fitdecode(shared_data: Path) -> None:
    agreed, differ = agree_with_fitdecode(shared_data, smaller_than=10_000)
    assert differ == {}
    assert agreed >= 20


@pytest.mark.slow
def test_records_of_all_files_agree_with_fitdecode(shared_data: Path) -> None:
    agreed, differ = agree_with_fitdecode(shared_data, smaller_than=10_000_000)
    assert differ == {}
    assert agreed >= 70


def test_reading_is_repeatable(shared_data: Path) -> None:
    data = (shared_data / "activities/fit/pythonfitpar__garmin-fenix-5-run.fit").read_bytes()
    first, second = read(data)[0], read(bytes(bytearray(data)))[0]
    assert first.key == second.key
    assert first.activity_id == second.activity_id
    assert first.main is not None and second.main is not None
    for name, values in first.main.columns.items():
        np.testing.assert_array_equal(values, second.main.columns[name])


SMALL = (
    "pythonfitpar__garmin-fenix-5-run.fit",
    "pythonfitpar__garmin-edge-820-bike.fit",
    "pythonfitpar__Activity.fit",
    "pythonfitpar__antfs-dump.63.fit",
    "pythonfitpar__compressed-speed-distance.fit",
    "sweatpy__6471559601_ACTIVITY.fit",
)


def ending(data: bytes, *, is_damaged: bool) -> str:
    """Read it and return how that ended: refused by the one family of errors, or read, and then sound."""
    try:
        recordings = read(data)
    except UnreadableFile:
        return "refused"
    assert recordings
    if is_damaged:
        assert recordings[-1].losses
    for recording in recordings:
        for stream in recording.streams:
            assert (np.diff(stream.time_s) > 0).all()
            assert set(stream.columns) <= set(COLUMNS)
            assert stream.time_s[-1] <= 1e7
    return "read"


@pytest.mark.parametrize("name", SMALL)
def test_a_cut_tail_gives_a_partial_recording_or_a_sentence(shared_data: Path, name: str) -> None:
    data = (shared_data / "activities/fit" / name).read_bytes()
    endings = [ending(data[:length], is_damaged=True) for length in range(0, len(data), 97)]
    assert endings[0] == "refused" and endings[-1] == "read"


@pytest.mark.parametrize("name", SMALL)
def test_flipped_bits_give_a_recording_or_a_sentence(shared_data: Path, name: str) -> None:
    data = (shared_data / "activities/fit" / name).read_bytes()
    generator = np.random.default_rng(len(data))
    endings = []
    for _ in range(100):
        broken = bytearray(data)
        for where in generator.integers(14, len(data), generator.integers(1, 6)):
            broken[where] ^= 1 << int(generator.integers(8))
        endings.append(ending(bytes(broken), is_damaged=False))
    assert set(endings) <= {"read", "refused"} and "read" in endings


@pytest.mark.slow
def test_many_flipped_bits(shared_data: Path) -> None:
    for name in SMALL:
        data = (shared_data / "activities/fit" / name).read_bytes()
        generator = np.random.default_rng(1)
        endings = set()
        for _ in range(1000):
            broken = bytearray(data)
            for where in generator.integers(0, len(data), generator.integers(1, 30)):
                broken[where] = int(generator.integers(256))
            endings.add(ending(bytes(broken), is_damaged=False))
        assert endings <= {"read", "refused"} and "read" in endings
