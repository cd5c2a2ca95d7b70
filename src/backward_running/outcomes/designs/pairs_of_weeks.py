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

import math
from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.standing import Tag
from backward_running.evidence import own_proposal, proposed_number
from backward_running.outcomes.base import Reading
from backward_running.outcomes.registering import Design, Found, Look, Needed, Phase, Registered

LEAST_PAIRS = proposed_number(
    "experiment_least_pairs_count", 6.0, "1", "Six pairs of weeks are the fewest with which chance can be one in 20."
)
WASH_OUT = proposed_number(
    "experiment_wash_out_days", 2.0, "d", "The first two days of each week are left out: the week before has to fade."
)
POWER = proposed_number(
    "experiment_power_errors_ratio",
    2.8,
    "1",
    "An effect of 2.8 standard errors is found in four experiments of five at 5 %.",
)
MOST_PAIRS = proposed_number(
    "experiment_most_pairs_count", 26.0, "1", "Twenty-six pairs of weeks fill a year; more are called impossible."
)
LOOKS_FROM = proposed_number(
    "experiment_looks_from_pairs_count",
    18.0,
    "1",
    "Half of fewer than 18 pairs could never be as rare as a first look asks, so these are answered once, at the end.",
    tag=Tag.DERIVED,
)
COINS = own_proposal(
    "this_project.experiment_pairs",
    "Weeks in pairs, their order by a coin, suit what changes within days: soreness, sleep, enjoyment, the heart rate.",
)
WEEK = timedelta(weeks=1)
#: Sums of the same numbers in another order differ by less than this share.
ROUNDING = 1e-12


def phases(registered: Registered) -> tuple[Phase, ...]:
    """Return the weeks, as the coins fell."""
    coins = np.random.default_rng(registered.seed).integers(0, 2, registered.units)
    found = []
    for pair, coin in enumerate(coins):
        for half in (0, 1):
            begins = registered.begins_on + (2 * pair + half) * WEEK
            found.append(Phase(begins, begins + WEEK - timedelta(days=1), bool(coin) == (half == 0)))
    return tuple(found)


def needed(spread: float, effect: float) -> Needed | None:
    """Return how many pairs find an effect four times of five; None where a year of them would not.

    Parameters
    ----------
    spread : float
        Standard deviation of the difference of two weeks in a row, in the unit of the outcome.
    effect : float
        What is to be found, above 0, in the same unit.

    Returns
    -------
    Needed or None
        At least six pairs.
    """
    pairs = max(int(LEAST_PAIRS.value), math.ceil((POWER.value * spread / effect) ** 2))
    return Needed(pairs, 0) if pairs <= MOST_PAIRS.value else None


def analyse(registered: Registered, readings: Sequence[Reading], look: Look) -> Found | None:
    """Return what the pairs show; None with fewer than six pairs that have readings in both weeks.

    Parameters
    ----------
    registered : Registered
        As it was frozen.
    readings : sequence of Reading
        Of the outcome, any days.
    look : Look
        How many pairs are looked at, from the first on.

    Returns
    -------
    Found or None
        Exact: over all ways in which the coins could have fallen.
    """
    weeks = phases(registered)[: 2 * look.units]
    differences = []
    for first, second in zip(weeks[::2], weeks[1::2], strict=True):
        with_it, without = (first, second) if first.backward else (second, first)
        means = [_mean(phase, readings) for phase in (with_it, without)]
        if means[0] is not None and means[1] is not None:
            differences.append(means[0] - means[1])
    if len(differences) < LEAST_PAIRS.value:
        return None
    found = np.array(differences)
    p, (low, high) = _sign_flip(found), _interval(found, look.p)
    effect = float(np.median(_walsh(found)))
    excludes = low > 0 or high < 0
    works = effect * registered.better > 0 and p <= look.p and excludes
    return Found(p, effect, low, high, len(found), works)


def _mean(phase: Phase, readings: Sequence[Reading]) -> float | None:
    begins = phase.begins_on + timedelta(days=WASH_OUT.value)
    inside = [reading.value for reading in readings if begins <= reading.on <= phase.ends_on]
    return float(np.mean(inside)) if inside else None


def _sign_flip(differences: FloatArray) -> float:
    """Return the share of all signs under which the mean is at least as far from none."""
    half = len(differences) // 2
    first, second = _sums(differences[:half]), np.sort(_sums(differences[half:]))
    reached = abs(differences.sum()) * (1.0 - ROUNDING)
    above = len(second) - np.searchsorted(second, reached - first, side="left")
    below = np.searchsorted(second, -reached - first, side="right")
    return float(min(1.0, (above + below).sum() / 2.0 ** len(differences)))


def _sums(values: FloatArray) -> FloatArray:
    """Return the sum of some values under every choice of their signs: as many as 2 to the number of them."""
    signs = 1 - 2 * ((np.arange(2 ** len(values))[:, None] >> np.arange(len(values))) & 1)
    return np.asarray(signs @ values, dtype=float)


def _walsh(differences: FloatArray) -> FloatArray:
    """Return the means of all pairs, each with itself too, in order."""
    first, second = np.triu_indices(len(differences))
    return np.sort(0.5 * (differences[first] + differences[second]))


def _interval(differences: FloatArray, p: float) -> tuple[float, float]:
    """Return the Walsh means between which a signed-rank test rejects nothing at that level."""
    count = len(differences)
    ways = np.array([1.0])
    for rank in range(1, count + 1):
        ways = np.convolve(ways, np.concatenate([[1.0], np.zeros(rank - 1), [1.0]]))
    below = np.cumsum(ways) / 2.0**count
    cut = int(np.sum(below <= 0.5 * p))
    means = _walsh(differences)
    return float(means[cut - 1 if cut else 0]), float(means[len(means) - cut if cut else -1])


DESIGN = Design(
    key="pairs_of_weeks",
    title="Pairs of weeks by coin",
    says="At least six pairs of weeks, one with and one without backward running, in an order that a coin decides.",
    for_outcomes=("enjoyment", "variety", "pain", "standard_run"),
    least_units=int(LEAST_PAIRS.value),
    most_units=int(MOST_PAIRS.value),
    looks_twice_from=int(LOOKS_FROM.value),
    unit_words=("pair of weeks", "pairs of weeks"),
    unit_days=2 * WEEK.days,
    baseline_days=0,
    after_days=0,
    needed=needed,
    phases=phases,
    analyse=analyse,
    evidence=(COINS, POWER.evidence, LEAST_PAIRS.evidence, MOST_PAIRS.evidence, LOOKS_FROM.evidence, WASH_OUT.evidence),
)
