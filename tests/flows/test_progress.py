"""How it goes: weeks against the plan, the next first, weeks in a row, bests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.apps.browsing import NOW, track_file

from backward_running.core.athlete import CheckIn
from backward_running.core.direction import Direction
from backward_running.flows import bests, intake, paint, sports
from backward_running.flows.progress import progress
from backward_running.flows.runs import calendar_month
from backward_running.store import open_store

TODAY = NOW.date()


@pytest.fixture
def store(new_home):
    opened = open_store(new_home)
    yield opened
    opened.close()


def _take(store, name, **how):
    (entry,) = intake.import_file(store, name, track_file(title=name, **how), now=NOW)
    return entry.activity_ids[0]


def test_weeks_add_what_was_recorded_and_what_is_unknown_stays_apart(store):
    _take(store, "known.fit", day=17)
    _take(store, "plain.fit", day=18, with_heading=False)
    week = progress(store, None, today=TODAY).weeks[-1]
    assert week.seen_s == pytest.approx(100, abs=10)
    assert week.said_s == 0 and week.planned_s is None
    assert week.unknown_s == pytest.approx(600, abs=30)


def test_a_week_begins_on_the_day_that_the_runner_names(store):
    _take(store, "monday.fit", day=16)
    _take(store, "sunday.fit", day=15)  # with it in one week, or in the one before
    monday = [week.seen_s > 0 for week in progress(store, None, today=TODAY).weeks[-2:]]
    store.put_setting("week_starts", "sunday")
    sunday = progress(store, None, today=TODAY)
    assert (monday, [week.seen_s > 0 for week in sunday.weeks[-2:]]) == ([True, True], [True, False])
    assert sunday.weeks[-1].starts_on == date(2026, 11, 22) and sunday.weeks_in_a_row == 1
    days = calendar_month(store, 2026, 11, today=TODAY)
    assert (days[0].on, len(days) % 7) == (date(2026, 11, 1), 0)


def test_a_week_of_rest_that_was_told_keeps_the_row_and_silence_breaks_it(store):
    _take(store, "now.fit", day=17)
    for weeks in (1, 2, 4):
        store.add_check_in(CheckIn(NOW - timedelta(weeks=weeks), calf_soreness_nrs=4))
    assert progress(store, None, today=TODAY).weeks_in_a_row == 3


def test_bests_are_by_direction_and_follow_the_runners_word(store):
    run = _take(store, "hill.fit", day=17)
    found = _bests(store)
    back = found[Direction.BACKWARD, None]
    assert back.effort.duration_s == pytest.approx(100, abs=10)
    assert (back.on, back.activity_id) == (date(2026, 11, 17), run)
    assert found[Direction.BACKWARD, 100.0].effort.speed_mps == pytest.approx(2.5, rel=0.05)
    assert (Direction.BACKWARD, 400.0) not in found, "no backward stretch was that long"

    paint.paint(store, run, bests_paint(0.0, 600.0))
    found = _bests(store)
    assert found[Direction.BACKWARD, 1000.0].effort.distance_m == pytest.approx(1500, rel=0.05)
    assert all(direction is Direction.BACKWARD for direction, _ in found)


def test_the_fastest_lies_anywhere_within_a_stretch_and_is_never_slower_than_its_mean(store):
    run = _take(store, "hill.fit", day=17)
    recording = store.recording(run)
    paint.paint(store, run, bests_paint(0.0, 600.0))
    (facts,) = store.session(run).bouts
    kinds = {one.length_m: one for one in bests.bests_of([facts])}
    within = {one.length_m: one for one in bests.bests_of([facts], bests.counted_of(recording))}
    assert within[1000.0].speed_mps >= kinds[1000.0].speed_mps == kinds[100.0].speed_mps
    assert within[100.0].speed_mps >= within[400.0].speed_mps >= within[1000.0].speed_mps
    assert within[None].duration_s == kinds[None].duration_s
    assert bests.counted_of(replace(recording, streams=())) is None
    counted = bests.counted_of(recording)
    jumps = replace(counted, distance_m=counted.distance_m + 150.0 * (counted.time_s > 300.0))
    assert {one.length_m: one for one in bests.bests_of([facts], jumps)}[100.0].speed_mps == kinds[100.0].speed_mps


def _bests(store):
    return {
        (best.effort.direction, best.effort.length_m): best
        for best in bests.bests(store, simulated=False, today=NOW.date())
    }


def bests_paint(start_s, end_s):
    from backward_running.core.session import Paint

    return Paint(start_s, end_s, Direction.BACKWARD, painted_at=NOW)


def test_of_two_alike_the_earlier_stands(store):
    first, *_ = (_take(store, f"{day}.fit", day=day) for day in (17, 18, 19))
    (longest, *others) = bests.bests(store, simulated=False, today=NOW.date())
    assert {best.activity_id for best in (longest, *others)} == {first}, "three runs alike"
    store.rename(first, "The first")
    assert bests.bests(store, simulated=False, today=NOW.date())[0].title == "The first"
    store.delete_activity(first)
    assert bests.bests(store, simulated=False, today=NOW.date())[0].on == date(2026, 11, 18)
    slower = replace(longest.effort, duration_s=longest.effort.duration_s - 1.0)
    assert bests.best_of([slower, longest.effort, replace(longest.effort, gait=None)]) == (longest.effort,)


def test_what_is_no_longer_on_foot_has_no_bests(store):
    run = _take(store, "ride.fit", day=17)
    assert bests.bests(store, simulated=False, today=NOW.date())
    sports.state_sport(store, run, "cycling")
    assert bests.bests(store, simulated=False, today=NOW.date()) == () and store.session(run).bests == ()
