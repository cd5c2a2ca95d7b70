"""What backward walking and running cost at equal speed."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="williford1998",
    citation="Williford 1998, Med Sci Sports Exerc 30:1419",
    who="13 athletes, backward and forward at 4.83 km/h (walk) and 8.04 km/h (run), level",
    n=13,
    read="abstract",
    doi="10.1097/00005768-199809000-00011",
    year=1998,
)

WALK = Evidence(
    key="williford1998.walk",
    says=(
        "Backward walking at 4.83 km/h took 15.95±2.45 ml/kg/min against 12.42±2.29 forward: 1.28 times as much, "
        "rest included, at 132 against 113 heartbeats a minute."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

RUN = Evidence(
    key="williford1998.run",
    says=(
        "Backward running at 8.04 km/h took 31.33±5.77 ml/kg/min against 27.15±2.51 forward: 1.15 times as much, "
        "at 168 against 146 heartbeats a minute."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

SPREAD = Evidence(
    key="williford1998.spread",
    says=(
        "One standard deviation between people is 2.51/27.15 = 9.2 % forward running, 2.29/12.42 = 18.4 % forward "
        "walking and 2.45/15.95 = 15.4 % backward walking."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.DERIVED,
)
