"""What forward running takes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.direction import Direction, Gait
from backward_running.core.standing import Standing, Tag
from backward_running.effort import cost_minetti_2002
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.effort.energy_oxygen_equivalent import RESTING_OXYGEN_UPTAKE
from backward_running.effort.interval_of_people import reach
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies import leger1984, minetti2002, williford1998

INTERCEPT: Final = Number("leger_intercept_ml_per_kg_min", 2.209, "ml kg⁻¹ min⁻¹", leger1984.LEVEL)
PER_KMH: Final = Number("leger_per_kmh_ml_per_kg_min", 3.163, "ml kg⁻¹ min⁻¹ per km/h", leger1984.LEVEL)

_RANGE = Evidence(
    "leger1984.range",
    "Its equations are compared between 8 and 25 km/h: 2.2 to 6.9 m/s.",
    leger1984.STUDY,
    Standing.REVIEWED,
    Tag.READ,
)
SLOWEST: Final = Number("leger_slowest_mps", 2.2, "m s⁻¹", _RANGE)
FASTEST: Final = Number("leger_fastest_mps", 6.9, "m s⁻¹", _RANGE)
NOBODY_FASTER: Final = Number(
    "forward_fastest_mps",
    12.5,
    "m s⁻¹",
    own_proposal(
        "this_project.forward_fastest",
        "Above 12.5 m/s a recorded speed is taken for a fault of the sensor.",
    ),
)
SPREAD: Final = Number("forward_run_spread_share", 0.092, "1", williford1998.SPREAD)

_TOO_FAST = "Faster than 12.5 m/s: that is a fault of the sensor, not a runner."
LIMITS = {
    "speed_mps": Limit(0.0, NOBODY_FASTER.value, "A speed cannot be negative.", _TOO_FAST),
    **cost_minetti_2002.LIMITS,
}


def net_level_ml_per_kg_min(speed_mps: Numbers) -> Any:
    """Oxygen uptake of level forward running above rest, ml kg⁻¹ min⁻¹; never below 0.

    Examples
    --------
    >>> round(float(net_level_ml_per_kg_min(8.04 / 3.6)), 1)
    24.1
    """
    gross = INTERCEPT.value + PER_KMH.value * KMH_PER_MPS * np.asarray(speed_mps, dtype=float)
    return np.maximum(gross - RESTING_OXYGEN_UPTAKE.value, 0.0)


def oxygen_uptake_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Gross oxygen uptake of forward running.

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
        standard deviations between them (2.51/27.15).

    Valid for
    ---------
    speed_mps from 2.2 to 6.9 and grade_ratio from −0.45 to +0.45. Other speeds are extrapolated; steeper than 45 %
    and faster than 12.5 m/s is refused.

    Raises
    ------
    OutsideValidRange
        Beyond those limits.

    Notes
    -----
    VO2 = 3.5 + (2.209 + 3.163 v − 3.5) · Cr(i)/Cr(0), v in km/h; on the level this is the paper's equation.

    Deviations
    ----------
    The paper is about level treadmills: the slope is Minetti's, laid on the part above rest (this project's way of
    joining the two). Air resistance is left out. Below 0.4 m/s, where the line falls under rest, rest is returned.

    References
    ----------
    Léger & Mercier 1984, Gross energy cost of horizontal treadmill and track running
    Minetti 2002, J Appl Physiol, doi:10.1152/japplphysiol.01177.2001
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011

    Examples
    --------
    >>> round(float(oxygen_uptake_ml_per_kg_min(8.04 / 3.6)), 1)
    27.6
    """
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    slope = cost_minetti_2002.slope_factor(grade_ratio)
    return RESTING_OXYGEN_UPTAKE.value + net_level_ml_per_kg_min(speed_mps) * slope


def oxygen_uptake_low_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thrifty runner, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) * (1 - reach(SPREAD.value))


def oxygen_uptake_high_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thirsty runner, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio) * (1 + reach(SPREAD.value))


MODEL = Model(
    key="oxygen_uptake_leger_mercier_1984",
    title="Oxygen uptake of forward running (Léger & Mercier 1984)",
    version="2",
    direction=Direction.FORWARD,
    gait=Gait.RUN,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={
        "speed_mps": (SLOWEST.value, FASTEST.value),
        "grade_ratio": (-cost_minetti_2002.STEEPEST.value, cost_minetti_2002.STEEPEST.value),
    },
    may_extrapolate=True,
    evidence=(leger1984.LEVEL, minetti2002.RUN, williford1998.SPREAD),
    limits=LIMITS,
)
