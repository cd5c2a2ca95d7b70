"""What forward walking takes by the ACSM: kept for comparison, it prices nothing."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort import cost_minetti_2002_walk
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.effort.energy_oxygen_equivalent import RESTING_OXYGEN_UPTAKE
from backward_running.effort.interval_of_people import reach
from backward_running.effort.oxygen_uptake_looney_2019_walk import NOBODY_FASTER
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import acsm, minetti2002, williford1998

PER_SPEED: Final = Number("acsm_walk_per_m_min", 0.1, "ml kg⁻¹ min⁻¹ per m/min", acsm.WALK)
PER_RISE: Final = Number("acsm_walk_per_rise_m_min", 1.8, "ml kg⁻¹ min⁻¹ per m/min of rise", acsm.WALK)
SLOWEST: Final = Number("acsm_walk_slowest_m_min", 50.0, "m min⁻¹", acsm.RANGE)
FASTEST: Final = Number("acsm_walk_fastest_m_min", 100.0, "m min⁻¹", acsm.RANGE)
SPREAD: Final = cost_minetti_2002_walk.SPREAD


STEEPEST_VALID: Final = Number(
    "walk_steepest_valid_ratio",
    0.15,
    "1",
    own_proposal(
        "this_project.walk_steepest_valid",
        "The page read gives no range of grades: up to 15 % is taken as its own ground.",
    ),
)
_TOO_FAST = "Walking faster than 3.0 m/s: mark it as running, or leave it without a price."
LIMITS = {
    "speed_mps": Limit(0.0, NOBODY_FASTER.value, "A speed cannot be negative.", _TOO_FAST),
    **cost_minetti_2002_walk.LIMITS,
}


def oxygen_uptake_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Gross oxygen uptake of forward walking.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹.
    grade_ratio : float or ndarray, shape (n,)
        Rise over run, positive uphill.

    Returns
    -------
    float or ndarray, shape (n,)
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval of the model is ±23.6 % and holds 80 % of people:
        1.28 standard deviations between them (2.29/12.42).

    Valid for
    ---------
    speed_mps from 0.83 to 1.67 (50 to 100 m/min) and grade_ratio from 0 to 0.15. Other speeds up to 3.0 m/s and
    grades up to ±0.45 are extrapolated; beyond that it is refused.

    Raises
    ------
    OutsideValidRange
        Beyond those limits.

    Notes
    -----
    VO2 = 3.5 + 0.1 S + 1.8 S i, S in m/min.

    Deviations
    ----------
    The equation has no downhill: there the part above rest is multiplied by Minetti's Cw(i)/Cw(0) for walking,
    whose coefficients are from memory.

    References
    ----------
    American College of Sports Medicine, metabolic equations for walking and running
    Minetti 2002, J Appl Physiol, doi:10.1152/japplphysiol.01177.2001
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011

    Examples
    --------
    >>> round(float(oxygen_uptake_ml_per_kg_min(4.83 / 3.6)), 2)
    11.55
    """
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    metres_per_min = np.asarray(speed_mps, dtype=float) * 60.0
    grade = np.asarray(grade_ratio, dtype=float)
    level = PER_SPEED.value * metres_per_min
    downhill = cost_minetti_2002_walk.slope_factor(np.minimum(grade, 0.0))
    uphill = PER_RISE.value * metres_per_min * np.maximum(grade, 0.0)
    return RESTING_OXYGEN_UPTAKE.value + level * downhill + uphill


def oxygen_uptake_low_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thrifty walker, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) * (1 - reach(SPREAD.value))


def oxygen_uptake_high_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thirsty walker, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) * (1 + reach(SPREAD.value))


MODEL = Model(
    key="oxygen_uptake_acsm_walk",
    title="Oxygen uptake of forward walking (ACSM)",
    version="2",
    direction=Direction.FORWARD,
    gait=Gait.WALK,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={
        "speed_mps": (SLOWEST.value / 60.0, FASTEST.value / 60.0),
        "grade_ratio": (0.0, STEEPEST_VALID.value),
    },
    may_extrapolate=True,
    evidence=(acsm.WALK, acsm.RANGE, minetti2002.WALK, williford1998.SPREAD),
    limits=LIMITS,
    priority=-1,
)
