"""What is known of each sample, and which bout it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray, IndexArray
from backward_running.core.recording import FloatArray, Span, Stream
from backward_running.core.session import Bout
from backward_running.effort.choices import LEVEL_WITHIN
from backward_running.signals.moving import sample_durations_s


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Speed, grade and time of the samples of a recording, each of shape (n,), and their bouts."""

    bouts: tuple[Bout, ...]
    bout: IndexArray  #: index of the bout each sample belongs to, -1 for none
    duration_s: FloatArray
    speed_mps: FloatArray
    grade_ratio: FloatArray  #: 0 where the height is not known, or within the noise of level
    grade_known: BoolArray

    def sum_by_bout(self, values: FloatArray) -> FloatArray:
        """Sum `values` (n,) over the samples of each bout; shape (bouts,)."""
        inside = self.bout >= 0
        sums = np.bincount(self.bout[inside], weights=values[inside], minlength=len(self.bouts))
        return sums.astype(np.float64, copy=False)

    def seconds_by_bout_and(self, kind: IndexArray, count: int) -> FloatArray:
        """Sum the time of each bout by `kind` (n,), a small whole number; shape (bouts, count)."""
        inside = (self.bout >= 0) & (kind >= 0)
        cell = self.bout[inside] * count + kind[inside]
        sums = np.bincount(cell, weights=self.duration_s[inside], minlength=len(self.bouts) * count)
        return sums.astype(np.float64, copy=False).reshape(len(self.bouts), count)


def samples_of(working: Stream | None, bouts: Sequence[Bout], pauses: Sequence[Span]) -> Samples | None:
    """Read the samples out of a working stream; None where no speed is known."""
    if working is None or not working.has("speed_mps"):
        return None
    grade = working.columns.get("grade_ratio", np.full(working.time_s.shape, np.nan))
    known = np.isfinite(grade)
    grade = np.where(known, grade, 0.0)
    return Samples(
        tuple(bouts),
        bout_of(working.time_s, bouts),
        sample_durations_s(working, pauses),
        working.columns["speed_mps"],
        np.where(np.abs(grade) <= LEVEL_WITHIN.value, 0.0, grade),
        known,
    )


def bout_of(time_s: FloatArray, bouts: Sequence[Bout]) -> IndexArray:
    """Return the index of the bout of each moment, -1 for none.

    Bouts never overlap; they may come in any order and leave time uncovered.
    """
    if not bouts:
        return np.full(time_s.shape, -1, dtype=np.intp)
    order = np.argsort([bout.start_s for bout in bouts], kind="stable")
    starts_s = np.array([bouts[index].start_s for index in order])
    ends_s = np.array([bouts[index].end_s for index in order])
    place = np.searchsorted(starts_s, time_s, side="right") - 1
    covered = (place >= 0) & (time_s < ends_s[np.maximum(place, 0)])
    return np.where(covered, order[np.maximum(place, 0)], -1)
