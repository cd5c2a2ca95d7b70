"""What came of it over time: sums hold all, bests and firsts leave out days of which nobody is told to be proud."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.apps.browsing import NOW, track_file

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.clearance import Clearance, ClearanceKind
from backward_running.core.direction import Direction
from backward_running.evidence.records import RECORDS
from backward_running.flows import bests, intake
from backward_running.flows.over_time import Span, over_time
from backward_running.flows.painful_days import painful_days
from backward_running.store import open_store

TODAY = NOW.date()


@pytest.fixture
def store(new_home):
    opened = open_store(new_home)
    for day in (16, 18, 20):
        (entry,) = intake.import_file(opened, f"{day}.fit", track_file(title=f"{day}.fit", day=day), now=NOW)
        assert entry.activity_ids
    yield opened
    opened.close()


def _on(day, **said):
    return CheckIn(datetime(2026, 11, day, 20, tzinfo=UTC), **said)


def test_sums_hold_every_day_and_years_and_weeks_add_up_to_the_same(store):
    told = over_time(store, now=NOW)
    (year,) = told.years
    assert year.whole.backward_s == pytest.approx(sum(week.backward_s for week in told.weeks))
    assert year.whole == year.so_far, "all of it lies before today"
    assert sum(told.backward_by_day.values()) == pytest.approx(year.whole.backward_s)
    assert year.whole.backward_days == 3 and len(told.weeks) == 53
    assert 0 < year.whole.backward_share < 1 and told.painful_days == 0
    assert [(first.key, first.on.day) for first in told.firsts[:2]] == [("day", 16), ("stretch", 16)]


@pytest.mark.parametrize(
    "said",
    [
        {"pain_nrs": {"left knee": 4.0}},
        {"fell": True, "concussion_signs": False},
        {"broke_off": True},
    ],
)
def test_what_was_run_on_a_painful_day_is_no_best_and_no_first_and_stays_in_the_sums(store, said):
    before = over_time(store, now=NOW)
    store.add_check_in(_on(16, **said))
    after = over_time(store, now=NOW)
    assert {best.on.day for best in before.bests} == {16}, "of three alike the earliest stands"
    assert {best.on.day for best in after.bests} == {18} and after.firsts[0].on.day == 18
    assert after.years == before.years and after.weeks == before.weeks and after.painful_days == 1
    assert {best.on.day for best in bests.bests(store, simulated=False, today=TODAY)} == {18}, "on Today neither"


def test_pain_at_its_limit_is_no_painful_day_and_a_morning_speaks_of_the_day_before(store):
    store.add_check_in(_on(16, pain_nrs={"left knee": 3.0}))
    assert painful_days(store, TODAY) == frozenset()
    store.add_check_in(_on(17, pain_nrs={"left knee": 5.0}, moment=Moment.NEXT_MORNING))
    assert painful_days(store, TODAY) == {date(2026, 11, 16), date(2026, 11, 17)}


def test_a_warning_sign_shadows_all_days_until_it_is_cleared_and_a_mistake_none(store):
    store.add_check_in(_on(16, red_flags=("chest_pain",)))
    assert {best.on.day for best in over_time(store, now=NOW).bests} == set()
    told_at = datetime(2026, 11, 17, 12, tzinfo=UTC)
    cleared = Clearance(ClearanceKind.CLINICIAN, told_at, ("chest_pain",), "Dr Moss", told_at.date(), allows="all")
    store.add_clearance(cleared)
    assert {best.on.day for best in over_time(store, now=NOW).bests} == {18}
    assert painful_days(store, TODAY) == {date(2026, 11, 16), date(2026, 11, 17)}


def test_a_warning_sign_ticked_by_mistake_shadows_nothing(store):
    store.add_check_in(_on(16, red_flags=("chest_pain",)))
    at = datetime(2026, 11, 16, 21, tzinfo=UTC)
    store.add_clearance(
        Clearance(ClearanceKind.MISTAKE, at, ("chest_pain",), "the runner", at.date(), reason="The wrong box.")
    )
    assert painful_days(store, TODAY) == frozenset()


def test_what_is_dated_after_today_is_not_in_it(store):
    told = over_time(store, now=datetime(2026, 11, 17, 12, tzinfo=UTC))
    assert told.years[0].whole.backward_days == 1 and {first.on.day for first in told.firsts} == {16}


def test_an_empty_store_has_nothing(new_home):
    opened = open_store(new_home / "empty")
    told = over_time(opened, now=NOW)
    assert (told.years, told.firsts, told.bests) == ((), (), ()) and not any(week.backward_s for week in told.weeks)
    opened.close()


def test_stretches_of_a_direction_are_given_the_earliest_first(store):
    found = store.longest_stretches(Direction.BACKWARD, simulated=False)
    assert [run.started_at.day for run in found] == [16, 18, 20]
    assert store.longest_stretches(Direction.BACKWARD, simulated=True) == ()
    assert all(run.effort.direction is Direction.BACKWARD and run.effort.length_m is None for run in found)


def test_a_reported_mark_has_a_time_but_where_reports_give_two():
    times = {(record.event, record.mark): record.time_s for record in RECORDS}
    assert times["half marathon", "1:40:29"] == 6029.0
    assert times["marathon", "3:25:24 or 3:25:34"] is None
    assert all(record.length_m > 0 for record in RECORDS)
    assert timedelta(seconds=times["100 km", "12:20:37"]) == timedelta(hours=12, minutes=20, seconds=37)


@pytest.mark.parametrize(("unknown_s", "share"), [(0.0, 0.25), (44.0, 0.25), (60.0, None)])
def test_no_share_is_said_where_much_of_the_time_has_no_direction(unknown_s, share):
    assert Span(date(2026, 5, 4), 300.0, 100.0, unknown_s, None, 1).backward_share == share
