"""How even the surface is, by the scale of the map."""

from __future__ import annotations

from typing import Final

from backward_running.core.ground import Stretch
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "smoothness"
EVIDENCE = own_proposal(
    "rule.smoothness", "What rollers and racing bicycles can use has nothing on it that a heel catches on."
)


def _score(key: str, value: float) -> Number:
    return Number(f"spot_smoothness_{key}_score", value, "1", EVIDENCE)


DEGREES: Final[dict[str, Number]] = {
    "excellent": _score("excellent", 1.0),
    "good": _score("good", 0.9),
    "intermediate": _score("intermediate", 0.5),
    "bad": _score("bad", 0.1),
    "very_bad": _score("very_bad", 0.0),
    "horrible": _score("horrible", 0.0),
    "very_horrible": _score("very_horrible", 0.0),
    "impassable": _score("impassable", 0.0),
}


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score how even the surface is said to be."""
    named = stretch.tags.get("smoothness")
    if named not in DEGREES:
        return unknown("evenness unknown")
    return Answer(DEGREES[named].value, f"evenness: {named.replace('_', ' ')}")


RULE = PlaceRule(KEY, "Evenness", ask, WEIGHTS[KEY], (EVIDENCE,))
