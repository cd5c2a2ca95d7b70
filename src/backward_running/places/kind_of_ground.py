"""What kind of ground it is: a running track and closed grass come first, and never traffic."""

from __future__ import annotations

from typing import Final

from backward_running.core.ground import GroundKind, Stretch
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "kind_of_ground"
EVIDENCE = own_proposal(
    "rule.kind_of_ground",
    "Run backward on a running track or closed grass, never in traffic: where people run and nobody drives is first.",
)


def _score(key: str, value: float) -> Number:
    return Number(f"spot_kind_{key}_score", value, "1", EVIDENCE)


KINDS: Final[dict[GroundKind, tuple[Number, str]]] = {
    GroundKind.TRACK: (_score("track", 1.0), "a running track"),
    GroundKind.SLOPE: (_score("slope", 0.9), "grass that rises gently"),
    GroundKind.PITCH: (_score("pitch", 0.8), "a sports pitch"),
    GroundKind.LAWN: (_score("lawn", 0.7), "a lawn"),
    GroundKind.PATH: (_score("path", 0.35), "a path for people on foot"),
    GroundKind.SERVICE: (_score("service", 0.1), "a service road: cars may come"),
}


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score the kind of ground."""
    if stretch.kind not in KINDS:
        return unknown("what ground it is, is unknown")
    score, words = KINDS[stretch.kind]
    return Answer(score.value, words)


RULE = PlaceRule(KEY, "Kind of ground", ask, WEIGHTS[KEY], (EVIDENCE, ADVICE))
