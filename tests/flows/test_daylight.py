from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.flows.clocks import fit

from backward_running.core.ground import Daylight
from backward_running.flows import intake
from backward_running.flows.daylight import UsualHour, daylight, sun_there, usual_hour
from backward_running.store import open_store

HELSINKI = (60.17, 24.94)
EVENING = UsualHour(18.0, 3600.0)
SUMMER, AUTUMN, WINTER = date(2026, 6, 21), date(2026, 10, 1), date(2026, 12, 21)


@pytest.fixture
def store(new_home):
    store = open_store(new_home)
    yield store
    store.close()


def runs(store, hours, utc_offset_s=7200):
    for day, hour in enumerate(hours, 1):
        start = datetime(2026, 3, day, tzinfo=UTC) + timedelta(hours=hour, seconds=-utc_offset_s)
        data = fit(start, utc_offset_s, latitude=60.17, longitude=24.94, length_s=120 + day)
        intake.import_file(store, f"{day}.fit", data, now=datetime(2026, 4, 1, tzinfo=UTC))


def test_the_usual_hour_is_that_of_the_clock_where_it_was(store):
    assert usual_hour(store) is None
    runs(store, (17.5, 18.0, 18.0, 18.5))
    assert usual_hour(store) is None  # four runs are no habit
    runs(store, (17.5, 18.0, 18.0, 18.5, 19.0, 7.0))
    usual = usual_hour(store)
    assert usual.start_h == pytest.approx(18.0) and usual.duration_s == pytest.approx(123.0, abs=3.0)


def test_who_runs_at_all_hours_has_no_usual_one_and_midnight_is_one_hour(store):
    runs(store, (6.0, 9.0, 12.0, 15.0, 18.0, 21.0))
    assert usual_hour(store) is None


def test_around_midnight_hours_are_near(store):
    runs(store, (23.5, 23.75, 0.0, 0.25, 0.5))
    assert usual_hour(store).start_h == pytest.approx(0.0, abs=0.01)


def test_it_is_as_dark_as_it_gets_until_the_end():
    assert daylight(EVENING, SUMMER, *HELSINKI) is Daylight.DAY
    assert daylight(EVENING, AUTUMN, *HELSINKI) is Daylight.TWILIGHT  # the sun sets at 18:53 there
    assert daylight(UsualHour(17.0, 3600.0), AUTUMN, *HELSINKI) is Daylight.DAY
    assert daylight(EVENING, WINTER, *HELSINKI) is Daylight.DARK
    assert daylight(None, SUMMER, *HELSINKI) is None


def test_times_are_told_on_the_clock_of_the_place():
    times = sun_there(AUTUMN, *HELSINKI)
    assert f"{times.sunset:%H:%M}" == "18:53" and times.sunset.utcoffset() == timedelta(hours=3)
    assert sun_there(SUMMER, 69.75, 27.0).sunset is None
