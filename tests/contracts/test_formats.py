"""What every format must do. A new format is tested here the day it appears; it only has to bring a sample."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backward_running import formats
from backward_running.core.errors import BackwardRunningError, NotAnActivity, UnknownFormat, UnreadableFile
from backward_running.core.names import NAMES
from backward_running.core.recording import Stream
from backward_running.formats.base import NO_DATE, NO_DATE_LOSS

FORMATS = formats.all_formats()
SAMPLES_COUNT = 60
STRANGERS = {
    "nothing": b"",
    "zeros": bytes(4096),
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "pdf": b"%PDF-1.7\n1 0 obj\n",
    "zip": b"PK\x03\x04" + bytes(60),
    "text": b"The .FIT, <gpx> and TrainingCenterDatabase of yesterday.\n" * 9,
    "web page": b"<!DOCTYPE html><html><body><gpx/></body></html>",
    "other xml": b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"></kml>',
    "json": b'{"gpx": {"trk": []}}',
}


def gpx_sample():
    points = "".join(
        f'<trkpt lat="{60 + s * 1e-5:.6f}" lon="24.9"><ele>{s}</ele><time>2026-05-01T06:00:{s:02d}Z</time>'
        f"<extensions><x:hr>{120 + s}</x:hr></extensions></trkpt>\n"
        for s in range(SAMPLES_COUNT)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="sample" xmlns:x="urn:x">'
        f"<trk><name>Sample</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    ).encode()


def tcx_sample():
    points = "".join(
        f"<Trackpoint><Time>2026-05-01T06:00:{s:02d}Z</Time><DistanceMeters>{s * 2.5}</DistanceMeters>"
        f"<HeartRateBpm><Value>{120 + s}</Value></HeartRateBpm></Trackpoint>\n"
        for s in range(SAMPLES_COUNT)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase><Activities><Activity Sport="Running">'
        '<Id>2026-05-01T06:00:00Z</Id><Lap StartTime="2026-05-01T06:00:00Z"><TotalTimeSeconds>60</TotalTimeSeconds>'
        f"<Track>{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def fit_sample():
    from backward_running.formats.fit_activity import FitActivity, write_activity

    time_s = np.arange(float(SAMPLES_COUNT))
    columns = {"distance_m": time_s * 2.5, "speed_mps": np.full(SAMPLES_COUNT, 2.5), "heart_rate_bpm": 120 + time_s}
    stream = Stream("wrist", "earth", time_s, columns)
    return write_activity(FitActivity(started_at=datetime(2026, 5, 1, 6, tzinfo=UTC), stream=stream))


UNIX_S = int(datetime(2026, 5, 1, 6, tzinfo=UTC).timestamp())


def wobble(k):
    """A resting sensor's three axes, never twice the same."""
    return 0.3 + 0.01 * (k % 7), -0.2 + 0.01 * (k % 5), 9.79 + 0.01 * (k % 3)


