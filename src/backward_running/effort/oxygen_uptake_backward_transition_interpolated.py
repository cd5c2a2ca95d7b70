"""What moving backward takes where some people walk and some run."""

from __future__ import annotations

from typing import Any

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.standing import weakest
from backward_running.effort import oxygen_uptake_backward_run_scaled_leger_mercier as running
from backward_running.effort import oxygen_uptake_backward_walk_scaled_looney as walking
from backward_running.effort.base import Limit, Model, Numbers, OfFactor, WithFactor, refuse_outside
from backward_running.effort.choices import BACKWARD_RUN_SURELY, BACKWARD_WALK_SURELY
from backward_running.effort.fitted_backward_cost import RUN, WALK
from backward_running.evidence.studies import hreljac2005

EITHER_GAIT = "Between 1.5 and 1.85 m/s backward some people walk and some run: the price lies between the two."
LIMITS = {
    "speed_mps": Limit(
        BACKWARD_WALK_SURELY.value,
        BACKWARD_RUN_SURELY.value,
        "Slower than 1.5 m/s backward is walking.",
        "Faster than 1.85 m/s backward is running.",
    ),
    "grade_ratio": walking.LIMITS["grade_ratio"],
}


def oxygen_uptake_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers = 0.0, backward_experience_min: Numbers | None = None
) -> Any:
    """Gross oxygen uptake of moving backward between walking and running.

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
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval passes from that of walking to that of running as the price
        does.

    Valid for
    ---------
    speed_mps from 1.5 to 1.85 and grade_ratio from 0 to 0.10: walking and running were both measured there.

    Raises
    ------
    OutsideValidRange
        Outside that range.

    Notes
    -----
    VO2 = (1 − w) · walk(1.5, i) + w · run(1.85, i), w = (v − 1.5)/(1.85 − 1.5)

    Deviations
    ----------
    No paper states this model. Where walking and running backward cost the same by measurement (1.85±0.09 m/s) it meets
    the running model, at 1.5 m/s the walking model; the straight line between them is this project's. People prefer to
    change at 1.63±0.11 m/s.

    References
    ----------
    Hreljac 2005, J Sports Sci Med 4:446
    Fit of this project to the published points

    Examples
    --------
    >>> found = [float(oxygen_uptake_ml_per_kg_min(v)) for v in (1.5, 1.7, 1.85)]
    >>> found == sorted(found)
    True
    """
    asked = {"backward_experience_min": backward_experience_min}
    return _between(
        speed_mps, grade_ratio, walking.oxygen_uptake_ml_per_kg_min, running.oxygen_uptake_ml_per_kg_min, asked
    )


def oxygen_uptake_low_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers = 0.0, backward_experience_min: Numbers | None = None
) -> Any:
    """Uptake at the low end of 80 % of people, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    asked = {"backward_experience_min": backward_experience_min}
    return _between(
        speed_mps, grade_ratio, walking.oxygen_uptake_low_ml_per_kg_min, running.oxygen_uptake_low_ml_per_kg_min, asked
    )


def oxygen_uptake_high_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers = 0.0, backward_experience_min: Numbers | None = None
) -> Any:
    """Uptake at the high end of 80 % of people, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    asked = {"backward_experience_min": backward_experience_min}
    return _between(
        speed_mps,
        grade_ratio,
        walking.oxygen_uptake_high_ml_per_kg_min,
        running.oxygen_uptake_high_ml_per_kg_min,
        asked,
    )


def low_of_factor_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers = 0.0, backward_experience_min: Numbers | None = None
) -> Any:
    """Low end with the interval of the factor alone, ml kg⁻¹ min⁻¹: what a ratio is made of."""
    asked = {"backward_experience_min": backward_experience_min}
    return _between(
        speed_mps, grade_ratio, walking.low_of_factor_ml_per_kg_min, running.low_of_factor_ml_per_kg_min, asked
    )


def high_of_factor_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers = 0.0, backward_experience_min: Numbers | None = None
) -> Any:
    """High end with the interval of the factor alone, ml kg⁻¹ min⁻¹: what a ratio is made of."""
    asked = {"backward_experience_min": backward_experience_min}
    return _between(
        speed_mps, grade_ratio, walking.oxygen_uptake_high_ml_per_kg_min, running.high_of_factor_ml_per_kg_min, asked
    )


