"""Bicycles come fast, and from behind."""

from __future__ import annotations

from backward_running.core.ground import GroundKind, Stretch
from backward_running.evidence.proposals import own_proposal
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "bicycles"
EVIDENCE = own_proposal("rule.bicycles", "On a way where bicycles go they come faster than a glance over the shoulder.")
WAYS = frozenset({GroundKind.PATH, GroundKind.SERVICE})


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score whether bicycles are kept away."""
    allowed = stretch.tags.get("bicycle")
    if stretch.kind not in WAYS:
        return Answer(1.0, "no way for bicycles")
    if allowed is None:
        return unknown("whether bicycles come is unknown")
    if allowed in ("no", "dismount"):
        return Answer(1.0, "bicycles are not allowed")
    return Answer(0.0, "bicycles are allowed")


RULE = PlaceRule(KEY, "Bicycles", ask, WEIGHTS[KEY], (EVIDENCE,))
