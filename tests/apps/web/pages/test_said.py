"""What is said of many runs, and what was done, on the screen: one question, ticked runs, one tap, one undo."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from tests.apps.browsing import NOW, answers, browse, unplanned_file

from backward_running.core.athlete import CheckIn
from backward_running.core.direction import Direction
from backward_running.core.recording import Stream
from backward_running.flows import anew, coach, intake
from backward_running.formats.fit_activity import FitActivity, write_activity
from backward_running.formats.gpx_track import write_gpx
from backward_running.store import open_store

QUESTION = "Have you run backward before?"


@pytest.fixture
def home(new_home):
    """A browser at a store with two runs of a plain watch, the store, and the ids of the runs."""
    store = open_store(new_home)
    entries = [
        intake.import_file(
            store, f"{length_s}.fit", unplanned_file(length_s=length_s, backward=(0, 0), days_before=days), now=NOW
        )[0]
        for days, length_s in enumerate((900, 1200))
    ]
    yield browse(store, follow=True), store, [entry.activity_ids[0] for entry in entries]
    store.close()


def understood(store):
    list(anew.derive_anew(store))


def test_the_question_is_asked_once_answered_with_one_form_and_taken_back_with_one_tap(home):
    browser, store, ids = home
    assert QUESTION in browser.get("/").text
    asked = browser.get("/import/next").text
    assert QUESTION in asked and "2 runs · 2 ask" in asked
    assert browser.submit("/said/before", {"before": "no", "plain": "ask"}).status_code == 200
    waiting = " ".join(browser.get("/import/next").text.split())  # before anything was judged anew
    assert "· 0 ask" in waiting and "2 runs are being judged anew" in waiting and "All 2 were" not in waiting
    understood(store)
    assert "judged anew" not in browser.get("/import/next").text
    assert QUESTION not in browser.get("/").text
    shown = browser.get("/said").text
    assert "2 runs · 2 forward as you said · 0 ask" in shown and "Runs before Sunday 22 November 2026" in shown
    (made,) = store.statements()
    page = browser.get(f"/runs/{ids[0]}").text
    assert "all of it as you said" in page and 'fill="url(#p-said)"' in page
    assert "as you said" in browser.get("/runs").text
    browser.submit(f"/said/{made.statement_id}/back")
    understood(store)
    assert "2 runs · 2 ask" in browser.get("/said").text
    assert QUESTION not in browser.get("/").text  # answered is answered; the page of statements asks on


def test_since_wants_a_day_and_keeps_what_was_typed(home):
    browser, store, _ = home
    reply = browser.submit("/said/before", {"before": "since", "since": "", "plain": "forward"})
    assert reply.status_code == 422 and "Pick the day" in reply.text
    assert re.search(r'value="since" checked', reply.text) and re.search(r'value="forward" checked', reply.text)
    assert store.statements() == ()
    browser.submit("/said/before", {"before": "since", "since": "2026-11-20", "plain": "forward"})
    assert {(one.about.before, one.about.plain) for one in store.statements()} == {
        (date(2026, 11, 20), False),
        (None, True),
    }


def test_a_run_by_hand_is_a_row_of_the_list(home):
    browser, *_ = home
    browser.submit("/said", {"minutes": "5", "on": "2026-11-01", "place": "the <park>"})
    page = browser.get("/runs").text
    assert page.count('<li class="by-hand">') == 1 and "the &lt;park&gt;" in page
    assert '<li class="by-hand">' in browser.get("/runs?direction=backward").text
    assert '<li class="by-hand">' not in browser.get("/runs?direction=unknown").text


def test_ticked_runs_are_labelled_in_one_step_and_undone_in_one(home):
    browser, store, ids = home
    reply = browser.submit("/runs/said", {"direction": "backward", "run": ids})
    assert "2 runs: backward, as you say." in reply.text
    understood(store)
    assert {store.session(one).said for one in ids} == {Direction.BACKWARD}
    (made,) = store.statements()
    assert f'action="/said/{made.statement_id}/back"' in reply.text
    browser.submit(f"/said/{made.statement_id}/back")
    understood(store)
    assert {store.session(one).said for one in ids} == {None}


def test_all_that_ask_and_none_ticked(home):
    browser, store, ids = home
    assert "No run was ticked" in browser.submit("/runs/said", {"direction": "forward"}).text
    assert store.statements() == ()
    browser.submit("/runs/said", {"direction": "forward", "all": "1"})
    assert set(store.statements()[0].about.activity_ids) == set(ids)
    assert browser.submit("/runs/said", {"direction": "sideways", "run": ids}).status_code == 422


def test_unknown_has_a_price_and_no_card_says_nothing(home):
    browser, _, ids = home
    page = browser.get(f"/runs/{ids[0]}").text
    assert re.search(r"It took \d+\.\d.kcal/kg to \d+\.\d.kcal/kg, from all of it forward to all of it backward", page)
    assert "0.0 kcal" not in page.replace("\u00a0", " ")


def test_a_gpx_at_the_speed_of_a_bicycle_is_proposed_as_a_ride_and_then_has_no_labels(home):
    browser, store, _ = home
    time_s = np.arange(0.0, 1200.0)
    columns = {"latitude_deg": 42.5 + time_s * 5.8 / 111_320, "longitude_deg": np.full_like(time_s, 1.5)}
    stream = Stream("wrist", "earth", time_s, columns)
    data = write_gpx(stream, started_at=NOW - timedelta(days=1), title="Along the river", sport=None, breaks=())
    (entry,) = intake.import_file(store, "river.gpx", data, now=NOW)
    (activity_id,) = entry.activity_ids
    assert "at 21 km/h it looks like a ride" in browser.get(f"/runs/{activity_id}").text
    browser.submit(f"/runs/{activity_id}/sport", {"sport": "cycling"})
    assert not store.row(activity_id).on_foot
    page = browser.get(f"/runs/{activity_id}").text
    for gone in ('id="ledger"', 'id="label"', 'id="bouts"', 'class="chart rib"', "looks like a ride"):
        assert gone not in page
    assert "Along the river" not in browser.get("/").text.partition("Last run")[2].partition("</section>")[0]


def test_what_a_run_was_can_be_put_right_whatever_its_file_says(home):
    browser, store, ids = home
    before = store.row(ids[0])
    assert '<option value="running" selected>' in browser.get(f"/runs/{ids[0]}").text
    browser.submit(f"/runs/{ids[0]}/sport", {"sport": "cycling"})
    assert (store.row(ids[0]).sport, store.row(ids[0]).on_foot, store.row(ids[0]).forward_s) == ("cycling", False, 0.0)
    browser.submit(f"/runs/{ids[0]}/sport", {"sport": "running"})
    after = store.row(ids[0])
    assert (after.sport, after.on_foot, after.unknown_s) == ("running", True, before.unknown_s)
    assert browser.submit(f"/runs/{ids[0]}/sport", {"sport": "chess"}).status_code == 422


@pytest.fixture
def planned(new_home):
    """A browser at a store with a plan that began on Monday, on the evening of its first session."""
    store = open_store(new_home)
    reply = browse(store).submit("/plan/start", answers())
    assert reply.status_code == 303, reply.text
    first = coach.current_plan(store).weeks[0].workouts[0]
    evening = NOW.replace(year=first.on.year, month=first.on.month, day=first.on.day, hour=19)
    yield browse(store, now=lambda: evening, follow=True), store, first
    store.close()


def test_one_tap_says_how_many_of_the_minutes(planned):
    browser, store, first = planned
    today = browser.get("/").text
    assert "How many of the" in today and 'name="not_done"' in today
    browser.submit(f"/plan/workout/{first.workout_id}/said", {"minutes": ""})
    (said,) = store.said_done()
    assert said.backward_s == first.duration_s(Direction.BACKWARD)
    assert "How many of the" not in browser.get("/").text
    assert "done?" not in browser.get(f"/calendar?month={first.on:%Y-%m}").text


def test_no_list_says_what_a_session_was_that_was_done_by_word(planned):
    """Behind a stop no page says what to do, and the title of a session does."""
    browser, store, first = planned
    browser.submit(f"/plan/workout/{first.workout_id}/said", {"minutes": ""})
    store.add_check_in(CheckIn(store.said_done()[0].said_at, red_flags=("chest_pain",)))
    for door in ("/runs", "/said", "/check-in"):
        page = browser.get(door).text
        assert "A session of your plan" in page and first.title not in page, door
    assert first.title not in browser.get("/load").text


def test_not_done_is_said_shown_and_taken_back(planned):
    browser, store, first = planned
    assert "done?" in browser.get(f"/calendar?month={first.on:%Y-%m}").text
    browser.submit(f"/plan/workout/{first.workout_id}/said", {"not_done": "1"})
    assert [one.was_done for one in store.said_done()] == [False]
    month = browser.get(f"/calendar?month={first.on:%Y-%m}").text
    assert "not done, as you said" in month and "done?" not in month
    assert "not done, as you said" in browser.get("/plan?week=1").text
    assert "How many of the" not in browser.get("/").text
    assert "Not done, as you say." in browser.get(f"/plan/workout/{first.workout_id}").text
    browser.submit(f"/plan/workout/{first.workout_id}/said/back")
    assert store.said_done() == ()


def test_a_run_that_is_a_session_is_not_called_forward_with_the_others(planned):
    browser, store, first = planned
    time_s = np.arange(0.0, 1500.0)
    stream = Stream("wrist", "earth", time_s, {"speed_mps": np.full_like(time_s, 2.0), "distance_m": 2.0 * time_s})
    ids = {}
    for day in (0, 3):
        began = datetime.combine(first.on - timedelta(days=day), time(7), NOW.tzinfo)
        data = write_activity(FitActivity(began, stream, utc_offset_s=0, title=f"Day {day}", sport="running"))
        (entry,) = intake.import_file(store, f"{day}.fit", data, now=began + timedelta(hours=1))
        ids[day] = entry.activity_ids[0]
    page = browser.get("/import/next").text
    assert "Day 0" in page and "looks like your session" in page and f"/plan/workout/{first.workout_id}#said" in page
    assert "2 runs" in page and "1 asks" in page and "It was" in page
    browser.submit("/runs/said", {"direction": "forward", "all": "1"})
    assert [one.about.activity_ids for one in store.statements()] == [(ids[3],)]


def test_a_run_is_written_down_and_a_check_in_counts(planned):
    browser, store, first = planned
    run = {"minutes": "1.5", "forward": "20", "on": "2026-10-04", "distance": "4", "effort": "3", "place": "the park"}
    assert browser.submit("/said", run).status_code == 200
    (old,) = store.said_done()
    assert (old.backward_s, old.forward_s, old.distance_m, old.place) == (90.0, 1200.0, 4000.0, "the park")
    assert "1 written down by hand" in browser.get("/runs").text or "No runs yet" in browser.get("/runs").text
    browser.submit("/check-in", {"moment": "after", "perceived_exertion_cr10": "4"})
    assert {one.workout_id for one in store.said_done()} == {old.workout_id, first.workout_id}
    assert browser.submit("/said", {**run, "effort": "40"}).status_code == 422
