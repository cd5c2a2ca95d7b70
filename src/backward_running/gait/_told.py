"""What strides tell → an opinion on the time base: the stride that covers a moment, or the nearest one not far away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backward_running.core.recording import FloatArray
from backward_running.gait import speed_and_cadence
from backward_running.gait._proposal import proposal
from backward_running.gait.base import Opinion, State

STRONGEST = proposal(
    "stride_strongest_nat", 5.0, "nat", "One stride speaks at most 150 to 1: a loose strap is not in the mechanics."
)
REACH = proposal(
    "stride_reach_s",
    1.0,
    "s",
    "Up to a second before and after a stride that was understood, a leg that still swings goes on as it did.",
)
REACHED = proposal("stride_reached_share", 0.6, "1", "What is carried on from a neighbouring stride weighs 0.6 of it.")
EVIDENCE_S = 0.5  #: about the time of one step: closer rows are not independent
STILL_NAT, MOVES_NAT, OTHER_NAT = 3.0, 4.0, 4.0


class Told(NamedTuple):
    """What one leg tells of S strides; those that tell nothing are left out."""

    start_s: FloatArray
    end_s: FloatArray
    forward_nat: FloatArray  #: log-odds of forward over backward
    is_sideways: npt.NDArray[np.bool_]
    forward_runs_nat: FloatArray  #: log-odds of run over walk if they go forward
    backward_runs_nat: FloatArray


def opinion(key: str, legs: Sequence[tuple[Told | None, FloatArray, FloatArray]], time_s: FloatArray) -> Opinion:
    """Lay what the legs tell onto the time base.

    Parameters
    ----------
    key : str
        Of the detector.
    legs : sequence of (Told, swings, rests)
        Of each leg what its strides tell (None where nothing can be told) and, for each cell of the time base, whether
        it swings and whether it rests.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion
        Where several legs speak, their mean. A cell in which a strapped segment rests leans to standing, silently.
    """
    total = np.zeros((len(time_s), len(State)))
    voices = np.zeros(len(time_s))
    resting = np.zeros(len(time_s))
    step_s = float(time_s[1] - time_s[0]) if len(time_s) > 1 else 1.0
    for told, swings, rests in legs:
        resting += rests > 0.5
        if told is not None and len(told.start_s):
            rows, speaks = _rows(told, swings > 0.5, time_s + step_s / 2)
            total += rows
            voices += speaks
    speaks = voices > 0
    total[speaks] /= voices[speaks, None]
    still = ~speaks & (resting == len(legs)) & (resting > 0)
    total[still, State.STILL] = STILL_NAT
    return Opinion(key, total, speaks, EVIDENCE_S)


def _rows(told: Told, swings: npt.NDArray[np.bool_], middle_s: FloatArray) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    rows = np.zeros((len(middle_s), len(State)))
    after = np.clip(np.searchsorted(told.start_s, middle_s), 0, len(told.start_s) - 1)
    before = np.maximum(after - 1, 0)
    away_before = np.maximum(np.maximum(middle_s - told.end_s[before], told.start_s[before] - middle_s), 0.0)
    away_after = np.maximum(np.maximum(told.start_s[after] - middle_s, middle_s - told.end_s[after]), 0.0)
    stride = np.where(away_before <= away_after, before, after)
    away_s = np.minimum(away_before, away_after)
    speaks = (away_s == 0.0) | (swings & (away_s <= REACH.value))
    weight = np.where(away_s == 0.0, 1.0, REACHED.value)
    rows[speaks] = _rows_of_strides(told)[stride[speaks]] * weight[speaks, None]
    return rows, speaks


def _rows_of_strides(told: Told) -> FloatArray:
    """Return one row per stride. The better of walk and run stays at zero, so that no direction gains by its gait."""
    nat = np.clip(told.forward_nat, -STRONGEST.value, STRONGEST.value)
    rows = np.full((len(nat), len(State)), -OTHER_NAT)
    forward, backward = np.minimum(nat, 0.0), np.minimum(-nat, 0.0)
    side = told.is_sideways
    sure = np.abs(nat)
    forward, backward = np.where(side, -sure, forward), np.where(side, -sure, backward)
    rows[:, State.FORWARD_WALK] = forward - np.maximum(told.forward_runs_nat, 0.0)
    rows[:, State.FORWARD_RUN] = forward + np.minimum(told.forward_runs_nat, 0.0)
    rows[:, State.BACKWARD_WALK] = backward - np.maximum(told.backward_runs_nat, 0.0)
    rows[:, State.BACKWARD_RUN] = backward + np.minimum(told.backward_runs_nat, 0.0)
    rows[:, State.SIDEWAYS] = np.where(side, 0.0, -np.minimum(sure, OTHER_NAT))
    rows[:, State.STILL] = -MOVES_NAT
    rows[:, State.TURNING] = -np.minimum(sure, OTHER_NAT)
    return rows


def runs_nat_of_speed(speed_mps: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the log-odds of run over walk if they go forward, and if they go backward."""
    forward = (speed_mps - speed_and_cadence.FORWARD_TRANSITION.value) / 0.2
    slow = np.minimum((speed_mps - speed_and_cadence.BACKWARD_WALK_BELOW.value) / 0.1, 0.0)
    fast = np.maximum((speed_mps - speed_and_cadence.BACKWARD_RUN_ABOVE.value) / 0.1, 0.0)
    return np.clip(forward, -3.0, 3.0), np.clip(slow + fast, -3.0, 3.0)
