"""What backward walking takes, from one study at one speed: kept for comparison, it prices nothing."""

from __future__ import annotations

from typing import Any, Final

from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.direction import Direction, Gait
from backward_running.effort import oxygen_uptake_acsm_walk
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.effort.choices import LEVEL_WITHIN
from backward_running.effort.interval_of_people import reach
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import acsm, hooper2004, williford1998

FACTOR: Final = Number("backward_walk_gross_factor_ratio", 1.28, "1", williford1998.WALK)
SPREAD: Final = Number("backward_walk_spread_share", 0.154, "1", williford1998.SPREAD)
MEASURED_SPEED: Final = Number("backward_walk_measured_kmh", 4.83, "km h⁻¹", williford1998.WALK)
AROUND: Final = Number(
    "backward_walk_around_share",
    0.10,
    "1",
    own_proposal(
        "this_project.backward_walk_around",
        "Backward walking was measured at one speed; within 10 % of it the answer is taken as measured.",
    ),
)
STEEPEST: Final = Number("backward_walk_comparison_steepest_ratio", 0.10, "1", hooper2004.UPHILL)
ENDS: Final = Number(
    "backward_walk_comparison_fastest_mps",
    1.7,
    "m s⁻¹",
    own_proposal("this_project.backward_walk_comparison", "The line of one speed is not carried beyond 1.7 m/s."),
)

LIMITS = {
    "speed_mps": Limit(
        0.0,
        ENDS.value,
        "A speed cannot be negative.",
        "This equation ends at 1.7 m/s.",
    ),
    "grade_ratio": Limit(
        0.0,
        STEEPEST.value,
        "Backward downhill: nobody has measured what it costs.",
        "Backward walking steeper than 10 %: nobody has measured it.",
    ),
}


def oxygen_uptake_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Gross oxygen uptake of backward walking.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹, never negative.
    grade_ratio : float or ndarray, shape (n,)
        Rise over run as the traveller meets it, positive uphill.

    Returns
    -------
    float or ndarray, shape (n,)
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval of the model is ±19.7 % and holds 80 % of people:
        1.28 standard deviations between them (2.45/15.95).

    Valid for
    ---------
    speed_mps within 10 % of 1.34 (4.83 km/h, the one speed that was measured), level. Other speeds below 1.7 m/s
    and grades up to +0.10 are extrapolated; faster, steeper and downhill are refused.

    Raises
    ------
    OutsideValidRange
        Beyond those limits.

    Notes
    -----
    VO2 = 1.28 · (3.5 + 0.1 S + 1.8 S i), S in m/min. The factor is gross: rest is multiplied too.

    Deviations
    ----------
    The paper measured one level speed; the speed and the grade enter through a straight line, which makes fast walking
    far too cheap: it would cross running at 0.4 m/s, where 1.85 was measured.

    References
    ----------
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011
    American College of Sports Medicine, metabolic equations for walking and running
    Hooper 2004, JOSPT 34:65

    Examples
    --------
    >>> round(float(oxygen_uptake_ml_per_kg_min(4.83 / 3.6)), 1)
    14.8
    """
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    return FACTOR.value * oxygen_uptake_acsm_walk.oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio)


def oxygen_uptake_low_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thrifty walker, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) * (1 - reach(SPREAD.value))


def oxygen_uptake_high_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thirsty walker, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) * (1 + reach(SPREAD.value))


_SPEED = MEASURED_SPEED.value / KMH_PER_MPS

MODEL = Model(
    key="oxygen_uptake_backward_walk_williford_1998",
    title="Oxygen uptake of backward walking (Williford 1998)",
    version="2",
    direction=Direction.BACKWARD,
    gait=Gait.WALK,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={
        "speed_mps": (_SPEED * (1 - AROUND.value), _SPEED * (1 + AROUND.value)),
        "grade_ratio": (0.0, LEVEL_WITHIN.value),
    },
    may_extrapolate=True,
    evidence=(williford1998.WALK, williford1998.SPREAD, acsm.WALK, hooper2004.UPHILL),
    limits=LIMITS,
    priority=-1,
)