def zipped(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 5, 1, 6, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def csv_sample():
    rows = "".join(f"{UNIX_S + s}.0,{120 + s},{2.5 + s / 100}\n" for s in range(SAMPLES_COUNT))
    return ("time_s,heart_rate_bpm,speed_mps\n" + rows).encode()


def sensor_logger_sample():
    def table(count, rate):
        rows = ((k, *wobble(k)) for k in range(count))
        return "time,seconds_elapsed,z,y,x\n" + "".join(
            f"{UNIX_S * 10**9 + k * 10**9 // rate},{k / rate},{z},{y},{x}\n" for k, x, y, z in rows
        )

    places = "".join(
        f"{(UNIX_S + s) * 10**9},{s},1.5,2.5,24.9,{60 + s * 1e-5:.6f},90,{s}\n" for s in range(SAMPLES_COUNT)
    )
    return zipped({
        "Metadata.csv": "version,device name,platform,standardisation\n3,Phone,android,false\n",
        "Location.csv": "time,seconds_elapsed,speedAccuracy,speed,longitude,latitude,bearing,altitude\n" + places,
        "TotalAcceleration.csv": table(600, 10),
    })  # fmt: skip


def phyphox_sample():
    places = "".join(f"{s}.0E0,{60 + s * 1e-5:.6f},24.9,{s},2.5,90\n" for s in range(SAMPLES_COUNT))
    acceleration = "".join("{:.2E},{},{},{}\n".format(k / 10, *wobble(k)) for k in range(600))
    return zipped({
        "meta/time.csv": '"event","experiment time","system time","system time text"\n"START",0.0E0,'
        f'{UNIX_S}.000,"2026-05-01 06:00:00.000 UTC"\n',
        "Location.csv": '"Time (s)","Latitude (°)","Longitude (°)","Height (m)","Velocity (m/s)","Direction (°)"\n'
        + places,
        "Accelerometer.csv": '"Time (s)","Acceleration x (m/s^2)","Acceleration y (m/s^2)","Acceleration z (m/s^2)"\n'
        + acceleration,
    })  # fmt: skip


def gnss_logger_sample():
    lines = [
        "# Header Description:",
        "# Version: v3.0.6.4 Platform: 14 Manufacturer: Maker Model: Phone 7",
        "# Raw,utcTimeMillis,TimeNanos,LeapSecond",
        "# Fix,Provider,LatitudeDegrees,LongitudeDegrees,AltitudeMeters,SpeedMps,AccuracyMeters,BearingDegrees,"
        "UnixTimeMillis",
        "# UncalAccel,utcTimeMillis,elapsedRealtimeNanos,UncalAccelXMps2,UncalAccelYMps2,UncalAccelZMps2,BiasXMps2",
    ]
    for s in range(SAMPLES_COUNT):
        lines.append(f"Fix,GPS,{60 + s * 1e-5:.6f},24.9,{s},2.5,4.0,90.0,{(UNIX_S + s) * 1000}")
        for k in range(10 * s, 10 * s + 10):
            ms = UNIX_S * 1000 + k * 100
            lines.append("UncalAccel,{},{},{},{},{},0.0".format(ms, 7_000_000_000 + k * 100_000_000, *wobble(k)))
    return ("\n".join(lines) + "\n").encode()


def xsens_sample():
    rows = "".join("{}.0\t{}\t{}\t{}\n".format(k, *wobble(k)) for k in range(SAMPLES_COUNT))
    return f"Acquisition frequency: 20 Hz\nPacketCounter\tAcc_X\tAcc_Y\tAcc_Z\n{rows}".encode()


MAKERS = {
    "gpx": gpx_sample,
    "tcx": tcx_sample,
    "fit": fit_sample,
    "csv": csv_sample,
    "sensor_logger": sensor_logger_sample,
    "phyphox": phyphox_sample,
    "gnss_logger": gnss_logger_sample,
    "xsens": xsens_sample,
}
#: What a sample says that is not a watch's: a column of its main stream, and its values.
SAYS = {key: ("latitude_deg", [60 + s * 1e-5 for s in range(SAMPLES_COUNT)]) for key in
        ("sensor_logger", "phyphox", "gnss_logger")}  # fmt: skip
SAYS["xsens"] = ("acc_x_mps2", [wobble(k)[0] for k in range(SAMPLES_COUNT)])
WRITE_A_SPORT = {"fit", "gpx", "tcx"}
WRITE_NO_DATE = {"xsens"}


@pytest.fixture(scope="module", params=sorted(FORMATS))
def form(request):
    return FORMATS[request.param]


@pytest.fixture(scope="module")
def sample(form):
    assert form.key in MAKERS, f"the format {form.key} needs a sample in {__name__}"
    return MAKERS[form.key]()


def check(runs, data):
    """What holds for every recording, whole or partial."""
    assert len(runs) >= 1
    assert [run.part for run in runs] == list(range(len(runs)))
    for run in runs:
        assert run.key == hashlib.sha256(data).hexdigest()
        assert run.started_at.tzinfo is not None
        assert run.duration_s >= 0
        assert set(run.stated) <= set(NAMES)
        assert all(isinstance(loss, str) and loss.strip() and "\n" not in loss for loss in run.losses)
        assert all(pause.end_s > pause.start_s for pause in run.pauses)
        for stream in run.streams:
            assert np.all(np.diff(stream.time_s) > 0)
            assert np.isfinite(stream.time_s).all()
            assert len(stream) == 0 or run.duration_s >= stream.time_s[-1]
            for name, values in stream.columns.items():
                assert not values.flags.writeable
                assert not np.isinf(values).any(), name
    assert all(run.reader and run.reader_version for run in runs)


def test_it_describes_itself(form):
    assert form.key == form.key.lower()
    assert form.title
    assert all(ending.startswith(".") and ending == ending.lower() for ending in form.endings)
    assert form.version


def test_it_knows_its_own_bytes(form, sample):
    assert form.looks_like(sample)
    assert [other.key for other in FORMATS.values() if other.looks_like(sample)] == [form.key]


@pytest.mark.parametrize("stranger", sorted(STRANGERS))
def test_it_refuses_foreign_bytes(form, stranger):
    assert not form.looks_like(STRANGERS[stranger])
    with pytest.raises((UnreadableFile, UnknownFormat)) as refusal:
        form.read(STRANGERS[stranger])
    assert "\n" not in str(refusal.value)


def test_it_reads_its_sample_whole(form, sample):
    runs = formats.read(sample)
    check(runs, sample)
    (run,) = runs
    assert run.reader == form.key
    assert run.reader_version == form.version
    assert run.sport == ("running" if form.key in WRITE_A_SPORT else None)
    dateless = form.key in WRITE_NO_DATE
    assert run.losses == ((NO_DATE_LOSS,) if dateless else ())
    assert run.started_at == (NO_DATE if dateless else datetime(2026, 5, 1, 6, tzinfo=UTC))
    column, values = SAYS.get(form.key, ("heart_rate_bpm", [120.0 + s for s in range(SAMPLES_COUNT)]))
    assert run.main.columns[column].tolist() == pytest.approx(values, abs=1e-9)


def test_the_same_bytes_give_the_same_recording(form, sample):
    first, second = form.read(sample), form.read(bytes(bytearray(sample)))
    for one, other in zip(first, second, strict=True):
        assert one.activity_id == other.activity_id
        assert one.started_at == other.started_at
        for stream, again in zip(one.streams, other.streams, strict=True):
            assert list(stream.columns) == list(again.columns)
            assert all(np.array_equal(stream.columns[n], again.columns[n], equal_nan=True) for n in stream.columns)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99])
