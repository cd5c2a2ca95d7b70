"""TCX (Garmin's Training Center XML): activities with laps, several sports in a row included."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
from lxml import etree

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import Device, Lap, Recording, Span
from backward_running.formats._moments import NO_TIME, as_datetime, read_moments
from backward_running.formats._sport import sport_of
from backward_running.formats._track import PAUSE_FACTOR, Points, Slots, Track, make_track, number
from backward_running.formats._xml import Walk, child_text, clean_words, local_name, root_name
from backward_running.formats.base import Format

__all__ = ["FORMAT", "read_tcx"]

_VERSION: Final = "1"

#: Local name of an element within a point, lower case → column.
_COLUMN_OF: Final = {
    "time": "time",
    "latitudedegrees": "latitude_deg",
    "longitudedegrees": "longitude_deg",
    "altitudemeters": "altitude_m",
    "distancemeters": "distance_m",
    "value": "heart_rate_bpm",  # HeartRateBpm/Value is the only Value within a point
    "cadence": "cadence_spm",
    "runcadence": "cadence_spm",
    "speed": "speed_mps",
    "watts": "power_w",
}

#: Some exports begin right with the list of activities, without the root that the schema asks for.
_ROOTS: Final = frozenset({"trainingcenterdatabase", "activities"})
_TRIGGERS: Final = {
    "Manual": "manual", "Distance": "distance", "Location": "position", "Time": "time", "HeartRate": "heart rate",
}  # fmt: skip


#: No lap has so many seconds, metres or kilocalories.
_MOST: Final = 10_000_000.0


@dataclass(slots=True)
class _StatedLap:
    """What a lap says of itself."""

    started: str
    first_point: int
    end_point: int
    timer_s: float | None
    distance_m: float | None
    energy_kcal: float | None
    trigger: str | None
    label: str | None


@dataclass(slots=True)
class _Gathered:
    """Points and laps of the activity being read."""

    points: Points
    laps: list[_StatedLap] = field(default_factory=list)
    last: etree._Element | None = None


@dataclass(slots=True)
class _Contents:
    recordings: list[Recording] = field(default_factory=list)
    activities: int = 0
    courses: int = 0
    workouts: int = 0


def read_tcx(data: bytes) -> tuple[Recording, ...]:
    """Read the activities of a TCX file, each as one recording.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    tuple of Recording
        One per activity; the legs of a multisport session are activities. A new track after a longer gap is a
        pause. An activity with laps but without points (entered by hand) comes without a stream. ``stated`` holds
        the sums over its laps: ``duration_s`` (of the timer, pauses left out), ``distance_m``, ``energy_kcal``.

    Raises
    ------
    NotAnActivity
        The file holds only courses or workouts.
    UnreadableFile
        The file is damaged before anything usable, or brings a DOCTYPE.

    Examples
    --------
    >>> text = (
    ...     '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="2026-05-01T06:00:00Z">'
    ...     '<TotalTimeSeconds>60</TotalTimeSeconds><DistanceMeters>150</DistanceMeters></Lap></Activity></Activities>'
    ...     '</TrainingCenterDatabase>')
    >>> run, = read_tcx(text.encode())
    >>> run.sport, run.duration_s, run.stated["distance_m"], run.main
    ('running', 60.0, 150.0, None)
    """
    walk, contents = _walk_through(data, around_damage=False)
    if not contents.recordings and walk.damaged_line is not None:
        walk, contents = _walk_through(data, around_damage=True)
    if not contents.recordings:
        raise _refusal(walk, contents)
    key = hashlib.sha256(data).hexdigest()
    return tuple(
        replace(recording, key=key, part=part, losses=tuple(walk.losses) + recording.losses)
        for part, recording in enumerate(contents.recordings)
    )


def _walk_through(data: bytes, *, around_damage: bool) -> tuple[Walk, _Contents]:
    tags = ("Trackpoint", "Track", "Lap", "Activity", "Course", "Workout")
    walk = Walk(data, kind="TCX", tags=tags, around_damage=around_damage)
    contents = _Contents()
    for activity, gathered in _activities(walk, contents):
        recording = _recording(activity, gathered)
        contents.activities += 1
        if recording is not None:
            contents.recordings.append(recording)
    if walk.damaged_line is not None:
        # A lap without points may be one entered by hand; in a damaged file it is one that lost them.
        contents.recordings = [recording for recording in contents.recordings if recording.streams]
    return walk, contents


def _activities(walk: Walk, contents: _Contents) -> Iterator[tuple[etree._Element, _Gathered]]:
    """Yield each activity element with what it holds; the last one too where the file breaks off inside it."""
    slots = Slots(_COLUMN_OF)
    gathered = _Gathered(Points(slots))
    for element in walk:
        name = local_name(element)
        if name == "Trackpoint":
            gathered.points.add(element)
            gathered.last = element
        elif name == "Track":
            gathered.points.begin_piece()
            gathered.last = element  # the points in it are gone now
            element.clear()
        elif name == "Lap":
            gathered.laps.append(_stated_lap(element, gathered))
            gathered.last = element
        else:
            if name == "Activity":
                yield element, gathered
            contents.courses += name == "Course"
            contents.workouts += name == "Workout"
            gathered = _Gathered(Points(slots))
            element.clear()
    if gathered.last is not None and gathered.points.count:
        above = [up for up in gathered.last.iterancestors() if local_name(up) in {"Activity", "Course"}]
        if above and local_name(above[0]) == "Activity":
            open_lap = next((up for up in gathered.last.iterancestors() if local_name(up) == "Lap"), None)
            if open_lap is not None:
                gathered.laps.append(_stated_lap(open_lap, gathered))
            yield above[0], gathered


def _stated_lap(lap: etree._Element, gathered: _Gathered) -> _StatedLap:
    intensity = child_text(lap, "Intensity")
    return _StatedLap(
        started=lap.get("StartTime", "").strip(),
        first_point=gathered.laps[-1].end_point if gathered.laps else 0,
        end_point=gathered.points.count,
        timer_s=_positive(child_text(lap, "TotalTimeSeconds")),
        distance_m=_positive(child_text(lap, "DistanceMeters")),
        energy_kcal=_positive(child_text(lap, "Calories")),
        trigger=_TRIGGERS.get(child_text(lap, "TriggerMethod") or ""),
        label=child_text(lap, "Notes") or ("resting" if intensity == "Resting" else None),
    )


def _positive(text: str | None) -> float | None:
    """Return a number above 0; a total of 0 is what devices state that did not count."""
    value = number(text or "")
    return value if 0 < value < _MOST else None


def _recording(activity: etree._Element, gathered: _Gathered) -> Recording | None:
    sport, sub_sport = sport_of(activity.get("Sport"))
    track = make_track(gathered.points, sport=sport)
    start = _start(track) if track else _first_start(gathered.laps, child_text(activity, "Id"))
    if start is None:
        return None
    laps = _laps(gathered.laps, track, start.at)
    last_s = float(track.stream.time_s[-1]) if track else 0.0
    duration_s = max([last_s, *(lap.end_s for lap in laps)])
    if duration_s <= 0:
        return None
    return Recording(
        key="",
        started_at=start.at,
        streams=(track.stream,) if track else (),
        reader=FORMAT.key,
        reader_version=FORMAT.version,
        duration_s=duration_s,
        utc_offset_s=start.utc_offset_s,
        wall_clock=start.wall_clock,
        sport=sport,
        sub_sport=sub_sport,
        title=child_text(activity, "Notes"),
        device=_device(activity),
        laps=laps,
        pauses=_pauses(track, gathered.laps, laps) if track else (),
        stated=_stated(gathered.laps),
        losses=track.losses if track else ("It holds laps, but no points in time.",),
    )


class _Start(NamedTuple):
    """When an activity began, and what is known of the clock that says so."""

    at: datetime
    utc_offset_s: int | None
    wall_clock: bool


def _start(track: Track) -> _Start:
    return _Start(track.started_at, track.utc_offset_s, track.wall_clock)


def _first_start(laps: list[_StatedLap], activity_id: str | None) -> _Start | None:
    """Return when an activity without points began: its first lap's start, or its id, which is a time too."""
    moments = read_moments([lap.started for lap in laps] + [activity_id or ""])
    at = next((as_datetime(int(unix_us)) for unix_us in moments.unix_us if unix_us != NO_TIME), None)
    return None if at is None else _Start(at, moments.utc_offset_s, moments.are_wall_clock)


