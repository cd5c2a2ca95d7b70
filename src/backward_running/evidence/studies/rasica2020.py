"""What backward running costs uphill."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="rasica2020",
    citation="Rasica 2020, Eur J Appl Physiol 120:2507",
    who="8 runners at grades from 0 to +25 %",
    n=8,
    read="abstract",
    doi="10.1007/s00421-020-04474-7",
    year=2020,
)

GRADE = Evidence(
    key="rasica2020.grade",
    says=(
        "From level to +25 % backward running cost 35 % more on average and rose in a straight line with the grade "
        "(8 runners)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
