"""Pairs of weeks, one with and one without backward running, in an order that a coin decides [Edgington1987]_.

The first two days of each week are left out: what the week before did has to fade. Chance is all ways in which the
coins could have fallen; the interval holds what such a test would not reject [Hodges1963]_.

References
----------
.. [Edgington1987] E. S. Edgington, Randomized single-subject experiments and statistical tests, J. Couns. Psychol.
   34:437, 1987.
.. [Hodges1963] J. L. Hodges and E. L. Lehmann, Estimates of location based on rank tests, Ann. Math. Stat.
   34:598, 1963.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.evidence import own_proposal, proposed_number
from backward_running.outcomes.base import Reading
from backward_running.outcomes.registering import REGISTERED_P, Design, Found, Phase, Registered

LEAST_PAIRS = proposed_number(
    "experiment_least_pairs_count", 6.0, "1", "Six pairs of weeks are the fewest with which chance can be one in 20."
)
WASH_OUT = proposed_number(
    "experiment_wash_out_days", 2.0, "d", "The first two days of each week are left out: the week before has to fade."
)
COINS = own_proposal(
    "this_project.experiment_pairs",
    "Weeks in pairs, their order by a coin, suit what changes within days: soreness, sleep, enjoyment, the heart rate.",
)
WEEK = timedelta(weeks=1)


def phases(registered: Registered) -> tuple[Phase, ...]:
    """Return the weeks, as the coins fell."""
    coins = np.random.default_rng(registered.seed).integers(0, 2, registered.units)
    found = []
    for pair, coin in enumerate(coins):
        for half in (0, 1):
            begins = registered.begins_on + (2 * pair + half) * WEEK
            found.append(Phase(begins, begins + WEEK - timedelta(days=1), bool(coin) == (half == 0)))
    return tuple(found)


def analyse(registered: Registered, readings: Sequence[Reading]) -> Found | None:
    """Return what the pairs show; None with fewer than six pairs that have readings in both weeks.

    Parameters
    ----------
    registered : Registered
        As it was frozen.
    readings : sequence of Reading
        Of the outcome, any days.

    Returns
    -------
    Found or None
        Exact: over all ways in which the coins could have fallen.
    """
    weeks = phases(registered)
    differences = []
    for first, second in zip(weeks[::2], weeks[1::2], strict=True):
        with_it, without = (first, second) if first.backward else (second, first)
        means = [_mean(phase, readings) for phase in (with_it, without)]
        if means[0] is not None and means[1] is not None:
            differences.append(means[0] - means[1])
    if len(differences) < LEAST_PAIRS.value:
        return None
    found = np.array(differences)
    p, (low, high) = _sign_flip(found), _interval(found)
    effect = float(np.median(_walsh(found)))
    excludes = low > 0 or high < 0
    works = effect * registered.better > 0 and p <= REGISTERED_P.value and excludes
    return Found(p, effect, low, high, len(found), works)


def _mean(phase: Phase, readings: Sequence[Reading]) -> float | None:
    begins = phase.begins_on + timedelta(days=WASH_OUT.value)
    inside = [reading.value for reading in readings if begins <= reading.on <= phase.ends_on]
    return float(np.mean(inside)) if inside else None


def _sign_flip(differences: FloatArray) -> float:
    """Return the share of all signs under which the mean is at least as far from none."""
    signs = 1 - 2 * ((np.arange(2 ** len(differences))[:, None] >> np.arange(len(differences))) & 1)
    means = np.abs(signs @ differences)
    return float(np.mean(means >= abs(differences.sum()) * (1.0 - np.finfo(float).eps * len(means))))


def _walsh(differences: FloatArray) -> FloatArray:
    """Return the means of all pairs, each with itself too, in order."""
    first, second = np.triu_indices(len(differences))
    return np.sort(0.5 * (differences[first] + differences[second]))


def _interval(differences: FloatArray) -> tuple[float, float]:
    """Return the Walsh means between which a signed-rank test rejects nothing at 5 %."""
    count = len(differences)
    ways = np.array([1.0])
    for rank in range(1, count + 1):
        ways = np.convolve(ways, np.concatenate([[1.0], np.zeros(rank - 1), [1.0]]))
    below = np.cumsum(ways) / 2.0**count
    cut = int(np.sum(below <= 0.5 * REGISTERED_P.value))
    means = _walsh(differences)
    return float(means[cut - 1 if cut else 0]), float(means[len(means) - cut if cut else -1])


DESIGN = Design(
    key="pairs_of_weeks",
    title="Pairs of weeks by coin",
    says="At least six pairs of weeks, one with and one without backward running, in an order that a coin decides.",
    for_outcomes=("enjoyment", "variety", "pain", "standard_run"),
    least_units=int(LEAST_PAIRS.value),
    phases=phases,
    analyse=analyse,
    evidence=(COINS, LEAST_PAIRS.evidence, WASH_OUT.evidence),
)
