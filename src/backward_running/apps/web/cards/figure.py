"""Estimates made ready for the screen: value large, interval small, where it comes from one tap away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backward_running.apps.words import printed as words
from backward_running.apps.words.phrases import QUANTITY
from backward_running.apps.words.units import DASH, Printed
from backward_running.core.session import Estimate, NotKnown
from backward_running.flows.views import EvidenceBadge

SIGNED = {"backward_to_forward_ratio"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number with what stands behind it."""

    name: str
    title: str
    printed: Printed
    standing: str = ""
    caveats: tuple[str, ...] = ()
    badges: tuple[EvidenceBadge, ...] = ()
    left_out: tuple[str, ...] = ()  #: why parts are not in it; among the caveats too

    @property
    def value(self) -> str | None:
        """The number; None where it is not known."""
        return self.printed.value if self.printed.known else None

    @property
    def interval(self) -> str:
        """Its interval, empty where it has none."""
        return self.printed.interval

    @property
    def unit(self) -> str:
        """Its unit, empty where it has none."""
        return self.printed.unit

    @property
    def why(self) -> str:
        """Why it is not known."""
        return self.printed.why


def figure(said: Estimate | NotKnown, badges: Mapping[str, EvidenceBadge], *, mass_kg: float | None) -> Figure:
    """Print an estimate. Energy is in kilocalories where the body mass is known, else per kilogram."""
    title = QUANTITY.get(said.name, said.name.rsplit("_", 1)[0].replace("_", " ").capitalize())
    return badged(title, said, _printed(said, mass_kg), badges)


def badged(title: str, said: Estimate | NotKnown, printed: Printed, badges: Mapping[str, EvidenceBadge]) -> Figure:
    """Put the standing and the models beside a printed number."""
    if isinstance(said, NotKnown):
        return Figure(said.name, title, Printed(DASH, why=said.why))
    behind = tuple(badges[key] for key in said.models if key in badges)
    return Figure(said.name, title, printed, said.standing.value, said.remarks, behind, said.left_out)


def _printed(said: Estimate | NotKnown, mass_kg: float | None) -> Printed:
    if said.name in SIGNED:
        return words.change(said)
    if said.name == "energy_j_per_kg":
        return words.energy(said, mass_kg)
    unit = {"_au": "", "_count": "", "_kcal": "kcal"}.get(f"_{said.name.rsplit('_', 1)[-1]}", "")
    return words.printed(said, words.decimals(0), unit)
