"""How hard backward running is at 9.65 km/h."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="flynn1994",
    citation="Flynn 1994, Med Sci Sports Exerc 26:89",
    who="10 runners, backward at 9.65 km/h running and 6.43 km/h walking (their number is from memory)",
    n=10,
    read="abstract",
    doi="10.1249/00005768-199401000-00015",
    year=1994,
)

OXYGEN = Evidence(
    key="flynn1994.oxygen",
    says=(
        "Running backward at 9.65 km/h took 84 % of the highest oxygen uptake, walking backward at 6.43 km/h "
        "60 %: the "
        "walk took 0.714 of the run."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
