"""Done is done: the word fills a recording that shows no direction, a run is written down, a check-in counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from tests.flows.felt import well
from tests.flows.test_adapt import ANSWERS, TODAY, noon

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.load import Measure
from backward_running.core.plan import Plan
from backward_running.core.ports import ActivityQuery
from backward_running.core.recording import Stream
from backward_running.core.statement import Runs
from backward_running.flows import (
    anew,
    asking,
    by_hand,
    by_word,
    coach,
    load,
    making,
    match,
    runs,
    said_and_recorded,
    said_done,
    statements,
)
from backward_running.flows.by_hand import ByHand
from backward_running.flows.intake import import_file
from backward_running.flows.load_views import Amount
from backward_running.flows.progress import progress
from backward_running.formats.fit_activity import FitActivity, write_activity


@pytest.fixture
def plan(store) -> Plan:
    made = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    assert isinstance(made, Plan) and made.weeks
    return made


def evening(day: date):
    return noon(day) + timedelta(hours=7)


def by_a_plain_watch(store, on: date, length_s: float = 1200.0) -> str:
    """Take in so many seconds of which nothing shows the direction."""
    time_s = np.arange(0.0, length_s)
    columns = {"speed_mps": np.full_like(time_s, 2.0), "distance_m": time_s * 2.0}
    stream = Stream("wrist", "earth", time_s, columns)
    began = noon(on).replace(hour=6)
    data = write_activity(FitActivity(began, stream, utc_offset_s=0, title=f"Run of {on}", sport="running"))
    (entry,) = import_file(store, f"{on}.fit", data, now=evening(on))
    row = store.row(entry.activity_ids[0])
    assert row.unknown_s > length_s - 100.0 and row.backward_s == 0.0
    return row.activity_id


def test_a_plain_watch_and_a_tap_do_not_repeat_the_week(store, plan):
    monday = TODAY + timedelta(days=7)
    for one in plan.weeks[0].workouts:
        by_a_plain_watch(store, one.on)
        assert coach.today(store, now=evening(one.on)).not_recorded == one
        said_done.say_done(store, one, now=evening(one.on))
        well(store, one.on)
    found = match.matched(store, since=TODAY, until=monday)
    planned_s = [one.duration_s(Direction.BACKWARD) for one in plan.weeks[0].workouts]
    assert [one.backward_s for one in found] == [one.said_backward_s for one in found] == planned_s
    assert all(one.complete and not one.is_said for one in found)
    assert [one.backward_s + one.unknown_s for one in found] == pytest.approx([1199.0] * len(found), abs=5.0)
    assert making.adapted(store, asking.situation(store, monday), (), now=noon(monday)).changes == ()
    assert [seconds for _, seconds in match.backward_history(store, until=monday)] == planned_s
    assert coach.today(store, now=evening(plan.weeks[0].workouts[-1].on)).not_recorded is None


def test_what_a_recording_shows_is_not_added_to(store, plan):
    first = plan.weeks[0].workouts[0]
    seen = match.Matched(first.workout_id, "a-0", first.on, "time", False, 600.0, 120.0, 30.0)
    said = replace(said_done.say_done(store, first, now=evening(first.on)), backward_s=180.0)
    filled = said_and_recorded.filled_by_word(seen, said, first)
    assert (filled.backward_s, filled.unknown_s, filled.forward_s) == (150.0, 0.0, 600.0)  # no more than was unseen
    assert said_and_recorded.filled_by_word(seen, replace(said, backward_s=60.0), first) == seen


def test_said_forward_does_not_hide_a_session_and_its_word_is_taken_from_it(store, plan):
    first = plan.weeks[0].workouts[0]
    activity_id = by_a_plain_watch(store, first.on)
    statements.state(store, Runs(activity_ids=(activity_id,)), Direction.FORWARD, now=evening(first.on))
    list(anew.derive_anew(store))
    assert store.row(activity_id).said_forward_s > 1100.0
    match.match_by_hand(store, first.workout_id, activity_id)
    said = said_done.say_done(store, first, now=evening(first.on))
    (found,) = match.matched(store, since=TODAY, until=first.on)
    assert found.backward_s == said.backward_s and found.forward_s + found.backward_s == pytest.approx(1199.0, abs=5.0)
    sums = runs.period_ledger(store, ActivityQuery())
    assert (sums.backward_s, sums.said_backward_s, sums.by_hand) == (said.backward_s, said.backward_s, 0)
    week = progress(store, plan, today=first.on).weeks[-1]
    assert (week.seen_s, week.said_s) == (0.0, said.backward_s)
    page = load.load_page(store, now=evening(first.on), measure=Measure.MINUTES)
    assert page.backward.week_s == page.said_s[Direction.BACKWARD] == said.backward_s
    assert page.backward.week_s + page.forward.week_s + page.unknown.week_s == pytest.approx(1199.0, abs=5.0)
    tomorrow = first.on + timedelta(days=1)
    by_hand.write_down(store, ByHand(tomorrow, 60.0), now=evening(tomorrow))
    after = runs.period_ledger(store, ActivityQuery(since=tomorrow))
    assert (after.backward_s, after.by_hand) == (60.0, 1), "what was recorded on the day before is not of it"
    assert sums.forward_s + sums.backward_s == pytest.approx(1199.0, abs=5.0)  # no second counts twice


def test_not_done_is_an_answer(store, plan):
    first = plan.weeks[0].workouts[0]
    assert coach.today(store, now=evening(first.on)).not_recorded == first
    said_done.say_not_done(store, first, now=evening(first.on))
    view = coach.today(store, now=evening(first.on))
    assert (view.not_recorded, view.last_said) == (None, None)
    assert match.matched(store, since=TODAY, until=first.on) == ()
    assert match.done(store, plan, until=first.on) == ()
    assert said_done.last_id(store) is None
    monday = TODAY + timedelta(days=7)
    assert making.adapted(store, asking.situation(store, monday), (), now=noon(monday)).changes
    said_done.take_back(store, first.workout_id)
    assert coach.today(store, now=evening(first.on)).not_recorded == first
    later = plan.weeks[1].workouts[0]
    with pytest.raises(BadValue):
        said_done.say_not_done(store, later, now=evening(first.on))


def test_a_run_by_hand_is_the_open_session_of_its_day_or_one_of_its_own(store, plan):
    first = plan.weeks[0].workouts[0]
    run = ByHand(first.on, 150.0, effort_cr10=4.0)
    assert by_hand.write_down(store, run, now=evening(first.on)).workout_id == first.workout_id
    other = by_hand.write_down(store, run, now=evening(first.on))
    assert said_done.is_extra(other.workout_id)
    assert [one.perceived_exertion_cr10 for one in store.check_ins()] == [4.0, 4.0]
    before = ByHand(date(2024, 3, 1), 0.0, 0.0, 8000.0, "  the   park ")
    old = by_hand.write_down(store, before, now=evening(first.on))
    assert (old.distance_m, old.place, old.backward_s) == (8000.0, "the park", 0.0)
    sums = runs.period_ledger(store, ActivityQuery())
    assert (sums.by_hand, sums.backward_s, sums.said_backward_s, sums.activities) == (3, 300.0, 300.0, 0)


@pytest.mark.parametrize(
    "run", [{"backward_s": 0.0}, {"backward_s": 60.0, "on": TODAY + timedelta(days=9)}, {"backward_s": 1e6}]
)
def test_a_run_that_cannot_be_is_refused(store, plan, run):
    with pytest.raises(BadValue):
        by_hand.write_down(store, ByHand(**{"on": TODAY, **run}), now=evening(TODAY))
    assert store.said_done() == ()


def test_a_check_in_after_a_session_counts_but_not_one_that_tells_of_an_early_end(store, plan):
    first = plan.weeks[0].workouts[0]
    now = evening(first.on)
    for other in (
        CheckIn(now, Moment.OTHER),
        CheckIn(now, Moment.AFTER, broke_off=True),
        CheckIn(now, Moment.AFTER, activity_id="another"),
    ):
        assert by_hand.counts_as_done(store, other, now=now) is None
    said = by_hand.counts_as_done(store, CheckIn(now, Moment.AFTER, perceived_exertion_cr10=3.0), now=now)
    assert said is not None and said.backward_s == first.duration_s(Direction.BACKWARD)
    assert by_hand.counts_as_done(store, CheckIn(now, Moment.AFTER), now=now) is None  # it is no longer open


def test_a_run_by_hand_lies_on_one_page_of_the_list_among_its_days(store):
    days = [TODAY - timedelta(days=ago) for ago in range(0, 12, 2)]
    for on in days:
        by_a_plain_watch(store, on)
    told = [TODAY - timedelta(days=ago) for ago in (0, 3, 4, 7, 40)]
    for on in told:
        by_hand.write_down(store, ByHand(on, 60.0), now=evening(TODAY))
    found = []
    for offset in range(0, 6, 2):
        query = ActivityQuery(limit=2, offset=offset)
        rows, count = runs.list_runs(store, query)
        found.append([one.on for one in runs.by_hand(store, query, rows, count)])
    assert found == [told[:1], told[1:3], told[3:]]
    rows, count = runs.list_runs(store, ActivityQuery(limit=9))
    for query, expected in (
        (ActivityQuery(limit=9, direction=Direction.BACKWARD), told),
        (ActivityQuery(limit=9, direction=Direction.UNKNOWN), []),
        (ActivityQuery(limit=9, text="park"), []),
        (ActivityQuery(limit=9, since=TODAY - timedelta(days=3)), told[:2]),
    ):
        assert [one.on for one in runs.by_hand(store, query, rows, count)] == expected
        assert runs.period_ledger(store, query).by_hand == len(expected)


def test_a_run_by_hand_is_counted_as_load_by_its_word(store):
    by_hand.write_down(store, ByHand(TODAY, 300.0, 600.0, effort_cr10=4.0), now=evening(TODAY))
    by_hand.write_down(store, ByHand(TODAY - timedelta(days=2), 240.0), now=evening(TODAY))
    by_hand.write_down(store, ByHand(TODAY, 0.0, 0.0, 8000.0), now=evening(TODAY))
    page = load.load_page(store, now=evening(TODAY), measure=Measure.EXERTION)
    assert (page.backward.month_s, page.forward.month_s, page.uncounted) == (540.0, 600.0, 0)
    assert page.said_s == {Direction.FORWARD: 600.0, Direction.BACKWARD: 540.0}
    assert page.backward.week == Amount(5 * 4.0) and page.backward.fitness.at_least
    assert [one.activity_id for one in page.lacking] == [f"said:extra-{TODAY - timedelta(days=2)}-1"]
    longest = page.backward.next_session
    assert (longest.longest, longest.longest_id) == (300.0, f"said:extra-{TODAY}-1")
    assert load.load_page(store, now=evening(TODAY), measure=Measure.MINUTES).lacking == ()
    by_heart = load.load_page(store, now=evening(TODAY), measure=Measure.HEART_RATE)
    assert by_heart.lacking == () and by_heart.backward.fitness.at_least


def test_a_recording_that_comes_later_is_the_run_and_one_that_was_here_is_another(store):
    by_a_plain_watch(store, TODAY)
    (before,) = store.activities(ActivityQuery(limit=9))
    by_hand.write_down(store, ByHand(TODAY, 0.0, 1200.0), now=evening(TODAY))
    assert [one.on for one in by_word.alone(store, since=None, until=None)] == [TODAY], "two runs on one day"
    by_hand.write_down(store, ByHand(TODAY - timedelta(days=1), 0.0, 1200.0), now=evening(TODAY))
    by_a_plain_watch(store, TODAY - timedelta(days=1))
    assert [one.on for one in by_word.alone(store, since=None, until=None)] == [TODAY], "the recording is that run"
    assert {one.on: one.besides for one in store.said_done()}[TODAY] == (before.activity_id,)
