"""Does it work, for this person: an effect with its interval, chances, and a word; or what is missing for one.

The words are few. *Works* belongs to a registered experiment alone. Here a change is *probable* from a chance of 97.5 %
on, *no important change* where the 90 % interval lies within the smallest important one, and else it *cannot be told
yet*. Whoever looks every week looks too often for one interval; the wider one beside it holds at all looks together
[Robbins1970]_.

References
----------
.. [Robbins1970] H. Robbins, Statistical methods related to the law of the iterated logarithm, Ann. Math. Stat. 41:1397,
   1970.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

import numpy as np

from backward_running.outcomes import _cleaning
from backward_running.outcomes._cleaning import LeftOut, Readings, Why
from backward_running.outcomes._design import Design, design, reaches_back
from backward_running.outcomes._fitting import Fit, fit, jumps_of
from backward_running.outcomes._student import INSIDE_90, INSIDE_95, NORMAL_95
from backward_running.outcomes._trend import Trend, narrower, trend
from backward_running.outcomes.base import Minutes
from backward_running.outcomes.choices import (
    AHEAD,
    JUMP_SPANS,
    JUMP_WITHIN,
    LEAST_READINGS,
    LEAST_SPAN,
    LOOKED_AT,
    RECENT,
    RUN_IN,
    RUN_IN_REHABILITATION,
    SURE,
)


class Word(enum.Enum):
    """What is said in one word. *Works* is said of registered experiments only."""

    WORKS = "works"
    PROBABLY = "probably"
    PROBABLY_WORSE = "probably worse"
    NO_IMPORTANT_CHANGE = "no important change"
    CANNOT_TELL = "cannot tell yet"
    NO_NUMBER = "no number yet"


class Lacks(enum.Enum):
    """What is missing for a number."""

    NO_MINUTES = "no backward minutes"
    READINGS_BEFORE = "readings before"
    SPAN_BEFORE = "time before"
    READINGS_AFTER = "readings after"
    SPAN_AFTER = "time after"
    ALL_ALIKE = "all alike"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one person's readings."""

    days: tuple[int, ...]  #: ordinals of days, any order, several readings of a day allowed
    values: tuple[float, ...]  #: in the unit of the outcome; NaN is no reading
    backward: Minutes
    forward: Minutes | None
    important: float  #: the smallest change that matters, above 0
    better: int  #: +1 where more is better, -1 where less is
    in_rehabilitation: bool = False
    is_mass: bool = False  #: pounds may be mixed in
    has_device: bool = False  #: a device that may be exchanged may make every reading jump
    device_changed: tuple[int, ...] = ()  #: days on which, as the person says, another device came
    device_same: tuple[int, ...] = ()  #: days on which, as they say, none did


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one outcome. Numbers are None where there is no number."""

    word: Word
    before_count: int  #: readings that count, before the run-in
    after_count: int
    left_out: tuple[LeftOut, ...]
    lacks: tuple[Lacks, ...] = ()
    effect: float | None = None  #: by the last reading, in the unit of the outcome; its sign as it is
    low: float | None = None  #: 95 % interval
    high: float | None = None
    always_low: float | None = None  #: holds however often one looks
    always_high: float | None = None
    chance_better: float | None = None
    chance_enough: float | None = None  #: better by the smallest important change or more
    error: float | None = None  #: half the 95 % interval over 1.96
    more_weeks: int | None = None  #: until an answer, going on as now; None: none in a year, or there is one
    explained_by: tuple[str, ...] = ()
    jump_on: int | None = None  #: the day from which on every reading is another: was the device changed?
    trend: Trend | None = None
    readings: Readings | None = None
    knows_forward: bool = (
        True  #: False: forward minutes begin later than the readings, so nothing is taken off for them
    )

    @property
    def is_open(self) -> bool:
        """Whether there is a number and nothing can be told from it yet."""
        return self.word is Word.CANNOT_TELL


def answer(question: Question, *, with_curves: bool = True) -> Answer:
    """Answer one question.

    Parameters
    ----------
    question : Question
        The readings, the minutes, what matters.
    with_curves : bool
        Whether the trend and the weeks that are missing are wanted, too.

    Returns
    -------
    Answer
        With a number, or with what is missing for one. Missing readings stay missing.

    Valid for
    ---------
    Readings over at least 21 days before the run-in and 21 days after the first backward session, three in each.

    References
    ----------
    [Robbins1970]_ for the interval that holds at every look.
    """
    readings, whole, left_out, before = _usable(question)
    lacks = _lacking(question, readings, before)
    after_count = len(readings.days) - before
    if lacks:
        return Answer(Word.NO_NUMBER, before, after_count, left_out, lacks, readings=readings)
    explained = design(readings.days, question.backward, question.forward)
    # What is expected of the peak counts as a reading: its column costs none.
    if len(readings.days) - explained.columns.shape[1] < LEAST_READINGS.value:
        return Answer(Word.NO_NUMBER, before, after_count, left_out, (Lacks.READINGS_AFTER,), readings=readings)
    found, jump_on = _fitted(question, readings, explained, whole)
    low, effect, high, *inside = found.quantiles(INSIDE_95[0], 0.5, INSIDE_95[1], *INSIDE_90)
    error = (high - low) / (2.0 * NORMAL_95)
    wide = error * _sequence(error, question.important)
    better = _chance(found, question.better, 0.0)
    word = _word(question, better, *inside)
    return Answer(
        word,
        before,
        after_count,
        left_out,
        (),
        effect,
        low,
        high,
        effect - wide,
        effect + wide,
        better,
        _chance(found, question.better, question.important),
        error,
        _weeks_missing(question, readings, found, inside) if with_curves and word is Word.CANNOT_TELL else None,
        found.design.names,
        jump_on,
        trend(readings, found, question.backward) if with_curves else None,
        readings,
        question.forward is not None and reaches_back(question.forward, readings.days[0]),
    )


def _usable(question: Question) -> tuple[Readings, Readings, tuple[LeftOut, ...], int]:
    """Return readings that count, those with the run-in, what is left out, and how many that count lie before."""
    days, values = _cleaning.daily(question.days, question.values)
    left_out: list[LeftOut] = []
    if question.is_mass:
        pounds = _cleaning.in_pounds(values)
        left_out += _left(Why.POUNDS, days[pounds])
        days, values = days[~pounds], values[~pounds]
    if not len(question.backward.days):
        readings = _cleaning.thinned(days, values, None)
        return readings, readings, tuple(left_out), len(days)
    first = question.backward.days[0]
    run_in = (RUN_IN_REHABILITATION if question.in_rehabilitation else RUN_IN).value
    running_in = (days >= first - run_in) & (days < first)
    left_out += _left(Why.RUN_IN, days[running_in])
    readings = _cleaning.thinned(days[~running_in], values[~running_in], first)
    whole = _cleaning.thinned(days, values, first)
    return readings, whole, tuple(left_out), int((readings.days < first).sum())


def _left(why: Why, days: object) -> list[LeftOut]:
    on = tuple(int(day) for day in days)  # type: ignore[attr-defined]
    return [LeftOut(why, on)] if on else []


def _lacking(question: Question, readings: Readings, before: int) -> tuple[Lacks, ...]:
    if not len(question.backward.days):
        return (Lacks.NO_MINUTES,)
    phases = (
        (readings.days[:before], Lacks.READINGS_BEFORE, Lacks.SPAN_BEFORE),
        (readings.days[before:], Lacks.READINGS_AFTER, Lacks.SPAN_AFTER),
    )
    found = []
    for days, few, short in phases:
        if len(days) < LEAST_READINGS.value:
            found.append(few)
        elif days[-1] - days[0] < LEAST_SPAN.value - 1.0:
            found.append(short)
    if not found and readings.values.min() == readings.values.max():
        found.append(Lacks.ALL_ALIKE)
    return tuple(found)


def _fitted(question: Question, readings: Readings, explained: Design, whole: Readings) -> tuple[Fit, int | None]:
    """Return the fit, and a jump of a device: it is looked for in the weeks of the run-in, too."""
    if not question.has_device:
        return fit(readings, explained, question.important), None
    least, told = int(LEAST_READINGS.value), (*question.device_changed, *question.device_same)
    at = whole.days[least : len(whole.days) - least + 1]
    within = np.maximum(JUMP_WITHIN.value, JUMP_SPANS.value * (at - whole.days[least - 1 : len(whole.days) - least]))
    for said in told:
        at, within = at[abs(at - said) > within], within[abs(at - said) > within]
    asked = design(whole.days, question.backward, question.forward)
    for day in question.device_changed:
        explained, asked = explained.with_jump(readings.days, day), asked.with_jump(whole.days, day)
    jumps = jumps_of(whole, asked, question.important, at)
    likely = jumps.likely()
    return fit(readings, explained, question.important, jumps), None if likely is None else int(likely)


def _chance(found: Fit, better: int, by: float) -> float:
    """Return the chance that it is better by more than so much."""
    return found.chance_above(by) if better > 0 else 1.0 - found.chance_above(-by)


def _word(question: Question, better: float, low: float, high: float) -> Word:
    """Return the word, from the chance that it is better and the 90 % interval."""
    if better > SURE.value:
        return Word.PROBABLY
    if better < 1.0 - SURE.value:
        return Word.PROBABLY_WORSE
    is_inside = -question.important < low and high < question.important
    return Word.NO_IMPORTANT_CHANGE if is_inside else Word.CANNOT_TELL


def _sequence(error: float, important: float) -> float:
    """Return how many standard errors an interval is wide to each side that holds at every look.

    >>> _sequence(0.5, 0.5) > 2.5
    True
    """
    tuned = (LOOKED_AT.value * important / error) ** 2
    return math.sqrt((1.0 + 1.0 / tuned) * (2.0 * math.log(1.0 / (2.0 * INSIDE_95[0])) + math.log1p(tuned)))


def _weeks_missing(question: Question, readings: Readings, found: Fit, inside: list[float]) -> int | None:
    """Return after how many more weeks the 90 % interval is as narrow as the smallest important change on each side."""
    half = 0.5 * (inside[1] - inside[0])
    low, high = 0, len(AHEAD)
    while low < high:
        middle = (low + high) // 2
        shrunk = half * narrower(readings, found, question.backward, AHEAD[middle], RECENT.value)
        low, high = (low, middle) if shrunk <= question.important else (middle + 1, high)
    return AHEAD[low] if low < len(AHEAD) else None
