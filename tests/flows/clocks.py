"""Small files that say their time in every way there is, and machines set to five zones."""

import time
from datetime import UTC, datetime, timedelta

import numpy as np

from backward_running.core.recording import Stream
from backward_running.formats.fit_activity import FitActivity, write_activity

MACHINES = ("UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns")


def set_machine(monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()


def gpx(start, latitude=None, longitude=0.0, *, say=lambda at: at.isoformat().replace("+00:00", "Z"), count=60):
    """A GPX that writes its times as `say` does."""
    points = "".join(
        f'<trkpt lat="{latitude + i * 2e-5:.6f}" lon="{longitude}"><time>{say(start + timedelta(seconds=i))}</time></trkpt>'
        for i in range(count)
    )
    return f'<gpx version="1.1"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>'.encode()


def tcx(start, *, say=lambda at: at.isoformat().replace("+00:00", "Z")):
    """A TCX without positions."""
    points = "".join(
        f"<Trackpoint><Time>{say(start + timedelta(seconds=i))}</Time><DistanceMeters>{3 * i}</DistanceMeters></Trackpoint>"
        for i in range(60)
    )
    lap = f'<Lap StartTime="{say(start)}"><TotalTimeSeconds>60</TotalTimeSeconds><Track>{points}</Track></Lap>'
    activity = f'<Activities><Activity Sport="Running"><Id>{say(start)}</Id>{lap}</Activity></Activities>'
    return f"<TrainingCenterDatabase>{activity}</TrainingCenterDatabase>".encode()


def fit(start, utc_offset_s, *, length_s=60, latitude=None, longitude=None, sub_sport=None):
    """A FIT by a watch that states its local time at the end, as watches do."""
    time_s = np.arange(0.0, length_s)
    columns = {"distance_m": 3.0 * time_s, "speed_mps": np.full_like(time_s, 3.0)}
    if latitude is not None:
        columns |= {"latitude_deg": latitude + time_s * 2e-5, "longitude_deg": np.full_like(time_s, longitude)}
    stream = Stream("wrist", "earth", time_s, columns)
    return write_activity(FitActivity(start, stream, utc_offset_s=utc_offset_s, sub_sport=sub_sport))


def at(*when):
    return datetime(*when, tzinfo=UTC)


def plus(hours, minutes=0):
    """Write times with an offset."""
    offset = timedelta(hours=hours, minutes=minutes)
    sign = "-" if offset < timedelta(0) else "+"
    words = f"{sign}{abs(offset) // timedelta(hours=1):02d}:{abs(minutes):02d}"
    return lambda moment: (moment + offset).replace(tzinfo=None).isoformat() + words


def bare(hours):
    """Write what a clock shows, without a zone."""
    return lambda moment: (moment + timedelta(hours=hours)).replace(tzinfo=None).isoformat()
