"""What inertial sensors say, on one clock per place: three-axis readings of known kind and unit to streams."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.names import COLUMNS
from backward_running.core.recording import Device, FloatArray, Mark, Recording, Span, Stream
from backward_running.evidence import proposed_number
from backward_running.formats._orientation import Orientation, with_orientations
from backward_running.formats._physics import acceleration_problem, rotation_problem
from backward_running.formats._table import rising
from backward_running.formats._turning import turning_problem
from backward_running.formats.base import NO_DATE, NO_DATE_LOSS

ACCELERATION, ROTATION, FIELD = "acc", "gyr", "mag"
NAMES = {ACCELERATION: "accelerometer", ROTATION: "gyroscope", FIELD: "magnetometer"}
_UNITS = {ACCELERATION: "mps2", ROTATION: "radps", FIELD: "ut"}
_ORDER = (ACCELERATION, ROTATION, FIELD)

ONE_CLOCK = proposed_number(
    "one_clock_rate_ratio", 2.2, "1",
    "Sensors of one device whose rates differ by less than 2.2 are put on the accelerometer's clock by straight lines "
    "between samples; others keep clocks of their own, lest half of what they saw be thrown away.",
)  # fmt: skip
BRIDGED = proposed_number(
    "one_clock_longest_bridge_ratio", 5.0, "1",
    "When sensors are put on one clock, a hole of more than five usual steps stays a hole.",
)  # fmt: skip

_LONGEST_S = 10_000_000


class SensorLeftOut(str):
    """A loss that is a whole sensor: a sentence like any other, which knows the sensor and what is wrong with it."""

    kind: str
    problem: str

    def __new__(cls, kind: str, problem: str) -> SensorLeftOut:
        """Say it.

        >>> SensorLeftOut(ROTATION, "its unit cannot be right")
        'The gyroscope was left out: its unit cannot be right.'
        """
        told = super().__new__(cls, f"The {NAMES[kind]} was left out: {problem}.")
        told.kind, told.problem = kind, problem
        return told


def refused_in(losses: Iterable[str]) -> dict[str, str]:
    """Return which sensors were left out as a whole, and why."""
    return {loss.kind: loss.problem for loss in losses if isinstance(loss, SensorLeftOut)}


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Three axes of one sensor on its own clock: acceleration in m/s², rate in rad/s or field in µT."""

    kind: str
    time_s: FloatArray  #: of any origin, the same for all sensors of a file
    axes: FloatArray  #: shape (n, 3): x, y, z; NaN where missing
    place: str = "unknown"
    mount_known: bool = False


@dataclass(slots=True)
class Log:
    """What a log of sensors holds, before it is a recording; its times count from `origin`."""

    origin: datetime | None = None  #: the moment of time 0; None where the file does not tell
    readings: list[Readings] = field(default_factory=list)
    orientations: list[Orientation] = field(default_factory=list)
    track: tuple[FloatArray, dict[str, FloatArray]] | None = None  #: times and columns of the positions
    marks: list[Mark] = field(default_factory=list)
    pauses: list[Span] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    device: Device = field(default_factory=Device)
    title: str | None = None
    utc_offset_s: int | None = None
    zone: str | None = None
    wall_clock: bool = False  #: `origin` is what a clock showed, in no stated zone
    strict: bool = False  #: where one unit cannot be, the whole log is refused instead of that sensor alone
    facing_known: bool = False  #: a heading in it is where the chest faces


def acceleration_with_gravity(user: Readings, gravity: Readings) -> Readings:
    """Add gravity back to an acceleration without it: at the same moments, by straight lines between them."""
    at_user = _at(user.time_s, gravity)
    return Readings(ACCELERATION, user.time_s, user.axes + at_user, user.place, user.mount_known)


