"""How the cost of backward walking rises with speed, in women."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="clarkson1997",
    citation="Clarkson 1997, JOSPT 25:113",
    who="25 women, backward walking at 0.96, 1.20, 1.43, 1.67 and 1.91 m/s",
    n=25,
    read="abstract; the values of the tables were not read",
    year=1997,
    would_change="Its table of oxygen uptake at five speeds: the best missing set for walking.",
)

SPEEDS = Evidence(
    key="clarkson1997.speeds",
    says=(
        "Oxygen uptake rose with backward walking speed along a line that bends upward, at five speeds from "
        "0.96 to 1.91 m/s (25 women); the values are not at hand."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
