"""Effort: bouts → energy and load. One file is one model.

Energy is estimated sample by sample from direction, speed and grade, with an interval; what nobody has measured is
*not known*, never guessed. Load is the runner's own word for it (session RPE) or their heart rate (TRIMP).
"""

from __future__ import annotations

from backward_running.effort._energy import add_energy
from backward_running.effort._session import session_estimates
from backward_running.effort._steady import pulse_of
from backward_running.effort.base import Limit, Model
from backward_running.effort.personal_factor import OwnFactor, own_factor

__all__ = ["Limit", "Model", "OwnFactor", "add_energy", "all_models", "own_factor", "pulse_of", "session_estimates"]


def all_models() -> dict[str, Model]:
    """Every effort model, by key."""
    from backward_running import effort
    from backward_running.core.plugs import discover

    return discover(effort, Model)
