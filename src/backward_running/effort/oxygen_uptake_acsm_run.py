"""What forward running takes, after the equation that most programs use."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.effort.energy_oxygen_equivalent import RESTING_OXYGEN_UPTAKE
from backward_running.effort.interval_of_people import reach
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import acsm, acsm_evaluation1999, williford1998

PER_SPEED: Final = Number("acsm_run_per_m_min", 0.2, "ml kg⁻¹ min⁻¹ per m/min", acsm.RUN)
PER_RISE: Final = Number("acsm_run_per_rise_m_min", 0.9, "ml kg⁻¹ min⁻¹ per m/min of rise", acsm.RUN)
SLOWEST_VALID: Final = Number("acsm_run_slowest_valid_m_min", 134.0, "m min⁻¹", acsm.RUN_RANGE)
SLOWEST: Final = Number("acsm_run_slowest_m_min", 80.0, "m min⁻¹", acsm.RUN_RANGE)
SPREAD: Final = Number("acsm_run_spread_share", 0.092, "1", williford1998.SPREAD)
_RANGE = own_proposal(
    "this_project.acsm_run_range",
    "What was read names no fastest speed and no steepest grade for the running equation: 6.9 m/s and 15 % are taken.",
)
FASTEST: Final = Number("acsm_run_fastest_mps", 6.9, "m s⁻¹", _RANGE)
STEEPEST: Final = Number("acsm_run_steepest_ratio", 0.15, "1", _RANGE)

LIMITS = {
    "speed_mps": Limit(
        SLOWEST.value / 60.0,
        FASTEST.value,
        "Running slower than 80 m/min: this equation is not meant for it.",
        "Faster than 6.9 m/s: this equation is not used there.",
    ),
    "grade_ratio": Limit(
        0.0,
        STEEPEST.value,
        "Downhill: this equation has no downhill.",
        "Running steeper than 15 %: this equation is not used there.",
    ),
}


def oxygen_uptake_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Gross oxygen uptake of forward running after the ACSM, for comparison only: nothing here is priced with it.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹.
    grade_ratio : float or ndarray, shape (n,)
        Rise over run, positive uphill.

    Returns
    -------
    float or ndarray, shape (n,)
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval of the model is ±11.8 % and holds 80 % of people: 1.28
        standard deviations between them (2.51/27.15), which is not the error of the equation.

    Valid for
    ---------
    speed_mps from 2.23 (134 m/min) to 6.9 and grade_ratio from 0 to 0.15. From 1.33 m/s (80 m/min) it is extrapolated,
    and comes out high: 30.3 where 27.15 was measured at 8.04 km/h. Downhill, slower, faster and steeper is refused.

    Raises
    ------
    OutsideValidRange
        Beyond those limits.

    Notes
    -----
    VO2 = 3.5 + 0.2 S + 0.9 S i, S in m/min.

    Deviations
    ----------
    None.

    References
    ----------
    American College of Sports Medicine, metabolic equations for walking and running
    An evaluation of the ACSM metabolic equation for running 1999, J Strength Cond Res 13:219
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011

    Examples
    --------
    >>> round(float(oxygen_uptake_ml_per_kg_min(8.04 / 3.6)), 1)
    30.3
    """
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    metres_per_min = np.asarray(speed_mps, dtype=float) * 60.0
    return RESTING_OXYGEN_UPTAKE.value + metres_per_min * (
        PER_SPEED.value + PER_RISE.value * np.asarray(grade_ratio, dtype=float)
    )


def oxygen_uptake_low_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thrifty runner, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) * (1 - reach(SPREAD.value))


def oxygen_uptake_high_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thirsty runner, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) * (1 + reach(SPREAD.value))


MODEL = Model(
    key="oxygen_uptake_acsm_run",
    title="Oxygen uptake of forward running (ACSM)",
    version="2",
    direction=Direction.FORWARD,
    gait=Gait.RUN,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={"speed_mps": (SLOWEST_VALID.value / 60.0, FASTEST.value), "grade_ratio": (0.0, STEEPEST.value)},
    may_extrapolate=True,
    evidence=(acsm.RUN, acsm.RUN_RANGE, acsm_evaluation1999.TOO_HIGH, williford1998.SPREAD),
    limits=LIMITS,
    priority=-1,  # kept for comparison: nothing is priced with it
)
