"""What it is covered with."""

from __future__ import annotations

from typing import Final

from backward_running.core.ground import GroundKind, Stretch
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "surface"
EVIDENCE = own_proposal(
    "rule.surface",
    "Even and forgiving comes first: what a heel catches on, and what is hard to fall on, comes last.",
)


def _score(key: str, value: float) -> Number:
    return Number(f"spot_surface_{key}_score", value, "1", EVIDENCE)


_EVEN, _GRASS, _FINE, _HARD, _SLABS, _LOOSE, _ROUGH = (
    _score("even", 1.0),
    _score("grass", 0.9),
    _score("fine", 0.7),
    _score("hard", 0.6),
    _score("slabs", 0.4),
    _score("loose", 0.2),
    _score("rough", 0.05),
)
SURFACES: Final[dict[str, Number]] = {
    "tartan": _EVEN, "acrylic": _EVEN, "rubber": _EVEN, "artificial_turf": _EVEN, "grass": _GRASS,
    "compacted": _FINE, "fine_gravel": _FINE, "clay": _FINE, "asphalt": _HARD, "concrete": _HARD, "paved": _HARD,
    "paving_stones": _SLABS, "concrete:plates": _SLABS, "wood": _SLABS, "grass_paver": _SLABS, "unpaved": _LOOSE,
    "ground": _LOOSE, "dirt": _LOOSE, "earth": _LOOSE, "gravel": _LOOSE, "woodchips": _LOOSE, "sand": _ROUGH,
    "mud": _ROUGH, "cobblestone": _ROUGH, "sett": _ROUGH, "unhewn_cobblestone": _ROUGH, "pebblestone": _ROUGH,
    "metal": _ROUGH,    "rock": _ROUGH, "stone": _ROUGH, "snow": _ROUGH, "ice": _ROUGH, "concrete:lanes": _ROUGH,
}  # fmt: skip
_GRASSY = frozenset({GroundKind.LAWN, GroundKind.SLOPE})


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score the surface as the map names it; grass that is only mapped as such may be rough."""
    named = stretch.tags.get("surface")
    if named in SURFACES:
        return Answer(SURFACES[named].value, named.replace("_", " ").replace(":", ", "))
    if stretch.kind in _GRASSY:
        return unknown("mapped as grass; how even it is nobody says")
    return unknown("surface unknown")


RULE = PlaceRule(KEY, "Surface", ask, WEIGHTS[KEY], (EVIDENCE, ADVICE))
