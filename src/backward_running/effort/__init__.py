"""Effort: bouts → energy and load. One file is one model.

Energy is estimated sample by sample from direction, speed and grade, with an interval; what nobody has measured is
*not known*, never guessed. Load is the runner's own word for it (session RPE) or their heart rate (TRIMP).
"""

from __future__ import annotations

from backward_running.effort._asked import grade_adjusted_model, session_load_model, trimp_model_of
from backward_running.effort._energy import add_energy, awake_s
from backward_running.effort._grade_adjusted import grade_adjusted
from backward_running.effort._own_energy import heart_rate_energy
from backward_running.effort._rates import (
    NOTHING,
    Ground,
    capacity_of,
    capacity_read_off,
    capacity_share,
    cost_j_per_kg_m,
    ground_by_direction,
    net_ratio,
    power_w_per_kg,
)
from backward_running.effort._session import session_estimates
from backward_running.effort._steady import pulse_of
from backward_running.effort._tissue import Tissue
from backward_running.effort.base import Limit, Model
from backward_running.effort.personal_factor import OwnFactor, own_factor

__all__ = [
    "NOTHING",
    "Ground",
    "Limit",
    "Model",
    "OwnFactor",
    "add_energy",
    "all_models",
    "awake_s",
    "capacity_of",
    "capacity_read_off",
    "capacity_share",
    "cost_j_per_kg_m",
    "grade_adjusted",
    "grade_adjusted_model",
    "ground_by_direction",
    "heart_rate_energy",
    "net_ratio",
    "own_factor",
    "power_w_per_kg",
    "pulse_of",
    "session_estimates",
    "session_load_model",
    "trimp_model_of",
]


def all_models() -> dict[str, Model]:
    """Every effort model, by key; a tissue brings its own."""
    from backward_running import effort
    from backward_running.core.plugs import discover

    of_tissues = {tissue.model.key: tissue.model for tissue in discover(effort, Tissue).values()}
    return dict(sorted((of_tissues | discover(effort, Model)).items()))
