"""The same run from two devices or services counts once, is never dropped in silence, and comes apart again."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from backward_running.core.errors import BadValue
from backward_running.core.ports import ActivityQuery
from backward_running.core.recording import Device, Recording, Stream
from backward_running.flows import editing, source_rules, trash
from backward_running.flows.intake import import_file
from backward_running.signals.same_run import same_run

MINUTES = 12
START = datetime(2026, 5, 1, 6, tzinfo=UTC)


def wave(seconds):
    """A heart and a pace that rise and fall."""
    return np.sin(seconds / 37.0) + 0.6 * np.sin(seconds / 11.0)


def gpx(now, *, late_s=0, lat=60.0, heart=True, minutes=MINUTES):
    def point(second):
        at = second + late_s
        metres = 3.0 * at + 20.0 * np.sin(at / 37.0)
        hr = f"<extensions><hr>{140 + 12 * wave(at):.0f}</hr></extensions>" if heart else ""
        moment = (now + timedelta(seconds=second)).isoformat()
        return f'<trkpt lat="{lat + metres / 111195:.7f}" lon="24.9"><time>{moment}</time>{hr}</trkpt>'

    points = "".join(point(second) for second in range(60 * minutes))
    return f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>".encode()


def tcx(now, minutes=MINUTES):
    def point(second):
        metres = 3.0 * second + 20.0 * np.sin(second / 37.0)
        moment = (now + timedelta(seconds=second)).isoformat()
        return (
            f"<Trackpoint><Time>{moment}</Time><DistanceMeters>{metres:.1f}</DistanceMeters><HeartRateBpm><Value>"
            f"{140 + 12 * wave(second):.0f}</Value></HeartRateBpm><Cadence>85</Cadence></Trackpoint>"
        )

    points = "".join(point(second) for second in range(60 * minutes))
    start = now.isoformat()
    return (
        f'<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="{start}"><TotalTimeSeconds>'
        f"{60 * minutes}</TotalTimeSeconds><Track>{points}</Track></Lap></Activity></Activities>"
        "</TrainingCenterDatabase>"
    ).encode()


def runs(store):
    return store.activities(ActivityQuery(limit=100))


def test_the_same_run_from_two_services_counts_once_and_both_files_stay(store, now):
    (first,) = import_file(store, "watch.gpx", gpx(now), now=now)
    (entry,) = import_file(store, "service.tcx", tcx(now), now=now)
    assert entry.status == "joined"
    assert "same run as “watch.gpx”" in entry.message
    assert "distance within" in entry.message
    (row,) = runs(store)
    joined = store.recording(row.activity_id)
    assert joined.main.has("latitude_deg", "cadence_spm", "heart_rate_bpm", "distance_m")
    assert [store.original(key)[0] for key in (first.file_key, entry.file_key)] == ["watch.gpx", "service.tcx"]
    assert row.distance_m == pytest.approx(3.0 * 60 * MINUTES, rel=0.05)  # not twice
    (again,) = import_file(store, "watch.gpx", gpx(now), now=now)
    assert (again.status, len(runs(store))) == ("same", 1)
    assert "joined with the same run from elsewhere" in again.message


def test_every_run_of_a_file_is_joined_at_once_and_the_file_again_changes_nothing(store, now):
    """One run of three was, and another with each import of the same bytes: sums changed for nothing."""
    days = [now - timedelta(days=days) for days in range(3)]
    tracks = [gpx(day).removeprefix(b"<gpx>").removesuffix(b"</gpx>") for day in days]
    import_file(store, "two.gpx", b"<gpx>%b</gpx>" % b"".join(tracks[:2]), now=now)
    service = b"<gpx>%b</gpx>" % b"".join(track.replace(b'lon="24.9"', b'lon="24.90001"') for track in tracks)
    (entry,) = import_file(store, "service.gpx", service, now=now)
    assert entry.status == "joined" and entry.message.startswith("2 of its runs")
    counting = sorted(row.activity_id for row in runs(store))
    assert len(counting) == 3 and sorted(entry.activity_ids) == counting
    for again in (service, service):
        (entry,) = import_file(store, "service.gpx", again, now=now)
        assert entry.status == "same"
    assert sorted(row.activity_id for row in runs(store)) == counting


def test_a_run_says_which_recordings_it_was_made_of(store, now):
    import_file(store, "watch.gpx", gpx(now), now=now)
    (entry,) = import_file(store, "service.tcx", tcx(now), now=now)
    (third,) = import_file(store, "again.gpx", gpx(now, lat=60.00001), now=now)
    assert third.status == "joined"
    (run,) = third.activity_ids
    found = editing.recorded_by(store, run)
    assert sorted(source.file_name for source in found) == ["again.gpx", "service.tcx", "watch.gpx"]
    assert [source.leads for source in found] == [True, False, False]
    assert any("heart_rate_bpm" in source.lent or "latitude_deg" in source.lent for source in found)
    editing.undo(store, run)
    assert len(editing.recorded_by(store, entry.activity_ids[0])) == 2
    assert editing.recorded_by(store, third.activity_ids[0]) in ((), editing.recorded_by(store, entry.activity_ids[0]))


def test_taken_apart_it_is_two_again_and_stays_so(store, now):
    import_file(store, "watch.gpx", gpx(now), now=now)
    (entry,) = import_file(store, "service.tcx", tcx(now), now=now)
    editing.undo(store, entry.activity_ids[0])
    assert len(runs(store)) == 2
    (again,) = import_file(store, "service.tcx", tcx(now), now=now)
    assert again.status == "same"
    assert len(runs(store)) == 2


def test_who_died_before_joining_joins_at_the_next_import(store, now, monkeypatch):
    from backward_running.flows import same_run as flow

    monkeypatch.setattr(flow, "join", lambda *_, **__: None)
    import_file(store, "watch.gpx", gpx(now), now=now)
    import_file(store, "service.tcx", tcx(now), now=now)
    monkeypatch.undo()
    assert len(runs(store)) == 2
    (entry,) = import_file(store, "service.tcx", tcx(now), now=now)
    assert entry.status == "joined"
    assert len(runs(store)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"lat": 60.01},  # a kilometre away at the same time
        {"late_s": 400},  # another heart
        {"minutes": 4},  # the warm-up alone
    ],
)
def test_another_run_of_the_same_time_is_another_run(store, now, other):
    import_file(store, "watch.gpx", gpx(now), now=now)
    (entry,) = import_file(store, "other.gpx", gpx(now, **other), now=now)
    assert entry.status == "new", entry.message
    assert len(runs(store)) == 2


def test_clocks_that_differ_are_found_by_the_heart():
    seconds = np.arange(900.0)

    def made(key, late_s, name):
        columns = {"heart_rate_bpm": 140 + 12 * wave(seconds + late_s), "distance_m": 3.0 * seconds}
        return Recording(
            key=key, started_at=START, streams=(Stream("unknown", "earth", seconds, columns),), reader="test",
            reader_version="1", duration_s=899.0, sport="running", device=Device(name),
        )  # fmt: skip

    first, second = made("a", 0.0, "watch"), made("b", 7.0, "phone")
    alike = same_run(first, second, (START, START))
    assert alike is not None
    assert alike.lag_s == 7.0
    assert alike.drift_s == pytest.approx(0.0, abs=1.0)
    assert same_run(first, replace(second, key="a"), (START, START)) is None  # two legs of one file are two


def lead_of(store):
    (row,) = runs(store)
    return next(source.file_name for source in editing.recorded_by(store, row.activity_id) if source.leads)


def by(creator, data):
    return data.replace(b"<gpx>", f'<gpx creator="{creator}">'.encode())


@pytest.mark.parametrize("leads", ["Watch", "Service", source_rules.RICHER])
def test_which_source_leads_is_asked_once_and_holds_from_then_on(store, now, leads):
    assert source_rules.rules(store) == ()
    later = now + timedelta(days=1)
    rich, poor = by("Watch", gpx(now)), by("Service", gpx(now, heart=False, lat=60.00001))
    import_file(store, "watch.gpx", rich, now=now)
    import_file(store, "service.gpx", poor, now=now)
    assert lead_of(store) == "watch.gpx"  # nobody said: the richer one
    assert source_rules.unanswered(store) == source_rules.SourceRule("Service", "Watch", None)
    source_rules.answer(store, "Watch", "Service", leads)
    assert source_rules.unanswered(store) is None
    assert lead_of(store) == "watch.gpx"  # what was joined stays
    (first,) = runs(store)
    trash.delete(store, first.activity_id, now=now)
    import_file(store, "service 2.gpx", by("Service", gpx(later, heart=False)), now=now)
    import_file(store, "watch 2.gpx", by("Watch", gpx(later, lat=60.00001)), now=now)
    assert lead_of(store) == {"Watch": "watch 2.gpx", "Service": "service 2.gpx"}.get(leads, "watch 2.gpx")
    (joined,) = runs(store)
    assert store.recording(joined.activity_id).main.has("heart_rate_bpm")
    assert source_rules.unanswered(store) is None  # not asked again


def test_one_source_is_not_asked_about_and_a_rule_names_its_sources(store, now):
    import_file(store, "a.gpx", by("Watch", gpx(now)), now=now)
    import_file(store, "b.gpx", by("Watch", gpx(now, lat=60.00001)), now=now)
    assert len(runs(store)) == 1 and source_rules.rules(store) == ()
    with pytest.raises(BadValue, match="gave the same run"):
        source_rules.answer(store, "Watch", "Moon", "Moon")
    source_rules.ask(store, [store.recording(runs(store)[0].activity_id), replace(store.recording(runs(store)[0].activity_id), device=Device("moon"))])  # fmt: skip
    with pytest.raises(BadValue, match="Moon, Watch or empty"):
        source_rules.answer(store, "Watch", "Moon", "Sun")


def stops(seconds):
    """Running with stops of other lengths: 0 or 1."""
    return (np.sin(seconds / 41.0) + np.sin(seconds / 17.0) > -0.6).astype(float)


def watch_with_stops(minutes=12, **columns):
    seconds = np.arange(60.0 * minutes)
    speed = 3.0 * stops(seconds)
    told = {"speed_mps": speed, "distance_m": np.cumsum(speed), **columns}
    return Recording(
        key="watch", started_at=START, streams=(Stream("wrist", "earth", seconds, told),), reader="test",
        reader_version="1", duration_s=seconds[-1], sport="running", device=Device("garmin"),
    )  # fmt: skip


def phone_in_a_pocket(late_s=0.0, *, drift=0.0, of=stops, minutes=12, rate_hz=50):
    """A phone that knows its accelerations alone, its clock behind and slow; any way round."""
    time_s = np.arange(0.0, 60.0 * minutes - 20, 1 / rate_hz)
    true_s = (time_s + late_s) * (1 + drift)
    shaken = of(np.floor(true_s)) * 6.0 * np.sin(2 * np.pi * 2.7 * true_s) + 0.05 * np.sin(31 * true_s)
    columns = {"acc_x_mps2": 4.0 + 0.6 * shaken, "acc_y_mps2": -7.0 + 0.7 * shaken, "acc_z_mps2": 5.6 + 0.4 * shaken}
    return Recording(
        key="phone", started_at=START, streams=(Stream("unknown", "sensor", time_s, columns),), reader="sensor_logger",
        reader_version="1", duration_s=float(time_s[-1]), device=Device("phone"),
    )  # fmt: skip


@pytest.mark.parametrize("late_s", [0.0, 9.0, -14.0])
@pytest.mark.parametrize("turned", [False, True])
def test_a_phone_without_positions_is_joined_by_how_it_is_shaken(late_s, turned):
    pair = [watch_with_stops(), phone_in_a_pocket(late_s)]
    alike = same_run(*(reversed(pair) if turned else pair), (START, START))
    assert alike is not None and alike.way_ratio is None
    assert alike.correlation > 0.85
    assert alike.lag_s == pytest.approx(-late_s if turned else late_s, abs=1.0)
    assert alike.drift_s == pytest.approx(0.0, abs=1.5)


def test_a_clock_that_drifts_is_told():
    alike = same_run(watch_with_stops(40), phone_in_a_pocket(5.0, drift=0.004, minutes=40), (START, START))
    assert alike is not None and alike.drift_s == pytest.approx(0.004 * 40 * 60 * 2 / 3, abs=2.5)


def test_a_phone_that_was_shaken_otherwise_or_evenly_tells_nothing():
    def other(seconds):
        return (np.sin(seconds / 29.0 + 2) > 0).astype(float)

    def even(seconds):
        return np.ones_like(seconds)

    assert same_run(watch_with_stops(), phone_in_a_pocket(of=other), (START, START)) is None
    assert same_run(watch_with_stops(), phone_in_a_pocket(of=even), (START, START)) is None
    two = phone_in_a_pocket(), replace(phone_in_a_pocket(), key="left foot")
    assert same_run(*two, (START, START)) is None  # two sensors alone: nothing says whose they are


def test_a_watch_and_a_phone_in_one_zip_become_one_run_with_two_streams(store, now):
    from tests.contracts.test_formats import zipped

    from backward_running.formats.fit_activity import FitActivity, write_activity

    run = phone_in_a_pocket(9.0)
    begins_ns = int(START.timestamp()) * 10**9
    axes = [run.main.columns[name] for name in ("acc_z_mps2", "acc_y_mps2", "acc_x_mps2")]
    rows = "".join(
        f"{begins_ns + round(t * 1e9)},{t:.3f},{z:.4f},{y:.4f},{x:.4f}\n"
        for t, z, y, x in zip(run.main.time_s, *axes, strict=True)
    )
    log = zipped({
        "Metadata.csv": "version,device name,platform,standardisation\n3,Phone,android,false\n",
        "TotalAcceleration.csv": "time,seconds_elapsed,z,y,x\n" + rows,
    })  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "watch.fit", write_activity(FitActivity(START, watch_with_stops().main, utc_offset_s=0, sport="running"))
        )
        archive.writestr("phone.zip", log)
    entries = import_file(store, "both.zip", packed.getvalue(), now=now)
    assert [entry.status for entry in entries] == ["new", "joined"]
    assert "lends motion sensors" in entries[1].message
    assert re.search(r"clocks (8|9|10) s apart, put right", entries[1].message)  # seconds are all that a watch tells
    (row,) = runs(store)
    joined = store.recording(row.activity_id)
    assert joined.main.has("distance_m") and [len(sensor) for sensor in joined.inertial] == [len(run.main)]
    assert joined.inertial[0].time_s[0] == pytest.approx(9.0, abs=1.1)
    assert source_rules.rules(store) == ()  # who has no way cannot lead: nothing is asked


def test_who_leads_of_two_that_know_as_much_does_not_depend_on_which_came_first():
    """Whoever dies between keeping and joining joins the other way round the next time."""
    from backward_running.signals import richest

    pair = [replace(watch_with_stops(), key=key) for key in ("a", "b")]
    assert pair[richest(pair)].key == pair[::-1][richest(pair[::-1])].key
