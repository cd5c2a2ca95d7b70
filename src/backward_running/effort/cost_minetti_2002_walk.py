"""What a slope does to the cost of forward walking."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.effort.interval_of_people import reach
from backward_running.evidence import Number
from backward_running.evidence.studies import minetti2002, williford1998

_UNIT = "J kg⁻¹ m⁻¹"
I5: Final = Number("minetti_walk_5_j_per_kg_m", 280.5, _UNIT, minetti2002.WALK)
I4: Final = Number("minetti_walk_4_j_per_kg_m", -58.7, _UNIT, minetti2002.WALK)
I3: Final = Number("minetti_walk_3_j_per_kg_m", -76.8, _UNIT, minetti2002.WALK)
I2: Final = Number("minetti_walk_2_j_per_kg_m", 51.9, _UNIT, minetti2002.WALK)
I1: Final = Number("minetti_walk_1_j_per_kg_m", 19.6, _UNIT, minetti2002.WALK)
I0: Final = Number("minetti_walk_0_j_per_kg_m", 2.5, _UNIT, minetti2002.WALK)
#: Coefficients of i⁵, i⁴, i³, i², i, 1.
COEFFICIENTS: Final = (I5, I4, I3, I2, I1, I0)
STEEPEST: Final = Number("minetti_walk_steepest_ratio", 0.45, "1", minetti2002.WALK)
SPREAD: Final = Number("forward_walk_spread_share", 0.184, "1", williford1998.SPREAD)

_TOO_STEEP = "Steeper than 45 %: nobody has measured the cost of walking there."
LIMITS = {"grade_ratio": Limit(-STEEPEST.value, STEEPEST.value, _TOO_STEEP, _TOO_STEEP)}
_POLYNOMIAL = np.array([coefficient.value for coefficient in COEFFICIENTS])


def cost_j_per_kg_m(grade_ratio: Numbers) -> Any:
    """Cost of forward walking on a slope, per kilogram and metre along the slope.

    Parameters
    ----------
    grade_ratio : float or ndarray, shape (n,)
        Rise over run, positive uphill.

    Returns
    -------
    float or ndarray, shape (n,)
        Metabolic cost, J kg⁻¹ m⁻¹, at the speed that is cheapest on that slope. The interval of the model is ±18.4 %:
        1.28 standard deviations between people (2.29/12.42), which holds 80 % of them.

    Valid for
    ---------
    grade_ratio from −0.45 to +0.45; beyond it the answer is refused.

    Raises
    ------
    OutsideValidRange
        A grade is steeper than 45 %.

    Notes
    -----
    Cw = 280.5 i⁵ − 58.7 i⁴ − 76.8 i³ + 51.9 i² + 19.6 i + 2.5

    Deviations
    ----------
    None in the equation, whose coefficients are from memory. The interval is that of another study.

    References
    ----------
    Minetti 2002, J Appl Physiol, doi:10.1152/japplphysiol.01177.2001
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011

    Examples
    --------
    >>> [round(float(cost_j_per_kg_m(i)), 2) for i in (0.0, 0.1, -0.1)]
    [2.5, 4.9, 1.13]
    """
    refuse_outside(LIMITS, grade_ratio=grade_ratio)
    return np.polyval(_POLYNOMIAL, grade_ratio)


def cost_low_j_per_kg_m(grade_ratio: Numbers) -> Any:
    """Cost for a thrifty walker, J kg⁻¹ m⁻¹; see :func:`cost_j_per_kg_m`."""
    return cost_j_per_kg_m(grade_ratio) * (1 - reach(SPREAD.value))


def cost_high_j_per_kg_m(grade_ratio: Numbers) -> Any:
    """Cost for a thirsty walker, J kg⁻¹ m⁻¹; see :func:`cost_j_per_kg_m`."""
    return cost_j_per_kg_m(grade_ratio) * (1 + reach(SPREAD.value))


def slope_factor(grade_ratio: Numbers) -> Any:
    """How many times dearer than level walking a slope is, Cw(i)/Cw(0).

    Examples
    --------
    >>> round(float(slope_factor(0.1)), 2)
    1.96
    """
    return cost_j_per_kg_m(grade_ratio) / I0.value


MODEL = Model(
    key="cost_minetti_2002_walk",
    title="Cost of walking on a slope (Minetti 2002)",
    version="2",
    direction=Direction.FORWARD,
    gait=Gait.WALK,
    gives="cost_j_per_kg_m",
    best=cost_j_per_kg_m,
    low=cost_low_j_per_kg_m,
    high=cost_high_j_per_kg_m,
    valid={"grade_ratio": (-STEEPEST.value, STEEPEST.value)},
    may_extrapolate=False,
    evidence=(minetti2002.WALK, williford1998.SPREAD),
    limits=LIMITS,
)
