"""A start that is drawn among at least twenty days, after a baseline of six weeks [Edgington1987]_.

Chance is all days on which the start could have fallen: on how many of them would the readings show as much? Before the
start nothing is run backward; from it on what the plan gives, and no more.

References
----------
.. [Edgington1987] E. S. Edgington, Randomized single-subject experiments and statistical tests, J. Couns. Psychol.
   34:437, 1987.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.evidence import own_proposal, proposed_number
from backward_running.outcomes.base import Reading
from backward_running.outcomes.choices import LEAST_READINGS
from backward_running.outcomes.registering import Design, Found, Look, Needed, Phase, Registered

LEAST_STARTS = proposed_number(
    "experiment_least_starts_count", 20.0, "1", "Among 20 possible days of a start chance can be one in 20, not less."
)
BASELINE = proposed_number(
    "experiment_baseline_days", 42.0, "d", "Six weeks are measured before the first day on which the start may fall."
)
POWER = proposed_number(
    "experiment_start_power_errors_ratio",
    7.5,
    "1",
    "Among 60 possible starts an effect of 7.5 standard errors was found in four simulated experiments of five.",
)
SLOPE_COSTS = proposed_number(
    "experiment_start_slope_costs_ratio", 4.0, "1", "A slope that is told, too, costs three quarters of what is known."
)
MORE_DAYS = proposed_number(
    "experiment_after_days", 60.0, "d", "After the last possible start at least sixty days are measured."
)
MOST_DAYS = proposed_number(
    "experiment_most_days", 364.0, "d", "What takes more than a year is called impossible to tell."
)
MOST_STARTS = proposed_number(
    "experiment_most_starts_count", 60.0, "1", "Among more than 60 days nobody waits for the start that was drawn."
)
DRAWN = own_proposal(
    "this_project.experiment_random_start",
    "A start by lot suits what changes over weeks and stays: weight, fitness, balance. It takes one start in a life.",
)
DAY = timedelta(days=1)
#: So many effects are tried for the interval, over so many times what any start shows.
TRIED, REACH = 2001, 10.0


def start(registered: Registered) -> date:
    """Return the day that was drawn."""
    drawn = int(np.random.default_rng(registered.seed).integers(0, registered.units))
    return registered.begins_on + timedelta(days=BASELINE.value) + drawn * DAY


def phases(registered: Registered) -> tuple[Phase, ...]:
    """Return the baseline and what follows the start."""
    last = registered.begins_on + timedelta(days=BASELINE.value) + (registered.units - 1) * DAY
    began = start(registered)
    return (
        Phase(registered.begins_on, began - DAY, backward=False),
        Phase(began, last + timedelta(days=registered.after_days), backward=True),
    )


def needed(spread: float, effect: float) -> Needed | None:
    """Return how long has to be measured to find an effect four times of five; None where a year does not do.

    Parameters
    ----------
    spread : float
        Standard deviation of the difference of two weeks in a row, in the unit of the outcome.
    effect : float
        What is to be found, above 0, in the same unit.

    Returns
    -------
    Needed or None
        Always with the most possible starts: with fewer, chance alone is too often the best of them.
    """
    starts = int(MOST_STARTS.value)
    before_weeks = (BASELINE.value + 0.5 * starts) / 7.0
    allowed = (effect / POWER.value) ** 2
    left = allowed / (SLOPE_COSTS.value * 0.5 * spread**2) - 1.0 / before_weeks if spread > 0 else math.inf
    if left <= 0:
        return None
    after = max(int(MORE_DAYS.value), math.ceil(7.0 / left - 0.5 * starts))
    return Needed(starts, after) if BASELINE.value + starts + after <= MOST_DAYS.value else None


def analyse(registered: Registered, readings: Sequence[Reading], look: Look) -> Found | None:
    """Return what the start shows; None where some possible start has fewer than three readings on either side.

    Parameters
    ----------
    registered : Registered
        As it was frozen.
    readings : sequence of Reading
        Of the outcome, any days.
    look : Look
        At the end, the only one: half way no start of 60 could be rare enough.

    Returns
    -------
    Found or None
        The effect is the mean after the start minus the mean before, a straight slope taken off; the interval holds the
        effects that, taken off again, would not stand out among the possible starts.
    """
    span = phases(registered)
    inside = [reading for reading in readings if span[0].begins_on <= reading.on <= span[1].ends_on]
    days = np.array([reading.on.toordinal() for reading in inside], dtype=float)
    values = np.array([reading.value for reading in inside])
    first = (registered.begins_on + timedelta(days=BASELINE.value)).toordinal()
    starts = first + np.arange(registered.units)
    sides = days[:, None] >= starts[None, :]
    if len(days) == 0 or min(sides.sum(axis=0).min(), (~sides).sum(axis=0).min()) < LEAST_READINGS.value:
        return None
    drawn = int(start(registered).toordinal() - first)
    level = np.column_stack([np.ones(len(days)), days - days.mean()])
    base = np.linalg.qr(level)[0]
    steps = sides.astype(float)
    left = steps - base @ (base.T @ steps)
    size = (left * left).sum(axis=0)
    shown = left.T @ values / size
    carried = left.T @ steps[:, drawn] / size  # what an effect from the drawn day on shows at each other day
    effect = float(shown[drawn])
    p = _chance(shown, drawn)
    low, high = _interval(shown, carried, drawn, look.p)
    excludes = low is not None and high is not None and (low > 0 or high < 0)
    works = effect * registered.better > 0 and p <= look.p and excludes
    return Found(p, effect, low, high, len(days), works)


def _chance(shown: FloatArray, drawn: int) -> float:
    """Return the share of possible starts at which the readings show as much, the drawn one among them."""
    return float(np.mean(np.abs(shown) >= abs(shown[drawn])))


def _interval(shown: FloatArray, carried: FloatArray, drawn: int, p: float) -> tuple[float | None, float | None]:
    """Return the effects that, taken off, leave nothing that stands out; None where there is no end to them."""
    reach = REACH * float(np.abs(shown).max() + np.ptp(shown))
    tried = shown[drawn] + np.linspace(-reach, reach, TRIED)
    kept = [effect for effect in tried if _chance(shown - effect * carried, drawn) > p]
    if not kept or kept[0] == tried[0] or kept[-1] == tried[-1]:
        return None, None
    return float(kept[0]), float(kept[-1])


DESIGN = Design(
    key="random_start",
    title="A start by lot",
    says="Six weeks without, then a start that is drawn among at least 20 days, and at least six weeks with.",
    for_outcomes=("weight", "body_fat", "vo2max", "economy", "fitness", "standard_run", "backward_walk"),
    least_units=int(LEAST_STARTS.value),
    most_units=int(MOST_STARTS.value),
    looks_twice_from=None,
    unit_words=("possible day of the start", "possible days of the start"),
    unit_days=1,
    baseline_days=int(BASELINE.value),
    after_days=int(MORE_DAYS.value),
    needed=needed,
    phases=phases,
    analyse=analyse,
    evidence=(DRAWN, *(number.evidence for number in (POWER, SLOPE_COSTS, LEAST_STARTS, MOST_STARTS, BASELINE))),
)