def _laps(stated: list[_StatedLap], track: Track | None, started_at: datetime) -> tuple[Lap, ...]:
    """Place the laps on the recording's clock: each runs to the next one's start, the last to its own end."""
    moments = read_moments([lap.started for lap in stated])
    starts = [
        (as_datetime(int(unix_us)) - started_at).total_seconds() if unix_us != NO_TIME else None
        for unix_us in moments.unix_us
    ]
    ends: list[float | None] = [None] * len(stated)
    for index in range(len(stated) - 2, -1, -1):
        ends[index] = starts[index + 1] if starts[index + 1] is not None else ends[index + 1]
    laps: list[Lap] = []
    for lap, start, end in zip(stated, starts, ends, strict=True):
        before_s = laps[-1].end_s if laps else 0.0
        start_s = before_s if start is None else max(start, before_s)
        end_s = max(start_s + (lap.timer_s or 0.0), _last_point_s(lap, track)) if end is None else end
        if end_s > start_s:
            laps.append(Lap(start_s, end_s, trigger=lap.trigger, label=lap.label, distance_m=lap.distance_m))
    return tuple(laps)


def _last_point_s(lap: _StatedLap, track: Track | None) -> float:
    if track is None:
        return 0.0
    inside = (track.kept >= lap.first_point) & (track.kept < lap.end_point)
    return float(track.stream.time_s[inside].max()) if inside.any() else 0.0


