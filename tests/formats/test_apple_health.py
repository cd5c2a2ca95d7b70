"""The export of Apple's Health app: each workout with its track and its heart rate, however large all of it is."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running import formats
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.formats import _health_export
from backward_running.formats.apple_health import FORMAT

DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Record|Workout)*>\n]>\n'
)
WATCH = (
    'sourceName="Ada’s Apple&#160;Watch" sourceVersion="11.0" device="&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch&gt;"'
)


def at(second: int, *, hour: int = 18) -> str:
    return f"2025-09-14 {hour + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d} +0200"


def heart(second: int, bpm: int | str, *, hour: int = 18) -> str:
    when = at(second, hour=hour)
    return (
        f' <Record type="HKQuantityTypeIdentifierHeartRate" {WATCH} unit="count/min" creationDate="{when}" '
        f'startDate="{when}" endDate="{when}" value="{bpm}">\n'
        '  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="2"/>\n </Record>\n'
    )


def steps(count: int) -> str:
    line = (
        f' <Record type="HKQuantityTypeIdentifierStepCount" {WATCH} unit="count" creationDate="{at(0)}" '
        f'startDate="{at(0)}" endDate="{at(60)}" value="170"/>\n'
    )
    return line * count


def workout(
    *inside: str, kind: str = "Running", start: int = 0, end: int = 600, indoor: int = 0, hour: int = 18
) -> str:
    return (
        f' <Workout workoutActivityType="HKWorkoutActivityType{kind}" duration="10" durationUnit="min" {WATCH} '
        f'creationDate="{at(end, hour=hour)}" startDate="{at(start, hour=hour)}" endDate="{at(end, hour=hour)}">\n'
        f'  <MetadataEntry key="HKIndoorWorkout" value="{indoor}"/>\n'
        '  <MetadataEntry key="HKTimeZone" value="Europe/Amsterdam"/>\n'
        '  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="1.5" unit="km"/>\n'
        + "".join(inside)
        + " </Workout>\n"
    )


def event(kind: str, second: int) -> str:
    return f'  <WorkoutEvent type="HKWorkoutEventType{kind}" date="{at(second)}"/>\n'


def reference(path: str) -> str:
    return f'  <WorkoutRoute {WATCH}>\n   <FileReference path="/workout-routes/{path}"/>\n  </WorkoutRoute>\n'


def track(first: int, last: int) -> bytes:
    points = "".join(
        f'<trkpt lat="{52 + s * 2e-5:.6f}" lon="4.9"><ele>3</ele><time>2025-09-14T16:{s // 60:02d}:{s % 60:02d}Z</time>'
        f"<extensions><speed>2.5</speed><course>0</course></extensions></trkpt>"
        for s in range(first, last)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" creator="Apple Health Export">'
    return f"{head}<trk><name>Route</name><trkseg>{points}</trkseg></trk></gpx>".encode()


def export(*parts: str, name: str = "export.xml", **beside: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "apple_health_export/export_cda.xml", "<?xml version='1.0'?><ClinicalDocument></ClinicalDocument>"
        )
        text = DOCTYPE + '<HealthData locale="nl_NL">\n' + "".join(parts) + "</HealthData>\n"
        archive.writestr(f"apple_health_export/{name}", text)
        for path, data in beside.items():
            archive.writestr(f"apple_health_export/workout-routes/{path}.gpx", data)
    return content.getvalue()


HEARTS = "".join(heart(second, 120 + second // 10) for second in range(0, 600, 5))


@pytest.mark.parametrize("name", ["export.xml", "Exportieren.xml", "导出.xml"])
def test_a_run_comes_with_its_track_and_its_heart_rate(name):
    files = dict(formats.unwrap("export.zip", export(HEARTS, workout(reference("a.gpx")), name=name, a=track(0, 600))))
    assert sorted(files) == ["Running 2025-09-14 18:00.jsonl", "export_cda.xml"]
    (run,) = formats.read(files["Running 2025-09-14 18:00.jsonl"])
    assert (run.sport, run.sub_sport, run.zone, run.utc_offset_s) == ("running", None, "Europe/Amsterdam", 7200)
    assert run.started_at == datetime(2025, 9, 14, 16, tzinfo=UTC)
    assert (run.duration_s, run.stated["distance_m"]) == (600.0, 1500.0)
    assert run.device.product == "Ada’s Apple\N{NO-BREAK SPACE}Watch"
    main = run.main
    assert len(main) == 600
    np.testing.assert_allclose(
        main.columns["heart_rate_bpm"][:11],
        [120 + s / 10 if s % 10 == 0 else 120 + max(0, s % 10 - 5) / 5 for s in range(11)],
    )
    assert main.columns["latitude_deg"][100] == pytest.approx(52.002)


def test_a_run_indoors_has_its_heart_rate_alone():
    files = dict(formats.unwrap("export.zip", export(HEARTS, workout(indoor=1))))
    (run,) = formats.read(files["Running 2025-09-14 18:00.jsonl"])
    assert run.sub_sport == "treadmill"
    assert (run.main.columns["heart_rate_bpm"][0], len(run.main)) == (120.0, 120)


def test_pauses_are_pauses_and_two_tracks_are_one_run():
    inside = event("Pause", 200), event("Resume", 300), event("Segment", 310), reference("a.gpx"), reference("b.gpx")
    files = dict(formats.unwrap("e.zip", export(HEARTS, workout(*inside), a=track(0, 200), b=track(300, 600))))
    (run,) = formats.read(files["Running 2025-09-14 18:00.jsonl"])
    assert [(pause.start_s, pause.end_s) for pause in run.pauses] == [(200.0, 300.0)]
    assert len(run.main) == 500
    assert run.duration_s == 600.0


def test_a_heart_rate_is_bridged_over_half_a_minute_and_no_more():
    hearts = heart(0, 100) + heart(25, 125) + heart(100, 150) + heart(101, 9999)
    files = dict(formats.unwrap("e.zip", export(hearts, workout(reference("a.gpx")), a=track(0, 200))))
    bpm = formats.read(files["Running 2025-09-14 18:00.jsonl"])[0].main.columns["heart_rate_bpm"]
    assert bpm[[0, 10, 25, 100]].tolist() == [100.0, 110.0, 125.0, 150.0]
    assert np.isnan(bpm[[50, 99, 101, 150]]).all()


def test_whatever_stands_in_between_and_in_whatever_order():
    """A tag that says its attributes in another order; workouts in one tag; what belongs to no workout."""
    odd = (
        f' <Record type="HKQuantityTypeIdentifierHeartRate" unit="count/min" value="{{}}" startDate="{at(7)}" '
        f'endDate="{at(7)}"/>\n'
    )
    alone = f' <Workout workoutActivityType="HKWorkoutActivityTypeWalking" startDate="{at(0, hour=20)}" endDate="{at(60, hour=20)}"/>\n'
    hearts = (
        odd.format(133) + odd.format("high") + steps(3) + heart(8, 140) + heart(0, 90, hour=20) + heart(5, 95, hour=20)
    )
    files = dict(formats.unwrap("e.zip", export(hearts, workout(), alone, steps(1))))
    run, walk = (formats.read(data)[0] for name, data in files.items() if name.endswith("jsonl"))
    assert run.main.columns["heart_rate_bpm"].tolist() == [133.0, 140.0]
    assert (walk.sport, walk.main.columns["heart_rate_bpm"].tolist()) == ("walking", [90.0, 95.0])


def test_without_the_zip_the_missing_track_is_told():
    text = (DOCTYPE + "<HealthData>" + HEARTS + workout(reference("a.gpx")) + "</HealthData>").encode()
    ((name, data),) = formats.unwrap("export.xml", text)
    (run,) = formats.read(data)
    assert name == "Running 2025-09-14 18:00.jsonl"
    assert "import the whole export" in run.losses[0]


def test_a_track_that_no_workout_names_comes_in_by_itself():
    files = dict(formats.unwrap("e.zip", export(HEARTS, workout(), other=track(0, 60))))
    assert "other.gpx" in files


def test_a_workout_with_nothing_measured_is_no_activity():
    ((_, data),) = (pair for pair in formats.unwrap("e.zip", export(workout(kind="Yoga"))) if "Yoga" in pair[0])
    with pytest.raises(NotAnActivity, match="neither a track nor a heart rate"):
        formats.read(data)


def test_the_same_workout_makes_the_same_bytes_a_year_later():
    first = dict(formats.unwrap("e.zip", export(HEARTS, workout(reference("a.gpx")), a=track(0, 600))))
    later = dict(
        formats.unwrap(
            "e.zip", export(steps(9), HEARTS, workout(reference("a.gpx")), workout(hour=20), a=track(0, 600))
        )
    )
    assert set(first) < set(later)
    assert all(later[name] == data for name, data in first.items())


@pytest.mark.parametrize("chunk_bytes", [64, 333, 1000])
def test_it_does_not_matter_where_a_chunk_ends(monkeypatch, chunk_bytes):
    text = (DOCTYPE + "<HealthData>" + HEARTS + steps(20) + workout(event("Pause", 9)) + "</HealthData>").encode()
    whole = list(_health_export.workouts_in(io.BytesIO(text), lambda _: None))
    monkeypatch.setattr(_health_export, "_CHUNK_BYTES", chunk_bytes)
    assert list(_health_export.workouts_in(io.BytesIO(text), lambda _: None)) == whole


@pytest.mark.parametrize(
    "piece",
    [
        b"<Workout a>",
        b"<Workout ",
        b'<Record type="HKQuantityTypeIdentifierHeartRate"',
        b"<Workout a><MetadataEntry ",
        b"<",
        b"<Workout a></Workout",
    ],
)
def test_a_file_of_openings_costs_no_more_than_its_length(piece):
    """Where each opening looks for its end in all that follows, this does not end in a day."""
    text = DOCTYPE.encode() + b"<HealthData>" + piece * (6_000_000 // len(piece))
    assert list(_health_export.workouts_in(io.BytesIO(text), lambda _: None)) == []


class _Endless(io.RawIOBase):
    """So many bytes of measurements, made as they are asked for."""

    def __init__(self, size: int) -> None:
        self.left, self.block = size, steps(3000).encode()

    def read(self, size: int = -1) -> bytes:
        size = min(size, self.left, len(self.block))
        self.left -= size
        return self.block[:size]


def test_what_goes_by_is_not_kept():
    tracemalloc.start()
    assert list(_health_export.workouts_in(_Endless(100_000_000), lambda _: None)) == []
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 30_000_000


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("start", "end", "heart_rate", "events", "distance_m", "zone", "type", "route", "gpx", "indoor", "source")


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), JUNK | st.integers(0, 3)), min_size=1, max_size=4))
def test_a_document_that_lies_is_read_or_refused(lines):
    head = {"format": _health_export.KIND, "version": 1, "start": at(0), "end": at(60)} | lines[0]
    sound = {"heart_rate": [[1757865600, 100], [1757865605, 101]]}
    data = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in (head, sound, *lines[1:])).encode()
    assert FORMAT.looks_like(data)
    try:
        (run,) = FORMAT.read(data)
    except UnreadableFile:
        return
    assert np.isfinite(run.main.time_s).all()
    assert run.duration_s >= 0
