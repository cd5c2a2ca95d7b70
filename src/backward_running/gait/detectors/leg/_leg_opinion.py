"""Log-odds of strides, swings and odd marks of the legs → an opinion on the time base.

A stride counts for the moments it covers, and a little beyond while the leg still swings. The swing as a whole has
log-odds of its own, and fills in where no stride was understood: at the ends of a recording, and beside a hole.

Odd marks are the second evidence, which needs no mounting. Where they contradict, nothing is said; where a stance was
not calm in absolute terms (a fast run, or the middle of a swing) the stride counts only if they agree; where nothing
else speaks they speak alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.evidence import proposed_number
from backward_running.gait.base import Opinion, State
from backward_running.gait.segment.contradicting import of_several
from backward_running.gait.segment.time_base import step_of
from backward_running.gait.steps.swing import Swing
from backward_running.gait.steps.time_odd_log_odds import MarkOdds
from backward_running.signals.window import moving_minimum

STRONGEST = proposed_number(
    "stride_strongest_nat", 5.0, "nat", "One stride speaks at most 150 to 1: a loose strap is not in the mechanics."
)
STRONGEST_SWING = proposed_number(
    "swing_strongest_nat",
    3.0,
    "nat",
    "A swing speaks at most 20 to 1: its weights come from one man, a stride's sign does not.",
)
REACH = proposed_number(
    "stride_reach_s",
    1.0,
    "s",
    "Up to a second before and after a stride that was understood, a leg that still swings goes on as it did.",
)
REACHED = proposed_number(
    "stride_reached_share", 0.6, "1", "What is carried on from a neighbouring stride weighs 0.6 of it."
)
CONTRADICTS = proposed_number(
    "odd_marks_contradict_nat", 1.1, "nat", "Odd marks that speak 3 to 1 against a stride or a swing silence it."
)
AGREES_WITHIN_S = 4.0  #: half of what odd marks of a foot or a shank are pooled over, and a window
EVIDENCE_S = 0.5  #: about the time of one step: closer rows are not independent
STILL_NAT, MOVES_NAT, OTHER_NAT = 3.0, 4.0, 4.0


class StrideOdds(NamedTuple):
    """Log-odds of the S strides of one leg that say anything."""

    start_s: FloatArray
    end_s: FloatArray
    forward_nat: FloatArray  #: log-odds of forward over backward
    is_sideways: BoolArray
    forward_runs_nat: FloatArray  #: log-odds of run over walk if they go forward
    backward_runs_nat: FloatArray
    is_calm: BoolArray  #: whether the foot surely stood at both ends
    is_aslant: BoolArray  #: between ahead and aside: it is neither


class SegmentOdds(NamedTuple):
    """What is known of one strapped segment, cell by cell of the time base."""

    strides: StrideOdds | None  #: None where its strides tell nothing of directions
    swing: Swing | None
    swings: BoolArray  #: whether the leg swings about then
    rests: BoolArray  #: whether it stands still, as a strapped segment does
    marks: MarkOdds  #: odd marks
    is_contradicted: bool = False  #: whether they say that it sits the other way round than is claimed


def opinion(key: str, segments: Sequence[SegmentOdds], time_s: FloatArray) -> Opinion:
    """Lay the log-odds of the legs onto the time base.

    Parameters
    ----------
    key : str
        Of the detector.
    segments : sequence of SegmentOdds
        One for each strapped segment.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion
        Where several segments speak, their mean, and nothing where they contradict each other. Where all of them rest
        standing is favoured, without speaking.
    """
    said = [_rows(segment, time_s + step_of(time_s) / 2) for segment in segments]
    total, speaks = of_several(said, step_of(time_s))
    rests = ~speaks & np.all([segment.rests for segment in segments], axis=0)
    total[rests, State.STILL] = STILL_NAT
    return Opinion(key, total, speaks, EVIDENCE_S, is_turned=any(segment.is_contradicted for segment in segments))


def _rows(segment: SegmentOdds, middle_s: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Return the rows of one segment; zero where it does not speak."""
    cells = len(middle_s)
    nat, forward_runs, backward_runs = np.zeros((3, cells))
    is_sideways, covered, restless, is_aslant = np.zeros((4, cells), dtype=bool)
    if segment.strides is not None and len(segment.strides.start_s):
        odds = segment.strides
        stride, away_s = _nearest(odds, middle_s)
        covered = away_s == 0.0
        reached = covered | (segment.swings & (away_s <= REACH.value))
        weight = reached * np.where(covered, 1.0, REACHED.value)
        nat = weight * np.clip(odds.forward_nat[stride], -STRONGEST.value, STRONGEST.value)
        is_sideways, is_aslant = reached & odds.is_sideways[stride], reached & odds.is_aslant[stride]
        # Out of step with the gyroscope, the force turned by it is no force of a stance.
        restless = reached & ~(odds.is_calm[stride] & segment.marks.in_step)
        forward_runs, backward_runs = weight * odds.forward_runs_nat[stride], weight * odds.backward_runs_nat[stride]
    if segment.swing is not None:
        open_nat = np.clip(segment.swing.forward_nat, -STRONGEST_SWING.value, STRONGEST_SWING.value)
        if segment.strides is not None:
            open_nat *= segment.swings
        nat = np.where(covered, nat, nat + open_nat)
        lost = nat == 0.0
        is_sideways &= covered | (open_nat == 0.0)
        forward_runs = np.where(lost | (forward_runs == 0.0), segment.swing.runs_nat, forward_runs)
        backward_runs = np.where(lost | (backward_runs == 0.0), segment.swing.runs_nat, backward_runs)
    reach = max(round(AGREES_WITHIN_S / (middle_s[1] - middle_s[0])), 1) if cells > 1 else 1
    nat = _with_marks(np.where(is_aslant, 0.0, nat), segment, is_sideways, restless, is_aslant, reach)
    speaks = nat != 0.0
    rows = _as_rows(nat, is_sideways, forward_runs, backward_runs)
    rows[~speaks] = 0.0
    return rows, speaks


