"""What backward walking takes: forward walking, times a factor that grows with speed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort import oxygen_uptake_looney_2019_walk as forward
from backward_running.effort.base import Limit, Model, Numbers, OfFactor, refuse_outside
from backward_running.effort.energy_oxygen_equivalent import RESTING_OXYGEN_UPTAKE
from backward_running.effort.fitted_backward_cost import WALK, WALK_HIGH, WALK_LOW, WALK_POWER, WALK_RATIO
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import (
    clarkson1997,
    compendium,
    flynn1994,
    heath2001,
    hooper2004,
    hreljac2005,
    looney2019,
    myatt1995,
    williford1998,
)

_SLOW = own_proposal(
    "this_project.backward_walk_slow",
    "Between 0.6 and 0.9 m/s the factor of 0.9 m/s is kept: an estimate, and slower it is not known.",
)
_PRACTICE = own_proposal(
    "this_project.backward_walk_practice",
    "Practice takes ln k_w from +0.12 to −0.20 along 1 − exp(−X/120), X backward minutes so far: −0.25 over 180 "
    "min, sized by the 19 % that eight men gained (gross).",
)
STATED_AT: Final = Number("backward_walk_factor_stated_mps", 1.5, "m s⁻¹", WALK)
SLOWEST: Final = Number("backward_walk_slowest_mps", 0.6, "m s⁻¹", _SLOW)
MEASURED_FROM: Final = Number("backward_walk_measured_from_mps", 0.9, "m s⁻¹", myatt1995.SPEEDS)
FASTEST: Final = Number("backward_walk_fastest_mps", 1.91, "m s⁻¹", clarkson1997.SPEEDS)
STEEPEST: Final = Number("backward_walk_steepest_ratio", 0.10, "1", hooper2004.UPHILL)
PER_SLOPE: Final = Number(
    "backward_walk_slope_ratio",
    1.15,
    "1",
    own_proposal(
        "this_project.backward_walk_slope",
        "What a slope adds forward, it adds 1.15 times backward: a proposal, tested on +5 % and on +5 to +10 %.",
    ),
)
NOVICE: Final = Number("backward_walk_novice_nat", 0.12, "nat", _PRACTICE)
LEARNT: Final = Number("backward_walk_learnt_nat", 0.32, "nat", _PRACTICE)
PRACTICE: Final = Number("backward_walk_practice_min", 120.0, "min", _PRACTICE)
_FIRST = own_proposal(
    "this_project.backward_walk_first_hour",
    "Before the 60th minute backward the upper end is 1.45 times the middle at least: eight men began 24 % dearer.",
)
FIRST_MINUTES: Final = Number("backward_walk_first_min", 60.0, "min", _FIRST)
FIRST_HIGH: Final = Number("backward_walk_first_high_share", 1.45, "1", _FIRST)

LIMITS = {
    "speed_mps": Limit(
        SLOWEST.value,
        FASTEST.value,
        "Backward walking slower than 0.6 m/s: no measurement was found.",
        "Backward walking faster than 1.91 m/s: no measurement was found.",
    ),
    "grade_ratio": Limit(
        0.0,
        STEEPEST.value,
        "Backward downhill: nobody has measured what it costs.",
        "Backward walking steeper than 10 %: nobody has measured it.",
    ),
}
#: Backward is never priced below forward.
NEVER_BELOW = 1.0
ESTIMATE = "Walking backward slower than 0.9 m/s is an estimate: the factor of 0.9 m/s is kept."
EXPERIENCE_UNKNOWN = "How much you have practised is not known: the middle of the studies is used."


def walk_factor(speed_mps: Numbers, backward_experience_min: Numbers | None = None) -> Any:
    """How many times dearer backward walking is than forward walking, rest left out.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹.
    backward_experience_min : float or None
        Minutes of backward walking and running done so far; None where that is not known.

    Returns
    -------
    float or ndarray, shape (n,)
        The factor k_w of the part above rest; never below 1.

    Notes
    -----
    k_w = a · (v/1.5)^b, v at least 0.9; a and b are fitted. Practice: ln k_w + 0.12 − 0.32 · (1 − exp(−X/120)).

    Examples
    --------
    >>> round(float(walk_factor(1.5)), 2), float(walk_factor(1.5, 0.0)) > float(walk_factor(1.5, 180.0))
    (1.49, True)
    """
    speed = np.maximum(np.asarray(speed_mps, dtype=float), MEASURED_FROM.value)
    factor = WALK_RATIO.value * (speed / STATED_AT.value) ** WALK_POWER.value
    if backward_experience_min is None:
        return factor
    learnt = 1.0 - np.exp(-np.asarray(backward_experience_min, dtype=float) / PRACTICE.value)
    return np.maximum(factor * np.exp(NOVICE.value - LEARNT.value * learnt), NEVER_BELOW)


def oxygen_uptake_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers = 0.0, backward_experience_min: Numbers | None = None
) -> Any:
    """Gross oxygen uptake of backward walking.

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
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval of the model holds 80 % of people, how far they differ walking
        forward included: it was fitted to how far their uptake spread. That of a ratio is taken as wide, which is too
        wide rather than too narrow.

    Valid for
    ---------
    speed_mps from 0.9 to 1.91, where backward walking was measured, and grade_ratio from 0 to 0.10. From 0.6 to 0.9 an
    estimate; slower, faster, steeper and downhill are refused.

    Raises
    ------
    OutsideValidRange
        Beyond those limits.

    Notes
    -----
    VO2 = 3.5 + k_w(v) · (L(v, 0) − 3.5) + 1.15 · (L(v, i) − L(v, 0)), L forward walking by Looney 2019.

    Deviations
    ----------
    No paper states this model: k_w is fitted to level points of several studies, a random effect for each; the slope
    is a proposal of this project.

    References
    ----------
    Looney 2019, Med Sci Sports Exerc 51:1954, doi:10.1249/MSS.0000000000002002
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011
    Flynn 1994, Med Sci Sports Exerc 26:89, doi:10.1249/00005768-199401000-00015
    Heath 2001, Phys Ther Sport 2:171, doi:10.1054/ptsp.2001.0057
    Hreljac 2005, J Sports Sci Med 4:446
    Hooper 2004, JOSPT 34:65
    Compendium of Physical Activities 2011, codes 17320 and 17325
    Fit of this project to the published points

    Examples
    --------
    >>> round(float(oxygen_uptake_ml_per_kg_min(1.341)), 1)
    16.3
    """
    return _uptake(speed_mps, grade_ratio, walk_factor(speed_mps, backward_experience_min))


def oxygen_uptake_low_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers = 0.0,
    backward_experience_min: Numbers | None = None,
) -> Any:
    """Uptake at the low end of 80 % of people, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return _spread(oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio, backward_experience_min), WALK_LOW.value)


