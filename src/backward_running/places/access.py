"""Whether one may be there, and when."""

from __future__ import annotations

from backward_running.core.ground import Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.places._kinds import is_granted
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "access"
EVIDENCE = own_proposal(
    "rule.access", "What may not be entered is never proposed; where nobody says so, ask before you go."
)
HOURS_SCORE = proposed_number("spot_hours_score", 0.6, "1", "Opening hours are told, a right to be there is not.")


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score whether the map says that people may be there."""
    hours, costs = stretch.tags.get("opening_hours"), stretch.tags.get("fee", "no") not in ("no", "none")
    said = (f"; open {hours}" if hours else "") + ("; it costs a fee" if costs else "")
    if is_granted(stretch.tags):
        return Answer(1.0, f"open to people on foot{said}")
    if hours:
        return Answer(HOURS_SCORE.value, f"whether you may is not said{said}")
    return unknown(f"whether you may be there is unknown{said}")


RULE = PlaceRule(KEY, "Access", ask, WEIGHTS[KEY], (EVIDENCE,))
