"""How far the next road for cars is."""

from __future__ import annotations

from backward_running.core.ground import HazardKind, Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.places._margins import ROAD_LOOKED_M
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule

KEY = "traffic"
EVIDENCE = own_proposal(
    "rule.traffic", "Never in traffic: a road beside the line is noise, exhaust and a kerb at best."
)
FAR_M = proposed_number("spot_traffic_far_m", 40.0, "m", "A road this far away counts no more.")


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score the distance to the nearest road for cars."""
    mapped = [hazard.aside_m for hazard in stretch.hazards if hazard.kind is HazardKind.ROAD]
    nearest = min([stretch.road_m, *mapped] if stretch.road_m is not None else mapped, default=None)
    if nearest is None:
        return Answer(1.0, f"no road mapped within {ROAD_LOOKED_M.value:.0f} m")
    if nearest <= 0.0:
        return Answer(0.0, "cars may use it")
    return Answer(min(nearest / FAR_M.value, 1.0), f"a road for cars {nearest:.0f} m away")


RULE = PlaceRule(KEY, "Traffic", ask, WEIGHTS[KEY], (EVIDENCE,))
