"""What backward walking takes on the level and on +5 %."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="chaloupka1997",
    citation="Chaloupka 1997, JOSPT 25:302",
    who="17 people walking at 1.563 m/s, level and +5 %, both ways",
    n=17,
    read="abstract; the values of the tables were not read",
    doi="10.2519/jospt.1997.25.5.302",
    year=1997,
    would_change="Its table of oxygen uptake, level and on +5 %.",
)

WALK = Evidence(
    key="chaloupka1997.walk",
    says=(
        "At 1.563 m/s walking backward took more oxygen than forward on the level and on +5 % (17 people); "
        "the values are not at hand."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
