"""How far it is from the place that was asked about."""

from __future__ import annotations

from backward_running.core.ground import Stretch
from backward_running.evidence.proposals import own_proposal
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "near"
EVIDENCE = own_proposal("rule.near", "A place near by is used, a better one far away is not; a warm-up leads there.")


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score how near it is, of how far was looked."""
    if asked.distance_m is None or asked.radius_m is None:
        return unknown("distance unknown")
    share = asked.distance_m / asked.radius_m
    return Answer(max(1.0 - share, 0.0), f"{asked.distance_m / 1000.0:.1f} km away")


RULE = PlaceRule(KEY, "Distance", ask, WEIGHTS[KEY], (EVIDENCE,), by_map=False)
