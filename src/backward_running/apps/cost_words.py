"""What the calculator is asked, read from a form or a command line, and its answers in the runner's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backward_running.apps.units import GAP, Units, percent_change, read_number, span
from backward_running.core.constants import JOULES_PER_KILOCALORIE
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.names import NAMES
from backward_running.core.session import Estimate, NotKnown

PACE_MPS = (0.5, 6.5)  #: the calculator's own range; flows.cost holds to it


@dataclass(frozen=True, slots=True)
class Read:
    """A form that was read: what it asks, or what is wrong with each field."""

    speed_mps: float
    grade_ratio: float
    direction: Direction
    mass_kg: float | None
    problems: Mapping[str, str]


def accepted(name: str, units: Units) -> str:
    """Say what a field accepts, in the runner's units.

    >>> accepted("pace", Units("metric"))
    'from 2:34 to 33:20 per km'
    """
    if name == "pace":
        fast, slow = (units.pace(one).value for one in reversed(PACE_MPS))
        return f"from {fast} to {slow} per {units.long_unit}"
    if name == "grade":
        return "from −45 to +45 %"
    low, high = (units.mass(one) for one in (NAMES["mass_kg"].lowest, NAMES["mass_kg"].highest))
    return f"from {low.value} to {high}".replace(".0", "").replace(GAP, " ")


def read(typed: Mapping[str, str], units: Units) -> Read:
    """Read what was typed, field by field; an empty grade is level, an empty mass is not known."""
    problems: dict[str, str] = {}

    def one(name: str, reader: Callable[[str], float], low: float, high: float, empty: float | None) -> float | None:
        text = typed.get(name, "").strip()
        if not text:
            return empty
        try:
            value = reader(text)
        except BadValue as problem:
            # A pace out of range and a mass that could be either unit have sentences of their own.
            problems[name] = problem.hint if problem.hint and name == "mass" else _refused(name, units, text)
            return empty
        if not low <= value <= high:
            problems[name] = _refused(name, units, text)
            return empty
        return value

    slow, fast = PACE_MPS
    mass = NAMES["mass_kg"]
    speed = one("pace", units.read_pace, slow, fast, DEFAULT_MPS)
    grade = one("grade", _grade, -0.45, 0.45, 0.0)
    mass_kg = one("mass", units.read_mass, mass.lowest, mass.highest, None)
    direction = Direction.FORWARD if typed.get("direction") == "forward" else Direction.BACKWARD
    return Read(speed or DEFAULT_MPS, grade or 0.0, direction, mass_kg, problems)


DEFAULT_MPS = 1000.0 / 450.0  #: 7:30 per kilometre


def _grade(text: str) -> float:
    return read_number(text.replace("%", ""), name="grade") / 100.0


def _refused(name: str, units: Units, text: str) -> str:
    words = {"pace": "a pace", "grade": "a grade", "mass": "a body mass"}[name]
    return f"Write {words} {accepted(name, units)}; you wrote {text}."


@dataclass(frozen=True, slots=True)
class Said:
    """A number as it is printed; ``value`` is empty where it is not known, and ``why`` says why."""

    value: str
    interval: str = ""
    unit: str = ""
    why: str = ""

    def __str__(self) -> str:
        if not self.value:
            return f"not known: {self.why}"
        return " ".join(part for part in (self.value, self.unit, f"({self.interval})" if self.interval else "") if part)


def say(found: Estimate | NotKnown, factor: float, unit: str, digits: int) -> Said:
    """Print an estimate times a factor."""
    if isinstance(found, NotKnown):
        return Said("", why=found.why)
    value, low, high = (f"{one * factor:.{digits}f}" for one in (found.value, found.low, found.high))
    return Said(value, "" if low == value == high else span(low, high), unit)


def per_distance(cost: Estimate | NotKnown, mass_kg: float | None, units: Units) -> Said:
    """Print an energy per kilometre or mile; per kilogram of body where the mass is not known."""
    factor = units.long_m / JOULES_PER_KILOCALORIE * (mass_kg or 1.0)
    unit = f"kcal/{units.long_unit}" if mass_kg else f"kcal/kg/{units.long_unit}"
    return say(cost, factor, unit, 0 if mass_kg else 2)


def per_minute(power: Estimate | NotKnown, mass_kg: float | None) -> Said:
    """Print an energy per minute; per kilogram of body where the mass is not known."""
    factor = 60.0 / JOULES_PER_KILOCALORIE * (mass_kg or 1.0)
    return say(power, factor, "kcal/min" if mass_kg else "kcal/kg/min", 1 if mass_kg else 3)


def as_pace(speed: Estimate | NotKnown, units: Units) -> Said:
    """Print a speed as a pace; the interval runs from the faster to the slower."""
    if isinstance(speed, NotKnown):
        return Said("", why=speed.why)
    value, low, high = (units.pace(one).value for one in (speed.value, speed.low, speed.high))
    return Said(value, "" if low == high else span(high, low), units.pace_unit)


def as_change(ratio: Estimate | NotKnown) -> Said:
    """Print a ratio as a change in percent."""
    if isinstance(ratio, NotKnown):
        return Said("", why=ratio.why)
    value, low, high = (percent_change(one).value for one in (ratio.value, ratio.low, ratio.high))
    return Said(value, f"{low} to {high}", "%")
