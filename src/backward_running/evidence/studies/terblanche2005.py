"""Six weeks of backward walking and running in young women."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="terblanche2005",
    citation="Terblanche 2005, Int J Sports Med 26:214",
    who="women of 18 to 23 years, 13 trained and 13 controls who did not train",
    n=26,
    read="abstract",
    doi="10.1055/s-2004-820997",
    year=2005,
)

BODY = Evidence(
    key="terblanche2005.body",
    says=(
        "Percentage body fat fell by 2.4 and skinfolds by 19.7 % in 13 young women who trained, against 13 "
        "controls who did not."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

SCHEDULE = Evidence(
    key="terblanche2005.schedule",
    says=(
        "Six weeks, three sessions a week of backward walking and running, from 15 to 45 minutes: from memory, to be "
        "checked in the paper."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.MEMORY,
)