def recording_of(log: Log, data: bytes, *, reader: str, version: str) -> Recording:
    """Put a log on the recording's clock: positions first, then a stream for each place and rate.

    Parameters
    ----------
    log : Log
        What the reader found.
    data : bytes
        The file, for the key.
    reader, version : str
        Who read it.

    Raises
    ------
    UnreadableFile
        Every sensor was refused; the message says why the first was.
    NotAnActivity
        No sensor has two samples.
    """
    losses = list(log.losses)
    streams_of_sensors = with_orientations(
        streams_of(log.readings, losses, strict=log.strict), log.orientations, losses
    )
    track = _track(log.track, losses, facing_known=log.facing_known)
    streams = [*([track] if track else []), *streams_of_sensors]
    if not streams:
        _refuse(losses)
    first_s = min(float(stream.time_s[0]) for stream in streams)
    shifted = tuple(
        Stream(stream.place, stream.frame, stream.time_s - first_s, stream.columns, stream.mount_known)
        for stream in streams
    )
    if log.origin is None:
        losses.append(NO_DATE_LOSS)
    end_s = max(float(stream.time_s[-1]) for stream in shifted)
    marks = tuple(Mark(min(max(mark.time_s - first_s, 0.0), _LONGEST_S), mark.text) for mark in log.marks)
    return Recording(
        key=hashlib.sha256(data).hexdigest(),
        started_at=_moment(log.origin, first_s),
        streams=shifted,
        reader=reader,
        reader_version=version,
        duration_s=max([end_s, *(mark.time_s for mark in marks)]),
        utc_offset_s=log.utc_offset_s,
        zone=log.zone,
        wall_clock=log.wall_clock,
        title=log.title,
        device=log.device,
        marks=tuple(sorted(marks, key=lambda mark: mark.time_s)),
        pauses=tuple(Span(pause.start_s - first_s, pause.end_s - first_s) for pause in log.pauses),
        losses=tuple(dict.fromkeys(losses)),
        refused=refused_in(losses),
        dated=log.origin is not None,
        clock_s=first_s if log.origin is None else 0.0,
    )


def streams_of(readings: Iterable[Readings], losses: list[str], *, strict: bool = False) -> list[Stream]:
    """Check readings against time and physics and put them on one clock for each place and rate.

    What is left out is told in `losses`; with `strict` a unit that cannot be is an UnreadableFile instead.
    """
    ordered = [given for given in (_in_time(given, losses) for given in readings) if given is not None]
    return _streams(_sound(ordered, losses, strict=strict))


def _moment(origin: datetime | None, first_s: float) -> datetime:
    if origin is None:
        return NO_DATE
    try:
        return origin + timedelta(seconds=first_s)
    except OverflowError:
        raise UnreadableFile(f"The samples lie {first_s:.3g} s away from the start that the file states.") from None


def _refuse(losses: Sequence[str]) -> None:
    if losses:
        raise UnreadableFile(f"Nothing in this log can be used. {losses[0]}")
    raise NotAnActivity("This log holds no samples: nothing was recorded in it.")


def _sound(ordered: Sequence[Readings], losses: list[str], *, strict: bool) -> list[Readings]:
    """Return the readings that agree with physics; say what does not."""
    found: list[Readings] = []
    for readings in ordered:
        problem = None
        if readings.kind == ACCELERATION:
            problem = acceleration_problem(readings.time_s, readings.axes)
        elif readings.kind == ROTATION:
            beside = next((a for a in ordered if a.kind == ACCELERATION and a.place == readings.place), None)
            fits = beside is not None and acceleration_problem(beside.time_s, beside.axes) is None
            problem = _rotation_problem(readings, beside if fits else None)
        if problem and strict:
            raise UnreadableFile(f"The unit of the {NAMES[readings.kind]} cannot be right: {problem}.")
        if problem:
            losses.append(SensorLeftOut(readings.kind, problem))
        else:
            found.append(readings)
    return found


def _rotation_problem(readings: Readings, beside: Readings | None) -> str | None:
    if beside is None:
        return rotation_problem(readings.axes, None)
    return rotation_problem(readings.axes, beside.axes) or turning_problem(
        beside.time_s, beside.axes, readings.time_s, readings.axes
    )


def _in_time(readings: Readings, losses: list[str]) -> Readings | None:
    """Order a sensor in time, blank what no sensor can say, and leave out axes that are dead."""
    kept, told = rising(readings.time_s)
    time_s, axes = readings.time_s[kept], readings.axes[kept].copy()
    if len(kept) and time_s[-1] - time_s[0] > _LONGEST_S:
        losses.append(SensorLeftOut(readings.kind, f"its clock spans {time_s[-1] - time_s[0]:.3g} s"))
        return None
    highest = COLUMNS[f"{readings.kind}_x_{_UNITS[readings.kind]}"].highest
    with np.errstate(invalid="ignore"):
        beyond = np.abs(axes) > (highest if readings.kind == FIELD else 1e3 * highest)
    if beyond.any():
        told.append(f"Impossible and left out: {int(beyond.sum()):,} readings.")
        axes[beyond] = np.nan
    told += _blank_dead(axes)
    losses += [f"{NAMES[readings.kind].capitalize()}: {words}" for words in told]
    if len(kept) < 2 or not np.isfinite(axes).any():
        return None
    return Readings(readings.kind, time_s, axes, readings.place, readings.mount_known)


