"""Any table of sensor readings whose columns are named: by our own names, or by a mapping that the caller states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.errors import BadValue, NotAnActivity, UnreadableFile
from backward_running.core.names import COLUMNS
from backward_running.core.recording import FloatArray, Recording
from backward_running.evidence import proposed_number
from backward_running.formats._inertial import ACCELERATION, FIELD, ROTATION, Log, Readings, recording_of
from backward_running.formats._orientation import Orientation
from backward_running.formats._table import Table, cells_of, head_of, read_table, separator_of, text_of
from backward_running.formats.base import Format

_KEY, _VERSION = "csv", "2"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SEEN_BYTES = 1 << 16  #: of a table, enough to know its columns
#: How a sensor's axis may be named: the unit is the last word, and is made SI here.
_FACTORS: dict[str, dict[str, float]] = {
    ACCELERATION: {"mps2": 1.0, "g": STANDARD_GRAVITY_MPS2, "mg": STANDARD_GRAVITY_MPS2 / 1000.0},
    ROTATION: {"radps": 1.0, "degps": np.pi / 180.0, "dps": np.pi / 180.0, "mdps": np.pi / 180e3},
    FIELD: {"ut": 1.0, "mt": 1000.0, "nt": 1e-3, "gauss": 100.0, "mgauss": 0.1},
}
_TIMES = {"time_s": 1.0, "time_ms": 1e-3, "time_us": 1e-6, "time_ns": 1e-9}
_AXIS = re.compile(r"(acc|gyr|mag)_([xyz])_([a-z0-9]+)")
#: A part of a unit quaternion has no unit to state.
TURN, _TURN = "quat", re.compile(r"quat_([wxyz])(?:_ratio)?")
_AXIS_WITHOUT_UNIT = re.compile(r"(?:(?:acc|gyr|mag)_[xyz]|time)(?:_\w+)?")
#: Times above are seconds since 1970 and carry the date.
_UNIX_FROM_S, _UNIX_UNTIL_S = 3e8, 7e9
RATE_TOLERANCE = proposed_number(
    "stated_rate_tolerance_ratio", 0.05, "1",
    "A stated rate may differ from the time stamps' own by 5 %; more is a mistake in one of them.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Target:
    """What one of our names asks for."""

    place: str
    name: str  #: without the place
    kind: str | None = None  #: of sensor; None for time and for the plain columns of core.names
    axis: int = 0
    factor: float = 1.0


def _target(ours: str, place: str) -> _Target | None:
    """Understand one of our names, with a place before a dot where the table holds several sensors."""
    where, dot, name = ours.rpartition(".")
    place = where if dot else place
    if name in _TIMES:
        return _Target(place, name, factor=_TIMES[name])
    axis = _AXIS.fullmatch(name)
    if axis and axis.group(3) in _FACTORS[axis.group(1)]:
        kind = axis.group(1)
        return _Target(place, name, kind, "xyz".index(axis.group(2)), _FACTORS[kind][axis.group(3)])
    turn = _TURN.fullmatch(name)
    if turn:
        return _Target(place, name, TURN, "wxyz".index(turn.group(1)))
    return _Target(place, name) if name in COLUMNS else None


def looks_like(data: bytes) -> bool:
    """Say whether the first line names a time and something else in our own names."""
    line = head_of(data, 8192).lstrip("\ufeff").split("\n", 1)[0].strip()
    cells = cells_of(line, separator_of(line))
    known = [_target(cell, "") for cell in cells]
    times = sum(target is not None and target.name in _TIMES for target in known)
    return times == 1 and sum(target is not None for target in known) > 1


def read(data: bytes) -> tuple[Recording, ...]:
    """Read a table whose columns bear our own names (``time_s``, ``acc_x_mps2``, ``latitude_deg``, …).

    Parameters
    ----------
    data : bytes
        Text with commas, semicolons or tabs. Columns with other names are passed over.

    Returns
    -------
    tuple of Recording
        One; see :func:`read_generic_csv`.

    Raises
    ------
    NotAnActivity
        The table has no rows.
    UnreadableFile
        The names are not ours, or a unit cannot be.
    """
    if not looks_like(data):
        raise UnreadableFile(
            "This table does not name a time_s and another column as this program does; map its columns."
        )
    table = read_table(data, what="This table")
    ours = {name: name for name in table.names if _target(name, "unknown")}
    return (_recording(data, table, ours, None, "unknown", False, None),)


def columns_of(data: bytes) -> tuple[str, ...] | None:
    r"""Return the names of a table's columns; None where the bytes are no table of numbers.

    A column without a name goes by its number, as :func:`read_generic_csv` takes it.

    >>> columns_of(b"t,ax,ay\n0,1,2\n1,2,3\n")
    ('t', 'ax', 'ay')
    >>> columns_of(b",ax,ay\n0,1,2\n1,2,3\n")
    ('1', 'ax', 'ay')
    >>> columns_of(b"Dear diary, today I ran\nbackward, and fell") is None
    True
    """
    text = text_of(data[:_SEEN_BYTES])
    if text is None or text.lstrip().startswith("<"):
        return None
    head = text[: text.rfind("\n") + 1] or text  # the last line may be cut
    try:
        table = read_table(head.encode(), what="This table")
    except UnreadableFile:
        return None
    numbers = np.isfinite(table.cells)
    if len(table) < 2 or len(table.names) < 2 or numbers.mean() <= 0.5:
        return None
    return tuple(name or str(number) for number, name in enumerate(table.names, start=1))


def read_generic_csv(
    data: bytes,
    *,
    columns: Mapping[str, str],
    rate_hz: float | None = None,
    place: str = "unknown",
    mount_known: bool = False,
    started_at: datetime | None = None,
) -> Recording:
    r"""Read any table of numbers, told which column is what.

    Parameters
    ----------
    data : bytes
        Text with a line of names, or up to three of them, above the numbers.
    columns : mapping of str to str
        Our name → the name in the file (or its number, the first is 1). Our name ends in the unit: ``time_s`` (or
        ``_ms``, ``_us``, ``_ns``), ``acc_x_mps2`` (``_g``, ``_mg``), ``gyr_x_radps`` (``_degps``), ``mag_x_ut``
        (``_gauss``, ``_nt``, …), ``quat_w`` to ``quat_z`` of a fused orientation,
        or any name of :data:`backward_running.core.names.COLUMNS`. A place before a dot,
        ``foot_left.acc_x_g``, takes several sensors out of one table. A minus before the name in the file turns an axis
        round: ``{"acc_x_g": "-Acc_Y"}``. The other way round is understood too.
    rate_hz : float, optional
        Samples per second: needed where no time is mapped, checked where one is.
    place : str
        Where the sensor sat, for names without a place.
    mount_known : bool
        Whether its axes are known to be x right, y forward, z up of the body.
    started_at : datetime, optional
        Aware start; else seconds since 1970 in the table tell it, else it is unknown.

    Returns
    -------
    Recording

    Raises
    ------
    BadValue
        A column does not exist, a name is not known, an axis is missing, or a rate makes no sense.
    UnreadableFile
        The bytes are no table, or the numbers contradict the stated unit or rate.

    Examples
    --------
    >>> table = b"t,ax,ay,az\n" + b"".join(b"%d,0.01,0,1.0%d\n" % (k * 10, k % 3) for k in range(200))
    >>> axes = {"time_ms": "t", "acc_x_g": "ax", "acc_y_g": "ay", "acc_z_g": "az"}
    >>> run = read_generic_csv(table, columns=axes, place="waist")
    >>> run.streams[0].place, float(run.streams[0].columns["acc_z_mps2"][0].round(2))
    ('waist', 9.81)
    """
    table = read_table(data, what="This table")
    wanted = _oriented(columns)
    found = {ours: _signed_name(ours, theirs, table) for ours, theirs in wanted.items()}
    check_rate(rate_hz)
    if started_at is not None and started_at.tzinfo is None:
        raise BadValue("started_at", "carry a time zone", started_at.isoformat())
    return _recording(data, table, found, rate_hz, place, mount_known, started_at)


def check_rate(rate_hz: float | None) -> None:
    """Raise BadValue where no sensor samples so often."""
    if rate_hz is not None and not 0.01 <= rate_hz <= 100_000:
        raise BadValue("rate", "lie between 0.01 and 100,000 samples a second", rate_hz)


def check_stated(units: Mapping[str, str], rate_hz: float | None) -> None:
    """Check what is told of a table before there is one. Raises BadValue."""
    check_rate(rate_hz)
    for kind, unit in units.items():
        known = list(_FACTORS[kind]) if kind in _FACTORS else [name.partition("_")[2] for name in _TIMES]
        if unit not in known:
            raise BadValue("unit", f"be one of {', '.join(known)} for {kind}", unit)


def _oriented(columns: Mapping[str, str]) -> dict[str, str]:
    """Return our name → theirs, whichever way round the mapping came."""
    if not any(_target(key, "") for key in columns) and any(_target(theirs, "") for theirs in columns.values()):
        columns = {ours: theirs for theirs, ours in columns.items()}
    for ours in columns:
        if _target(ours, "") is None:
            raise _not_ours(ours)
    return dict(columns)


def _not_ours(name: str) -> BadValue:
    """Say what is wrong with a name: its unit is missing or foreign, or it is none of this program."""
    kind, _, _ = name.rpartition(".")[2].partition("_")
    if _AXIS_WITHOUT_UNIT.fullmatch(name.rpartition(".")[2]):
        known = list(_FACTORS[kind]) if kind in _FACTORS else [unit.partition("_")[2] for unit in _TIMES]
        return BadValue("unit", f"be stated for {kind}: one of {', '.join(known)}", name)
    return BadValue(
        "columns", "be given by names that this program knows, their unit the last word", name,
        "For example time_s, acc_x_mps2, acc_x_g, gyr_x_radps or gyr_x_degps.",
    )  # fmt: skip


def _signed_name(ours: str, theirs: str, table: Table) -> str:
    """Return the name in the file, with a minus before it where an axis is to point the other way."""
    bare = theirs.strip().removeprefix("-")
    if theirs in table.names or bare == theirs.strip():
        return _column_name(theirs, table)
    target = _target(ours, "")
    if target is None or target.kind is None:
        raise BadValue("columns", "have a minus only before the axis of a sensor", f"{ours}={theirs}")
    return f"-{_column_name(bare.strip(), table)}"


def _column(table: Table, name: str) -> FloatArray:
    return table.column(name) if name in table.names else -table.column(name[1:])


def _column_name(theirs: str, table: Table) -> str:
    if theirs in table.names:
        return theirs
    found = [name for name in table.names if name.lower() == theirs.strip().lower()]
    if len(found) == 1:
        return found[0]
    if theirs.isdecimal() and 1 <= int(theirs) <= len(table.names):
        return table.names[int(theirs) - 1]
    names = ", ".join(table.names[:40]) + (", …" if len(table.names) > 40 else "")
    raise BadValue("columns", "name columns of the file", theirs, f"It has: {names}.")


def _recording(
    data: bytes,
    table: Table,
    found: Mapping[str, str],
    rate_hz: float | None,
    place: str,
    mount_known: bool,
    started_at: datetime | None,
) -> Recording:
    if not len(table):
        raise NotAnActivity("This table has names but no rows: nothing was recorded in it.")
    time_s = _time(table, found, rate_hz)
    log = Log(losses=list(table.losses), strict=True, facing_known=mount_known)
    usual = float(np.nanmedian(time_s)) if np.isfinite(time_s).any() else 0.0
    is_unix = _UNIX_FROM_S <= usual <= _UNIX_UNTIL_S
    if started_at is not None and is_unix:
        time_s = time_s - np.nanmin(time_s)
    log.readings = _readings(table, found, time_s, place, mount_known)
    log.orientations = _orientations(table, found, time_s, place)
    plain = _plain(table, found)
    if plain:
        log.track = time_s, plain
    log.origin = started_at or (_EPOCH if is_unix else None)
    return recording_of(log, data, reader=_KEY, version=_VERSION)


def _time(table: Table, found: Mapping[str, str], rate_hz: float | None) -> FloatArray:
    """Return seconds; a stated rate and time stamps must agree."""
    told = next((name for name in found if (target := _target(name, "")) and target.name in _TIMES), None)
    if told is None:
        if rate_hz is None:
            hint = "Or state the rate, in samples a second."
            raise BadValue("columns", "name a time", ", ".join(sorted(found)), hint, instead="rate")
        return np.arange(len(table)) / rate_hz
    time_s = table.column(found[told]) * _TIMES[told.rpartition(".")[2]]
    steps_s = np.diff(time_s[np.isfinite(time_s)])
    steps_s = steps_s[steps_s > 0]
    if not len(steps_s):
        raise UnreadableFile("The time of this table never rises. Map another column as time, or state the rate.")
    measured_hz = 1.0 / float(np.median(steps_s))
    if rate_hz is not None and abs(measured_hz / rate_hz - 1.0) > RATE_TOLERANCE.value:
        raise UnreadableFile(
            f"The rate is stated as {rate_hz:g} Hz, but the time stamps ({told}) say {measured_hz:.4g} Hz. "
            "Correct the rate, or the unit of the time."
        )
    return time_s


def _readings(
    table: Table, found: Mapping[str, str], time_s: FloatArray, place: str, mount_known: bool
) -> list[Readings]:
    """Gather the axes of each sensor; an axis that is missing stays unknown."""
    gathered = _gathered(table, found, place)
    return [
        Readings(kind, time_s, axes, where, mount_known) for (where, kind), axes in gathered.items() if kind != TURN
    ]


def _orientations(table: Table, found: Mapping[str, str], time_s: FloatArray, place: str) -> list[Orientation]:
    gathered = _gathered(table, found, place)
    return [Orientation(time_s, turns, where) for (where, kind), turns in gathered.items() if kind == TURN]


def _gathered(table: Table, found: Mapping[str, str], place: str) -> dict[tuple[str, str], FloatArray]:
    gathered: dict[tuple[str, str], FloatArray] = {}
    for ours, theirs in found.items():
        target = _target(ours, place)
        if target is None or target.kind is None:
            continue
        width = 4 if target.kind == TURN else 3
        axes = gathered.setdefault((target.place, target.kind), np.full((len(table), width), np.nan))
        axes[:, target.axis] = target.factor * _column(table, theirs)
    return gathered


def _plain(table: Table, found: Mapping[str, str]) -> dict[str, FloatArray]:
    """Return the columns that are no sensor's axis: positions, speeds, a heart rate."""
    named = [(_target(ours, ""), theirs) for ours, theirs in found.items()]
    return {
        target.name: table.column(theirs)
        for target, theirs in named
        if target is not None and target.kind is None and target.name not in _TIMES
    }


FORMAT = Format(
    key=_KEY,
    title="CSV (named columns)",
    endings=(".csv",),
    version=_VERSION,
    looks_like=looks_like,
    read=read,
)
