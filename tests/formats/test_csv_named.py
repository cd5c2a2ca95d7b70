"""Tables with named columns: mapped, converted, checked, refused in words."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.work import lines_run

from backward_running import formats
from backward_running.core.errors import BackwardRunningError, BadValue, NotAnActivity, UnreadableFile
from backward_running.formats.base import NO_DATE_LOSS
from backward_running.formats.csv_named import read_generic_csv

G = 9.80665
MAPPED = {"time_s": "t", "acc_x_mps2": "ax", "acc_y_mps2": "ay", "acc_z_mps2": "az",
          "gyr_x_radps": "gx", "gyr_y_radps": "gy", "gyr_z_radps": "gz"}  # fmt: skip


def in_units(acc="mps2", gyr="radps"):
    return {name.replace("mps2", acc).replace("radps", gyr): theirs for name, theirs in MAPPED.items()}


def walking(seconds=20, rate=100.0, still=2.0):
    """A sensor that rests, then walks."""
    time = np.arange(int(seconds * rate)) / rate
    rng = np.random.default_rng(1)
    going = time > still
    acc = np.array([0.0, 0.0, G]) + rng.normal(0, 0.02, (len(time), 3))
    acc += going[:, None] * 3.0 * np.sin(2 * np.pi * 2 * time)[:, None]
    gyr = rng.normal(0, 0.005, (len(time), 3)) + going[:, None] * 1.5 * np.cos(2 * np.pi * time)[:, None]
    return np.column_stack([time, acc, gyr])


def table(cells, header="t,ax,ay,az,gx,gy,gz", separator=","):
    lines = [header.replace(",", separator)] + [separator.join(f"{v:.6g}" for v in row) for row in cells]
    return ("\n".join(lines) + "\n").encode()


def test_a_mapped_table_becomes_one_stream():
    cells = walking()
    run = read_generic_csv(table(cells), columns=MAPPED, place="shank_left", mount_known=True, rate_hz=100)
    (stream,) = run.streams
    assert (stream.place, stream.frame, stream.mount_known) == ("shank_left", "body", True)
    assert stream.columns["acc_z_mps2"] == pytest.approx(cells[:, 3], rel=1e-5)
    assert stream.columns["gyr_y_radps"] == pytest.approx(cells[:, 5], rel=1e-4, abs=1e-6)
    assert run.losses == (NO_DATE_LOSS,)
    assert run.duration_s == pytest.approx(19.99)


def test_axes_are_mapped_by_name_whatever_their_order():
    cells = walking()[:, [3, 0, 2, 1, 6, 5, 4]]
    run = formats.read_generic_csv(table(cells, "az,t,ay,ax,gz,gy,gx"), columns=MAPPED)
    assert float(np.median(run.streams[0].columns["acc_z_mps2"][:100])) == pytest.approx(G, abs=0.05)
    assert run.streams[0].frame == "sensor"


@pytest.mark.parametrize(
    ("acc", "gyr", "acc_factor", "gyr_factor"),
    [("g", "degps", G, np.pi / 180), ("mg", "dps", G / 1000, np.pi / 180), ("mps2", "mdps", 1.0, np.pi / 180e3)],
)
def test_stated_units_become_si(acc, gyr, acc_factor, gyr_factor):
    cells = walking()
    written = cells / [1.0, *[acc_factor] * 3, *[gyr_factor] * 3]
    run = read_generic_csv(table(written), columns=in_units(acc, gyr))
    assert run.streams[0].columns["acc_z_mps2"] == pytest.approx(cells[:, 3], rel=1e-4)
    assert run.streams[0].columns["gyr_x_radps"] == pytest.approx(cells[:, 4], rel=1e-4, abs=1e-6)


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        ((1 / G, 1), r"accelerometer cannot be right: expected about 9.8 m/s² in quiet .* look like g \(1 g is"),
        ((1000 / G, 1), "look like mg"),
        ((100, 1), "look like cm/s²"),
        ((3, 1), "got 29.4; state the unit"),
        ((1, 180 / np.pi), "gyroscope cannot be right: expected at most 36 rad/s, got .* look like degrees"),
        ((1, np.pi / 180), "look like rad/s read as degrees"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_with_what_was_expected_and_got(factors, words):
    written = walking() * [1.0, *[factors[0]] * 3, *[factors[1]] * 3]
    with pytest.raises(UnreadableFile, match=words):
        read_generic_csv(table(written), columns=MAPPED)


def test_acceleration_without_gravity_is_refused():
    cells = walking()
    cells[:, 3] -= G
    with pytest.raises(UnreadableFile, match="gravity seems to be taken out"):
        read_generic_csv(table(cells), columns=MAPPED)


def test_slow_degrees_are_caught_by_what_they_would_do_to_the_sensor():
    cells = walking()
    cells[:, 4:] *= 0.2 * 180 / np.pi  # a chest: some 17 degrees a second, which a foot reaches in rad/s
    with pytest.raises(UnreadableFile, match="would fling the sensor about"):
        read_generic_csv(table(cells), columns=MAPPED)


def test_a_stated_rate_must_agree_with_the_time_stamps():
    data = table(walking(rate=50.0))
    with pytest.raises(UnreadableFile, match=r"stated as 100 Hz, but the time stamps \(time_s\) say 50 Hz"):
        read_generic_csv(data, columns=MAPPED, rate_hz=100)
    assert read_generic_csv(data, columns=MAPPED, rate_hz=51).streams


def test_without_a_time_the_rate_is_the_clock():
    columns = {ours: theirs for ours, theirs in MAPPED.items() if ours != "time_s"}
    data = table(walking(rate=50.0))
    assert read_generic_csv(data, columns=columns, rate_hz=50).duration_s == pytest.approx(19.98)
    with pytest.raises(BadValue, match="name a time.*state the rate"):
        read_generic_csv(data, columns=columns)


def test_seconds_since_1970_are_a_date_and_a_stated_start_wins():
    cells = np.array([1_777_615_200.0, 0, 0, 0, 0, 0, 0]) + walking()
    data = table(cells).replace(b"1.77762e+09", b"")
    text = "\n".join(
        ["t,ax,ay,az,gx,gy,gz", *(f"{row[0]:.3f}," + ",".join(f"{v:.4f}" for v in row[1:]) for row in cells), ""]
    )
    run = read_generic_csv(text.encode(), columns=MAPPED)
    assert (run.started_at, run.losses) == (datetime(2026, 5, 1, 6, tzinfo=UTC), ())
    other = datetime(2025, 1, 1, tzinfo=UTC)
    assert read_generic_csv(text.encode(), columns=MAPPED, started_at=other).started_at == other
    with pytest.raises(BadValue, match="carry a time zone"):
        read_generic_csv(data, columns=MAPPED, started_at=datetime(2025, 1, 1))  # noqa: DTZ001


def test_several_places_come_out_of_one_table():
    cells = np.column_stack([walking(), walking()[:, 1:]])
    header = "t,ax,ay,az,gx,gy,gz,bx,by,bz,hx,hy,hz"
    columns = {"time_s": "t"}
    for place, acc, gyr in (("foot_left", "a", "g"), ("waist", "b", "h")):
        columns |= {f"{place}.acc_{axis}_mps2": acc + axis for axis in "xyz"}
        columns |= {f"{place}.gyr_{axis}_radps": gyr + axis for axis in "xyz"}
    run = read_generic_csv(table(cells, header), columns=columns)
    assert [stream.place for stream in run.streams] == ["foot_left", "waist"]


def test_the_mapping_may_come_the_other_way_round_or_by_number():
    data = table(walking())
    turned = read_generic_csv(data, columns={theirs: ours for ours, theirs in MAPPED.items()})
    counted = read_generic_csv(data, columns={ours: str(k + 1) for k, ours in enumerate(MAPPED)})
    for run in (turned, counted):
        assert len(run.streams[0].columns) == 6


@pytest.mark.parametrize(
    ("columns", "options", "words"),
    [
        ({"time_s": "t", "acc_x_mps2": "foo"}, {}, "name columns of the file.*It has: t, ax, ay"),
        ({"time_s": "t", "acceleration": "ax"}, {}, "unit the last word.*acc_x_g"),
        ({"time_s": "t", "acc_x_furlong": "ax"}, {}, "`unit` must be stated for acc: one of mps2, g, mg"),
        ({"acc_x": "ax"}, {"rate_hz": 100}, "`unit` must be stated for acc.*acc_x"),
        (MAPPED, {"rate_hz": 0.0}, "lie between"),
        (MAPPED, {"rate_hz": float("nan")}, "lie between"),
    ],
)
def test_a_wrong_mapping_is_explained(columns, options, words):
    with pytest.raises(BadValue, match=words):
        read_generic_csv(table(walking()), columns=columns, **options)


@pytest.mark.parametrize("variant", ["semicolon and decimal comma", "tab", "quoted", "crlf", "bom", "remarks above"])
def test_dialects_of_tables(variant):
    plain = table(walking(4))
    data = {
        "semicolon and decimal comma": plain.replace(b",", b";").replace(b".", b","),
        "tab": plain.replace(b",", b"\t"),
        "quoted": b'"' + plain.replace(b",", b'","').replace(b"\n", b'"\n"')[:-1],
        "crlf": plain.replace(b"\n", b"\r\n"),
        "bom": b"\xef\xbb\xbf" + plain,
        "remarks above": b"sep=,\n# made by hand\n\n" + plain,
    }[variant]
    run, same = (read_generic_csv(one, columns=MAPPED) for one in (data, plain))
    for name, values in same.streams[0].columns.items():
        assert np.array_equal(run.streams[0].columns[name], values), name
    assert run.losses == same.losses


def test_holes_words_and_torn_rows_cost_only_themselves():
    lines = table(walking(4)).decode().splitlines()
    lines[50] = ",".join(["0.49", "", "", "", *lines[50].split(",")[4:]])
    lines[60] = "0.59,walk,now"
    lines[70] = lines[70].replace(lines[70].split(",")[2], "oops")
    run = read_generic_csv(("\n".join(lines) + "\n").encode(), columns=MAPPED)
    assert "Left out because their cells do not fit the header: 1 row." in run.losses
    assert len(run.streams[0]) == 399
    assert np.isnan(run.streams[0].columns["acc_x_mps2"][49])
    assert np.isfinite(run.streams[0].columns["gyr_x_radps"][49])
    assert np.isnan(run.streams[0].columns["acc_y_mps2"][68])


def test_a_last_line_without_an_end_is_left_out_and_told():
    data = table(walking(4))
    run = read_generic_csv(data[:-3], columns=MAPPED)
    assert len(run.streams[0]) == 399
    assert any("last line has no end" in loss for loss in run.losses)


def test_time_that_runs_backward_or_repeats_is_left_out_and_told():
    cells = walking(4)
    cells[100, 0], cells[200, 0], cells[300, 0] = 0.2, cells[199, 0], np.nan
    run = read_generic_csv(table(cells), columns=MAPPED)
    assert len(run.streams[0]) == 397
    assert any("go back in time: 2 samples" in loss for loss in run.losses)
    assert any("want of a readable time: 1 sample" in loss for loss in run.losses)


def test_a_dead_axis_is_left_out_and_told():
    cells = walking(4)
    cells[:, 2] = 0.0
    run = read_generic_csv(table(cells), columns=MAPPED)
    assert "acc_y_mps2" not in run.streams[0].columns
    assert any("y axis always reads 0: it is dead" in loss for loss in run.losses)


@pytest.mark.parametrize("axes", [1, 3, 6])
def test_all_dead_or_constant_is_refused_in_the_family(axes):
    cells = walking(4)
    cells[:, 1 : 1 + axes] = 0.0
    try:
        run = read_generic_csv(table(cells), columns=MAPPED)
    except BackwardRunningError as refusal:
        assert "\n" not in str(refusal)
    else:
        assert run.losses


def test_a_table_without_rows_is_no_activity():
    with pytest.raises(NotAnActivity, match="no rows"):
        read_generic_csv(b"t,ax,ay,az,gx,gy,gz\n", columns=MAPPED)
    with pytest.raises(UnreadableFile, match="names its columns"):
        read_generic_csv(b"\n\n", columns=MAPPED)


def test_two_seconds_are_enough_to_read_and_a_tenth_is_not_judged():
    assert read_generic_csv(table(walking(2)), columns=MAPPED).duration_s == pytest.approx(1.99)
    assert read_generic_csv(table(walking(0.1)), columns=MAPPED).streams


def test_our_own_names_are_read_without_a_mapping():
    data = table(walking(4), ",".join(MAPPED))
    (run,) = formats.read(data)
    assert (run.reader, run.streams[0].mount_known) == ("csv", False)
    assert len(run.streams[0].columns) == 6


def test_positions_come_first_and_the_sensor_follows():
    cells = np.column_stack([walking(4), np.full((400, 2), np.nan)])
    cells[::100, 7:] = [[60 + k * 1e-5, 24.9] for k in range(4)]
    data = table(cells, ",".join(MAPPED) + ",latitude_deg,longitude_deg").replace(b"nan", b"")
    (run,) = formats.read(data)
    assert [len(stream) for stream in run.streams] == [4, 400]
    assert run.main.frame == "earth"


@pytest.mark.slow
def test_an_hour_of_six_axes_is_read_column_by_column():
    def minutes(count):
        cells = np.tile(walking(60), (count, 1))
        cells[:, 0] = np.arange(len(cells)) / 100
        text = "\n".join(["t,ax,ay,az,gx,gy,gz", *(("%.2f" + ",%.5f" * 6) % tuple(row) for row in cells), ""])
        data, read = text.encode(), []
        lines = lines_run(lambda: read.extend([read_generic_csv(data, columns=MAPPED, rate_hz=100)]))
        assert len(read[0].streams[0]) == 6_000 * count
        return lines

    minutes(1)  # what is read once and kept
    assert minutes(60) < 3 * minutes(6)  # a loop over rows would be ten times


@given(
    data=st.binary(max_size=300)
    | st.text(alphabet="t,ax;0123456789.-e\n\t\"nai'", max_size=400).map(lambda text: ("t,ax\n" + text).encode())
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_bytes_the_answer_stays_in_the_family(data):
    for columns in ({"time_s": "t", "acc_x_mps2": "ax"}, {"time_ms": "1", "heart_rate_bpm": "2"}):
        try:
            run = read_generic_csv(data, columns=columns)
        except BackwardRunningError as refusal:
            assert str(refusal)
        else:
            assert all(np.all(np.diff(stream.time_s) > 0) for stream in run.streams)


@pytest.mark.parametrize("name", ["imu_sample", "imu_sample_not_rotated", "imu_sample_ic_stride"])
def test_real_foot_sensors_come_in_by_the_mapper(shared_data, name):
    file = shared_data / "imu" / "gaitmap_foot" / f"{name}.csv"
    columns = {f"{place}.acc_{a}_mps2": f"{side}_sensor/acc_{a}" for a in "xyz"
               for place, side in (("foot_left", "left"), ("foot_right", "right"))}  # fmt: skip
    columns |= {key.replace("acc", "gyr").replace("mps2", "degps"): value.replace("acc", "gyr")
                for key, value in columns.items()}  # fmt: skip
    run = read_generic_csv(file.read_bytes(), columns=columns, rate_hz=204.8)
    assert [len(stream.columns) for stream in run.streams] == [6, 6]
    assert run.losses == (NO_DATE_LOSS,)


def test_real_low_back_sensors_come_in_by_the_mapper_and_wrong_units_do_not(shared_data):
    files = sorted((shared_data / "imu" / "mobgap_lowback").rglob("*Trial*.csv"))
    assert files
    right = {f"acc_{a}_g": f"acc_{a}" for a in "xyz"} | {f"gyr_{a}_degps": f"gyr_{a}" for a in "xyz"}
    for file in files:
        data = file.read_bytes()
        assert read_generic_csv(data, columns=right, rate_hz=100, place="waist").losses == (NO_DATE_LOSS,)
        for good, bad in (("_g", "_mps2"), ("degps", "radps")):
            with pytest.raises(UnreadableFile, match="cannot be right"):
                read_generic_csv(
                    data, columns={key.replace(good, bad): value for key, value in right.items()}, rate_hz=100
                )


def test_virtual_sensors_of_six_places_come_in_by_the_mapper(shared_data):
    places = {"foot_left": "foot_l", "foot_right": "foot_r", "shank_left": "shank_l", "thigh_right": "thigh_r_pocket",
              "waist": "waist", "chest": "chest"}  # fmt: skip
    columns = {"time_s": "t"}
    for place, theirs in places.items():
        columns |= {f"{place}.acc_{a}_mps2": f"{theirs}_a{a}" for a in "xyz"}
        columns |= {f"{place}.gyr_{a}_radps": f"{theirs}_g{a}" for a in "xyz"}
    files = sorted((shared_data / "imu" / "virtual_male1").glob("*.csv"))
    assert files
    for file in files:
        run = read_generic_csv(file.read_bytes(), columns=columns, rate_hz=100, mount_known=True)
        assert [stream.place for stream in run.streams] == list(places), file.name
