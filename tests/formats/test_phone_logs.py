"""Zips and texts of phone logging apps: Sensor Logger, phyphox, GnssLogger."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running import formats
from backward_running.core.errors import BackwardRunningError, NotAnActivity, UnreadableFile
from backward_running.core.recording import Mark, Span
from backward_running.formats import _log_zip, gnss_logger, phyphox, sensor_logger
from backward_running.formats.base import NO_DATE_LOSS
from backward_running.signals import working_stream

UNIX_S = 1_777_615_200
START = datetime(2026, 5, 1, 6, tzinfo=UTC)
G = 9.80665


def zipped(members, folder=""):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(folder + name, text)
    return content.getvalue()


def moves(count, rate=100.0):
    """User acceleration of a phone that rests for 2 s and then is carried, and gravity in a slant pocket."""
    time = np.arange(count) / rate
    user = np.outer((time > 2) * 3 * np.sin(12 * time), [0.2, 0.5, 0.8]) + 0.01 * np.sin(np.outer(time, [7, 9, 11]))
    gravity = np.broadcast_to([0.6 * G, 0.0, 0.8 * G], (count, 3))
    return time, user, gravity


def logger_table(time, axes, offset_s=0.0, order="zyx"):
    rows = [f"{int((UNIX_S + t + offset_s) * 1e9)},{t:.4f}," + ",".join(f"{v:.7f}" for v in row)
            for t, row in zip(time, axes[:, ["xyz".index(axis) for axis in order]], strict=True)]  # fmt: skip
    return "\n".join(["time,seconds_elapsed," + ",".join(order), *rows, ""])


def locations(count=10):
    # −1 and a bearing of 0 without speed are how phones write "unknown".
    speeds, bearings = [-1, 0] + [2.0] * (count - 2), [-1, 0] + [90] * (count - 2)
    rows = [
        f"{(UNIX_S + s) * 10**9},{s},3.7,1.5,{speeds[s]},24.9,{60 + s * 1e-5:.6f},5,45,{bearings[s]},12"
        for s in range(count)
    ]
    head = ("time,seconds_elapsed,verticalAccuracy,speedAccuracy,speed,longitude,latitude,horizontalAccuracy,"
            "bearingAccuracy,bearing,altitude")  # fmt: skip
    return "\n".join([head, *rows, ""])


def metadata(platform="android", standardised="false"):
    return (
        "version,device name,recording epoch time,recording time,recording timezone,platform,appVersion,device id,"
        f"standardisation\n3,Pixel 8,{UNIX_S * 1000},2026-05-01_06-00-00,Europe/Helsinki,{platform},1.3,abc,"
        f"{standardised}\n"
    )


def logger_zip(count=800, folder="", **more):
    time, user, gravity = moves(count)
    members = {
        "Metadata.csv": metadata(),
        "Accelerometer.csv": logger_table(time, user),
        "Gravity.csv": logger_table(time, gravity),
        "TotalAcceleration.csv": logger_table(time, user + gravity),
        "Gyroscope.csv": logger_table(time, user * 0.4, offset_s=0.003),
        "Magnetometer.csv": logger_table(time[::20], 20 + user[::20]),
        "Orientation.csv": "time,seconds_elapsed,qz,qy,qx,qw,roll,pitch,yaw\n1,0,0,0,0,1,0,0,0\n",
        "Location.csv": locations(),
        "Annotation.csv": "time,seconds_elapsed,text,millisecond_press_duration\n"
        f'{(UNIX_S + 3) * 10**9},3,backward,80\n{(UNIX_S + 5) * 10**9},5,"forward, easy",80\n',
    } | more
    return zipped({name: text for name, text in members.items() if text is not None}, folder), user + gravity


# --- Sensor Logger -------------------------------------------------------------------------------------------------


def test_sensor_logger_reads_positions_sensors_and_marks():
    data, total = logger_zip()
    (run,) = formats.read(data)
    main, sensor, field = run.streams
    assert (run.reader, run.started_at, run.losses) == ("sensor_logger", START, ())
    assert (run.utc_offset_s, run.zone) == (3 * 3600, "Europe/Helsinki")
    assert (run.device.maker, run.device.product) == ("Sensor Logger", "Pixel 8")
    assert main.columns["latitude_deg"].tolist() == pytest.approx([60 + s * 1e-5 for s in range(10)])
    assert np.isnan(main.columns["speed_mps"][0])
    assert np.isnan(main.columns["course_deg"][:2]).all()
    assert main.columns["course_deg"][2] == 90.0
    assert (sensor.place, sensor.frame, sensor.mount_known) == ("unknown", "sensor", False)
    for index, axis in enumerate("xyz"):
        assert sensor.columns[f"acc_{axis}_mps2"] == pytest.approx(total[:, index], abs=1e-5)
    assert sensor.has("gyr_x_radps")
    assert (len(sensor), len(field)) == (800, 40)
    assert set(field.columns) == {"mag_x_ut", "mag_y_ut", "mag_z_ut"}
    assert run.marks == (Mark(3.0, "backward"), Mark(5.0, "forward, easy"))


def test_the_position_stream_works_for_speed_and_course():
    (run,) = formats.read(logger_zip()[0])
    working = working_stream(run)
    assert working is not None
    assert working.has("course_deg", "speed_mps", "distance_m")


def test_gravity_is_added_back_where_only_user_acceleration_is_there():
    data, total = logger_zip(**{"TotalAcceleration.csv": None})
    (run,) = formats.read(data)
    for index, axis in enumerate("xyz"):
        assert run.streams[1].columns[f"acc_{axis}_mps2"] == pytest.approx(total[:, index], abs=1e-5)


def test_the_turned_sign_of_one_platform_is_turned_back():
    time, user, gravity = moves(800)
    turned = {
        "Metadata.csv": metadata("ios"), "TotalAcceleration.csv": None,
        "Accelerometer.csv": logger_table(time, -user), "Gravity.csv": logger_table(time, -gravity),
    }  # fmt: skip
    data, total = logger_zip(**turned)
    (run,) = formats.read(data)
    assert run.streams[1].columns["acc_z_mps2"] == pytest.approx(total[:, 2], abs=1e-5)
    standardised, total = logger_zip(**{"Metadata.csv": metadata("ios", "true"), "TotalAcceleration.csv": None})
    assert formats.read(standardised)[0].streams[1].columns["acc_z_mps2"] == pytest.approx(total[:, 2], abs=1e-5)


def test_user_acceleration_alone_is_left_out_and_told():
    data, _ = logger_zip(**{"TotalAcceleration.csv": None, "Gravity.csv": None})
    (run,) = formats.read(data)
    assert "acc_x_mps2" not in run.streams[1].columns
    assert any("gravity seems to be taken out" in loss for loss in run.losses)
    assert run.main.has("latitude_deg")


def test_the_watch_on_the_wrist_is_a_stream_of_its_own():
    time, user, gravity = moves(800)
    columns = np.column_stack([user / G, gravity / G, user * 0.5])
    head = "time,seconds_elapsed," + ",".join(
        f"{word}{axis}" for word in ("acceleration", "gravity", "rotationRate") for axis in "XYZ"
    )
    rows = [f"{int((UNIX_S + t) * 1e9)},{t}," + ",".join(f"{v:.8f}" for v in row)
            for t, row in zip(time, columns * [-1, -1, -1, -1, -1, -1, 1, 1, 1], strict=True)]  # fmt: skip
    data, _ = logger_zip(**{"WristMotion.csv": "\n".join([head, *rows, ""]), "Metadata.csv": metadata("ios"),
                            "TotalAcceleration.csv": None, "Accelerometer.csv": None})  # fmt: skip
    (run,) = formats.read(data)
    wrist = next(stream for stream in run.streams if stream.place == "wrist")
    assert wrist.columns["acc_z_mps2"] == pytest.approx((user + gravity)[:, 2], abs=1e-4)
    assert wrist.has("gyr_y_radps")


def test_gyroscope_and_accelerometer_share_a_clock_and_a_hole_stays_one():
    time, user, _ = moves(800)
    kept = (time < 4) | (time > 6)
    data, _ = logger_zip(**{"Gyroscope.csv": logger_table(time[kept], user[kept] * 0.4)})
    (run,) = formats.read(data)
    sensor = run.streams[1]
    hole = (sensor.time_s > 4.1) & (sensor.time_s < 5.9)
    assert np.isnan(sensor.columns["gyr_x_radps"][hole]).all()
    assert np.isfinite(sensor.columns["acc_x_mps2"][hole]).all()


def test_sensors_of_very_different_rates_keep_their_clocks():
    time, user, _ = moves(800)
    data, _ = logger_zip(**{"Gyroscope.csv": logger_table(time[::4], user[::4] * 0.4)})
    (run,) = formats.read(data)
    assert [len(stream) for stream in run.streams] == [10, 800, 200, 40]


def test_a_zip_of_a_log_stays_whole_on_the_way_in_even_in_a_folder_or_an_archive():
    data, _ = logger_zip(folder="2026-05-01/")
    assert list(formats.unwrap("log.zip", data)) == [("log.zip", data)]
    assert list(formats.unwrap("all.zip", zipped({"log.zip": data, "one.gpx": "1"}))) == [
        ("log.zip", data), ("one.gpx", b"1"),
    ]  # fmt: skip
    assert formats.read(data)[0].reader == "sensor_logger"
    tables = zipped({"results.csv": "a,b\n1,2\n"})
    assert list(formats.unwrap("tables.zip", tables)) == [("results.csv", b"a,b\n1,2\n")]


def test_an_empty_log_is_no_activity():
    members = dict.fromkeys(
        ["Accelerometer.csv", "TotalAcceleration.csv", "Gyroscope.csv"], "time,seconds_elapsed,z,y,x\n"
    )
    with pytest.raises(NotAnActivity):
        sensor_logger.read(zipped(members))


def test_a_log_of_two_seconds_is_read():
    data, _ = logger_zip(count=200)
    (run,) = formats.read(data)
    assert len(run.streams[1]) == 200


def test_a_clock_set_back_on_the_way_is_told():
    time, user, gravity = moves(800)
    late = time.copy()
    late[600:] -= 1.0
    data, _ = logger_zip(**{"TotalAcceleration.csv": logger_table(late, user + gravity)})
    (run,) = formats.read(data)
    assert any("go back in time" in loss for loss in run.losses)
    assert np.all(np.diff(run.streams[1].time_s) > 0)


def test_a_single_table_is_read_where_it_can_be_told_what_it_is():
    time, user, gravity = moves(800)
    (run,) = formats.read(logger_table(time, user + gravity).encode())
    assert run.streams[0].has("acc_x_mps2")
    (run,) = formats.read(locations().encode())
    assert run.main.has("latitude_deg")
    for axes in (user, 0.3 * user):
        with pytest.raises(UnreadableFile, match="does not say of which sensor: import the zip"):
            formats.read(logger_table(time, axes).encode())


def test_a_bomb_is_not_unpacked():
    data = zipped({"Accelerometer.csv": "time,seconds_elapsed,z,y,x\n" + "0" * 60_000_000})
    with pytest.raises(UnreadableFile, match="far more than logs do"):
        sensor_logger.read(data)
    with pytest.raises(UnreadableFile, match="Nothing in this archive"):
        sensor_logger.read(data[: len(data) - 30])


def test_many_tables_are_not_unpacked_beyond_what_is_held_together(monkeypatch):
    """Each is small enough by itself, and not one is unpacked after the limit."""
    table = "time,seconds_elapsed,z,y,x\n" + "0" * 900
    data = zipped({f"Sensor{number}.csv": table for number in range(40)})
    monkeypatch.setattr(_log_zip, "LOG_LIMIT_BYTES", 5000)
    unpacked = []
    read = zipfile.ZipFile.read
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda archive, info: unpacked.append(info) or read(archive, info))
    for log in (data, data[: len(data) - 30]):  # and one whose directory is cut off
        with pytest.raises(UnreadableFile, match="This log unpacks to more than"):
            sensor_logger.read(log)
    assert len(unpacked) == 6


# --- phyphox -------------------------------------------------------------------------------------------------------


def phyphox_table(time, axes, quantity="Acceleration", unit="m/s^2", separator=",", comma=False):
    head = separator.join(f'"{name}"' for name in ("Time (s)", *(f"{quantity} {axis} ({unit})" for axis in "xyz")))
    rows = [separator.join(f"{v:.9E}" for v in (t, *row)) for t, row in zip(time, axes, strict=True)]
    return "\n".join([head, *(row.replace(".", ",") if comma else row for row in rows), ""])


@pytest.mark.parametrize(("separator", "comma"), [(",", False), (";", False), (";", True), ("\t", False), ("\t", True)])
def test_a_single_phyphox_table_in_every_dialect(separator, comma):
    time, user, gravity = moves(500)
    (run,) = formats.read(phyphox_table(time, user + gravity, separator=separator, comma=comma).encode())
    assert run.reader == "phyphox"
    assert run.streams[0].columns["acc_x_mps2"] == pytest.approx((user + gravity)[:, 0], abs=1e-6)
    assert run.losses == (NO_DATE_LOSS,)


def test_phyphox_tables_in_the_phones_language():
    time, user, gravity = moves(500)
    text = phyphox_table(time, user + gravity, "Beschleunigung", separator=";", comma=True).replace(
        "Time (s)", "Zeit (s)"
    )
    (run,) = formats.read(text.encode())
    assert run.reader == "phyphox"
    assert run.streams[0].columns["acc_z_mps2"] == pytest.approx((user + gravity)[:, 2], abs=1e-6)


def test_a_phyphox_zip_knows_the_time_and_its_pauses():
    time, user, gravity = moves(600)
    clock = ('"event","experiment time","system time","system time text"\n'
             f'"START",0.0E0,{UNIX_S}.000,"x"\n"PAUSE",3.0E0,{UNIX_S + 3}.000,"x"\n'
             f'"START",3.0E0,{UNIX_S + 10}.000,"x"\n"PAUSE",6.0E0,{UNIX_S + 13}.000,"x"\n')  # fmt: skip
    data = zipped({
        "Raw Data.csv": phyphox_table(time, user + gravity),
        "Gyroscope.csv": phyphox_table(time, user * 0.4, "Gyroscope", "rad/s"),
        "Magnetometer.csv": phyphox_table(time, 20 + user, "Magnetic field", "µT"),
        "meta/time.csv": clock,
        "meta/device.csv": '"property","value"\n"deviceModel","Pixel 6a"\n',
    })  # fmt: skip
    assert list(formats.unwrap("x.zip", data)) == [("x.zip", data)]
    (run,) = formats.read(data)
    (sensor,) = run.streams
    assert (run.started_at, run.device.product, run.losses) == (START, "Pixel 6a", ())
    assert run.pauses == (Span(3.0, 10.0),)
    assert sensor.time_s[[0, 299, 300, -1]] == pytest.approx([0.0, 2.99, 10.0, 12.99], abs=1e-6)
    assert len(sensor.columns) == 9


def test_phyphox_linear_acceleration_gets_gravity_or_is_told():
    time, user, gravity = moves(600)
    linear = phyphox_table(time, user, "Linear Acceleration")
    with_gravity = zipped({"Linear.csv": linear, "Gravity.csv": phyphox_table(time, gravity, "Gravity")})
    (run,) = phyphox.read(with_gravity)
    assert run.streams[0].columns["acc_z_mps2"] == pytest.approx((user + gravity)[:, 2], abs=1e-6)
    with pytest.raises(UnreadableFile, match="gravity seems to be taken out"):
        phyphox.read(linear.encode())


def test_phyphox_of_other_things_is_no_activity():
    with pytest.raises(NotAnActivity, match="no acceleration"):
        phyphox.read(b'"Time (s)","Pressure (hPa)"\n0.0E0,1.0E3\n1.0E0,1.0E3\n')


# --- GnssLogger ----------------------------------------------------------------------------------------------------

V3 = """# Header Description:
# Version: v3.0.6.4 Platform: 14 Manufacturer: Maker Model: Phone 7
# Raw,utcTimeMillis,TimeNanos,LeapSecond
# UncalAccel,utcTimeMillis,elapsedRealtimeNanos,UncalAccelXMps2,UncalAccelYMps2,UncalAccelZMps2,BiasXMps2,BiasYMps2,BiasZMps2
# UncalGyro,utcTimeMillis,elapsedRealtimeNanos,UncalGyroXRadPerSec,UncalGyroYRadPerSec,UncalGyroZRadPerSec,DriftXRadPerSec
# UncalMag,utcTimeMillis,elapsedRealtimeNanos,UncalMagXMicroT,UncalMagYMicroT,UncalMagZMicroT,BiasXMicroT
# OrientationDeg,utcTimeMillis,elapsedRealtimeNanos,yawDeg,rollDeg,pitchDeg
# Fix,Provider,LatitudeDegrees,LongitudeDegrees,AltitudeMeters,SpeedMps,AccuracyMeters,BearingDegrees,UnixTimeMillis,SpeedAccuracyMps
"""
V1 = """# Raw,ElapsedRealtimeMillis,TimeNanos
# Fix,Provider,Latitude,Longitude,Altitude,Speed,Accuracy,(UTC)TimeInMs
"""


def gnss_text(count=800, head=V3, newer_columns="", rate=100.0):
    time, user, gravity = moves(count, rate)
    lines = []
    for k, (t, u, g) in enumerate(zip(time, user, gravity, strict=True)):
        # Milliseconds are too coarse for 400 Hz sensors; the clock since boot is the fine one.
        front = f"{round((UNIX_S + t) * 1000)},{round((70000 + t) * 1e9)}"
        x, y, z = u + g
        lines.append(f"UncalAccel,{front},{x:.6f},{y:.6f},{z:.6f},0.0,0.0,0.0{newer_columns}")
        lines.append("UncalGyro,{},{:.6f},{:.6f},{:.6f},0.0".format(front, *(0.4 * u)))
        if k % 100 == 0:
            s = k // 100
            lines.append(f"Raw,{front},1,2,3")
            lines.append(f"Fix,NLP,61.5,23.5,10,0,900,,{(UNIX_S + s) * 1000},")
            lines.append(f"Fix,GPS,{60 + s * 1e-5:.6f},24.9,12.5,2.0,4,90,{(UNIX_S + s) * 1000},0.5")
            lines.append(f"OrientationDeg,{front},201.0,-5.0,-52.0")
    return (head + "\n".join(lines) + "\n").encode()


@pytest.mark.parametrize("newer", ["", ",3,SOMETHING"])
def test_gnss_logger_reads_fixes_and_sensors(newer):
    (run,) = formats.read(gnss_text(newer_columns=newer))
    main, sensor = run.streams
    assert (run.reader, run.started_at, run.losses) == ("gnss_logger", START, ())
    assert run.device.product == "Phone 7"
    assert main.columns["latitude_deg"].tolist() == pytest.approx([60 + s * 1e-5 for s in range(8)])
    assert main.columns["course_deg"][0] == 90.0
    assert sensor.time_s == pytest.approx(np.arange(800) / 100, abs=2e-3)
    assert np.ptp(np.diff(sensor.time_s)) < 1e-6
    _, user, gravity = moves(800)
    assert sensor.columns["acc_x_mps2"] == pytest.approx((user + gravity)[:, 0], abs=1e-5)
    assert sensor.columns["gyr_z_radps"] == pytest.approx(0.4 * user[:, 2], abs=1e-5)


def test_sensors_faster_than_the_milliseconds_are_timed_by_the_clock_since_boot():
    (run,) = formats.read(gnss_text(1200, rate=400.0))
    assert np.diff(run.streams[1].time_s) == pytest.approx(np.full(1199, 1 / 400), abs=1e-6)
    assert run.losses == ()


def test_the_first_version_of_gnss_logger_is_read_too():
    rows = "".join(f"Fix,gps,{60 + s * 1e-5:.6f},24.9,12,2.0,4,{(UNIX_S + s) * 1000}\n" for s in range(5))
    (run,) = formats.read((V1 + rows).encode())
    assert len(run.main) == 5
    assert run.main.has("speed_mps", "longitude_deg")


def test_columns_are_taken_by_the_comment_not_by_their_place():
    head = "# Fix,Provider,UnixTimeMillis,SpeedMps,LongitudeDegrees,LatitudeDegrees\n"
    rows = "".join(f"Fix,GPS,{(UNIX_S + s) * 1000},2.0,24.9,{60 + s * 1e-5:.6f}\n" for s in range(5))
    (run,) = formats.read((head + rows).encode())
    assert run.main.columns["longitude_deg"].tolist() == [24.9] * 5


def test_raw_measurements_alone_are_no_activity():
    with pytest.raises(NotAnActivity, match="only raw measurements"):
        gnss_logger.read((V3 + "Raw,1,2,3\n").encode())


# --- all -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("maker", [lambda: logger_zip(300)[0], lambda: gnss_text(300)])
def test_rows_lost_and_garbled_at_random_stay_in_the_family(maker, seed):
    data = bytearray(maker())
    rng = np.random.default_rng(seed)
    for _ in range(25):
        broken = bytearray(data)
        for at in rng.integers(0, len(data), 8):
            broken[at] = rng.integers(256)
        start, length = rng.integers(len(data)), rng.integers(2000)
        del broken[start : start + length]
        try:
            runs = [run for _, inner in formats.unwrap("x", bytes(broken)) for run in formats.read(inner)]
        except BackwardRunningError as refusal:
            assert "\n" not in str(refusal)
        else:
            assert all(np.all(np.diff(stream.time_s) > 0) for run in runs for stream in run.streams)
