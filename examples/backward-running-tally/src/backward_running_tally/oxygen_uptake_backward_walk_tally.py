"""A price for walking backward: the file has the name of the model's key, and the docstring is its identity card."""

from __future__ import annotations

from typing import Any

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort import Model
from backward_running.effort.base import Limit, Numbers, refuse_outside
from backward_running.evidence import Number
from backward_running_tally.study import PRICE

AT_REST = Number("tally_resting_oxygen_uptake_ml_per_kg_min", 3.5, "ml kg⁻¹ min⁻¹", PRICE)
PER_SPEED = Number("tally_oxygen_uptake_per_mps", 9.0, "ml kg⁻¹ min⁻¹ per m/s", PRICE, low=8.0, high=10.0)

LIMITS = {
    "speed_mps": Limit(0.5, 1.5, "Slower than 0.5 m/s: not for this.", "Faster than 1.5 m/s: not for this."),
    "grade_ratio": Limit(-0.01, 0.01, "Downhill: this knows no slope.", "Uphill: this knows no slope."),
}


def oxygen_uptake_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Gross oxygen uptake of walking backward on the level: made up, to show what a model looks like.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹.
    grade_ratio : float or ndarray, shape (n,)
        Rise over run; only what is nearly level is answered, and as level.

    Returns
    -------
    float or ndarray, shape (n,)
        Gross oxygen uptake, ml kg⁻¹ min⁻¹.

    Valid for
    ---------
    speed_mps from 0.5 to 1.5, grade_ratio from -0.01 to 0.01. Outside it refuses.

    Raises
    ------
    OutsideValidRange
        Beyond those limits.

    Notes
    -----
    VO2 = 3.5 + 9 v.

    Deviations
    ----------
    None.

    References
    ----------
    backward-running-tally's own proposal: an example, not evidence

    Examples
    --------
    >>> float(oxygen_uptake_ml_per_kg_min(1.0))
    12.5
    """
    return _uptake(PER_SPEED.value, speed_mps, grade_ratio)


def oxygen_uptake_low_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thrifty walker, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return _uptake(PER_SPEED.low or PER_SPEED.value, speed_mps, grade_ratio)


def oxygen_uptake_high_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers = 0.0) -> Any:
    """Uptake of a thirsty walker, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return _uptake(PER_SPEED.high or PER_SPEED.value, speed_mps, grade_ratio)


def _uptake(per_speed: float, speed_mps: Numbers, grade_ratio: Numbers) -> Any:
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    return AT_REST.value + per_speed * np.asarray(speed_mps) + 0.0 * np.asarray(grade_ratio)


MODEL = Model(
    key="oxygen_uptake_backward_walk_tally",
    title="Oxygen uptake of walking backward (an example)",
    version="1",
    direction=Direction.BACKWARD,
    gait=Gait.WALK,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={"speed_mps": (0.5, 1.5), "grade_ratio": (-0.01, 0.01)},
    may_extrapolate=False,
    evidence=(PRICE,),
    limits=LIMITS,
    priority=1,  # the models of the house stand at 0: this one is asked before them
)
