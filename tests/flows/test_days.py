"""The same file is on the same day on every machine: five machine zones, both clock changes."""

import re
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.flows.clocks import MACHINES, at, bare, fit, gpx, plus, set_machine, tcx

from backward_running.core.athlete import CheckIn
from backward_running.core.clock import ZoneFrom
from backward_running.core.errors import BadValue
from backward_running.core.ports import ActivityQuery
from backward_running.flows import asking, days, export, load, match, runs, zones
from backward_running.flows.deriving import analyse_again
from backward_running.flows.intake import import_file
from backward_running.store import open_store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


POSITION, FILE, PROFILE = ZoneFrom.POSITION, ZoneFrom.FILE, ZoneFrom.PROFILE
#: Name → file, and what is right of it: the moment, the clock where it was, title, zone, what said so.
FILES = {
    "new_york.gpx": (
        gpx(at(2026, 11, 17, 0, 5), 40.78, -73.97),
        (at(2026, 11, 17, 0, 5), "2026-11-16 19:05", "Evening run", "America/New_York", POSITION),
    ),
    "paris_new_year.gpx": (
        gpx(at(2025, 12, 31, 23), 48.85, 2.35),
        (at(2025, 12, 31, 23), "2026-01-01 00:00", "Night run", "Europe/Paris", POSITION),
    ),
    "sao_paulo.tcx": (
        tcx(at(2026, 11, 18, 22, 9), say=plus(-3)),
        (at(2026, 11, 18, 22, 9), "2026-11-18 19:09", "Evening run", None, FILE),
    ),
    "st_johns.gpx": (
        gpx(at(2026, 7, 2, 1, 30), 47.56, -52.71, say=plus(-2, -30)),
        (at(2026, 7, 2, 1, 30), "2026-07-01 23:00", "Night run", "America/St_Johns", FILE),
    ),
    "kathmandu.gpx": (
        gpx(at(2026, 11, 2, 18, 30), 27.7, 85.3, say=bare(5.75)),
        (at(2026, 11, 2, 18, 30), "2026-11-03 00:15", "Night run", "Asia/Kathmandu", POSITION),
    ),
    "auckland.fit": (
        fit(at(2026, 11, 20, 17, 30), 13 * 3600, latitude=-36.85, longitude=174.76),
        (at(2026, 11, 20, 17, 30), "2026-11-21 06:30", "Morning run", "Pacific/Auckland", FILE),
    ),
    "no_place.tcx": (  # nothing but UTC: on the clock the runner named
        tcx(at(2026, 11, 19, 19, 45)),
        (at(2026, 11, 19, 19, 45), "2026-11-20 01:15", "Night run", "Asia/Kolkata", PROFILE),
    ),
    "no_place_bare.tcx": (  # what a clock showed, nobody knows where: on the clock the runner named
        tcx(at(2026, 11, 10, 14, 14), say=bare(0)),
        (at(2026, 11, 10, 8, 44), "2026-11-10 14:14", "Afternoon run", "Asia/Kolkata", PROFILE),
    ),
    "treadmill.fit": (  # the watch says which offset, the runner's own zone has it: so it has a name
        fit(at(2026, 11, 11, 18, 45), 19_800, sub_sport="treadmill"),
        (at(2026, 11, 11, 18, 45), "2026-11-12 00:15", "Night treadmill", "Asia/Kolkata", FILE),
    ),
    "wrong_watch.fit": (  # the watch was not set after the flight; what the file says comes first
        fit(at(2026, 11, 13, 4, 0), 3600, latitude=40.78, longitude=-73.97),
        (at(2026, 11, 13, 4, 0), "2026-11-13 05:00", "Morning run", None, FILE),
    ),
    "writes_zero.fit": (  # zero is what apps write that know no zone: the position overrules it
        fit(at(2026, 11, 14, 4, 0), 0, latitude=40.78, longitude=-73.97),
        (at(2026, 11, 14, 4, 0), "2026-11-13 23:00", "Night run", "America/New_York", POSITION),
    ),
    # Both clock changes. Berlin, 25 October: 02:30 comes twice; New York, 8 March: 02:30 never comes.
    "berlin_first_0230.gpx": (
        gpx(at(2026, 10, 25, 0, 30), 52.5, 13.4),
        (at(2026, 10, 25, 0, 30), "2026-10-25 02:30", "Night run", "Europe/Berlin", POSITION),
    ),
    "berlin_second_0230.gpx": (
        gpx(at(2026, 10, 25, 1, 30), 52.5, 13.4),
        (at(2026, 10, 25, 1, 30), "2026-10-25 02:30", "Night run", "Europe/Berlin", POSITION),
    ),
    "berlin_across.fit": (  # begins before the clocks change and ends after: the watch states the offset of its end
        fit(at(2026, 10, 25, 0, 50), 3600, length_s=1200, latitude=52.5, longitude=13.4),
        (at(2026, 10, 25, 0, 50), "2026-10-25 02:50", "Night run", "Europe/Berlin", FILE),
    ),
    "berlin_spring.gpx": (
        gpx(at(2026, 3, 29, 1, 0), 52.5, 13.4),
        (at(2026, 3, 29, 1, 0), "2026-03-29 03:00", "Night run", "Europe/Berlin", POSITION),
    ),
    "new_york_spring_across.gpx": (  # its offsets change on the way; that of the start counts
        gpx(at(2026, 3, 8, 6, 59, 30), 40.78, -73.97, say=lambda t: plus(-5 if t < at(2026, 3, 8, 7) else -4)(t)),
        (at(2026, 3, 8, 6, 59, 30), "2026-03-08 01:59", "Night run", "America/New_York", FILE),
    ),
    "new_york_autumn.gpx": (
        gpx(at(2026, 11, 1, 4, 30), 40.78, -73.97),
        (at(2026, 11, 1, 4, 30), "2026-11-01 00:30", "Night run", "America/New_York", POSITION),
    ),
    "london_across.gpx": (  # +00:00 is an offset like another where the file knows offsets at all
        gpx(at(2026, 3, 29, 0, 59, 30), 51.5, -0.12, say=lambda t: plus(0 if t < at(2026, 3, 29, 1) else 1)(t)),
        (at(2026, 3, 29, 0, 59, 30), "2026-03-29 00:59", "Night run", "Europe/London", FILE),
    ),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory, new_store):
    """Take all files in, once on each machine: the runner has named Kolkata as their own zone."""
    import shutil

    patch = pytest.MonkeyPatch()
    homes = {}
    for zone in MACHINES:
        set_machine(patch, zone)
        homes[zone] = home = Path(shutil.copytree(new_store, tmp_path_factory.mktemp("machine") / "home"))
        store = open_store(home)
        zones.put_zone(store, "Asia/Kolkata")
        for name, (data, _) in FILES.items():
            (entry,) = import_file(store, name, data, now=NOW)
            assert entry.status in ("new", "partly"), entry.message
        store.close()
    patch.undo()
    time.tzset()
    return homes


