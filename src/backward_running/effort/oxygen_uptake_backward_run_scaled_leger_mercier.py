"""What backward running takes: a proposal laid through the few studies there are."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort import cost_minetti_2002
from backward_running.effort.base import Limit, Model, Numbers, WithFactor, refuse_outside
from backward_running.effort.energy_oxygen_equivalent import RESTING_OXYGEN_UPTAKE
from backward_running.effort.oxygen_uptake_leger_mercier_1984 import net_level_ml_per_kg_min
from backward_running.evidence import Number
from backward_running.evidence.studies import (
    heath2001,
    leger1984,
    minetti2002,
    rasica2020,
    this_project,
    williford1998,
    wright2001,
)

_PROPOSAL = this_project.BACKWARD_FACTOR
FACTOR: Final = Number("backward_net_factor_ratio", 1.30, "1", _PROPOSAL, low=1.10, high=1.45)
FACTOR_LOW: Final = Number("backward_net_factor_low_ratio", 1.10, "1", _PROPOSAL)
FACTOR_HIGH: Final = Number("backward_net_factor_high_ratio", 1.45, "1", _PROPOSAL)
FACTOR_NOVICE: Final = Number("backward_net_factor_novice_ratio", 1.40, "1", _PROPOSAL)
FACTOR_SKILLED: Final = Number("backward_net_factor_skilled_ratio", 1.18, "1", _PROPOSAL)
PRACTICE: Final = Number("backward_practice_min", 120.0, "min", _PROPOSAL)
SLOWEST: Final = Number("backward_run_slowest_mps", 1.7, "m s⁻¹", _PROPOSAL)
FASTEST: Final = Number("backward_run_fastest_mps", 3.5, "m s⁻¹", _PROPOSAL)
STEEPEST: Final = Number("backward_run_steepest_ratio", 0.25, "1", rasica2020.GRADE)

EXPERIENCE_UNKNOWN = "How much you have practised is not known: the middle of the proposal is used."
LIMITS = {
    "speed_mps": Limit(
        SLOWEST.value,
        FASTEST.value,
        "Backward running slower than 1.7 m/s: nobody has measured it.",
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
        The factor k of the part above rest: 1.40 for a novice, falling towards 1.18; 1.30 where practice is unknown.

    Notes
    -----
    k = 1.40 + (1.18 − 1.40) · (1 − exp(−X/120)). The shape is assumed, the size is Heath's.

    Examples
    --------
    >>> [round(float(backward_factor(x)), 2) for x in (0.0, 120.0, 1000.0)], backward_factor(None)
    ([1.4, 1.26, 1.18], 1.3)
    """
    if backward_experience_min is None:
        return FACTOR.value
    learnt = 1 - np.exp(-np.asarray(backward_experience_min, dtype=float) / PRACTICE.value)
    return FACTOR_NOVICE.value + (FACTOR_SKILLED.value - FACTOR_NOVICE.value) * learnt


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
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval of the model is that of the population, k from 1.10 to 1.45,
        whatever the experience.

    Valid for
    ---------
    speed_mps from 1.7 to 3.5 and grade_ratio from 0 to 0.25. Outside the answer is *not known*: no backward data
    exist downhill or faster, and nothing is extrapolated.

    Raises
    ------
    OutsideValidRange
        Outside that range.

    Notes
    -----
    VO2 = 3.5 + k · N0(v) · Cr(i)/Cr(0), with N0 the part above rest of Léger & Mercier and Cr Minetti's cost.

    Deviations
    ----------
    No paper states this model: it is a proposal of this project, k laid through ratios of 1.15 (Williford) to 1.35
    (Wright & Weyand, Rasica). The slope factor is that of forward running.

    References
    ----------
    Léger & Mercier 1984, Gross energy cost of horizontal treadmill and track running
    Minetti 2002, J Appl Physiol, doi:10.1152/japplphysiol.01177.2001
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011
    Wright & Weyand 2001, J Exp Biol 204:1805, doi:10.1242/jeb.204.10.1805
    Rasica 2020, Eur J Appl Physiol 120:2507, doi:10.1007/s00421-020-04474-7
    Heath 2001, Phys Ther Sport 2:171

    Examples
    --------
    >>> round(float(oxygen_uptake_ml_per_kg_min(8.04 / 3.6)), 1)
    34.9
    """
    return _uptake(speed_mps, grade_ratio, backward_factor(backward_experience_min))


def oxygen_uptake_low_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers = 0.0,
    backward_experience_min: Numbers | None = None,  # noqa: ARG001 - the population's interval does not depend on it
) -> Any:
    """Uptake with k = 1.10, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return _uptake(speed_mps, grade_ratio, FACTOR_LOW.value)


def oxygen_uptake_high_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers = 0.0,
    backward_experience_min: Numbers | None = None,  # noqa: ARG001 - the population's interval does not depend on it
) -> Any:
    """Uptake with k = 1.45, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return _uptake(speed_mps, grade_ratio, FACTOR_HIGH.value)


def with_factor_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    """Uptake where the factor is known, such as a runner's own, ml kg⁻¹ min⁻¹.

    Examples
    --------
    >>> round(float(with_factor_ml_per_kg_min(8.04 / 3.6, 0.0, 1.10)), 1)
    30.1
    """
    return _uptake(speed_mps, grade_ratio, factor)


def _uptake(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    return anywhere_ml_per_kg_min(speed_mps, grade_ratio, factor)


def anywhere_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    """Carry the equation beyond its limits, for the band where walking passes into running."""
    slope = cost_minetti_2002.slope_factor(grade_ratio)
    return RESTING_OXYGEN_UPTAKE.value + factor * net_level_ml_per_kg_min(speed_mps) * slope


MODEL = Model(
    key="oxygen_uptake_backward_run_this_project",
    title="Oxygen uptake of backward running (this project's proposal)",
    version="1",
    direction=Direction.BACKWARD,
    gait=Gait.RUN,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={"speed_mps": (SLOWEST.value, FASTEST.value), "grade_ratio": (0.0, STEEPEST.value)},
    may_extrapolate=False,
    evidence=(
        _PROPOSAL,
        williford1998.RUN,
        wright2001.COST,
        rasica2020.GRADE,
        heath2001.PRACTICE,
        leger1984.LEVEL,
        minetti2002.RUN,
    ),
    limits=LIMITS,
    assumes={"backward_experience_min": EXPERIENCE_UNKNOWN},
    with_factor=WithFactor(
        with_factor_ml_per_kg_min, with_factor_ml_per_kg_min, with_factor_ml_per_kg_min, complete=True
    ),
)
