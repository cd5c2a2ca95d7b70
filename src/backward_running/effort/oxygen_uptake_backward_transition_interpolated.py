"""What moving backward takes where some people walk and some run."""

from __future__ import annotations

from typing import Any

import numpy as np

from backward_running.core.direction import Direction
from backward_running.effort import oxygen_uptake_acsm_walk, oxygen_uptake_leger_mercier_1984
from backward_running.effort import oxygen_uptake_backward_run_scaled_leger_mercier as running
from backward_running.effort import oxygen_uptake_backward_walk_williford_1998 as walking
from backward_running.effort.base import Limit, Model, Numbers, WithFactor, refuse_outside
from backward_running.effort.choices import BACKWARD_RUN_SURELY, BACKWARD_WALK_SURELY
from backward_running.evidence.studies import hreljac2005, this_project, williford1998

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
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval of the model reaches from a thrifty walker to a thirsty runner
        at that speed, because either may be meant.

    Valid for
    ---------
    speed_mps from 1.5 to 1.85 and grade_ratio from 0 to 0.10. Outside another model answers, or none.

    Raises
    ------
    OutsideValidRange
        Outside that range.

    Notes
    -----
    VO2 = (1 − w) · walk(v, i) + w · run(v, i), w = (v − 1.5)/(1.85 − 1.5)

    Deviations
    ----------
    No paper states this model. At the speed where walking and running backward cost the same (1.85±0.09 m/s) it meets
    the running model; at 1.5 m/s it meets the walking model; the straight line between them is this project's. Both
    models are carried into the band beyond their own ranges. People prefer to change at 1.63±0.11 m/s.

    References
    ----------
    Hreljac 2005, J Sports Sci Med 4:446
    Williford 1998, Med Sci Sports Exerc 30:1419, doi:10.1097/00005768-199809000-00011

    Examples
    --------
    >>> [round(float(oxygen_uptake_ml_per_kg_min(v)), 1) for v in (1.5, 1.7, 1.85)]
    [16.0, 22.9, 29.2]
    """
    walk, run = _both(speed_mps, grade_ratio, running.backward_factor(backward_experience_min))
    return blend(speed_mps, walk, run)


def with_factor_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    """Uptake where the factor of running is known, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    walk, run = _both(speed_mps, grade_ratio, factor)
    return blend(speed_mps, walk, run)


def low_with_factor_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    """Uptake of a thrifty walker, or a runner with this low factor where that is less, ml kg⁻¹ min⁻¹."""
    walk, run = _both(speed_mps, grade_ratio, factor)
    return np.minimum(walk * (1 - walking.SPREAD.value), run)


def high_with_factor_ml_per_kg_min(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> Any:
    """Uptake of a runner with this high factor, or a thirsty walker where that is more, ml kg⁻¹ min⁻¹."""
    walk, run = _both(speed_mps, grade_ratio, factor)
    return np.maximum(walk * (1 + walking.SPREAD.value), run)


def alike_ml_per_kg_min(
    *, speed_mps: Numbers, grade_ratio: Numbers, factors: tuple[float, float] | None = None
) -> tuple[Any, Any]:
    """Return the lowest and highest uptake backward, walkers held against walkers and runners against runners.

    Parameters
    ----------
    speed_mps, grade_ratio : float or ndarray, shape (n,)
        Speed and rise over run.
    factors : tuple of float, optional
        Low and high of the runner's own factor of running; those of the population where it is not known.

    Returns
    -------
    tuple of float or ndarray
        ml kg⁻¹ min⁻¹. Narrower than the interval of the price, in which the gait is not known.
    """
    walk_forward, run_forward = (
        model.best(speed_mps=speed_mps, grade_ratio=grade_ratio)
        for model in (oxygen_uptake_acsm_walk.MODEL, oxygen_uptake_leger_mercier_1984.MODEL)
    )
    forward = blend(speed_mps, walk_forward, run_forward)
    low_run, high_run = (
        running.anywhere_ml_per_kg_min(speed_mps, grade_ratio, factor) / run_forward
        for factor in factors or (running.FACTOR_LOW.value, running.FACTOR_HIGH.value)
    )
    walk, spread = walking.FACTOR.value, walking.SPREAD.value
    return forward * np.minimum(walk * (1 - spread), low_run), forward * np.maximum(walk * (1 + spread), high_run)


def blend(speed_mps: Numbers, walk: Numbers, run: Numbers) -> Any:
    """Pass from walking to running along a straight line over speed."""
    share = (np.asarray(speed_mps, dtype=float) - BACKWARD_WALK_SURELY.value) / (
        BACKWARD_RUN_SURELY.value - BACKWARD_WALK_SURELY.value
    )
    return (1 - share) * walk + share * run


def oxygen_uptake_low_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers = 0.0,
    backward_experience_min: Numbers | None = None,  # noqa: ARG001 - the population's interval does not depend on it
) -> Any:
    """Uptake of a thrifty walker, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return low_with_factor_ml_per_kg_min(speed_mps, grade_ratio, running.FACTOR_LOW.value)


def oxygen_uptake_high_ml_per_kg_min(
    speed_mps: Numbers,
    grade_ratio: Numbers = 0.0,
    backward_experience_min: Numbers | None = None,  # noqa: ARG001 - the population's interval does not depend on it
) -> Any:
    """Uptake of a runner with k = 1.45, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return high_with_factor_ml_per_kg_min(speed_mps, grade_ratio, running.FACTOR_HIGH.value)


def _both(speed_mps: Numbers, grade_ratio: Numbers, factor: Numbers) -> tuple[Any, Any]:
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    return walking.anywhere_ml_per_kg_min(speed_mps, grade_ratio), running.anywhere_ml_per_kg_min(
        speed_mps, grade_ratio, factor
    )


MODEL = Model(
    key="oxygen_uptake_backward_transition_this_project",
    title="Oxygen uptake between walking and running backward (this project's proposal)",
    version="1",
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
    evidence=(this_project.BACKWARD_FACTOR, hreljac2005.TRANSITION, williford1998.WALK),
    limits=LIMITS,
    caveats=(EITHER_GAIT,),
    with_factor=WithFactor(
        low_with_factor_ml_per_kg_min, with_factor_ml_per_kg_min, high_with_factor_ml_per_kg_min, complete=False
    ),
    alike=alike_ml_per_kg_min,
)
