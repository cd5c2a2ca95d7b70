"""Let the program judge labelled recordings, second by second, and keep what is needed to score it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray
from backward_running.core.habits import Habits
from backward_running.core.recording import FloatArray
from backward_running.core.session import Bout
from backward_running.gait import all_detectors
from backward_running.gait.base import Detector
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.signals import working_stream
from validation import _scores as scores
from validation._labelled import Labelled
from validation._scores import Way, Ways

ALWAYS = "speed_and_cadence"  #: tells standing from moving and never a direction: asked along with every detector


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What was true and what was answered, second by second; outcomes of several recordings are put end to end."""

    truth: Ways
    answer: Ways
    share: FloatArray
    speed_mps: FloatArray
    mixed: BoolArray  #: seconds in which the truth itself changes
    delays_s: tuple[float, ...]

    def where(self, chosen: np.ndarray) -> Outcome:
        """Return some of the seconds; the delays stay."""
        return Outcome(
            self.truth[chosen],
            self.answer[chosen],
            self.share[chosen],
            self.speed_mps[chosen],
            self.mixed[chosen],
            self.delays_s,
        )

    @property
    def pure(self) -> Outcome:
        """The seconds in which nothing changes."""
        return self.where(~self.mixed)

    @property
    def matrix(self) -> np.ndarray:
        """The confusion matrix."""
        return scores.confusion(self.truth, self.answer)

    @property
    def accuracy(self) -> float:
        """Balanced accuracy of what is answered."""
        return scores.balanced_accuracy(self.matrix)

    @property
    def coverage(self) -> float:
        """Share of moving seconds that are answered."""
        return scores.coverage(self.matrix)

    @property
    def delay_s(self) -> float:
        """Median delay at the changes of direction; infinite where most are not found, NaN where there are none."""
        return float(np.median(self.delays_s)) if self.delays_s else math.nan

    @property
    def missed(self) -> int:
        """Changes of direction that were not found."""
        return sum(math.isinf(delay_s) for delay_s in self.delays_s)

    @property
    def curve(self) -> tuple[scores.Reliability, ...]:
        """Reliability of the stated probability where forward, backward or sideways was answered to a moving second."""
        told = np.isin(self.truth, (Way.FORWARD, Way.BACKWARD)) & np.isin(self.answer, (Way.FORWARD, Way.BACKWARD))
        return scores.reliability(self.share[told], self.answer[told] == self.truth[told])

    @property
    def calibration_error(self) -> float:
        """Expected calibration error."""
        return scores.expected_calibration_error(self.curve)


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Put outcomes end to end."""
    every = list(outcomes)
    return Outcome(
        np.concatenate([outcome.truth for outcome in every]),
        np.concatenate([outcome.answer for outcome in every]),
        np.concatenate([outcome.share for outcome in every]),
        np.concatenate([outcome.speed_mps for outcome in every]),
        np.concatenate([outcome.mixed for outcome in every]),
        tuple(delay for outcome in every for delay in outcome.delays_s),
    )


def detectors_for(key: str | None) -> Mapping[str, Detector]:
    """Return one detector with what always goes along, or all of them."""
    every = all_detectors()
    return every if key is None else {name: every[name] for name in every if name in {key, ALWAYS}}


def bouts_of(labelled: Labelled, key: str | None = None, habits: Habits | None = None) -> tuple[Bout, ...]:
    """Return the bouts that the program finds: with one detector, or as it is used, with all."""
    return find_bouts_with(detectors_for(key), labelled.recording, working_stream(labelled.recording), habits)


def judge(labelled: Labelled, key: str | None = None, habits: Habits | None = None) -> Outcome:
    """Judge a labelled recording by the second: true is what most samples say, the answer is that of its middle."""
    bouts = bouts_of(labelled, key, habits)
    second_s = np.arange(max(math.floor(labelled.recording.duration_s), 1), dtype=float)
    truth = scores.majority(labelled.way, labelled.truth_s, second_s)
    answer, share = scores.answered_ways(bouts, second_s + 0.5)
    cell = np.clip(np.searchsorted(second_s, labelled.truth_s, side="right") - 1, 0, len(second_s) - 1)
    with np.errstate(invalid="ignore"):
        speed = np.bincount(cell, labelled.speed_mps, len(second_s)) / np.bincount(cell, minlength=len(second_s))
    changed = np.flatnonzero(np.diff(labelled.way)) + 1
    mixed = np.zeros(len(second_s), dtype=bool)
    mixed[cell[changed]] = True
    return Outcome(truth, answer, share, speed, mixed, tuple(scores.delays_s(labelled.changes, bouts)))