@pytest.fixture
def there(machine, filled):
    """The store that was filled on a machine, opened there."""
    store = open_store(filled[machine])
    yield store
    store.close()


def told(store):
    rows = store.activities(ActivityQuery(limit=100))
    return {
        row.file_name: (row.started_at, f"{days.local_start(row):%Y-%m-%d %H:%M}", row.title, row.zone, row.zone_from)
        for row in rows
    }


def test_every_file_has_its_day_hour_title_and_zone(there):
    assert told(there) == {name: right for name, (_, right) in FILES.items()}


def test_the_list_is_in_the_order_of_the_moments(there):
    names = [row.file_name for row in there.activities(ActivityQuery(limit=100))]
    assert names == sorted(names, key=lambda name: FILES[name][1][0], reverse=True)


def test_each_day_holds_its_own(there):
    """The calendar, the filter by days and the days of load say the same of every run."""
    by_day = {}
    for name, (_, right) in FILES.items():
        by_day.setdefault(date.fromisoformat(right[1][:10]), set()).add(name)
    for day, names in by_day.items():
        query = ActivityQuery(since=day, until=day)
        assert {row.file_name for row in there.activities(query)} == names
        assert there.count_activities(query) == len(names)
        (found,) = [one for one in runs.calendar_month(there, day.year, day.month, today=day) if one.on == day]
        assert {row.file_name for row in found.done} == names
    assert runs.period_ledger(there, ActivityQuery(until=date(2025, 12, 31))).activities == 0  # Paris is not December
    page = load.load_page(there, now=days.on_own_clock(there, NOW), weeks_most=None, chart_days=None)
    assert page.today == date(2026, 11, 22)
    assert page.sessions == len(FILES)
    assert page.days[0] == date(2025, 12, 29)  # the Monday of the week of 1 January
    assert [week.starts_on for week in page.weeks][-1 if page.weeks[0].starts_on > page.weeks[-1].starts_on else 0] == (
        date(2025, 12, 29)
    )


