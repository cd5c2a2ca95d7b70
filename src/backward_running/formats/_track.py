"""Points of a track, as XML files list them, to a stream: gathered as text, checked and turned into arrays at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from lxml import etree

from backward_running.core.arrays import BoolArray, IndexArray
from backward_running.core.constants import METRES_PER_DEGREE
from backward_running.core.names import COLUMNS
from backward_running.core.recording import ON_FOOT_SPORTS, FloatArray, Span, Stream
from backward_running.evidence import proposed_number
from backward_running.formats._cadence import STRIDES_BELOW_RUNNING, STRIDES_BELOW_WALKING, counts_strides
from backward_running.formats._moments import NO_TIME, Moments, Spelled, as_datetime, in_order, moments_of, spelled
from backward_running.formats._xml import local_name

PAUSE_FACTOR = proposed_number(
    "pause_longer_than_steps_ratio", 2.0, "1",
    "Where a file begins a new piece of track, the time between is a pause if it is longer than this many usual "
    "steps from point to point; shorter ones are mere bookkeeping, such as a new lap.",
)  # fmt: skip

#: Columns where devices write 0 for "no reading": a living heart does not beat 0 times.
_ZERO_IS_MISSING = frozenset({"heart_rate_bpm"})


#: The texts of so many points become numbers at once: as text they take many times the room.
_PACK_EVERY = 1 << 15
#: So many points stay in memory as XML at most.
_FORGET_EVERY = 256
#: The elements that hold points and nothing else of interest.
_PIECES = frozenset({"trkseg", "Track"})


class Slots(dict[object, str | None]):
    """An element's full name → the column it fills. Unknown names are looked up once by their local name."""

    def __init__(self, by_local_name: Mapping[str, str]) -> None:
        self._by_local_name = by_local_name

    def __missing__(self, tag: object) -> str | None:
        # A prefix that nothing declares stays in front of the name, with a colon.
        local = tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
        column = self[tag] = self._by_local_name.get(local)
        return column


def _forget_before(point: etree._Element) -> None:
    """Free the points before this one, which were read; on this one the parser still holds."""
    parent = point.getparent()
    if parent is not None and local_name(parent) in _PIECES:
        del parent[:-1]


@dataclass(slots=True)
class Points:
    """What the points of one track say, column by column. ``breaks`` are where a new piece begins."""

    slots: Slots
    count: int = 0
    breaks: list[int] = field(default_factory=list)
    first_time: str = ""  #: as it is spelled
    timed_count: int = 0  #: of the points that state a time
    _texts: dict[str, list[str]] = field(default_factory=dict)  #: of the points since the last that were packed
    _packed: dict[str, list[tuple[int, FloatArray, BoolArray]]] = field(default_factory=dict)
    _times: list[Spelled] = field(default_factory=list)
    _since: int = 0

    def add(self, point: etree._Element) -> None:
        """Take one point: what its descendants say, whatever their namespace and nesting."""
        self._take(point)
        self.count += 1
        if self.count % _FORGET_EVERY == 0:
            _forget_before(point)
            if self.count % _PACK_EVERY == 0:
                self._pack()

    def _take(self, element: etree._Element) -> None:
        slots = self.slots
        for child in element:
            column = slots[child.tag]
            if column is None:
                if len(child):
                    self._take(child)  # the parser ends at 256 levels
            elif (text := child.text) and (text := text.strip()):
                self.put(column, text)

    def put(self, column: str, text: str) -> None:
        """Note a value of the point being read; the first for a column counts, extensions may repeat it."""
        values = self._texts.get(column)
        if values is None:
            values = self._texts[column] = []
        missing = self.count - self._since - len(values)
        if missing > 0:
            values.extend(("",) * missing)
        if missing >= 0:
            values.append(text)

    def begin_piece(self) -> None:
        """A new piece of track begins with the next point."""
        if not self.breaks or self.breaks[-1] != self.count:
            self.breaks.append(self.count)

    def has(self, column: str) -> bool:
        """Whether any point says something of a column."""
        return column in self._texts or column in self._packed

    def moments(self) -> Moments:
        """Return when the points were."""
        self._pack()
        return moments_of(self._times)

    def values(self, column: str) -> tuple[FloatArray, BoolArray]:
        """Return the values of a column, NaN where they are no numbers, and at which points something stands."""
        self._pack()
        values, given = np.full(self.count, np.nan), np.zeros(self.count, dtype=np.bool_)
        for since, some, stated in self._packed.get(column, ()):
            values[since : since + len(some)], given[since : since + len(some)] = some, stated
        return values, given

    def _pack(self) -> None:
        """Turn the texts of the points so far into numbers."""
        count = self.count - self._since
        if count == 0:
            return
        for column, texts in self._texts.items():
            if column != "time":
                some = texts[:count]
                given = np.fromiter(map(bool, some), dtype=np.bool_, count=len(some))
                self._packed.setdefault(column, []).append((self._since, _numbers(some), given))
        times = self._texts.get("time", [])[:count]
        self.first_time = self.first_time or next(filter(None, times), "")
        self.timed_count += sum(map(bool, times))
        self._times.append(spelled(times + [""] * (count - len(times))))
        self._texts, self._since = {}, self.count


