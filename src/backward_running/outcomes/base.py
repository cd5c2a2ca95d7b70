"""The contracts of the room: minutes by day, and what a promise is measured by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from backward_running.core.arrays import FloatArray
from backward_running.core.athlete import CheckIn
from backward_running.core.errors import BadValue
from backward_running.core.measurement import Measurement
from backward_running.evidence import Evidence, Number


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes by day."""

    days: FloatArray  #: (k,) ordinals of days, rising
    minutes: FloatArray  #: (k,)


@dataclass(frozen=True, slots=True)
class RunReading:
    """What of a run promises are read from. Missing is None."""

    on: date
    forward_s: float
    forward_mps: float | None  #: mean speed of forward running
    reserve_ratio: float | None  #: mean share of the heart rate reserve meanwhile


@dataclass(frozen=True, slots=True)
class Told:
    """What there is of a person to read promises from, oldest first; moments are on their clock."""

    measurements: Sequence[Measurement] = ()
    check_ins: Sequence[CheckIn] = ()
    runs: Sequence[RunReading] = ()
    site: str | None = None  #: of the body, where an outcome is asked site by site


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of an outcome on a day."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What a study found of the same, in the unit of the outcome and the direction of the outcome."""

    effect: float
    low: float | None  #: 95 % interval; None: not read
    high: float | None
    evidence: Evidence
    sites: tuple[str, ...] = ()  #: of the body; empty: all


@dataclass(frozen=True, slots=True)
class Timing:
    """How a test is done with a stopwatch, step by step."""

    steps: tuple[str, ...]
    limit_s: float | None = None  #: the test ends there; None: it ends where it is stopped
    is_down: bool = False  #: it counts down to its end
    is_result: bool = True  #: the seconds are the result; else it is typed


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a questionnaire, in its published words, and what each answer is worth."""

    text: str
    choices: tuple[tuple[str, float], ...]  #: words and value, in the order in which they are offered


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions that may be used freely, scored as published: the mean of what was answered, on 0 to 100."""

    asks: str  #: what stands above the questions
    items: tuple[Item, ...]
    credit: str  #: whose it is, and by what permission it stands here

    def score(self, answers: Sequence[int | None]) -> float:
        """Return the mean value of the answers.

        Parameters
        ----------
        answers : sequence of int or None
            The number of the choice for each item, from 1; None: not answered, and in no mean.

        Returns
        -------
        float
            From 0 to 100.

        Raises
        ------
        BadValue
            There is not one answer for each item, no answer at all, or one that was not offered.
        """
        if len(answers) != len(self.items):
            raise BadValue("answers", f"be {len(self.items)}, one for each question", len(answers), "Use - for none.")
        given = [(item, answer) for item, answer in zip(self.items, answers, strict=True) if answer is not None]
        if not given:
            raise BadValue("answers", "hold one answer at least", "none", "Answer what you can.")
        for item, answer in given:
            if not 1 <= answer <= len(item.choices):
                raise BadValue("answer", f"be 1 to {len(item.choices)}", answer, f"Asked was: {item.text}")
        return sum(item.choices[answer - 1][1] for item, answer in given) / len(given)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One promise, and by what it is measured."""

    key: str
    title: str
    promise: str  #: what the article says, in a sentence
    unit: str  #: of values, effects and the smallest important change, as printed; "" where there is none
    better: int  #: +1 where more is better, -1 where less is
    important: Number  #: the smallest change that matters
    measurement_error: Number | None  #: standard error of one measurement; None: not known
    series: Callable[[Told], tuple[Reading, ...]]
    evidence: tuple[Evidence, ...]
    lowest: float  #: what may be typed, in the unit
    highest: float
    is_typed: bool = True  #: whether it is typed as a measurement; else it comes from runs and check-ins
    by_site: bool = False  #: whether it is asked for each site of the body by itself
    places: int = 1  #: digits after the point
    is_mass: bool = False
    has_device: bool = False
    is_claim_false: bool = False  #: the article's claim is false: studies do not help it
    studies: tuple[Effect, ...] = ()
    timing: Timing | None = None  #: where it is a test that is timed
    questionnaire: Questionnaire | None = None  #: where it is answered, question by question
    how: str = ""  #: how it is measured, for who does it alone
    warning: str = ""

    def __post_init__(self) -> None:
        if self.better not in (-1, 1):
            raise BadValue("better", "be 1 where more is better and -1 where less is", self.better)
        if self.important.value <= 0:
            raise BadValue("important", "be above 0", self.important.value)
        if not self.evidence:
            raise BadValue("evidence", "name what the outcome rests on", self.evidence)
        if self.is_claim_false and self.studies:
            raise BadValue("studies", "be empty where the claim is false", self.key)


def measured(kind: str) -> Callable[[Told], tuple[Reading, ...]]:
    """Return what reads the measurements of one kind."""

    def series(told: Told) -> tuple[Reading, ...]:
        return tuple(
            Reading(reading.measured_at.date(), reading.value) for reading in told.measurements if reading.kind == kind
        )

    return series
