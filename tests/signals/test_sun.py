from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backward_running.signals.sun import CIVIL_DEG, RISING_DEG, sun_altitude_deg, sun_times


def near(found, said, minutes=1.0):
    assert abs(found - said) <= timedelta(minutes=minutes), (found, said)


def test_the_example_of_the_solar_position_algorithm():
    """Reda and Andreas 2004, appendix: Golden, Colorado; sunrise 6:12:43, sunset 17:20:19, zenith 50.1116°.

    Their day is that of Greenwich: the sunset in it, twenty past midnight there, is that of the evening before here.
    """
    zone = ZoneInfo("Etc/GMT+7")
    times = sun_times(date(2003, 10, 17), 39.742476, -105.1786)
    near(times.sunrise, datetime(2003, 10, 17, 6, 12, 43, tzinfo=zone), 0.5)
    evening = sun_times(date(2003, 10, 16), 39.742476, -105.1786).sunset
    near(evening, datetime(2003, 10, 16, 17, 20, 19, tzinfo=zone), 0.5)
    altitude = sun_altitude_deg(datetime(2003, 10, 17, 12, 30, 30, tzinfo=zone), 39.742476, -105.1786)
    assert altitude == pytest.approx(90.0 - 50.11162, abs=0.03)  # theirs is with the air and from the ground


@pytest.mark.parametrize(
    ("place", "rises", "sets"),
    [((60.166, 24.96), (4, 32), (22, 19)), ((65.01, 25.47), (3, 33), (23, 13)), ((66.55, 25.72), (3, 3), (23, 40))],
    ids=["Helsinki", "Oulu", "Rovaniemi"],
)
def test_what_the_finnish_weather_service_printed_for_a_summer_day(place, rises, sets):
    """20 July 2009, summer time; near the polar circle a degree of the horizon is a quarter of an hour."""
    zone = ZoneInfo("Europe/Helsinki")
    times = sun_times(date(2009, 7, 20), *place)
    near(times.sunrise, datetime(2009, 7, 20, *rises, tzinfo=zone), 2.0)
    near(times.sunset, datetime(2009, 7, 20, *sets, tzinfo=zone), 2.0)


def test_civil_twilight_as_a_college_printed_it_by_the_naval_observatory():
    """Decorah, Iowa, 22 September: twilight 6:26 to 7:32, sun 6:55 to 7:04."""
    zone = ZoneInfo("America/Chicago")
    times = sun_times(date(2004, 9, 22), 43.31, -91.80)
    for found, said in zip(
        (times.dawn, times.sunrise, times.sunset, times.dusk), ((6, 26), (6, 55), (19, 4), (19, 32)), strict=True
    ):
        near(found, datetime(2004, 9, 22, *said, tzinfo=zone), 2.0)


def test_where_the_sun_does_not_set_nothing_is_invented():
    summer, winter = sun_times(date(2026, 6, 21), 69.75, 27.0), sun_times(date(2026, 12, 21), 69.75, 27.0)
    assert summer.sunrise is summer.sunset is summer.dusk is None
    assert winter.sunrise is winter.sunset is None and winter.dawn is not None
    assert sun_times(date(2026, 6, 21), 90.0, 0.0).sunrise is None
    assert sun_times(date(2026, 6, 21), 60.17, 24.94).dusk is not None


@pytest.mark.parametrize("longitude_deg", [-179.0, -60.0, 0.0, 120.0, 179.0])
@pytest.mark.parametrize("latitude_deg", [-55.0, 0.0, 47.0])
@pytest.mark.parametrize("month", [3, 6, 12])
def test_at_each_event_the_sun_stands_as_high_as_it_says(latitude_deg, longitude_deg, month):
    times = sun_times(date(2026, month, 21), latitude_deg, longitude_deg)
    assert times.dawn < times.sunrise < times.sunset < times.dusk < times.dawn + timedelta(hours=24)
    for at, altitude in ((times.dawn, CIVIL_DEG), (times.sunrise, RISING_DEG), (times.dusk, CIVIL_DEG)):
        assert sun_altitude_deg(at, latitude_deg, longitude_deg) == pytest.approx(altitude, abs=0.01)
    noon = datetime(2026, month, 21, 12, tzinfo=UTC) - timedelta(minutes=4 * longitude_deg)
    assert abs(times.sunrise + (times.sunset - times.sunrise) / 2 - noon) < timedelta(minutes=20)
