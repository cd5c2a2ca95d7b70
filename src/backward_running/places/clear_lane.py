"""What stands in the lane or beside it."""

from __future__ import annotations

from backward_running.core.ground import HazardKind, Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule

KEY = "clear_lane"
EVIDENCE = own_proposal(
    "rule.clear_lane",
    "No obstacles: each thing within 3 m of the line is something to run into. What is not mapped is not counted.",
)
HALF_PER_100_M = proposed_number(
    "spot_obstacles_half_per_100_m", 2.0, "1", "So many things in 100 m halve what the lane is worth."
)


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score how few things are mapped within 3 m of the line."""
    beside = [hazard for hazard in stretch.hazards if hazard.along_m <= stretch.length_m]
    counted = [hazard for hazard in beside if hazard.kind not in (HazardKind.JUNCTION, HazardKind.EDGE)]
    per_100_m = 100.0 * len(counted) / stretch.length_m
    if not counted:
        return Answer(1.0, "nothing mapped within 3 m of the line")
    kinds = ", ".join(dict.fromkeys(hazard.kind.words for hazard in counted))
    score = HALF_PER_100_M.value / (HALF_PER_100_M.value + per_100_m)
    return Answer(score, f"{per_100_m:.1f} things within 3 m in 100 m: {kinds}")


RULE = PlaceRule(KEY, "Things in the way", ask, WEIGHTS[KEY], (EVIDENCE, ADVICE))
