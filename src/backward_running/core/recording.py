"""What a device wrote, untouched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from backward_running.core.arrays import FloatArray as FloatArray  # noqa: PLC0414  the rooms above take it from here
from backward_running.core.errors import BadValue
from backward_running.core.mounting import Axes, body_from, turn_from_body
from backward_running.core.names import COLUMNS, ORIENTATION
from backward_running.core.supplied_metadata import SuppliedMetadata

_INERTIAL = re.compile(r"(acc|gyr|mag)_[xyz]_")
_UNITS = {"acc": "mps2", "gyr": "radps", "mag": "ut"}

#: Sports that are done on foot. For all others the direction of the body is not asked.
ON_FOOT_SPORTS = frozenset({"running", "walking", "hiking"})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time ``[start_s, end_s)``, in seconds since the start of the recording."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not self.end_s > self.start_s:
            raise BadValue("end_s", f"lie after start_s ({self.start_s:g})", self.end_s)


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """What one sensor said, on its own clock. Its arrays are read-only; a missing sample is NaN, never 0.

    Parameters
    ----------
    place : str
        Where it sat on the body: ``wrist``, ``waist``, ``chest``, ``foot_left``, … or ``unknown``.
    frame : str
        ``sensor``, ``body`` (x right, y forward, z up) or ``earth``.
    time_s : ndarray, shape (n,)
        Seconds since the recording's start, strictly rising.
    columns : mapping of name to ndarray, shape (n,)
        Named in :data:`backward_running.core.names.COLUMNS`.
    mount_known : bool
        Whether the sensor's orientation on the body is a fact or a guess. A detector that rests on it must
        answer *unknown* rather than trust a guess.
    """

    place: str
    frame: str
    time_s: FloatArray
    columns: Mapping[str, FloatArray] = field(repr=False)
    mount_known: bool = False

    def __post_init__(self) -> None:
        steps = np.diff(self.time_s)
        if not np.all(steps > 0):
            first = int(np.argmax(~(steps > 0))) + 1
            raise BadValue("time_s", "rise strictly", float(self.time_s[first]), f"See sample {first}.")
        self.time_s.setflags(write=False)
        for name, values in self.columns.items():
            if name not in COLUMNS:
                raise BadValue("columns", "use names of core.names", name, "Add the name there first.")
            if values.shape != self.time_s.shape:
                raise BadValue(name, f"have shape {self.time_s.shape}", values.shape)
            values.setflags(write=False)

    def has(self, *names: str) -> bool:
        """Say whether all of `names` are there with at least one number in each."""
        return all(name in self.columns and _holds_a_number(self.columns[name]) for name in names)

    @property
    def is_inertial(self) -> bool:
        """Whether it holds what a motion sensor says: acceleration, angular rate or magnetic field."""
        return any(_INERTIAL.match(name) for name in self.columns)

    def __len__(self) -> int:
        return len(self.time_s)


def _holds_a_number(values: FloatArray) -> bool:
    # Asked often, of long columns: nearly always one of the first few samples answers.
    return bool(np.isfinite(values[:16]).any() or np.isfinite(values[16:]).any())


@dataclass(frozen=True, slots=True)
class Lap:
    """A lap as the device marked it, ``[start_s, end_s)``."""

    start_s: float
    end_s: float
    trigger: str | None = None  #: "manual", "distance", "workout step", …
    step_index: int | None = None  #: the workout step it belongs to
    label: str | None = None  #: a name or note the person or device gave it
    distance_m: float | None = None
    intensity: str | None = None  #: "active", "rest", … as of a :class:`RecordedStep`


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A step of the structured workout that the watch was following."""

    index: int
    name: str | None = None
    notes: str | None = None
    intensity: str | None = None  #: "warmup", "active", "recovery", "rest", "cooldown", …
    duration_s: float | None = None
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment the person marked, with or without words."""

    time_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Device:
    """What wrote the file."""

    maker: str | None = None
    product: str | None = None
    serial: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """One activity as a device wrote it: untouched, with its pedigree.

    A file may hold several activities (a triathlon, chained files): they share ``key`` and differ in ``part``.
    """

    key: str  #: SHA-256 of the file's bytes, hexadecimal
    started_at: datetime  #: aware
    streams: tuple[Stream, ...]
    reader: str
    reader_version: str
    part: int = 0
    duration_s: float = 0.0  #: to the last thing the device said, pauses included
    utc_offset_s: int | None = None  #: local time minus UTC, where the file says so
    zone: str | None = None  #: IANA name, where the file says so
    wall_clock: bool = False  #: its times are what a clock showed, in no stated zone: `started_at` takes them as UTC
    sport: str | None = None  #: "running", "walking", "cycling", … lower case; None where the file does not say
    sub_sport: str | None = None  #: "treadmill", "trail", "track", …
    title: str | None = None
    device: Device = Device()
    laps: tuple[Lap, ...] = ()
    steps: tuple[RecordedStep, ...] = ()
    marks: tuple[Mark, ...] = ()
    pauses: tuple[Span, ...] = ()
    stated: Mapping[str, float] = field(default_factory=dict)  #: totals the device stated, by name of core.names
    losses: tuple[str, ...] = ()  #: what could not be read, one sentence each; empty when all is here
    refused: Mapping[str, str] = field(default_factory=dict)  #: "acc", "gyr", "mag" → why that sensor is not used
    dated: bool = True  #: whether anything tells when it was recorded; else `started_at` is a placeholder
    clock_s: float = 0.0  #: what the device's own clock showed at the start, where nothing dates it
    simulated: bool = False  #: made by `backward simulate`, not by a person
    told: SuppliedMetadata | None = None  #: what the runner says of it and the file does not

    def __post_init__(self) -> None:
        if self.started_at.tzinfo is None:
            raise BadValue("started_at", "carry a time zone", self.started_at.isoformat())

    @property
    def activity_id(self) -> str:
        """A short, stable name: same bytes, same id."""
        return f"{self.key[:16]}-{self.part}"

    @property
    def on_foot(self) -> bool:
        """Whether the direction of the body is worth asking. A file that names no sport is asked too."""
        return self.sport is None or self.sport in ON_FOOT_SPORTS

    @property
    def indoor(self) -> bool:
        """Whether it was done on a treadmill or in a hall."""
        return self.sub_sport in {"treadmill", "indoor_running", "virtual_activity", "indoor_walking"}

    def stream_with(self, *names: str) -> Stream | None:
        """Return the first stream that holds a number in all of `names`, or None."""
        return next((stream for stream in self.streams if stream.has(*names)), None)

    @property
    def main(self) -> Stream | None:
        """The stream at the device's recording rate (the first one), or None where there is none."""
        return self.streams[0] if self.streams else None

    @property
    def inertial(self) -> tuple[Stream, ...]:
        """The streams of motion sensors."""
        return tuple(stream for stream in self.streams if stream.is_inertial)

    def worn_as_told(self) -> Recording:
        """Return it with its motion sensors where the runner says they sat.

        The place goes to the one sensor there is, or to those that have none; the mounting to all. What the file says
        stays as it is in the store, so that another word of the runner starts from it again.
        """
        told = self.told
        if told is None or not told.of_sensors:
            return self
        alone = len(self.inertial) == 1
        streams = tuple(_worn(stream, told, alone=alone) if stream.is_inertial else stream for stream in self.streams)
        return replace(self, streams=streams)


