"""What standing still takes."""

from __future__ import annotations

from typing import Final

from backward_running.core.direction import Direction
from backward_running.effort.base import Model
from backward_running.effort.energy_oxygen_equivalent import RESTING_OXYGEN_UPTAKE
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import acsm

SPREAD: Final = Number(
    "standing_spread_share",
    0.2,
    "1",
    own_proposal(
        "this_project.standing_spread",
        "Bodies at rest differ; ±20 % is this project's guess of by how much.",
    ),
)


def oxygen_uptake_ml_per_kg_min() -> float:
    """Gross oxygen uptake of standing still.

    Returns
    -------
    float
        1 MET, 3.5 ml kg⁻¹ min⁻¹. The interval of the model is ±20 %, a guess of where 80 % of people lie.

    Valid for
    ---------
    A person who stands; just after hard running the body still takes more, and that is left out.

    Notes
    -----
    VO2 = 3.5, the resting part of the walking equation.

    Deviations
    ----------
    Standing takes a little more than sitting at rest; both are called 1 MET here.

    References
    ----------
    American College of Sports Medicine, metabolic equations for walking and running

    Examples
    --------
    >>> oxygen_uptake_ml_per_kg_min()
    3.5
    """
    return RESTING_OXYGEN_UPTAKE.value


def oxygen_uptake_low_ml_per_kg_min() -> float:
    """Lower bound, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return RESTING_OXYGEN_UPTAKE.value * (1 - SPREAD.value)


def oxygen_uptake_high_ml_per_kg_min() -> float:
    """Upper bound, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return RESTING_OXYGEN_UPTAKE.value * (1 + SPREAD.value)


MODEL = Model(
    key="oxygen_uptake_standing_acsm",
    title="Oxygen uptake of standing still (1 MET)",
    version="1",
    direction=Direction.STILL,
    gait=None,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={},
    may_extrapolate=True,
    evidence=(acsm.WALK,),
)
