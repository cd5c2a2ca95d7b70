"""What forward walking takes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort import cost_minetti_2002_walk
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.effort.energy_oxygen_equivalent import JOULES_PER_ML
from backward_running.effort.interval_of_people import reach
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import looney2019, williford1998

_WATTS = "W kg⁻¹"
AT_REST: Final = Number("looney_rest_w_per_kg", 1.44, _WATTS, looney2019.LEVEL)
PER_SPEED: Final = Number("looney_per_speed_w_per_kg", 1.94, f"{_WATTS} per (m/s)^0.43", looney2019.LEVEL)
SPEED_POWER: Final = Number("looney_speed_power", 0.43, "1", looney2019.LEVEL)
PER_SPEED_4: Final = Number("looney_per_speed_to_the_4_w_per_kg", 0.24, f"{_WATTS} per (m/s)⁴", looney2019.LEVEL)
PER_GRADE: Final = Number("looney_per_grade_w_per_kg", 0.34, f"{_WATTS} per m/s and % of grade", looney2019.GRADE)
OUTER_BASE: Final = Number("looney_outer_base", 1.05, "1", looney2019.GRADE)
INNER_BASE: Final = Number("looney_inner_base", 1.11, "1", looney2019.GRADE)
GRADE_SHIFT: Final = Number("looney_grade_shift_percent", 32.0, "%", looney2019.GRADE)
FASTEST: Final = Number("looney_fastest_mps", 1.96, "m s⁻¹", looney2019.RANGE)
STEEPEST_DOWN: Final = Number("looney_steepest_down_ratio", -0.40, "1", looney2019.RANGE)
STEEPEST_UP: Final = Number("looney_steepest_up_ratio", 0.45, "1", looney2019.RANGE)
SPREAD: Final = cost_minetti_2002_walk.SPREAD
LEVEL_ERROR: Final = Number("looney_level_error_w_per_kg", 0.20, _WATTS, looney2019.LEVEL)
SLOPE_ERROR: Final = Number("looney_slope_error_w_per_kg", 0.42, _WATTS, looney2019.GRADE)
_ERROR = own_proposal(
    "this_project.looney_error",
    "The error of the walking equation is stated on the level and on slopes: it passes from the one to the other along "
    "a straight line to 10 %.",
)
FULL_ERROR_FROM: Final = Number("looney_full_error_from_ratio", 0.10, "1", _ERROR)
NOBODY_FASTER: Final = Number(
    "walk_fastest_mps",
    3.0,
    "m s⁻¹",
    own_proposal("this_project.walk_fastest", "Walking faster than 3.0 m/s is not priced: it is hardly walking."),
)

_TOO_FAST = "Walking faster than 3.0 m/s: mark it as running, or leave it without a price."
LIMITS = {
    "speed_mps": Limit(0.0, NOBODY_FASTER.value, "A speed cannot be negative.", _TOO_FAST),
    **cost_minetti_2002_walk.LIMITS,
}


def level_ml_per_kg_min(speed_mps: Numbers) -> Any:
    """Gross oxygen uptake of level forward walking, ml kg⁻¹ min⁻¹.

    Examples
    --------
    >>> [round(float(level_ml_per_kg_min(v)), 2) for v in (1.0, 1.341, 1.5, 1.85)]
    [10.38, 12.67, 14.24, 19.44]
    """
    speed = np.asarray(speed_mps, dtype=float)
    watts = AT_REST.value + PER_SPEED.value * speed**SPEED_POWER.value + PER_SPEED_4.value * speed**4
    return watts * 60.0 / JOULES_PER_ML.value


def slope_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers) -> Any:
    """What a slope adds to level forward walking, ml kg⁻¹ min⁻¹; less than nothing on a gentle way down.

    Examples
    --------
    >>> round(float(slope_ml_per_kg_min(1.565, 0.05)), 1), round(float(slope_ml_per_kg_min(1.5, -0.1)), 1)
    (6.8, -5.2)
    """
    grade = 100.0 * np.asarray(grade_ratio, dtype=float)
    bend = 1.0 - OUTER_BASE.value ** (1.0 - INNER_BASE.value ** (grade + GRADE_SHIFT.value))
    watts = PER_GRADE.value * np.asarray(speed_mps, dtype=float) * grade * bend
    return watts * 60.0 / JOULES_PER_ML.value


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
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval of the model holds 80 % of people: 1.28 standard
        deviations of how they differ (2.29/12.42) and of the equation's own error (0.20 W/kg level, 0.42 on slopes).

    Valid for
    ---------
    speed_mps to 1.96 and grade_ratio from −0.40 to +0.45. Other speeds up to 3.0 m/s and grades down to −0.45 are
    extrapolated; beyond that it is refused.

    Raises
    ------
    OutsideValidRange
        Beyond those limits.

    Notes
    -----
    W/kg = 1.44 + 1.94·v^0.43 + 0.24·v⁴ + 0.34·v·G·(1 − 1.05^(1 − 1.11^(G + 32))), G in %; 1 W/kg is 60/20.9 ml/kg/min.

    Deviations
    ----------
    The interval: the paper states the error of its means, and how people differ is Williford's.

    References
    ----------
    Looney 2019, Med Sci Sports Exerc 51:1954, doi:10.1249/MSS.0000000000002002
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011

    Examples
    --------
    >>> [round(float(oxygen_uptake_ml_per_kg_min(1.565, grade)), 1) for grade in (0.0, 0.05)]
    [15.0, 21.8]
    """
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    return level_ml_per_kg_min(speed_mps) + slope_ml_per_kg_min(speed_mps, grade_ratio)


def oxygen_uptake_low_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thrifty walker, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) - _reach_ml_per_kg_min(speed_mps, grade_ratio)


def oxygen_uptake_high_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thirsty walker, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) + _reach_ml_per_kg_min(speed_mps, grade_ratio)


def _reach_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers) -> Any:
    """Return how far the ends lie from the middle: people, and the equation itself."""
    steep = np.minimum(np.abs(np.asarray(grade_ratio, dtype=float)) / FULL_ERROR_FROM.value, 1.0)
    watts = LEVEL_ERROR.value + (SLOPE_ERROR.value - LEVEL_ERROR.value) * steep
    uptake = oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio)
    return reach(SPREAD.value * uptake, watts * 60.0 / JOULES_PER_ML.value)


MODEL = Model(
    key="oxygen_uptake_looney_2019_walk",
    title="Oxygen uptake of forward walking (Looney 2019)",
    version="2",
    direction=Direction.FORWARD,
    gait=Gait.WALK,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={"speed_mps": (0.0, FASTEST.value), "grade_ratio": (STEEPEST_DOWN.value, STEEPEST_UP.value)},
    may_extrapolate=True,
    evidence=(looney2019.LEVEL, looney2019.GRADE, looney2019.RANGE, williford1998.SPREAD),
    limits=LIMITS,
)
