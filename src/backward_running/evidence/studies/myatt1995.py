"""How the cost of backward walking rises with speed, in men."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="myatt1995",
    citation="Myatt 1995, JOSPT 21:132",
    who="25 men, backward walking at 0.89, 1.12, 1.34, 1.56 and 1.79 m/s",
    n=25,
    read="abstract; the values of the tables were not read",
    doi="10.2519/jospt.1995.21.3.132",
    year=1995,
    would_change="Its table of oxygen uptake at five speeds: the best missing set for walking.",
)

SPEEDS = Evidence(
    key="myatt1995.speeds",
    says=(
        "Oxygen uptake rose with backward walking speed along a line that bends upward, at five speeds from "
        "0.89 to 1.79 m/s (25 men); the values are not at hand."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