@dataclass(frozen=True, slots=True)
class Track:
    """A stream with all that the points alone can tell."""

    started_at: datetime
    stream: Stream
    pauses: tuple[Span, ...]
    losses: tuple[str, ...]
    utc_offset_s: int | None
    wall_clock: bool  #: the times are what a clock showed, in no stated zone
    kept: IndexArray  #: index in the file of each sample


def make_track(points: Points, *, sport: str | None) -> Track | None:
    """Turn the points of one track into a stream; None where fewer than two have a time."""
    moments = points.moments()
    timed = np.flatnonzero(moments.unix_us != NO_TIME)
    kept = timed[in_order(moments.unix_us[timed])]
    if len(kept) < 2:
        return None
    unix_us = moments.unix_us[kept]
    time_s = (unix_us - unix_us[0]) / 1e6
    losses = _time_losses(points.count, len(timed), kept, moments)
    columns = _columns(points, kept, losses)
    _count_steps(columns, time_s, sport, losses)
    return Track(
        as_datetime(int(unix_us[0])),
        Stream("unknown", "earth", time_s, columns),
        _pauses(time_s, kept, points.breaks),
        tuple(losses),
        moments.utc_offset_s,
        moments.are_wall_clock,
        kept,
    )


def counted(count: int, thing: str) -> str:
    """Count things in words that agree.

    >>> counted(1, "point"), counted(1200, "point")
    ('1 point', '1,200 points')
    """
    return f"{count:,} {thing}" + ("" if count == 1 else "s")


def _time_losses(count: int, timed: int, kept: IndexArray, moments: Moments) -> list[str]:
    losses = []
    if timed < count:
        losses.append(f"Left out for want of a readable time: {counted(count - timed, 'point')} of {count:,}.")
    if len(kept) < timed:
        words = "Left out because they repeat a time or are far from all others"
        losses.append(f"{words}: {counted(timed - len(kept), 'point')}.")
    if bool((np.diff(kept) < 0).any()):
        losses.append("The points were not in order of time; they were sorted.")
    if moments.are_wall_clock:
        losses.append("The times name no time zone; they are read on the clock of where it was, or on yours.")
    elif moments.naive_count:
        losses.append(f"Taken as UTC because they name no time zone: {counted(moments.naive_count, 'time')}.")
    return losses


def _numbers(texts: list[str]) -> FloatArray:
    """Turn texts into numbers; what is no finite number becomes NaN."""
    try:
        return np.array([text or "nan" for text in texts], dtype=np.float64)
    except ValueError:
        return np.array([number(text) for text in texts], dtype=np.float64)


def number(text: str) -> float:
    """Read a number, with a comma where some languages write one; NaN where it is none.

    >>> number("60,5"), number("1.5"), number("1,234.5")
    (60.5, 1.5, nan)
    """
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return float(text.replace(",", ".")) if text.count(",") == 1 and "." not in text else math.nan
    except ValueError:
        return math.nan


def _columns(points: Points, kept: IndexArray, losses: list[str]) -> dict[str, FloatArray]:
    """Check every column against the range it can have; what lies outside is NaN and told."""
    columns: dict[str, FloatArray] = {}
    for name in COLUMNS:
        if not points.has(name):
            continue
        values, given = points.values(name)
        values, given = values[kept], given[kept]
        if name in _ZERO_IS_MISSING:
            given &= values != 0
        good = given & (values >= COLUMNS[name].lowest) & (values <= COLUMNS[name].highest)
        columns[name] = np.where(good, values, np.nan)
        if not name.endswith("itude_deg"):
            _tell(losses, int(np.sum(given & ~good)), name)
    _check_positions(columns, points, kept, losses)
    _check_distance(columns, losses)
    return {name: values for name, values in columns.items() if np.isfinite(values).any()}


