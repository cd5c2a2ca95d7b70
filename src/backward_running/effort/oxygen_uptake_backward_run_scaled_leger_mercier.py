"""What backward running takes: forward running, times one factor fitted to the few studies there are."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort import cost_minetti_2002
from backward_running.effort.base import Limit, Model, Numbers, OfFactor, WithFactor, refuse_outside
from backward_running.effort.energy_oxygen_equivalent import RESTING_OXYGEN_UPTAKE
from backward_running.effort.fitted_backward_cost import RUN, RUN_HIGH, RUN_LOW, RUN_RATIO
from backward_running.effort.interval_of_people import RUN_FORWARD, factor_of_people
from backward_running.effort.oxygen_uptake_leger_mercier_1984 import net_level_ml_per_kg_min
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import (
    body_weight_support,
    hreljac2005,
    leger1984,
    minetti2002,
    rasica2020,
    williford1998,
    wright2001,
)

_PRACTICE = own_proposal(
    "this_project.backward_run_practice",
    "Practice takes ln k from +0.025 to −0.039 along 1 − exp(−X/120), X backward minutes so far: −0.05 over 180 min. "
    "A weak prior only: no study measured it in running.",
)
_SLOW = own_proposal(
    "this_project.backward_run_slow",
    "Below 1.75 m/s backward running was measured, and the values are not at hand: the interval is half as "
    "wide again "
    "up to 1.5 m/s, and passes to its own width at 1.75 m/s.",
)
FACTOR: Final = RUN_RATIO
FACTOR_LOW: Final = RUN_LOW
FACTOR_HIGH: Final = RUN_HIGH
NOVICE: Final = Number("backward_run_novice_nat", 0.025, "nat", _PRACTICE)
LEARNT: Final = Number("backward_run_learnt_nat", 0.064, "nat", _PRACTICE)
PRACTICE: Final = Number("backward_practice_min", 120.0, "min", _PRACTICE)
SLOWEST: Final = Number("backward_run_slowest_mps", 1.0, "m s⁻¹", hreljac2005.SPEEDS)
MEASURED_FROM: Final = Number("backward_run_measured_from_mps", 1.75, "m s⁻¹", wright2001.SPEEDS)
WIDE_UNTIL: Final = Number("backward_run_wide_until_mps", 1.5, "m s⁻¹", _SLOW)
WIDER: Final = Number("backward_run_wider_share", 1.5, "1", _SLOW)
FASTEST: Final = Number("backward_run_fastest_mps", 3.5, "m s⁻¹", wright2001.SPEEDS)
STEEPEST: Final = Number("backward_run_steepest_ratio", 0.25, "1", rasica2020.GRADE)

EXPERIENCE_UNKNOWN = "How much you have practised is not known: the middle of the studies is used."
ESTIMATE = "Running backward slower than 1.75 m/s was measured, but the values are not at hand: an estimate."
#: Backward is never priced below forward.
NEVER_BELOW = 1.0
LIMITS = {
    "speed_mps": Limit(
        SLOWEST.value,
        FASTEST.value,
        "Backward running slower than 1.0 m/s: no measurement was found.",
        "Backward faster than 3.5 m/s: nobody has measured it.",
    ),
    "grade_ratio": Limit(
        0.0,
        STEEPEST.value,
        "Backward downhill: nobody has measured what it costs.",
        "Backward uphill steeper than 25 %: nobody has measured it.",
    ),
}


def backward_factor(backward_experience_min: Numbers | None = None) -> Any:
    """How many times dearer backward running is than forward running, rest left out.

    Parameters
    ----------
    backward_experience_min : float, ndarray or None
        Minutes of backward walking and running done so far; None where that is not known.

    Returns
    -------
    float or ndarray
        The factor k of the part above rest; the middle of the studies where practice is unknown.

    Notes
    -----
    ln k = ln k₀ + 0.025 − 0.064 · (1 − exp(−X/120)): a weak prior, no study followed running through practice.

    Examples
    --------
    >>> [round(float(backward_factor(x)), 2) for x in (0.0, 120.0, 1000.0)], backward_factor(None)
    ([1.32, 1.27, 1.24], 1.29)
    """
    if backward_experience_min is None:
        return FACTOR.value
    learnt = 1 - np.exp(-np.asarray(backward_experience_min, dtype=float) / PRACTICE.value)
    return FACTOR.value * np.exp(NOVICE.value - LEARNT.value * learnt)


def oxygen_uptake_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers = 0.0, backward_experience_min: Numbers | None = None
) -> Any:
    """Gross oxygen uptake of backward running.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹, never negative.
    grade_ratio : float or ndarray, shape (n,)
        Rise over run as the traveller meets it, positive uphill.
    backward_experience_min : float or None
        Minutes of backward walking and running done so far; None where that is not known.

    Returns
    -------
    float or ndarray, shape (n,)
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval of the model holds 80 % of people, whatever the experience: how
        far their factor differs and how far they differ running forward.

    Valid for
    ---------
    speed_mps from 1.75 to 3.5 and grade_ratio from 0 to 0.25. From 1.0 to 1.75 an estimate: it was measured there, and
    the values are not at hand. Beyond that the answer is *not known*: no backward data were found downhill or faster.

    Raises
    ------
    OutsideValidRange
        Outside that range.

    Notes
    -----
    VO2 = 3.5 + k · N0(v) · Cr(i)/Cr(0), with N0 the part above rest of Léger & Mercier and Cr Minetti's cost.

    Deviations
    ----------
    No paper states this model: k is fitted to what studies printed, a random effect for each. The slope factor is that
    of forward running.

    References
    ----------
    Léger & Mercier 1984, Gross energy cost of horizontal treadmill and track running
    Minetti 2002, J Appl Physiol, doi:10.1152/japplphysiol.01177.2001
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011
    Wright & Weyand 2001, J Exp Biol 204:1805, doi:10.1242/jeb.204.10.1805
    Rasica 2020, Eur J Appl Physiol 120:2507, doi:10.1007/s00421-020-04474-7
    Hreljac 2005, J Sports Sci Med 4:446
    Laboratory study of body-weight support (conference abstract)
    Fit of this project to the published points

    Examples
    --------
    >>> round(float(oxygen_uptake_ml_per_kg_min(8.04 / 3.6)), 1)
    34.6
    """
    return _uptake(speed_mps, grade_ratio, backward_factor(backward_experience_min))


def oxygen_uptake_low_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers = 0.0,
    backward_experience_min: Numbers | None = None,  # noqa: ARG001 - the population's interval does not depend on it
) -> Any:
    """Uptake at the low end of 80 % of people, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return _of_people(speed_mps, grade_ratio, FACTOR.value, _bound(FACTOR_LOW.value, speed_mps), -1)


