"""What plan, laps and marks claim about the direction: steps of the workout, names of laps, marks.

A claim is a strong prior and not the truth: speed and step length may contradict it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Lap, RecordedStep, Recording
from backward_running.evidence import proposed_number
from backward_running.gait.base import State, Statement
from backward_running.gait.labels.direction_words import said_in
from backward_running.gait.segment.time_base import cell_means, step_of

NAMED = proposed_number(
    "planned_named_share",
    0.93,
    "1",
    "A step, lap or mark that names its direction was done that way in about 93 of 100 cases; the others lost the "
    "thread, turned early or pressed late.",
)
IMPLIED = proposed_number(
    "planned_implied_share",
    0.80,
    "1",
    "In a workout with backward steps, a step that names no direction was done forward in about 80 of 100 cases.",
)
IN_NOTES = proposed_number(
    "planned_in_notes_share",
    0.85,
    "1",
    "A direction that stands only in the notes of a step is believed a little less.",
)
FASTEST_BACKWARD = proposed_number(
    "planned_fastest_backward_mps",
    4.5,
    "m s⁻¹",
    "Faster than 4.5 m/s few people on earth run backward: a backward step done at that speed was not done backward.",
)
LONGEST_BACKWARD_STEP = proposed_number(
    "planned_longest_backward_step_m",
    1.6,
    "m",
    "Backward steps are short: over 1.6 m from speed and cadence a backward step of the plan is not believed.",
)
GAIT_SAID = proposed_number(
    "planned_gait_nat", 1.0, "nat", "A step that says walk or run weighs 2.7 to 1; clear speed or cadence outweighs it."
)
SHORT_MARKED = proposed_number(
    "marked_short_s",
    10.0,
    "s",
    "Between two marks up to 10 s apart nothing is smoothed away: the runner gave both ends of it.",
)
LONGEST_NOTE = 60  #: characters; a longer note is a coach talking, and may speak of other steps


class Claim(NamedTuple):
    """A stretch of time for which somebody stated a direction."""

    start_s: float
    end_s: float
    direction: Direction
    gait: Gait | None
    share: float
    is_marked: bool = False  #: by the runner, on the way


def claims_of(recording: Recording) -> list[Claim]:
    """Return what plan, laps and marks state, weakest first: a later claim overrides an earlier one.

    Parameters
    ----------
    recording : Recording
        With laps (that may belong to a workout step), steps and marks.

    Returns
    -------
    list of Claim
        Only stretches for which a direction is stated or implied.
    """
    return [*_claims_of_laps(recording), *_claims_of_marks(recording)]


def claims_backward(recording: Recording) -> bool:
    """Say whether a recording is called a backward one, or a step, lap or mark of it names a stretch backward."""
    return is_called_backward(recording) or any(claim.direction is Direction.BACKWARD for claim in claims_of(recording))


def is_called_backward(recording: Recording) -> bool:
    """Say whether the name of a recording speaks of running backward: of how much of it, it does not say."""
    return said_in(recording.title).direction is Direction.BACKWARD


@dataclass(frozen=True, slots=True, eq=False)
class Claimed:
    """The claims of a recording on a time base."""

    log_likelihood: FloatArray  #: shape (n, 7), zero where nothing is claimed
    is_claimed: BoolArray  #: shape (n,), false too where speed or step length contradict
    statement: Statement

    @property
    def forward_nat(self) -> FloatArray:
        """The log-odds of forward against backward; 0 where nothing is claimed."""
        scores = self.log_likelihood
        forward = scores[:, [State.FORWARD_WALK, State.FORWARD_RUN]].max(axis=1)
        backward = scores[:, [State.BACKWARD_WALK, State.BACKWARD_RUN]].max(axis=1)
        return np.where(self.is_claimed, forward - backward, 0.0)


def claimed(recording: Recording, time_s: FloatArray) -> Claimed | None:
    """Return what was claimed, where speed and step length do not contradict it.

    Parameters
    ----------
    recording : Recording
        With laps, steps or marks; its speed and cadence may contradict them.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Claimed or None
        None where nothing is claimed.
    """
    claims = claims_of(recording)
    if not claims:
        return None
    log_likelihood = np.zeros((len(time_s), len(State)))
    is_claimed = np.zeros(len(time_s), dtype=bool)
    stretch = np.full(len(time_s), -1)
    too_fast = _too_fast_for_backward(recording, time_s)
    middle_s = time_s + step_of(time_s) / 2
    for number, claim in enumerate(claims):
        first, last = np.searchsorted(middle_s, [claim.start_s, claim.end_s])
        log_likelihood[first:last] = _row(claim.direction, claim.gait, claim.share)
        is_claimed[first:last] = True
        is_short = claim.is_marked and claim.end_s - claim.start_s <= SHORT_MARKED.value
        stretch[first:last] = number if is_short else -1
        if claim.direction is Direction.BACKWARD:
            is_claimed[first:last] &= ~too_fast[first:last]
    log_likelihood[~is_claimed] = 0.0
    borders_s = np.unique([moment for claim in claims for moment in (claim.start_s, claim.end_s)])
    return Claimed(log_likelihood, is_claimed, Statement(np.where(is_claimed, stretch, -1), borders_s))


def _claims_of_laps(recording: Recording) -> Iterator[Claim]:
    steps = {step.index: step for step in recording.steps}
    is_ours = any(said_in(step.name).direction is Direction.BACKWARD for step in recording.steps)
    for lap in recording.laps:
        step = steps.get(lap.step_index) if lap.step_index is not None else None
        claim = _claim_of_lap(lap, step, is_ours=is_ours)
        if claim is not None:
            yield claim


def _claim_of_lap(lap: Lap, step: RecordedStep | None, *, is_ours: bool) -> Claim | None:
    """Ask the lap's own label first, then the step's name, then its notes, then the company it keeps."""
    if not lap.end_s > lap.start_s:
        return None
    name, notes = (step.name, step.notes) if step is not None else (None, None)
    short_notes = notes if notes is not None and len(notes) <= LONGEST_NOTE else None
    gait = said_in(name).gait or said_in(lap.label).gait
    for text, share in ((lap.label, NAMED), (name, NAMED), (short_notes, IN_NOTES)):
        said = said_in(text)
        if said.direction is not None:
            return Claim(lap.start_s, lap.end_s, said.direction, said.gait or gait, share.value)
    if is_ours and step is not None:
        return Claim(lap.start_s, lap.end_s, Direction.FORWARD, gait, IMPLIED.value)
    return None


def _claims_of_marks(recording: Recording) -> Iterator[Claim]:
    """A mark holds until the next one, whatever that says."""
    marks = sorted(recording.marks, key=lambda mark: mark.time_s)
    ends_s = [mark.time_s for mark in marks[1:]] + [recording.duration_s] * bool(marks)
    for mark, end_s in zip(marks, ends_s, strict=True):
        said = said_in(mark.text)
        if said.direction is not None and end_s > mark.time_s:
            yield Claim(mark.time_s, end_s, said.direction, said.gait, NAMED.value, is_marked=True)


@lru_cache(maxsize=64)
def _row(direction: Direction, gait: Gait | None, share: float) -> FloatArray:
    """Return the log-likelihoods of one claim. It says nothing about standing: that is as good as its best state."""
    opposite = Direction.FORWARD if direction is Direction.BACKWARD else Direction.BACKWARD
    left = 1.0 - share
    shares = {direction: share, opposite: 0.8 * left}
    row = np.zeros(len(State))
    for state in State:
        if state is State.STILL:
            continue
        row[state] = np.log(shares.get(state.direction, 0.1 * left) / share)
        if gait is not None and state.gait not in (None, gait):
            row[state] -= GAIT_SAID.value
    row.setflags(write=False)
    return row


def _too_fast_for_backward(recording: Recording, time_s: FloatArray) -> BoolArray:
    """Say where speed, or speed over cadence, cannot be running backward; not where neither is known."""
    stream = recording.stream_with("speed_mps")
    if stream is None:
        return np.zeros(time_s.shape, dtype=bool)
    speed = cell_means(stream.time_s, stream.columns["speed_mps"], time_s)
    cadence = np.full(time_s.shape, np.nan)
    if stream.has("cadence_spm"):
        cadence = cell_means(stream.time_s, stream.columns["cadence_spm"], time_s)
    with np.errstate(invalid="ignore", divide="ignore"):
        step_m = np.where(cadence > 0.0, speed * 60.0 / cadence, np.nan)
        return np.asarray((speed > FASTEST_BACKWARD.value) | (step_m > LONGEST_BACKWARD_STEP.value))
