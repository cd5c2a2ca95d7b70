"""Whether it is lit: never in the dark."""

from __future__ import annotations

from backward_running.core.ground import Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "light"
EVIDENCE = own_proposal("rule.light", "Never in the dark: what is lit can be used on a winter evening.")
BY_DAY_SCORE = proposed_number("spot_by_day_score", 0.2, "1", "What is known to be unlit serves by day.")


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score whether it is lit at night."""
    lit = stretch.tags.get("lit")
    if lit is None:
        return unknown("lighting unknown")
    if lit in ("no", "disused"):
        return Answer(BY_DAY_SCORE.value, "not lit: by day only")
    return Answer(1.0, "lit")


RULE = PlaceRule(KEY, "Light", ask, WEIGHTS[KEY], (EVIDENCE,))
