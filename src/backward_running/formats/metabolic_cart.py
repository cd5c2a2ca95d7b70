"""A metabolic cart's table: oxygen and carbon dioxide, breath by breath or averaged."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from backward_running.core.constants import KMH_PER_MPS, METRES_PER_MILE
from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.core.recording import FloatArray, Recording
from backward_running.formats._inertial import Log, recording_of
from backward_running.formats._table import cells_of, column_of, head_of, separator_of, text_of
from backward_running.formats.base import Format

_KEY, _VERSION = "metabolic_cart", "1"
_TIME, _MASS = "time", "mass"
#: Our column → how carts name it, without blanks and signs, in small letters; a unit is told apart from the name.
_NAMES: dict[str, frozenset[str]] = {
    _TIME: frozenset({"t", "time", "exercisetime", "elapsed"}),
    "vo2": frozenset({"vo2", "vo2abs"}),
    "vo2kg": frozenset({"vo2kg", "vo2rel", "oxygenuptakemlperkgmin"}),
    "vco2": frozenset({"vco2"}),
    "vco2kg": frozenset({"vco2kg", "carbondioxideoutputmlperkgmin"}),
    "speed": frozenset({"speed", "velocity", "treadmillspeed"}),
    "grade": frozenset({"grade", "incline", "elevation", "slope"}),
    "heart": frozenset({"hr", "heartrate", "fc"}),
}
_UNITS = {
    "mps": 1.0, "m/s": 1.0, "km/h": 1 / KMH_PER_MPS, "kmh": 1 / KMH_PER_MPS, "kph": 1 / KMH_PER_MPS,
    "mph": METRES_PER_MILE / 3600.0, "m/min": 1 / 60.0,
}  # fmt: skip
_GAS = {
    "mlkgmin": "ml/kg/min", "mlminkg": "ml/kg/min", "mlperkgmin": "ml/kg/min", "mlperkgpermin": "ml/kg/min",
    "mlmin": "ml/min", "mlpermin": "ml/min", "lmin": "l/min", "lpermin": "l/min",
}  # fmt: skip
#: Units that a name may end in, as a table from R or pandas has them: "VO2_ml_kg_min", "speed_kmh".
_ENDINGS: dict[str, dict[str, str]] = {
    _TIME: {"s": "s", "sec": "s", "seconds": "s", "min": "min", "minutes": "min"},
    "vo2": _GAS,
    "vco2": _GAS,
    "speed": {"mps": "mps", "ms": "m/s", "kmh": "km/h", "kph": "km/h", "mph": "mph", "mmin": "m/min"},
    "grade": {"percent": "%", "pct": "%", "ratio": "ratio"},
    "heart": {"bpm": "bpm"},
}
_HEADER_LINES = 60
_WEIGHT = re.compile(r"(?:weight|body ?mass|mass)[^0-9\n]{0,24}?(\d{2,3}(?:[.,]\d+)?)", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)")


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    unit: str


@dataclass(frozen=True, slots=True)
class _Head:
    columns: dict[str, _Column]
    separator: str
    line: int  #: of the names


def looks_like(data: bytes) -> bool:
    """Say whether some line near the top names a time and an oxygen uptake."""
    return _head(head_of(data, 1 << 15)) is not None


def read(data: bytes) -> tuple[Recording, ...]:
    """Read a metabolic cart's table (COSMED and alike): time, VO2, VCO2, and where there speed, grade, heart rate.

    Parameters
    ----------
    data : bytes
        Text with commas, semicolons or tabs. Oxygen in ml/min is divided by the body mass that the file states.

    Returns
    -------
    tuple of Recording
        One, with ``oxygen_uptake_ml_per_kg_min``.

    Raises
    ------
    UnreadableFile
        No line names a time and VO2, or the oxygen is in ml/min and the file states no body mass.
    NotAnActivity
        There are no rows.
    """
    return (read_cart(data),)


def read_cart(data: bytes, mass_kg: float | None = None) -> Recording:
    r"""Read a metabolic cart's table, told the body mass where the file lacks it.

    Parameters
    ----------
    data : bytes
        The table.
    mass_kg : float, optional
        Body mass: before that of the file.

    Returns
    -------
    Recording

    Raises
    ------
    UnreadableFile, NotAnActivity
        As :func:`read`.

    Examples
    --------
    >>> rows = "".join(f"00:{s // 60:02}:{s % 60:02};2100;30;9.0\n" for s in range(60))
    >>> found = read_cart(("t;VO2;VO2/kg;Speed\nhh:mm:ss;mL/min;mL/min/kg;km/h\n" + rows).encode())
    >>> stream = found.streams[0]
    >>> float(stream.columns["oxygen_uptake_ml_per_kg_min"][0]), float(stream.columns["speed_mps"][0])
    (30.0, 2.5)
    """
    text = text_of(data)
    head = _head(text) if text is not None else None
    if text is None or head is None:
        raise UnreadableFile("This table names no time and VO2. Export the cart's breaths with their column names.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[head.line + 1 :]
    rows = [cells_of(line, head.separator) for line in lines if line.strip()]
    time = head.columns[_TIME]
    rows = [row for row in rows if len(row) > time.index and np.isfinite(_seconds(row[time.index]))]
    if not rows:
        raise NotAnActivity("This table has names but no rows: nothing was measured in it.")
    minutes = 60.0 if time.unit == "min" and ":" not in rows[0][time.index] else 1.0
    time_s = np.array([_seconds(row[time.index]) for row in rows]) * minutes
    log = Log(strict=True)
    log.track = time_s, _columns(head, rows, mass_kg or _mass_kg(text))
    return recording_of(log, data, reader=_KEY, version=_VERSION)


def _columns(head: _Head, rows: list[list[str]], mass_kg: float | None) -> dict[str, FloatArray]:
    def column(name: str) -> FloatArray | None:
        place = head.columns.get(name)
        if place is None:
            return None
        cells = (row[place.index] if place.index < len(row) else "" for row in rows)
        return column_of([cell if head.separator == "," else cell.replace(",", ".") for cell in cells])

    def per_kg(gas: str) -> FloatArray | None:
        relative, whole = column(f"{gas}kg"), column(gas)
        if relative is not None or whole is None:
            return relative
        unit = head.columns[gas].unit
        if "kg" in unit:
            return whole
        kg = mass_kg or _mass_between(column("vo2"), column("vo2kg"))
        if kg is None:
            raise UnreadableFile(
                "This table gives VO2 in ml/min and no body mass. Export VO2/kg as well, or state the mass."
            )
        litres = 1000.0 if unit.startswith("l") or float(np.nanmedian(whole)) < 20.0 else 1.0
        return np.asarray(whole * litres / kg, dtype=np.float64)

    found: dict[str, FloatArray] = {}
    for name, values in (
        ("oxygen_uptake_ml_per_kg_min", per_kg("vo2")),
        ("carbon_dioxide_output_ml_per_kg_min", per_kg("vco2")),
        ("heart_rate_bpm", column("heart")),
    ):
        if values is not None:
            found[name] = values
    speed, grade = column("speed"), column("grade")
    if speed is not None:
        unit = head.columns["speed"].unit
        found["speed_mps"] = speed * _UNITS.get(unit, 1 / KMH_PER_MPS)
    if grade is not None:
        found["grade_ratio"] = grade if head.columns["grade"].unit == "ratio" else grade / 100.0
    return found


def _head(text: str) -> _Head | None:
    """Find the line that names the columns; units stand in brackets, or in the line below."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")[:_HEADER_LINES]
    for number, line in enumerate(lines):
        separator = separator_of(line)
        cells = cells_of(line, separator)
        below = cells_of(lines[number + 1], separator) if number + 1 < len(lines) else []
        columns: dict[str, _Column] = {}
        for index, cell in enumerate(cells):
            name, unit = _split(cell)
            ours = next((key for key, names in _NAMES.items() if name in names), None)
            if ours is not None and ours not in columns:
                columns[ours] = _Column(index, unit or (_plain_unit(below[index]) if index < len(below) else ""))
        if _TIME in columns and columns.keys() & {"vo2", "vo2kg"}:
            return _Head(columns, separator, number)
    return None


