"""What a slope does to the cost of forward running."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.evidence import Number
from backward_running.evidence.studies import lacour2015, minetti2002

_UNIT = "J kg⁻¹ m⁻¹"
I5: Final = Number("minetti_run_5_j_per_kg_m", 155.4, _UNIT, minetti2002.RUN)
I4: Final = Number("minetti_run_4_j_per_kg_m", -30.4, _UNIT, minetti2002.RUN)
I3: Final = Number("minetti_run_3_j_per_kg_m", -43.3, _UNIT, minetti2002.RUN)
I2: Final = Number("minetti_run_2_j_per_kg_m", 46.3, _UNIT, minetti2002.RUN)
I1: Final = Number("minetti_run_1_j_per_kg_m", 19.5, _UNIT, minetti2002.RUN)
I0: Final = Number("minetti_run_0_j_per_kg_m", 3.6, _UNIT, minetti2002.RUN)
#: Coefficients of i⁵, i⁴, i³, i², i, 1.
COEFFICIENTS: Final = (I5, I4, I3, I2, I1, I0)
STEEPEST: Final = Number("minetti_steepest_ratio", 0.45, "1", minetti2002.RUN)
SPREAD: Final = Number("running_cost_spread_share", 0.10, "1", lacour2015.SPREAD)

_TOO_STEEP = "Steeper than 45 %: nobody has measured the cost of running there."
LIMITS = {"grade_ratio": Limit(-STEEPEST.value, STEEPEST.value, _TOO_STEEP, _TOO_STEEP)}
_POLYNOMIAL = np.array([coefficient.value for coefficient in COEFFICIENTS])


def cost_j_per_kg_m(grade_ratio: Numbers) -> Any:
    """Cost of forward running on a slope, per kilogram and metre along the slope.

    Parameters
    ----------
    grade_ratio : float or ndarray, shape (n,)
        Rise over run, positive uphill.

    Returns
    -------
    float or ndarray, shape (n,)
        Metabolic cost, J kg⁻¹ m⁻¹. The interval of the model is ±10 %: the range that was found
        between runners, so 80 % of them at least.

    Valid for
    ---------
    grade_ratio from −0.45 to +0.45; beyond it the answer is refused.

    Raises
    ------
    OutsideValidRange
        A grade is steeper than 45 %.

    Notes
    -----
    Cr = 155.4 i⁵ − 30.4 i⁴ − 43.3 i³ + 46.3 i² + 19.5 i + 3.6

    Deviations
    ----------
    None in the equation. The interval is not the paper's: it is the range of about 20 % between runners that a review
    states for level running.

    References
    ----------
    Minetti 2002, J Appl Physiol, doi:10.1152/japplphysiol.01177.2001
    Lacour & Bourdin 2015, Eur J Appl Physiol 115:651, doi:10.1007/s00421-015-3115-y

    Examples
    --------
    >>> [round(float(cost_j_per_kg_m(i)), 2) for i in (0.0, 0.1, 0.25)]
    [3.6, 5.97, 10.73]
    """
    refuse_outside(LIMITS, grade_ratio=grade_ratio)
    return np.polyval(_POLYNOMIAL, grade_ratio)


def cost_low_j_per_kg_m(grade_ratio: Numbers) -> Any:
    """Cost for a thrifty runner, J kg⁻¹ m⁻¹; see :func:`cost_j_per_kg_m`."""
    return cost_j_per_kg_m(grade_ratio) * (1 - SPREAD.value)


def cost_high_j_per_kg_m(grade_ratio: Numbers) -> Any:
    """Cost for a thirsty runner, J kg⁻¹ m⁻¹; see :func:`cost_j_per_kg_m`."""
    return cost_j_per_kg_m(grade_ratio) * (1 + SPREAD.value)


def slope_factor(grade_ratio: Numbers) -> Any:
    """How many times dearer than level running a slope is, Cr(i)/Cr(0).

    Examples
    --------
    >>> round(float(slope_factor(0.1)), 2)
    1.66
    """
    return cost_j_per_kg_m(grade_ratio) / I0.value


MODEL = Model(
    key="cost_minetti_2002",
    title="Cost of running on a slope (Minetti 2002)",
    version="1",
    direction=Direction.FORWARD,
    gait=Gait.RUN,
    gives="cost_j_per_kg_m",
    best=cost_j_per_kg_m,
    low=cost_low_j_per_kg_m,
    high=cost_high_j_per_kg_m,
    valid={"grade_ratio": (-STEEPEST.value, STEEPEST.value)},
    may_extrapolate=False,
    evidence=(minetti2002.RUN, lacour2015.SPREAD),
    limits=LIMITS,
)
