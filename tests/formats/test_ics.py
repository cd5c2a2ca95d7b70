"""The calendar: read back by the library that calendars use, and by its own lines."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import icalendar
import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.plan import Part, Place, Reason, Repeat, Step, Workout
from backward_running.formats.ics import Clock, Entry, write_calendar

NOW = datetime(2026, 5, 1, 8, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))


def workout(ordinal=1, **changes):
    back = Step("BACK", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=60, cue="Look over your shoulder.")
    easy = Step("EASY", Part.RECOVERY, Direction.FORWARD, Gait.WALK, duration_s=90)
    warm = Step("WARM", Part.WARM_UP, Direction.FORWARD, Gait.RUN, distance_m=400.0, heart_rate_high_bpm=140)
    facts = {
        "workout_id": f"plan-1-w1-{ordinal}", "week": 1, "ordinal": ordinal, "title": "First metres; backward, slowly",
        "on": date(2026, 10, 24) + timedelta(days=ordinal),
        "place": Place.FLAT_CLOSED, "with_whom": "a friend as spotter",
        "pieces": (warm, Repeat(5, (back, easy))),
        "summary": "5 × (1 min backward walk / 90 s forward walk)", "reasons": (Reason("It is your first week."),),
        "advice": ("Warm up first.",),
    }  # fmt: skip
    return Workout(**(facts | changes))


def written(*workouts, clock=None):
    entries = [one if isinstance(one, Entry) else Entry(one) for one in workouts]
    return write_calendar(entries, now=NOW, calendar_name="Backward", clock=clock)


def events(*workouts, clock=None):
    calendar = icalendar.Calendar.from_ical(written(*workouts, clock=clock))
    return calendar, calendar.walk("VEVENT")


def test_the_calendar_names_itself():
    calendar, found = events(workout(1), workout(2))
    assert calendar["VERSION"] == "2.0"
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["X-WR-CALNAME"] == "Backward"
    assert "backward-running" in calendar["PRODID"]
    assert len(found) == 2
    assert calendar.errors == []


def test_a_workout_is_an_all_day_event():
    _, (event,) = events(workout())
    assert event["UID"] == "plan-1-w1-1@backward-running"
    assert event.decoded("DTSTART") == date(2026, 10, 25)
    assert not isinstance(event.decoded("DTSTART"), datetime)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event.decoded("DTEND") == date(2026, 10, 26)
    assert event.decoded("DTSTAMP") == datetime(2026, 5, 1, 6, 30, 15, tzinfo=UTC)
    assert event["SEQUENCE"] == 0
    assert event["SUMMARY"] == "First metres; backward, slowly"
    assert event["LOCATION"] == Place.FLAT_CLOSED.value


def test_the_description_holds_all_that_one_needs_outside():
    _, (event,) = events(workout())
    assert event["DESCRIPTION"].split("\n") == [
        "5 × (1 min backward walk / 90 s forward walk)",
        "",
        "- 400 m run forward, heart rate up to 140",
        "- 5 times:",
        "· 1 min walk backward. Look over your shoulder.",
        "· 1 min 30 s walk forward",
        "",
        "Where: a flat, closed, familiar stretch of 20–50 m.",
        "With: a friend as spotter.",
        "",
        "Warm up first.",
        "",
        "Why:",
        "- It is your first week.",
    ]


def test_the_same_workout_keeps_its_uid_and_bytes():
    first = written(workout())
    assert first == written(workout())
    moved = written(workout(on=date(2027, 1, 1)))
    assert b"UID:plan-1-w1-1@backward-running" in first
    assert b"UID:plan-1-w1-1@backward-running" in moved


def test_lines_are_folded_and_end_in_cr_lf():
    data = written(workout(summary="ä" * 300))
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")


def test_words_cannot_add_lines_of_their_own():
    evil = "Run\r\nEND:VEVENT\r\nBEGIN:VALARM\x07"
    calendar, (event,) = events(workout(title=evil, workout_id="a\nATTENDEE:b"))
    assert event["SUMMARY"] == "Run END:VEVENT BEGIN:VALARM"
    assert calendar.walk("VALARM") == []
    assert "ATTENDEE" not in event


def test_no_workouts_give_an_empty_calendar():
    assert events()[1] == []


def test_a_naive_now_is_refused():
    with pytest.raises(BadValue, match="time zone"):
        write_calendar([], now=datetime(2026, 5, 1), calendar_name="x")  # noqa: DTZ001


HELSINKI = Clock(at=time(18), zone="Europe/Helsinki", remind_before=timedelta(hours=1))


def test_an_hour_stays_the_same_hour_when_the_clocks_change():
    calendar, found = events(workout(0), workout(1), clock=HELSINKI)  # summer time ends on 25 October 2026
    starts = [one.decoded("DTSTART") for one in found]
    assert [one.hour for one in starts] == [18, 18]
    assert [one.utcoffset() for one in starts] == [timedelta(hours=3), timedelta(hours=2)]
    assert [str(one["TZID"]) for one in calendar.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    lasts = found[0].decoded("DTEND") - starts[0]
    assert lasts == timedelta(minutes=13), "12:30 of timed steps, in whole minutes"


def test_a_reminder_is_an_alarm_before_the_session():
    _, (event,) = events(workout(), clock=HELSINKI)
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm.decoded("TRIGGER") == timedelta(hours=-1)
    assert events(workout())[1][0].walk("VALARM") == []


def test_what_is_gone_is_cancelled_and_what_waits_says_why():
    gone, waits = Entry(workout(1), sequence=3, cancelled=True), Entry(workout(2), sequence=1, waits_for="You fell.")
    _, (first, second) = events(gone, waits, clock=HELSINKI)
    assert (first["STATUS"], first["SEQUENCE"]) == ("CANCELLED", 3)
    assert (second["STATUS"], second["SEQUENCE"]) == ("TENTATIVE", 1)
    assert second["SUMMARY"].startswith("On hold: ")
    assert second["DESCRIPTION"].startswith("You fell.")
    assert second.walk("VALARM") == [], "nobody is reminded of what is not to be done"


@pytest.mark.parametrize("zone", [None, "Mars/Olympus", "../etc/passwd", ""])
def test_an_hour_needs_a_known_time_zone(zone):
    with pytest.raises(BadValue, match="time zone"):
        Clock(at=time(18), zone=zone)
