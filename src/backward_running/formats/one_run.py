"""Several files of one run in one: a zip of what each device wrote, untouched, and a list that says which sat where.

Accelerometer and gyroscope of one phone in two files, a sensor on each foot, a watch beside a shoe: read each, put them
on one clock, and what one place's sensors say onto that place's accelerometer.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from backward_running.core.errors import BadValue, UnknownFormat, UnreadableFile
from backward_running.core.names import ACCELERATION, ANGULAR_RATE, MAGNETIC_FIELD, ORIENTATION
from backward_running.core.recording import FloatArray, Mark, Recording, Span, Stream
from backward_running.core.supplied_metadata import PLACES
from backward_running.evidence import proposed_number
from backward_running.formats._inertial import ROTATION, Readings, SensorLeftOut, refused_in, streams_of
from backward_running.formats._log_zip import ONE_RUN, ONE_RUN_LIST, ZIP_START, by_walking, is_too_big, kind_of_log
from backward_running.formats._orientation import Orientation, with_orientations
from backward_running.formats._zips import NOT_OPENED
from backward_running.formats.base import NO_DATE_LOSS, Format

_KEY, _VERSION = "one_run", "2"
MOST_FILES = 16
#: Files that share less than this were not made at one time.
_LEAST_SHARED_S = 1.0
SAME_CLOCK = proposed_number(
    "one_run_same_clock_s",
    0.02,
    "s",
    "Files of one sensor that both count from zero and end within 0.02 s of each other were written on one clock; "
    "odd marks of a stride bear twice that.",
)
_KINDS = {"acc": ACCELERATION, "gyr": ANGULAR_RATE, "mag": MAGNETIC_FIELD}
#: No clock of a zip's members says anything, and the same files make the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a run."""

    name: str
    data: bytes
    place: str | None = None  #: where its sensor sat; None as the file says
    columns: Mapping[str, str] = field(default_factory=dict)  #: of a table: our name with its unit → its own
    rate_hz: float | None = None


def looks_like(data: bytes) -> bool:
    """Say whether the bytes are several files of one run."""
    return kind_of_log(data) == ONE_RUN


def write(parts: Sequence[Part]) -> bytes:
    """Put the files of one run together; loose tables of a phone app become the zip that this app writes.

    Raises
    ------
    BadValue
        There are fewer than two or more than :data:`MOST_FILES`.
    """
    if not 2 <= len(parts) <= MOST_FILES:
        raise BadValue("files", f"be 2 to {MOST_FILES} of one run", len(parts))
    if _of_one_app(parts):
        return _zipped({part.name: part.data for part in parts})
    members = {f"{number}_{part.name}": part.data for number, part in enumerate(parts, start=1)}
    told = [
        {"file": name, "place": part.place, "columns": dict(part.columns), "rate_hz": part.rate_hz}
        for name, part in zip(members, parts, strict=True)
    ]
    return _zipped({ONE_RUN_LIST: json.dumps({"one run": told}, indent=1).encode(), **members})


def _of_one_app(parts: Sequence[Part]) -> bool:
    """Whether the files are tables that an app usually zips itself: their names say which sensor each is."""
    from backward_running.formats import phyphox, sensor_logger

    names = {part.name.lower() for part in parts}
    plain = len(names) == len(parts) and all(name.endswith(".csv") for name in names)
    plain &= not any(part.columns or part.data.startswith(ZIP_START) for part in parts)
    return plain and any(all(app.looks_like(part.data) for part in parts) for app in (sensor_logger, phyphox))


