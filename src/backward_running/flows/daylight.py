"""At which hour somebody usually runs, and how light it is then at a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from backward_running.core.ground import Daylight
from backward_running.core.ports import Activities, ActivityQuery, ActivityRow
from backward_running.core.sun import SunTimes
from backward_running.flows.days import local_start
from backward_running.signals.sun import CIVIL_DEG, RISING_DEG, sun_altitude_deg, sun_times
from backward_running.signals.time_zone import zone_at

#: Our own proposals: in how many of the newest runs the hour is looked for, how many it takes, when the hours of a day
#: begin, and how far apart starts may lie (half of them, in hours) before there is no usual one.
LOOKED_THROUGH, LEAST, NIGHT_ENDS_H, APART_H = 40, 5, 4.0, 5.0


@dataclass(frozen=True, slots=True)
class UsualHour:
    """When somebody usually begins, and how long they are out."""

    start_h: float  #: on the clock of the place, 0 to 24
    duration_s: float

    def span(self, on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return from when to when that is on a day."""
        begins = datetime.combine(on, time(), zone) + timedelta(hours=self.start_h)  # by the clock on the wall
        return begins, begins + timedelta(seconds=self.duration_s)


def usual_hour(store: Activities) -> UsualHour | None:
    """Return when somebody usually runs.

    Parameters
    ----------
    store : Activities
        Their runs.

    Returns
    -------
    UsualHour or None
        The middle of the newest runs on foot; None of fewer than five, or where they begin at all hours.
    """
    rows = store.activities(ActivityQuery(on_foot=True, simulated=False, limit=LOOKED_THROUGH))
    return _usual(row for row in rows if row.utc_offset_s is not None)


def _usual(rows: Iterable[ActivityRow]) -> UsualHour | None:
    known = list(rows)
    if len(known) < LEAST:
        return None
    starts = (local_start(row) for row in known)
    hours = np.array([(at.hour + at.minute / 60.0 - NIGHT_ENDS_H) % 24.0 for at in starts])
    early, middle, late = np.quantile(hours, [0.25, 0.5, 0.75]).tolist()
    if late - early > APART_H:
        return None
    return UsualHour((middle + NIGHT_ENDS_H) % 24.0, float(np.median([row.duration_s for row in known])))


def daylight(usual: UsualHour | None, on: date, latitude_deg: float, longitude_deg: float) -> Daylight | None:
    """Return how light it is at the usual hour of a day: as dark as it gets until the end of the run.

    Parameters
    ----------
    usual : UsualHour or None
        None where there is none.
    on : date
        The day.
    latitude_deg, longitude_deg : float
        The place, WGS 84.

    Returns
    -------
    Daylight or None
        By the sun on a flat horizon; None without a usual hour, or where the clock of the place is not known.
    """
    zone = zone_at(latitude_deg, longitude_deg)
    if usual is None or zone is None:
        return None
    lowest_deg = min(sun_altitude_deg(at, latitude_deg, longitude_deg) for at in usual.span(on, ZoneInfo(zone)))
    if lowest_deg >= RISING_DEG:
        return Daylight.DAY
    return Daylight.TWILIGHT if lowest_deg >= CIVIL_DEG else Daylight.DARK


def sun_there(on: date, latitude_deg: float, longitude_deg: float) -> SunTimes | None:
    """Return the times of the sun on the clock of a place; None where that clock is not known."""
    name = zone_at(latitude_deg, longitude_deg)
    if name is None:
        return None
    zone, times = ZoneInfo(name), sun_times(on, latitude_deg, longitude_deg)
    each = (times.dawn, times.sunrise, times.sunset, times.dusk)
    return SunTimes(*(None if at is None else at.astimezone(zone) for at in each))
