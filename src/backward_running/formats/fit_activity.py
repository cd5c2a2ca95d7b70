"""Write an activity as a FIT file, as a watch would: samples, laps, pauses, the workout that was followed.

The simulator uses it, so that its runners come in by the normal door. What FIT has no field for (where the chest
faces, that a file is simulated) goes into developer fields, which every FIT reader lists by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from backward_running.core.arrays import IndexArray, IntArray
from backward_running.core.errors import BadValue
from backward_running.core.recording import ON_FOOT_SPORTS, Device, FloatArray, Lap, RecordedStep, Span, Stream
from backward_running.formats._fit import profile
from backward_running.formats._fit.encode import Column, Told, Writer, fit_seconds

_DEVELOPER, _HEADING, _SIMULATED = 0, 0, 1  # our index among the developers, our fields

#: Column → field, type and scale; ``raw = (value + offset) * scale``.
_FIELDS: tuple[tuple[str, int, int, float, float], ...] = (
    ("latitude_deg", 0, profile.SINT32, 2**31 / 180.0, 0.0),
    ("longitude_deg", 1, profile.SINT32, 2**31 / 180.0, 0.0),
    ("altitude_m", 78, profile.UINT32, 5.0, 500.0),
    ("distance_m", 5, profile.UINT32, 100.0, 0.0),
    ("speed_mps", 73, profile.UINT32, 1000.0, 0.0),
    ("heart_rate_bpm", 3, profile.UINT8, 1.0, 0.0),
    ("power_w", 7, profile.UINT16, 1.0, 0.0),
    ("temperature_degc", 13, profile.SINT8, 1.0, 0.0),
    ("vertical_oscillation_m", 39, profile.UINT16, 10_000.0, 0.0),
    ("contact_time_s", 41, profile.UINT16, 10_000.0, 0.0),
    ("step_length_m", 85, profile.UINT16, 10_000.0, 0.0),
)


@dataclass(frozen=True, slots=True, eq=False)
class FitActivity:
    """What goes into the file. Times are seconds since `started_at`, which must be a whole second.

    FIT counts whole seconds: of several samples in one second the first is written.
    """

    started_at: datetime
    stream: Stream
    utc_offset_s: int | None = None
    sport: str = "running"
    sub_sport: str | None = None
    laps: tuple[Lap, ...] = ()  #: none: the whole activity is one lap
    steps: tuple[RecordedStep, ...] = ()
    pauses: tuple[Span, ...] = ()
    title: str | None = None
    device: Device = field(default_factory=Device)  #: its product name and serial number are written
    simulated: bool = False
    duration_s: float | None = None  #: None: to the last sample or the end of the last lap

    def __post_init__(self) -> None:
        if self.started_at.tzinfo is None:
            raise BadValue("started_at", "carry a time zone", self.started_at.isoformat())
        if self.sport not in profile.SPORTS.values():
            raise BadValue("sport", "be one that FIT knows, such as running", self.sport)
        for lap in self.laps:
            if not 0.0 <= lap.start_s < lap.end_s:
                raise BadValue("laps", "end after they start", (lap.start_s, lap.end_s))

    @property
    def total_s(self) -> float:
        """How long the activity took, pauses included."""
        if self.duration_s is not None:
            return self.duration_s
        ends = [float(self.stream.time_s[-1]) if len(self.stream) else 0.0, *(lap.end_s for lap in self.laps)]
        return max(ends)


def write_activity(activity: FitActivity) -> bytes:
    """Write an activity as a FIT file.

    Parameters
    ----------
    activity : FitActivity
        What was done. The columns of its stream that FIT has fields for are written, and the heading.

    Returns
    -------
    bytes
        The file. The same activity gives the same bytes.

    Raises
    ------
    BadValue
        The start has no time zone, or the sport is unknown to FIT.
    """
    writer = Writer()
    origin = fit_seconds(activity.started_at)
    _write_head(writer, activity, origin)
    _write_samples(writer, activity, origin)
    laps = activity.laps or (Lap(0.0, activity.total_s, trigger="session end"),)
    for index, lap in enumerate(laps):
        _write_lap(writer, activity, origin, index, lap)
    _write_session(writer, activity, origin, len(laps))
    return writer.file()


def _write_head(writer: Writer, activity: FitActivity, origin: int) -> None:
    product = profile.SIMULATOR if activity.simulated else activity.device.product or "backward-running"
    serial = activity.device.serial
    number = int(serial) if serial is not None and serial.isdigit() else None
    writer.message(
        profile.FILE_ID,
        [
            Told(0, profile.ENUM, profile.ACTIVITY_FILE),
            Told(1, profile.UINT16, profile.DEVELOPMENT),
            Told(2, profile.UINT16, 0),
            Told(3, profile.UINT32Z, number),
            Told(4, profile.UINT32, origin),
            Told(8, profile.STRING, product),
        ],
    )
    writer.message(
        profile.DEVELOPER_DATA_ID,
        [Told(1, profile.BYTE, profile.OUR_APPLICATION), Told(3, profile.UINT8, _DEVELOPER)],
    )
    if activity.stream.has("heading_deg"):
        _describe(writer, _HEADING, profile.FLOAT32, profile.HEADING_NAME, "deg")
    if activity.simulated:
        _describe(writer, _SIMULATED, profile.UINT8, profile.SIMULATED_NAME, "")
    if activity.steps:
        _write_workout(writer, activity)


def _describe(writer: Writer, number: int, type_byte: int, name: str, units: str) -> None:
    writer.message(
        profile.FIELD_DESCRIPTION,
        [
            Told(0, profile.UINT8, _DEVELOPER),
            Told(1, profile.UINT8, number),
            Told(2, profile.UINT8, type_byte),
            Told(3, profile.STRING, name),
            Told(8, profile.STRING, units),
        ],
    )


def _write_workout(writer: Writer, activity: FitActivity) -> None:
    writer.message(
        profile.WORKOUT,
        [
            Told(4, profile.ENUM, _number_of(profile.SPORTS, activity.sport)),
            Told(6, profile.UINT16, len(activity.steps)),
            Told(8, profile.STRING, activity.title),
        ],
    )
    for step in activity.steps:
        ends, length = profile.ENDS_OPEN, None
        if step.duration_s is not None:
            ends, length = profile.ENDS_TIME, round(step.duration_s * 1000)
        elif step.distance_m is not None:
            ends, length = profile.ENDS_DISTANCE, round(step.distance_m * 100)
        fields = [
            Told(profile.MESSAGE_INDEX, profile.UINT16, step.index),
            Told(1, profile.ENUM, ends),
            Told(2, profile.UINT32, length),
            Told(3, profile.ENUM, profile.AIMS_OPEN),
            Told(7, profile.ENUM, _number_of(profile.INTENSITIES, step.intensity)),
        ]
        fields += [Told(0, profile.STRING, step.name)] if step.name else []
        fields += [Told(8, profile.STRING, step.notes)] if step.notes else []
        writer.message(profile.WORKOUT_STEP, fields)


def _number_of(table: dict[int, str], word: str | None) -> int | None:
    return next((number for number, known in table.items() if known == word), None)


def _write_samples(writer: Writer, activity: FitActivity, origin: int) -> None:
    """Write the samples, cut where the timer stops and starts, with those events between."""
    seconds, first = np.unique(origin + np.rint(activity.stream.time_s).astype(np.int64), return_index=True)
    columns = _columns(activity, first)
    _write_event(writer, origin, profile.TIMER_EVENT, 0)
    cuts: list[tuple[int, int]] = []
    for pause in activity.pauses:
        cuts += [(origin + round(pause.start_s), 4), (origin + round(pause.end_s), 0)]
    begin = 0
    for moment, kind in cuts:
        end = int(np.searchsorted(seconds, moment, side="right" if kind else "left"))
        _write_slice(writer, seconds, columns, begin, end)
        _write_event(writer, moment, profile.TIMER_EVENT, kind)
        begin = max(begin, end)
    _write_slice(writer, seconds, columns, begin, len(seconds))
    _write_event(writer, origin + round(activity.total_s), profile.TIMER_EVENT, 4)


def _write_slice(writer: Writer, seconds: IntArray, columns: list[Column], begin: int, end: int) -> None:
    if end <= begin:
        return
    part = [
        Column(
            column.number,
            column.type_byte,
            column.values[begin:end],
            column.scale,
            column.offset,
            column.developer_index,
        )
        for column in columns
    ]
    writer.records(profile.RECORD, seconds[begin:end], part)


def _columns(activity: FitActivity, which: IndexArray) -> list[Column]:
    stream = activity.stream
    found = [
        Column(number, type_byte, stream.columns[name][which], scale, offset)
        for name, number, type_byte, scale, offset in _FIELDS
        if stream.has(name)
    ]
    if stream.has("cadence_spm"):
        found += _cadence(stream.columns["cadence_spm"][which], on_foot=activity.sport in ON_FOOT_SPORTS)
    if stream.has("heading_deg"):
        heading = stream.columns["heading_deg"][which]
        found.append(Column(_HEADING, profile.FLOAT32, heading, developer_index=_DEVELOPER))
    return found


def _cadence(cadence_spm: FloatArray, *, on_foot: bool) -> list[Column]:
    """FIT counts one leg, in a whole number and 128ths."""
    turns = cadence_spm / 2.0 if on_foot else cadence_spm
    parts = np.rint(turns * profile.FRACTIONS_PER_RPM)
    whole = np.floor(parts / profile.FRACTIONS_PER_RPM)
    return [
        Column(4, profile.UINT8, whole),
        Column(profile.FRACTIONAL_CADENCE, profile.UINT8, parts - whole * profile.FRACTIONS_PER_RPM),
    ]


def _write_event(writer: Writer, moment: int, event: int, kind: int) -> None:
    writer.message(
        profile.EVENT,
        [Told(profile.TIMESTAMP, profile.UINT32, moment), Told(0, profile.ENUM, event), Told(1, profile.ENUM, kind)],
    )


def _timer_s(activity: FitActivity, start_s: float, end_s: float) -> float:
    paused = sum(max(0.0, min(end_s, pause.end_s) - max(start_s, pause.start_s)) for pause in activity.pauses)
    return end_s - start_s - paused


def _distance_at(stream: Stream, moment_s: float) -> float | None:
    if not stream.has("distance_m"):
        return None
    distance = stream.columns["distance_m"]
    told = np.isfinite(distance)
    return float(np.interp(moment_s, stream.time_s[told], distance[told]))


def _span_fields(activity: FitActivity, origin: int, start_s: float, end_s: float) -> list[Told]:
    start = origin + round(start_s)
    elapsed = end_s - (start - origin)
    return [
        Told(profile.TIMESTAMP, profile.UINT32, origin + round(end_s)),
        Told(2, profile.UINT32, start),
        Told(7, profile.UINT32, round(elapsed * 1000)),
        Told(8, profile.UINT32, round(_timer_s(activity, start_s, end_s) * 1000)),
    ]


def _write_lap(writer: Writer, activity: FitActivity, origin: int, index: int, lap: Lap) -> None:
    distance = lap.distance_m
    if distance is None:
        begin, end = _distance_at(activity.stream, lap.start_s), _distance_at(activity.stream, lap.end_s)
        distance = None if begin is None or end is None else end - begin
    writer.message(
        profile.LAP,
        [
            Told(profile.MESSAGE_INDEX, profile.UINT16, index),
            *_span_fields(activity, origin, lap.start_s, lap.end_s),
            Told(9, profile.UINT32, None if distance is None else round(distance * 100)),
            Told(0, profile.ENUM, profile.LAP_EVENT),
            Told(1, profile.ENUM, 1),
            Told(23, profile.ENUM, _number_of(profile.INTENSITIES, lap.intensity)),
            Told(24, profile.ENUM, _number_of(profile.LAP_TRIGGERS, lap.trigger)),
            Told(25, profile.ENUM, _number_of(profile.SPORTS, activity.sport)),
            Told(71, profile.UINT16, lap.step_index),
        ],
    )


def _write_session(writer: Writer, activity: FitActivity, origin: int, laps_count: int) -> None:
    distance = _distance_at(activity.stream, activity.total_s)
    end = origin + round(activity.total_s)
    fields = [
        Told(profile.MESSAGE_INDEX, profile.UINT16, 0),
        *_span_fields(activity, origin, 0.0, activity.total_s),
        Told(9, profile.UINT32, None if distance is None else round(distance * 100)),
        Told(0, profile.ENUM, profile.SESSION_EVENT),
        Told(1, profile.ENUM, 1),
        Told(5, profile.ENUM, _number_of(profile.SPORTS, activity.sport)),
        Told(6, profile.ENUM, _number_of(profile.SUB_SPORTS, activity.sub_sport) or 0),
        Told(25, profile.UINT16, 0),
        Told(26, profile.UINT16, laps_count),
        Told(28, profile.ENUM, 0),
    ]
    fields += [Told(110, profile.STRING, activity.title)] if activity.title else []
    flag = {(_DEVELOPER, _SIMULATED): Told(_SIMULATED, profile.UINT8, 1)} if activity.simulated else {}
    writer.message(profile.SESSION, fields, flag)
    timer = round(_timer_s(activity, 0.0, activity.total_s) * 1000)
    local = None if activity.utc_offset_s is None else end + activity.utc_offset_s
    writer.message(
        profile.ACTIVITY,
        [
            Told(profile.TIMESTAMP, profile.UINT32, end),
            Told(0, profile.UINT32, timer),
            Told(1, profile.UINT16, 1),
            Told(2, profile.ENUM, 0),
            Told(3, profile.ENUM, profile.ACTIVITY_EVENT),
            Told(4, profile.ENUM, 1),
            Told(5, profile.UINT32, local),
        ],
    )
