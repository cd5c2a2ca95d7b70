"""How far a proposed stretch keeps from what is in the way. All are our own proposals."""

from __future__ import annotations

from typing import Final

from backward_running.core.ground import HazardKind
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal, proposed_number

SHORTEST_M = proposed_number(
    "spot_shortest_m", 20.0, "m", "The shortest stretch that is proposed: a known lane is 20 to 50 m long."
)
LONGEST_M = proposed_number(
    "spot_longest_m", 400.0, "m", "A stretch is cut where it is longer: nobody walks it through forward first."
)
TURN_DEG = proposed_number(
    "spot_turn_deg", 5.0, "°", "A way counts as straight while it turns no more than this in 10 m."
)
TURN_OVER_M = proposed_number("spot_turn_over_m", 10.0, "m", "The length in which the turn of a way is measured.")
BEND_DEG = proposed_number(
    "spot_bend_deg", 20.0, "°", "Over its whole length a stretch leaves its first heading by no more than this."
)
EDGE_M = proposed_number("spot_edge_m", 2.0, "m", "A lawn or pitch is used up to so far from its edge.")
LANE_M = proposed_number("spot_lane_m", 1.0, "m", "Half the width of the lane that has to be clear.")
END_M = proposed_number(
    "spot_end_m", 5.0, "m", "So much has to be free behind the runner where a stretch ends: some three steps to stop."
)
BEYOND_M = proposed_number("spot_beyond_m", 15.0, "m", "How far behind the end of a stretch is looked.")
BESIDE_M = proposed_number("spot_beside_m", 3.0, "m", "What stands nearer to the line than this is counted.")
ROAD_LOOKED_M = proposed_number("spot_road_looked_m", 60.0, "m", "How far aside is looked for a road.")
BORDER_M = proposed_number(
    "spot_border_m", 30.0, "m", "Near the border of an extract the map is not whole: nothing is proposed there."
)
SWEEP_DEG = proposed_number(
    "spot_sweep_deg",
    10.0,
    "°",
    "The longest line of an area is looked for in steps of this, then finer round the best.",
)
SWEEP_LINES = proposed_number("spot_sweep_lines", 24.0, "1", "So many lines are tried in each heading.")
BENT_RING_SHARE = proposed_number(
    "spot_bent_ring_share", 0.9, "1", "A ring counts as closed where it is so much of a whole."
)
LANE_WIDTH_M = proposed_number(
    "spot_lane_width_m", 1.22, "m", "The width of a lane of a running track, from memory of the rules of the sport."
)

_WHY = own_proposal(
    "this_project.spot_margins",
    "How far from the line as it is drawn something reaches: half a road of two lanes, half a track, the bank "
    "of a stream.",
)


def _margin(key: str, value: float) -> Number:
    return Number(f"spot_margin_{key}_m", value, "m", _WHY)


#: From the line or edge as it is drawn, without the lane of the runner.
MARGIN_M: Final[dict[HazardKind, Number]] = {
    HazardKind.ROAD: _margin("road", 3.0),
    HazardKind.RAILWAY: _margin("railway", 3.0),
    HazardKind.WATER: _margin("water", 2.0),
    HazardKind.STEPS: _margin("steps", 1.0),
    HazardKind.BARRIER: _margin("barrier", 0.5),
    HazardKind.KERB: _margin("kerb", 0.5),
    HazardKind.CROSSING: _margin("crossing", 2.0),
    HazardKind.CLIFF: _margin("cliff", 2.0),
    HazardKind.BUILDING: _margin("building", 0.5),
    HazardKind.CLOSED: _margin("closed", 0.5),
    HazardKind.OBSTACLE: _margin("obstacle", 0.5),
    HazardKind.EDGE: _margin("edge", 1.0),
    HazardKind.JUNCTION: _margin("junction", 1.0),
}
