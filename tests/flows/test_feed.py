"""A calendar that follows the plan: numbered changes, cancellations, holds, and an address that can be taken back."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pypdf
import pytest

from backward_running.core.athlete import CheckIn
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, NotFound, Stopped
from backward_running.core.plan import Part, Place, Plan, Step, Week, Workout
from backward_running.flows import coach, export_plan, feed, said_done

HEALTHY = {
    "parq": "all_no", "health": ["none"], "birth_year": 1985, "have": ["known_spot"],
    "longest_run_s": 3600, "forward_runs_per_week": 4, "easy_speed_mps": 3.0, "backward_experience_min": 0,
    "goal": "try", "days": ["0", "1", "2", "3", "4", "5", "6"],
}  # fmt: skip


def session(ordinal: int, on: date, **changes: object) -> Workout:
    step = Step("BACK WALK", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=60, speed_high_mps=1.2)
    facts = {"summary": "1 min", "title": "Walking backward"} | changes
    return Workout(
        f"p-w01-{ordinal}", 1, ordinal, on=on, place=Place.FLAT_CLOSED, with_whom="", pieces=(step,), **facts
    )  # type: ignore[arg-type]


@pytest.fixture
def put(store, now):
    def keep(*workouts: Workout) -> None:
        week = Week(1, now.date(), workouts)
        store.put_plan(Plan("p", "beginner", "Plan", now, HEALTHY, (week,)))

    return keep


def told(store, now, data=None):
    calendar = icalendar.Calendar.from_ical(data or feed.calendar(store, now=now))
    return {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


def test_a_change_counts_up_and_no_change_does_not(store, now, put):
    first = session(1, now.date() + timedelta(days=1))
    put(first)
    assert told(store, now)["p-w01-1"]["SEQUENCE"] == 0
    assert told(store, now)["p-w01-1"]["SEQUENCE"] == 0
    put(replace(first, on=first.on + timedelta(days=1)))
    assert told(store, now)["p-w01-1"]["SEQUENCE"] == 1
    assert told(store, now)["p-w01-1"].decoded("DTSTART") == first.on + timedelta(days=1)


def test_a_session_that_is_gone_is_cancelled_and_may_come_back(store, now, put):
    one, two = session(1, now.date() + timedelta(days=1)), session(2, now.date() + timedelta(days=3))
    put(one, two)
    told(store, now)
    put(one)
    assert (told(store, now)["p-w01-2"]["STATUS"], told(store, now)["p-w01-2"]["SEQUENCE"]) == ("CANCELLED", 1)
    put(one, two)
    assert (told(store, now)["p-w01-2"]["STATUS"], told(store, now)["p-w01-2"]["SEQUENCE"]) == ("CONFIRMED", 2)
    put(one)
    assert "p-w01-2" not in told(store, now + timedelta(days=90)), "long ago: every calendar has heard of it"


def test_a_closed_gate_puts_sessions_on_hold_and_a_red_flag_strikes_them_out(store, now, put):
    put(session(1, now.date() + timedelta(days=1)))
    told(store, now)
    coach.add_check_in(store, CheckIn(now, fell=True, concussion_signs=False))
    waiting = told(store, now)["p-w01-1"]
    assert waiting["STATUS"] == "TENTATIVE" and waiting["SUMMARY"].startswith("On hold")
    coach.add_check_in(store, CheckIn(now, red_flags=("chest_pain",)))
    struck = told(store, now)["p-w01-1"]
    assert (struck["STATUS"], struck["SEQUENCE"], struck["SUMMARY"]) == ("CANCELLED", 2, "Called off")
    assert "DESCRIPTION" not in struck and not struck.walk("VALARM")


@pytest.mark.parametrize(("days_ahead", "stands"), [(0, True), (1, False)])
def test_a_stop_calls_off_what_was_done_a_day_early_and_still_lies_ahead(store, now, put, days_ahead, stands):
    early = session(1, now.date() + timedelta(days=days_ahead))
    put(early, session(2, now.date() + timedelta(days=3)))
    told(store, now)
    said_done.say_done(store, early, now=now, on=now.date())
    assert told(store, now)["p-w01-1"]["STATUS"] == "CONFIRMED"
    coach.add_check_in(store, CheckIn(now, red_flags=("chest_pain",)))
    event = told(store, now)["p-w01-1"]
    assert (event["STATUS"] == "CONFIRMED", str(event["SUMMARY"]) == early.title) == (stands, stands)


def test_a_stop_leaves_of_past_sessions_their_name_only(store, now, put):
    put(session(1, now.date() - timedelta(days=1)), session(2, now.date() + timedelta(days=1)))
    whole = told(store, now)["p-w01-1"]
    coach.add_check_in(store, CheckIn(now, pain_nrs={"knee": 8.0}))
    events = told(store, now)
    assert events["p-w01-1"]["SUMMARY"] == whole["SUMMARY"]
    assert "1 min" in whole["DESCRIPTION"] and "1 min" not in events["p-w01-1"]["DESCRIPTION"]
    assert events["p-w01-2"]["STATUS"] == "CANCELLED", "severe pain calls off what is to come, as a red flag does"
    put(session(1, now.date() - timedelta(days=1)))
    assert told(store, now)["p-w01-2"]["SUMMARY"] == "Called off", "gone from the plan, and still no word of it"


def test_an_address_works_until_it_is_taken_back(store, now, put):
    put(session(1, now.date() + timedelta(days=1)))
    with pytest.raises(NotFound):
        feed.feed(store, "", now=now)
    first = feed.open_feed(store)
    assert len(first) >= 32 and "p-w01-1" in told(store, now, feed.feed(store, first, now=now))
    second = feed.open_feed(store)
    assert second != first
    with pytest.raises(NotFound):
        feed.feed(store, first, now=now)
    feed.close_feed(store)
    for given in (second, "", "ä"):
        with pytest.raises(NotFound, match="taken back"):
            feed.feed(store, given, now=now)


def test_the_hour_and_the_reminder_are_kept(store, now, put):
    put(session(1, now.date() + timedelta(days=1)))
    feed.set_clock(store, at="18:30", zone="Europe/Helsinki", remind_min=60)
    event = told(store, now)["p-w01-1"]
    assert event.decoded("DTSTART").time() == time(18, 30)
    assert event.walk("VALARM")[0].decoded("TRIGGER") == timedelta(hours=-1)
    feed.set_clock(store, at=None, zone=None, remind_min=None)
    assert feed.clock(store) == feed.Clock()


@pytest.mark.parametrize(
    ("at", "zone", "remind"), [("25:00", "UTC", None), ("18:00", "Nowhere", None), ("18:00", None, 5), (None, None, -1)]
)
def test_impossible_hours_are_refused_and_change_nothing(store, at, zone, remind):
    with pytest.raises(BadValue):
        feed.set_clock(store, at=at, zone=zone, remind_min=remind)
    assert feed.clock(store) == feed.Clock()


def test_an_empty_store_still_answers(store, now):
    assert told(store, now) == {}


def test_every_ending_is_written_and_others_are_refused(store, now, put):
    on_a_belt = replace(session(1, now.date() + timedelta(days=1)), place=Place.TREADMILL)
    put(on_a_belt)
    plan = store.plan()
    store.put_plan(replace(plan, answers={**plan.answers, "have": ["treadmill"]}))
    assert export_plan.workout_file(store, "p-w01-1", "zwo", today=now.date())[1].startswith(b"<?xml")
    assert export_plan.workout_file(store, "p-w01-1", "txt", today=now.date())[1].startswith(b"- ")
    assert export_plan.week_zip(store, 1, "zwo", today=now.date())[0] == "backward-week-1-zwo.zip"
    with pytest.raises(NotFound, match="zwo"):
        export_plan.workout_file(store, "p-w01-1", "exe", today=now.date())
    name, data = export_plan.plan_json(store, today=now.date())
    assert name.endswith(".json") and b'"direction": "backward"' in data and b'"gates"' in data
    name, data = export_plan.plan_pdf(store, today=now.date(), speed_words=lambda mps: f"{mps} m/s")
    assert name.endswith(".pdf") and data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")


def test_a_stopped_plan_is_not_put_on_paper(store, now, put):
    put(session(1, now.date() + timedelta(days=1)))
    coach.add_check_in(store, CheckIn(datetime(2026, 11, 22, tzinfo=UTC), red_flags=("chest_pain",)))
    with pytest.raises(Stopped, match="Call the emergency number"):
        export_plan.plan_pdf(store, today=now.date(), speed_words=str)


def test_the_plan_as_a_table_has_a_row_for_every_step(store, now, put):
    put(session(1, now.date() + timedelta(days=1)), session(2, now.date() + timedelta(days=3)))
    name, data = export_plan.plan_csv(store, today=now.date())
    head, *rows = data.decode().splitlines()
    assert name == "backward-plan.csv" and len(rows) == 2
    first = dict(zip(head.split(","), rows[0].split(","), strict=False))
    assert (first["step"], first["direction"], first["duration_s"]) == ("BACK WALK", "backward", "60.0")
    assert first["on"] == (now.date() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize("place", [one for one in Place if one is not Place.TREADMILL])
def test_a_session_beside_a_rail_or_on_a_track_never_leaves_as_one_on_a_belt(store, now, put, place):
    """Its file would drop the rail, the person who holds and the friend who looks."""
    put(replace(session(1, now.date() + timedelta(days=1)), place=place))
    with pytest.raises(NotFound, match="written of one on a treadmill alone"):
        export_plan.workout_file(store, "p-w01-1", "zwo", today=now.date())
    with pytest.raises(NotFound, match="no session on a treadmill"):
        export_plan.week_zip(store, 1, "zwo", today=now.date())
    assert export_plan.workout_file(store, "p-w01-1", "fit", today=now.date())[1]


def test_the_paper_says_first_what_pain_may_come_and_when_to_stop(store, now, put):
    put(session(1, now.date() + timedelta(days=1)))
    data = export_plan.plan_pdf(store, today=now.date(), speed_words=str)[1]
    said = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split())
    assert "Over it stop: two days off" in said and "2 at other places" in said
    assert said.index("emergency number") < said.index("Week 1")
