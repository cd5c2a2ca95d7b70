"""The contract of an effort model: a plain function, its range of validity, its limits, its evidence."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from backward_running.core.arrays import BoolArray
from backward_running.core.athlete import Sex
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, OutsideValidRange
from backward_running.core.recording import FloatArray
from backward_running.core.standing import Standing, weakest
from backward_running.evidence import Evidence

#: One number or many: every model takes and returns either.
Numbers = float | FloatArray


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
            if beyond.any():
                first = float(array.reshape(-1)[int(np.argmax(beyond))])
                raise OutsideValidRange(
                    f"{words} Ask for {name} from {limit.lowest:g} to {limit.highest:g}; got {first:g}."
                )


@dataclass(frozen=True, slots=True)
class WithFactor:
    """The same formula with a runner's own factor of backward running.

    ``low``, ``best`` and ``high`` take speed, grade and ``factor``, that end of the runner's own interval: a ratio is
    made of them. ``people_low`` and ``people_high`` take ``end`` as well, and hold how people differ forward: the
    interval of an uptake. Without them the former are taken. Each is given ``backward_experience_min`` if
    it takes it.
    """

    low: Callable[..., Any]
    best: Callable[..., Any]
    high: Callable[..., Any]
    #: Whether the factor is all that the price of the population guesses: with the runner's own it then stands as well
    #: as the forward price it is laid on.
    complete: bool
    people_low: Callable[..., Any] | None = None
    people_high: Callable[..., Any] | None = None


@dataclass(frozen=True, slots=True)
class OfFactor:
    """The ends of a backward price with the interval of the factor alone; both take what the model takes."""

    low: Callable[..., Any]
    high: Callable[..., Any]
    standing: Standing  #: how far the factor can be leaned on: what the studies behind it amount to together


@dataclass(frozen=True, slots=True)
class Model:
    """A way to put a number on a stretch of running.

    ``best``, ``low`` and ``high`` are the same formula with the middle, lower and upper constants; all three take the
    same keyword arguments, named in core.names, floats or arrays, and return ``gives``. Where all three are the same
    function the number is a definition (a training load), not an estimate.
    ``valid`` is the range of each input that was measured. Inside it an answer has the standing of its evidence,
    outside it is demoted to *extrapolated* where ``may_extrapolate`` holds and refused where it does not.
    ``limits`` are the bounds beyond which it is always refused, each with the sentence the runner reads.

    Of the models that give the same quantity for the same direction and gait, out of what is known, the one of the
    highest ``priority`` is asked (:mod:`backward_running.effort._registry`). Those of the house stand at 0, or below
    where they are kept for comparison.
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
    priority: int = 0
    sex: Sex | None = None  #: None: serves all
    caveats: tuple[str, ...] = ()  #: said with every answer
    assumes: Mapping[str, str] = field(default_factory=dict)  #: input that may be missing → what is said where it is
    with_factor: WithFactor | None = None  #: None: a runner's own factor changes nothing
    #: Of a backward price: the ends with the interval of the factor alone, how people differ forward left out. A ratio
    #: of backward over forward is made of them. None: low and high are.
    of_factor: OfFactor | None = None
    #: What is said of an answer beyond ``valid``; by default that it lies outside what was measured.
    outside: str = "This speed or slope lies outside what was measured."

    def __post_init__(self) -> None:
        if not self.evidence:
            raise BadValue("evidence", "name at least one source", self.evidence)

    @property
    def inputs(self) -> frozenset[str]:
        """The names it takes."""
        return _inputs(self.best)[0]

    @property
    def needs(self) -> frozenset[str]:
        """The names it cannot do without."""
        return _inputs(self.best)[1]

    @property
    def of_the_house(self) -> bool:
        """Whether its formula is one of this program's, and no third party's."""
        return self.best.__module__.startswith("backward_running.")

    @property
    def standing(self) -> Standing:
        """How far an answer inside the valid range can be leaned on: as far as the weakest source."""
        return weakest(*(source.standing for source in self.evidence))

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


@cache
def inputs_of(formula: Callable[..., Any]) -> frozenset[str]:
    """Return the names that a formula takes."""
    return _inputs(formula)[0]


@cache
def _inputs(formula: Callable[..., Any]) -> tuple[frozenset[str], frozenset[str]]:
    """Read the names that a formula takes, and those without which it cannot be asked, off its signature."""
    parameters = inspect.signature(formula).parameters
    needed = (name for name, said in parameters.items() if said.default is said.empty)
    return frozenset(parameters), frozenset(needed)
