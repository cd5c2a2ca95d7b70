"""How well the running equation of the ACSM meets measurements."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="acsm_evaluation1999",
    citation="An evaluation of the ACSM metabolic equation for running 1999, J Strength Cond Res 13:219",
    who="16 men and 17 women in a six-minute steady run at various speeds and grades",
    n=33,
    read="abstract",
    year=1999,
)

TOO_HIGH = Evidence(
    key="acsm_evaluation1999.too_high",
    says="The running equation asked for more oxygen than was measured in 29 of 33 runners.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
