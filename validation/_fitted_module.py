"""The module of fitted numbers, as text: what ``validation.effort_fit --write`` writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backward_running.core.direction import Gait
from backward_running.evidence.points import PUBLISHED_POINTS, PublishedPoint, Use

_HEAD = """What moving backward costs, fitted: by ``python -m validation.effort_fit --write`` and by nobody else."""
_TEMPLATE = '''"""{head}"""

from __future__ import annotations

from typing import Final

from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_fit import STUDY

#: Of the script and of the table of points that these numbers were made of.
FINGERPRINT: Final = "{fingerprint}"

WALK: Final = Evidence(
    "this_fit.backward_walk",
    "Fitted to {points} points of {studies} studies, a random effect for each; walking in "
    {walk_names}
    ". The interval holds 80 % of people of a laboratory that nobody has seen; how they differ forward is in it: it "
    "was fitted to how far their oxygen uptake spread.",
    STUDY,
    Standing.REPLICATED,
    Tag.DERIVED,
)
RUN: Final = Evidence(
    "this_fit.backward_run",
    "Fitted to {points} points of {studies} studies, a random effect for each; running in "
    {run_names}
    ". The interval holds the factor of 80 % of people of a laboratory that nobody has seen.",
    STUDY,
    Standing.REPLICATED,
    Tag.DERIVED,
)

#: Backward walking: k_w = ratio · (v/1.5)^power, between so many times of it for 80 % of people.
WALK_RATIO: Final = Number("backward_walk_net_factor_at_1_5_mps", {walk_ratio}, "1", WALK)
WALK_POWER: Final = Number("backward_walk_net_factor_power", {walk_power}, "1", WALK)
WALK_LOW: Final = Number("backward_walk_net_factor_low_share", {walk_low_share}, "1", WALK)
WALK_HIGH: Final = Number("backward_walk_net_factor_high_share", {walk_high_share}, "1", WALK)

#: Backward running: k, and the middle 80 % of people's.
RUN_RATIO: Final = Number(
    "backward_net_factor_ratio", {run_ratio}, "1", RUN, low={run_low_ratio}, high={run_high_ratio}
)
RUN_LOW: Final = Number("backward_net_factor_low_ratio", {run_low_ratio}, "1", RUN)
RUN_HIGH: Final = Number("backward_net_factor_high_ratio", {run_high_ratio}, "1", RUN)
'''


def module_text(numbers: Mapping[str, float], fingerprint: str) -> str:
    """Return the module that holds the numbers of a fit."""
    used = [point for point in PUBLISHED_POINTS if point.use is Use.FIT and not point.wanted]
    return _TEMPLATE.format(
        **numbers,
        head=_HEAD,
        fingerprint=fingerprint,
        points=len(used),
        studies=len({point.study for point in used}),
        walk_names=_names(used, Gait.WALK),
        run_names=_names(used, Gait.RUN),
    )


def _names(used: Sequence[PublishedPoint], gait: Gait) -> str:
    """Return the names of the studies of a gait, a line of source each."""
    names = list(dict.fromkeys(point.name for point in used if point.gait in (gait, None)))
    return "\n    ".join(f'"{name}{", " if name != names[-1] else ""}"' for name in names)
