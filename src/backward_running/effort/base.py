"""The contract of an effort model: a plain function, its range of validity, its limits, its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, OutsideValidRange
from backward_running.core.recording import FloatArray
from backward_running.core.standing import Standing, weakest
from backward_running.evidence import Evidence

#: One number or many: every model takes and returns either.
Numbers = float | FloatArray
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a model stops answering, and the sentence it says there. A bound itself is still answered."""

    lowest: float
    highest: float
    below: str
    above: str


def refuse_outside(limits: Mapping[str, Limit], **where: Numbers) -> None:
    """Raise where any value lies beyond its limit. A missing value (NaN) is not beyond it.

    Raises
    ------
    OutsideValidRange
        With the limit's own sentence and the value that came.
    """
    for name, values in where.items():
        if name not in limits:
            continue
        limit, array = limits[name], np.asarray(values, dtype=float)
        for beyond, words in ((array < limit.lowest, limit.below), (array > limit.highest, limit.above)):
            if np.any(beyond):
                first = float(array.reshape(-1)[int(np.argmax(beyond))])
                raise OutsideValidRange(
                    f"{words} Ask for {name} from {limit.lowest:g} to {limit.highest:g}; got {first:g}."
                )


@dataclass(frozen=True, slots=True)
class Model:
    """A way to put a number on a stretch of running.

    ``best``, ``low`` and ``high`` are the same formula with the middle, lower and upper constants; all three take the
    same keyword arguments, named in core.names, floats or arrays, and return ``gives``. Where all three are the same
    function the number is a definition (a training load), not an estimate.
    ``valid`` is the range of each input that was measured. Inside it an answer has the standing of its evidence,
    outside it is demoted to *extrapolated* where ``may_extrapolate`` holds and refused where it does not.
    ``limits`` are the bounds beyond which it is always refused, each with the sentence the runner reads.
    """

    key: str  #: also the file's name: "oxygen_uptake_leger_mercier_1984"
    title: str
    version: str
    direction: Direction | None  #: None: serves all
    gait: Gait | None  #: None: serves both
    gives: str  #: name of core.names
    best: Callable[..., Any]
    low: Callable[..., Any]
    high: Callable[..., Any]
    valid: Mapping[str, tuple[float, float]]
    may_extrapolate: bool
    evidence: tuple[Evidence, ...]
    limits: Mapping[str, Limit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)

    @property
    def standing(self) -> Standing:
        """How far an answer inside the valid range can be leaned on: as far as the weakest source."""
        return weakest(*(one.standing for one in self.evidence))

    def standing_at(self, **where: float) -> Standing | None:
        """Return the standing of an answer at `where`, or None where the model must refuse."""
        if self.refused(**where):
            return None
        return self.standing if self.inside(**where) else weakest(self.standing, Standing.EXTRAPOLATED)

    def inside(self, **where: Numbers) -> BoolArray:
        """Say, for each value, whether all inputs lie within the measured range."""
        answer = np.asarray(True)
        for name, (low, high) in self.valid.items():
            if name in where:
                values = np.asarray(where[name], dtype=float)
                answer = answer & (values >= low) & (values <= high)
        return np.asarray(answer, dtype=bool)

    def refused(self, **where: Numbers) -> BoolArray:
        """Say, for each value, whether the model has no answer there."""
        answer = np.asarray(False) if self.may_extrapolate else ~self.inside(**where)
        for name, limit in self.limits.items():
            if name in where:
                values = np.asarray(where[name], dtype=float)
                answer = answer | (values < limit.lowest) | (values > limit.highest)
        return np.asarray(answer, dtype=bool)