def _tell(losses: list[str], count: int, name: str) -> None:
    if count:
        entry = COLUMNS[name]
        words = name.rpartition("_")[0].replace("_", " ")
        losses.append(
            f"Left out because no {words} is like that ({entry.lowest:g} to {entry.highest:g} {entry.unit}): "
            f"{counted(count, 'value')}."
        )


def _check_positions(columns: dict[str, FloatArray], points: Points, kept: IndexArray, losses: list[str]) -> None:
    """A position is a pair, and 0° 0° in the sea off Africa is what devices write before they know where they are."""
    latitude, longitude = (columns.pop(name, None) for name in ("latitude_deg", "longitude_deg"))
    if latitude is None or longitude is None:
        return
    good = np.isfinite(latitude) & np.isfinite(longitude) & ~((latitude == 0) & (longitude == 0))
    columns["latitude_deg"] = np.where(good, latitude, np.nan)
    columns["longitude_deg"] = np.where(good, longitude, np.nan)
    stated = points.values("latitude_deg")[1][kept]
    wrong = int(np.sum(stated & ~good))
    if wrong:
        losses.append(f"Left out because they are no places on the globe: {counted(wrong, 'position')}.")


def _check_distance(columns: dict[str, FloatArray], losses: list[str]) -> None:
    """A counted distance never falls; where it does the value is left out."""
    distance_m = columns.get("distance_m")
    if distance_m is None:
        return
    highest = np.fmax.accumulate(distance_m)
    falls = distance_m < highest
    if falls.any():
        columns["distance_m"] = np.where(falls, np.nan, distance_m)
        losses.append(f"Left out because a counted distance cannot fall: {counted(int(falls.sum()), 'value')}.")


#: Who goes no faster than this, by their median, and has a cadence is on foot, where a file names no sport.
_ON_FOOT_MPS = (0.3, 5.0)


def _count_steps(columns: dict[str, FloatArray], time_s: FloatArray, sport: str | None, losses: list[str]) -> None:
    """Watches count one foot, our cadence counts both: double what can only be strides."""
    cadence = columns.get("cadence_spm")
    if cadence is None or not (sport in ON_FOOT_SPORTS or (sport is None and _is_on_foot(columns, time_s))):
        return
    limit = STRIDES_BELOW_WALKING if sport in ("walking", "hiking") else STRIDES_BELOW_RUNNING
    lengths = {"speed_mps": columns.get("speed_mps"), "step_length_m": columns.get("step_length_m")}
    if not counts_strides(cadence, below=limit.value, **lengths):
        return
    doubled = cadence * 2
    good = ~(doubled > COLUMNS["cadence_spm"].highest)
    columns["cadence_spm"] = np.where(good, doubled, np.nan)
    _tell(losses, int(np.sum(~good)), "cadence_spm")


def _is_on_foot(columns: dict[str, FloatArray], time_s: FloatArray) -> bool:
    """Say whether somebody went as fast as people do on their feet."""
    speed = columns.get("speed_mps")
    if speed is None:
        latitude, longitude = columns.get("latitude_deg"), columns.get("longitude_deg")
        if latitude is None or longitude is None:
            return False
        # Of a sphere: enough to tell a foot from a wheel.
        north_m, east_m = METRES_PER_DEGREE * np.diff(latitude), METRES_PER_DEGREE * np.diff(longitude)
        speed = np.hypot(north_m, east_m * np.cos(np.radians(latitude[1:]))) / np.diff(time_s)
    moving = speed[speed > _ON_FOOT_MPS[0]]
    return len(moving) > 0 and float(np.median(moving)) < _ON_FOOT_MPS[1]


def _pauses(time_s: FloatArray, kept: IndexArray, breaks: list[int]) -> tuple[Span, ...]:
    """Return the gaps between pieces of the track, whatever order they stand in."""
    usual_s = float(np.median(np.diff(time_s)))
    piece = np.searchsorted(breaks, kept, side="right")
    gaps = (np.diff(piece) != 0) & (np.diff(time_s) > PAUSE_FACTOR.value * usual_s)
    return tuple(Span(float(time_s[at]), float(time_s[at + 1])) for at in np.flatnonzero(gaps))
