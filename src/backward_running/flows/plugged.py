"""What third parties plug in: which packages are asked, and what of theirs is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from backward_running.core import plugs

HOUSE = "backward-running"


@dataclass(frozen=True, slots=True)
class Plugged:
    """One plug that is asked, and who brings it."""

    kind: str  #: "format", "detector", "place rule", …
    key: str
    title: str
    package: str


def everything() -> tuple[Plugged, ...]:
    """Return all plugs that are asked, kind by kind, with the package that brings each."""
    outside = {id(thing): plug.package for plug in plugs.outside_modules() for thing in vars(plug.module).values()}
    return tuple(
        Plugged(_in_words(kind), key, getattr(plug, "title", key), outside.get(id(plug), HOUSE))
        for room, kind in _rooms()
        for key, plug in plugs.discover(room, kind).items()
    )


def _in_words(kind: type[Any]) -> str:
    """Return the name of a kind as it is said: "place rule"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower()


def left_out() -> tuple[str, ...]:
    """Say what third parties bring and is not asked, a line for each: a module that raises, a key that is taken.

    The rooms are looked into only where a third party brings anything, so that every other start stays quick.
    """
    if not plugs.any_outside():
        return ()
    return tuple(dict.fromkeys(str(problem) for room, kind in _rooms() for problem in plugs.left_out(room, kind)))


def _rooms() -> Iterator[tuple[ModuleType, type[Any]]]:
    """Yield every room that takes plugs, with their kind."""
    from backward_running import effort, evidence, formats, gait, outcomes, places, plans, rehab
    from backward_running.evidence import claims, studies
    from backward_running.gait import detectors
    from backward_running.outcomes import designs, promises
    from backward_running.rehab import conditions

    yield formats, formats.Format
    yield formats, formats.Catalogue
    yield detectors, gait.Detector
    yield effort, effort.Model
    yield effort, effort.Tissue
    yield rehab, rehab.Rule
    yield conditions, rehab.Condition
    yield places, places.PlaceRule
    yield plans, plans.Protocol
    yield promises, outcomes.Outcome
    yield designs, outcomes.Design
    yield studies, evidence.Study
    yield claims, evidence.ClaimTable
