"""The page of loads: two ledgers that never merge, what is not known, the 110 % rule, zones, filling."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete, CheckIn, Sex
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.load import LoadRow, Loads, Measure, PartLoad
from backward_running.flows import coach, load
from backward_running.flows.deriving import analyse_again
from backward_running.flows.intake import import_file
from backward_running.flows.load_days import LACKING, LOAD, days_of
from backward_running.flows.load_sides import ledger_side, load_weeks
from backward_running.flows.load_spikes import next_spike, sessions_of, spikes_of
from backward_running.flows.load_views import Amount

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
WAYS = (Direction.FORWARD, Direction.BACKWARD)


def part(minutes: float, exertion: float | None) -> PartLoad | None:
    if minutes <= 0:
        return None
    return PartLoad(minutes * 60, None if exertion is None else minutes * exertion, None, minutes * 60)


def row(
    days_ago: float,
    forward: float = 0.0,
    backward: float = 0.0,
    unknown: float = 0.0,
    *,
    exertion: float | None = 4.0,
    metres: bool = True,
    counted: bool = True,
) -> LoadRow:
    """A session of so many minutes each way."""
    loads = Loads(part(forward, exertion), part(backward, exertion), part(unknown, exertion))
    distance = [minutes * 150.0 if metres else None for minutes in (forward, backward, unknown)]
    return LoadRow(
        f"{days_ago}-0", NOW - timedelta(days=days_ago), 0, "Run", False,
        forward * 60, backward * 60, unknown * 60, *distance, loads if counted else None,
    )  # fmt: skip


def days(rows: list[LoadRow], measure: Measure = Measure.EXERTION):
    rows = sorted(rows, key=lambda one: one.started_at)
    return days_of(rows, measure, TODAY)


MINUTES = st.floats(0, 90, width=16)
SESSIONS = st.lists(st.tuples(st.integers(0, 60), MINUTES, MINUTES, MINUTES), min_size=1, max_size=20)


@settings(max_examples=40, deadline=None)
@given(sessions=SESSIONS, other=st.floats(0, 3, width=16))
def test_what_is_run_backward_changes_nothing_in_the_forward_ledger(sessions, other):
    """Neither the backward nor the unknown part of any session is seen by the forward ledger, nor the other way round."""
    as_it_was = days([row(ago, f, b, u) for ago, f, b, u in sessions])
    changed = days([row(ago, f, b * other, u * other) for ago, f, b, u in sessions])
    swapped = days([row(ago, b, f, u) for ago, f, b, u in sessions])
    for one in ("load_au", "fitness_au", "fatigue_au", "form_au"):
        forward = getattr(as_it_was.courses[Direction.FORWARD], one)
        assert np.array_equal(forward, getattr(changed.courses[Direction.FORWARD], one), equal_nan=True)
        assert np.array_equal(forward, getattr(swapped.courses[Direction.BACKWARD], one), equal_nan=True)
    for before, after in zip(load_weeks(as_it_was, None), load_weeks(changed, None), strict=True):
        assert before.forward == after.forward


@settings(max_examples=40, deadline=None)
@given(sessions=SESSIONS)
def test_the_ledgers_and_the_unknown_add_up_to_the_sessions(sessions):
    rows = [row(ago, f, b, u) for ago, f, b, u in sessions]
    laid = days(rows)
    whole = sum(one.loads.whole(Measure.EXERTION) or 0.0 for one in rows)
    assert laid.cells[:, :, LOAD].sum() == pytest.approx(whole)
    assert sum(one.forward.load.value_au + one.backward.load.value_au + one.unknown.value_au
               for one in load_weeks(laid, None)) == pytest.approx(whole)  # fmt: skip


def test_rest_is_0_and_a_missing_load_is_not():
    rested = ledger_side(days([row(3, 30), row(1, 30)]), Direction.FORWARD, None, ratio=False)
    assert not rested.fitness.at_least
    assert rested.form.value_au is not None
    lacking = ledger_side(days([row(3, 30), row(2, 30, exertion=None), row(1, 30)]), WAYS[0], None, ratio=True)
    assert lacking.fitness == Amount(rested.fitness.value_au, at_least=True)
    assert lacking.form == Amount(None)
    assert lacking.week.at_least
    assert lacking.ratio.value is None
    assert "not known" in lacking.ratio.why_not


def test_a_run_that_was_never_counted_lacks_its_minutes():
    laid = days([row(3, 30, 10, counted=False)])
    assert laid.part(Direction.FORWARD, LACKING).sum() == 30
    assert laid.part(Direction.FORWARD, LOAD).sum() == 0
    by_minutes = days([row(3, 30, 10, counted=False)], Measure.MINUTES)
    assert by_minutes.part(Direction.BACKWARD, LOAD).sum() == 10


def test_a_missing_backward_load_leaves_forward_known():
    laid = days([row(1, 30, 0), row(2, 0, 10, exertion=None)])
    assert not ledger_side(laid, Direction.FORWARD, None, ratio=False).fitness.at_least
    assert ledger_side(laid, Direction.BACKWARD, None, ratio=False).fitness.at_least


def test_only_weeks_that_are_over_have_a_monotony():
    weeks = load_weeks(days([row(ago, 30) for ago in (20, 18, 13, 11, 9, 1)]), None)
    assert [week.over for week in weeks] == [False, True, True]
    assert weeks[0].forward.monotony_ratio is None  # it goes on
    assert weeks[1].forward.monotony_ratio is not None
    assert weeks[2].forward.monotony_ratio is not None
    assert weeks[1].forward.strain_au == pytest.approx(weeks[1].forward.load.value_au * weeks[1].forward.monotony_ratio)
    begun_midweek = load_weeks(days([row(ago, 30) for ago in (18, 10)]), None)
    assert begun_midweek[-1].forward.monotony_ratio is None  # what was before the first recording is not known


@pytest.mark.parametrize(("minutes", "hazard"), [(11.0, None), (12.0, 1.64), (15.0, 1.52), (21.0, 2.28)])
def test_each_direction_is_held_against_its_own_longest(minutes, hazard):
    earlier = [row(31, 200, 200), row(20, 60, 10), row(5, 50, 8)]
    own = row(0, 60, minutes)
    found = spikes_of([*earlier, own], own, Direction.BACKWARD)
    assert (found.longest, found.longest_id, found.hazard_ratio, found.unit) == (1500.0, "20-0", hazard, "m")
    assert spikes_of([*earlier, own], own, Direction.FORWARD).hazard_ratio is None


def test_without_every_distance_times_are_compared():
    rows = [row(20, 60, 10), row(5, 50, 8, metres=False)]
    found = next_spike(sessions_of(rows, Direction.BACKWARD), Direction.BACKWARD, NOW)
    assert (found.unit, found.longest, found.may_be) == ("s", 600.0, 660.0)
    assert next_spike(sessions_of(rows, Direction.UNKNOWN), Direction.UNKNOWN, NOW).longest is None


def test_without_an_earlier_session_there_is_nothing_to_compare():
    own = row(0, 60, 12)
    found = spikes_of([row(31, 60, 10), own], own, Direction.BACKWARD)
    assert (found.longest, found.may_be, found.hazard_ratio) == (None, None, None)
    assert spikes_of([own], row(0, 60), Direction.BACKWARD) is None


def test_a_later_session_is_not_what_an_earlier_one_is_held_against():
    own = row(10, 30, 10)
    assert spikes_of([own, row(5, 30, 99)], own, Direction.BACKWARD).longest is None


@pytest.fixture
def runner(store, session_fit, now):
    """A store with one simulated session of a runner who is known."""
    store.put_athlete(Athlete(sex=Sex.FEMALE, resting_heart_rate_bpm=55.0, maximal_heart_rate_bpm=185.0))
    (entry,) = import_file(store, "one.fit", session_fit, now=now)
    return store, entry.activity_ids[0]


def test_an_import_is_counted_and_an_exertion_enters_it(runner, now):
    store, activity_id = runner
    later = store.row(activity_id).started_at + timedelta(days=1)
    assert store.load_rows()[0].loads.forward.session_load_au is None
    page = load.load_page(store, now=later, measure=Measure.EXERTION)
    assert [one.activity_id for one in page.lacking] == [activity_id]
    assert page.forward.fitness.at_least
    assert load.load_page(store, now=later).measure is Measure.HEART_RATE
    coach.add_check_in(store, CheckIn(now, activity_id=activity_id, perceived_exertion_cr10=5.0))
    page = load.load_page(store, now=later)
    assert page.measure is Measure.EXERTION
    assert page.lacking == ()
    parts = store.load_rows()[0].loads
    assert sum(week.backward.load.value_au for week in page.weeks) == pytest.approx(parts.backward.session_load_au)
    session = store.session(activity_id)
    shown = load.activity_load(store, session, store.row(activity_id), store.athlete())
    assert shown.loads == parts
    assert sum(map(sum, shown.zones.seconds_s.values())) > 0
    assert {one.longest for one in shown.spikes} == {None}


def test_older_runs_are_not_known_until_they_are_filled(runner):
    store, activity_id = runner
    counted = analyse_again(store, activity_id)
    store.put_session(replace(counted, loads=None, hearts=None), store.row(activity_id))
    later = store.row(activity_id).started_at + timedelta(days=1)
    page = load.load_page(store, now=later, measure=Measure.HEART_RATE)
    assert page.uncounted == load.count_uncounted(store) == 1
    assert page.forward.fitness == Amount(0.0, at_least=True)
    assert load.activity_load(store, store.session(activity_id), store.row(activity_id), Athlete()).loads is None
    (done,) = load.fill(store)
    assert (done.number, done.of, done.activity_id) == (1, 1, activity_id)
    assert store.session(activity_id) == counted  # bouts, estimates and recipe are untouched
    assert list(load.fill(store)) == []


def test_a_run_dated_after_today_is_not_counted_and_said(runner):
    store, activity_id = runner
    page = load.load_page(store, now=store.row(activity_id).started_at - timedelta(days=3))
    assert (page.ahead, page.sessions) == (1, 0)
    assert page.forward.fitness == Amount(0.0)


def test_own_borders_hold_and_bad_ones_change_nothing(runner):
    store, activity_id = runner
    later = store.row(activity_id).started_at + timedelta(days=1)
    load.put_borders(store, "110, 130, 150")
    with pytest.raises(BadValue, match="rise"):
        load.put_borders(store, "150 130")
    zones = load.load_page(store, now=later).zones
    assert (zones.borders_bpm, zones.own) == ((110, 130, 150), True)
    load.put_borders(store, " ")
    assert load.load_page(store, now=later).zones.borders_bpm == (120, 133, 146, 159, 172)


def test_the_ratio_is_off_until_it_is_asked_for(runner):
    store, _ = runner
    assert load.load_page(store, now=NOW).forward.ratio is None
    load.put_ratio(store, "on")
    assert load.load_page(store, now=NOW).forward.ratio is not None
    with pytest.raises(BadValue, match="off, on"):
        load.put_ratio(store, "maybe")


def test_an_empty_store_has_a_page(store):
    page = load.load_page(store, now=NOW)
    assert (page.sessions, page.weeks_count, page.unknown.month_share) == (0, 1, None)
    assert "resting heart rate" in page.zones.why_not
    assert load.measure_of("") is None
    with pytest.raises(BadValue, match="be one of"):
        load.measure_of("miles")
