"""Where other paths join, people come from the side."""

from __future__ import annotations

from backward_running.core.ground import HazardKind, Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule

KEY = "joined_paths"
EVIDENCE = own_proposal("rule.joined_paths", "No other people: where paths join, somebody steps in unseen.")
HALF_PER_100_M = proposed_number("spot_junctions_half_per_100_m", 3.0, "1", "So many in 100 m halve the score.")


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score how few paths join or cross."""
    joined = sum(hazard.kind is HazardKind.JUNCTION for hazard in stretch.hazards)
    per_100_m = 100.0 * joined / stretch.length_m
    score = HALF_PER_100_M.value / (HALF_PER_100_M.value + per_100_m)
    words = "no mapped path joins it" if not joined else f"{per_100_m:.1f} joining paths in 100 m"
    return Answer(score, words)


RULE = PlaceRule(KEY, "Joining paths", ask, WEIGHTS[KEY], (EVIDENCE, ADVICE))
