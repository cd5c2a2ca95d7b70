"""How long the straight is: a session is made of whole lengths of it."""

from __future__ import annotations

from backward_running.core.ground import Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.places._margins import SHORTEST_M
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule

KEY = "run_out"
EVIDENCE = own_proposal(
    "rule.run_out",
    "A known lane of 20 to 50 m serves a start; longer ones save turning round. Beyond 100 m nothing is gained.",
)
ENOUGH_M = proposed_number(
    "spot_run_out_enough_m", 100.0, "m", "A straight of this length is as good as any longer one."
)


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score the length, from the shortest that is proposed up to 100 m."""
    share = (stretch.length_m - SHORTEST_M.value) / (ENOUGH_M.value - SHORTEST_M.value)
    return Answer(min(max(share, 0.0), 1.0), f"{stretch.length_m:.0f} m in a straight line")


RULE = PlaceRule(KEY, "Length of the straight", ask, WEIGHTS[KEY], (EVIDENCE,), by_map=False)
