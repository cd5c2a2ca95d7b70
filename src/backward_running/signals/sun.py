"""How high the sun stands, and when it rises and sets: from a day and a place, without a table or a network.

Meeus, Astronomical Algorithms (2nd ed. 1998, chapters 22, 25 and 28, the short forms), in the arrangement of the solar
calculator of the Global Monitoring Laboratory of NOAA. Good to a minute between 72° south and 72° north; hills, houses
and weather are not in it.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta

from backward_running.core.constants import SECONDS_PER_DAY
from backward_running.core.sun import SunTimes

#: Noon of the first day of 2000, from which centuries are counted. Of Meeus.
_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)
#: Mean longitude and anomaly of the sun, by powers of centuries. Of Meeus, chapter 25.
_LONGITUDE_DEG, _ANOMALY_DEG = (280.46646, 36000.76983, 0.0003032), (357.52911, 35999.05029, -0.0001537)
#: How much the orbit differs from a circle, by powers of centuries. Of Meeus, chapter 25.
_ECCENTRICITY = (0.016708634, -0.000042037, -0.0000001267)
#: Equation of the centre: of once, twice and three times the anomaly, by powers of centuries. Of Meeus, chapter 25.
_CENTRE_DEG = ((1.914602, -0.004817, -0.000014), (0.019993, -0.000101), (0.000289,))
#: The node of the moon's orbit, and what it and aberration do to longitude and obliquity. Of Meeus, chapters 22 and 25.
_NODE_DEG, _ABERRATION_DEG, _NUTATION_DEG, _TILT_DEG = (125.04, -1934.136), 0.00569, 0.00478, 0.00256
#: How far the equator leans against the orbit, by powers of centuries. Of Meeus, chapter 22.
_OBLIQUITY_DEG = (23.4392911, -0.0130042, -0.00000016, 0.0000005)
#: At rising and setting the middle of the sun is so low: half its width, and what the air bends. Of NOAA.
RISING_DEG = -0.833
#: Until then one sees without a lamp in open country: the end of civil twilight. Of the almanacs.
CIVIL_DEG = -6.0
#: How often the time of an event is found again at the sun of that time.
_ROUNDS = 3


def sun_times(on: date, latitude_deg: float, longitude_deg: float) -> SunTimes:
    """Return when the sun rises and sets, and when civil twilight begins and ends.

    Parameters
    ----------
    on : date
        The day at the place, by the sun: its noon is the one nearest to noon of this date there.
    latitude_deg, longitude_deg : float
        The place, WGS 84.

    Returns
    -------
    SunTimes
        UTC, to the second; right to a minute or two where the horizon is flat.
    """
    midday = datetime.combine(on, time(12), UTC) - timedelta(minutes=4.0 * longitude_deg)

    def event(altitude_deg: float, side: int) -> datetime | None:
        at = midday
        for _ in range(_ROUNDS):
            declination_deg, ahead_min = _sun(at)
            half_deg = _half_day_deg(altitude_deg, latitude_deg, declination_deg)
            if half_deg is None:
                return None
            at = midday - timedelta(minutes=ahead_min) + side * timedelta(minutes=4.0 * half_deg)
        return at

    return SunTimes(event(CIVIL_DEG, -1), event(RISING_DEG, -1), event(RISING_DEG, 1), event(CIVIL_DEG, 1))


def sun_altitude_deg(at: datetime, latitude_deg: float, longitude_deg: float) -> float:
    """Return how high the middle of the sun stands, without what the air bends.

    Parameters
    ----------
    at : datetime
        The moment, with its zone.
    latitude_deg, longitude_deg : float
        The place, WGS 84.

    Returns
    -------
    float
        −90 to 90 degrees; right to some hundredths of a degree.

    Examples
    --------
    >>> round(sun_altitude_deg(datetime(2003, 10, 17, 19, 30, 30, tzinfo=UTC), 39.742476, -105.1786), 1)
    39.9
    """
    declination_deg, ahead_min = _sun(at)
    moment = at.astimezone(UTC)
    of_day_min = (moment - datetime.combine(moment.date(), time(), UTC)).total_seconds() / 60.0
    hour_deg = (of_day_min + ahead_min + 4.0 * longitude_deg) / 4.0 - 180.0
    latitude, declination = math.radians(latitude_deg), math.radians(declination_deg)
    height = math.sin(latitude) * math.sin(declination) + math.cos(latitude) * math.cos(declination) * math.cos(
        math.radians(hour_deg)
    )
    return math.degrees(math.asin(max(-1.0, min(1.0, height))))


def _sun(at: datetime) -> tuple[float, float]:
    """Return declination, degrees, and by how many minutes a sundial is ahead of a clock."""
    centuries = (at - _EPOCH).total_seconds() / SECONDS_PER_DAY / 36525
    longitude, anomaly = (math.radians(_power(terms, centuries)) for terms in (_LONGITUDE_DEG, _ANOMALY_DEG))
    centre_deg = sum(_power(terms, centuries) * math.sin(times * anomaly) for times, terms in enumerate(_CENTRE_DEG, 1))
    node = math.radians(_power(_NODE_DEG, centuries))
    apparent = longitude + math.radians(centre_deg - _ABERRATION_DEG - _NUTATION_DEG * math.sin(node))
    obliquity = math.radians(_power(_OBLIQUITY_DEG, centuries) + _TILT_DEG * math.cos(node))
    declination_deg = math.degrees(math.asin(math.sin(obliquity) * math.sin(apparent)))
    eccentricity, lean = _power(_ECCENTRICITY, centuries), math.tan(obliquity / 2.0) ** 2
    ahead = (
        lean * math.sin(2.0 * longitude)
        - 2.0 * eccentricity * math.sin(anomaly)
        + 4.0 * eccentricity * lean * math.sin(anomaly) * math.cos(2.0 * longitude)
        - 0.5 * lean**2 * math.sin(4.0 * longitude)
        - 5 / 4 * eccentricity**2 * math.sin(2.0 * anomaly)
    )
    return declination_deg, 4.0 * math.degrees(ahead)


def _half_day_deg(altitude_deg: float, latitude_deg: float, declination_deg: float) -> float | None:
    """Return how far the earth turns between noon and the sun at a height; None where it never stands there."""
    latitude, declination = math.radians(latitude_deg), math.radians(declination_deg)
    across = math.cos(latitude) * math.cos(declination)
    if across <= 0.0:
        return None
    cosine = (math.sin(math.radians(altitude_deg)) - math.sin(latitude) * math.sin(declination)) / across
    return math.degrees(math.acos(cosine)) if -1.0 <= cosine <= 1.0 else None


def _power(terms: tuple[float, ...], x: float) -> float:
    return sum(term * x**power for power, term in enumerate(terms))