def _zipped(members: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return content.getvalue()


def read(data: bytes) -> tuple[Recording, ...]:
    """Read the files of one run as one recording.

    Parameters
    ----------
    data : bytes
        As :func:`write` makes it.

    Returns
    -------
    tuple of Recording
        One: called and dated as the first file that is. Sensors of one place lie on one clock where their rates allow;
        laps, steps, marks and pauses are those of all files.

    Raises
    ------
    UnreadableFile
        A file cannot be read or holds several recordings, the clocks have nothing in common, or two sensors of one
        place contradict each other.
    """
    parts, losses = _parts(data)
    recordings = [_recording_of(part) for part in parts]
    names = [part.name for part in parts]
    starts_s = _starts_s(recordings, names)
    first_s = min(starts_s)
    moved = [_moved(recording, at_s - first_s) for recording, at_s in zip(recordings, starts_s, strict=True)]
    _check_shared(moved, names)
    apart = _out_of_step(recordings)
    if apart:
        left_out = list(dict.fromkeys(apart.values()))
        moved = [_without_rate(recording) if at in apart else recording for at, recording in enumerate(moved)]
        losses += left_out
    return (_together(moved, losses, data),)


def _out_of_step(recordings: Sequence[Recording]) -> dict[int, SensorLeftOut]:
    """Return which files hold a gyroscope that no clock ties to the accelerometer of its place, and why it is left out.

    A file that counts from its own first sample does not tell when that was; only an end that agrees as well does.
    """
    if any(recording.dated or abs(recording.clock_s) > SAME_CLOCK.value for recording in recordings):
        return {}
    found: dict[int, SensorLeftOut] = {}
    for at, recording in enumerate(recordings):
        for rate in recording.inertial:
            if not rate.has(*ANGULAR_RATE) or rate.has(*ACCELERATION):
                continue
            forces = [each for other in recordings for each in other.inertial
                      if other is not recording and each.place == rate.place and each.has(*ACCELERATION)]  # fmt: skip
            ends_s = [abs(float(each.time_s[-1] - rate.time_s[-1])) for each in forces]
            if ends_s and min(ends_s) > SAME_CLOCK.value:
                found[at] = SensorLeftOut(
                    ROTATION,
                    "its file and the accelerometer's each count from zero and end "
                    f"{min(ends_s):.2f} s apart, so nothing tells how their clocks lie to within "
                    f"{SAME_CLOCK.value:g} s; export both with the time of day or in one table",
                )
    return found


def _without_rate(recording: Recording) -> Recording:
    kept = (
        replace(each, columns={name: row for name, row in each.columns.items() if name not in ANGULAR_RATE})
        for each in recording.streams
    )
    return replace(recording, streams=tuple(each for each in kept if each.columns))


def _parts(data: bytes) -> tuple[list[Part], list[str]]:
    """Return the files that are sound, and in words what is not."""
    if not data.startswith(ZIP_START):
        raise UnreadableFile("This is no zip of the files of one run. Put them together again.", offset=0)
    members, losses = _members(data)
    try:
        told = json.loads(members.get(ONE_RUN_LIST) or b"")["one run"][:MOST_FILES]
        wanted = [_part(members, part) for part in told]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableFile(
            "The list in this zip of one run cannot be read. Put its files together again."
        ) from problem
    losses += [f"“{_plain(part.name)}” is damaged and was left out." for part in wanted if not part.data]
    parts = [part for part in wanted if part.data]
    if not parts:
        raise UnreadableFile("No file in this zip of one run can be unpacked. Put its files together again.")
    return parts, losses


def _part(members: Mapping[str, bytes | None], told: Mapping[str, Any]) -> Part:
    place, columns, rate_hz = told.get("place"), told.get("columns") or {}, told.get("rate_hz")
    if place is not None and place not in PLACES:
        raise ValueError(place)
    name = str(told["file"])
    columns = {str(ours): str(theirs) for ours, theirs in columns.items()}
    return Part(name, members.get(name) or b"", place, columns, None if rate_hz is None else float(rate_hz))


def _members(data: bytes) -> tuple[dict[str, bytes | None], list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: _unpacked(archive, info) for info in archive.infolist()[: 2 * MOST_FILES]}, []
    except NOT_OPENED:
        losses = ["The archive is damaged or cut short; what is sound in it was read."]
        return dict(itertools.islice(by_walking(data), 2 * MOST_FILES)), losses


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    if is_too_big(info.file_size, info.compress_size):
        return None
    try:
        return archive.read(info)
    except NOT_OPENED:
        return None


def _recording_of(part: Part) -> Recording:
    from backward_running import formats

    if kind_of_log(part.data) == ONE_RUN:
        raise UnreadableFile("A run put together lies inside another one. Put its files together at once.")
    try:
        if part.columns:
            return _placed(formats.read_generic_csv(part.data, columns=part.columns, rate_hz=part.rate_hz), part.place)
        found = formats.read(part.data)
    except (UnreadableFile, BadValue, UnknownFormat) as problem:
        raise UnreadableFile(f"“{_plain(part.name)}”: {problem}") from problem
    if len(found) != 1:
        raise UnreadableFile(f"“{_plain(part.name)}” holds {len(found)} recordings; one was wanted.")
    return _placed(found[0], part.place)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.partition("_")[2] or name if letter.isprintable())[:80]


def _placed(recording: Recording, place: str | None) -> Recording:
    if place is None:
        return recording
    streams = (replace(stream, place=place) if stream.is_inertial else stream for stream in recording.streams)
    return replace(recording, streams=tuple(streams))


