"""Estimates made ready for the screen: value large, interval small, where it comes from one tap away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backward_running.apps.units import percent_change, span
from backward_running.apps.web.words import QUANTITY
from backward_running.core.constants import JOULES_PER_KILOCALORIE
from backward_running.core.session import Estimate, NotKnown
from backward_running.flows.views import EvidenceBadge

SIGNED = {"backward_to_forward_ratio"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as it is printed. ``value`` is None where it is not known; ``why`` says why."""

    name: str
    title: str
    value: str | None
    interval: str
    unit: str
    why: str = ""
    standing: str = ""
    caveats: tuple[str, ...] = ()
    badges: tuple[EvidenceBadge, ...] = ()
    left_out: tuple[str, ...] = ()  #: why parts are not in it; among the caveats too


def figure(said: Estimate | NotKnown, badges: Mapping[str, EvidenceBadge], *, mass_kg: float | None) -> Figure:
    """Print an estimate. Energy is in kilocalories where the body mass is known, else per kilogram."""
    title = QUANTITY.get(said.name, said.name.rsplit("_", 1)[0].replace("_", " ").capitalize())
    if isinstance(said, NotKnown):
        return Figure(said.name, title, None, "", "", why=said.why)
    value, interval, unit = _printed(said, mass_kg)
    behind = tuple(badges[key] for key in said.models if key in badges)
    return Figure(said.name, title, value, interval, unit, "", said.standing.value, said.remarks, behind, said.left_out)


def _printed(said: Estimate, mass_kg: float | None) -> tuple[str, str, str]:
    if said.name in SIGNED:
        low, high = percent_change(said.low).value, percent_change(said.high).value
        return percent_change(said.value).value, f"{low} to {high}", "%"
    if said.name == "energy_j_per_kg":
        factor = (mass_kg or 1.0) / JOULES_PER_KILOCALORIE
        digits = 0 if mass_kg else 1
        return (*_three(said, factor, digits), "kcal" if mass_kg else "kcal/kg")
    unit = {"_au": "", "_count": "", "_kcal": "kcal"}.get(f"_{said.name.rsplit('_', 1)[-1]}", "")
    return (*_three(said, 1.0, 0), unit)


def _three(said: Estimate, factor: float, digits: int) -> tuple[str, str]:
    value, low, high = (f"{part * factor:.{digits}f}" for part in (said.value, said.low, said.high))
    return value, "" if low == high == value else span(low, high)