def test_a_cut_file_gives_a_part_that_says_so_or_a_refusal(form, sample, share):
    cut = sample[: int(len(sample) * share)]
    try:
        runs = form.read(cut)
    except UnreadableFile as refusal:
        assert not isinstance(refusal, NotAnActivity) or share < 0.1
        assert share <= 0.2, "most of a file must not be thrown away"
        return
    check(runs, cut)
    assert all(run.losses for run in runs)
    assert len(runs[0].main) >= SAMPLES_COUNT * (share - 0.2)


@given(data=st.data())
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_flipped_bits_and_cuts_stay_in_the_family(form, sample, data):
    broken = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    if data.draw(st.booleans()):
        del broken[data.draw(st.integers(0, len(broken))) :]
    broken = bytes(broken)
    for read in (form.read, formats.read):
        try:
            check(read(broken), broken)
        except BackwardRunningError as refusal:
            assert "\n" not in str(refusal)


@given(noise=st.binary(max_size=400))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_noise_behind_a_sound_beginning_stays_in_the_family(form, sample, noise):
    for start in (0, 14, len(sample) // 3):
        try:
            check(form.read(sample[:start] + noise), sample[:start] + noise)
        except BackwardRunningError as refusal:
            assert "\n" not in str(refusal)


def test_every_real_file_comes_in_or_says_why_not_in_one_sentence(shared_data):
    for file in sorted((shared_data / "activities").rglob("*.*")):
        if file.suffix.lower() not in {".fit", ".tcx", ".gpx", ".gz", ".zip"}:
            continue
        try:
            for _, data in formats.unwrap(file.name, file.read_bytes()):
                check(formats.read(data), data)
        except BackwardRunningError as refusal:
            words = str(refusal)
            assert "\n" not in words, file.name
            assert len(words) < 300, file.name