def _split(cell: str) -> tuple[str, str]:
    """Tell a name from its unit.

    >>> _split("VO2/kg (mL/min/kg)"), _split("speed_mps"), _split("VO2_ml_kg_min"), _split("hrs")
    (('vo2kg', 'ml/min/kg'), ('speed', 'mps'), ('vo2', 'ml/kg/min'), ('hrs', ''))
    """
    name, _, unit = cell.replace("[", "(").replace("]", ")").partition("(")
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    for ours, endings in _ENDINGS.items():
        for ending, meant in endings.items():
            if plain.endswith(ending) and plain[: -len(ending)] in _NAMES[ours]:
                return plain[: -len(ending)], _plain_unit(unit) or meant
    return plain, _plain_unit(unit)


def _plain_unit(cell: str) -> str:
    return cell.strip(" )").lower() if not re.fullmatch(r"[\d.,:\s-]*", cell.strip(" )")) else ""


def _seconds(cell: str) -> float:
    """Read a clock or a number of seconds; NaN where it is neither.

    >>> _seconds("00:01:30"), _seconds("1:30"), _seconds("12,5"), str(_seconds("s"))
    (90.0, 90.0, 12.5, 'nan')
    """
    clock = _CLOCK.fullmatch(cell.strip())
    if clock:
        hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in clock.groups())
        return hours * 3600.0 + minutes * 60.0 + seconds
    return float(column_of([cell.replace(",", ".")])[0])


def _mass_between(whole: FloatArray | None, relative: FloatArray | None) -> float | None:
    """Return the body mass that oxygen in ml/min and in ml/min/kg agree on; None where one of them is missing."""
    if whole is None or relative is None or not np.isfinite(whole / np.where(relative > 0.0, relative, np.nan)).any():
        return None
    return float(np.nanmedian(whole / np.where(relative > 0.0, relative, np.nan)))


def _mass_kg(text: str) -> float | None:
    found = _WEIGHT.search(text[: 1 << 15])
    return float(found.group(1).replace(",", ".")) if found else None


FORMAT = Format(_KEY, "metabolic carts", (".csv", ".txt"), _VERSION, looks_like, read)
