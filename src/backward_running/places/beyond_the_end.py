"""What lies behind the runner's back where the stretch ends."""

from __future__ import annotations

from backward_running.core.ground import Stretch
from backward_running.evidence.proposals import own_proposal
from backward_running.places._margins import BEYOND_M, END_M
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule

KEY = "beyond_the_end"
EVIDENCE = own_proposal(
    "rule.beyond_the_end",
    "Who misses the end of a stretch runs on: 5 m behind it are always free of what is mapped, 15 m are better.",
)


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score how far behind the end nothing is mapped, from 5 to 15 m."""
    past = [hazard for hazard in stretch.hazards if hazard.along_m > stretch.length_m]
    free = min([stretch.free_m, *(hazard.along_m - stretch.length_m for hazard in past)])
    score = min(max((free - END_M.value) / (BEYOND_M.value - END_M.value), 0.0), 1.0)
    if not past:
        return Answer(score, f"nothing mapped in the {free:.0f} m behind its end")
    first = min(past, key=lambda hazard: hazard.along_m)
    return Answer(score, f"{first.kind.words} {free:.0f} m behind its end")


RULE = PlaceRule(KEY, "Behind the end", ask, WEIGHTS[KEY], (EVIDENCE,))
