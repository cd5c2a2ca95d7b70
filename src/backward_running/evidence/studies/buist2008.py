"""The "10 % a week" rule, put to the test."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="buist2008",
    citation="Buist 2008",
    who="new runners, forward; how many is not stated in what was read",
    n=None,
    read="abstract",
    year=2008,
)

WEEKLY = Evidence(
    key="buist2008.weekly",
    says="The rule of 10 % more a week failed its trial: 20.8 % against 20.3 % injured.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