def with_factor_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers, backward_experience_min: Numbers | None = None
) -> Any:
    """Uptake where the factor of running is known, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    walk = walking.oxygen_uptake_ml_per_kg_min(BACKWARD_WALK_SURELY.value, grade_ratio, backward_experience_min)
    return _with_factor(walk, speed_mps, grade_ratio, factor)


def low_with_factor_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers, backward_experience_min: Numbers | None = None
) -> Any:
    """Uptake of a thrifty walker passing into a runner with this low factor, ml kg⁻¹ min⁻¹."""
    walk = walking.low_of_factor_ml_per_kg_min(BACKWARD_WALK_SURELY.value, grade_ratio, backward_experience_min)
    return _with_factor(walk, speed_mps, grade_ratio, factor)


def high_with_factor_ml_per_kg_min(
    speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers, backward_experience_min: Numbers | None = None
) -> Any:
    """Uptake of a thirsty walker passing into a runner with this high factor, ml kg⁻¹ min⁻¹."""
    walk = walking.oxygen_uptake_high_ml_per_kg_min(BACKWARD_WALK_SURELY.value, grade_ratio, backward_experience_min)
    return _with_factor(walk, speed_mps, grade_ratio, factor)


def people_low_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers,
    factor: Numbers,
    end: Numbers,
    backward_experience_min: Numbers | None = None,
) -> Any:
    """Low end of the uptake where the factor of running and the low end of it are known, ml kg⁻¹ min⁻¹."""
    run = running.people_low_ml_per_kg_min(BACKWARD_RUN_SURELY.value, grade_ratio, factor, end)
    walk = walking.oxygen_uptake_low_ml_per_kg_min(BACKWARD_WALK_SURELY.value, grade_ratio, backward_experience_min)
    return _line(speed_mps, grade_ratio, walk, run)


def people_high_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers,
    factor: Numbers,
    end: Numbers,
    backward_experience_min: Numbers | None = None,
) -> Any:
    """High end of the uptake where the factor of running and the high end of it are known, ml kg⁻¹ min⁻¹."""
    run = running.people_high_ml_per_kg_min(BACKWARD_RUN_SURELY.value, grade_ratio, factor, end)
    walk = walking.oxygen_uptake_high_ml_per_kg_min(BACKWARD_WALK_SURELY.value, grade_ratio, backward_experience_min)
    return _line(speed_mps, grade_ratio, walk, run)


def _with_factor(walk: Numbers, speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    run = running.with_factor_ml_per_kg_min(BACKWARD_RUN_SURELY.value, grade_ratio, factor)
    return _line(speed_mps, grade_ratio, walk, run)


def _between(speed_mps: Numbers, grade_ratio: Numbers, walk: Any, run: Any, asked: dict[str, Any]) -> Any:
    slow, fast = BACKWARD_WALK_SURELY.value, BACKWARD_RUN_SURELY.value
    return _line(speed_mps, grade_ratio, walk(slow, grade_ratio, **asked), run(fast, grade_ratio, **asked))


def _line(speed_mps: Numbers, grade_ratio: Numbers, walk: Numbers, run: Numbers) -> Any:
    """Draw a straight line over speed from where all walk to where all run, on one slope."""
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    slow, fast = BACKWARD_WALK_SURELY.value, BACKWARD_RUN_SURELY.value
    share = (np.asarray(speed_mps, dtype=float) - slow) / (fast - slow)
    return (1 - share) * walk + share * run


MODEL = Model(
    key="oxygen_uptake_backward_transition_this_project",
    title="Oxygen uptake between walking and running backward (fitted to the studies)",
    version="3",
    direction=Direction.BACKWARD,
    gait=None,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={
        "speed_mps": (BACKWARD_WALK_SURELY.value, BACKWARD_RUN_SURELY.value),
        "grade_ratio": (LIMITS["grade_ratio"].lowest, LIMITS["grade_ratio"].highest),
    },
    may_extrapolate=False,
    evidence=(hreljac2005.TRANSITION, WALK, RUN),
    limits=LIMITS,
    caveats=(EITHER_GAIT,),
    assumes=running.MODEL.assumes,
    with_factor=WithFactor(
        low_with_factor_ml_per_kg_min,
        with_factor_ml_per_kg_min,
        high_with_factor_ml_per_kg_min,
        complete=False,
        people_low=people_low_ml_per_kg_min,
        people_high=people_high_ml_per_kg_min,
    ),
    of_factor=OfFactor(low_of_factor_ml_per_kg_min, high_of_factor_ml_per_kg_min, weakest(RUN.standing, WALK.standing)),
)
