"""GPX 1.0 and 1.1, with the extensions that watches and apps add. Only tracks with times are recordings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Device, Recording
from backward_running.formats._cadence import STRIDES_BELOW_RUNNING, STRIDES_BELOW_WALKING
from backward_running.formats._sport import sport_of
from backward_running.formats._track import PAUSE_FACTOR, Points, Slots, counted, make_track, number
from backward_running.formats._xml import Walk, child_text, clean_words, local_name, root_name
from backward_running.formats.base import Format

__all__ = ["FORMAT", "PAUSE_FACTOR", "STRIDES_BELOW_RUNNING", "STRIDES_BELOW_WALKING", "read_gpx"]

_VERSION: Final = "1"

#: Local name of an element within a point, lower case → column. Extensions differ in namespace, hardly in words.
_COLUMN_OF: Final = {
    "time": "time",
    "ele": "altitude_m",
    "speed": "speed_mps",
    "course": "course_deg",
    "distance": "distance_m",
    "hr": "heart_rate_bpm",
    "heartrate": "heart_rate_bpm",
    "cad": "cadence_spm",
    "cadence": "cadence_spm",
    "runcadence": "cadence_spm",
    "power": "power_w",
    "powerinwatts": "power_w",
    "watts": "power_w",
    "atemp": "temperature_degc",
    "temp": "temperature_degc",
    # A compass in an unknown pocket: the stream's mount stays unknown, so no detector leans on it.
    "heading": "heading_deg",
    "compass": "heading_deg",
}

#: Totals some apps state in a track's extensions.
_STATED_OF: Final = {
    "distance": "distance_m",
    "movingtime": "moving_s",
    "ascent": "ascent_m",
    "calories": "energy_kcal",
}


@dataclass(slots=True)
class _Contents:
    """What the walk through a file found."""

    recordings: list[Recording] = field(default_factory=list)
    title: str | None = None  #: of the file, for tracks without a name
    tracks: int = 0
    untimed: int = 0  #: tracks with points, but fewer than two times
    timed_points: int = 0  #: in tracks that were too short
    unread_times: str = ""  #: an example, of a track in which no time could be read
    routes: int = 0
    places: int = 0


def read_gpx(data: bytes) -> tuple[Recording, ...]:
    """Read the tracks of a GPX file, each as one recording.

    Parameters
    ----------
    data : bytes
        The file, in any encoding XML allows.

    Returns
    -------
    tuple of Recording
        One per track that has times. A new track segment after a longer gap is a pause. The cadence of runs and
        walks is steps of both feet; what counts strides is doubled (see ``STRIDES_BELOW_RUNNING``). ``losses`` says
        what was left out and why.

    Raises
    ------
    NotAnActivity
        The file holds only a route, places, or tracks without times.
    UnreadableFile
        The file is damaged before anything usable, or brings a DOCTYPE.

    Examples
    --------
    >>> point = '<trkpt lat="60.1" lon="24.9"><time>2026-05-01T06:00:0{}Z</time></trkpt>'
    >>> text = '<gpx><trk><type>running</type><trkseg>' + point.format(0) + point.format(1) + '</trkseg></trk></gpx>'
    >>> run, = read_gpx(text.encode())
    >>> run.sport, run.duration_s, run.started_at.isoformat()
    ('running', 1.0, '2026-05-01T06:00:00+00:00')
    """
    walk, contents = _walk_through(data, around_damage=False)
    if not contents.recordings and walk.damaged_line is not None:
        walk, contents = _walk_through(data, around_damage=True)
    if not contents.recordings:
        raise _refusal(walk, contents)
    losses = tuple(walk.losses) + _left_tracks(contents)
    key = hashlib.sha256(data).hexdigest()
    return tuple(
        replace(recording, key=key, part=part, losses=losses + recording.losses)
        for part, recording in enumerate(contents.recordings)
    )


def _walk_through(data: bytes, *, around_damage: bool) -> tuple[Walk, _Contents]:
    walk = Walk(
        data, kind="GPX", tags=("trkpt", "trkseg", "trk", "rte", "rtept", "wpt"), around_damage=around_damage
    )  # fmt: skip
    contents = _Contents()
    for track, points in _tracks(walk, contents):
        _take_track(track, points, contents)
    return walk, contents


def _tracks(walk: Walk, contents: _Contents) -> Iterator[tuple[etree._Element, Points]]:
    """Yield each track element with its points; the last one too where the file breaks off inside it."""
    slots = Slots(_COLUMN_OF)
    points, last = Points(slots), None
    for element in walk:
        name = local_name(element)
        if name == "trkpt":
            points.put("latitude_deg", element.get("lat", ""))
            points.put("longitude_deg", element.get("lon", ""))
            points.add(element)
            last = element
        elif name == "trkseg":
            points.begin_piece()
            last = element  # the points in it are gone now
            element.clear()
        elif name == "trk":
            yield element, points
            points, last = Points(slots), None
            element.clear()
        else:
            contents.routes += name == "rte"
            contents.places += name == "wpt"
            element.clear()
    if last is not None:
        track = next((up for up in last.iterancestors() if local_name(up) == "trk"), last)
        yield track, points


def _take_track(element: etree._Element, points: Points, contents: _Contents) -> None:
    contents.tracks += 1
    root = element.getroottree().getroot()
    if contents.tracks == 1:  # once: the list of a root's children may be long
        contents.title = child_text(root, "metadata", "name") or child_text(root, "name")
    sport, sub_sport = sport_of(child_text(element, "type"))
    track = make_track(points, sport=sport)
    if track is None:
        contents.untimed += points.count > 0
        contents.timed_points += points.timed_count
        if points.first_time and not points.moments().are_any:
            contents.unread_times = contents.unread_times or clean_words(points.first_time) or ""
        return
    contents.recordings.append(
        Recording(
            key="",
            started_at=track.started_at,
            streams=(track.stream,),
            reader=FORMAT.key,
            reader_version=FORMAT.version,
            duration_s=float(track.stream.time_s[-1]),
            utc_offset_s=track.utc_offset_s,
            wall_clock=track.wall_clock,
            sport=sport,
            sub_sport=sub_sport,
            title=child_text(element, "name") or contents.title,
            device=Device(product=clean_words(root.get("creator"))),
            pauses=track.pauses,
            stated=_stated(element),
            losses=track.losses,
        )
    )


def _stated(track: etree._Element) -> dict[str, float]:
    """Return totals from the track's extensions; a stated zero says nothing."""
    stated = {}
    for extensions in (child for child in track if local_name(child) == "extensions"):
        for element in extensions.iterdescendants():
            name = _STATED_OF.get(local_name(element).lower())
            value = number(element.text or "")
            if name is not None and 0 < value < float("inf"):
                stated[name] = value
    return stated


