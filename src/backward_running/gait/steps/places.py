"""Places on the body, by what a sensor there shows of the steps."""

from __future__ import annotations

from backward_running.evidence import proposed_number

FEET = frozenset({"foot", "foot_left", "foot_right"})
SHANKS = frozenset({"shank", "shank_left", "shank_right"})
THIGHS = frozenset({"thigh", "thigh_left", "thigh_right", "pocket", "pocket_left", "pocket_right"})
#: Of a trunk any mounting will do for counting steps.
LOW_TRUNK = frozenset({"waist", "lower_back", "hip", "pelvis"})
HIGH_TRUNK = frozenset({"chest", "back", "upper_back", "sternum"})
TRUNK = LOW_TRUNK | HIGH_TRUNK
#: Swung or held against the steps.
ELSEWHERE = frozenset({"wrist", "forearm", "upper_arm", "hand", "arm", "head"})
ANKLE_BELOW = proposed_number(
    "ankle_below_m",
    0.35,
    "m",
    "The ankle lies some 0.35 m below the sensor, or less: a guess for all people. A wrong one adds the same velocity "
    "at both ends of a stride, which is less than that of the stride.",
)
