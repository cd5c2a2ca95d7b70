"""TCX: laps, pauses, several sports in a row, damage."""

from __future__ import annotations

import numpy as np
import pytest
from lxml import etree

from backward_running.core.errors import BackwardRunningError, NotAnActivity, UnreadableFile
from backward_running.formats import read
from backward_running.formats.tcx import FORMAT, read_tcx

INNER = (
    "<Position><LatitudeDegrees>60.1</LatitudeDegrees><LongitudeDegrees>24.9</LongitudeDegrees></Position>"
    "<AltitudeMeters>12.5</AltitudeMeters><DistanceMeters>{}</DistanceMeters><HeartRateBpm><Value>141</Value></HeartRateBpm>"
    "<Extensions><ns3:TPX><ns3:Speed>2.5</ns3:Speed><ns3:RunCadence>84</ns3:RunCadence><ns3:Watts>210</ns3:Watts>"
    "</ns3:TPX></Extensions>"
)
FACTS = (
    "<DistanceMeters>25</DistanceMeters><Calories>3</Calories><Intensity>{}</Intensity>"
    "<TriggerMethod>Distance</TriggerMethod>"
)


def test_every_column_is_read_with_its_name(make):
    points = [make.tcx_point(s, INNER.format(s)) for s in range(3)]
    creator = "<Notes>Easy</Notes><Creator><Name>Watch 7</Name><UnitId>99</UnitId></Creator>"
    (run,) = read_tcx(make.tcx(make.tcx_lap(points), inner=creator))
    assert {name: values[2] for name, values in run.main.columns.items()} == {
        "latitude_deg": 60.1, "longitude_deg": 24.9, "altitude_m": 12.5, "distance_m": 2.0, "heart_rate_bpm": 141.0,
        "speed_mps": 2.5, "cadence_spm": 168.0, "power_w": 210.0,
    }  # fmt: skip
    assert (run.sport, run.title, run.device.product, run.device.serial) == ("running", "Easy", "Watch 7", "99")
    assert (run.started_at, run.losses, run.utc_offset_s) == (make.START, (), None)


def test_laps_lie_end_to_end_and_keep_what_they_state(make):
    first = make.tcx_lap([make.tcx_point(s) for s in range(10)], total=10, inner=FACTS.format("Active"))
    second = make.tcx_lap(
        [make.tcx_point(s) for s in range(10, 16)],
        start=10,
        total=7,
        inner=FACTS.format("Resting") + "<Notes>back 1</Notes>",
    )
    (run,) = read_tcx(make.tcx(first, second))
    assert [(lap.start_s, lap.end_s, lap.trigger, lap.label, lap.distance_m) for lap in run.laps] == [
        (0.0, 10.0, "distance", None, 25.0),
        (10.0, 17.0, "distance", "back 1", 25.0),
    ]
    assert run.stated == {"duration_s": 17.0, "distance_m": 50.0, "energy_kcal": 6.0}
    assert run.duration_s == 17.0


def test_laps_without_a_start_follow_each_other(make):
    laps = [make.tcx_lap([make.tcx_point(s) for s in range(first, first + 5)], total=5) for first in (0, 5)]
    data = make.tcx(*laps).replace(f'StartTime="{make.stamp(0)}"'.encode(), b"")
    assert [(lap.start_s, lap.end_s) for lap in read_tcx(data)[0].laps] == [(0.0, 5.0), (5.0, 10.0)]


def test_a_resting_lap_says_so(make):
    lap = make.tcx_lap([make.tcx_point(s) for s in range(3)], inner=FACTS.format("Resting"))
    assert read_tcx(make.tcx(lap))[0].laps[0].label == "resting"


def test_a_gap_between_tracks_is_a_pause_and_a_new_lap_is_not(make):
    first = make.tcx_lap([make.tcx_point(s) for s in range(5)], [make.tcx_point(s) for s in range(60, 65)])
    second = make.tcx_lap([make.tcx_point(s) for s in range(65, 70)], start=65)
    (run,) = read_tcx(make.tcx(first, second))
    assert [(pause.start_s, pause.end_s) for pause in run.pauses] == [(4.0, 60.0)]