def _starts_s(recordings: Sequence[Recording], names: Sequence[str]) -> list[float]:
    """Return when each begins on a clock that all of them share."""
    if all(recording.dated and not recording.wall_clock for recording in recordings) or all(
        recording.wall_clock for recording in recordings
    ):
        return [(recording.started_at - recordings[0].started_at).total_seconds() for recording in recordings]
    if not any(recording.dated for recording in recordings):
        return [recording.clock_s for recording in recordings]
    dated = next(name for name, recording in zip(names, recordings, strict=True) if recording.dated)
    other = next((name for name, recording in zip(names, recordings, strict=True) if not recording.dated), "another")
    raise UnreadableFile(
        f"“{_plain(dated)}” says at what time it was recorded and “{_plain(other)}” does not, so nothing tells how "
        "their clocks lie. Export both with the same clock, or put them in one table."
    )


def _check_shared(moved: Sequence[Recording], names: Sequence[str]) -> None:
    ends_s = [
        (min((float(each.time_s[0]) for each in recording.streams if len(each)), default=0.0), recording.duration_s)
        for recording in moved
    ]
    for name, (start_s, end_s) in list(zip(names, ends_s, strict=True))[1:]:
        shared_s = min(end_s, ends_s[0][1]) - max(start_s, ends_s[0][0])
        if shared_s < _LEAST_SHARED_S:
            raise UnreadableFile(
                f"“{_plain(names[0])}” and “{_plain(name)}” were not recorded at one time: {-shared_s:,.0f} s lie "
                "between them. Put the files of one run together."
            )


def _moved(recording: Recording, by_s: float) -> Recording:
    """Return a recording that begins so much later on the clock of all."""
    if by_s == 0.0:
        return recording
    return replace(
        recording,
        duration_s=recording.duration_s + by_s,
        streams=tuple(
            Stream(each.place, each.frame, each.time_s + by_s, each.columns, each.mount_known)
            for each in recording.streams
        ),
        laps=tuple(replace(lap, start_s=lap.start_s + by_s, end_s=lap.end_s + by_s) for lap in recording.laps),
        marks=tuple(Mark(mark.time_s + by_s, mark.text) for mark in recording.marks),
        pauses=tuple(Span(pause.start_s + by_s, pause.end_s + by_s) for pause in recording.pauses),
    )


def _together(moved: Sequence[Recording], told: Sequence[str], data: bytes) -> Recording:
    lead = next((recording for recording in moved if recording.laps or recording.steps or recording.sport), moved[0])
    begins = min(moved, key=lambda recording: recording.started_at if recording.dated else moved[0].started_at)
    losses = [*told, *(loss for recording in moved for loss in recording.losses if loss != NO_DATE_LOSS)]
    readings = [each for recording in moved for stream in recording.inertial for each in _readings(stream)]
    orientations = [each for recording in moved for stream in recording.inertial for each in _orientations(stream)]
    lead_first = [lead, *(recording for recording in moved if recording is not lead)]
    streams = (
        *(stream for recording in lead_first for stream in recording.streams if not stream.is_inertial),
        *with_orientations(streams_of(readings, losses, strict=True), orientations, losses),
    )
    if not lead.dated:
        losses.append(NO_DATE_LOSS)
    return replace(
        lead,
        key=hashlib.sha256(data).hexdigest(),
        started_at=begins.started_at,
        clock_s=min(recording.clock_s for recording in moved),
        streams=streams,
        reader=_KEY,
        reader_version=_VERSION,
        part=0,
        duration_s=max(recording.duration_s for recording in moved),
        marks=tuple(sorted((mark for recording in moved for mark in recording.marks), key=lambda mark: mark.time_s)),
        losses=tuple(dict.fromkeys(losses)),
        refused=refused_in(losses),
    )


def _readings(stream: Stream) -> list[Readings]:
    found = []
    for kind, names in _KINDS.items():
        if any(name in stream.columns for name in names):
            empty: FloatArray = np.full(len(stream), np.nan)
            axes = np.column_stack([stream.columns.get(name, empty) for name in names])
            found.append(Readings(kind, np.array(stream.time_s), axes, stream.place, stream.mount_known))
    return found


def _orientations(stream: Stream) -> list[Orientation]:
    if not stream.has(*ORIENTATION):
        return []
    turns = np.column_stack([stream.columns[name] for name in ORIENTATION])
    return [Orientation(np.array(stream.time_s), turns, stream.place)]


FORMAT = Format(
    key=_KEY,
    title="files of one run put together",
    endings=(".zip",),
    version=_VERSION,
    looks_like=looks_like,
    read=read,
)
