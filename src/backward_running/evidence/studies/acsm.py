"""The walking and running equations of the American College of Sports Medicine."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="acsm",
    citation="American College of Sports Medicine, metabolic equations for walking and running",
    who="a rule built on several groups; how many is not stated in what was read",
    n=None,
    read="official page",
)

WALK = Evidence(
    key="acsm.walk",
    says="Walking takes 3.5 + 0.1·S + 1.8·S·grade ml/kg/min, S in m/min.",
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)

RANGE = Evidence(
    key="acsm.range",
    says="The walking equation is meant for 50 to 100 m/min.",
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.MEMORY,
)

RUN = Evidence(
    key="acsm.run",
    says=(
        "Running takes 3.5 + 0.2·S + 0.9·S·grade ml/kg/min, S in m/min; at 8.04 km/h that is 30.3 where 27.15 was "
        "measured."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)

RUN_RANGE = Evidence(
    key="acsm.run_range",
    says=(
        "The running equation is meant for speeds above 134 m/min, and from 80 m/min where somebody truly runs; not "
        "for downhill."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.MEMORY,
)
