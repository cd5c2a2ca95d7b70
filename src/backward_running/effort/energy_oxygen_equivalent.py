"""From oxygen to energy: what a litre of oxygen is worth, and what a body takes standing."""

from __future__ import annotations

from typing import Final

from backward_running.core.constants import JOULES_PER_KILOCALORIE
from backward_running.core.recording import FloatArray
from backward_running.core.standing import Standing, Tag
from backward_running.effort.base import Numbers
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies import acsm

ENERGY_PER_OXYGEN: Final = Number(
    key="oxygen_energy_kcal_per_l",
    value=5.0,
    unit="kcal l⁻¹",
    evidence=Evidence(
        key="acsm.oxygen",
        says="A litre of oxygen is taken as 5.0 kcal.",
        study=acsm.STUDY,
        standing=Standing.REVIEWED,
        tag=Tag.MEMORY,
    ),
)
RESTING_OXYGEN_UPTAKE: Final = Number(
    key="resting_oxygen_uptake_ml_per_kg_min",
    value=3.5,
    unit="ml kg⁻¹ min⁻¹",
    evidence=acsm.WALK,
)

JOULES_PER_ML: Final = Number(
    key="oxygen_energy_j_per_ml",
    value=ENERGY_PER_OXYGEN.value * JOULES_PER_KILOCALORIE / 1000.0,
    unit="J ml⁻¹",
    evidence=Evidence(
        key="acsm.oxygen_joule",
        says="5.0 kcal/l · 4,184 J/kcal = 20.92 J per millilitre of oxygen.",
        study=acsm.STUDY,
        standing=Standing.REVIEWED,
        tag=Tag.DERIVED,
    ),
)


def energy_j_per_kg(oxygen_uptake_ml_per_kg_min: Numbers, duration_s: Numbers) -> FloatArray | float:
    """Turn an oxygen uptake kept up for a time into energy per kilogram of body.

    Parameters
    ----------
    oxygen_uptake_ml_per_kg_min : float or ndarray
        Gross oxygen uptake, ml kg⁻¹ min⁻¹.
    duration_s : float or ndarray
        How long, s.

    Returns
    -------
    float or ndarray
        Gross metabolic energy, J kg⁻¹.

    Examples
    --------
    Ten minutes at 35 ml/kg/min are 1.75 kcal/kg:

    >>> round(float(energy_j_per_kg(35.0, 600.0)) / 4184.0, 3)
    1.75
    """
    return oxygen_uptake_ml_per_kg_min * duration_s / 60.0 * JOULES_PER_ML.value
