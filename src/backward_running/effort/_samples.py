"""What is known of each sample, and which model answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import FloatArray, Span, Stream
from backward_running.core.session import Bout
from backward_running.effort import (
    oxygen_uptake_acsm_walk,
    oxygen_uptake_backward_run_this_project,
    oxygen_uptake_backward_walk_williford_1998,
    oxygen_uptake_leger_mercier_1984,
    oxygen_uptake_standing_acsm,
)
from backward_running.effort.base import BoolArray, Model
from backward_running.effort.choices import BACKWARD_RUN_FROM, FORWARD_RUN_FROM, LEVEL_WITHIN
from backward_running.signals.moving import SLOWEST, sample_durations_s

FORWARD_RUN = oxygen_uptake_leger_mercier_1984.MODEL
FORWARD_WALK = oxygen_uptake_acsm_walk.MODEL
BACKWARD_RUN = oxygen_uptake_backward_run_this_project.MODEL
BACKWARD_WALK = oxygen_uptake_backward_walk_williford_1998.MODEL
STANDING = oxygen_uptake_standing_acsm.MODEL


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Speed, grade and time of the samples of a recording or of one bout; all of shape (n,)."""

    time_s: FloatArray
    duration_s: FloatArray
    speed_mps: FloatArray
    grade_ratio: FloatArray  #: 0 where the height is not known
    grade_known: BoolArray

    def within(self, bout: Bout) -> Samples:
        """Return the samples of one bout."""
        first, last = np.searchsorted(self.time_s, (bout.start_s, bout.end_s), side="left")
        part = slice(int(first), int(last))
        return Samples(
            self.time_s[part],
            self.duration_s[part],
            self.speed_mps[part],
            self.grade_ratio[part],
            self.grade_known[part],
        )


def samples_of(working: Stream | None, pauses: Sequence[Span]) -> Samples | None:
    """Read the samples out of a working stream; None where no speed is known."""
    if working is None or not working.has("speed_mps"):
        return None
    grade = working.columns.get("grade_ratio", np.full(working.time_s.shape, np.nan))
    known = np.isfinite(grade)
    level = ~known | (np.abs(np.where(known, grade, 0.0)) <= LEVEL_WITHIN.value)
    return Samples(
        working.time_s,
        sample_durations_s(working, pauses),
        working.columns["speed_mps"],
        np.where(level, 0.0, grade),
        known,
    )


def models_for(bout: Bout, samples: Samples) -> Iterator[tuple[Model, BoolArray]]:
    """Yield each model with the samples it answers for. Samples without a speed belong to none.

    Standing is priced as standing in every bout. Backward the speed alone decides between walking and running,
    because no study has measured backward running below the speed at which people begin to run.
    """
    known = np.isfinite(samples.speed_mps)
    speed = np.where(known, samples.speed_mps, 0.0)
    still = known & (speed < SLOWEST.value)
    moves = known & ~still
    if bout.direction is Direction.BACKWARD:
        runs = speed >= BACKWARD_RUN_FROM.value
        run, walk = BACKWARD_RUN, BACKWARD_WALK
    else:
        runs = speed >= FORWARD_RUN_FROM.value if bout.gait is None else np.full(speed.shape, bout.gait is Gait.RUN)
        run, walk = FORWARD_RUN, FORWARD_WALK
    for model, mask in ((STANDING, still), (walk, moves & ~runs), (run, moves & runs)):
        if mask.any():
            yield model, mask
