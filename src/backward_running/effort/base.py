"""The contract of an effort model: a plain function, its range of validity, its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.standing import Standing
from backward_running.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Model:
    """A way to put a number on a stretch of running.

    ``best``, ``low`` and ``high`` are the same formula with the middle, lower and upper constants; all three take the
    same keyword arguments, named in core.names, floats or arrays, and return ``gives``.
    ``valid`` is the range of each input that was measured. Inside it an answer has the standing of its evidence,
    outside it is demoted to *extrapolated* where ``may_extrapolate`` holds and refused where it does not.
    """

    key: str  #: also the file's name: "oxygen_uptake_leger_mercier_1984"
    title: str
    version: str
    direction: Direction
    gait: Gait | None  #: None: serves both
    gives: str  #: name of core.names
    best: Callable[..., Any]
    low: Callable[..., Any]
    high: Callable[..., Any]
    valid: Mapping[str, tuple[float, float]]
    may_extrapolate: bool
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)

    def standing_at(self, **where: float) -> Standing | None:
        """Return the standing of an answer at `where`, or None where the model must refuse."""
        inside = all(low <= where[name] <= high for name, (low, high) in self.valid.items() if name in where)
        if inside:
            return min((one.standing for one in self.evidence), key=lambda standing: standing.rank)
        return Standing.EXTRAPOLATED if self.may_extrapolate else None
