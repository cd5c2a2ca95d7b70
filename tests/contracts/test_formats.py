"""The formats of the house under the contract of all formats. A new one only has to bring a sample."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import numpy as np

from backward_running import formats
from backward_running.core.errors import BackwardRunningError
from backward_running.core.recording import Stream
from backward_running.formats.base import NO_DATE, NO_DATE_LOSS
from backward_running.testing.formats import FormatContract, Sample, check_recordings

FORMATS = formats.all_formats()
SAMPLES_COUNT = 60
BEGINS = datetime(2026, 5, 1, 6, tzinfo=UTC)


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


def apple_health_sample():
    hearts = [[UNIX_S + s, 120 + s] for s in range(SAMPLES_COUNT)]
    said = {
        "format": "apple-health-workout", "version": 1, "type": "Running", "start": f"{BEGINS:%Y-%m-%d %H:%M:%S} +0000",
        "end": f"{BEGINS + timedelta(seconds=SAMPLES_COUNT):%Y-%m-%d %H:%M:%S} +0000",
        "lines": SAMPLES_COUNT // 5,
    }  # fmt: skip
    lines = said, *({"heart_rate": hearts[k : k + 5]} for k in range(0, SAMPLES_COUNT, 5))
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines).encode()


def polar_flow_sample():
    def at(s):
        return f"2026-05-01T06:00:{s:02d}.000"

    samples = {
        "heartRate": [{"dateTime": at(s), "value": 120 + s} for s in range(SAMPLES_COUNT)],
        "distance": [{"dateTime": at(s), "value": s * 2.5} for s in range(SAMPLES_COUNT)],
        "recordedRoute": [
            {"dateTime": at(s), "longitude": 24.9, "latitude": round(60 + s * 1e-5, 6), "altitude": s} for s in range(SAMPLES_COUNT)
        ],
    }  # fmt: skip
    exercise = {"startTime": at(0), "duration": "PT59S", "distance": 147.5, "sport": "RUNNING", "samples": samples}
    return json.dumps(
        {"exportVersion": "1.6", "name": "Running", "startTime": at(0), "duration": "PT59S", "exercises": [exercise]}
    ).encode()


def phone_session_sample():
    head = {
        "format": "backward-running-session", "version": 1, "started_at_ms": UNIX_S * 1000, "place": "unknown",
        "scales": {"acc_mps2": 0.005, "gyr_radps": 0.00125}, "steps": [],
    }  # fmt: skip
    places = [
        {"kind": "positions", "at_s": [s], "latitude_deg": [60 + s * 1e-5], "longitude_deg": [24.9], "speed_mps": [2.5]}
        for s in range(SAMPLES_COUNT)
    ]
    return "".join(json.dumps(line) + "\n" for line in (head, *places)).encode()


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


def metabolic_cart_sample():
    rows = "".join(f"{s},{20 + s / 10},{18 + s / 10},{120 + s}\n" for s in range(SAMPLES_COUNT))
    return ("t,VO2/kg,VCO2/kg,HR\ns,mL/min/kg,mL/min/kg,bpm\n" + rows).encode()


def one_sensor_sample():
    rows = "".join("{}, {}, {}, {}\n".format(k * 50_000_000, *wobble(k)) for k in range(SAMPLES_COUNT))
    return f"#timestamp(ns),x,y,z(m/s^2)\n#Datetime: 05/08/2013\n\n@DATA\n{rows}".encode()


def one_run_sample():
    from backward_running.formats.one_run import Part, write

    turns = "".join(f"{k * 50_000_000}, 0.1{k % 3}, 0.0{k % 7}, 0.0{k % 5}\n" for k in range(SAMPLES_COUNT))
    gyro = f"#timestamp(ns),x,y,z(rad/s)\n@DATA\n{turns}".encode()
    return write([Part("acc.txt", one_sensor_sample()), Part("gyro.txt", gyro)])


HEART = ("heart_rate_bpm", [120.0 + s for s in range(SAMPLES_COUNT)])
NORTH = ("latitude_deg", [60 + s * 1e-5 for s in range(SAMPLES_COUNT)])
PUSH = ("acc_x_mps2", [wobble(k)[0] for k in range(SAMPLES_COUNT)])
DATELESS = {"started_at": NO_DATE, "losses": (NO_DATE_LOSS,)}
SAMPLES = {
    "apple_health": Sample(apple_health_sample(), *HEART, "running", BEGINS),
    "csv": Sample(csv_sample(), *HEART, started_at=BEGINS),
    "fit": Sample(fit_sample(), *HEART, "running", BEGINS),
    "gnss_logger": Sample(gnss_logger_sample(), *NORTH, started_at=BEGINS),
    "gpx": Sample(gpx_sample(), *HEART, "running", BEGINS),
    "metabolic_cart": Sample(metabolic_cart_sample(), *HEART, **DATELESS),
    "one_run": Sample(one_run_sample(), *PUSH, **DATELESS),
    "one_sensor": Sample(one_sensor_sample(), *PUSH, **DATELESS),
    "phone_session": Sample(phone_session_sample(), *NORTH, started_at=BEGINS),
    "phyphox": Sample(phyphox_sample(), *NORTH, started_at=BEGINS),
    "polar_flow": Sample(polar_flow_sample(), *HEART, "running", BEGINS),
    "sensor_logger": Sample(sensor_logger_sample(), *NORTH, started_at=BEGINS),
    "tcx": Sample(tcx_sample(), *HEART, "running", BEGINS),
    "xsens": Sample(xsens_sample(), *PUSH, **DATELESS),
}


class TestFormats(FormatContract):
    plugs = tuple(FORMATS.values())
    samples = SAMPLES


def test_every_real_file_comes_in_or_says_why_not_in_one_sentence(shared_data):
    for file in sorted((shared_data / "activities").rglob("*.*")):
        if file.suffix.lower() not in {".fit", ".tcx", ".gpx", ".gz", ".zip"}:
            continue
        try:
            for _, data in formats.unwrap(file.name, file.read_bytes()):
                check_recordings(formats.read(data), data)
        except BackwardRunningError as refusal:
            words = str(refusal)
            assert "\n" not in words, file.name
            assert len(words) < 300, file.name
