"""What the calculator is asked, read from a form or a command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backward_running.apps.words.units import GAP, Units, read_number
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.names import NAMES

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
        fast, slow = (units.pace(speed_mps).value for speed_mps in reversed(PACE_MPS))
        return f"from {fast} to {slow} per {units.long_unit}"
    if name == "grade":
        return "from −45 to +45 %"
    low, high = (units.mass(mass_kg) for mass_kg in (NAMES["mass_kg"].lowest, NAMES["mass_kg"].highest))
    return f"from {low.value} to {high}".replace(".0", "").replace(GAP, " ")


def read(typed: Mapping[str, str], units: Units) -> Read:
    """Read what was typed, field by field; an empty grade is level, an empty mass is not known."""
    problems: dict[str, str] = {}

    def read_one(
        name: str, reader: Callable[[str], float], low: float, high: float, empty: float | None
    ) -> float | None:
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
    speed = read_one("pace", units.read_pace, slow, fast, DEFAULT_MPS)
    grade = read_one("grade", _grade, -0.45, 0.45, 0.0)
    mass_kg = read_one("mass", units.read_mass, mass.lowest, mass.highest, None)
    direction = Direction.FORWARD if typed.get("direction") == "forward" else Direction.BACKWARD
    return Read(speed or DEFAULT_MPS, grade or 0.0, direction, mass_kg, problems)


DEFAULT_MPS = 1000.0 / 450.0  #: 7:30 per kilometre


def _grade(text: str) -> float:
    return read_number(text.replace("%", ""), name="grade") / 100.0


def _refused(name: str, units: Units, text: str) -> str:
    words = {"pace": "a pace", "grade": "a grade", "mass": "a body mass"}[name]
    return f"Write {words} {accepted(name, units)}; you wrote {text}."