def oxygen_uptake_high_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers = 0.0,
    backward_experience_min: Numbers | None = None,  # noqa: ARG001 - the population's interval does not depend on it
) -> Any:
    """Uptake at the high end of 80 % of people, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return _of_people(speed_mps, grade_ratio, FACTOR.value, _bound(FACTOR_HIGH.value, speed_mps), 1)


def low_of_factor_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers = 0.0,
    backward_experience_min: Numbers | None = None,  # noqa: ARG001 - the population's interval does not depend on it
) -> Any:
    """Uptake of a mean forward runner with the low factor of 80 % of people: what a ratio is made of."""
    return _uptake(speed_mps, grade_ratio, _bound(FACTOR_LOW.value, speed_mps))


def high_of_factor_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers = 0.0,
    backward_experience_min: Numbers | None = None,  # noqa: ARG001 - the population's interval does not depend on it
) -> Any:
    """Uptake of a mean forward runner with the high factor of 80 % of people: what a ratio is made of."""
    return _uptake(speed_mps, grade_ratio, _bound(FACTOR_HIGH.value, speed_mps))


def _bound(factor: float, speed_mps: Numbers) -> Any:
    """Return an end of the interval: further from the middle where the values of the studies are not at hand."""
    near = (MEASURED_FROM.value - np.asarray(speed_mps, dtype=float)) / (MEASURED_FROM.value - WIDE_UNTIL.value)
    wide = 1.0 + (WIDER.value - 1.0) * np.clip(near, 0.0, 1.0)
    return np.maximum(FACTOR.value * (factor / FACTOR.value) ** wide, NEVER_BELOW)


def with_factor_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    """Uptake where the factor is known, such as a runner's own, ml kg⁻¹ min⁻¹.

    Examples
    --------
    >>> round(float(with_factor_ml_per_kg_min(8.04 / 3.6, 0.0, 1.10)), 1)
    30.1
    """
    return _uptake(speed_mps, grade_ratio, factor)


def people_low_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers, end: Numbers) -> Any:
    """Low end of the uptake where the factor and the low end of it are known, ml kg⁻¹ min⁻¹."""
    return _of_people(speed_mps, grade_ratio, factor, end, -1)


def people_high_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers, end: Numbers) -> Any:
    """High end of the uptake where the factor and the high end of it are known, ml kg⁻¹ min⁻¹."""
    return _of_people(speed_mps, grade_ratio, factor, end, 1)


def _of_people(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers, end: Numbers, sign: int) -> Any:
    return _uptake(speed_mps, grade_ratio, factor_of_people(factor, end, RUN_FORWARD.value, sign))


def _uptake(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    slope = cost_minetti_2002.slope_factor(grade_ratio)
    return RESTING_OXYGEN_UPTAKE.value + factor * net_level_ml_per_kg_min(speed_mps) * slope


MODEL = Model(
    key="oxygen_uptake_backward_run_this_project",
    title="Oxygen uptake of backward running (fitted to the studies)",
    version="3",
    direction=Direction.BACKWARD,
    gait=Gait.RUN,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={"speed_mps": (MEASURED_FROM.value, FASTEST.value), "grade_ratio": (0.0, STEEPEST.value)},
    may_extrapolate=True,
    evidence=(
        RUN,
        williford1998.RUN,
        wright2001.COST,
        wright2001.SPEEDS,
        hreljac2005.SPEEDS,
        body_weight_support.COST,
        rasica2020.GRADE,
        leger1984.LEVEL,
        minetti2002.RUN,
        RUN_FORWARD.evidence,
    ),
    limits=LIMITS,
    outside=ESTIMATE,
    assumes={"backward_experience_min": EXPERIENCE_UNKNOWN},
    with_factor=WithFactor(
        with_factor_ml_per_kg_min,
        with_factor_ml_per_kg_min,
        with_factor_ml_per_kg_min,
        complete=True,
        people_low=people_low_ml_per_kg_min,
        people_high=people_high_ml_per_kg_min,
    ),
    of_factor=OfFactor(low_of_factor_ml_per_kg_min, high_of_factor_ml_per_kg_min, RUN.standing),
)