def test_what_is_done_is_done_on_its_day(there):
    from backward_running.core.plan import Plan

    plan = Plan("p", "beginner", "", NOW)
    rows = {row.activity_id: row for row in there.activities(ActivityQuery(limit=100))}
    row = next(row for row in rows.values() if row.file_name == "new_york.gpx")
    one = match.done_of(row)
    assert (one.on, one.started_at) == (date(2026, 11, 16), at(2026, 11, 17, 0, 5))
    found = match._rows(there, plan, date(2026, 11, 16), date(2026, 11, 16))
    assert [row.file_name for row in found] == ["new_york.gpx"]


def test_hours_between_sessions_are_true_hours_across_a_clock_change(there):
    rows = {row.file_name: row for row in there.activities(ActivityQuery(limit=100))}
    first, second = (days.local_start(rows[f"berlin_{name}_0230.gpx"]) for name in ("first", "second"))
    assert f"{first:%H:%M}" == f"{second:%H:%M}" == "02:30"
    assert second - first == timedelta(hours=1)
    night = at(2026, 3, 29, 0, 30), at(2026, 3, 29, 1, 30)  # 01:30 and 03:30 in Berlin
    before, after = (days.in_zone(moment, "Europe/Berlin") for moment in night)
    assert (before.hour, after.hour) == (1, 3)
    assert after - before == timedelta(hours=1)
    later = before + timedelta(hours=48)
    assert later == night[0] + timedelta(hours=48)


def test_exports_name_the_day_and_the_clock(there):
    _, table = export.runs_csv(there, ActivityQuery(limit=100))
    lines = table.decode("utf-8-sig").splitlines()
    line = next(one for one in lines if "new_york.gpx" in one)
    assert line.endswith("2026-11-16T19:05:00-05:00,America/New_York,-18000")
    assert next(one for one in lines if "sao_paulo.tcx" in one).endswith("2026-11-18T19:09:00-03:00,UTC−03:00,-10800")
    row = next(row for row in there.activities(ActivityQuery(limit=100)) if row.file_name == "new_york.gpx")
    assert export.named(row, "csv") == "2026-11-16-evening-run.csv"


def test_understanding_anew_keeps_the_clock(there):
    before = told(there)
    for row in there.activities(ActivityQuery(limit=100)):
        analyse_again(there, row.activity_id)
    assert told(there) == before


# What is not a run: the runner's own clock


@pytest.mark.parametrize(("named", "day"), [("Pacific/Auckland", 23), ("America/New_York", 22), ("", None)])
def test_today_is_the_day_of_the_runner(machine, store, named, day):
    zones.put_zone(store, named)
    moment = at(2026, 11, 22, 12, 0)
    machines = {"Pacific/Auckland": 23}
    assert days.today(store, moment).day == (machines.get(machine, 22) if day is None else day)
    assert days.own_zone(store) == (named or machine)
    assert zones.own(store) == zones.OwnZone(named or machine, bool(named))


