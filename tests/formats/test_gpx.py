"""GPX: what is read, what is left out and said, what is refused."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from backward_running.core.errors import BackwardRunningError, NotAnActivity, UnreadableFile
from backward_running.formats import read
from backward_running.formats.gpx import FORMAT, read_gpx

EXTENSIONS = (
    "<ele>12.5</ele><speed>2.5</speed><course>90</course><extensions><power>210</power><gpxtpx:TrackPointExtension>"
    "<gpxtpx:hr>141</gpxtpx:hr><gpxtpx:cad>84</gpxtpx:cad><gpxtpx:atemp>18</gpxtpx:atemp>"
    "</gpxtpx:TrackPointExtension><compass>271.5</compass></extensions>"
)


def test_every_column_is_read_with_its_name(make):
    data = make.gpx([make.gpx_point(0, inner=EXTENSIONS), make.gpx_point(2, inner=EXTENSIONS)])
    (run,) = read_gpx(data)
    assert {name: values[0] for name, values in run.main.columns.items()} == {
        "latitude_deg": 60.1, "longitude_deg": 24.9, "altitude_m": 12.5, "speed_mps": 2.5, "course_deg": 90.0,
        "heading_deg": 271.5, "heart_rate_bpm": 141.0, "cadence_spm": 168.0, "power_w": 210.0, "temperature_degc": 18.0,
    }  # fmt: skip
    assert run.main.time_s.tolist() == [0.0, 2.0]
    assert (run.key, run.part) == (hashlib.sha256(data).hexdigest(), 0)
    assert (run.sport, run.title, run.device.product) == ("running", "Morning run", "Test watch")
    assert (run.started_at, run.duration_s, run.losses) == (make.START, 2.0, ())


def test_a_compass_in_a_file_is_never_taken_for_a_known_mount(make):
    (run,) = read_gpx(make.gpx([make.gpx_point(s, inner=EXTENSIONS) for s in range(3)]))
    assert run.main.has("heading_deg")
    assert run.main.mount_known is False


def test_extensions_need_no_namespace(make):
    inner = "<extensions><TrackPointExtension><hr>150</hr></TrackPointExtension></extensions>"
    data = make.gpx([make.gpx_point(s, inner=inner) for s in range(2)]).replace(
        b' xmlns="http://www.topografix.com/GPX/1/1"', b""
    )
    assert read_gpx(data)[0].main.columns["heart_rate_bpm"].tolist() == [150.0, 150.0]


def test_a_point_without_a_value_is_nan_and_never_zero(make):
    points = [make.gpx_point(0), make.gpx_point(1, inner="<ele>5</ele>"), make.gpx_point(2)]
    altitude = read_gpx(make.gpx(points))[0].main.columns["altitude_m"]
    assert np.isnan(altitude[[0, 2]]).all()
    assert altitude[1] == 5.0


@pytest.mark.parametrize(
    ("lat", "lon"), [("NaN", "24"), ("91", "24"), ("60", "-180.5"), ("0", "0.0"), ("", "24"), ("north", "1")]
)
def test_a_position_off_the_globe_is_left_out_and_told(make, lat, lon):
    (run,) = read_gpx(make.gpx([make.gpx_point(0), make.gpx_point(1, lat=lat, lon=lon), make.gpx_point(2)]))
    assert np.isnan(run.main.columns["latitude_deg"]).tolist() == [False, True, False]
    assert np.isnan(run.main.columns["longitude_deg"]).tolist() == [False, True, False]
    assert bool(run.losses) == (lat != "")  # a position that is not stated is missing, not wrong


def test_implausible_values_are_left_out_and_counted(make):
    inner = "<extensions><hr>{}</hr></extensions>"
    points = [make.gpx_point(s, inner=inner.format(hr)) for s, hr in enumerate((140, 900, 0, 141))]
    (run,) = read_gpx(make.gpx(points))
    assert np.isnan(run.main.columns["heart_rate_bpm"]).tolist() == [False, True, True, False]
    (loss,) = run.losses  # 0 is how devices write "no reading"
    assert "heart rate" in loss
    assert "1 value." in loss


def test_distance_that_falls_is_left_out(make):
    points = [
        make.gpx_point(s, inner=f"<extensions><distance>{d}</distance></extensions>")
        for s, d in enumerate((0, 9, 4, 12))
    ]
    (run,) = read_gpx(make.gpx(points))
    assert np.isnan(run.main.columns["distance_m"]).tolist() == [False, False, True, False]
    assert "cannot fall" in run.losses[0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-05-01T06:00:10Z", 10.0), ("2026-05-01T06:00:10.250Z", 10.25), ("2026-05-01T08:00:10+02:00", 10.0),
        ("2026-05-01T08:00:10.5+0200", 10.5), ("2026-05-01T03:30:10-02:30", 10.0), (" 2026-05-01T06:00:10Z\n", 10.0),
        ("2026-05-01 06:00:10z", 10.0), ("2026-05-01T06:01Z", 60.0), ("20260501T060010Z", 10.0),
    ],
)  # fmt: skip
def test_times_in_all_their_spellings(make, text, seconds):
    (run,) = read_gpx(make.gpx([make.gpx_point(0), make.gpx_point(0, time=f"<time>{text}</time>")]))
    assert run.main.time_s.tolist() == [0.0, seconds]
    assert run.losses == ()


def test_the_local_clock_is_kept_where_the_file_states_it(make):
    times = ["<time>2026-05-01T08:00:00+02:00</time>", "<time>2026-05-01T08:00:05+02:00</time>"]
    (run,) = read_gpx(make.gpx([make.gpx_point(0, time=time) for time in times]))
    assert run.utc_offset_s == 7200
    assert run.started_at == datetime(2026, 5, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "second", "offset", "wall_clock", "loss"),
    [
        ("06:00:00Z", "06:00:05Z", None, False, None),
        ("06:00:00+00:00", "06:00:05+00:00", None, False, None),  # as programs write UTC
        ("08:00:00+02:00", "08:00:05+02:00", 7200, False, None),
        ("06:00:00+00:00", "07:00:05+01:00", 0, False, None),  # the clocks change on the way: that of the start counts
        ("08:00:05+02:00", "06:00:00+01:00", 3600, False, None),  # newest first
        ("06:00:00", "06:00:05", None, True, "read on the clock of where it was"),
        ("06:00:00Z", "06:00:05", None, False, "Taken as UTC because they name no time zone: 1 time."),
    ],
)
def test_what_the_times_say_of_the_clock(first, second, offset, wall_clock, loss):
    from backward_running.formats._moments import read_moments

    moments = read_moments([f"2026-05-01T{one}" for one in (first, second)])
    assert (moments.utc_offset_s, moments.are_wall_clock) == (offset, wall_clock)
    assert moments.naive_count == (2 if wall_clock else 1 if loss else 0)


def test_a_time_without_zone_is_what_a_clock_showed_and_told(make):
    times = ["<time>2026-05-01T06:00:00</time>", "<time>2026-05-01T06:00:05</time>"]
    (run,) = read_gpx(make.gpx([make.gpx_point(0, time=time) for time in times]))
    assert run.started_at == make.START
    assert run.wall_clock
    assert run.losses == ("The times name no time zone; they are read on the clock of where it was, or on yours.",)


def test_points_out_of_order_are_sorted_and_repeated_times_counted(make):
    (run,) = read_gpx(make.gpx([make.gpx_point(s) for s in (0, 1, 1, 5, 3, 6)]))
    assert run.main.time_s.tolist() == [0.0, 1.0, 3.0, 5.0, 6.0]
    assert run.losses == (
        "Left out because they repeat a time or are far from all others: 1 point.",
        "The points were not in order of time; they were sorted.",
    )


def test_pieces_in_the_wrong_order_are_put_right_with_their_pauses(make):
    late, early = ([make.gpx_point(s) for s in range(first, first + 5)] for first in (100, 0))
    for segments in ([late, early], [late[::-1], early[::-1]]):
        (run,) = read_gpx(make.gpx(*segments))
        assert run.main.time_s.tolist() == [0, 1, 2, 3, 4, 100, 101, 102, 103, 104]
        assert [(pause.start_s, pause.end_s) for pause in run.pauses] == [(4.0, 100.0)]


def test_one_wrong_late_time_does_not_cost_the_run_behind_it(make):
    (run,) = read_gpx(make.gpx([make.gpx_point(s) for s in (0, 1, 999_999, 2, 3, 4)]))
    assert run.main.time_s.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]


def test_points_without_time_are_left_out_and_counted(make):
    points = [
        make.gpx_point(0),
        make.gpx_point(0, time=""),
        make.gpx_point(0, time="<time>noon</time>"),
        make.gpx_point(3),
    ]
    (run,) = read_gpx(make.gpx(points))
    assert run.main.time_s.tolist() == [0.0, 3.0]
    assert run.losses == ("Left out for want of a readable time: 2 points of 4.",)


def test_a_new_segment_after_a_gap_is_a_pause_and_a_mere_lap_is_not(make):
    (run,) = read_gpx(
        make.gpx(
            [make.gpx_point(s) for s in range(5)],
            [make.gpx_point(s) for s in range(5, 9)],
            [],
            [make.gpx_point(s) for s in range(60, 64)],
        )
    )
    assert [(pause.start_s, pause.end_s) for pause in run.pauses] == [(8.0, 60.0)]


@pytest.mark.parametrize(
    ("kind", "sport", "sub_sport"),
    [
        ("running", "running", None), ("9", "running", None), ("1", "cycling", None), ("Walk", "walking", None),
        ("trail_running", "running", "trail"), ("Treadmill Running", "running", "treadmill"),
        ("hiking", "hiking", None), ("Laufen", "running", None), ("indoor_running", "running", "indoor_running"),
        ("unknown", None, None), ("", None, None), ("Mountain Biking", "cycling", None),
    ],
)  # fmt: skip
def test_sports_in_all_their_words(make, kind, sport, sub_sport):
    (run,) = read_gpx(make.gpx([make.gpx_point(0), make.gpx_point(1)], kind=kind))
    assert (run.sport, run.sub_sport) == (sport, sub_sport)


@pytest.mark.parametrize(
    ("kind", "stated", "read_as"),
    [("running", 82, 164), ("running", 165, 165), ("running", 110, 110), ("walking", 55, 110), ("walking", 104, 104), ("cycling", 85, 85),
     ("", 85, 85)],
)  # fmt: skip
def test_strides_become_steps_on_foot_only(make, kind, stated, read_as):
    points = [make.gpx_point(s, inner=f"<extensions><cad>{stated}</cad></extensions>") for s in range(4)]
    assert read_gpx(make.gpx(points, kind=kind))[0].main.columns["cadence_spm"].tolist() == [read_as] * 4


def test_standing_still_does_not_turn_steps_into_strides(make):
    points = [
        make.gpx_point(s, inner=f"<extensions><cad>{c}</cad></extensions>") for s, c in enumerate((0, 0, 0, 170, 172))
    ]
    assert read_gpx(make.gpx(points))[0].main.columns["cadence_spm"].tolist() == [0, 0, 0, 170, 172]


def test_several_tracks_are_several_recordings(make):
    data = make.gpx([make.gpx_point(0), make.gpx_point(1)])
    track = data[data.index(b"<trk>") : data.index(b"</gpx>")]
    untimed = b'<trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk>'
    first, second = read_gpx(data.replace(b"</gpx>", untimed + track.replace(b"Morning", b"Evening") + b"</gpx>"))
    assert (first.title, second.title) == ("Morning run", "Evening run")
    assert (first.part, second.part) == (0, 1)
    assert first.key == second.key
    assert first.activity_id != second.activity_id
    assert first.losses == second.losses == ("Left out for want of times: 1 track of 3.",)


POINT = '<{0}pt lat="1" lon="2"/>'


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<trk><trkseg>" + POINT.format("trk") * 3 + "</trkseg></trk>", "a route without times"),
        ("<rte>" + POINT.format("rte") * 3 + "</rte>", "a planned route"),
        ('<wpt lat="1" lon="2"/>', "only single places"),
        ("", "no track points"),
    ],
)
def test_a_file_without_recording_says_what_it_holds(inside, words):
    with pytest.raises(NotAnActivity, match=words):
        read_gpx(f"<gpx>{inside}</gpx>".encode())


def test_a_single_timed_point_is_no_recording(make):
    with pytest.raises(NotAnActivity, match="fewer than two different times"):
        read_gpx(make.gpx([make.gpx_point(0)]))


def test_damage_keeps_what_stands_before_it_and_names_the_line(make):
    data = make.gpx(["\n" + make.gpx_point(s) for s in range(100)])
    (run,) = read_gpx(data[: data.index(make.stamp(50).encode())])
    assert len(run.main) == 50
    assert run.title == "Morning run"
    assert run.losses == ("The file is damaged or cut short at line 52; what stands before that was read.",)


def test_damage_before_the_track_is_read_around(make):
    (run,) = read_gpx(make.gpx([make.gpx_point(s) for s in range(9)], name="Up & down"))
    assert len(run.main) == 9
    assert "read around the damage" in run.losses[0]


def test_damage_with_nothing_usable_is_refused():
    with pytest.raises(UnreadableFile, match=r"at line 2") as refusal:
        read_gpx(b"<gpx><trk>\n<trkseg><trkpt lat=")
    assert not isinstance(refusal.value, NotAnActivity)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE gpx [<!ENTITY a "&b;&b;"><!ENTITY b "ha">]>',
        '<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/evil.dtd">',
        '<?xml version="1.0"?><!-- hello --><!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        "<!--" + "x" * 70_000 + '--><!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_a_document_type_is_refused(make, doctype):
    data = make.gpx([make.gpx_point(s) for s in range(3)], head=doctype, name="&x;")
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        read_gpx(data)


def test_an_unknown_entity_opens_nothing(make):
    (run,) = read_gpx(make.gpx([make.gpx_point(s) for s in range(3)], name="a&passwd;b"))
    assert len(run.main) == 3
    assert "read around the damage" in run.losses[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
def test_every_encoding_is_read(make, encoding):
    stated = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(encoding, encoding)
    text = make.gpx(
        [make.gpx_point(0), make.gpx_point(1)], name="Käse", head=f'<?xml version="1.0" encoding="{stated}"?>'
    )
    data = text.decode().encode(encoding)
    assert FORMAT.looks_like(data)
    assert read(data)[0].title == "Käse"
    assert read(data)[0].losses == ()


@pytest.mark.parametrize("stated", ["utf-16", "klingon", "utf-8"])
def test_a_wrongly_stated_encoding_is_overcome(make, stated):
    data = make.gpx(
        [make.gpx_point(0), make.gpx_point(1)], name="Käse", head=f'<?xml version="1.0" encoding="{stated}"?>'
    )
    assert read_gpx(data)[0].title == "Käse"
    (run,) = read_gpx(data.decode().encode("cp1252"))
    assert run.title == "Käse"
    assert "encoding" in run.losses[0]


def test_padding_before_and_behind_does_no_harm(make):
    data = make.gpx([make.gpx_point(0), make.gpx_point(1)], head='<?xml version="1.0"?>')
    assert read(b"\r\n  " + data + b"\n" + b"\x00" * 512)[0].losses == ()


def test_what_a_file_says_stays_data(make):
    (run,) = read_gpx(make.gpx([make.gpx_point(0), make.gpx_point(1)], name="&lt;script&gt;\n  {{ 7*7 }}" + "x" * 999))
    assert run.title.startswith("<script> {{ 7*7 }}x")
    assert len(run.title) == 200


@pytest.mark.parametrize(
    "odd",
    [
        "9999-12-31T23:59:59-23:00",
        "0001-01-01T00:00:00Z",
        "2026-05-01T06:00:05+99:00",
        "2026-13-01T00:00:00Z",
        "NaT",
        "9" * 400,
        "２０２６-05-01T06:00:05Z",
    ],
)
def test_an_impossible_time_costs_its_point_only(make, odd):
    points = [make.gpx_point(0), make.gpx_point(0, time=f"<time>{odd}</time>"), make.gpx_point(9)]
    (run,) = read_gpx(make.gpx(points, head='<?xml version="1.0" encoding="utf-8"?>'))
    assert run.main.time_s.tolist() == [0.0, 9.0]
    assert run.losses == ("Left out for want of a readable time: 1 point of 3.",)


def test_the_files_own_title_stands_in_for_the_tracks(make):
    data = make.gpx([make.gpx_point(0), make.gpx_point(1)], name="", extra="<metadata><name>Trip</name></metadata>")
    assert read_gpx(data)[0].title == "Trip"


def test_points_right_under_the_track_are_read_too(make):
    data = make.gpx([make.gpx_point(0), make.gpx_point(1)]).replace(b"<trkseg>", b"").replace(b"</trkseg>", b"")
    (run,) = read_gpx(data)
    assert (len(run.main), run.title) == (2, "Morning run")


def test_stated_totals_of_the_extensions(make):
    data = make.gpx([make.gpx_point(0), make.gpx_point(1)]).replace(
        b"<trkseg>", b"<extensions><a><Distance>12.5</Distance><MovingTime>0</MovingTime></a></extensions><trkseg>"
    )
    assert read_gpx(data)[0].stated == {"distance_m": 12.5}


@given(st.lists(st.integers(0, 60), min_size=2, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_order_of_times_gives_a_rising_clock(seconds):
    points = "".join(f'<trkpt lat="1" lon="2"><time>2026-05-01T06:00:{s % 60:02d}Z</time></trkpt>' for s in seconds)
    try:
        (run,) = read_gpx(f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>".encode())
    except NotAnActivity:
        return
    assert np.all(np.diff(run.main.time_s) > 0)
    assert len(run.main) <= len({s % 60 for s in seconds})


def test_every_real_file_comes_in_or_says_why_not(shared_data):
    files = sorted((shared_data / "activities" / "gpx").glob("*.gpx"))
    assert len(files) >= 74
    for file in files:
        data = file.read_bytes()
        root = etree.fromstring(data)
        timed = [
            sum(bool(point.findtext("{*}time")) for point in track.iterfind(".//{*}trkpt"))
            for track in root.iterfind("{*}trk")
        ]
        try:
            runs = read(data)
        except BackwardRunningError as refusal:
            assert "\n" not in str(refusal), file.name
            assert str(refusal).endswith("."), file.name
            continue
        samples = sum(len(run.main) for run in runs)
        assert samples <= sum(timed), file.name
        if not any("time" in loss for run in runs for loss in run.losses):
            assert samples == sum(timed), file.name


def test_a_track_of_many_blocks_is_as_one_of_few(monkeypatch):
    """Texts become numbers block by block: where a block ends may not show."""
    from backward_running.formats import _track

    def point(k):
        said = f"<ele>{k}</ele>" if k % 3 else ""
        hr = f"<extensions><hr>{100 + k}</hr></extensions>" if k > 600 else ""
        zone = "+02:00" if k > 300 else "Z"
        when = (
            ""
            if k == 511
            else f"<time>2026-05-01T{6 + (2 if k > 300 else 0):02d}:{k // 60 % 60:02d}:{k % 60:02d}{zone}</time>"
        )
        return f'<trkpt lat="{60 + k * 1e-5:.5f}" lon="24.9">{said}{when}{hr}</trkpt>'

    text = "<gpx><trk><trkseg>" + "".join(point(k) for k in range(700)) + "</trkseg></trk></gpx>"
    (whole,) = read_gpx(text.encode())
    monkeypatch.setattr(_track, "_PACK_EVERY", 256)
    (parts,) = read_gpx(text.encode())
    assert len(whole.main) == 699 and whole.utc_offset_s == parts.utc_offset_s
    assert (whole.started_at, whole.losses, set(whole.main.columns)) == (parts.started_at, parts.losses, set(parts.main.columns))  # fmt: skip
    for name, values in whole.main.columns.items():
        np.testing.assert_array_equal(values, parts.main.columns[name], err_msg=name)


@pytest.mark.parametrize("size", [2, 200_000])
@pytest.mark.parametrize("pad", [b"\0", b" \r\n\t"])
def test_padding_of_any_length_and_undeclared_prefixes_do_no_harm(size, pad):
    points = "".join(f'<trkpt lat="60" lon="24.9"><time>2026-05-01T06:00:0{s}Z</time><ns3:hr>150</ns3:hr></trkpt>' for s in range(3))  # fmt: skip
    data = f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>".encode()
    (run,) = read_gpx(pad * size + data + pad * size)
    assert run.main.columns["heart_rate_bpm"].tolist() == [150.0] * 3


def test_a_large_track_takes_little_more_than_itself():
    """1.15 GB for 217 MB before; what is counted is memory that Python and numpy give out, whatever the machine."""
    import tracemalloc

    point = '<trkpt lat="60.{:06d}" lon="24.9000000"><ele>12.0</ele><time>2026-05-{:02d}T{:02d}:{:02d}:{:02d}Z</time></trkpt>\n'  # fmt: skip
    text = "".join(point.format(k, 1 + k // 86400, k // 3600 % 24, k // 60 % 60, k % 60) for k in range(150_000))
    data = f"<gpx><trk><trkseg>{text}</trkseg></trk></gpx>".encode()
    del text
    tracemalloc.start()
    (run,) = read_gpx(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(run.main) == 150_000
    assert peak < 2.2 * len(data), f"{peak / len(data):.2f} times the file"
