"""What moving forward takes where walking ends and running has not begun to be measured."""

from __future__ import annotations

from typing import Any

import numpy as np

from backward_running.core.direction import Direction
from backward_running.effort import oxygen_uptake_leger_mercier_1984 as running
from backward_running.effort import oxygen_uptake_looney_2019_walk as walking
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.evidence.studies import leger1984, looney2019

EITHER_GAIT = "Between 1.96 and 2.2 m/s forward some people walk and some run: the price lies between the two."
LIMITS = {
    "speed_mps": Limit(
        walking.FASTEST.value,
        running.SLOWEST.value,
        "Slower than 1.96 m/s forward is walking.",
        "Faster than 2.2 m/s forward is running.",
    ),
    "grade_ratio": walking.LIMITS["grade_ratio"],
}


def oxygen_uptake_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Gross oxygen uptake of moving forward between walking and running, where no gait was found.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹.
    grade_ratio : float or ndarray, shape (n,)
        Rise over run, positive uphill.

    Returns
    -------
    float or ndarray, shape (n,)
        Gross oxygen uptake, ml kg⁻¹ min⁻¹; its interval passes from that of walking to that of running.

    Valid for
    ---------
    speed_mps from 1.96, where the walking equation ends, to 2.2, where the running equation begins, and grade_ratio
    from −0.40 to +0.45; down to −0.45 extrapolated.

    Raises
    ------
    OutsideValidRange
        Outside that range.

    Notes
    -----
    VO2 = (1 − w) · walk(1.96, i) + w · run(2.2, i), w = (v − 1.96)/(2.2 − 1.96)

    Deviations
    ----------
    No paper states this model: the straight line between two equations is this project's. On the level the two cost the
    same at about 2.1 m/s.

    References
    ----------
    Looney 2019, Med Sci Sports Exerc 51:1954, doi:10.1249/MSS.0000000000002002
    Léger & Mercier 1984, Gross energy cost of horizontal treadmill and track running

    Examples
    --------
    >>> round(float(oxygen_uptake_ml_per_kg_min(2.2)), 1) == round(float(running.oxygen_uptake_ml_per_kg_min(2.2)), 1)
    True
    """
    return _line(walking.oxygen_uptake_ml_per_kg_min, running.oxygen_uptake_ml_per_kg_min, speed_mps, grade_ratio)


def oxygen_uptake_low_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thrifty body, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    low = running.oxygen_uptake_low_ml_per_kg_min
    return _line(walking.oxygen_uptake_low_ml_per_kg_min, low, speed_mps, grade_ratio)


def oxygen_uptake_high_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thirsty body, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    high = running.oxygen_uptake_high_ml_per_kg_min
    return _line(walking.oxygen_uptake_high_ml_per_kg_min, high, speed_mps, grade_ratio)


def _line(walk: Any, run: Any, speed_mps: Numbers, grade_ratio: Numbers) -> Any:
    """Draw a straight line over speed from where walking ends to where running begins, on one slope."""
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    slow, fast = walking.FASTEST.value, running.SLOWEST.value
    share = (np.asarray(speed_mps, dtype=float) - slow) / (fast - slow)
    return (1 - share) * walk(slow, grade_ratio) + share * run(fast, grade_ratio)


MODEL = Model(
    key="oxygen_uptake_forward_transition_interpolated",
    title="Oxygen uptake between walking and running forward",
    version="2",
    direction=Direction.FORWARD,
    gait=None,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={
        "speed_mps": (walking.FASTEST.value, running.SLOWEST.value),
        "grade_ratio": walking.MODEL.valid["grade_ratio"],
    },
    may_extrapolate=True,
    evidence=(looney2019.LEVEL, looney2019.GRADE, leger1984.LEVEL),
    limits=LIMITS,
    caveats=(EITHER_GAIT,),
)
