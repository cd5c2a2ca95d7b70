"""Sensors of one run that contradict each other: one of them sits otherwise than is claimed, and nobody knows which."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.evidence import proposed_number
from backward_running.gait.base import Opinion, State

LEAST_TOGETHER = proposed_number(
    "claimed_front_least_together_s", 4.0, "s", "A claimed front is held against others from 4 s of their word on."
)
OF_ONE_MIND = proposed_number(
    "claimed_front_of_one_mind_share",
    0.7,
    "1",
    "Others bear a claimed front out, or contradict it, where seven tenths of what they say goes one way.",
)
AGAINST = proposed_number(
    "sensors_against_nat",
    1.1,
    "nat",
    "Two sensors that speak 3 to 1 and more for contrary directions at one moment do not make up a mean.",
)


def forward_nat(opinion: Opinion) -> FloatArray:
    """Return the log-odds of forward against backward, shape (n,); 0 where it does not speak."""
    return np.where(opinion.speaks, _forward_nat(opinion.log_likelihood), 0.0)


def _forward_nat(rows: FloatArray) -> FloatArray:
    forward, backward = (
        rows[:, states].max(axis=1)
        for states in ([State.FORWARD_WALK, State.FORWARD_RUN], [State.BACKWARD_WALK, State.BACKWARD_RUN])
    )
    return np.asarray(forward - backward)


def agreement(own_nat: FloatArray, others_nat: FloatArray, step_s: float) -> float:
    """Return how far others agree with another.

    Parameters
    ----------
    own_nat, others_nat : ndarray, shape (n,)
        What it says and what they say for forward against backward; 0 where they say nothing.
    step_s : float
        Length of a cell.

    Returns
    -------
    float
        −1 … 1; 0 where they do not say enough together.
    """
    together = (own_nat != 0.0) & (others_nat != 0.0)
    if np.count_nonzero(together) * step_s < LEAST_TOGETHER.value:
        return 0.0
    said = others_nat[together]
    return float((np.sign(own_nat[together]) * said).sum() / np.abs(said).sum())


def is_contradicted(own_nat: FloatArray, others_nat: FloatArray, step_s: float) -> bool:
    """Say whether others say the contrary of another.

    Parameters
    ----------
    own_nat, others_nat : ndarray, shape (n,)
        What it says and what they say for forward against backward; 0 where they say nothing.
    step_s : float
        Length of a cell.

    Returns
    -------
    bool
    """
    return agreement(own_nat, others_nat, step_s) <= -OF_ONE_MIND.value


def of_several(said: Sequence[tuple[FloatArray, BoolArray]], step_s: float) -> tuple[FloatArray, BoolArray]:
    """Return what several sensors of one kind say together.

    Parameters
    ----------
    said : sequence of (ndarray of shape (n, states), ndarray of bool of shape (n,))
        Log-likelihoods of each, and where it speaks.
    step_s : float
        Length of a cell.

    Returns
    -------
    rows : ndarray, shape (n, states)
        The mean of those that speak.
    speaks : ndarray of bool, shape (n,)
        Not where two of them speak for contrary directions, and nowhere if two do so over the whole run: one of them
        sits the other way round, and nobody knows which.
    """
    total = sum(rows * speaks[:, None] for rows, speaks in said) + np.zeros_like(said[0][0])
    speaking = np.sum([speaks for _, speaks in said], axis=0)
    some = [np.where(speaks, _forward_nat(rows), 0.0) for rows, speaks in said]
    against = np.zeros(len(speaking), dtype=bool)
    for first_nat, other_nat in combinations(some, 2):
        contrary = (first_nat * other_nat < 0.0) & (np.minimum(np.abs(first_nat), np.abs(other_nat)) >= AGAINST.value)
        against |= contrary | is_contradicted(first_nat, other_nat, step_s)
    speaks = (speaking > 0) & ~against
    return np.where(speaks[:, None], total / np.maximum(speaking, 1)[:, None], 0.0), speaks


def without_contradiction(opinions: Sequence[Opinion], step_s: float, watch_s: float) -> list[Opinion]:
    """Silence inertial sensors that contradict each other over a run; those that wait to hear others are not asked yet.

    Parameters
    ----------
    opinions : sequence of Opinion
        Of all detectors.
    step_s : float
        Length of a cell.
    watch_s : float
        What needs so long for one piece of evidence is no inertial sensor.

    Returns
    -------
    list of Opinion
    """
    told = list(opinions)
    sensed = [k for k, some in enumerate(told) if some.evidence_s < watch_s and some.heard is None]
    for k, other in combinations(sensed, 2):
        if is_contradicted(forward_nat(opinions[k]), forward_nat(opinions[other]), step_s):
            told[k], told[other] = _nothing(opinions[k]), _nothing(opinions[other])
    return told


def _nothing(opinion: Opinion) -> Opinion:
    return Opinion(
        opinion.detector,
        np.zeros_like(opinion.log_likelihood),
        np.zeros_like(opinion.speaks),
        opinion.evidence_s,
        is_turned=True,
    )
