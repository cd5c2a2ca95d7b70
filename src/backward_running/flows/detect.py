"""Judge one file without keeping it: its bouts, and second by second what the person did."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from backward_running import formats, gait, signals
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BackwardRunningError, BadValue, UnknownFormat, UnreadableFile
from backward_running.core.habits import Habits
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout, BoutFacts
from backward_running.formats.csv_named import read_generic_csv
from backward_running.formats.csv_table import write_table

#: Where a sensor may sit, as a stream names it.
PLACES = (
    "foot_left", "foot_right", "foot", "shank_left", "shank_right", "shank", "thigh_left", "thigh_right", "thigh",
    "waist", "chest", "wrist", "unknown",
)  # fmt: skip
ROW_HEADER = ("time_s", "state", "probability_share", "found_by", "hint", "hint_probability_share")
_INERTIAL = re.compile(r"(acc|gyr|mag)_[xyz]_")
_SENSOR_NAME = re.compile(r"^((?:\w+\.)?(?:acc|gyr|mag)_[xyz]|(?:\w+\.)?time)(?:_\w+)?$")


@dataclass(frozen=True, slots=True)
class Row:
    """One second."""

    time_s: float
    state: str  #: "backward_run", "forward", "still", "unknown", …
    probability_share: float | None
    found_by: str
    hint: str | None
    hint_probability_share: float | None


@dataclass(frozen=True, slots=True)
class Detected:
    """What was found in one recording of a file. Without bouts nothing could be read at all."""

    name: str
    bouts: tuple[BoutFacts, ...]
    unknown_because: str | None  #: why something is unknown, in one sentence; None where all is answered
    losses: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Yield one row per second, as it is in its middle."""
        at, last = 0, len(self.bouts) - 1
        for second in range(math.ceil(self.bouts[-1].bout.end_s) if self.bouts else 0):
            while at < last and self.bouts[at].bout.end_s <= second + 0.5:
                at += 1
            yield _row(float(second), self.bouts[at].bout)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the person who asks knows of the file and the file does not say."""

    place: str | None = None  #: where the sensor sat; one of PLACES
    mount_known: bool | None = None  #: whether its axes are x right, y forward, z up of the body part
    columns: Mapping[str, str] | None = None  #: of a generic CSV: our name → its own
    units: Mapping[str, str] | None = None  #: of a generic CSV: "acc", "gyr", "mag" or "time" → unit
    rate_hz: float | None = None  #: of a generic CSV
    laps: str | None = None  #: pattern of laps: "odd-backward"


def detect(name: str, data: bytes, stated: Stated = Stated(), *, habits: Habits | None = None) -> tuple[Detected, ...]:
    """Judge every recording in a file or archive.

    Parameters
    ----------
    name : str
        Of the file, for the answer.
    data : bytes
        Its content.
    stated : Stated
        Place and mounting of the sensor, the mapping of a generic CSV, the pattern of the laps.
    habits : Habits, optional
        Of the person who runs.

    Returns
    -------
    tuple of Detected
        At least one. What cannot be read or judged has an ``unknown_because`` and no bouts: never an error.

    Raises
    ------
    BadValue
        What was stated cannot be: a place, a unit, a column or a pattern that does not exist.
    """
    if stated.place is not None and stated.place not in PLACES:
        raise BadValue("place", f"be one of {', '.join(PLACES)}", stated.place)
    try:
        found = list(_recordings(name, data, stated))
    except BadValue:
        raise
    except BackwardRunningError as problem:
        return (Detected(name, (), str(problem)),)
    return tuple(_judged(inner, one, stated, habits) for inner, one in found) or (
        Detected(name, (), "There is no recording in it."),
    )


def rows_csv(detected: Iterable[Detected]) -> bytes:
    """Return the seconds of all recordings as CSV."""
    return write_table(
        ROW_HEADER,
        (
            (row.time_s, row.state, row.probability_share, row.found_by, row.hint, row.hint_probability_share)
            for one in detected
            for row in one.rows()
        ),
    )


def _recordings(name: str, data: bytes, stated: Stated) -> Iterator[tuple[str, Recording]]:
    for inner_name, inner in formats.unwrap(name, data):
        if stated.columns:
            yield inner_name, _generic(inner, stated)
            continue
        try:
            yield from ((inner_name, one) for one in formats.read(inner))
        except UnknownFormat as problem:
            raise UnreadableFile(f"{problem} If it is a table, say which column is what.") from problem


def _generic(data: bytes, stated: Stated) -> Recording:
    return read_generic_csv(
        data,
        columns=_with_units(stated.columns or {}, stated.units or {}),
        rate_hz=stated.rate_hz,
        place=stated.place or "unknown",
        mount_known=bool(stated.mount_known),
    )


def _with_units(columns: Mapping[str, str], units: Mapping[str, str]) -> dict[str, str]:
    """Give the sensors' names the stated units: ``acc_x`` and ``acc_x_mps2`` with ``acc=g`` become ``acc_x_g``."""
    unknown = set(units) - {"acc", "gyr", "mag", "time"}
    if unknown:
        raise BadValue("unit", "be stated for acc, gyr, mag or time, such as acc=g", sorted(unknown)[0])
    named = {}
    for ours, theirs in columns.items():
        matched = _SENSOR_NAME.match(ours)
        kind = matched.group(1).rpartition(".")[2].split("_")[0] if matched else ""
        name = f"{matched.group(1)}_{units[kind]}" if matched and kind in units else ours
        named[name] = theirs
    return named


