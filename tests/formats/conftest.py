"""Small files made in code, for the tests of the formats."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

START = datetime(2026, 5, 1, 6, 0, 0, tzinfo=UTC)


def stamp(seconds):
    return (START + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def gpx_point(seconds, *, lat="60.1", lon="24.9", inner="", time=None):
    time = f"<time>{stamp(seconds)}</time>" if time is None else time
    return f'<trkpt lat="{lat}" lon="{lon}">{time}{inner}</trkpt>'


def gpx(*segments, kind="running", name="Morning run", head="", extra=""):
    """A GPX file with one track; a segment is a list of points."""
    inner = "".join(f"<trkseg>{''.join(points)}</trkseg>" for points in segments)
    return (
        f'{head}<gpx version="1.1" creator="Test watch" xmlns="http://www.topografix.com/GPX/1/1" '
        f'xmlns:gpxtpx="urn:tpx">{extra}<trk><name>{name}</name><type>{kind}</type>{inner}</trk></gpx>'
    ).encode()


def tcx_point(seconds, inner=""):
    return f"<Trackpoint><Time>{stamp(seconds)}</Time>{inner}</Trackpoint>"


def tcx_lap(*tracks, start=0, total=10, inner=""):
    body = "".join(f"<Track>{''.join(points)}</Track>" for points in tracks)
    return f'<Lap StartTime="{stamp(start)}"><TotalTimeSeconds>{total}</TotalTimeSeconds>{inner}{body}</Lap>'


def tcx(*laps, sport="Running", inner="", around="{}"):
    activity = f'<Activity Sport="{sport}"><Id>{stamp(0)}</Id>{"".join(laps)}{inner}</Activity>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase xmlns="http://www.garmin.com/tcx" '
        'xmlns:ns3="urn:ext"><Activities>' + around.format(activity) + "</Activities></TrainingCenterDatabase>"
    ).encode()


class Make:
    """The makers, handed to tests as one fixture."""

    START = START
    stamp = staticmethod(stamp)
    gpx = staticmethod(gpx)
    gpx_point = staticmethod(gpx_point)
    tcx = staticmethod(tcx)
    tcx_lap = staticmethod(tcx_lap)
    tcx_point = staticmethod(tcx_point)


@pytest.fixture
def make():
    return Make
