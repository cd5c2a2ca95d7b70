"""How much each rule counts: one table, so that they can be weighed against each other."""

from __future__ import annotations

from typing import Final

from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal

_WHY = own_proposal(
    "this_project.spot_weights",
    "How much each side of a place counts: what a runner falls over first, then the kind of ground, then how "
    "well it is "
    "known.",
)


def _weight(key: str, value: float) -> Number:
    return Number(f"spot_weight_{key}", value, "1", _WHY)


WEIGHTS: Final[dict[str, Number]] = {
    "clear_lane": _weight("clear_lane", 16.0),
    "kind_of_ground": _weight("kind_of_ground", 14.0),
    "beyond_the_end": _weight("beyond_the_end", 12.0),
    "run_out": _weight("run_out", 12.0),
    "surface": _weight("surface", 12.0),
    "familiar": _weight("familiar", 12.0),
    "traffic": _weight("traffic", 10.0),
    "grade": _weight("grade", 10.0),
    "joined_paths": _weight("joined_paths", 8.0),
    "smoothness": _weight("smoothness", 6.0),
    "width": _weight("width", 6.0),
    "access": _weight("access", 6.0),
    "near": _weight("near", 6.0),
    "bicycles": _weight("bicycles", 4.0),
    "light": _weight("light", 4.0),
}
