"""The sign ambiguity: two directions told apart but not named, and how probable it is that the first is forward.

Within a chain the log-odds of several independent reasons add up. Chains that follow each other are a Markov chain of
two states, and speak for each other by exact message passing (sum–product, [Pearl1988]_).

References
----------
.. [Pearl1988] Pearl J. 1988. Probabilistic Reasoning in Intelligent Systems. Morgan Kaufmann.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.evidence import proposed_number
from backward_running.gait.detectors.yaw._offset_chains import Chains
from backward_running.gait.detectors.yaw._own_forward_line import own_forward_nat
from backward_running.gait.detectors.yaw._same_gait import Pace, compared
from backward_running.gait.person.prior import RunnerModel

SHARE_STRENGTH = proposed_number(
    "forward_share_strength",
    2.0,
    "1",
    "Of two directions the one that lasts longer is the forward one by the square of the ratio of the two times.",
)
SHARE_MOST = proposed_number(
    "forward_share_most_nat",
    2.0,
    "nat",
    "However long one direction lasts, duration alone makes it forward by no more than 7.4 to 1.",
)
SHARE_FULL_AFTER = proposed_number(
    "forward_share_full_after_s",
    600.0,
    "s",
    "Over ten minutes with both directions the longer one counts in full; the shorter a recording, the less its "
    "shares of time say.",
)
ONE_WAY_MOST = proposed_number(
    "one_way_most_nat", 1.5, "nat", "A recording without any change of direction is forward by no more than 4.5 to 1."
)
ONE_WAY_SILENT_UNTIL = proposed_number(
    "one_way_silent_until_s",
    1200.0,
    "s",
    "Twenty minutes without any change of direction may well be a backward session: they say nothing of which way.",
)
ONE_WAY_FULL_AFTER = proposed_number(
    "one_way_full_after_s", 3600.0, "s", "An hour without any change of direction is hardly ever backward."
)
HOLDS_ITS_WAY = proposed_number(
    "holds_its_way_s", 60.0, "s", "A direction is expected to last a minute, seen or unseen."
)
LEAST_SECONDS = 5.0  #: of a second direction, before there are two
ODD_SHARE = 0.05  #: of moments that are wrong now and then: so little of a second direction is none
RUNS_FORWARD = proposed_number(
    "runs_forward_nat",
    0.4,
    "nat",
    "Who walks one way and runs the other mostly runs forward, but a plan of backward running says the contrary: 3 to "
    "2, which is asked and not told.",
)
UNTOLD_MOST = proposed_number(
    "untold_most_nat",
    0.4,
    "nat",
    "Which direction was faster, longer or quicker in step is no sign of either: together they ask with 3 to 2 at "
    "most, which is too little to be answered.",
)
OWN_LEAST = proposed_number(
    "own_forward_least_recordings_count", 3.0, "1", "Three recordings of a runner make their own cadence a witness."
)
LEAST_SENSED = proposed_number(
    "yaw_least_sensed_s", 4.0, "s", "A sensor that tells directions is asked which is which from 4 s of its word on."
)
SENSORS_AGREE = proposed_number(
    "yaw_sensors_agree_share",
    0.7,
    "1",
    "Sensors name the directions of a chain where seven tenths of what they say goes one way.",
)
MOST_SENSED = proposed_number(
    "yaw_most_sensed_nat", 3.0, "nat", "What sensors say of a chain makes a direction forward by no more than 20 to 1."
)
MOST_STATED = proposed_number(
    "yaw_most_claimed_nat", 4.0, "nat", "Plan and marks together decide what is forward by no more than 55 to 1."
)


class Reasons(NamedTuple):
    """Log-odds, cell by cell, that the first direction of its chain is forward; 0 outside chains."""

    told_nat: FloatArray  #: by what decides: the runner's word, other sensors, a habit, a speed nobody has backward
    asked_nat: FloatArray  #: by what only asks


def forward_reasons(
    chains: Chains,
    pace: Pace,
    claimed_nat: FloatArray,
    step_s: float,
    prior: RunnerModel | None = None,
    sensed_nat: FloatArray | None = None,
) -> Reasons:
    """Weigh what tells, and what asks, which direction of each chain is forward.

    Parameters
    ----------
    chains : Chains
        As followed.
    pace : Pace
        Speed, cadence and unrest of each cell; NaN where not known.
    claimed_nat : ndarray, shape (n,)
        What plan and marks say for forward against backward; 0 where they say nothing.
    step_s : float
        Length of a cell.
    prior : RunnerModel, optional
        The runner, where other recordings taught how they go forward.
    sensed_nat : ndarray, shape (n,), optional
        What other detectors say for forward against backward; 0 where they say nothing.

    Returns
    -------
    Reasons
        What is told of one chain is told of those about it; the runner's word outweighs what sensors say.

    Valid for
    ---------
    Chains whose reasons are independent of each other; what only asks never outvotes what tells.

    References
    ----------
    [Pearl1988]_
    """
    cells = len(claimed_nat)
    told_nat, asked_nat = np.zeros((2, cells))
    at = np.flatnonzero(chains.number >= 0)
    if len(at) == 0:
        return Reasons(told_nat, asked_nat)
    first = chains.first
    parts = np.split(at, np.flatnonzero(np.diff(chains.number[at])) + 1)
    sensed = np.zeros(cells) if sensed_nat is None else sensed_nat
    told, asked = [], []
    for part in parts:
        stated = _by_statement(first[part], claimed_nat[part])
        usual = _by_itself(first[part], pace.of(part), step_s, prior)
        told.append(stated or _by_sensors(first[part], sensed[part], step_s) or usual[0])
        asked.append(usual[1])
    for nat, alone, most in ((told_nat, told, MOST_STATED.value), (asked_nat, asked, UNTOLD_MOST.value)):
        for part, together in zip(parts, _coupled(alone, parts, first, step_s), strict=True):
            nat[part] = np.clip(together, -most, most)
    return Reasons(told_nat, asked_nat)


def forward_odds_nat(
    chains: Chains, pace: Pace, claimed_nat: FloatArray, step_s: float, prior: RunnerModel | None = None
) -> FloatArray:
    """Return in every cell the log-odds that the first direction of its chain is forward, as far as it knows alone.

    Parameters and their meaning are those of :func:`forward_reasons`. What asks is not added to what tells: it must
    outvote nobody's word.

    Parameters
    ----------
    chains, pace, claimed_nat, step_s, prior
        As of :func:`forward_reasons`.

    Returns
    -------
    ndarray, shape (n,)
        Log-odds, in nat.

    Valid for
    ---------
    As :func:`forward_reasons`.

    References
    ----------
    [Pearl1988]_
    """
    told_nat, asked_nat = forward_reasons(chains, pace, claimed_nat, step_s, prior)
    return np.where(told_nat != 0.0, told_nat, asked_nat)


def _by_itself(first: BoolArray, pace: Pace, step_s: float, prior: RunnerModel | None) -> tuple[float, float]:
    """Return what a chain tells by what nobody runs backward and by own habits, and what its shares of time ask."""
    found = compared(first, pace, step_s)
    asked = _by_time(first, step_s) + found.nat
    if found.first_runs is not None:
        asked += RUNS_FORWARD.value if found.first_runs else -RUNS_FORWARD.value
    own = 0.0 if prior is None else own_forward_nat(first, pace, step_s, prior)
    is_known = prior is not None and prior.recordings >= OWN_LEAST.value
    told = found.too_fast_nat + (own if is_known else 0.0)
    asked += 0.0 if is_known else own
    return told, float(np.clip(asked, -UNTOLD_MOST.value, UNTOLD_MOST.value))


def _by_sensors(first: BoolArray, sensed_nat: FloatArray, step_s: float) -> float:
    """Return what sensors that tell directions say of a whole chain: one piece of evidence, if it is of one mind."""
    heard = sensed_nat != 0.0
    if heard.sum() * step_s < LEAST_SENSED.value:
        return 0.0
    signed = np.where(first, sensed_nat, -sensed_nat)[heard]
    agreed = float(signed.sum() / np.abs(signed).sum())
    if abs(agreed) < SENSORS_AGREE.value:
        return 0.0
    return float(np.sign(agreed) * min(float(np.abs(signed).mean()), MOST_SENSED.value))


def _coupled(alone: list[float], parts: list[IntArray], first: BoolArray, step_s: float) -> list[float]:
    """Pass messages both ways: after a short hole a person mostly goes on the same way."""
    signs, pull = [], []
    for before, after in pairwise(parts):
        signs.append(1.0 if first[before[-1]] == first[after[0]] else -1.0)
        hole_s = (after[0] - before[-1]) * step_s
        pull.append(float(np.exp(-2.0 * hole_s / HOLDS_ITS_WAY.value)))
    onward, back = [0.0] * len(alone), [0.0] * len(alone)
    for chain in range(1, len(alone)):
        onward[chain] = signs[chain - 1] * _message(onward[chain - 1] + alone[chain - 1], pull[chain - 1])
    for chain in range(len(alone) - 2, -1, -1):
        back[chain] = signs[chain] * _message(back[chain + 1] + alone[chain + 1], pull[chain])
    return [own + left + right for own, left, right in zip(alone, onward, back, strict=True)]


def _message(odds_nat: float, pull: float) -> float:
    """Return the message of log-odds across a hole: what is left of them behind it."""
    return float(2.0 * np.arctanh(np.tanh(np.clip(odds_nat, -8.0, 8.0) / 2.0) * pull))


def _by_statement(first: BoolArray, claimed_nat: FloatArray) -> float:
    """Each stretch that was claimed as one counts once: its mean."""
    starts = np.flatnonzero(np.diff(claimed_nat, prepend=np.nan) != 0.0)
    signed = np.where(first, 1.0, -1.0) * claimed_nat
    counts = np.diff(starts, append=len(first))
    total = float((np.add.reduceat(signed, starts) / counts).sum())
    return float(np.clip(total, -MOST_STATED.value, MOST_STATED.value))


def _by_time(first: BoolArray, step_s: float) -> float:
    """People run mostly forward; but who goes one way only may be doing a backward session, unless it is long."""
    lasts_s = len(first) * step_s
    most = SHARE_MOST.value * min(lasts_s / SHARE_FULL_AFTER.value, 1.0)
    if min(first.sum(), (~first).sum()) * step_s < max(LEAST_SECONDS, ODD_SHARE * lasts_s):
        beyond_s = lasts_s - ONE_WAY_SILENT_UNTIL.value
        most = ONE_WAY_MOST.value * float(
            np.clip(beyond_s / (ONE_WAY_FULL_AFTER.value - ONE_WAY_SILENT_UNTIL.value), 0.0, 1.0)
        )
    ratio = (first.sum() + 1.0) / ((~first).sum() + 1.0)
    return float(np.clip(SHARE_STRENGTH.value * np.log(ratio), -most, most))