def _blank_dead(axes: FloatArray) -> list[str]:
    """Blank the axes that always read the same, and say which: in one sentence, for a constant file has three."""
    dead: list[tuple[str, float]] = []
    for index, axis in enumerate("xyz"):
        seen = axes[:, index][np.isfinite(axes[:, index])]
        if len(seen) > 50 and seen.min() == seen.max():
            axes[:, index] = np.nan
            dead.append((axis, float(seen[0])))
    if not dead:
        return []
    reads = ", ".join(f"{value:g}" for _, value in dead)
    if len(dead) == 1:
        return [f"The {dead[0][0]} axis always reads {reads}: it is dead and was left out."]
    names = " and ".join([", ".join(axis for axis, _ in dead[:-1]), dead[-1][0]])
    return [f"The axes {names} always read {reads}: they are dead and were left out."]


def _rate_hz(readings: Readings) -> float:
    return 1.0 / float(np.median(np.diff(readings.time_s)))


def _streams(readings: Sequence[Readings]) -> list[Stream]:
    """Return a stream for each place and clock, in the order of the places."""
    found: list[Stream] = []
    for place in dict.fromkeys(given.place for given in readings):
        here = sorted((given for given in readings if given.place == place), key=lambda given: _ORDER.index(given.kind))
        while here:
            lead, *others = here
            same = [other for other in others if other.kind != lead.kind and _on_one_clock(lead, other)]
            found.append(_stream(lead, same))
            here = [waiting for waiting in others if not any(waiting is other for other in same)]
    return found


def _on_one_clock(lead: Readings, other: Readings) -> bool:
    ratio = _rate_hz(lead) / _rate_hz(other)
    overlap = min(lead.time_s[-1], other.time_s[-1]) - max(lead.time_s[0], other.time_s[0])
    return 1 / ONE_CLOCK.value <= ratio <= ONE_CLOCK.value and overlap > 0


def _stream(lead: Readings, others: Sequence[Readings]) -> Stream:
    columns: dict[str, FloatArray] = {}
    for given in (lead, *others):
        axes = given.axes if given is lead or np.array_equal(given.time_s, lead.time_s) else _at(lead.time_s, given)
        unit = _UNITS[given.kind]
        entry = COLUMNS[f"{given.kind}_x_{unit}"]
        for index, axis in enumerate("xyz"):
            values = np.ascontiguousarray(axes[:, index])
            values = np.where((values >= entry.lowest) & (values <= entry.highest), values, np.nan)
            if np.isfinite(values).any():
                columns[f"{given.kind}_{axis}_{unit}"] = values
    frame = "body" if lead.mount_known else "sensor"
    return Stream(lead.place, frame, lead.time_s, columns, lead.mount_known)


def _at(time_s: FloatArray, readings: Readings) -> FloatArray:
    """Return readings at other moments; holes and what lies outside stay unknown."""
    if len(readings.time_s) < 2:
        return np.full((len(time_s), 3), np.nan)
    step_s = float(np.median(np.diff(readings.time_s)))
    after = np.clip(np.searchsorted(readings.time_s, time_s), 1, len(readings.time_s) - 1)
    gap_s = readings.time_s[after] - readings.time_s[after - 1]
    outside = (time_s < readings.time_s[0] - step_s) | (time_s > readings.time_s[-1] + step_s)
    unknown = (gap_s > BRIDGED.value * step_s) | outside
    columns = [np.interp(time_s, readings.time_s, readings.axes[:, index]) for index in range(3)]
    found = np.column_stack(columns)
    found[unknown] = np.nan
    return found


def _track(
    track: tuple[FloatArray, dict[str, FloatArray]] | None, losses: list[str], *, facing_known: bool
) -> Stream | None:
    """Turn positions and other slow columns into the main stream; what cannot be (a speed of −1) is unknown."""
    if track is None:
        return None
    time_s, columns = track
    told = np.any([np.isfinite(values) for values in columns.values()], axis=0)
    kept, words = rising(np.where(told, time_s, np.nan)[np.flatnonzero(told)])
    kept = np.flatnonzero(told)[kept]
    losses += [f"Positions: {word}" for word in words]
    if len(kept) < 2 or time_s[kept[-1]] - time_s[kept[0]] > _LONGEST_S:
        return None
    checked: dict[str, FloatArray] = {}
    for name, values in columns.items():
        entry = COLUMNS[name]
        here = values[kept]
        with np.errstate(invalid="ignore"):
            here = np.where((here >= entry.lowest) & (here <= entry.highest), here, np.nan)
        if np.isfinite(here).any():
            checked[name] = here
    return Stream("unknown", "earth", time_s[kept], checked, facing_known and "heading_deg" in checked)