def test_what_reaches_the_rules_is_on_the_clock_of_the_runner(machine, store):
    zones.put_zone(store, "America/New_York")
    store.add_check_in(CheckIn(at(2026, 11, 17, 3, 30), fell=True))  # 22:30 on the 16th
    facts = asking.facts(store, {}, date(2026, 11, 18))
    assert [one.made_at.date() for one in facts.check_ins] == [date(2026, 11, 16)]
    assert facts.check_ins[0].made_at == at(2026, 11, 17, 3, 30)


def test_a_gate_opens_after_the_days_of_the_runner(machine, store):
    from backward_running import rehab

    zones.put_zone(store, "America/New_York")
    store.add_check_in(CheckIn(at(2026, 11, 17, 3, 30), fell=True))
    gates = {
        day: {gate.key: gate.open for gate in rehab.ask_rules(asking.facts(store, {}, date(2026, 11, day)))}
        for day in (17, 18, 19, 20)
    }
    closed = [day for day, found in gates.items() if not found["fall_within_48_h"]]
    assert closed in ([17, 18], [17])  # by the 16th, not by the 17th of a machine in UTC


# The zone of a run that nobody can place


def test_nobody_says_where_it_was(machine, store):
    """Then it is the machine's zone that is kept with it; a zone that is named later moves it, title and all."""
    import_file(store, "no_place.tcx", FILES["no_place.tcx"][0], now=NOW)
    import_file(store, "bare.tcx", FILES["no_place_bare.tcx"][0], now=NOW)
    import_file(store, "new_york.gpx", FILES["new_york.gpx"][0], now=NOW)
    rows = {row.file_name: row for row in store.activities()}
    assert (rows["no_place.tcx"].zone, rows["no_place.tcx"].zone_from) == (machine, ZoneFrom.MACHINE)
    assert f"{days.local_start(rows['bare.tcx']):%d %H:%M}" == "10 14:14"
    store.rename(rows["bare.tcx"].activity_id, "With Ada")
    assert zones.put_zone(store, "Asia/Kolkata") == zones.OwnZone("Asia/Kolkata", True, 2)
    after = told(store)
    assert after["no_place.tcx"] == FILES["no_place.tcx"][1]
    assert after["bare.tcx"] == (*FILES["no_place_bare.tcx"][1][:2], "With Ada", "Asia/Kolkata", PROFILE)
    assert after["new_york.gpx"] == FILES["new_york.gpx"][1]
    assert zones.put_zone(store, "Europe/Berlin").moved == 0  # who moves house has not run elsewhere before
    assert told(store) == after


def test_the_zone_of_the_machine_is_no_hint_for_a_file_that_states_an_offset(machine, store):
    (entry,) = import_file(store, "treadmill.fit", FILES["treadmill.fit"][0], now=NOW)
    row = store.row(entry.activity_ids[0])
    assert (row.utc_offset_s, row.zone, row.zone_from, row.title) == (19_800, None, FILE, "Night treadmill")


@pytest.mark.parametrize("typed", ["Mars/Phobos", "../etc/passwd", "localtime", "Berlin", "UTC+1", "Europe/"])
def test_a_zone_that_is_none_changes_nothing(store, typed):
    zones.put_zone(store, "Europe/Berlin")
    with pytest.raises(BadValue, match="time zone"):
        zones.put_zone(store, typed)
    assert zones.own(store) == zones.OwnZone("Europe/Berlin", True)


def test_the_case_of_a_gpx_without_a_zone(machine, store, shared_cases):
    """14:14 on a clock in Helsinki, by its positions."""
    (entry,) = import_file(store, "x.gpx", (shared_cases / "readers/gpx_no_tz.gpx").read_bytes(), now=NOW)
    row = store.row(entry.activity_ids[0])
    assert (row.started_at, row.zone) == (at(2022, 3, 11, 12, 14), "Europe/Helsinki")
    assert "clock of where it was" in entry.message


