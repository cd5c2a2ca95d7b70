"""Effort: bouts → energy and load. One file is one model.

Energy is estimated sample by sample from direction, speed and grade, with an interval; what nobody has measured is
*not known*, never guessed. Load is the runner's own word for it (session RPE) or their heart rate (TRIMP).
"""

from __future__ import annotations

from backward_running.effort._energy import add_energy, awake_s, span_of_unknown
from backward_running.effort._grade_adjusted import grade_adjusted
from backward_running.effort._heart_rate_energy import heart_rate_energy
from backward_running.effort._measured import power_energy
from backward_running.effort._rates import (
    NOTHING_PRICED,
    PricedPart,
    capacity_of,
    capacity_read_off,
    capacity_share,
    cost_j_per_kg_m,
    net_ratio,
    power_w_per_kg,
    priced_part_by_direction,
)
from backward_running.effort._registry import grade_adjusted_model, session_load_model, trimp_model_of, uptake_model_of
from backward_running.effort._session import session_estimates
from backward_running.effort._steady_heart_rate import pulse_of
from backward_running.effort._tissue import Tissue
from backward_running.effort.base import Limit, Model
from backward_running.effort.personal_factor import OwnFactor, own_factor

__all__ = [
    "NOTHING_PRICED",
    "Limit",
    "Model",
    "OwnFactor",
    "PricedPart",
    "Tissue",
    "add_energy",
    "all_models",
    "awake_s",
    "capacity_of",
    "capacity_read_off",
    "capacity_share",
    "cost_j_per_kg_m",
    "grade_adjusted",
    "grade_adjusted_model",
    "heart_rate_energy",
    "net_ratio",
    "own_factor",
    "power_energy",
    "power_w_per_kg",
    "priced_part_by_direction",
    "pulse_of",
    "session_estimates",
    "session_load_model",
    "span_of_unknown",
    "trimp_model_of",
    "uptake_model_of",
]


def all_models() -> dict[str, Model]:
    """Every effort model, by key; a tissue brings its own."""
    from backward_running import effort
    from backward_running.core.plugs import discover

    models = discover(effort, Model)
    for tissue in discover(effort, Tissue).values():
        if tissue.model.of_the_house or tissue.model.key not in models:
            models[tissue.model.key] = tissue.model
    return dict(sorted(models.items()))
