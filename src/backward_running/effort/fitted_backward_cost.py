"""What moving backward costs, fitted: by ``python -m validation.effort_fit --write`` and by nobody else."""

from __future__ import annotations

from typing import Final

from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_fit import STUDY

#: Of the script and of the table of points that these numbers were made of.
FINGERPRINT: Final = "18378cb2f47abb68e29974673347266e2847134ff39f1bf63ec54b2aeec09262"

WALK: Final = Evidence(
    "this_fit.backward_walk",
    "Fitted to 9 points of 8 studies, a random effect for each; walking in "
    "Williford 1998, "
    "Compendium, "
    "Flynn 1994, "
    "Heath 2001, "
    "Hreljac 2005"
    ". The interval holds 80 % of people of a laboratory that nobody has seen; how they differ forward is in it: it "
    "was fitted to how far their oxygen uptake spread.",
    STUDY,
    Standing.REPLICATED,
    Tag.DERIVED,
)
RUN: Final = Evidence(
    "this_fit.backward_run",
    "Fitted to 9 points of 8 studies, a random effect for each; running in "
    "Williford 1998, "
    "Hreljac 2005, "
    "Wright & Weyand 2001, "
    "Body-weight-support laboratory, "
    "Rasica 2020"
    ". The interval holds the factor of 80 % of people of a laboratory that nobody has seen.",
    STUDY,
    Standing.REPLICATED,
    Tag.DERIVED,
)

#: Backward walking: k_w = ratio · (v/1.5)^power, between so many times of it for 80 % of people.
WALK_RATIO: Final = Number("backward_walk_net_factor_at_1_5_mps", 1.49, "1", WALK)
WALK_POWER: Final = Number("backward_walk_net_factor_power", 0.58, "1", WALK)
WALK_LOW: Final = Number("backward_walk_net_factor_low_share", 0.71, "1", WALK)
WALK_HIGH: Final = Number("backward_walk_net_factor_high_share", 1.41, "1", WALK)

#: Backward running: k, and the middle 80 % of people's.
RUN_RATIO: Final = Number("backward_net_factor_ratio", 1.29, "1", RUN, low=1.04, high=1.6)
RUN_LOW: Final = Number("backward_net_factor_low_ratio", 1.04, "1", RUN)
RUN_HIGH: Final = Number("backward_net_factor_high_ratio", 1.6, "1", RUN)
