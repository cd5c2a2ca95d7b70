"""A measurement as it is typed, in the runner's units."""

from __future__ import annotations

from typing import Any

from backward_running.apps.words.units import Units, read_number
from backward_running.core.constants import KILOGRAMS_PER_POUND
from backward_running.core.errors import BadValue


def read(typed: str, kind: Any, units: Units) -> float:
    """Return what was typed in the unit of its kind; a mass may say its unit. Raises BadValue."""
    if not kind.is_mass:
        return read_number(typed, name=kind.title.lower(), hint=f"Write a number{unit_words(kind, units)}.")
    mass_kg = units.read_mass(typed)
    if not kind.lowest <= mass_kg <= kind.highest:
        rule = f"lie between {units.mass(kind.lowest)} and {units.mass(kind.highest)}"
        raise BadValue(kind.title.lower(), rule, typed, "Look at the unit, and type it again.")
    return mass_kg


def unit_words(kind: Any, units: Units) -> str:
    """Say in which unit a kind is typed: " in kg"; nothing where it has none."""
    unit = units.mass_unit if kind.is_mass else kind.unit
    return f" in {unit}" if unit else ""


def borders(kind: Any, units: Units) -> str:
    """Say between what a value lies: "25 to 300 kg"."""
    times = 1.0 / KILOGRAMS_PER_POUND if kind.is_mass and units.imperial else 1.0
    unit = units.mass_unit if kind.is_mass else kind.unit
    return f"{kind.lowest * times:.3g} to {kind.highest * times:.3g} {unit}".strip()


def read_answers(typed: str) -> list[int | None]:
    """Read answers as they are typed, one for each question; - is none.

    >>> read_answers("3 2 -")
    [3, 2, None]
    """
    words = typed.replace(",", " ").split()
    wrong = next((word for word in words if word != "-" and not (word.isascii() and word.isdigit())), None)
    if wrong is not None:
        raise BadValue("answer", "be the number of a choice, or -", wrong, "Type one for each question.")
    return [None if word == "-" else int(word) for word in words]