def _worn(stream: Stream, told: SuppliedMetadata, *, alone: bool) -> Stream:
    place = told.place if told.place is not None and (alone or stream.place == "unknown") else stream.place
    axes = told.axes_on_body
    if axes is None and told.mount_known is None:
        return replace(stream, place=place)
    if axes is None or stream.frame == "earth":
        frame = stream.frame if stream.frame == "earth" else "sensor"
        return replace(stream, place=place, mount_known=axes is not None, frame=frame)
    # What is in the axes of the body already was turned there before.
    columns = stream.columns if stream.frame == "body" else _turned(stream.columns, axes)
    return replace(stream, place=place, mount_known=True, frame="body", columns=columns)


def _turned(columns: Mapping[str, FloatArray], axes: Axes) -> dict[str, FloatArray]:
    """Return the columns of a sensor along right, forward and up of the body."""
    turned = {name: values for name, values in columns.items() if not _INERTIAL.match(name)}
    for name, (at, sign) in zip("xyz", body_from(axes), strict=True):
        for kind, unit in _UNITS.items():
            values = columns.get(f"{kind}_{'xyz'[at]}_{unit}")
            if values is not None:
                turned[f"{kind}_{name}_{unit}"] = values if sign > 0 else -values
    if all(name in columns for name in ORIENTATION):
        a, b, c, d = (columns[name] for name in ORIENTATION)
        e, f, g, h = turn_from_body(axes)
        parts = (
            a * e - b * f - c * g - d * h, a * f + b * e + c * h - d * g,
            a * g - b * h + c * e + d * f, a * h + b * g - c * f + d * e,
        )  # fmt: skip
        turned |= dict(zip(ORIENTATION, parts, strict=True))
    return turned
