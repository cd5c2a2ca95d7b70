"""How four weeks of practice lower the cost of backward walking."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="heath2001",
    citation="Heath 2001, Phys Ther Sport 2:171",
    who="8 men, backward walking 15 min, three times a week for four weeks",
    n=8,
    read="abstract",
    doi="10.1054/ptsp.2001.0057",
    year=2001,
)

PRACTICE = Evidence(
    key="heath2001.practice",
    says=(
        "After four weeks of backward walking, 15 min three times a week, the same speed took 1.66 instead of 2.05 "
        "l/min: 19 % less (8 men)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