def oxygen_uptake_high_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers = 0.0, backward_experience_min: Numbers | None = None
) -> Any:
    """Uptake at the high end of 80 % of people, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    wide: Numbers = WALK_HIGH.value
    if backward_experience_min is not None:
        early = np.asarray(backward_experience_min, dtype=float) < FIRST_MINUTES.value
        wide = np.where(early, max(FIRST_HIGH.value, WALK_HIGH.value), WALK_HIGH.value)
    return _spread(oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio, backward_experience_min), wide)


def low_of_factor_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers = 0.0, backward_experience_min: Numbers | None = None
) -> Any:
    """Low end of what a ratio is made of: that of the uptake, and never below walking forward."""
    forward_ml = forward.oxygen_uptake_ml_per_kg_min(speed_mps, grade_ratio)
    return np.maximum(oxygen_uptake_low_ml_per_kg_min(speed_mps, grade_ratio, backward_experience_min), forward_ml)


def _spread(uptake_ml_per_kg_min: Numbers, share: Numbers) -> Any:
    """Return an end of the interval: so many times of all that is above rest, what a slope adds included."""
    rest = RESTING_OXYGEN_UPTAKE.value
    return rest + (np.asarray(uptake_ml_per_kg_min, dtype=float) - rest) * share


def _uptake(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    rest = RESTING_OXYGEN_UPTAKE.value
    level = rest + factor * (forward.level_ml_per_kg_min(speed_mps) - rest)
    return level + PER_SLOPE.value * forward.slope_ml_per_kg_min(speed_mps, grade_ratio)


MODEL = Model(
    key="oxygen_uptake_backward_walk_scaled_looney",
    title="Oxygen uptake of backward walking (fitted to the studies)",
    version="2",
    direction=Direction.BACKWARD,
    gait=Gait.WALK,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={"speed_mps": (MEASURED_FROM.value, FASTEST.value), "grade_ratio": (0.0, STEEPEST.value)},
    may_extrapolate=True,
    evidence=(
        WALK,
        williford1998.WALK,
        compendium.WALK,
        flynn1994.OXYGEN,
        heath2001.PRACTICE,
        hreljac2005.TRANSITION,
        hooper2004.UPHILL,
        looney2019.LEVEL,
        looney2019.GRADE,
    ),
    limits=LIMITS,
    outside=ESTIMATE,
    assumes={"backward_experience_min": EXPERIENCE_UNKNOWN},
    of_factor=OfFactor(low_of_factor_ml_per_kg_min, oxygen_uptake_high_ml_per_kg_min, WALK.standing),
)