def _pauses(track: Track, stated: list[_StatedLap], laps: tuple[Lap, ...]) -> tuple[Span, ...]:
    """Add the pauses inside a track, which only the timer of its lap tells: it stood while no points came."""
    if len(stated) != len(laps):
        return track.pauses
    found = set(track.pauses)
    time_s = track.stream.time_s
    usual_s = float(np.median(np.diff(time_s)))
    for told, lap in zip(stated, laps, strict=True):
        if told.timer_s is None:
            continue
        inside = np.flatnonzero((time_s >= lap.start_s) & (time_s <= lap.end_s))
        gaps = [Span(float(time_s[at]), float(time_s[at + 1])) for at in inside[:-1]
                if time_s[at + 1] - time_s[at] > PAUSE_FACTOR.value * usual_s]  # fmt: skip
        known_s = sum(pause.end_s - pause.start_s for pause in gaps if pause in found)
        stood_s = lap.end_s - lap.start_s - told.timer_s - known_s
        for gap in sorted(
            (pause for pause in gaps if pause not in found), key=lambda pause: pause.start_s - pause.end_s
        ):
            if gap.end_s - gap.start_s <= stood_s + PAUSE_FACTOR.value * usual_s:
                ends_s = min(gap.end_s, gap.start_s + stood_s)  # the last second of a gap was run
                found.add(Span(gap.start_s, ends_s))
                stood_s -= ends_s - gap.start_s
    return tuple(sorted(found, key=lambda pause: pause.start_s))


def _stated(laps: list[_StatedLap]) -> dict[str, float]:
    """Sum what the laps state; a sum over nothing is left out."""
    totals = {
        "duration_s": [lap.timer_s for lap in laps if lap.timer_s is not None],
        "distance_m": [lap.distance_m for lap in laps if lap.distance_m is not None],
        "energy_kcal": [lap.energy_kcal for lap in laps if lap.energy_kcal is not None],
    }
    return {name: sum(parts) for name, parts in totals.items() if parts}


def _device(activity: etree._Element) -> Device:
    serial = child_text(activity, "Creator", "UnitId")
    return Device(
        product=clean_words(child_text(activity, "Creator", "Name")),
        serial=None if serial in (None, "0") else serial,
    )


def _refusal(walk: Walk, contents: _Contents) -> UnreadableFile:
    if walk.damaged_line is not None:
        return UnreadableFile(
            f"This TCX file is damaged before any recording; export it again from the app it came from (at line "
            f"{walk.damaged_line:,})."
        )
    if contents.activities:
        what = "an activity without a single timed point or lap"
    elif contents.courses:
        what = "a course to follow"
    elif contents.workouts:
        what = "planned workouts"
    else:
        what = "no activity"
    return NotAnActivity(
        f"This TCX file holds {what}, so it is no recording of a run; export the recorded activity itself.",
        kind=f"{what} (TCX)",
    )


FORMAT = Format(
    key="tcx",
    title="TCX (Garmin Training Center, Polar, Huawei, …)",
    endings=(".tcx",),
    version=_VERSION,
    looks_like=lambda data: (root_name(data) or "").lower() in _ROOTS,
    read=read_tcx,
)
