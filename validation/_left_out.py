"""Every person judged by a program that was fitted without them.

What the odd marks of legs are compared with is fitted anew to all others (``fit_odd_marks``), and so is how people move
(``fit_manner``). The weights of a swing come from the one man alone, so that he is judged without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from unittest.mock import patch

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.recording import Stream
from backward_running.gait import all_detectors
from backward_running.gait.detectors.leg import foot_sensor, shank_and_thigh_sensor
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.gait.steps import trunk_manner
from backward_running.gait.steps.novelty import People
from backward_running.gait.steps.swing import Swing
from validation import _labelled as data
from validation import fit_manner
from validation._faults import at_rate, turned
from validation.fit_odd_marks import GROUPS, Part, chosen, fitted, parts

SURE = 0.9  #: what is stated from here on and wrong for five seconds is a confident mistake
LONG_S = 5.0
TRUNKS = ("waist", "chest")
KNOWN_MOUNTS = ("man", "actor", "ipol", "gaitmap", "mobgap")  #: of the pockets nobody knows how they sat


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What was answered to one steady stretch of one person."""

    part: Part
    mount_known: bool
    right_s: float
    wrong_s: float
    asked_s: float
    stated: tuple[tuple[float, float, bool], ...]  #: seconds, stated probability, whether right
    sure_mistakes: int  #: bouts of five seconds and more, wrong with 90 % and more


@contextmanager
def left_out(person: str) -> Iterator[None]:
    """Let the detectors know nothing of a person."""
    with ExitStack() as stack:
        for name, model, places, runs in GROUPS:
            others = [part for part in chosen(places, runs=runs) if part.person != person]
            known = fitted(model, others)._replace(people=_manner_without(person, places))
            for module in (foot_sensor, shank_and_thigh_sensor):
                if hasattr(module, name):
                    stack.enter_context(patch.object(module, name, known))
        stack.enter_context(patch.object(trunk_manner, "TRUNK_MANNER", _manner_without(person, TRUNKS)))
        if person == "man":
            for module in (foot_sensor, shank_and_thigh_sensor):
                stack.enter_context(patch.object(module, "swing", _no_swing))
        yield


@cache
def _manner_without(person: str, places: tuple[str, ...]) -> People:
    """Return how others move; the border is the one that is shipped, which was drawn by people left out."""
    runs = next(runs for _, of_places, runs, _ in fit_manner.GROUPS if of_places == places)
    others = [part for part in chosen(places, runs=runs) if part.person != person]
    return fit_manner.fitted(others, fit_manner.SHIPPED[places].farthest.value)


def _no_swing(*given: object) -> Swing:
    cells = len(np.asarray(given[2]))
    return Swing(np.zeros(cells), np.zeros(cells))


@cache
def people() -> tuple[str, ...]:
    """Return everybody, by name."""
    return tuple(dict.fromkeys(part.person for part in parts()))


@cache
def judged(rate_hz: float = 100.0) -> tuple[Judged, ...]:
    """Judge every stretch of everybody, mounting known where it can be and unknown always.

    Parameters
    ----------
    rate_hz : float
        What a device would have written; slower than 100 averages.
    """
    found: list[Judged] = []
    for person in people():
        with left_out(person):
            for number, part in enumerate(parts()):
                if part.person == person:
                    found += _both_ways(part, number, rate_hz)
    return tuple(found)


def _both_ways(part: Part, number: int, rate_hz: float) -> Iterator[Judged]:
    worn = part.stream if rate_hz == data.RATE_HZ else at_rate(part.stream, rate_hz)
    if part.person.startswith(KNOWN_MOUNTS):
        yield _judge(part, worn, mount_known=True)
    yield _judge(part, turned(worn, np.random.default_rng(number)), mount_known=False)


def judged_as_it_is(part: Part, worn: Stream) -> Judged:
    """Judge one stretch as a sensor of a known mounting wrote it."""
    return _judge(part, worn, mount_known=True)


def _judge(part: Part, worn: Stream, *, mount_known: bool) -> Judged:
    lasts_s = float(worn.time_s[-1]) + 0.01
    made = data.recording(worn, duration_s=lasts_s)
    truth = Direction.FORWARD if part.forward else Direction.BACKWARD
    told = [
        bout
        for bout in find_bouts_with(all_detectors(), made, None)
        if bout.direction not in (Direction.UNKNOWN, Direction.STILL)
    ]
    stated = tuple((bout.duration_s, bout.probability_share or 0.0, bout.direction is truth) for bout in told)
    return Judged(
        part,
        mount_known,
        sum(lasts for lasts, _, right in stated if right),
        sum(lasts for lasts, _, right in stated if not right),
        lasts_s,
        stated,
        sum(lasts >= LONG_S and share >= SURE and not right for lasts, share, right in stated),
    )


@dataclass(frozen=True, slots=True)
class Sum:
    """What was answered to several stretches."""

    accuracy: float  #: of what is answered
    coverage: float
    hours: float
    calibration_error: float
    sure_mistakes: int


def summed(some: list[Judged]) -> Sum:
    """Add stretches up, second by second."""
    right, wrong, asked = (
        sum(part) for part in zip(*((result.right_s, result.wrong_s, result.asked_s) for result in some), strict=True)
    )
    told = right + wrong
    every = [row for result in some for row in result.stated]
    return Sum(
        right / told if told else float("nan"),
        told / asked,
        asked / 3600.0,
        _calibration_error(every),
        sum(result.sure_mistakes for result in some),
    )


def _calibration_error(rows: list[tuple[float, float, bool]]) -> float:
    """Return the mean gap between what was stated and what came true, in tenths, weighted by seconds."""
    if not rows:
        return float("nan")
    lasts, stated, right = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    tenth = np.minimum((stated * 10.0 + 1e-9).astype(int), 9)
    gaps = [abs((lasts[at] * (stated[at] - right[at])).sum()) for at in (tenth == k for k in range(10))]
    return float(sum(gaps) / lasts.sum())
