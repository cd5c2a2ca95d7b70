"""Questions on health that RAND gives out for everybody to use, and how they are scored."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="hays1993",
    citation="Hays 1993, Health Econ 2:217 (RAND 36-Item Health Survey 1.0), with RAND's own page of scoring rules",
    who="nobody: eight scales of health and how they are scored",
    n=None,
    read="abstract",
    doi="10.1002/hec.4730020305",
    year=1993,
)

SCORING = Evidence(
    key="hays1993.scoring",
    says=(
        "Each answer of a RAND 36-Item Health Survey 1.0 is recoded to 0 to 100, 100 the best, and a scale is the mean "
        "of its items that were answered."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