def _judged(name: str, recording: Recording, stated: Stated, habits: Habits | None) -> Detected:
    try:
        seen = _as_stated(recording, stated)
        working = signals.working_stream(seen)
        bouts = gait.find_bouts(seen, working, habits)
        facts = gait.measure(seen, working, bouts)
    except BadValue:
        raise
    except BackwardRunningError as problem:
        return Detected(name, (), str(problem), recording.losses)
    return Detected(name, facts, _why(seen, bouts), recording.losses)


def _as_stated(recording: Recording, stated: Stated) -> Recording:
    if stated.laps is not None:
        recording = gait.with_stated_laps(recording, stated.laps)
    if stated.place is None and stated.mount_known is None:
        return recording
    inertial = [stream for stream in recording.streams if _is_inertial(stream)]
    alone = len(inertial) == 1
    return replace(
        recording,
        streams=tuple(
            _placed(stream, stated, alone=alone) if _is_inertial(stream) else stream for stream in recording.streams
        ),
    )


def _placed(stream: Stream, stated: Stated, *, alone: bool) -> Stream:
    """State the place of the one sensor there is, or of those that have none; the mounting of all."""
    place = stated.place if stated.place is not None and (alone or stream.place == "unknown") else stream.place
    known = stream.mount_known if stated.mount_known is None else stated.mount_known
    frame = stream.frame if stated.mount_known is None or stream.frame == "earth" else "body" if known else "sensor"
    return replace(stream, place=place, mount_known=known, frame=frame)


def _is_inertial(stream: Stream) -> bool:
    return any(_INERTIAL.match(name) for name in stream.columns)


def _why(recording: Recording, bouts: tuple[Bout, ...]) -> str | None:
    """Say why what is unknown is so; None where nothing is."""
    if not bouts:
        return "The recording has no length: nothing can be found in it."
    if not any(bout.direction is Direction.UNKNOWN for bout in bouts):
        return None
    if not recording.on_foot:
        return f"It was recorded as {recording.sport}, so nobody asks which way the body faced."
    inertial = [stream for stream in recording.streams if _is_inertial(stream)]
    headed = any(stream.has("heading_deg") for stream in recording.streams)
    if recording.duration_s < SHORTEST_S:
        return f"It lasts only {recording.duration_s:.1f} s: too short to see a step pattern."
    if not inertial and not headed:
        return (
            "Nothing in it shows which way the body faced: no motion sensor, no heading, and no workout step, lap or "
            "mark that names a direction."
        )
    for place, why in BECAUSE_OF_PLACE.items():
        if inertial and all(stream.place == place for stream in inertial):
            return why
    if not any(stream.mount_known for stream in (*inertial, *(s for s in recording.streams if s.has("heading_deg")))):
        return "How the sensor sat on the body is not known, and without that it does not tell the direction there."
    return "What the sensors show there is not clear enough to say."


#: Where every motion sensor sat at such a place, this is why nothing is said.
BECAUSE_OF_PLACE = {
    "unknown": "Nothing says where on the body the sensor was: state its place, and its mounting if it is known.",
    "wrist": (
        "An arm swings on its own, so a sensor at the wrist does not show the order of the steps; with a gyroscope and "
        "GNSS in the recording, its turns against the course can."
    ),
}
SHORTEST_S = 3.0  #: a stride and a half of slow walking


def _row(time_s: float, bout: Bout) -> Row:
    hint = bout.hint
    return Row(
        time_s,
        state_of(bout.direction, bout.gait),
        bout.probability_share,
        bout.found_by,
        hint.direction.value if hint else None,
        hint.probability_share if hint else None,
    )


def state_of(direction: Direction, gait_found: Gait | None) -> str:
    """Name a state as the rows do.

    >>> state_of(Direction.BACKWARD, Gait.RUN), state_of(Direction.STILL, None)
    ('backward_run', 'still')
    """
    return direction.value if gait_found is None else f"{direction.value}_{gait_found.value}"