def _with_marks(
    nat: FloatArray, segment: SegmentOdds, is_sideways: BoolArray, restless: BoolArray, is_aslant: BoolArray, reach: int
) -> FloatArray:
    """Return the log-odds after the second evidence was heard; of a step to the side it knows nothing.

    Odd marks are pooled over some seconds: they come late and go early at a change of direction. So a stride stands
    if they agree with it within `reach` cells, and the strides alone say when the change was.
    """
    says = np.where(is_sideways, 0.0, segment.marks.forward_nat)
    ahead, back = (-moving_minimum(-(sign * says > 0.0).astype(float), reach) > 0.0 for sign in (1.0, -1.0))
    agrees = np.where(nat > 0.0, ahead, back)
    against = (nat * says < 0.0) & (np.abs(says) >= CONTRADICTS.value) & ~agrees
    alone = restless & np.where(is_sideways, segment.marks.is_strange, ~agrees)
    heard = np.where(against | alone, 0.0, nat)
    if segment.strides is None:  # of one mind with the marks a weaker swing is worth the mean of both
        heard = np.where((heard * says > 0.0) & (np.abs(says) > np.abs(heard)), 0.5 * (heard + says), heard)
    is_silent = nat == 0.0
    if segment.strides is not None:  # beside a stride they fill nothing
        is_silent &= -moving_minimum(-np.abs(nat), reach) == 0.0
    return np.where(is_silent & ~is_aslant & segment.marks.may_answer, says, heard)


def _nearest(odds: StrideOdds, middle_s: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the stride nearest to each moment, and how far away it is; 0 within it."""
    after = np.clip(np.searchsorted(odds.start_s, middle_s), 0, len(odds.start_s) - 1)
    before = np.maximum(after - 1, 0)
    away_s = [
        np.maximum(np.maximum(odds.start_s[index] - middle_s, middle_s - odds.end_s[index]), 0.0)
        for index in (before, after)
    ]
    return np.where(away_s[0] <= away_s[1], before, after), np.minimum(*away_s)


def _as_rows(
    nat: FloatArray, is_sideways: BoolArray, forward_runs: FloatArray, backward_runs: FloatArray
) -> FloatArray:
    """Return one row per cell. The better of walk and run stays at zero, so that no direction gains by its gait."""
    sure = np.abs(nat)
    forward = np.where(is_sideways, -sure, np.minimum(nat, 0.0))
    backward = np.where(is_sideways, -sure, np.minimum(-nat, 0.0))
    rows = np.full((len(nat), len(State)), -MOVES_NAT)
    rows[:, State.FORWARD_WALK] = forward - np.maximum(forward_runs, 0.0)
    rows[:, State.FORWARD_RUN] = forward + np.minimum(forward_runs, 0.0)
    rows[:, State.BACKWARD_WALK] = backward - np.maximum(backward_runs, 0.0)
    rows[:, State.BACKWARD_RUN] = backward + np.minimum(backward_runs, 0.0)
    rows[:, State.SIDEWAYS] = np.where(is_sideways, 0.0, -np.minimum(sure, OTHER_NAT))
    rows[:, State.TURNING] = -np.minimum(sure, OTHER_NAT)
    return rows