def test_a_recording_without_a_date_stays_on_the_day_that_means_none(machine, store):
    rng = np.random.default_rng(1)
    lines = "".join(
        f"{i * 10},{rng.normal(0, 1):.3f},{rng.normal(0, 1):.3f},{9.8 + rng.normal(0, 1):.3f}\n" for i in range(600)
    )
    from backward_running.core.supplied_metadata import SuppliedMetadata

    columns = {"time_ms": "t", "acc_x_mps2": "ax", "acc_y_mps2": "ay", "acc_z_mps2": "az"}
    (entry,) = import_file(
        store, "a.csv", f"t,ax,ay,az\n{lines}".encode(), now=NOW, told=SuppliedMetadata(columns=columns)
    )
    row = store.row(entry.activity_ids[0])
    assert (days.local_day(row), row.zone) == (date(1970, 1, 1), None)


def test_nothing_but_one_place_asks_the_machine():
    """A day must not hang on the machine: whoever wants one asks flows/days.py."""
    source = Path(days.__file__).parent.parent
    asks = re.compile(
        r"astimezone\(\)|date\.today\(|datetime\.now\(\)|fromtimestamp\([^,()]*\)|\blocaltime\(|utcnow\(|datetime\.today\("
    )
    found = {
        path.relative_to(source).as_posix() for path in source.rglob("*.py") if asks.search(path.read_text("utf-8"))
    }
    assert found == {"store/_machine.py"}


def test_a_machine_says_its_zone_or_the_nearest(monkeypatch):
    from backward_running.store._machine import machine_zone

    for name in MACHINES:
        set_machine(monkeypatch, name)
        assert machine_zone() == name
    set_machine(monkeypatch, "<+05>-5")
    assert machine_zone() == "Etc/GMT-5"
    monkeypatch.delenv("TZ")
    time.tzset()
    assert days.is_zone(machine_zone())


# One run by hand


def test_a_run_whose_watch_kept_its_old_clock_is_put_right_by_hand(machine, store):
    (entry,) = import_file(store, "watch.fit", fit(at(2026, 5, 4, 22, 30), 0), now=NOW)
    (activity_id,) = entry.activity_ids
    assert days.local_day(store.row(activity_id)) == date(2026, 5, 4)
    row = zones.put_zone_of_run(store, activity_id, "Asia/Kolkata")
    assert (row.zone, row.zone_from, row.utc_offset_s) == ("Asia/Kolkata", ZoneFrom.RUNNER, 19_800)
    assert days.local_day(store.row(activity_id)) == date(2026, 5, 5) and "night" in row.title.lower()
    asked = ActivityQuery(since=date(2026, 5, 5), until=date(2026, 5, 5))
    assert [one.activity_id for one in store.activities(asked)] == [activity_id]
    zones.put_zone(store, "Europe/Berlin")  # who names their own zone does not move what was said of one run
    analyse_again(store, activity_id)
    assert store.row(activity_id).zone_from is ZoneFrom.RUNNER


def test_times_that_a_clock_showed_stay_what_the_clock_showed(machine, store):
    data = tcx(at(2026, 5, 4, 7, 0), say=lambda moment: moment.replace(tzinfo=None).isoformat())
    (entry,) = import_file(store, "wall.tcx", data, now=NOW)
    row = zones.put_zone_of_run(store, entry.activity_ids[0], "America/New_York")
    assert f"{days.local_start(row):%H:%M}" == "07:00" and row.started_at == at(2026, 5, 4, 11, 0)


def test_a_zone_by_hand_is_taken_back_and_a_wrong_one_changes_nothing(machine, store):
    (entry,) = import_file(store, "watch.fit", fit(at(2026, 5, 4, 22, 30), 7200), now=NOW)
    (activity_id,) = entry.activity_ids
    before = store.row(activity_id)
    zones.put_zone_of_run(store, activity_id, "Asia/Kolkata")
    with pytest.raises(BadValue):
        zones.put_zone_of_run(store, activity_id, "Mars/Phobos")
    assert store.row(activity_id).zone == "Asia/Kolkata"
    assert zones.put_zone_of_run(store, activity_id, "") == before == store.row(activity_id)