def test_the_sports_of_a_multisport_session_are_recordings_of_their_own(make):
    lap = make.tcx_lap([make.tcx_point(s) for s in range(3)])
    swim = f'<Activity Sport="Other"><Id>{make.stamp(0)}</Id>{lap}</Activity>'
    session = "<MultiSportSession><FirstSport>" + swim + "</FirstSport><NextSport>{}</NextSport></MultiSportSession>"
    data = make.tcx(make.tcx_lap([make.tcx_point(s) for s in range(60, 65)], start=60), around=session)
    other, run = read_tcx(data)
    assert [(part.sport, part.part, len(part.main)) for part in (other, run)] == [(None, 0, 3), ("running", 1, 5)]
    assert other.key == run.key


def test_laps_without_points_are_an_activity_entered_by_hand(make):
    (run,) = read_tcx(make.tcx(make.tcx_lap(total=600, inner="<DistanceMeters>1500</DistanceMeters>")))
    assert run.main is None
    assert run.duration_s == 600.0
    assert run.stated["distance_m"] == 1500.0
    assert "no points" in run.losses[0]


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<Courses><Course><Name>x</Name><Track>{}</Track></Course></Courses>", "a course to follow"),
        ("<Workouts><Workout><Name>x</Name></Workout></Workouts>", "planned workouts"),
        ('<Activities><Activity Sport="Running"><Id>x</Id></Activity></Activities>', "without a single timed point"),
        ("", "no activity"),
    ],
)
def test_a_file_without_recording_says_what_it_holds(make, inside, words):
    points = make.tcx_point(0) + make.tcx_point(1)
    with pytest.raises(NotAnActivity, match=words):
        read_tcx(f"<TrainingCenterDatabase>{inside.format(points)}</TrainingCenterDatabase>".encode())


def test_points_of_a_course_are_no_part_of_the_activity_behind_it(make):
    course = f"<Courses><Course><Track>{make.tcx_point(900)}</Track></Course></Courses><Activities>"
    data = make.tcx(make.tcx_lap([make.tcx_point(s) for s in range(3)])).replace(b"<Activities>", course.encode())
    assert read_tcx(data)[0].main.time_s.tolist() == [0.0, 1.0, 2.0]


@pytest.mark.parametrize("cut", ["Time", "/Track>", "/Lap>", "/Activity>", "Creator"])
def test_a_cut_tail_keeps_what_stands_before_it(make, cut):
    first = make.tcx_lap([make.tcx_point(s) for s in range(300)], total=300)
    second = make.tcx_lap([make.tcx_point(s) for s in range(300, 310)], start=300)
    data = make.tcx(first, second, inner="<Creator><Name>W</Name></Creator>")
    (run,) = read_tcx(data[: data.rindex(cut.encode())])
    assert len(run.main) == (309 if cut == "Time" else 310)
    assert run.sport == "running"
    assert [lap.start_s for lap in run.laps] == [0.0, 300.0]
    assert "damaged or cut short at line 2" in run.losses[0]


def test_damage_with_nothing_usable_is_refused():
    with pytest.raises(UnreadableFile, match="damaged before any recording"):
        read_tcx(b'<TrainingCenterDatabase><Activities><Activity Sport="Run')


def test_a_document_type_is_refused(make):
    data = make.tcx(make.tcx_lap([make.tcx_point(0), make.tcx_point(1)]))
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        read_tcx(data.replace(b"?>\n", b'?>\n<!DOCTYPE x [<!ENTITY a "b">]>', 1))


def test_a_missing_root_is_forgiven(make):
    data = make.tcx(make.tcx_lap([make.tcx_point(0), make.tcx_point(1)]))
    headless = data[data.index(b"<Activities>") :].replace(b"</TrainingCenterDatabase>", b"")
    assert FORMAT.looks_like(headless)
    assert len(read_tcx(headless)[0].main) == 2


def test_every_real_file_comes_in_with_all_its_points(shared_data):
    files = sorted((shared_data / "activities" / "tcx").glob("*.tcx"))
    assert len(files) >= 15
    for file in files:
        data = file.read_bytes()
        root = etree.fromstring(data, etree.XMLParser(recover=True))
        try:
            runs = read(data)
        except BackwardRunningError as refusal:
            pytest.fail(f"{file.name}: {refusal}")
        times = [
            len({p.findtext("{*}Time") for p in one.iterfind(".//{*}Trackpoint")}) for one in root.iter("{*}Activity")
        ]
        assert [len(run.main) for run in runs] == times, file.name
        assert all(np.all(np.diff([lap.start_s for lap in run.laps]) > 0) for run in runs), file.name
