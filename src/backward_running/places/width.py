"""How wide it is: who cannot see where they go drifts to the side."""

from __future__ import annotations

from backward_running.core.ground import Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "width"
EVIDENCE = own_proposal(
    "rule.width", "A lane with room to both sides forgives a drift: 1 m is a beam, 4 m is a street."
)
NARROW_M = proposed_number("spot_narrow_m", 1.0, "m", "Nothing this narrow has room for a drift.")
WIDE_M = proposed_number("spot_wide_m", 4.0, "m", "From here on more width gains nothing.")


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score the width."""
    if stretch.width_m is None:
        return unknown("width unknown")
    share = (stretch.width_m - NARROW_M.value) / (WIDE_M.value - NARROW_M.value)
    return Answer(min(max(share, 0.0), 1.0), f"{stretch.width_m:g} m wide or more")


RULE = PlaceRule(KEY, "Width", ask, WEIGHTS[KEY], (EVIDENCE,))