def _left_tracks(contents: _Contents) -> tuple[str, ...]:
    if not contents.untimed:
        return ()
    return (f"Left out for want of times: {counted(contents.untimed, 'track')} of {contents.tracks}.",)


def _refusal(walk: Walk, contents: _Contents) -> UnreadableFile:
    if walk.damaged_line is not None:
        return UnreadableFile(
            f"This GPX file is damaged before any recording; export it again from the app it came from (at line "
            f"{walk.damaged_line:,})."
        )
    if contents.unread_times:
        return UnreadableFile(
            f"The times in this GPX file cannot be read: “{contents.unread_times}” is no moment in a known "
            "spelling, such as 2026-05-01T06:00:00Z. Export it again from the app it came from."
        )
    if contents.timed_points:
        what = "fewer than two different times"
    elif contents.untimed:
        what = "a route without times"
    elif contents.routes:
        what = "a planned route"
    elif contents.places:
        what = "only single places (waypoints)"
    else:
        what = "no track points"
    return NotAnActivity(
        f"This GPX file holds {what}, so it is no recording of a run; export the recorded activity with its times.",
        kind=f"{what} (GPX)",
    )


FORMAT = Format(
    key="gpx",
    title="GPX (most apps and watches)",
    endings=(".gpx",),
    version=_VERSION,
    looks_like=lambda data: (root_name(data) or "").lower() == "gpx",
    read=read_gpx,
)
